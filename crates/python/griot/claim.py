"""The shape of a claim, for type checkers: docs/claim.schema.json says what each field means."""

from __future__ import annotations

from typing import Literal, TypedDict


class Actor(TypedDict):
    """Somebody on a side of a claim, or who said it."""

    text: str
    name: str
    code: str
    country: str | None
    sectors: list[str]
    id: str | None
    ucdp: int | None
    person: Literal["public", "private"] | None


class Quantity(TypedDict):
    """A count with its bounds."""

    text: str
    low: float | None
    best: float | None
    high: float | None
    relation: Literal["exact", "about", "more_than", "less_than", "between", "vague"]
    unit: str


class Place(TypedDict):
    """Where; ``precision`` is UCDP's where_prec."""

    text: str
    name: str
    country: str | None
    admin1: str | None
    latitude: float | None
    longitude: float | None
    precision: int | None
    geonames: int | None


class Time(TypedDict):
    """When; both ends are inclusive days, as YYYY-MM-DD."""

    text: str
    start: str | None
    end: str | None
    precision: Literal["day", "week", "month", "quarter", "year", "decade", "range"] | None


class Stretch(TypedDict):
    """Indices of the report's text, half open."""

    start: int
    end: int


class Evidence(TypedDict):
    """The words that a claim rests on; offsets are indices of the report's text."""

    sentence: int
    start: int
    end: int
    quote: str
    parts: dict[str, list[int]]
    also: list[Stretch]


class Claim(TypedDict):
    """One claim."""

    id: str
    document: str
    codebook: str
    kind: Literal["event", "relation", "figure"]
    type: str
    mode: str | None
    context: list[str]
    cameo: str | None
    source: list[Actor]
    target: list[Actor]
    mutual: bool
    quantity: Quantity | None
    change: Literal["rise", "fall"] | None
    cause: Literal["violence", "accident", "illness", "disaster"] | None
    of_event: str | None
    inside: str | None
    place: Place | None
    places: list[Place]
    time: Time | None
    status: Literal["actual", "intended", "called_for", "negated", "possible"]
    said_by: list[Actor]
    evidence: Evidence
    confidence: float | None
