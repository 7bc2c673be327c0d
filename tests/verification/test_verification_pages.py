from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.reporting.rules import Status, SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency())


@pytest.fixture
def target(budi):
    programme = factories.make_programme()
    return factories.make_target(
        factories.make_item(programme),
        factories.make_period(programme),
        kinds=(DocumentKind.REPORT, DocumentKind.MINUTES),
    )


@pytest.fixture
def filed(budi, target):
    agency = budi.memberships[0].agency
    obligation = factories.make_obligation(agency, target)
    return people.file_for(obligation, budi, document=people.make_document(agency))


@pytest.fixture
def citra(filed, sign_in):
    people.add_reasons()
    citra = people.make_citra(filed.obligation.agency)
    sign_in(citra)
    return citra


def typed(filed, second="sesuai", **more):
    first_id, second_id = (r.id for r in filed.obligation.target.requirements)
    values = {
        "versi": filed.version_id,
        f"putusan-{first_id}": "sesuai",
        f"putusan-{second_id}": second,
        f"alasan-{second_id}": more.pop("alasan", ""),
        f"keterangan-{second_id}": more.pop("catatan", ""),
    }
    return values | more


def send(client, filed, values, at=MORNING + timedelta(hours=3)):
    with clock.at(at):
        return client.post(f"/verifikasi/{filed.submission.id}", data=values)


def see(client, address):
    with clock.at(MORNING):
        return client.get(address)


def status_of(filed):
    db.session.refresh(filed.submission)
    return filed.submission.status


def test_the_queue_shows_what_waits_and_leads_to_it(client, citra, filed):
    page = see(client, "/antrean").text
    assert "1 laporan menunggu" in page
    assert f'href="/verifikasi/{filed.submission.id}"' in page
    assert "Tepat waktu" in page


def test_an_empty_queue_says_what_will_happen(client, filed, sign_in):
    sign_in(people.make_citra())
    assert "sudah diputus" in see(client, "/antrean").text
    assert "tidak ada laporan yang cocok" in see(client, "/antrean?cari=zzz").text.lower()


def test_the_case_shows_the_frozen_entry_and_its_documents(client, citra, filed):
    filed.submission.narrative = "Diubah kemudian."
    db.session.commit()
    page = see(client, f"/verifikasi/{filed.submission.id}").text
    assert "129 dari 200 permohonan selesai tepat waktu." in page
    assert "Diubah kemudian." not in page
    assert "notulen-tim.pdf" in page
    assert "Antrean</a> 1 dari 1." in page
    assert "28 Juli 2020 pukul 23.59" in page


def test_accepting_goes_to_the_next_of_the_queue(client, citra, filed, target):
    other = factories.make_agency("33.74", "Kota Semarang")
    people.assign(citra, other)
    following = people.file_for(factories.make_obligation(other, target), at=MORNING + timedelta(hours=1))
    answer = send(client, filed, typed(filed, nilai="75"))
    assert (answer.status_code, answer.location) == (302, f"/verifikasi/{following.submission.id}")
    assert status_of(filed) is Status.VERIFIED
    assert "Kabupaten Temanggung terverifikasi, nilai 75." in see(client, answer.location).text


def test_the_filter_of_the_queue_stays(client, citra, filed):
    with clock.at(MORNING):
        answer = client.post(f"/verifikasi/{filed.submission.id}?periode=B18", data=typed(filed, nilai="50"))
    assert answer.location == "/antrean?periode=B18"


def test_returning_writes_to_the_agency(client, citra, filed, budi):
    answer = send(client, filed, typed(filed, "kembalikan", alasan="W03", catatan="Tanggal berbeda."))
    assert answer.status_code == 302
    assert status_of(filed) is Status.RETURNED
    told = db.select(OutboxMessage.recipient_id).where(OutboxMessage.template == "mail/decision")
    assert db.session.scalars(told).all() == [budi.id]


def test_the_officer_sees_what_to_repair(client, citra, filed, budi, sign_in):
    send(client, filed, typed(filed, "kembalikan", alasan="W03"))
    sign_in(budi)
    with clock.at(MORNING + timedelta(hours=4)):
        assert "1 persyaratan perlu diperbaiki." in client.get("/").text
        report = client.get(f"/laporan/{filed.obligation.id}").text
    header = report.split(f'id="syarat-{filed.obligation.target.requirements[1].id}"')[1].split('class="berkas"')[0]
    assert "Dikembalikan" in header


def test_a_score_chosen_before_the_return_is_let_go(client, citra, filed):
    send(client, filed, typed(filed, "kembalikan", alasan="W03", nilai="100"))
    assert status_of(filed) is Status.RETURNED


def test_a_decision_that_errs_keeps_every_word(client, citra, filed):
    answer = send(
        client, filed, typed(filed, "kembalikan", catatan="Tanggal <b> berbeda.", keterangan="Yang lain baik.")
    )
    second = filed.obligation.target.requirements[1].id
    assert answer.status_code == 422
    assert f'href="#alasan-{second}"' in answer.text
    assert "Tanggal &lt;b&gt; berbeda." in answer.text
    assert "Yang lain baik." in answer.text
    assert f'name="putusan-{second}" value="kembalikan" checked' in answer.text
    assert status_of(filed) is Status.SENT


def test_a_score_outside_the_scale_is_an_error_of_the_form(client, citra, filed):
    for score in ("60", "banyak", "NaN", ""):
        assert send(client, filed, typed(filed, nilai=score)).status_code == 422
    assert status_of(filed) is Status.SENT


