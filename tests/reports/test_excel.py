"""The workbook: real tables and numbers, text that stays text, words that carry the colour, ready to print."""

import csv
import io
import subprocess
import tempfile
import tracemalloc
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from reports import dictionary
from reports.excel import Stream, workbook, write, write_sheets
from reports.tables import PRACTICE, Column, Table
from tests.reports.documents import NASTY, make_document


@pytest.fixture(scope="module")
def book():
    return load_workbook(io.BytesIO(workbook(make_document())))


def _head(sheet) -> int:
    """The row above the rows that scroll."""
    return int("".join(letter for letter in sheet.freeze_panes if letter.isdigit())) - 1


def _rows(sheet) -> list[tuple]:
    return list(sheet.iter_rows(min_row=_head(sheet) + 1))


def _titles(sheet) -> list[str]:
    (row,) = sheet.iter_rows(min_row=_head(sheet), max_row=_head(sheet), values_only=True)
    return [title for title in row if title is not None]


def test_text_that_looks_like_a_formula_stays_text(book):
    cells = [row[1] for row in _rows(book["Instansi"])]
    assert [cell.value for cell in cells] == [name.replace("\x07\uffff", "") for name in NASTY]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_figures_are_numbers_with_a_format(book):
    row = _rows(book["Instansi"])[0]
    assert [cell.value for cell in row[4:]] == [4, 3, 2, 3, 1, 75, 50, 1234.56, "–"]
    assert [cell.number_format for cell in row[4:11]] == ["#,##0"] * 5 + ["0.00"] * 2


def test_a_deadline_at_midnight_is_written_a_minute_before_in_wib(book):
    found = dict(zip(_titles(book["Rincian"]), _rows(book["Rincian"])[0], strict=True))
    assert found["Batas waktu (WIB)"].value.isoformat() == "2020-04-15T23:59:00"


def test_the_detail_sheet_feeds_a_pivot(book):
    sheet = book["Rincian"]
    assert _head(sheet) == 1
    assert not sheet.merged_cells.ranges
    assert None not in [cell.value for cell in sheet[1]]
    found = dict(zip(_titles(sheet), _rows(sheet)[0], strict=True))
    assert [found[title].value for title in ("Triwulan", "Tahun", "Triwulan ke")] == ["B15", 2020, 1]
    assert found["Pertama dikirim (WIB)"].value is None
    assert (found["Kewajiban"].value, found["Diterima"].value) == (1, 0)
    assert found["Kewajiban"].number_format == '"Ya";"Ya";"Tidak"'


def test_every_sheet_with_rows_is_a_table_of_its_own_name_that_filters(book):
    tables = {sheet.title: list(sheet.tables.values()) for sheet in book}
    assert [name for name, found in tables.items() if not found] == ["Perpanjangan"]
    assert book["Perpanjangan"].auto_filter.ref.startswith(f"A{_head(book['Perpanjangan'])}:")
    names = [table.displayName.lower() for found in tables.values() for table in found]
    assert len(set(names)) == len(names) == len(book.sheetnames) - 1
    for sheet in book:
        for table in sheet.tables.values():
            first_column, first_row, last_column, last_row = range_boundaries(table.ref)
            assert (first_column, first_row, last_row) == (1, _head(sheet), sheet.max_row)
            assert [column.name for column in table.tableColumns] == _titles(sheet)
            assert table.autoFilter.ref == table.ref
            assert len({column.name.lower() for column in table.tableColumns}) == last_column


def test_columns_of_one_title_are_told_apart():
    twice = Table("Dua", "Dua", (Column("code", "Kode\nsama"), Column("name", "kode sama")), (("a", "b"),))
    sheet = _read(make_document(), [twice])["Dua"]
    assert _titles(sheet) == ["Kode sama", "kode sama (name)"]


def test_a_colour_stands_for_a_word_that_is_in_the_cell(book):
    rules = {r.formula[0] for cells in book["Rincian"].conditional_formatting for r in cells.rules}
    assert {'"Tepat waktu"', '"Terlambat"', '"Belum dikirim"'} <= rules
    for sheet in book:
        for cells in sheet.conditional_formatting:
            assert {(rule.type, rule.operator) for rule in cells.rules} == {("cellIs", "equal")}


def test_every_sheet_is_frozen_and_ready_to_print(book):
    for sheet in book:
        assert sheet.print_title_rows == f"${_head(sheet)}:${_head(sheet)}"
        assert sheet.page_setup.orientation == "landscape"
        wide = 2 if sheet.title == "Rincian" else 1
        assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (wide, True)
        assert (sheet.print_title_cols or "") == ("$A:$B" if wide > 1 else "")


def test_every_sheet_says_that_it_is_practice(book):
    for sheet in book:
        above = [row[0] for row in sheet.iter_rows(max_row=8, max_col=1, values_only=True)]
        assert PRACTICE in [*above, sheet.oddHeader.right.text]
    real = load_workbook(io.BytesIO(workbook(make_document(practice=False))))
    assert PRACTICE not in [row[0] for row in real["Ringkasan"].iter_rows(max_col=1, values_only=True)]
    assert real["Rincian"].oddHeader.right.text is None


