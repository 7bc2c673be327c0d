"""Page, Excel, PDF, JSON and CSV of one cut-off agree on the nine figures of every agency, number by number."""

import csv
import io
import re
from decimal import Decimal

import html5lib
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from stranas.accounts.models import Role
from stranas.system import clock
from tests.compliance.country import NOW, settle
from tests.factories import make_person

KEYS = (
    "expected",
    "received",
    "on_time",
    "verified",
    "accepted",
    "compliance",
    "punctuality",
    "achievement",
    "first_pass",
)


@pytest.fixture
def address(client, sign_in, app):
    """Of the page of one fixed cut-off, seen by the secretariat."""
    with clock.at(NOW):
        settle(agencies=60)
        sign_in(make_person(Role.SECRETARIAT, name="Ani"))
        yield "?triwulan=B15&keadaan=2020-07-12T02:00:00%2B00:00"


def test_five_forms_show_the_same_figures(client, address):
    page = _from_page(client, address)
    assert len(page) == 60
    assert sum(figures[0] for figures in page.values()) > 150
    assert any(figures[8] is None for figures in page.values())
    assert _from_excel(client.get(f"/kepatuhan.xlsx{address}").data) == page
    assert _from_json(client.get(f"/kepatuhan.json{address}").json) == page
    assert _from_csv(client.get(f"/kepatuhan.csv{address}").data) == page
    _needs_every_row_in_pdf(client.get(f"/kepatuhan.pdf{address}").data, page)


def test_the_national_figures_agree_too(client, address):
    figures = client.get(f"/kepatuhan.json{address}").json["key_figures"]
    page = _squeezed(re.sub(r"<[^>]+>", " ", client.get(f"/kepatuhan{address}").text))
    pdf = _pdf_text(client.get(f"/kepatuhan.pdf{address}").data)
    book = load_workbook(io.BytesIO(client.get(f"/kepatuhan.xlsx{address}").data))
    rows = {row[0]: row for row in book["Ringkasan"].iter_rows(values_only=True)}
    for figure in figures:
        mean, pooled = (f"{Decimal(str(figure[key])):.2f}".replace(".", ",") for key in ("mean", "pooled"))
        assert f"{figure['title']} {mean}% {figure['words']}. Gabungan {pooled}%" in page
        assert f"{figure['title']} {mean}% {figure['words']}. Gabungan {pooled}%" in pdf
        assert rows[figure["title"]][1:] == (figure["mean"], figure["pooled"], figure["words"])


def _from_page(client, address) -> dict[str, tuple]:
    found: dict[str, tuple] = {}
    for number in (1, 2):
        tree = html5lib.parse(client.get(f"/kepatuhan{address}&halaman={number}").text, namespaceHTMLElements=False)
        table = next(t for t in tree.iter("table") if t.get("data-tabel") == "instansi")
        for row in table.find("tbody"):
            code, _, *cells = ("".join(cell.itertext()) for cell in row)
            found[code] = tuple(_indonesian(cell) for cell in cells[:9])
    return found


def _indonesian(word: str) -> Decimal | None:
    return None if word == "–" else Decimal(word.replace(".", "").replace(",", "."))


def _from_excel(content: bytes) -> dict[str, tuple]:
    sheet = load_workbook(io.BytesIO(content))["Instansi"]
    first = int(re.sub(r"\D", "", sheet.freeze_panes))
    rows = sheet.iter_rows(min_row=first, values_only=True)
    return {row[0]: tuple(None if v == "–" else Decimal(str(v)) for v in row[4:13]) for row in rows}


def _from_json(content: dict) -> dict[str, tuple]:
    return {a["code"]: tuple(None if a[k] is None else Decimal(str(a[k])) for k in KEYS) for a in content["agencies"]}


def _from_csv(content: bytes) -> dict[str, tuple]:
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    return {row["code"]: tuple(Decimal(row[key]) if row[key] else None for key in KEYS) for row in rows}


def _needs_every_row_in_pdf(content: bytes, page: dict[str, tuple]) -> None:
    text = _pdf_text(content)
    for code, figures in page.items():
        counts = [f"{n}" for n in figures[:5]]
        rates = ["–" if n is None else f"{n:.2f}".replace(".", ",") for n in figures[5:]]
        row = " ".join([*counts, *rates])
        assert re.search(rf"(?:^| ){re.escape(code)} [^,]*? {re.escape(row)}(?: |$)", text), (code, row)


def _pdf_text(content: bytes) -> str:
    return _squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def _squeezed(text: str) -> str:
    return re.sub(r"\s+([.%])", r"\1", " ".join(text.split()))
