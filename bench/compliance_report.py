"""How long the compliance report of 595 agencies takes, beside the bare libraries on the same content.

    .venv/bin/python -m bench.compliance_report

Prints seconds and ratios of one run; docs/performance.md keeps the ratios, because machines differ. The PDF has a
bench of its own (bench/national_pdf.py).
"""

import csv
import io
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reports import data, excel
from reports.document import Document
from stranas.compliance.document import document
from stranas.compliance.queries import snapshot
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import NOW, settle
from tests.conftest import make_app

RUNS = 2


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder), f"sqlite:///{folder}/bench.db")
        with app.app_context(), clock.at(NOW):
            settle(agencies=595)
            db.session.commit()
            shown = _read()
            db.session.remove()
            db.engine.dispose()
    _compare("Excel", lambda: excel.workbook(shown), lambda: _bare_excel(shown), "openpyxl write-only, same cells")
    _compare("JSON", lambda: data.as_json(shown), lambda: _bare_json(shown), "json.dumps, same tables")
    _compare("CSV", lambda: data.as_csv(shown), lambda: _bare_csv(shown), "csv.writer, same rows")


def _read() -> Document:
    def read() -> Document:
        db.session.rollback()
        return document(snapshot(programme_key="stranas-2019-2020", period_key="B15"), ranked=True)

    read()
    seconds, shown = _timed(read)
    print(
        f"Snapshot and document: {seconds:.2f} s, {len(shown.agencies.rows)} agencies, {len(shown.details.rows)} rows"
    )
    return shown


def _timed(work: Callable) -> tuple[float, object]:
    """The best of some runs: what the work costs, not what else the machine did."""
    best, result = None, None
    for _ in range(RUNS):
        begin = time.perf_counter()
        result = work()
        took = time.perf_counter() - begin
        best = took if best is None else min(best, took)
    return best, result


def _compare(name: str, ours: Callable[[], bytes], bare: Callable[[], object], what: str) -> None:
    mine, content = _timed(ours)
    theirs, _ = _timed(bare)
    print(f"{name}: {mine:.2f} s, {len(content):,} bytes; {what}: {theirs:.2f} s; ratio {mine / theirs:.2f}")


def _bare_excel(shown: Document) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for table in shown.sheets():
        sheet = book.create_sheet(table.name)
        sheet.append([column.title for column in table.columns])
        for row in table.rows:
            sheet.append([v.replace(tzinfo=None) if hasattr(v, "tzinfo") else v for v in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _bare_json(shown: Document) -> bytes:
    return json.dumps([table.records() for table in shown.sheets()], default=str).encode()


def _bare_csv(shown: Document) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(shown.agencies.rows)
    return out.getvalue()


if __name__ == "__main__":
    main()
