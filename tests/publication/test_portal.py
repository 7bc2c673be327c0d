"""The portal: figures of released periods and nothing else, no session, fresh or not at all, light."""

import gzip
import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.compliance.formats import Format
from stranas.publication.models import PublishedFigure
from stranas.publication.queries.figures import public_figures
from stranas.publication.rules import Scope
from stranas.publication.views.portal import shell
from stranas.system import clock
from stranas.system.assets import STATIC, compress, served_folder
from stranas.system.db import db
from stranas.system.text import number
from tests import factories
from tests.compliance.released import AFTER, settle_released, write_quickly
from tests.pages import faults
from tests.publication.public import addresses, publish
from tests.publication.told import tell


@pytest.fixture(autouse=True)
def _quick_files(monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)


@pytest.fixture
def period(app):
    return publish()


@contextmanager
def counted():
    asked = []

    def note(connection, cursor, statement, *_):
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(db.engines[None], "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engines[None], "before_cursor_execute", note)


def test_every_page_is_valid_and_needs_no_session(client, period):
    for address in addresses():
        page = client.get(address)
        assert page.status_code == 200, address
        assert faults(page.text) == [], address
        assert "Set-Cookie" not in page.headers, address
        assert "Cookie" not in page.headers["Vary"], address
        assert page.headers["Cache-Control"] == "no-cache", address
        assert "<script" not in page.text, address


def test_somebody_signed_in_gets_the_same_page(client, period, sign_in):
    before = client.get("/capaian")
    sign_in(factories.make_person(Role.SECRETARIAT))
    after = client.get("/capaian")
    assert after.text == before.text
    assert "Cookie" not in after.headers["Vary"]


def test_who_has_the_page_is_answered_before_anything_is_rendered(client, period, monkeypatch):
    first = {address: client.get(address) for address in addresses()}

    def never(*_, **__):
        raise AssertionError("rendered")

    monkeypatch.setattr(shell.current_app.jinja_env, "get_template", never)
    for address, page in first.items():
        with counted() as asked:
            again = client.get(address, headers={"If-None-Match": page.headers["ETag"], "Accept-Encoding": "br"})
        assert (again.status_code, again.data) == (304, b""), address
        assert again.headers["ETag"] == page.headers["ETag"]
        assert len(asked) <= 2, address


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_compression_keeps_the_tag(client, period, encoding):
    page = client.get("/capaian", headers={"Accept-Encoding": encoding})
    assert page.headers.get("Content-Encoding", "identity") == encoding
    again = client.get("/capaian", headers={"If-None-Match": page.headers["ETag"], "Accept-Encoding": encoding})
    assert again.status_code == 304


def test_a_correction_is_another_page(client, period, monkeypatch):
    before = client.get("/capaian").headers["ETag"]
    monkeypatch.setattr(shell, "portal_version", lambda: "another")
    assert client.get("/capaian", headers={"If-None-Match": before}).status_code == 200


def test_the_country_shows_the_figures_of_the_edition(client, period):
    (country,) = public_figures(scopes=[Scope.NATIONAL])
    page = client.get("/capaian").text
    for name in ("compliance", "first_pass", "achievement", "pooled_compliance", "pooled_first_pass"):
        assert number(getattr(country, name), places=2) in page, name
    assert f"{number(country.received)} dari {number(country.expected)} laporan diterima" in page


def test_an_agency_shows_its_nine_figures(client, period):
    agency = next(row for row in public_figures(scopes=[Scope.AGENCY]) if row.verified)
    page = client.get(f"/capaian/instansi/{agency.key}").text
    cells = re.findall(r'<td class="num"[^>]*>(?:<b>)?([\d.,–]+)', page)
    wanted = [
        *(number(getattr(agency, name)) for name in ("expected", "received", "on_time", "verified", "accepted")),
        *(
            number(getattr(agency, name), places=2)
            for name in ("punctuality", "compliance", "first_pass", "achievement")
        ),
    ]
    assert any(cells[at : at + 9] == wanted for at in range(len(cells)))
    named = re.findall(r'<td class="num" data-kata="([^"]+)">', page)
    assert len(set(named)) == 9  # stacked on a phone, each figure still says what it is
    heads = re.findall(r'<th scope="col" class="num">([^<]+)</th>', page)
    assert set(named) <= set(heads)


def test_an_agency_without_obligations_prints_a_dash_and_a_sentence(client, period):
    agency = public_figures(scopes=[Scope.AGENCY])[0]
    nothing = dict.fromkeys(("compliance", "punctuality", "achievement", "first_pass"))
    counts = dict.fromkeys(("expected", "received", "on_time", "verified", "accepted", "first_accepted"), 0)
    of_it = db.update(PublishedFigure).where(PublishedFigure.scope_key == agency.key)
    db.session.execute(of_it.values(**nothing, **counts, score_class=""))
    db.session.commit()
    page = client.get(f"/capaian/instansi/{agency.key}").text
    assert "Tidak ada kewajiban pelaporan pada triwulan ini." in page
    assert "<b>–</b>" in page
    assert faults(page) == []


def test_a_period_that_is_not_released_is_nowhere(client, period):
    for path in ("/capaian/triwulan/B24", "/capaian/triwulan/B24/gambar.png"):
        assert client.get(path).status_code == 404
    for path in addresses():
        if "cari" in path or path in ("/capaian/instansi", "/capaian/arti-angka", "/capaian"):
            continue
        if "/triwulan/" in path:
            continue
        joint = "&" if "?" in path else "?"
        assert client.get(f"{path}{joint}triwulan=B24").status_code == 404, path
    assert "B24" not in "".join(client.get(path).text for path in addresses())


def test_what_is_not_published_yet_shows_when_it_comes(client, app):
    settle_released()
    for path in ("/capaian", "/capaian/instansi", "/capaian/aksi", "/capaian/peringkat"):
        page = client.get(path)
        assert "Hasil pertama tampil setelah penetapan hasil" in page.text, path
        assert faults(page.text) == []
    for path in ("/capaian/triwulan/B15", "/capaian/provinsi/11", "/capaian/aksi/1", "/capaian/instansi/33.23"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/capaian", "/capaian/instansi", "/capaian/aksi", "/capaian/peringkat"])
def test_stories_are_there_before_the_first_figures(client, app, path):
    story = tell(factories.make_agency(), factories.make_person(Role.SECRETARIAT))
    assert f'href="/kabar/{story.slug}"' in client.get(path).text


@pytest.mark.parametrize(
    "path",
    ["/capaian/tidak-ada", "/capaian/instansi/99.99", "/capaian/aksi/99", "/capaian/peringkat?kelompok=dewa"],
)
def test_an_address_that_is_none_says_so_calmly(client, period, path):
    page = client.get(path)
    assert page.status_code == 404
    assert "Halaman ini tidak ada" in page.text
    assert faults(page.text) == []
    assert "ETag" not in page.headers
    assert "Set-Cookie" not in page.headers


def test_questions_do_not_grow_with_agencies(client, app):
    publish(agencies=20)
    few = _questions(client)
    db.session.execute(db.delete(PublishedFigure).where(PublishedFigure.scope == Scope.AGENCY).where(_every_other()))
    db.session.commit()
    assert _questions(client) == few
    assert max(few) <= 8


def _every_other():
    return PublishedFigure.id % 2 == 0


def _questions(client) -> list[int]:
    counts = []
    for path in ("/capaian", "/capaian/instansi", "/capaian/aksi", "/capaian/peringkat?kelompok=kabupaten"):
        with counted() as asked:
            assert client.get(path).status_code == 200
        counts.append(len(asked))
    return counts


def test_the_first_load_is_light(client, period):
    """Page, style sheets, font and icons together, compressed with gzip: browsers take less (Brotli)."""
    page = client.get("/capaian").text
    files = set(re.findall(r'(?:href|src)="/static/([^"#]+)', page))
    assert {"tokens.css", "portal.css", "icons.svg"} <= files
    assert not any("tabler" in file for file in files)
    weight = sum(len(gzip.compress((STATIC / file).read_bytes())) for file in files) + len(gzip.compress(page.encode()))
    assert weight < 80_000


def test_files_are_compressed_once(tmp_path, app):
    settings = app.config["SETTINGS"].model_copy(update={"var": tmp_path})
    assert served_folder(settings) == STATIC
    copy = compress(settings)
    assert (copy / "tabler.min.css.br").stat().st_size < 60_000
    assert served_folder(settings) == copy == compress(settings)


@pytest.mark.parametrize("number", ["2", "2147483647"])
def test_a_page_of_stories_after_the_last_is_none(client, app, number):
    assert client.get(f"/kabar?halaman={number}").status_code == 404


def test_whoever_asks_for_anything_new_is_not_told_that_he_has_it(client, period):
    assert client.get("/capaian", headers={"If-None-Match": "*"}).status_code == 200
    assert client.get("/capaian/instansi/99.99", headers={"If-None-Match": "*"}).status_code == 404


def test_the_next_day_a_page_is_asked_for_again(client, period):
    with clock.at(AFTER):
        before = client.get("/capaian").headers["ETag"]
    with clock.at(AFTER + timedelta(days=1)):
        assert client.get("/capaian", headers={"If-None-Match": before}).status_code == 200
