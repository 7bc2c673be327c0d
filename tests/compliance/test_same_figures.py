"""Page, Excel, PDF, JSON and CSV of one cut-off agree on the nine figures of every agency, number by number."""

import io
import re
from decimal import Decimal

import html5lib
import pytest
from openpyxl import load_workbook

from stranas.accounts.models import Role
from stranas.system import clock
from tests.compliance.country import NOW, printed, settle
from tests.compliance.formats import (
    from_csv,
    from_excel,
    from_json,
    needs_every_row_in_pdf,
    pdf_text,
    squeezed,
)
from tests.factories import make_person


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
    assert any(not figures[0] for figures in page.values())
    assert any(figures[8] is None for figures in page.values())
    assert from_excel(client.get(f"/kepatuhan.xlsx{address}").data) == page
    assert from_json(client.get(f"/kepatuhan.json{address}").json) == page
    assert from_csv(client.get(f"/kepatuhan.csv{address}").data) == page
    needs_every_row_in_pdf(printed(client, address), page)


def test_the_national_figures_agree_too(client, address):
    figures = client.get(f"/kepatuhan.json{address}").json["key_figures"]
    page = squeezed(re.sub(r"<[^>]+>", " ", client.get(f"/kepatuhan{address}").text))
    pdf = pdf_text(printed(client, address))
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
