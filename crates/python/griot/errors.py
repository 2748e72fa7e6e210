"""What Griot raises. Every message names the input, the place in it, the cause and what to do."""

from __future__ import annotations


class GriotError(Exception):
    """Any error of Griot's; by itself a fault of the program on one report."""


class ReadError(GriotError, ValueError):
    """An input that could not be read: an empty text, a damaged file, a language that is not supported."""

    file: str | None = None
    """The file or stream."""
    line: int | None = None
    """The line of a JSONL file, from 1."""
    record: int | None = None
    """The record of a WARC file or the row of a table, from 1."""
    byte: int | None = None
    """The byte, from 0: of the line where there is one, else of the file."""
    kind: str | None = None
    """The cause in a word, as in the column ``kind`` of errors."""


class UsageError(GriotError, ValueError):
    """A question or an argument that cannot be followed."""


class CodebookError(GriotError, ValueError):
    """A codebook that does not compile; the message names file and line."""


class RecordError(GriotError):
    """A record file that cannot be read, or is none."""
