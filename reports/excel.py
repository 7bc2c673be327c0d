"""The report as an Excel workbook: real numbers, frozen heads, filters, ready to print. Written row by row."""

import io
import re
import textwrap
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from reports.tables import PRACTICE, Cell, Column, Document, Kind, Table, clean, shown
from stranas.system import text

FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.RATE: "0.00",
    Kind.NUMBER: "#,##0.####",
    Kind.DEADLINE: "dd/mm/yyyy hh:mm",
    Kind.MOMENT: "dd/mm/yyyy hh:mm",
}
WRAPPED = 34  # columns of at least so many characters wrap their text
A4 = 9  # how a workbook names the paper
HEAD_FILL, HEAD_INK, LINE = "0E5057", "FFFFFF", "D5DEDB"
# The oldest stamp that a zip file can carry: the same figures must give the same bytes.
ZIP_STAMP = (1980, 1, 1, 0, 0, 0)


def workbook(document: Document) -> bytes:
    """An .xlsx of all tables of the document."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    stamp = document.made_at.replace(tzinfo=None, microsecond=0)
    book.properties.title = document.title
    book.properties.creator = "Pelaporan Aksi PK"
    book.properties.created = book.properties.modified = stamp
    looks = _Looks()
    for number, table in enumerate(document.sheets()):
        _sheet(book, document, table, looks, head=_cover(document) if number == 0 else [])
    out = io.BytesIO()
    book.save(out)
    return _with_fixed_stamps(out.getvalue(), stamp)


class _Looks:
    """Styles made once: openpyxl compares styles cell by cell."""

    def __init__(self) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.head_font = Font(bold=True, color=HEAD_INK)
        self.head_fill = PatternFill("solid", start_color=HEAD_FILL)
        self.title = Font(bold=True, size=14)
        self.bold = Font(bold=True)
        self.warning = Font(bold=True, color="6B4600")
        self.line = Border(bottom=Side("thin", color=LINE))
        self.wrap = Alignment(wrap_text=True, vertical="top", indent=1)
        self.head_wrap = Alignment(wrap_text=True, vertical="center", horizontal="center")
        self.text = Alignment(vertical="top", indent=1)
        self.number = Alignment(vertical="top", horizontal="right")


def _cover(document: Document) -> list[tuple[str, str]]:
    return [*document.facts, *((("Keterangan", note)) for note in document.notes)]


def _sheet(book: Any, document: Document, table: Table, looks: _Looks, *, head: list[tuple[str, str]]) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name)
    for number, column in enumerate(table.columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = column.width + 2
    lines = list(_preface(sheet, document, table, looks, head))
    first = len(lines) + 1
    last_letter = get_column_letter(len(table.columns))
    sheet.freeze_panes = f"{get_column_letter(_frozen(table))}{first + 1}"
    sheet.auto_filter.ref = f"A{first}:{last_letter}{first + len(table.rows)}"
    _print_setup(sheet, document, head_row=first)
    sheet.print_area = f"A1:{last_letter}{first + len(table.rows)}"
    for line in lines:
        sheet.append(line)
    titles = [column.title for column in table.columns]
    sheet.row_dimensions[first].height = _height(titles, table.columns)
    sheet.append([_head_cell(sheet, column, looks) for column in table.columns])
    columns = [_Column(sheet, column, looks) for column in table.columns]
    wide = any(column.width >= WRAPPED for column in table.columns)
    for number, row in enumerate(table.rows, first + 1):
        if wide:
            sheet.row_dimensions[number].height = _height(row, table.columns)
        sheet.append([c.cell(value) for c, value in zip(columns, row, strict=True)])


def _height(cells: Sequence[Cell], columns: Sequence[Column]) -> float:
    """Points that the row needs: spreadsheets do not all measure wrapped text when they open a file."""
    lines = [-(-len(v) // c.width) for v, c in zip(cells, columns, strict=True) if isinstance(v, str) and v]
    return 15.0 * min(max(lines, default=1), 8)


def _frozen(table: Table) -> int:
    """Columns that stay: what names the row, up to two."""
    return 1 + min(2, sum(column.kind is Kind.TEXT for column in table.columns[:2]))


def _preface(
    sheet: Any, document: Document, table: Table, looks: _Looks, head: list[tuple[str, str]]
) -> Iterator[list]:
    yield [_text(sheet, f"{document.title}: {table.title}" if not head else document.title, looks.title)]
    yield [_text(sheet, document.subtitle)]
    yield [_text(sheet, document.status, looks.bold)]
    if document.practice:
        yield [_text(sheet, PRACTICE, looks.warning)]
    for label, words in head:
        yield [_text(sheet, label, looks.bold), _text(sheet, words)]
    for line in textwrap.wrap(table.note, 110):
        yield [_text(sheet, line)]
    yield []


def _print_setup(sheet: Any, document: Document, *, head_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    sheet.oddFooter.left.text = f"{document.title}, {document.period}".replace("&", "dan")
    sheet.oddFooter.right.text = "Halaman &P dari &N"


def _text(sheet: Any, words: str, font: Any = None) -> Any:
    """A cell that stays text whatever it begins with: openpyxl would turn "=1+1" into a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=clean(words))
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _head_cell(sheet: Any, column: Column, looks: _Looks) -> Any:
    cell = _text(sheet, column.title, looks.head_font)
    cell.fill = looks.head_fill
    cell.alignment = looks.head_wrap
    return cell


class _Column:
    """Writes the cells of one column. A row is written as soon as it is appended, so its cells serve again:
    styling every cell anew costs five times as much."""

    def __init__(self, sheet: Any, column: Column, looks: _Looks) -> None:
        self.kind = column.kind
        self.words = self._styled(sheet, column, looks)
        self.figure = self._styled(sheet, column, looks)
        self.figure.number_format = FORMATS.get(column.kind, "General")

    @staticmethod
    def _styled(sheet: Any, column: Column, looks: _Looks) -> Any:
        cell = _text(sheet, "")
        cell.alignment = _alignment(column, looks)
        cell.border = looks.line
        return cell

    def cell(self, value: Cell) -> Any:
        if isinstance(value, str | None) or self.kind is Kind.FLAG:
            self.words.value = shown(value, self.kind)
            self.words.data_type = "s"
            return self.words
        self.figure.value = _local(value, self.kind)
        return self.figure


def _alignment(column: Column, looks: _Looks) -> Any:
    if column.kind.is_number:
        return looks.number
    return looks.wrap if column.width >= WRAPPED else looks.text


def _local(value: int | Decimal | datetime, kind: Kind) -> int | Decimal | datetime:
    """Excel knows no zones: WIB. An exclusive end at midnight is written as people read it, a minute before."""
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(text.JAKARTA).replace(tzinfo=None, microsecond=0)
    at_midnight = kind is Kind.DEADLINE and (local.hour, local.minute, local.second) == (0, 0, 0)
    return local - timedelta(minutes=1) if at_midnight else local


def _with_fixed_stamps(content: bytes, stamp: datetime) -> bytes:
    """The same workbook whose zip entries and document properties carry fixed times.

    openpyxl writes the machine's time into both when it saves.
    """
    out = io.BytesIO()
    iso = f"{stamp.isoformat()}Z".encode()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "docProps/core.xml":
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + iso, data)
            fixed = zipfile.ZipInfo(entry.filename, ZIP_STAMP)
            fixed.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(fixed, data)
    return out.getvalue()
