"""Every number of every table: JSON against the workbook as openpyxl and LibreOffice read it, the PDF and the page."""

import csv
import io
import re
import subprocess
from decimal import Decimal
from html import unescape

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from stranas.accounts.models import Role
from stranas.system import clock
from tests.compliance.country import NOW, printed, settle
from tests.compliance.formats import KEYS, pdf_text
from tests.factories import make_person

SHEETS = {
    "provinces": "Provinsi",
    "levels": "Tingkat",
    "actions": "Aksi",
    "items": "Sub-aksi",
    "agencies": "Instansi",
    "details": "Rincian",
    "reasons": "Alasan",
    "later_ends": "Perpanjangan",
}
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


@pytest.fixture
def address(client, sign_in, app):
    with clock.at(NOW):
        settle(agencies=60)
        sign_in(make_person(Role.SECRETARIAT, name="Ani"))
        yield "?triwulan=B15&keadaan=2020-07-12T02:00:00%2B00:00"


@pytest.fixture
def told(client, address) -> dict[str, list[dict]]:
    """The tables of the JSON by the names of the sheets."""
    content = client.get(f"/kepatuhan.json{address}").json
    tables = {sheet: content[name] for name, sheet in SHEETS.items()} | content["matrices"]
    assert all(tables.values())
    return tables


@pytest.fixture
def workbook(client, address) -> bytes:
    return client.get(f"/kepatuhan.xlsx{address}").data


def test_the_workbook_holds_every_number_of_every_table(told, workbook):
    book = load_workbook(io.BytesIO(workbook))
    for name, records in told.items():
        rows = [list(row) for row in book[name].iter_rows(values_only=True)]
        assert _numbers(rows[-len(records) :], records) == _numbers([r.values() for r in records], records), name


def test_libreoffice_reads_the_same_numbers(told, workbook, tmp_path):
    (tmp_path / "laporan.xlsx").write_bytes(workbook)
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    words = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        EVERY_SHEET,
        "--outdir",
        tmp_path,
        tmp_path / "laporan.xlsx",
    ]
    subprocess.run(words, check=True, capture_output=True, timeout=120)
    for name, records in told.items():
        rows = list(csv.reader((tmp_path / f"laporan-{name}.csv").read_text().splitlines()))
        theirs = [[_shown(cell) for cell in row] for row in rows[-len(records) :]]
        assert _numbers(theirs, records) == _numbers([r.values() for r in records], records), name


def test_the_pdf_prints_every_group_and_carries_every_agency(client, address, told):
    content = printed(client, address)
    text = pdf_text(content)
    for name in ("Provinsi", "Tingkat", "Aksi", "Sub-aksi"):
        for record in told[name]:
            row = " ".join(_printed(record[key]) for key in KEYS)
            assert re.search(rf" {record['agencies']} {re.escape(row)}(?: |$)", text), (name, row)
    inside = PdfReader(io.BytesIO(content)).attachments
    for file, name in (("instansi.csv", "Instansi"), ("rincian.csv", "Rincian")):
        rows = csv.DictReader(io.StringIO(inside[file][0].decode("utf-8-sig")))
        theirs = [[_shown(cell) for cell in row.values()] for row in rows]
        assert _numbers(theirs, told[name]) == _numbers([r.values() for r in told[name]], told[name])


def test_the_page_shows_every_group(client, address, told):
    html = client.get(f"/kepatuhan{address}&semua=1").text
    page = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    for name, label in (("Provinsi", "province"), ("Tingkat", "level"), ("Aksi", "name"), ("Sub-aksi", "name")):
        for record in told[name]:
            rates = ("compliance", "first_pass") if name != "Provinsi" else ("compliance", "first_pass", "punctuality")
            row = " .{0,40}?".join(re.escape(_printed(record[key])) for key in (*rates, "achievement"))
            assert re.search(rf"{re.escape(record[label])} .{{0,60}}?{row}", page), (name, record[label])


def _numbers(rows, records: list[dict]) -> list[list[Decimal | None]]:
    """Of every row the columns that hold a number, or none, in the JSON."""
    places = [n for n, key in enumerate(records[0]) if any(_is_number(record[key]) for record in records)]
    assert places
    return [[_decimal(list(row)[place]) for place in places] for row in rows]


def _is_number(value) -> bool:
    return isinstance(value, int | float)  # a flag is one, too


def _decimal(value) -> Decimal | None:
    if value in (None, "", "–"):
        return None
    return Decimal(int(value)) if isinstance(value, bool) else Decimal(str(value)).normalize() + 0


def _shown(cell: str) -> str | bool:
    """A cell of a CSV: thousands may be grouped, flags are words there."""
    if cell in ("True", "False"):
        return cell == "True"
    return cell.replace(",", "") if re.fullmatch(r"[\d,]+(\.\d+)?", cell) else cell


def _printed(value) -> str:
    if value is None:
        return "–"
    if isinstance(value, int):
        return f"{value:,}".replace(",", ".")
    return f"{Decimal(str(value)):.2f}".replace(".", ",")
