"""Serah terima: the role moves with its work, the sheet says what was open, and nobody is locked out."""

import io
from datetime import timedelta

import pypdf
import pytest

from stranas.accounts import handing_over
from stranas.accounts.models import Handover, Membership, Role, User, VerifierAssignment
from stranas.reporting import operations
from stranas.reporting.rules import EventKind
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import OutboxMessage
from tests import factories
from tests.pages import faults
from tests.verification.people import MORNING, assign, file_for


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING + timedelta(hours=4)):
        yield


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def indah(temanggung):
    return factories.make_person(Role.AGENCY_ADMIN, temanggung, name="Indah")


@pytest.fixture
def galih(temanggung):
    return factories.make_person(Role.HUMAS, temanggung, name="Galih")


@pytest.fixture
def work(temanggung, budi):
    """A draft, a report that was returned, and one that was sent: the first two are open."""
    programme = factories.make_programme()
    period = factories.make_period(programme)
    draft, returned, sent = (
        factories.make_obligation(temanggung, factories.make_target(factories.make_item(programme, key), period))
        for key in ("1-a", "2-a", "3-a")
    )
    operations.start_submission(obligation=draft, person=budi, received_at=MORNING)
    filed = file_for(returned, budi)
    operations.record_decision(
        submission=filed.submission, outcome=EventKind.RETURNED, person=None, received_at=clock.now()
    )
    file_for(sent, budi)
    db.session.commit()


def role_of(person: User) -> list[Role]:
    db.session.refresh(person)
    return [membership.role for membership in person.memberships]


def send(client, person: User, **fields):
    return client.post(f"/orang/{person.id}/serah-terima", data={"peran": person.memberships[0].id} | fields)


def test_what_is_open_is_listed_before_anything_moves(client, sign_in, work, indah, budi, galih):
    sign_in(indah)
    page = client.get(f"/orang/{budi.id}/serah-terima").text
    assert faults(page) == []
    assert "2 pekerjaan masih terbuka" in page
    assert "Laporan 1-a B18" in page
    assert "Laporan 2-a B18" in page
    assert "Laporan 3-a B18" not in page
    assert role_of(budi) == [Role.COORDINATOR]


def test_the_role_moves_to_a_colleague_and_the_sheet_says_what_was_open(client, sign_in, work, indah, budi, galih):
    sign_in(indah)
    answer = send(client, budi, successor=galih.id, deactivate="y")
    assert answer.status_code == 302
    assert (role_of(budi), role_of(galih)) == ([], [Role.HUMAS, Role.COORDINATOR])
    assert budi.active is False
    row = db.session.scalars(db.select(Handover)).one()
    assert answer.location == "/serah-terima"
    assert "Galih" in client.get("/serah-terima").text
    pdf = client.get(f"/serah-terima/{row.id}.pdf")
    words = " ".join("".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf.data)).pages).split())
    for said in ("Kabupaten Temanggung", "Budi", "Galih", "Laporan 2-a B18", "Dikembalikan", "Dinonaktifkan"):
        assert said in words
    mail = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.template == "mail/handover")).one()
    assert mail.recipient_id == galih.id
    assert "Laporan 1-a B18" in mail.body_text


def test_the_sheet_stays_as_it_was_when_names_change_later(client, sign_in, indah, budi, galih):
    sign_in(indah)
    send(client, budi, successor=galih.id)
    budi.name = galih.name = "Nama Baru"
    db.session.commit()
    page = client.get("/serah-terima").text
    assert "Budi" in page
    assert "Galih" in page


def test_a_new_person_is_invited_as_successor(client, sign_in, indah, budi):
    sign_in(indah)
    assert send(client, budi, name="Wulan", email="wulan@example.com").status_code == 302
    wulan = db.session.scalars(db.select(User).where(User.email == "wulan@example.com")).one()
    assert role_of(wulan) == [Role.COORDINATOR]
    assert role_of(budi) == []
    assert budi.active
    templates = db.session.scalars(db.select(OutboxMessage.template).where(OutboxMessage.recipient_id == wulan.id))
    assert set(templates) == {"mail/handover", "invitation"}


