import io
from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from stranas.verification.models import Decision, SpotCheck
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING

NOON = MORNING + timedelta(hours=3)
PLAN = {"bentuk": "visit", "tanggal": "2020-07-20", "yang_dilihat": "Buku register izin."}
NOTES = {
    "tanggal": "2020-07-13",
    "peserta": "Inspektorat dan verifikator",
    "hasil": "Register lengkap.",
    "kesimpulan": "Sesuai laporan.",
}


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency())


@pytest.fixture
def filed(budi):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    return people.file_for(factories.make_obligation(budi.memberships[0].agency, target), budi)


@pytest.fixture
def citra(filed, sign_in):
    people.add_reasons()
    citra = people.make_citra(filed.obligation.agency)
    sign_in(citra)
    return citra


def post(client, address, data):
    with clock.at(NOON):
        return client.post(address, data=data)


def see(client, address):
    with clock.at(NOON):
        return client.get(address)


def plan(client, filed, **words):
    return post(client, f"/verifikasi/{filed.submission.id}/uji-petik", PLAN | words)


def check():
    return db.session.scalars(db.select(SpotCheck)).one()


def subjects():
    query = db.select(OutboxMessage.subject).where(OutboxMessage.template == "mail/spot_check")
    return db.session.scalars(query.order_by(OutboxMessage.id)).all()


def test_a_plan_is_announced_and_read_by_both_sides_and_the_secretariat(client, citra, filed, budi, sign_in):
    answer = plan(client, filed)
    assert answer.location == f"/uji-petik/{check().id}"
    assert subjects() == ["Uji petik 20 Juli 2020: 1-a Triwulan VI, Kabupaten Temanggung"]
    for person in (citra, budi, factories.make_person(Role.SECRETARIAT, name="Ani")):
        sign_in(person)
        assert "Buku register izin." in see(client, answer.location).text
        assert "Kunjungan lapangan" in see(client, "/uji-petik").text
    sign_in(budi)
    assert f'href="/uji-petik/{check().id}"' in see(client, f"/laporan/{filed.obligation.id}").text
    assert post(client, answer.location, NOTES).status_code == 403


def test_two_clicks_plan_one_check_and_write_once(client, citra, filed):
    first, second = plan(client, filed), plan(client, filed)
    assert first.location == second.location == f"/uji-petik/{check().id}"
    assert len(subjects()) == 1


def test_another_agency_and_its_province_see_nothing_of_it(client, citra, filed, sign_in):
    plan(client, filed)
    province = factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)
    filed.obligation.agency.province_id = province.id
    db.session.commit()
    for agency in (province, factories.make_agency("33.02", "Kabupaten Banyumas")):
        sign_in(factories.make_person(Role.COORDINATOR, agency, name="Dewi"))
        assert see(client, f"/uji-petik/{check().id}").status_code == 404
        assert "Belum ada uji petik" in see(client, "/uji-petik").text


@pytest.mark.parametrize("words", [{"bentuk": "x"}, {"tanggal": "2020-07-12"}, {"tanggal": "x"}, {"yang_dilihat": " "}])
def test_a_plan_that_errs_keeps_every_word(client, citra, filed, words):
    answer = plan(client, filed, **words)
    assert answer.status_code == 422
    assert words.get("yang_dilihat") or "Buku register izin." in answer.text
    assert db.session.scalars(db.select(SpotCheck)).all() == []


def test_notes_with_a_document_are_written_once(client, citra, filed, budi, sign_in):
    plan(client, filed)
    address = f"/uji-petik/{check().id}"
    paper = (io.BytesIO(b"%PDF-1.4 berita acara"), "berita-acara.pdf")
    assert post(client, address, NOTES | {"dokumen": paper}).status_code == 302
    assert (check().conclusion, check().document.name) == ("Sesuai laporan.", "berita-acara.pdf")
    assert "Catatan hasil uji petik 13 Juli 2020" in subjects()[1]
    assert post(client, address, NOTES | {"kesimpulan": "Lain."}).status_code == 409
    for person in (citra, budi):
        sign_in(person)
        assert "berita-acara.pdf" in see(client, address).text
        assert see(client, f"/dokumen/{check().document_id}/unduh").status_code == 200
    assert check().conclusion == "Sesuai laporan."


def test_notes_that_err_keep_every_word(client, citra, filed):
    plan(client, filed)
    answer = post(client, f"/uji-petik/{check().id}", NOTES | {"tanggal": "2020-07-21"})
    assert answer.status_code == 422
    assert "Register lengkap." in answer.text
    assert check().noted_at is None


def test_a_decision_refers_to_a_check_with_notes(client, citra, filed):
    plan(client, filed)
    requirement = filed.obligation.target.requirements[0]
    decision = {
        "versi": filed.version_id,
        f"putusan-{requirement.id}": "sesuai",
        "nilai": "75",
        "uji_petik": check().id,
    }
    assert post(client, f"/verifikasi/{filed.submission.id}", decision).status_code == 409
    post(client, f"/uji-petik/{check().id}", NOTES)
    assert "Merujuk uji petik" in see(client, f"/verifikasi/{filed.submission.id}").text
    assert post(client, f"/verifikasi/{filed.submission.id}", decision).status_code == 302
    assert db.session.scalars(db.select(Decision.spot_check_id)).all() == [check().id]
    assert "merujuk uji petik" in see(client, f"/verifikasi/{filed.submission.id}").text


def test_nobody_checks_the_own_institution(client, citra, filed, sign_in):
    insider = factories.make_person(Role.VERIFIER, filed.obligation.agency, name="Eko")
    people.assign(insider, filed.obligation.agency)
    sign_in(insider)
    assert plan(client, filed).status_code == 404


def test_the_history_tells_checks_and_questions(client, citra, filed, budi, sign_in):
    plan(client, filed)
    post(client, f"/uji-petik/{check().id}", NOTES)
    post(client, f"/tanya-jawab/{filed.obligation.id}", {"tanya": "Register mana yang berlaku?"})
    sign_in(budi)
    page = see(client, f"/laporan/{filed.obligation.id}/riwayat").text
    assert "Uji petik (kunjungan lapangan) direncanakan pada 20 Juli 2020." in page
    assert "dilaksanakan pada 13 Juli 2020." in page
    assert "Register mana yang berlaku?" in page
