"""Pengaturan: who may file without approval is said with a reason, recorded, and shown where reports are sent."""

from datetime import UTC, datetime

import pytest

from stranas.accounts.models import Role
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry
from tests import factories

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def agency(app):
    found = factories.make_agency()
    factories.make_period(factories.make_programme(approval_required=True))
    return found


@pytest.mark.parametrize("role", [Role.AGENCY_ADMIN, Role.SECRETARIAT])
def test_approval_is_switched_off_with_a_reason_that_the_coordinator_sees(agency, client, sign_in, role):
    sign_in(factories.make_person(role, None if role.is_national else agency, name="Ani"))
    client.post(f"/instansi/{agency.code}/persetujuan", data={"without": "ya", "reason": "Inspektur kosong."})
    assert agency.files_without_approval
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "approval.switched")).one()
    assert entry.details == {"without": True, "reason": "Inspektur kosong."}
    sign_in(factories.make_person(Role.COORDINATOR, agency))
    page = client.get("/laporan-triwulan/B18").text
    assert "mengirim tanpa persetujuan pejabat, menurut Ani" in page
    assert "Inspektur kosong." in page


def test_a_switch_without_a_reason_is_refused(agency, client, sign_in):
    sign_in(factories.make_person(Role.AGENCY_ADMIN, agency))
    answer = client.post(f"/instansi/{agency.code}/persetujuan", data={"without": "ya", "reason": " "})
    assert answer.status_code == 422
    assert "Tulis alasannya" in answer.text
    assert not agency.files_without_approval


def test_an_agency_comes_straight_to_its_own_page(agency, client, sign_in):
    sign_in(factories.make_person(Role.AGENCY_ADMIN, agency))
    assert client.get("/instansi").location == f"/instansi/{agency.code}/pengaturan"


def test_the_secretariat_sees_who_files_without_and_finds_the_others(agency, client, sign_in):
    other = factories.make_agency("33.02", "Kabupaten Banyumas")
    other.files_without_approval = True
    db.session.commit()
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    page = client.get("/instansi").text
    assert "Kabupaten Banyumas" in page
    assert "Kabupaten Temanggung" not in page
    assert "Kabupaten Temanggung" in client.get("/instansi?cari=temang").text


def test_the_lines_of_the_letterhead_are_kept(agency, client, sign_in):
    sign_in(factories.make_person(Role.AGENCY_ADMIN, agency))
    lines = "Jalan Ahmad Yani 32\r\n\r\nTemanggung 56229"
    client.post(f"/instansi/{agency.code}/surat", data={"letterhead": lines, "head": "", "oversight_unit": ""})
    assert agency.letterhead == ["Jalan Ahmad Yani 32", "Temanggung 56229"]
    answer = client.post(f"/instansi/{agency.code}/surat", data={"letterhead": "a\n" * 6})
    assert answer.status_code == 422
