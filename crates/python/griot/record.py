"""A record file's questions: those of the command line, with its options as keyword arguments."""

from __future__ import annotations

import datetime
import json
import os
from typing import Any

from . import _griot
from ._griot import Report, Table
from .errors import RecordError, UsageError


class Record:
    """A record file, made by ``griot add``, to read. Each question reads the file as it is then.

    The filters are the command line's options (``griot events --help``), with ``_`` for ``-``: ``type``, ``mode``, ``actor``, ``dyad``, ``speaker``,
    ``status``, ``country``, ``place``, ``within``, ``from_``, ``to``, ``on``, ``text``, ``publisher``, ``independent``, ``min_confidence``,
    ``accepted``, ``rejected``, ``rule``, ``as_of``, ``published_by``, ``limit``; of entries ``group``, too. Several values are a list, yes or no is ``True`` or ``False``,
    days are dates or words.

        record = griot.Record("sahel.griot")
        record.figures(type="killed", country="Mali", on="2022-07-15").to_pandas()

    :raises RecordError: there is no such file. Questions raise it where the file is no record, and UsageError where the question has a mistake.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)
        if not os.path.isfile(self.path):
            raise RecordError(f"{self.path}: there is no such record; 'griot add' makes one")

    def __repr__(self) -> str:
        return f"griot.Record({self.path!r})"

    def events(self, **filters: Any) -> Table:
        """Who is reported to have done what to whom."""
        return self._rows("events", filters)

    def relations(self, **filters: Any) -> Table:
        """Who is with whom, who is where and in what strength."""
        return self._rows("relations", filters)

    def figures(self, **filters: Any) -> Table:
        """Counts with bounds over independent sources."""
        return self._rows("figures", filters)

    def actors(self, **filters: Any) -> Table:
        """Who there is in the record; private persons are in no list."""
        return self._rows("actors", filters)

    def places(self, **filters: Any) -> Table:
        """The record's places."""
        return self._rows("places", filters)

    def reports(self, **filters: Any) -> Table:
        """The record's reports."""
        return self._rows("reports", filters)

    def show(self, id: str, **options: Any) -> dict[str, Any]:
        """An entry, a claim, a report or an actor with all that hangs on it."""
        (shown,) = self._lines("show", options, self.path, id)
        return shown

    def history(self) -> list[dict[str, Any]]:
        """All decisions, in order."""
        return self._lines("history", {}, self.path)

    def trend(self, **options: Any) -> list[dict[str, Any]]:
        """Counts over time (``count``, ``by``) and two windows held against each other (``window``, ``around``): see docs/TRENDS.md."""
        return self._lines("trend", options, self.path)

    def changes(self, before: str | datetime.date, after: str | datetime.date | None = None, **options: Any) -> list[dict[str, Any]]:
        """What changed in the record between two days, or from a day to now: ``griot diff``."""
        later = self.path if after is None else f"{self.path}@{_word(after)}"
        return self._lines("diff", options, f"{self.path}@{_word(before)}", later)

    def check(self, report: Report) -> list[dict[str, Any]]:
        """Each claim of a report held against the record, under each definition: see docs/TRENDS.md."""
        return json.loads(_griot.check(self.path, report))

    def _rows(self, question: str, filters: dict[str, Any]) -> Table:
        # A table for people would hold a page of the answers alone.
        answer = _griot.ask([question, "--format=jsonl", *_options(filters), "--", self.path])
        assert isinstance(answer, Table)
        return answer

    def _lines(self, question: str, options: dict[str, Any], *named: str) -> list[dict[str, Any]]:
        answer = _griot.ask([question, "--format=jsonl", *_options(options), "--", *named])
        assert isinstance(answer, str)
        return [json.loads(line) for line in answer.splitlines()]


# What is about the form of the answer is settled here.
_SETTLED = ("format", "explain", "svg")
# These take their values at once; of others several values are several options.
_TOGETHER = ("dyad",)


def _options(given: dict[str, Any]) -> list[str]:
    words = []
    for key, value in given.items():
        option = key.rstrip("_").replace("_", "-")
        if option in _SETTLED:
            raise UsageError(f"'{key}' is an option of the command line alone")
        if option in _TOGETHER and isinstance(value, (list, tuple)):
            words += [f"--{option}", *map(_word, value)]
            continue
        for one in value if isinstance(value, (list, tuple, set)) else [value]:
            if one is True:
                words.append(f"--{option}")
            elif one is not None and one is not False:
                words.append(f"--{option}={_word(one)}")
    return words


def _word(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
