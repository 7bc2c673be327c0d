"""The units of an agency: added, nested, taken out of use; who answers for what; where somebody of a unit works."""

import pytest

from stranas.accounts.models import Membership, Role
from stranas.agencies.models import Unit
from stranas.agencies.queries import units_of, units_within
from stranas.requests.models import Responsibility
from stranas.system.db import db
from tests import factories


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def budi(temanggung, sign_in):
    person = factories.make_person(Role.COORDINATOR, temanggung)
    sign_in(person)
    return person


def typed(**fields) -> dict:
    return {"name": "Dinas Sosial", "short_name": "", "head": "", "email": "", "phone": "", "parent_id": ""} | fields


def owed_item(agency, key="1-a"):
    programme = factories.make_programme()
    item = factories.make_item(programme, key)
    factories.make_obligation(agency, factories.make_target(item, factories.make_period(programme)))
    return item


def test_a_coordinator_adds_a_unit_and_finds_it_on_the_list(client, budi, temanggung):
    assert client.post("/unit/tambah", data=typed(head="Kepala Dinas Sosial")).status_code == 302
    (unit,) = units_of(temanggung.id)
    assert (unit.name, unit.head, unit.active) == ("Dinas Sosial", "Kepala Dinas Sosial", True)
    assert "Kepala Dinas Sosial" in client.get("/unit").text


def test_a_name_is_given_once_and_the_typed_words_stay(client, budi, temanggung):
    factories.make_unit(temanggung, "Dinas Sosial")
    answer = client.post("/unit/tambah", data=typed(name=" dinas sosial ", head="Kepala Dinas Sosial"))
    assert answer.status_code == 422
    assert "sudah dipakai unit lain" in answer.text
    assert "Kepala Dinas Sosial" in answer.text


def test_units_nest_and_each_follows_the_one_that_it_lies_in(temanggung):
    upper = factories.make_unit(temanggung, "Sekretariat Daerah")
    factories.make_unit(temanggung, "Badan Kepegawaian")
    inner = factories.make_unit(temanggung, "Bagian Pengadaan", parent_id=upper.id)
    assert [(u.name, u.depth) for u in units_of(temanggung.id)] == [
        ("Badan Kepegawaian", 0),
        ("Sekretariat Daerah", 0),
        ("Bagian Pengadaan", 1),
    ]
    assert units_within([upper.id]) == {upper.id, inner.id}


def test_no_unit_lies_inside_itself(client, budi, temanggung):
    upper = factories.make_unit(temanggung, "Sekretariat Daerah")
    inner = factories.make_unit(temanggung, "Bagian Pengadaan", parent_id=upper.id)
    answer = client.post(f"/unit/{upper.id}", data=typed(name="Sekretariat Daerah", parent_id=str(inner.id)))
    assert answer.status_code == 422
    assert db.session.get_one(Unit, upper.id, populate_existing=True).parent_id is None


def test_a_unit_out_of_use_is_not_offered_and_comes_back(client, budi, temanggung):
    unit_id = factories.make_unit(temanggung).id
    client.post(f"/unit/{unit_id}/nonaktifkan")
    assert units_of(temanggung.id, active=True) == []
    client.post(f"/unit/{unit_id}/aktifkan")
    assert [unit.id for unit in units_of(temanggung.id, active=True)] == [unit_id]


def test_all_items_are_given_to_units_in_one_form(client, budi, temanggung):
    item, unit = owed_item(temanggung), factories.make_unit(temanggung)
    form = {f"unit-{item.id}": str(unit.id), f"office-{item.id}": "Kepala Bidang Perizinan"}
    assert client.post("/unit/penanggung-jawab", data=form).status_code == 302
    (row,) = db.session.scalars(db.select(Responsibility))
    assert (row.item_id, row.unit_id, row.office) == (item.id, unit.id, "Kepala Bidang Perizinan")
    client.post("/unit/penanggung-jawab", data={f"unit-{item.id}": "", f"office-{item.id}": ""})
    assert db.session.scalars(db.select(Responsibility)).all() == []


def test_a_unit_of_another_agency_holds_nothing_here(client, budi, temanggung):
    item = owed_item(temanggung)
    foreign = factories.make_unit(factories.make_agency("33.02", "Kabupaten Banyumas"))
    assert client.post("/unit/penanggung-jawab", data={f"unit-{item.id}": str(foreign.id)}).status_code == 409
    assert db.session.scalars(db.select(Responsibility)).all() == []


def test_somebody_of_a_unit_is_placed_in_a_unit_of_his_agency_only(client, sign_in, temanggung):
    sign_in(factories.make_person(Role.AGENCY_ADMIN, temanggung, name="Indah"))
    lestari = factories.make_person(Role.UNIT, temanggung, name="Lestari")
    own, foreign = factories.make_unit(temanggung), factories.make_unit(factories.make_agency("33.02", "Banyumas"))
    address = f"/orang/{lestari.id}/peran/{lestari.memberships[0].id}/unit"
    assert client.post(address, data={"unit": str(own.id)}).status_code == 302
    assert client.post(address, data={"unit": str(foreign.id)}).status_code == 409
    placed = db.session.scalars(db.select(Membership.unit_id).where(Membership.user_id == lestari.id)).all()
    assert placed == [own.id]


@pytest.mark.parametrize("number", ["0812-345", "0812-3456-7890 atau 0813-1111-2222", "belum ada", "62"])
def test_a_wrong_number_gets_a_sentence_and_the_typed_words_stay(client, budi, temanggung, number):
    answer = client.post("/unit/tambah", data=typed(phone=number, head="Kepala Dinas Sosial"))
    assert answer.status_code == 422
    assert "Tulis satu nomor lengkap, misalnya 0812-3456-7890." in answer.text
    assert number in answer.text
    assert "Kepala Dinas Sosial" in answer.text
    assert units_of(temanggung.id) == []


def test_a_number_of_an_office_is_kept_and_said_to_open_no_chat(client, budi, temanggung):
    answer = client.post("/unit/tambah", data=typed(phone="(0293) 491001"), follow_redirects=True)
    assert "Ini bukan nomor ponsel" in answer.text
    (unit,) = units_of(temanggung.id)
    assert "Ini bukan nomor ponsel" in client.get(f"/unit/{unit.id}").text
    client.post(f"/unit/{unit.id}", data=typed(phone="+62 812-3456-7890"))
    assert "Ini bukan nomor ponsel" not in client.get(f"/unit/{unit.id}").text
