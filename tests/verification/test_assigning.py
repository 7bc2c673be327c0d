from datetime import timedelta

import pytest

from stranas.accounts.models import Membership, Role, VerifierAssignment
from stranas.agencies.models import AgencyLevel
from stranas.reporting.rules import Status
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.verification import operations
from stranas.verification.models import ItemAssignment
from stranas.verification.queries import workload
from stranas.verification.rules import Part
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING


@pytest.fixture
def programme(app):
    return factories.make_programme()


@pytest.fixture
def period(programme):
    return factories.make_period(programme)


@pytest.fixture
def java(period):
    return factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)


@pytest.fixture
def temanggung(java):
    return factories.make_agency(province=java)


@pytest.fixture
def kpk(period):
    return factories.make_agency("kpk", "Komisi Pemberantasan Korupsi", AgencyLevel.KL)


@pytest.fixture
def citra(kpk):
    people.add_reasons()
    return factories.make_person(Role.VERIFIER, kpk, name="Citra")


@pytest.fixture
def ani(app):
    return factories.make_person(Role.SECRETARIAT, name="Ani")


@pytest.fixture
def filed(programme, period, temanggung):
    """1-a of Temanggung, with a document."""
    return file_item(programme, period, temanggung, "1-a")


def file_item(programme, period, agency, key, *, parent=None, at=MORNING):
    item = factories.make_item(programme, key, parent_id=parent.id if parent else None)
    obligation = factories.make_obligation(agency, factories.make_target(item, period))
    return people.file_for(obligation, at=at, document=people.make_document(agency, f"bukti-{key}.pdf"))


def assigned(person):
    query = db.select(VerifierAssignment.agency_id).where(VerifierAssignment.user_id == person.id)
    return set(db.session.scalars(query))


def see(client, address):
    with clock.at(MORNING):
        return client.get(address)


def post(client, address, **data):
    with clock.at(MORNING):
        return client.post(address, data=data)


def doors(filed):
    """Every door that shows something of a report."""
    document = filed.submission.evidence[0].document_id
    number = filed.submission.versions[0].filing.number
    return [
        f"/verifikasi/{filed.submission.id}",
        f"/laporan/{filed.obligation.id}",
        f"/dokumen/{document}/pratinjau",
        f"/laporan-triwulan/tanda-terima/{number}",
        f"/verifikasi/{filed.submission.id}/uji-petik",
        f"/tanya-jawab/{filed.obligation.id}",
    ]


def open_doors(client, filed):
    return {see(client, door).status_code for door in doors(filed)}


def test_a_region_is_assigned_in_one_act(client, sign_in, ani, citra, java, temanggung):
    sign_in(ani)
    answer = post(client, "/penugasan", bagian="wilayah", provinsi=java.id, verifikator=citra.id)
    assert answer.status_code == 302
    assert assigned(citra) == {java.id, temanggung.id}
    assert "2 instansi" in see(client, "/penugasan").text


def test_the_own_institution_is_refused_with_a_sentence_and_nothing_is_assigned(
    client, sign_in, ani, citra, kpk, temanggung
):
    sign_in(ani)
    answer = post(client, "/penugasan", bagian="instansi", instansi=[temanggung.id, kpk.id], verifikator=citra.id)
    assert answer.status_code == 409
    assert "Citra bekerja di Komisi Pemberantasan Korupsi" in answer.text
    assert assigned(citra) == set()


def test_only_an_active_verifier_is_assigned(client, sign_in, ani, citra, temanggung):
    sign_in(ani)
    assert post(client, "/penugasan", bagian="instansi", instansi=temanggung.id, verifikator=ani.id).status_code == 404
    with pytest.raises(Refused, match="bukan verifikator"):
        operations.assign_agencies(verifier=ani, agency_ids=[temanggung.id])


def test_agencies_without_a_verifier_come_first_and_are_counted(client, sign_in, ani, citra, filed, java, temanggung):
    factories.make_obligation(java, filed.obligation.target)
    people.assign(citra, temanggung)
    sign_in(ani)
    page = see(client, "/penugasan").text
    assert "1 instansi belum ditugaskan" in page
    table = page[page.index("Tabel instansi") :]
    assert table.index("Provinsi Jawa Tengah") < table.index("Kabupaten Temanggung")
    citra.active = False
    db.session.commit()
    assert workload.unassigned_count(now=MORNING) == 2


