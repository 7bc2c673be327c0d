"""The words of worksheets and tables: hidden sheets too, a row a line, cells parted by tabs."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from stranas.evidence.checks.media import media_of, readable
from stranas.evidence.checks.reading import limits
from stranas.evidence.checks.reading.apart import Died, apart


def book(path: Path) -> str:
    """By calamine, in a process of its own: a single cell in the last row and column makes it ask for all the memory
    there is, and then it ends its process. What it leaves is read slowly. Raises Died where neither reads it."""
    try:
        return apart(lambda: _joined(_fast(path)))
    except Died:
        if media_of(path).key != "xlsx":
            raise
    return _joined(_slow(path))


def _fast(path: Path) -> Iterator[Iterable[Any]]:
    import python_calamine

    whole = python_calamine.load_workbook(path)
    for number, _ in enumerate(whole.sheet_names[: limits.MOST_SHEETS]):
        yield from whole.get_sheet_by_index(number).to_python(nrows=limits.MOST_ROWS)
        yield ()


def _slow(path: Path) -> Iterator[Iterable[Any]]:
    import openpyxl

    with path.open("rb") as stream:
        whole = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        for sheet in whole.worksheets[: limits.MOST_SHEETS]:
            sheet.reset_dimensions()
            yield from sheet.iter_rows(max_row=limits.MOST_ROWS, max_col=limits.MOST_COLUMNS, values_only=True)
            yield ()


def table(path: Path) -> str:
    text = plain(path)
    separator = max(";\t,|", key=text.partition("\n")[0].count)
    lines = io.StringIO(text, newline=None)  # a carriage return alone ends a line, too: some spreadsheets write it so
    return _joined(csv.reader(lines, delimiter=separator))


def plain(path: Path) -> str:
    with path.open("rb") as stream:
        return readable(stream.read(limits.MOST_BYTES)) or ""


def _joined(rows: Iterable[Iterable[Any]]) -> str:
    out: list[str] = []
    left = limits.MOST_SIGNS
    for row in rows:
        line = "\t".join(_cell(value) for value in islice(row, limits.MOST_COLUMNS)).rstrip()
        if line or (out and out[-1]):
            out.append(line)
            left -= len(line) + 1
        if left < 0:
            break
    return "\n".join(out)


def _cell(value: Any) -> str:
    """Whole numbers in full: a NIK that Excel took for a number stays one."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() and abs(value) < 1e18 else f"{value:.10g}"
    return " ".join(str(value)[: limits.LONGEST_CELL].split())
