"""Griot reads reports of armed conflict and says who did what to whom, where, when and at what cost, with the words it rests on.

    >>> import griot
    >>> report = griot.read("Gunmen killed at least 12 farmers near Djibo on Tuesday.", date="2023-05-05")
    >>> [(claim["type"], claim["evidence"]["quote"]) for claim in report.claims]  # doctest: +SKIP

* :func:`read` and :func:`read_many` give a :class:`Report` for each report; its ``claims`` are dictionaries.
* :func:`code` and :func:`code_files` give tables for data frames: pandas, polars, pyarrow, DuckDB.
* :class:`Record` asks a record file what the command line asks it.
* :class:`Coder` does the first four with rules of one's own, or with so many threads.
* :mod:`griot.spark` does it in Apache Spark.

All works offline. Everything it says is *reported*, never *occurred*. Offsets are indices of Python's strings.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from . import _griot
from ._griot import Report, Table, __version__
from .claim import Claim
from .errors import CodebookError, GriotError, ReadError, RecordError, UsageError
from .record import Record

if TYPE_CHECKING:
    import datetime

    Day = datetime.date | str
    Input = str | os.PathLike[str] | Mapping[str, Any]

__all__ = [
    "Claim", "CodebookError", "Coded", "Coder", "GriotError", "ReadError", "Record", "RecordError", "Report", "Table", "UsageError",
    "__version__", "code", "code_files", "read", "read_many",
]  # fmt: skip

# Reports that are coded side by side before the first of them is given out.
_AHEAD = 64
_FIELDS = ("id", "text", "title", "date", "publisher", "url")


class Coded(NamedTuple):
    """The three tables of ``griot code``: docs/ARCHIVES.md explains their columns."""

    claims: Table
    """A row a claim."""
    reports: Table
    """A row a report that was coded. Near-copies are not looked for: ``copy_of`` is empty."""
    errors: Table
    """A row a report that could not be read or coded."""


class Coder:
    """The rules and the threads that apply them. It is made once and used for many reports, from any thread.

    :param codebook: a folder with frames, dictionaries or places of one's own, laid over the shipped ones (``--codebook``).
    :param threads: how many reports are coded at a time; all cores where nothing is said.
    :raises CodebookError: the codebook has a mistake; the message names file and line.
    """

    def __init__(self, codebook: str | os.PathLike[str] | None = None, threads: int | None = None) -> None:
        self._native = _griot.Coder(codebook, threads)

    @property
    def version(self) -> str:
        """The version of rules and dictionaries, which claims carry."""
        return self._native.version

    def read(
        self,
        source: str | os.PathLike[str],
        *,
        date: Day | None = None,
        title: str | None = None,
        publisher: str | None = None,
        url: str | None = None,
        name: str = "text",
    ) -> Report:
        """What one report says.

        :param source: the report's text; a path (``pathlib.Path``) for a file that holds one report.
        :param date: its day of publication where its text gives none; 'on Friday' counts from it.
        :param title, publisher, url: what is known of it besides; of a text alone.
        :param name: what it is called in messages.
        :raises ReadError: it cannot be read, or is not in English.
        """
        if isinstance(source, str):
            return self._native._text(source, name, date, title, publisher, url)
        if title is not None or publisher is not None or url is not None:
            raise UsageError("title, publisher and url are said of a text; of a file they stand in it, or in a manifest for read_many")
        found = self._native._open(source, date).reports(2)
        if len(found) > 1:
            raise UsageError(f"{os.fspath(source)}: holds more than one report; use read_many")
        return _whole(found[0])

    def read_many(
        self,
        sources: Iterable[Input] | os.PathLike[str],
        *,
        date: Day | None = None,
        manifest: str | os.PathLike[str] | None = None,
        on_error: Literal["raise", "return", "skip"] = "raise",
    ) -> Iterator[Report | Exception]:
        """What many reports say: one :class:`Report` after the other, in order, coded on all threads and never all held.

        :param sources: a path of a file or folder, or any iterable of texts, of mappings with ``text`` and, where known, ``id``, ``title``,
            ``date``, ``publisher`` and ``url``, and of paths.
        :param date: the day of publication of those whose source gives none.
        :param manifest: a CSV table with the columns file, date, publisher and url, for files.
        :param on_error: what is done where a report cannot be read: ``raise`` its error, ``return`` it in the report's place, or ``skip`` it.
        """
        if on_error not in ("raise", "return", "skip"):
            raise UsageError(f"on_error is 'raise', 'return' or 'skip', not {on_error!r}")
        return self._many([sources] if isinstance(sources, os.PathLike) else sources, date, manifest, on_error)

    def _many(self, sources: Iterable[Input], date: Day | None, manifest: Any, on_error: str) -> Iterator[Report | Exception]:
        for found in self._found(sources, date, manifest):
            if not isinstance(found, Exception) or on_error == "return":
                yield found
            elif on_error == "raise":
                raise found

    def _found(self, sources: Iterable[Input], date: Day | None, manifest: Any) -> Iterator[Report | Exception]:
        waiting: list[tuple[str, int, dict[str, str | None]]] = []
        for number, source in enumerate(sources, 1):
            if isinstance(source, os.PathLike):
                yield from self._native._batch(waiting, date)
                waiting = []
                files = self._native._open(source, date, manifest)
                while found := files.reports(_AHEAD):
                    yield from found
            else:
                waiting.append(("item", number, _fields(source, number)))
            if len(waiting) == _AHEAD:
                yield from self._native._batch(waiting, date)
                waiting = []
        yield from self._native._batch(waiting, date)

    def code(self, data: Any, *, name: str = "table", date: Day | None = None) -> Coded:
        """Codes a table of reports: what ``griot code`` makes of the same table as Parquet.

        :param data: anything with the Arrow C stream interface (pyarrow, polars, pandas from 2.2, DuckDB's relations) that has a column
            ``text`` and, where known, ``id``, ``title``, ``date``, ``publisher`` and ``url``. Other columns are not looked at.
        :param name: what the table is called: ``name#id`` is the column ``report`` of the answer.
        :param date: the day of publication of reports that give none.
        :raises UsageError: there is no such column. A report that cannot be read raises nothing: it is a row of ``errors``.
        """
        return Coded(*self._native._code(_stream(data), name, date))

    def code_files(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        date: Day | None = None,
        manifest: str | os.PathLike[str] | None = None,
        batch: int = 4096,
    ) -> Iterator[Coded]:
        """Codes files and folders of all formats that Griot reads (WARC, JSONL, Parquet, HTML, PDF …), so many reports at a time.

        What cannot be read is a row of ``errors``. An archive of any size takes no more memory than one batch.
        """
        for path in [paths] if isinstance(paths, (str, os.PathLike)) else paths:
            files = self._native._open(path, date, manifest)
            while (tables := files.tables(batch)) is not None:
                yield Coded(*tables)


def _whole(found: Report | Exception) -> Report:
    if isinstance(found, Exception):
        raise found
    return found


def _fields(source: Any, number: int) -> dict[str, str | None]:
    if isinstance(source, str):
        return {"text": source}
    if not isinstance(source, Mapping):
        raise UsageError(f"item {number} is a {type(source).__name__}; give a text, a mapping with 'text', or a path")
    if not isinstance(source.get("text"), str):
        raise UsageError(f"item {number} has no 'text' that is a string")
    return {key: None if source.get(key) is None else str(source[key]) for key in _FIELDS}


def _stream(data: Any) -> Any:
    if hasattr(data, "__arrow_c_stream__"):
        return data
    if hasattr(data, "__arrow_c_array__"):
        import pyarrow

        return pyarrow.Table.from_batches([pyarrow.record_batch(data)])
    raise UsageError(
        f"a {type(data).__name__} is no table: give one with the Arrow C stream interface, such as a pyarrow.Table or a data frame "
        "of polars or of pandas from 2.2"
    )


_shipped: Coder | None = None


def _coder() -> Coder:
    """The shipped rules on all cores, made when they are first used."""
    global _shipped
    if _shipped is None:
        _shipped = Coder()
    return _shipped


def read(
    source: str | os.PathLike[str],
    *,
    date: Day | None = None,
    title: str | None = None,
    publisher: str | None = None,
    url: str | None = None,
    name: str = "text",
) -> Report:
    """:meth:`Coder.read` with the shipped rules."""
    return _coder().read(source, date=date, title=title, publisher=publisher, url=url, name=name)


def read_many(
    sources: Iterable[Input] | os.PathLike[str],
    *,
    date: Day | None = None,
    manifest: str | os.PathLike[str] | None = None,
    on_error: Literal["raise", "return", "skip"] = "raise",
) -> Iterator[Report | Exception]:
    """:meth:`Coder.read_many` with the shipped rules on all cores."""
    return _coder().read_many(sources, date=date, manifest=manifest, on_error=on_error)


def code(data: Any, *, name: str = "table", date: Day | None = None) -> Coded:
    """:meth:`Coder.code` with the shipped rules on all cores."""
    return _coder().code(data, name=name, date=date)


def code_files(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    date: Day | None = None,
    manifest: str | os.PathLike[str] | None = None,
    batch: int = 4096,
) -> Iterator[Coded]:
    """:meth:`Coder.code_files` with the shipped rules on all cores."""
    return _coder().code_files(paths, date=date, manifest=manifest, batch=batch)