def test_a_form_without_a_successor_keeps_its_words(client, sign_in, indah, budi, galih):
    sign_in(indah)
    answer = send(client, budi, name="Wulan", email="")
    assert answer.status_code == 422
    assert 'value="Wulan"' in answer.text
    assert "Isi alamat surel." in answer.text
    taken = send(client, budi, name="Wulan", email=galih.email)
    assert taken.status_code == 422
    assert "sudah dipakai akun lain" in taken.text
    assert role_of(budi) == [Role.COORDINATOR]


def test_the_own_role_is_handed_over_by_somebody_else(client, sign_in, indah, galih):
    sign_in(indah)
    answer = send(client, indah, successor=galih.id)
    assert answer.status_code == 409
    assert "Peran sendiri tidak dapat Anda serahkan." in answer.text
    assert role_of(indah) == [Role.AGENCY_ADMIN]


def test_the_last_admin_is_not_replaced_by_somebody_who_cannot_sign_in_yet(indah, galih):
    agus = factories.make_person(Role.ADMIN, name="Agus")
    membership = indah.memberships[0]
    with pytest.raises(Refused, match="admin terakhir"):
        handing_over.hand_over(membership=membership, successor=galih, person=agus, received_at=clock.now())
    galih.password = "set"
    db.session.commit()
    handing_over.hand_over(membership=membership, successor=galih, person=agus, received_at=clock.now())
    assert Role.AGENCY_ADMIN in role_of(galih)


@pytest.mark.parametrize(("flaw", "sentence"), [("self", "Penerus harus orang lain"), ("inactive", "tidak aktif")])
def test_an_unfit_successor_is_refused(budi, indah, galih, flaw, sentence):
    galih.active = flaw != "inactive"
    db.session.commit()
    successor = budi if flaw == "self" else galih
    with pytest.raises(Refused, match=sentence):
        handing_over.hand_over(
            membership=budi.memberships[0], successor=successor, person=indah, received_at=clock.now()
        )


def test_an_account_with_other_roles_is_not_closed(budi, indah, galih, temanggung):
    db.session.add(Membership(user_id=budi.id, role=Role.HUMAS, agency_id=temanggung.id))
    db.session.commit()
    db.session.refresh(budi)
    with pytest.raises(Refused, match="masih mempunyai peran lain"):
        handing_over.hand_over(
            membership=budi.memberships[0], successor=galih, person=indah, received_at=clock.now(), deactivate=True
        )


def test_a_role_handed_over_twice_moves_once(budi, indah, galih):
    membership = budi.memberships[0]
    membership_id = membership.id
    db.session.execute(
        db.delete(Membership).where(Membership.id == membership_id), execution_options={"synchronize_session": False}
    )
    with pytest.raises(Refused, match="sudah diserahkan"):
        handing_over.hand_over(membership=membership, successor=galih, person=indah, received_at=clock.now())


def test_a_verifiers_agencies_go_with_the_role(temanggung, work):
    agus = factories.make_person(Role.ADMIN, name="Agus")
    citra, dimas = (factories.make_person(Role.VERIFIER, name=name) for name in ("Citra", "Dimas"))
    assign(citra, temanggung)
    row = handing_over.hand_over(membership=citra.memberships[0], successor=dimas, person=agus, received_at=clock.now())
    assert db.session.scalars(db.select(VerifierAssignment.user_id)).all() == [dimas.id]
    assert row.content["open"][0]["what"] == "Kabupaten Temanggung, B18"
    assert row.content["open"][0]["state"] == "1 laporan menunggu verifikasi"


def test_an_agencys_admin_hands_over_no_national_role(client, sign_in, indah, temanggung):
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    citra.memberships[0].agency_id = temanggung.id
    db.session.commit()
    sign_in(indah)
    assert send(client, citra, name="Wulan", email="wulan@example.com").status_code == 404
