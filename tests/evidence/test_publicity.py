"""Who may come to see a document: the Inspektorat says or proposes, the PPID of the agency fixes."""

import pytest

from stranas.accounts.handing_over import open_work
from stranas.accounts.models import Membership, Role
from stranas.evidence.models import Document
from stranas.evidence.rules import Publicity
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import AuditEntry
from tests import factories
from tests.evidence import samples
from tests.evidence.shelf_of import AT, put, revise
from tests.pages import faults

GROUND = "UU 14/2008 Pasal 17 huruf h"


@pytest.fixture
def temanggung(app):
    with clock.at(AT):
        yield factories.make_agency()


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def wening(temanggung):
    return factories.make_person(Role.PPID, temanggung, "Wening")


@pytest.fixture
def document(temanggung):
    return put(temanggung, samples.pdf(), "rekap-pemohon.pdf")


def fresh(document) -> Document:
    db.session.rollback()
    return db.session.get_one(Document, document.id, populate_existing=True)


def says(client, document, publicity: str, ground: str = "", seen: str = "internal"):
    data = {"publicity": publicity, "ground": ground, "seen": seen}
    return client.post(f"/dokumen/{document.id}/klasifikasi", data=data)


def fixes(client, document, publicity: str, ground: str = GROUND, seen: str = "proposed_exempt"):
    data = {"publicity": publicity, "ground": ground, "seen": seen}
    return client.post(f"/dokumen/{document.id}/penetapan", data=data)


def test_a_document_is_internal_until_somebody_says_otherwise(document):
    assert document.publicity is Publicity.INTERNAL


@pytest.mark.parametrize("publicity", ["public", "internal"])
def test_the_inspektorat_opens_and_closes(client, sign_in, budi, document, publicity):
    sign_in(budi)
    assert says(client, document, publicity).status_code == 302
    assert fresh(document).publicity.value == publicity


def test_a_proposal_needs_its_ground(client, sign_in, budi, document):
    sign_in(budi)
    answer = says(client, document, "proposed_exempt")
    assert answer.status_code == 422
    assert "Tulis alasan usul" in answer.text
    assert faults(answer.text) == []
    assert says(client, document, "proposed_exempt", GROUND).status_code == 302
    kept = fresh(document)
    assert (kept.publicity, kept.publicity_ground) == (Publicity.PROPOSED_EXEMPT, GROUND)
    assert (kept.classified_by_id, kept.publicity_fixed_by_id) == (budi.id, None)


def test_the_inspektorat_cannot_fix(client, sign_in, budi, document):
    sign_in(budi)
    assert says(client, document, "exempt", GROUND).status_code == 422
    assert fixes(client, document, "exempt").status_code == 403
    assert fresh(document).publicity is Publicity.INTERNAL


@pytest.mark.parametrize("role", [Role.CERTIFIER, Role.AGENCY_ADMIN, Role.HUMAS, Role.SECRETARIAT, Role.ADMIN])
def test_nobody_else_fixes(client, sign_in, temanggung, document, role):
    sign_in(factories.make_person(role, None if role.is_national else temanggung, "Orang"))
    assert fixes(client, document, "exempt").status_code == 403


@pytest.fixture
def proposed(client, sign_in, budi, document):
    sign_in(budi)
    assert says(client, document, "proposed_exempt", GROUND).status_code == 302
    return document


def test_the_ppid_begins_at_what_waits_and_fixes_it(client, sign_in, wening, proposed):
    sign_in(wening)
    home = client.get("/", follow_redirects=True)
    assert "rekap-pemohon.pdf" in home.text
    assert GROUND in home.text
    assert faults(home.text) == []
    assert faults(client.get(f"/dokumen/{proposed.id}").text) == []
    assert fixes(client, proposed, "exempt", "Hasil uji konsekuensi").status_code == 302
    kept = fresh(proposed)
    assert (kept.publicity, kept.publicity_ground) == (Publicity.EXEMPT, "Hasil uji konsekuensi")
    assert kept.publicity_fixed_by_id == wening.id
    assert kept.publicity_fixed_at is not None
    page = client.get(f"/dokumen/{proposed.id}").text
    assert "Ditetapkan PPID, Wening" in page
    assert "Tidak ada usul yang menunggu" in client.get("/dokumen/usul-dikecualikan").text
    actions = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions[-2:] == ["classify_document", "fix_publicity"]


