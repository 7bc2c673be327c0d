"""Whoever holds a page is given another one as soon as anything that it shows has changed, and not before."""

import re
from datetime import date, timedelta

import pytest

from stranas import create_app
from stranas.accounts.models import Role
from stranas.agencies.models import Agency, AgencyAlias, Provenance
from stranas.catalogue.models import Item, Period, Programme
from stranas.compliance.formats import Format
from stranas.publication.models import Kit, KitState, PublicationProfile, PublishedEdition
from stranas.publication.queries.version import portal_version
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.compliance.released import write_quickly
from tests.publication.kits import add_card
from tests.publication.public import publish
from tests.publication.stories import STORY
from tests.publication.told import tell

STORY_PAGE = f"/kabar/{STORY.slug}"
CONTOH = '<span class="asal">contoh</span>'


@pytest.fixture
def period(app, monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)
    return publish()


@pytest.fixture
def told(app):
    return tell(factories.make_agency(), factories.make_person(Role.SECRETARIAT))


def changed(client, path: str, change) -> str:
    """The page as it is sent to somebody who holds what was there before `change`."""
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    change()
    db.session.commit()
    answer = client.get(path, headers={"If-None-Match": tag})
    assert answer.status_code == 200, path
    return answer.text


def first_action(period: Period) -> Item:
    query = db.select(Item).where(Item.programme_id == period.programme_id, Item.depth == 1)
    return db.session.scalars(query.order_by(Item.position)).first()


def test_how_an_action_is_known_moves_every_page_that_marks_it(client, period):
    action = first_action(period)
    assert CONTOH not in client.get(f"/capaian/aksi/{action.key}").text

    def mark():
        action.provenance = Provenance.SAMPLE

    page = changed(client, f"/capaian/aksi/{action.key}", mark)
    assert CONTOH in page
    for path in ("/capaian/aksi", f"/capaian/triwulan/{period.key}"):
        assert CONTOH in client.get(path).text

    def import_it():
        action.provenance = Provenance.OFFICIAL

    assert '<span class="asal">' not in changed(client, f"/capaian/aksi/{action.key}", import_it)


def test_how_it_is_known_that_an_agency_takes_part(client, period):
    row = db.session.scalars(db.select(Agency)).first()
    path = f"/capaian/instansi/{row.code}"
    assert '<span class="asal">' not in client.get(path).text.partition("Menurut aksi")[0]

    def assume():
        row.provenance = Provenance.ASSUMED

    page = changed(client, path, assume)
    assert "belum dapat dicocokkan" in page
    beside = f'href="/capaian/instansi/{row.code}">{row.name}</a> <span class="asal">asumsi</span>'
    for other in (f"/capaian/cari?q={row.name}", f"/capaian/peringkat?kelompok={row.level.value}"):
        assert beside in client.get(other).text, other


def test_the_order_of_actions(client, period):
    first = first_action(period)

    def last():
        first.position = 1_000_000_000  # past whatever the factories counted to

    page = changed(client, "/capaian/aksi", last)
    shown = re.findall(r'<th scope="row"><a href="/capaian/aksi/([^"]+)"', page)
    assert len(shown) > 1
    assert shown[-1] == first.key


def test_another_name_of_an_agency_is_found_at_once(client, period):
    agency = db.session.scalars(db.select(Agency)).first()
    path = "/capaian/cari?q=swapraja"
    assert "Tidak ada yang cocok" in client.get(path).text

    def name():
        db.session.add(AgencyAlias(agency_id=agency.id, alias="Swapraja Lama", kind="former name", source=""))

    assert f"/capaian/instansi/{agency.code}" in changed(client, path, name)


def test_the_rules_that_the_meanings_tell(client, period):
    programme = db.session.scalars(db.select(Programme)).one()

    def later():
        programme.settings = {**programme.settings, "due_working_days": 23}

    assert "hari kerja ke-23" in changed(client, "/capaian/arti-angka", later)


def test_masa_pilkada_of_one_agency_even_if_another_saved_later(client, told):
    """Two transactions of PostgreSQL end in another order than they began."""
    other = factories.make_agency(code="33.08", name="Kabupaten Magelang")
    now = clock.now()
    db.session.add(PublicationProfile(agency_id=other.id, changed_at=now))
    db.session.commit()

    def begin():
        values = {"election_from": date(2020, 1, 1), "changed_at": now - timedelta(seconds=5)}
        db.session.add(PublicationProfile(agency_id=told.agency_id, **values))

    assert "Bambang Sutrisno" in client.get(STORY_PAGE).text
    assert "Bambang Sutrisno" not in changed(client, STORY_PAGE, begin)

    def end():
        db.session.get(PublicationProfile, told.agency_id).election_until = date(2020, 1, 2)
        db.session.get(PublicationProfile, told.agency_id).changed_at = now - timedelta(seconds=4)

    assert "Bambang Sutrisno" in changed(client, STORY_PAGE, end)


def test_a_kit_that_takes_the_place_of_another(client, told):
    person = factories.make_person(Role.SECRETARIAT, email="ani.kedua@example.com")
    changed(client, STORY_PAGE, lambda: add_card(told, person))
    before = portal_version()
    kit = db.session.scalars(db.select(Kit)).one()
    kit.state = KitState.RUNNING
    values = {"story_edition_id": kit.story_edition_id, "asked_by_id": person.id, "asked_at": clock.now()}
    db.session.add(Kit(template="sorot", state=KitState.READY, **values))
    db.session.commit()
    assert portal_version() != before


def test_two_databases_with_as_many_editions_are_not_taken_for_one_another(app, period):
    before = portal_version()
    db.session.execute(db.update(PublishedEdition).values(snapshot_sha256="0" * 64))
    assert portal_version() != before


def test_settings_that_pages_print_are_part_of_every_tag(tmp_path):
    """Terms that somebody has fixed are no "asumsi" any more, even in the words of the default."""
    plain = create_app(var=tmp_path)
    known = plain.config["SETTINGS"]
    others = (
        {"help_contact": "Sekretariat, helpdesk@example.com"},
        {"data_publisher": "Sekretariat Nasional Pencegahan Korupsi"},
        {name: getattr(known, name) for name in ("data_licence", "data_licence_url")},
    )
    tags = [create_app(var=tmp_path, **changes).extensions["portal_code"] for changes in ({}, *others)]
    assert tags[0] == plain.extensions["portal_code"]
    assert len(set(tags)) == len(tags)
