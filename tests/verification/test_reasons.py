from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.system import clock
from stranas.system.db import db
from stranas.verification import operations
from stranas.verification.models import ReturnReason
from stranas.verification.queries import returns_of
from stranas.verification.queries.reasons import reason_rows, statistics
from stranas.verification.rules import Incomplete, Part
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING


@pytest.fixture
def filed(app):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    return people.file_for(factories.make_obligation(factories.make_agency(), target))


@pytest.fixture
def ani(filed, sign_in):
    people.add_reasons()
    ani = factories.make_person(Role.SECRETARIAT, name="Ani")
    sign_in(ani)
    return ani


def give_back(filed, code="W03", at=MORNING + timedelta(hours=1)):
    with clock.at(at):
        operations.decide(
            submission=filed.submission,
            verifier=people.make_citra(filed.obligation.agency),
            parts=[Part(r.id, False, code) for r in filed.obligation.target.requirements],
            score=None,
            note="",
            received_at=at,
            version_id=filed.version_id,
        )
    db.session.commit()


def reason(code):
    return db.session.scalars(db.select(ReturnReason).where(ReturnReason.code == code)).one_or_none()


def test_a_decision_keeps_the_words_that_it_said(client, ani, filed):
    give_back(filed)
    answer = client.post(
        f"/alasan/{reason('W03').id}", data={"alasan": "Tanggal berbeda", "perbaikan": "Samakan tanggalnya."}
    )
    assert answer.status_code == 302
    part = returns_of(filed.submission.id)[0].parts[0]
    assert (part.reason, part.repair) == ("Tanggal tidak saling sesuai", people.REPAIR)
    assert reason("W03").reason == "Tanggal berbeda"


def test_a_new_reason_is_offered_at_once(client, ani, filed, sign_in):
    data = {"kode": "k06", "alasan": "Halaman tidak lengkap", "perbaikan": "Unggah semua halaman."}
    assert client.post("/alasan", data=data).status_code == 302
    assert reason("K06").repair == "Unggah semua halaman."
    sign_in(people.make_citra(filed.obligation.agency))
    with clock.at(MORNING):
        assert "K06 Halaman tidak lengkap" in client.get(f"/verifikasi/{filed.submission.id}").text


@pytest.mark.parametrize("code", ["K6", "KK6", "", "K066", "6KK"])
def test_a_code_is_a_letter_and_two_digits(client, ani, code):
    answer = client.post("/alasan", data={"kode": code, "alasan": "Kata yang diketik", "perbaikan": "y"})
    assert answer.status_code == 422
    assert "satu huruf dan dua angka" in answer.text
    assert "Kata yang diketik" in answer.text


def test_a_code_exists_once(client, ani):
    answer = client.post("/alasan", data={"kode": "W03", "alasan": "x", "perbaikan": "y"})
    assert answer.status_code == 409
    assert reason("W03").reason == "Tanggal tidak saling sesuai"


def test_a_reason_that_is_not_offered_cannot_be_given(client, ani, filed):
    assert client.post(f"/alasan/{reason('W03').id}/tawarkan", data={"aktif": "0"}).status_code == 302
    with pytest.raises(Incomplete, match="tidak ada dalam daftar"):
        give_back(filed)
    db.session.rollback()
    client.post(f"/alasan/{reason('W03').id}/tawarkan", data={"aktif": "1"})
    give_back(filed)
    assert {row.code: row.used for row in reason_rows()}["W03"] == 1


def test_the_statistics_count_returned_requirements_with_their_share(client, ani, filed):
    give_back(filed)
    other = factories.make_agency("33.02", "Kabupaten Banyumas")
    again = people.file_for(factories.make_obligation(other, filed.obligation.target))
    give_back(again, "K01", at=MORNING + timedelta(hours=2))
    found = statistics(filed.obligation.period)
    assert (found.returned, found.returns) == (2, 2)
    assert [(s.name[:3], s.count, str(s.percent)) for s in found.reasons] == [("K01", 1, "50.00"), ("W03", 1, "50.00")]
    assert [(s.name, s.count) for s in found.levels] == [("Kabupaten", 2)]
    with clock.at(MORNING):
        page = client.get("/alasan/statistik?triwulan=B18").text
    assert "50,00" in page


def test_the_seed_leaves_edited_words_alone(ani):
    from stranas.system.loading import Row

    reason("W03").reason = "Diubah sekretariat"
    rows = [
        Row({"code": "W03", "reason": "Asli", "repair": "x"}, "1"),
        Row({"code": "Z01", "reason": "a", "repair": "b"}, "2"),
    ]
    loaded = operations.load_return_reasons(rows=rows)
    assert (loaded.added, loaded.changed) == (1, 0)
    assert reason("W03").reason == "Diubah sekretariat"
