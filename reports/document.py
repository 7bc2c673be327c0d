"""A compliance report as plain values, whichever builder prints it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from reports.tables import Table


@dataclass(frozen=True)
class KeyFigure:
    """One rate of the whole report: mean of the agencies, pooled, and in words what is divided by what."""

    key: str
    title: str
    mean: Decimal | None
    pooled: Decimal | None
    words: str
    score_class: str = ""


@dataclass(frozen=True)
class Stamp:
    """What a frozen edition carries in its footer: the SHA-256 of its figures, and where anybody checks it."""

    sha256: str
    address: str


@dataclass(frozen=True)
class Document:
    """A compliance report as plain values: what a builder turns into bytes.

    facts: (label, words) for the cover; tables by name; `made_at` is the cut-off, so that the same
    figures give the same bytes. `whom`: the agency or the scope on the cover; `overview`: the executive summary,
    sentence by sentence; `leagues`: of each level those on top and those with most to do, empty where the reader
    sees no ranks; `unreported`: who has not sent what. `changes`, `obstacles`, `addressee`: of a report over
    several periods, which goes to somebody by letter.
    """

    title: str
    subtitle: str
    period: str
    status: str
    practice: bool
    made_at: datetime
    facts: tuple[tuple[str, str], ...]
    key_figures: tuple[KeyFigure, ...]
    summary: Table
    provinces: Table
    levels: Table
    actions: Table
    items: Table
    agencies: Table
    matrices: tuple[Table, ...]
    details: Table
    later_ends: Table
    reasons: Table
    definitions: Table
    notes: tuple[str, ...]
    identity: Mapping[str, Any]
    whom: str = ""
    overview: tuple[str, ...] = ()
    leagues: tuple[Table, ...] = ()
    unreported: Table | None = None
    changes: tuple[Table, ...] = ()
    obstacles: Table | None = None
    addressee: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ("Disusun oleh", "Diketahui oleh")
    stamp: Stamp | None = None
    category: str = "Laporan kepatuhan pelaporan"

    @property
    def judged(self) -> bool:
        """Whether the report says how verification judged all that it is about."""
        return any(figure.key == "first_pass" and figure.mean is not None for figure in self.key_figures)

    def sheets(self) -> tuple[Table, ...]:
        """The order of the Excel file."""
        return (
            self.summary,
            *self.changes,
            self.provinces,
            self.levels,
            self.actions,
            self.items,
            self.agencies,
            *self.matrices,
            self.details,
            *([self.obstacles] if self.obstacles else []),
            self.later_ends,
            self.reasons,
            self.definitions,
        )
