"""The catalogue's pages: the tree with what is known of each row, and one item with its targets."""

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import Agency
from stranas.system.db import db
from tests.factories import make_person


@pytest.fixture
def read(seeded_app, client, sign_in):
    """`read(path, code)`: the page as the coordinator of that agency sees it."""

    def get(path: str, code: str = "33.23") -> str:
        sign_in(make_person(Role.COORDINATOR, db.session.scalar(db.select(Agency).filter_by(code=code))))
        answer = client.get(path)
        assert answer.status_code == 200
        return answer.text.replace("\u00a0", " ")

    return get


def test_the_catalogue_shows_tree_and_instants(read):
    page = read("/katalog")
    assert "Percepatan OSS" in page
    assert "perlu dicocokkan dengan SKB" in page
    assert "14 Juli 2020 pukul 23.59 WIB" in page
    assert "Aturan batas waktu 2019–2020 belum diketahui." in page


def test_instants_stand_in_the_readers_zone_with_wib(read):
    assert "15 Juli 2020 pukul 01.59 WIT (14 Juli 2020 pukul 23.59 WIB)" in read("/katalog", "91.71")


def test_an_item_shows_its_targets_requirements_and_who_owes(read):
    page = read("/katalog/1-a")
    assert "Triwulan I (B03), Januari–Maret 2019" in page
    assert "Kewajiban 508 instansi: semua kabupaten/kota." in " ".join(page.split())
    assert "1. Keputusan: keputusan kepala daerah tentang satuan tugas." in page
    assert "contoh" in page


def test_action_8_says_that_nothing_was_found(read):
    assert "Target triwulan belum ditemukan dalam sumber." in read("/katalog/8")


def test_every_item_has_its_page(read, client):
    keys = db.session.scalars(db.text("SELECT key FROM item")).all()
    read("/katalog")
    assert {client.get(f"/katalog/{key}").status_code for key in keys} == {200}


def test_an_unknown_item_is_not_found(read, client):
    read("/katalog")
    assert client.get("/katalog/12-z").status_code == 404


def test_a_database_without_programme_says_so(app, client, sign_in):
    sign_in(make_person(Role.SECRETARIAT))
    assert "Belum ada program." in client.get("/katalog").text


def test_the_catalogue_needs_a_sign_in(seeded_app, client):
    assert client.get("/katalog").status_code == 302
