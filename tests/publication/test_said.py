"""What a page says of its figures: whose they are, of which quarter, that they are final, and what is not sure."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from stranas.agencies.models import Provenance
from stranas.catalogue.models import Item
from stranas.compliance.formats import Format
from stranas.publication.queries.figures import public_figures, public_periods
from stranas.publication.rules import Scope
from stranas.publication.views.portal import pages, pictures
from stranas.system.db import db
from stranas.system.text import number
from tests.compliance.released import write_quickly
from tests.publication.public import addresses, publish


@pytest.fixture
def period(app, monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)
    return publish()


def test_equal_figures_share_a_place_and_no_place_stands_without_quality(client, period):
    page = client.get("/capaian/peringkat?kelompok=kabupaten").text
    rows = [re.findall(r">([^<>]+)</", row) for row in re.findall(r"<tr><td.*?</tr>", page, re.DOTALL)]
    told = {row.name: row for row in public_figures(scopes=[Scope.AGENCY])}
    assert len(rows) == sum(row.level == "kabupaten" for row in told.values()) > 1
    places: dict[Decimal, set[str]] = {}
    for place, name, compliance, first_pass, achievement in rows:
        figures = told[name]
        assert compliance == number(figures.compliance, places=2)
        assert (first_pass, achievement) == (
            number(figures.first_pass, places=2),
            number(figures.achievement, places=2),
        )
        places.setdefault(figures.compliance, set()).add(place)
    assert all(len(shared) == 1 for shared in places.values())


def test_every_page_of_figures_says_of_which_quarter_and_that_it_is_final(client, period):
    for address in addresses():
        if "cari" in address or address in ("/capaian/instansi", "/capaian/arti-angka"):
            continue
        page = client.get(address).text
        words = page.partition("<main")[2].partition("</main>")[0]
        assert f"({period.key})" in words, address
        assert "itetapkan 10 Juli 2020" in words, address


def test_a_league_says_whose_it_is_and_has_one_address(client, period):
    action = next(row for row in public_figures(scopes=[Scope.NATIONAL], action_keys=None) if row.action_key)
    province = next(row for row in public_figures(scopes=[Scope.AGENCY]) if row.level == "kabupaten")
    narrowed = f"kelompok=kabupaten&provinsi={province.province_code}&aksi={action.action_key}"
    page = client.get(f"/capaian/peringkat?{narrowed}&urut=kepatuhan&utm_source=x&triwulan=").text
    lead = re.search(r'<p class="lead">(.*?)</p>', page)[1]
    assert lead.startswith(f"Kabupaten di {province.province}. Aksi {action.action_key}. {action.action}")
    assert f'rel="canonical" href="http://127.0.0.1:5000/capaian/peringkat?{narrowed.replace("&", "&amp;")}"' in page
    whole = client.get(f"/capaian/peringkat?provinsi={province.province_code}&aksi={action.action_key}").text
    assert 'rel="canonical" href="http://127.0.0.1:5000/capaian/peringkat"' in whole
    assert re.search(r'<p class="lead">(.*?)</p>', whole)[1].startswith("Provinsi, dengan kabupaten dan kotanya. ")


def test_an_action_that_nobody_attested_is_nowhere_named_plainly(client, period, monkeypatch):
    """Not in a list to choose from, a title or a picture either."""
    monkeypatch.setattr(pictures, "_drawn", lambda *told: repr(told).encode())
    item = db.session.scalars(db.select(Item).where(Item.depth == 1)).first()
    item.provenance = Provenance.SAMPLE
    db.session.commit()
    action = f"/capaian/aksi/{item.key}"
    named = 0
    for address in (*addresses(), action, f"{action}/gambar.png", "/capaian/cari?q=aksi"):
        text = client.get(address).text
        for found in re.finditer(rf"{re.escape(item.name)}\b", text):
            named += 1
            assert re.search(r"\bcontoh\b", text[found.end() :][:120]), (address, text[found.end() :][:120])
    assert named > 8


def test_a_quarter_that_is_passed_on_is_previewed_as_that_quarter(client, period, monkeypatch):
    monkeypatch.setattr(pictures, "_drawn", lambda *told: repr(told).encode())
    before = replace(public_periods()[0], key="B12", name="Triwulan IV", starts_on=date(2019, 10, 1))
    monkeypatch.setattr(pages, "some_periods", lambda: [*public_periods(), before])
    monkeypatch.setattr(pictures, "some_periods", lambda: [*public_periods(), before])
    agency = public_figures(scopes=[Scope.AGENCY])[0]
    page = client.get(f"/capaian/instansi/{agency.key}?triwulan=B12").text
    for words in ('rel="canonical" href', 'og:url" content'):
        assert f'{words}="http://127.0.0.1:5000/capaian/instansi/{agency.key}?triwulan=B12"' in page
    address = re.search(r'og:image" content="http://[^/]+(/[^"]+)"', page)[1]
    assert "Triwulan IV (B12)" in client.get(address).text


def test_a_link_preview_has_a_picture_of_the_same_figures(client, period, monkeypatch):
    monkeypatch.setattr(pictures, "_drawn", lambda *told: repr(told).encode())
    agency = public_figures(scopes=[Scope.AGENCY])[0]
    page = client.get(f"/capaian/instansi/{agency.key}").text
    address = re.search(r'og:image" content="http://[^/]+(/[^"]+)"', page)[1]
    picture = client.get(address)
    assert picture.content_type == "image/png"
    for value in (agency.compliance, agency.first_pass, agency.achievement):
        assert number(value, places=2) in picture.text
    assert client.get(address, headers={"If-None-Match": picture.headers["ETag"]}).status_code == 304
