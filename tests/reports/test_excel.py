"""The workbook: real numbers, text that stays text, ready to print, the same bytes for the same figures."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from reports.excel import workbook
from reports.tables import PRACTICE
from tests.reports.documents import NASTY, make_document


@pytest.fixture(scope="module")
def book():
    return load_workbook(io.BytesIO(workbook(make_document())))


def _rows(sheet) -> list[tuple]:
    """The rows under the head, which is the row that stays when one scrolls."""
    first = int("".join(letter for letter in sheet.freeze_panes if letter.isdigit()))
    return list(sheet.iter_rows(min_row=first))


def test_text_that_looks_like_a_formula_stays_text(book):
    cells = [row[1] for row in _rows(book["Instansi"])]
    assert [cell.value for cell in cells] == [name.replace("\x07", "") for name in NASTY]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_figures_are_numbers_with_a_format(book):
    row = _rows(book["Instansi"])[0]
    assert [cell.value for cell in row[4:]] == [4, 3, 2, 3, 1, 75, 50, 1234.56, "–"]
    assert [cell.number_format for cell in row[4:11]] == ["#,##0"] * 5 + ["0.00"] * 2


def test_a_deadline_at_midnight_is_written_a_minute_before_in_wib(book):
    row = _rows(book["Rincian"])[0]
    assert row[11].value.isoformat() == "2020-04-15T23:59:00"


def test_every_sheet_is_frozen_filtered_and_ready_to_print(book):
    for sheet in book:
        head = int("".join(letter for letter in sheet.freeze_panes if letter.isdigit())) - 1
        assert sheet.auto_filter.ref.startswith(f"A{head}:")
        assert sheet.print_title_rows == f"${head}:${head}"
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (1, True)


def test_every_sheet_says_that_it_is_practice(book):
    for sheet in book:
        assert PRACTICE in [row[0] for row in sheet.iter_rows(max_row=8, max_col=1, values_only=True)]
    real = load_workbook(io.BytesIO(workbook(make_document(practice=False))))
    assert PRACTICE not in [row[0] for row in real["Ringkasan"].iter_rows(max_col=1, values_only=True)]


def test_the_same_figures_give_the_same_bytes():
    first = workbook(make_document())
    assert workbook(make_document()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as entries:
        assert {entry.date_time[0] for entry in entries.infolist()} == {1980}
        properties = entries.read("docProps/core.xml").decode()
    assert properties.count("2020-07-13T01:58:00Z") == 2
