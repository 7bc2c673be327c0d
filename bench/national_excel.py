"""How long the national workbook takes: 595 agencies × all 19 items × 6 periods, beside bare openpyxl.

    .venv/bin/python -m bench.national_excel [--agencies 595]

Each way is a process of its own, so that its peak memory is its own. Seconds are those of the processor, which other
work on the machine does not stretch. Bare openpyxl (write-only) gets the same values
in the same styles, ready made: once as its manual does it, each cell styled anew, and once by the shortest way there
is, one styled cell per column used again for each row.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random
from typing import Any

from reports.dictionary import dictionary
from reports.excel.looks import FORMATS, Looks
from reports.excel.sheets import _local
from reports.tables import Cell, Column, Kind, Table, shown
from stranas.compliance import detail_rows, queries
from stranas.compliance.document import document
from stranas.compliance.snapshot import Snapshot
from stranas.compliance.workbook import NationalWorkbook, national_workbook
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests.compliance import country
from tests.conftest import make_app
from tests.factories import make_period, make_programme, make_target

PERIODS = {
    "B03": (date(2019, 1, 1), date(2019, 3, 31)),
    "B06": (date(2019, 4, 1), date(2019, 6, 30)),
    "B09": (date(2019, 7, 1), date(2019, 9, 30)),
    "B12": (date(2019, 10, 1), date(2019, 12, 31)),
    "B15": (date(2020, 1, 1), date(2020, 3, 31)),
    "B18": (date(2020, 4, 1), date(2020, 6, 30)),
}
ASKED = {"programme_key": "stranas-2019-2020", "until": "B18", "ranked": True}


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--agencies", type=int, default=595)
    options.add_argument("--way", choices=("ours", "styled", "reused"))
    options.add_argument("--folder", type=Path)
    given = options.parse_args()
    if given.way:
        print(json.dumps(_way(given.way, given.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        _in_app(Path(folder), lambda: _settled(given.agencies))
        found = {way: _child(way, folder) for way in ("ours", "styled", "reused")}
    for way, one in found.items():
        print(
            f"{way}: {one['writing']:.1f} s writing, {one['queries']:.1f} s reading, {one['rows']:,} rows of detail, "
        )
        print(
            f"    {one['bytes']:,} bytes, VmHWM {one['peak']} MB, ratio {found['ours']['writing'] / one['writing']:.2f}"
        )


def _child(way: str, folder: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "bench.national_excel", "--way", way, "--folder", folder]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()[-1])


def _in_app(folder: Path, work: Any) -> Any:
    app = make_app(folder, f"sqlite:///{folder}/bench.db")
    with app.app_context(), clock.at(country.NOW):
        result = work()
        db.session.remove()
        db.engine.dispose()
    return result


def _settled(agencies: int) -> None:
    with unit_of_work(longest=None):
        _settle(agencies)


def _settle(agencies: int) -> None:
    """Every agency owes every item in each period, with a believable story each."""
    random = Random(1)  # noqa: S311
    programme = make_programme()
    periods = [
        make_period(
            programme,
            key=key,
            name=f"Triwulan {position}",
            position=position,
            starts_on=first,
            ends_on=last,
            due_at=country.DUE,
            locks_at=country.DUE,
            verification_ends_at=datetime(2020, 7, 1, tzinfo=UTC),
        )
        for position, (key, (first, last)) in enumerate(PERIODS.items(), 1)
    ]
    people = country._agencies(agencies)
    targets = country._targets(programme, periods[0])
    targets += [make_target(t.item, period, weight=t.weight) for period in periods[1:] for t in targets]
    reason = country._add(country.ReturnReason(code="S01", reason="Belum ditandatangani", repair="Mohon dilengkapi."))
    db.session.flush()
    book = country.Book()
    for agency in people:
        diligence = random.random()
        for target in targets:
            country._history(random, book, agency, target, [reason] * 4, diligence)
    book.write()


def _way(way: str, folder: Path) -> dict[str, Any]:
    to = folder / f"{way}.xlsx"
    found = _in_app(folder, lambda: _ours(to) if way == "ours" else _bare(to, reused=way == "reused"))
    return found | {"bytes": to.stat().st_size, "peak": _peak()}


class Timed(NationalWorkbook):
    """Counts what the questions take, so that writing can be told apart."""

    reading = 0.0
    rows = 0

    def _snapshot(self, key: str) -> Snapshot:
        begin = time.process_time()
        seen = super()._snapshot(key)
        Timed.reading += time.process_time() - begin
        Timed.rows += len(seen.details)
        return seen


def _ours(to: Path) -> dict[str, Any]:
    book = national_workbook(**ASKED)
    timed = Timed(**{name: getattr(book, name) for name in book.__dataclass_fields__})
    begin = time.process_time()
    timed.write(to)
    whole = time.process_time() - begin
    return {"writing": whole - Timed.reading, "queries": Timed.reading, "rows": Timed.rows}


def _bare(to: Path, *, reused: bool) -> dict[str, Any]:
    sheets = list(_values())
    write = _reused if reused else _styled
    begin = time.process_time()
    write(sheets, to)
    return {"writing": time.process_time() - begin, "queries": 0, "rows": len(sheets[-1][2])}


def _values() -> Iterator[tuple[str, tuple[Column, ...], list[list[Any]]]]:
    """(name, columns, rows) of every sheet, each value as it is to stand in its cell; the details come last."""
    keys = queries.period_keys(programme_key=ASKED["programme_key"], until=ASKED["until"])
    seen = [queries.snapshot(programme_key=ASKED["programme_key"], period_key=key) for key in keys]
    latest = document(seen[-1], ranked=True)
    tables = [table for table in latest.sheets() if table is not latest.details]
    for table in (*tables, dictionary(latest.sheets())):
        yield table.name, table.columns, [_finished(table, row) for row in table.rows]
    rows = [_finished(latest.details, row) for one in seen for row in detail_rows.rows(one)]
    yield latest.details.name, latest.details.columns, rows


def _finished(table: Table, row: tuple[Cell, ...]) -> list[Any]:
    return [_value(value, column.kind, table) for value, column in zip(row, table.columns, strict=True)]


def _value(value: Cell, kind: Kind, table: Table) -> Any:
    if isinstance(value, str | None):
        return None if table.for_pivots and not value else shown(value, kind)
    return _local(value, kind)


def _styled(sheets: list, to: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    looks, book = Looks(), Workbook(write_only=True)

    def cell(sheet: Any, value: Any, column: Column) -> Any:
        if value is None:
            return None
        made = WriteOnlyCell(sheet, value=value)
        made.alignment = looks.of(column)
        made.border = looks.line
        if not isinstance(value, str):
            made.number_format = FORMATS.get(column.kind, "General")
        return made

    for name, columns, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.append([column.title for column in columns])
        for row in rows:
            sheet.append([cell(sheet, value, column) for value, column in zip(row, columns, strict=True)])
    book.save(to)


def _reused(sheets: list, to: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    looks, book = Looks(), Workbook(write_only=True)

    def styled(sheet: Any, column: Column, number_format: str) -> Any:
        made = WriteOnlyCell(sheet, value="")
        made.alignment, made.border, made.number_format = looks.of(column), looks.line, number_format
        return made

    for name, columns, rows in sheets:
        sheet = book.create_sheet(name)
        sheet.append([column.title for column in columns])
        words = [styled(sheet, column, "General") for column in columns]
        figures = [styled(sheet, column, FORMATS.get(column.kind, "General")) for column in columns]
        for row in rows:
            cells = []
            for value, word, figure in zip(row, words, figures, strict=True):
                cell = None if value is None else word if isinstance(value, str) else figure
                if cell is not None:
                    cell.value = value
                cells.append(cell)
            sheet.append(cells)
    book.save(to)


def _peak() -> int:
    """The most memory that this process ever held, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024


if __name__ == "__main__":
    main()