def test_who_is_both_does_not_decide_what_he_proposed_himself(client, sign_in, budi, temanggung, proposed):
    db.session.add(Membership(user_id=budi.id, agency_id=temanggung.id, role=Role.PPID))
    db.session.commit()
    sign_in(budi)
    answer = fixes(client, proposed, "exempt")
    assert answer.status_code == 409
    assert "Usul ini Anda ajukan sendiri" in answer.text
    assert fresh(proposed).publicity is Publicity.PROPOSED_EXEMPT


def test_the_ppid_turns_a_proposal_down_with_a_note(client, sign_in, wening, proposed):
    sign_in(wening)
    answer = fixes(client, proposed, "internal", " ")
    assert answer.status_code == 422
    assert "Tulis dasar penetapan" in answer.text
    assert faults(answer.text) == []
    assert fixes(client, proposed, "internal", "Tidak memuat data pribadi.").status_code == 302
    assert fresh(proposed).publicity is Publicity.INTERNAL


@pytest.mark.parametrize("decided", ["exempt", "internal", "public"])
def test_after_the_ppid_nobody_else_changes_it(client, sign_in, budi, wening, proposed, decided):
    sign_in(wening)
    assert fixes(client, proposed, decided).status_code == 302
    sign_in(budi)
    answer = says(client, proposed, "public", seen=decided)
    assert answer.status_code == 409
    assert "sudah ditetapkan PPID" in answer.text
    assert fresh(proposed).publicity.value == decided
    assert "Hanya PPID yang dapat mengubahnya" in client.get(f"/dokumen/{proposed.id}/klasifikasi").text
    sign_in(wening)
    assert fixes(client, proposed, "public", "Sudah diumumkan.", seen=decided).status_code == 302, "he himself may"


def test_nobody_decides_on_what_he_did_not_see(client, sign_in, budi, wening, proposed):
    assert says(client, proposed, "public", seen="proposed_exempt").status_code == 302
    sign_in(wening)
    answer = fixes(client, proposed, "exempt", seen="proposed_exempt")
    assert answer.status_code == 409
    assert "sudah diubah menjadi publik" in answer.text
    assert fresh(proposed).publicity is Publicity.PUBLIC
    sign_in(budi)
    assert says(client, proposed, "internal", seen="proposed_exempt").status_code == 409


def test_a_ppid_of_another_agency_finds_nothing(client, sign_in, proposed):
    sign_in(factories.make_person(Role.PPID, factories.make_agency("71.09", "Kabupaten Lain"), "Lain"))
    assert fixes(client, proposed, "exempt").status_code == 404
    assert client.get(f"/dokumen/{proposed.id}").status_code == 404
    assert "rekap-pemohon" not in client.get("/dokumen/usul-dikecualikan").text


def test_a_class_is_that_of_all_revisions_and_a_new_one_inherits_it(client, sign_in, wening, proposed):
    second = revise(proposed, b"second")
    assert second.publicity is Publicity.PROPOSED_EXEMPT
    sign_in(wening)
    assert fixes(client, second, "exempt").status_code == 302
    assert fresh(proposed).publicity is Publicity.EXEMPT, "what was sent before too"
    third = revise(second, b"third")
    assert (third.publicity, third.publicity_fixed_by_id) == (Publicity.EXEMPT, wening.id)


def test_only_the_newest_revision_waits(client, sign_in, wening, proposed):
    revise(proposed, b"second", "rekap-baru.pdf")
    sign_in(wening)
    page = client.get("/dokumen/usul-dikecualikan").text
    assert "1 dokumen" in page
    assert "rekap-baru.pdf" in page


def test_what_was_taken_off_the_list_does_not_wait(client, sign_in, wening, proposed):
    with unit_of_work():
        fresh_row = db.session.get_one(Document, proposed.id)
        fresh_row.removed_at = AT
    sign_in(wening)
    assert "Tidak ada usul yang menunggu" in client.get("/dokumen/usul-dikecualikan").text


def test_the_hand_over_of_a_ppid_names_what_waits(wening, proposed):
    (line,) = open_work(wening.memberships[0], now=AT)
    assert (line.what, line.state) == ("Dokumen rekap-pemohon.pdf", "Usul dikecualikan menunggu penetapan")
