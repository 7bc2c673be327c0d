"""The people page: an administrator sees all, an agency's administrator the own people only."""

import pytest

from stranas.accounts.models import Membership, Role, User
from stranas.system.db import db
from stranas.system.models import AuditEntry, OutboxMessage
from tests import factories


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def banyumas(app):
    return factories.make_agency("33.02", "Kabupaten Banyumas")


@pytest.fixture
def eka(temanggung):
    """Administrator of Temanggung."""
    return factories.make_person(Role.AGENCY_ADMIN, temanggung, name="Eka")


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung, name="Budi")


@pytest.fixture
def dewi(banyumas):
    return factories.make_person(Role.COORDINATOR, banyumas, name="Dewi")


@pytest.fixture
def gita(app):
    return factories.make_person(Role.ADMIN, name="Gita")


@pytest.fixture
def signed_in(sign_in):
    def enter(person):
        db.session.commit()
        sign_in(person)

    return enter


def new_person(agency=None, **changed):
    values = {"name": "Fajar", "email": "fajar@example.com", "position": "Auditor", "role": "koordinator"}
    return values | {"agency": agency.id if agency else ""} | changed


def test_an_agency_sees_its_own_people_only(client, signed_in, eka, budi, dewi):
    signed_in(eka)
    page = client.get("/orang").text
    assert "Budi" in page
    assert "Dewi" not in page


def test_an_administrator_finds_everybody(client, signed_in, gita, budi, dewi):
    signed_in(gita)
    assert "Dewi" in client.get("/orang").text
    assert "Dewi" not in client.get("/orang?cari=budi").text
    assert "Dewi" in client.get("/orang?cari=BANYUMAS").text


def test_a_new_person_gets_a_private_link_to_set_a_password(client, signed_in, eka, temanggung):
    signed_in(eka)
    assert client.post("/orang/tambah", data=new_person(temanggung)).status_code == 302
    mail = db.session.scalars(db.select(OutboxMessage)).one()
    assert (mail.address, mail.private) == ("fajar@example.com", True)
    assert "http://127.0.0.1:5000/lupa-sandi/" in mail.body_text
    assert "Inspektorat, Kabupaten Temanggung" in mail.body_text


def test_an_agency_gives_no_national_role_and_no_role_elsewhere(client, signed_in, eka, temanggung, banyumas):
    signed_in(eka)
    assert client.post("/orang/tambah", data=new_person(temanggung, role="admin")).status_code == 422
    assert client.post("/orang/tambah", data=new_person(banyumas)).status_code == 422
    assert db.session.scalar(db.select(User).where(User.email == "fajar@example.com")) is None


def test_a_taken_address_is_a_sentence_and_nothing_typed_is_lost(client, signed_in, eka, budi, temanggung):
    signed_in(eka)
    answer = client.post("/orang/tambah", data=new_person(temanggung, email=budi.email.upper()))
    assert answer.status_code == 422
    assert "Alamat surel ini sudah dipakai akun lain." in answer.text
    assert 'value="Fajar"' in answer.text


def test_a_role_of_an_agency_needs_its_agency(client, signed_in, gita):
    signed_in(gita)
    answer = client.post("/orang/tambah", data=new_person())
    assert answer.status_code == 422
    assert "Pilih instansinya." in answer.text
    assert db.session.scalar(db.select(User).where(User.email == "fajar@example.com")) is None


def test_people_of_another_agency_are_not_found(client, signed_in, eka, dewi):
    signed_in(eka)
    assert client.get(f"/orang/{dewi.id}").status_code == 404
    assert client.post(f"/orang/{dewi.id}/nonaktifkan").status_code == 404


def test_a_person_is_changed(client, signed_in, eka, budi):
    signed_in(eka)
    changed = {"name": "Budi Santoso", "email": budi.email, "position": "Inspektur Pembantu"}
    assert client.post(f"/orang/{budi.id}", data=changed).status_code == 302
    db.session.refresh(budi)
    assert (budi.name, budi.position) == ("Budi Santoso", "Inspektur Pembantu")


def test_who_also_works_elsewhere_is_changed_by_an_administrator_only(client, signed_in, eka, budi, gita):
    db.session.add(Membership(user_id=budi.id, role=Role.VERIFIER))
    signed_in(eka)
    assert client.get(f"/orang/{budi.id}").status_code == 200
    assert client.post(f"/orang/{budi.id}/nonaktifkan").status_code == 403
    sent = {"name": "Lain", "email": "lain@example.com", "position": ""}
    assert client.post(f"/orang/{budi.id}", data=sent).status_code == 403
    assert client.post(f"/orang/{budi.id}/undangan").status_code == 403


def test_deactivated_is_out_at_once(client, signed_in, eka, budi):
    signed_in(eka)
    former = budi.fs_uniquifier
    assert client.post(f"/orang/{budi.id}/nonaktifkan").status_code == 302
    db.session.refresh(budi)
    assert not budi.active
    assert budi.fs_uniquifier != former
    assert client.post(f"/orang/{budi.id}/aktifkan").status_code == 302
    db.session.refresh(budi)
    assert budi.active


def test_nobody_deactivates_himself_or_takes_his_own_role(client, signed_in, eka):
    signed_in(eka)
    assert client.post(f"/orang/{eka.id}/nonaktifkan").status_code == 409
    assert client.post(f"/orang/{eka.id}/peran/{eka.memberships[0].id}/hapus").status_code == 409
    db.session.refresh(eka)
    assert eka.active
    assert eka.memberships


def test_roles_are_given_and_taken_with_an_audit_entry(client, signed_in, eka, budi, temanggung):
    signed_in(eka)
    client.post(f"/orang/{budi.id}/peran", data={"role": "humas", "agency": temanggung.id})
    db.session.refresh(budi)
    humas = next(m for m in budi.memberships if m.role is Role.HUMAS)
    assert client.post(f"/orang/{budi.id}/peran/{humas.id}/hapus").status_code == 302
    actions = list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)))
    assert actions == ["role.given", "role.removed"]


def test_a_refused_page_is_in_the_audit_trail(client, signed_in, budi):
    signed_in(budi)
    assert client.get("/orang").status_code == 403
    entry = db.session.scalars(db.select(AuditEntry)).one()
    assert (entry.subject, entry.outcome, entry.actor_name) == ("GET /orang", "refused", "Budi")


def test_the_list_is_paged(client, signed_in, gita):
    for number in range(60):
        factories.make_person(Role.OBSERVER, name=f"Pemantau {number:02}", email=f"p{number}@example.com")
    signed_in(gita)
    assert "Halaman 1 dari 2" in client.get("/orang").text
    assert "Pemantau 59" in client.get("/orang?halaman=2").text