def test_the_workload_says_what_waits_and_who_has_least(programme, period, filed, citra, temanggung):
    people.assign(citra, temanggung)
    other = factories.make_person(Role.VERIFIER, name="Eko")
    first, second = workload.loads(now=MORNING + timedelta(days=1))
    assert (first.name, first.waiting, first.oldest, first.agencies) == ("Citra", 1, MORNING, 1)
    assert first.ends_soonest == period.verification_ends_at
    assert workload.least_burdened([first, second]).person_id == other.id
    with clock.at(MORNING):
        parts = [Part(r.id, True) for r in filed.obligation.target.requirements]
        operations.decide(
            submission=filed.submission,
            verifier=citra,
            parts=parts,
            score=75,
            note="",
            received_at=MORNING,
            version_id=filed.version_id,
        )
    later = {load.name: load for load in workload.loads(now=MORNING + timedelta(days=8))}["Citra"]
    assert (later.waiting, later.decided_week, later.decided_month) == (0, 0, 1)


def test_a_verifier_limited_to_an_item_sees_nothing_else_at_any_door(
    client, sign_in, programme, period, filed, citra, temanggung
):
    people.assign(citra, temanggung)
    other = file_item(programme, period, temanggung, "7-a", at=MORNING + timedelta(hours=1))
    sign_in(citra)
    assert open_doors(client, other) == {200}
    operations.assign_item(verifier=citra, item=filed.obligation.item, everywhere=False)
    db.session.commit()
    assert open_doors(client, filed) == {200}
    assert open_doors(client, other) == {404}
    answer = post(client, f"/verifikasi/{other.submission.id}", versi=other.version_id)
    assert answer.status_code == 404
    assert "1 laporan menunggu" in see(client, "/antrean").text
    listed = see(client, "/dokumen").text
    assert "bukti-1-a.pdf" in listed
    assert "bukti-7-a.pdf" not in listed


def test_an_aksi_stands_for_everything_below_it(client, sign_in, programme, period, citra, temanggung):
    people.assign(citra, temanggung)
    aksi = factories.make_item(programme, "7", depth=1)
    below = file_item(programme, period, temanggung, "7-a", parent=aksi)
    beside = file_item(programme, period, temanggung, "1-a", at=MORNING + timedelta(hours=1))
    operations.assign_item(verifier=citra, item=aksi, everywhere=False)
    db.session.commit()
    sign_in(citra)
    assert open_doors(client, below) == {200}
    assert open_doors(client, beside) == {404}


def test_an_item_everywhere_reaches_every_agency_but_the_own(
    client, sign_in, programme, period, filed, citra, kpk, temanggung
):
    own = people.file_for(factories.make_obligation(kpk, filed.obligation.target), document=people.make_document(kpk))
    operations.assign_item(verifier=citra, item=filed.obligation.item, everywhere=True)
    db.session.commit()
    sign_in(citra)
    assert open_doors(client, filed) == {200}
    assert open_doors(client, own) == {404}


def test_a_coordinator_who_also_verifies_writes_only_his_own_reports(client, sign_in, filed, kpk, citra, temanggung):
    people.assign(citra, temanggung)
    factories._add(Membership(user_id=citra.id, role=Role.COORDINATOR, agency_id=kpk.id))
    db.session.refresh(citra)
    sign_in(citra)
    assert post(client, f"/laporan/{filed.obligation.id}", narrative="Ditulis verifikator.").status_code == 404
    assert post(client, f"/laporan/{filed.obligation.id}/buka").status_code == 404


def test_what_was_assigned_can_be_taken_back(client, sign_in, ani, filed, citra, temanggung):
    people.assign(citra, temanggung)
    sign_in(ani)
    item = filed.obligation.item
    post(client, "/penugasan", bagian="butir", butir=item.id, jangkauan="semua", verifikator=citra.id)
    page = see(client, f"/penugasan/{citra.id}").text
    assert "Kabupaten Temanggung" in page
    assert "Di semua instansi, selain tempatnya bekerja" in page
    post(client, f"/penugasan/{citra.id}/lepas", butir=item.id)
    post(client, f"/penugasan/{citra.id}/lepas", instansi=temanggung.id)
    assert (assigned(citra), db.session.scalars(db.select(ItemAssignment)).all()) == (set(), [])
    assert filed.submission.status is Status.SENT
