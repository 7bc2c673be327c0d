"""Buku kerja nasional: the latest period as in its report, the trend to it, and every obligation of all periods.

    book = national_workbook(programme_key="stranas-2019-2020", until="B18", ranked=True, judged=scope_of_the_reader)
    book.write(folder / book.file_name, progress=tell)

One period is in memory at a time, and no transaction is open while rows are written: each period is read in a short
one of its own, all at one cut-off, so that what is saved meanwhile changes nothing. Made for a background job.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from reports import tables
from reports.document import Document
from reports.excel import Stream, write_sheets
from reports.progress import Progress, silent
from reports.tables import Cell, Table
from stranas.compliance import detail_rows, queries
from stranas.compliance.document import document, period_words
from stranas.compliance.formats import Format
from stranas.compliance.grouped import group_note, group_row
from stranas.compliance.snapshot import Point, Snapshot
from stranas.system.db import read_only
from stranas.system.text import JAKARTA, number


def national_workbook(
    *,
    programme_key: str,
    until: str,
    ranked: bool,
    periods: int | None = None,
    cutoff: datetime | None = None,
    **slice_and_reader: Any,
) -> "NationalWorkbook":
    """What is to be written: the last `periods` periods (None: all) of the programme to `until`, a period's key.

    `ranked`: as for `document`. `slice_and_reader`: what `queries.snapshot` takes to narrow (agency_code,
    province_code, level) and to withhold (among, judged). Raises Unknown for a name that is not there.
    """
    with read_only():
        keys = queries.period_keys(programme_key=programme_key, until=until)
        keys = keys[-periods:] if periods else keys
        expected = queries.obligations_in(programme_key=programme_key, period_keys=keys, **slice_and_reader)
    return NationalWorkbook(
        programme_key=programme_key,
        period_keys=tuple(keys),
        cutoff=cutoff or queries.latest_cutoff(),
        ranked=ranked,
        expected=expected,
        slice_and_reader=slice_and_reader,
    )


@dataclass(frozen=True)
class NationalWorkbook:
    """`period_keys`: oldest first. `expected`: how many rows of detail there can be at most."""

    programme_key: str
    period_keys: tuple[str, ...]
    cutoff: datetime
    ranked: bool
    expected: int
    slice_and_reader: Mapping[str, Any] = field(default_factory=dict)

    @property
    def media_type(self) -> str:
        return Format.XLSX.media_type

    @property
    def file_name(self) -> str:
        """Like buku-kerja-nasional-B03-B18-20200713-0858.xlsx: periods and cut-off, WIB."""
        span = "-".join(dict.fromkeys((self.period_keys[0], self.period_keys[-1])))
        return f"buku-kerja-nasional-{span}-{self.cutoff.astimezone(JAKARTA):%Y%m%d-%H%M}.xlsx"

    def write(self, to: Path, *, progress: Progress = silent) -> None:
        """Needs an application context and no transaction of the caller. What `progress` raises stops it, and
        leaves no file."""
        latest = self._snapshot(self.period_keys[-1])
        shown = _called(document(latest, ranked=self.ranked), len(self.period_keys))
        points: list[Point] = []
        trend = Stream(_trend(latest), lambda: map(_point, points), len(self.period_keys))
        details = Stream(
            replace(shown.details, rows=()), lambda: self._details(latest, points), self.expected, first=True
        )
        first, *rest = shown.sheets()
        sheets = [details if table is shown.details else table for table in rest]
        write_sheets(shown, [first, trend, *sheets], to, progress=progress)

    def _details(self, latest: Snapshot, points: list[Point]) -> Iterator[tuple[Cell, ...]]:
        """Period by period, oldest first; what the trend says of each is kept in `points`."""
        for key in self.period_keys:
            seen = latest if key == latest.period_key else self._snapshot(key)
            points.append(Point.of(seen))
            yield from detail_rows.rows(seen)

    def _snapshot(self, key: str) -> Snapshot:
        with read_only():
            return queries.snapshot(
                programme_key=self.programme_key, period_key=key, cutoff=self.cutoff, **self.slice_and_reader
            )


def _called(shown: Document, periods: int) -> Document:
    words = f"{number(periods)} triwulan sampai {shown.period}; lembar lain dari triwulan terakhir itu"
    return replace(
        shown, title="Buku kerja nasional", facts=(*shown.facts, ("Rincian dan tren", words)), key_figures=()
    )


def _trend(latest: Snapshot) -> Table:
    note = f"Semua triwulan pada keadaan yang sama. {group_note(latest.rules)}"
    return Table("Tren", "Tren antartriwulan", tables.TREND, (), note)


def _point(point: Point) -> tuple[Cell, ...]:
    nature = "Sementara" if point.provisional else "Ditetapkan"
    return (point.period_key, period_words(point), nature, *group_row(point.total))
