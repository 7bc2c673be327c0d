"""One sheet of a workbook: what stands above its table, the table, its filter, its colours, its paper."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from reports.document import Document
from reports.excel.looks import FORMATS, WRAPPED, Looks, rule
from reports.tables import PRACTICE, Cell, Column, Cover, Kind, Table, clean, shown
from stranas.system import text

A4 = 9  # how a workbook names the paper
LINE_HEIGHT, MOST_LINES = 15.0, 8
PAGE_WIDTH = 270  # characters beside each other that can still be read on A4
COVER_WIDTH = 90  # characters of a line that prints whole beside its label
MARGIN = 2  # characters
LONGEST_HEAD = 255  # what Excel takes as the name of a table's column, and as a head or foot with its commands
LONGEST_LEFT = LONGEST_HEAD - len("&L&R") - len(PRACTICE)


class Sheet:
    """Its top is written at once, rows as they come, the rest at the end. `is_cover`: says what the document is."""

    def __init__(self, sheet: Any, document: Document | Cover, table: Table, looks: Looks, *, is_cover: bool) -> None:
        from openpyxl.utils import get_column_letter

        self.sheet, self.table, self.looks = sheet, table, looks
        sheet._values_to_row = _placed
        self.titles = list(_titles(table.columns))
        self.letters = [get_column_letter(number) for number in range(1, len(table.columns) + 1)]
        for letter, column in zip(self.letters, table.columns, strict=True):
            sheet.column_dimensions[letter].width = column.width + MARGIN
        lines = [] if table.for_pivots else list(_preface(sheet, document, table, looks, is_cover=is_cover))
        self.head = self.last = len(lines) + 1
        sheet.freeze_panes = f"{get_column_letter(_frozen(table))}{self.head + 1}"
        _print_setup(sheet, document, table, head_row=self.head)
        for line in lines:
            sheet.append(line)
        self._begin()

    def _begin(self) -> None:
        columns = self.table.columns
        lines = max(_lines(title, column.width) for title, column in zip(self.titles, columns, strict=True))
        self.sheet.row_dimensions[self.head].height = LINE_HEIGHT * min(lines, MOST_LINES)
        self.sheet.append([_head_cell(self.sheet, title, self.looks) for title in self.titles])
        self.columns = [ColumnCells(self.sheet, c, self.looks, empty=self.table.for_pivots) for c in columns]
        self.wrapped = [(place, c.width + MARGIN - 1) for place, c in enumerate(columns) if _is_wrapped(c)]

    def add(self, row: Sequence[Cell]) -> None:
        """Spreadsheets do not all measure wrapped text when they open a file: a tall row says how tall it is."""
        self.last += 1
        lines = max((_lines(row[place], width) for place, width in self.wrapped if row[place]), default=1)
        cells = [column.cell(value) for column, value in zip(self.columns, row, strict=True)]
        if lines == 1:
            self.sheet.append(cells)
            return
        self.sheet.row_dimensions[self.last].height = LINE_HEIGHT * min(lines, MOST_LINES)
        self.sheet.append(cells)
        del self.sheet.row_dimensions[self.last]  # written: the memory stays flat

    def end(self) -> None:
        ref = f"A{self.head}:{self.letters[-1]}{self.last}"
        if self.last > self.head:
            # Not by add_table, which warns whoever streams, also when the columns are all there.
            self.sheet.tables.add(_table(self.table.name, ref, self.titles))
            self._colour()
        else:
            self.sheet.append([_text(self.sheet, "Tidak ada.")])
            self.sheet.auto_filter.ref = ref
        self.sheet.print_area = f"A1:{self.letters[-1]}{max(self.last, self.head + 1)}"
        self.sheet.close()

    def _colour(self) -> None:
        for letter, column in zip(self.letters, self.table.columns, strict=True):
            for word, mark in column.tones:
                cells = f"{letter}{self.head + 1}:{letter}{self.last}"
                self.sheet.conditional_formatting.add(cells, rule(word, mark))


def _placed(cells: Sequence[Any], row: int) -> Iterator[Any]:
    """The cells of one row, each told where it stands. In the place of openpyxl's own, which first tries each as a
    value and makes a new one after each: a third of all the time. Rows here hold cells and None, nothing else."""
    for column, cell in enumerate(cells, 1):
        if cell is not None:
            cell.row, cell.column = row, column
            yield cell


def _titles(columns: Sequence[Column]) -> Iterator[str]:
    """One line each and no two alike: a table with two columns of one name is "repaired" by Excel."""
    seen: set[str] = set()
    for column in columns:
        title = " ".join(clean(column.title).split())[:LONGEST_HEAD]
        if title.lower() in seen:
            title = f"{title[: LONGEST_HEAD - len(column.key) - 3]} ({column.key})"
        seen.add(title.lower())
        yield title


def _table(name: str, ref: str, titles: Sequence[str]) -> Any:
    """A real table: it filters, sorts, grows, and feeds a pivot by its name, like tbl_Rincian."""
    from openpyxl.worksheet.filters import AutoFilter
    from openpyxl.worksheet.table import Table as ExcelTable
    from openpyxl.worksheet.table import TableColumn, TableStyleInfo

    words = "".join(letter if letter.isalnum() else "_" for letter in name)
    return ExcelTable(
        displayName=f"tbl_{words}",
        ref=ref,
        autoFilter=AutoFilter(ref=ref),
        tableColumns=[TableColumn(id=number, name=title) for number, title in enumerate(titles, 1)],
        tableStyleInfo=TableStyleInfo(name="TableStyleLight1", showRowStripes=True),
    )


def _lines(words: Cell, width: int) -> int:
    return -(-len(words) // width) if isinstance(words, str) else 1


def _is_wrapped(column: Column) -> bool:
    return column.kind is Kind.TEXT and column.width >= WRAPPED


def _frozen(table: Table) -> int:
    """Columns that stay: what names the row, up to two."""
    return 1 + min(2, sum(column.kind is Kind.TEXT for column in table.columns[:2]))


def _preface(sheet: Any, document: Document | Cover, table: Table, looks: Looks, *, is_cover: bool) -> Iterator[list]:
    yield [_text(sheet, document.title if is_cover else f"{document.title}: {table.title}", looks.title)]
    yield [_text(sheet, document.subtitle)]
    yield [_text(sheet, document.status, looks.bold)]
    if document.practice:
        yield [_text(sheet, PRACTICE, looks.warning)]
    for label, words in _cover(document) if is_cover else ():
        for number, line in enumerate(textwrap.wrap(words, COVER_WIDTH)):
            yield [None if number else _text(sheet, label, looks.bold), _text(sheet, line)]
    for line in textwrap.wrap(table.note, 110):
        yield [_text(sheet, line)]
    yield []


def _cover(document: Document | Cover) -> list[tuple[str, str]]:
    return [*document.facts, *((("Keterangan", note)) for note in document.notes)]


def _print_setup(sheet: Any, document: Document | Cover, table: Table, *, head_row: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A4
    sheet.page_setup.fitToWidth = -(-sum(column.width + MARGIN for column in table.columns) // PAGE_WIDTH)
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = f"{head_row}:{head_row}"
    if sheet.page_setup.fitToWidth > 1:
        sheet.print_title_cols = "A:B"
    if table.for_pivots:  # nothing stands above its table: the paper says what it is
        sheet.oddHeader.left.text = _in_head(f"{table.title}. {document.status}")
        sheet.oddHeader.right.text = PRACTICE if document.practice else ""
    sheet.oddFooter.left.text = _in_head(f"{document.title}, {document.period}")
    sheet.oddFooter.right.text = "Halaman &P dari &N"


def _in_head(words: str) -> str:
    """What stands on the left of a head or foot. Both read & as a command, and Excel "repairs" a longer one."""
    return textwrap.shorten(clean(words).replace("&", "dan"), LONGEST_LEFT, placeholder=" …")


def _text(sheet: Any, words: str, font: Any = None) -> Any:
    """A cell that stays text whatever it begins with: openpyxl would turn "=1+1" into a formula."""
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(sheet, value=clean(words))
    cell.data_type = "s"
    if font is not None:
        cell.font = font
    return cell


def _head_cell(sheet: Any, title: str, looks: Looks) -> Any:
    cell = _text(sheet, title, looks.head_font)
    cell.fill = looks.head_fill
    cell.alignment = looks.head_wrap
    return cell


class ColumnCells:
    """Writes the cells of one column. A row is written as soon as it is appended, so its cells serve again:
    styling every cell anew costs five times as much. `empty`: nothing stands where there is no value."""

    def __init__(self, sheet: Any, column: Column, looks: Looks, *, empty: bool) -> None:
        self.kind, self.empty = column.kind, empty
        self.words = self._styled(sheet, column, looks)
        self.figure = self._styled(sheet, column, looks)
        self.figure.number_format = FORMATS.get(column.kind, "General")

    @staticmethod
    def _styled(sheet: Any, column: Column, looks: Looks) -> Any:
        cell = _text(sheet, "")
        cell.alignment = looks.of(column)
        cell.border = looks.line
        return cell

    def cell(self, value: Cell) -> Any:
        if isinstance(value, str | None):
            if self.empty and not value:
                return None
            self.words.value = shown(value, self.kind)
            self.words.data_type = "s"
            return self.words
        self.figure.value = _local(value, self.kind)
        return self.figure


def _local(value: int | Decimal | datetime, kind: Kind) -> int | Decimal | datetime:
    """Excel knows no zones: WIB. An exclusive end at midnight is written as people read it, a minute before."""
    if isinstance(value, bool):
        return int(value)
    if not isinstance(value, datetime):
        return value
    local = value.astimezone(text.JAKARTA).replace(tzinfo=None, microsecond=0)
    at_midnight = kind is Kind.DEADLINE and (local.hour, local.minute, local.second) == (0, 0, 0)
    return local - timedelta(minutes=1) if at_midnight else local
