"""Home of Humas and of who approves says what waits; a hand-over lists it."""

from datetime import timedelta

import pytest

from stranas.accounts.handing_over import open_work
from stranas.accounts.models import Role
from stranas.agencies.models import Agency
from stranas.compliance.formats import Format
from stranas.publication.queries.waiting import waiting
from stranas.publication.rules import Stage, StoryKind
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.compliance.released import AFTER, write_quickly
from tests.pages import faults
from tests.publication.public import publish
from tests.publication.written import PUBLISHED_AT, show_story, write_story


@pytest.fixture(autouse=True)
def _later(monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)
    with clock.at(AFTER + timedelta(days=7)):
        yield


def agency_with_figures() -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == "11.01")).one()


def desk(agency):
    return waiting(agency_id=agency.id, agency_code=agency.code)


def test_public_figures_that_nobody_told_wait(app):
    period = publish()
    agency = agency_with_figures()
    galih = factories.make_person(Role.HUMAS, agency, name="Galih")
    assert [one.key for one in desk(agency).untold] == [period.key]
    begun = write_story(agency, galih, period_id=period.id)
    assert (desk(agency).untold, desk(agency).drafts) == ((), 1)
    begun.stage = Stage.WITHDRAWN
    db.session.commit()
    assert [one.key for one in desk(agency).untold] == [period.key]


def test_an_agency_without_figures_waits_for_nothing(app):
    publish()
    quiet = factories.make_agency("99.99", "Kabupaten Tanpa Kewajiban")
    assert (desk(quiet).untold, desk(quiet).drafts, desk(quiet).to_approve) == ((), 0, 0)


def test_humas_is_told_and_led_to_publications(client, sign_in):
    period = publish()
    agency = agency_with_figures()
    galih = factories.make_person(Role.HUMAS, agency, name="Galih")
    write_story(agency, galih)
    sign_in(galih)
    page = client.get("/").text
    assert f"({period.key}) sudah ditetapkan dan boleh dipublikasikan" in page
    assert "<b>1 draf</b>" in page
    assert 'href="/publikasi"' in page
    assert faults(page) == []


def test_who_approves_is_told_what_waits_for_him(client, sign_in):
    agency = factories.make_agency()
    galih = factories.make_person(Role.HUMAS, agency, name="Galih")
    write_story(agency, galih, stage=Stage.IN_REVIEW)
    sign_in(factories.make_person(Role.STORY_APPROVER, agency, name="Hapsari"))
    assert "1 publikasi menunggu persetujuan Anda" in client.get("/").text
    sign_in(galih)
    assert "1 publikasi menunggu persetujuan." in client.get("/").text


def test_nothing_waits_is_said_in_a_sentence(client, sign_in):
    sign_in(factories.make_person(Role.HUMAS, factories.make_agency(), name="Galih"))
    page = client.get("/").text
    assert "Tidak ada yang menunggu" in page
    assert faults(page) == []


def test_what_humas_and_who_approves_hand_over(app):
    agency, other = factories.make_agency(), factories.make_agency("33.02", "Kabupaten Banyumas")
    galih = factories.make_person(Role.HUMAS, agency, name="Galih")
    hapsari = factories.make_person(Role.STORY_APPROVER, agency, name="Hapsari")
    write_story(agency, galih, title="Draf", at=PUBLISHED_AT)
    write_story(agency, galih, title="", stage=Stage.IN_REVIEW, kind=StoryKind.ACTIVITY)
    correction = show_story(agency, galih, title="Sudah terbit")
    show_story(agency, galih, title="Terbit dan selesai")
    write_story(other, factories.make_person(Role.HUMAS, other, name="Wira"), title="Milik Banyumas")
    correction.stage = Stage.WRITING
    db.session.commit()
    lines = [(line.what, line.state) for line in open_work(galih.memberships[0], now=clock.now())]
    assert lines == [
        ("Publikasi capaian: Draf", "Draf"),
        ("Kabar kegiatan: tanpa judul", "Menunggu persetujuan"),
        ("Publikasi capaian: Sudah terbit", "Koreksi atas edisi 1"),
    ]
    assert [line.what for line in open_work(hapsari.memberships[0], now=clock.now())] == ["Kabar kegiatan: tanpa judul"]


def test_a_handed_over_role_keeps_its_drafts_for_the_successor(client, sign_in):
    agency = factories.make_agency()
    galih = factories.make_person(Role.HUMAS, agency, name="Galih")
    write_story(agency, galih, title="Draf Galih")
    sign_in(factories.make_person(Role.AGENCY_ADMIN, agency, name="Indah"))
    page = client.get(f"/orang/{galih.id}/serah-terima?peran={galih.memberships[0].id}")
    assert page.status_code == 200
    assert "Draf Galih" in page.text