def test_the_longest_status_fits_the_head_of_the_paper():
    """Two decrees of a semester make more than the 255 signs that Excel opens without repair."""
    decree = "Keputusan Koordinator Pelaksana Tim Nasional Pencegahan Korupsi Nomor 12 Tahun 2020 & lampirannya"
    content = workbook(make_document(status=", ".join(["Hasil ditetapkan 10 Juli 2020", decree, decree])))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [ET.fromstring(archive.read(n)) for n in archive.namelist() if n.startswith("xl/worksheets/sheet")]
    heads = [one.text or "" for sheet in sheets for one in sheet.iter() if one.tag.endswith(("oddHeader", "oddFooter"))]
    (long,) = [head for head in heads if "Rincian kewajiban" in head]
    assert max(map(len, heads)) <= 255
    assert "Nomor 12 Tahun 2020 dan lampirannya" in long
    assert long.endswith(PRACTICE)


def test_the_dictionary_explains_every_column_of_every_sheet(book):
    explained = {(sheet.value, title.value) for sheet, title, *_ in _rows(book[dictionary.NAME])}
    for sheet in book:
        if sheet.title != dictionary.NAME:
            assert {(sheet.title, title) for title in _titles(sheet)} <= explained
    assert all(row[3].value not in ("", "–", None) for row in _rows(book[dictionary.NAME]))


def test_a_long_note_on_the_cover_takes_more_lines():
    note = "Kata yang cukup panjang " * 12
    book = load_workbook(io.BytesIO(workbook(make_document(notes=(note,)))))
    rows = list(book["Ringkasan"].iter_rows(max_row=12, max_col=2, values_only=True))
    first = next(n for n, row in enumerate(rows) if row[0] == "Keterangan")
    assert [row[0] for row in rows[first : first + 4]] == ["Keterangan", None, None, None]
    assert " ".join(row[1] for row in rows[first : first + 4]) == note.strip()


def test_what_xml_refuses_is_not_in_the_properties_either():
    book = load_workbook(
        io.BytesIO(workbook(make_document(facts=(("Alasan", "satu\x0bdua"),), status="Se\x0bmentara")))
    )
    assert (book.custom_doc_props["Alasan"].value, book.properties.description) == ("satudua", "Sementara")


def test_the_properties_say_what_it_is(book):
    assert (book.properties.title, book.properties.keywords) == (
        "Laporan kepatuhan pelaporan",
        "stranas-2019-2020, B15",
    )
    said = {one.name: one.value for one in book.custom_doc_props.props}
    assert said["Lingkup"] == "Semua instansi"


def test_the_same_figures_give_the_same_bytes():
    first = workbook(make_document())
    assert workbook(make_document()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as entries:
        assert {entry.date_time[0] for entry in entries.infolist()} == {1980}
        properties = entries.read("docProps/core.xml").decode()
    assert properties.count("2020-07-13T01:58:00Z") == 2


def test_libreoffice_reads_every_sheet(tmp_path, book):
    """One CSV of each sheet (the last -1), words and numbers as the cells show them."""
    write(make_document(), tmp_path / "laporan.xlsx")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    done = subprocess.run(
        [
            "soffice",
            home,
            "--headless",
            "--convert-to",
            every_sheet,
            "--outdir",
            tmp_path,
            tmp_path / "laporan.xlsx",
        ],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    for sheet in book:
        lines = (tmp_path / f"laporan-{sheet.title}.csv").read_text().splitlines()
        assert _titles(sheet) == next(csv.reader([lines[_head(sheet) - 1]]))[: len(_titles(sheet))]
    details = list(csv.DictReader((tmp_path / "laporan-Rincian.csv").read_text().splitlines()))
    assert (details[0]["Kewajiban"], details[0]["Diterima"]) == ("1", "0")


class Stopped(Exception):
    pass


def test_work_that_is_stopped_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def stop(done: int, total: int) -> None:
        assert 0 < done <= total
        raise Stopped

    with pytest.raises(Stopped):
        write_sheets(make_document(), [_many(1000)], tmp_path / "laporan.xlsx", progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told_to_the_end(tmp_path):
    told = []
    write_sheets(make_document(), [_many(1000)], tmp_path / "laporan.xlsx", progress=lambda *at: told.append(at))
    assert [done for done, _ in told[:4]] == [250, 500, 750, 1000]
    assert told[-1][0] == told[-1][1]


def test_memory_does_not_grow_with_the_rows(tmp_path):
    def peak(rows: int) -> int:
        tracemalloc.start()
        write_sheets(make_document(), [_many(rows)], tmp_path / "laporan.xlsx")
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(6000) < peak(600) + 500_000


def test_a_stream_that_comes_first_is_read_before_the_sheets_above_it(tmp_path):
    seen = []

    def read():
        seen.append("rincian")
        yield from _many(2).rows()

    details = replace(_many(2), rows=read, first=True)
    above = Table("Atas", "Atas", (Column("agency", "Instansi"),), ())
    sheets = [Stream(above, lambda: iter([(f"sesudah {seen[0]}",)]), 1), details]
    book = _read(make_document(), sheets)
    assert book.sheetnames[:2] == ["Atas", "Rincian"]
    assert _rows(book["Atas"])[0][0].value == "sesudah rincian"


def _many(rows: int) -> Stream:
    """The details of the document over and over: rows with long words, so with heights of their own."""
    details = make_document().details
    row = tuple("Target yang panjang " * 6 if word == "Target <b>&</b>" else word for word in details.rows[0])
    return Stream(replace(details, rows=()), lambda: repeat(row, rows), rows)


def _read(document, sheets):
    with tempfile.TemporaryDirectory() as folder:
        write_sheets(document, sheets, Path(folder) / "laporan.xlsx")
        return load_workbook(Path(folder) / "laporan.xlsx")