def test_a_decided_report_cannot_be_decided_again(client, citra, filed):
    send(client, filed, typed(filed, nilai="75"))
    answer = send(client, filed, typed(filed, "kembalikan", alasan="W03"))
    assert answer.status_code == 409
    assert "sudah berstatus terverifikasi" in answer.text
    assert status_of(filed) is Status.VERIFIED
    assert "tidak lagi menunggu putusan" in see(client, f"/verifikasi/{filed.submission.id}").text


def test_a_form_of_an_old_version_is_refused(client, citra, filed):
    send(client, filed, typed(filed, "kembalikan", alasan="W03"))
    db.session.refresh(filed.submission)
    people.file_again(filed, at=MORNING + timedelta(days=1))
    answer = send(client, filed, typed(filed, nilai="100"), at=MORNING + timedelta(days=2))
    assert answer.status_code == 409
    assert "versi yang lebih baru" in answer.text
    assert status_of(filed) is Status.SENT


def test_rejecting_needs_words(client, citra, filed):
    assert send(client, filed, typed(filed, tidak_memenuhi="1", nilai="100")).status_code == 422
    send(client, filed, typed(filed, tidak_memenuhi="1", keterangan="Tidak dilaksanakan."))
    assert status_of(filed) is Status.REJECTED


def test_a_nihil_is_agreed_to_without_a_score(client, budi, target, sign_in):
    people.add_reasons()
    filed = people.file_for(factories.make_obligation(budi.memberships[0].agency, target), kind=SubmissionKind.NIL)
    sign_in(people.make_citra(filed.obligation.agency))
    page = see(client, f"/verifikasi/{filed.submission.id}").text
    assert "Setujui nihil" in page
    assert 'name="nilai"' not in page
    send(client, filed, {"versi": filed.version_id, "putusan-0": "sesuai"})
    assert status_of(filed) is Status.VERIFIED


def test_a_foreign_report_is_not_found(client, filed, sign_in):
    people.add_reasons()
    sign_in(people.make_citra(factories.make_agency("33.08", "Kabupaten Magelang")))
    assert see(client, f"/verifikasi/{filed.submission.id}").status_code == 404
    assert send(client, filed, typed(filed, nilai="75")).status_code == 404
    assert status_of(filed) is Status.SENT


def test_a_draft_is_not_found(client, citra, filed, target):
    from stranas.reporting import operations

    other = factories.make_agency("33.74", "Kota Semarang")
    people.assign(citra, other)
    draft = operations.start_submission(
        obligation=factories.make_obligation(other, target), person=None, received_at=MORNING
    )
    db.session.commit()
    assert see(client, f"/verifikasi/{draft.id}").status_code == 404


def test_an_officer_has_no_queue(client, filed, budi, sign_in):
    sign_in(budi)
    assert see(client, "/antrean").status_code == 403
    assert see(client, f"/verifikasi/{filed.submission.id}").status_code == 403


def test_tabs_are_links_to_each_document(client, budi, target, sign_in):
    agency = budi.memberships[0].agency
    filed = people.file_for(factories.make_obligation(agency, target), document=people.make_document(agency), more=1)
    sign_in(people.make_citra(agency))
    other = max(e.document_id for e in filed.submission.evidence)
    page = see(client, f"/verifikasi/{filed.submission.id}?dokumen={other}").text
    assert f'?dokumen={other}"' in page
    assert f'hx-get="/dokumen/{other}/pratinjau"' in page
    assert see(client, f"/verifikasi/{filed.submission.id}?dokumen=x").status_code == 200


def test_a_document_beside_that_of_the_quarter_before(client, budi, target, filed, citra):
    agency = budi.memberships[0].agency
    programme = target.period.programme
    before = factories.make_period(programme, "B15", position=5)
    earlier = factories.make_target(target.item, before, kinds=(DocumentKind.REPORT,))
    old = people.make_document(agency, "laporan-triwulan-lalu.pdf")
    people.file_for(factories.make_obligation(agency, earlier), document=old)
    page = see(client, f"/verifikasi/{filed.submission.id}").text
    assert "Bandingkan dengan B15" in page
    assert f"/dokumen/{old.id}/pratinjau" not in page
    with clock.at(MORNING):
        page = client.post(
            f"/verifikasi/{filed.submission.id}/lihat?banding=1", data=typed(filed, "kembalikan", catatan="Kata.")
        ).text
    assert f"/dokumen/{old.id}/pratinjau" in page
    assert "Tutup pembanding" in page
    assert ">Kata.</textarea>" in page
    assert status_of(filed) is Status.SENT


def test_the_letter_and_the_review_date_of_a_waiting_report_are_shown(client, budi, target, sign_in):
    people.add_reasons()
    agency = budi.memberships[0].agency
    filed = people.file_for(
        factories.make_obligation(agency, target), kind=SubmissionKind.WAITING, document=people.make_document(agency)
    )
    sign_in(people.make_citra(agency))
    page = see(client, f"/verifikasi/{filed.submission.id}").text
    for words in ("Badan Kepegawaian", "045/12/2020", "1 Juni 2020", "31 Juli 2020", "notulen-tim.pdf"):
        assert words in page
    send(client, filed, {"versi": filed.version_id, "putusan-0": "kembalikan", "alasan-0": "N01"})
    assert status_of(filed) is Status.RETURNED
