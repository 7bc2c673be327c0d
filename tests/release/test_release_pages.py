"""The doors of results: who opens which, what a form keeps, what an act that comes too late answers."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.release.models import Clarification, MinutesSignature, Release
from stranas.release.queries.minutes import Standing
from stranas.release.rules import Outcome, Side, Stance
from stranas.release.views.periods import sought
from stranas.reporting import operations as reporting
from stranas.reporting.rules import Actor, EventKind
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.compliance.formats import pdf_text
from tests.pages import faults
from tests.release.people import CLARIFIED, ENDED, close, judged, release
from tests.verification.people import file_for, make_document

DURING, AFTER = ENDED + timedelta(days=1), CLARIFIED + timedelta(days=9)
ASK = {"reason": "Keputusan ada pada halaman 4.", "document": "0"}
ANSWER = {"choice": "nilai-75", "answer": "Halaman 4 memuat keputusan itu."}
RELEASE = {"decree": "Keputusan Nomor 12 Tahun 2020", "at": "", "note": "", "reason": ""}


@pytest.fixture
def case(app):
    found = judged()
    close(found.period, clarification_ends_at=CLARIFIED)
    return found


@pytest.fixture
def ani(case):
    return factories.make_person(Role.SECRETARIAT, name="Ani")


@pytest.fixture
def asked(case, client, sign_in) -> Clarification:
    with clock.at(DURING):
        sign_in(case.budi)
        assert client.post(f"/hasil/klarifikasi/{case.obligation.id}", data=ASK).status_code == 302
    return db.session.scalars(db.select(Clarification)).one()


def _open(client, path, *, at=DURING):
    with clock.at(at):
        answer = client.get(path)
    if answer.mimetype == "text/html":
        assert faults(answer.text) == [], path
    return answer


def _post(client, path, data=None, *, at=DURING) -> int:
    with clock.at(at):
        return client.post(path, data=data or {}).status_code


def test_the_agency_reads_its_provisional_result_and_asks(case, client, sign_in):
    sign_in(case.budi)
    page = _open(client, "/hasil").text
    assert "Hasil Triwulan V (B15)" in page
    assert "Sementara" in page
    assert "Masa klarifikasi nilai sampai 24 Juni 2020 pukul 23.59" in page
    assert f"/hasil/klarifikasi/{case.obligation.id}" in page
    assert "Berita acara" not in page


def test_the_certifying_official_reads_it_too_and_humas_does_not(case, client, sign_in):
    sign_in(case.sri)
    assert _open(client, "/hasil/B15").status_code == 200
    sign_in(factories.make_person(Role.HUMAS, case.agency, name="Galih"))
    assert _open(client, "/hasil/B15").status_code == 403


def test_a_clarification_without_a_reason_keeps_the_page(case, client, sign_in):
    sign_in(case.budi)
    address = f"/hasil/klarifikasi/{case.obligation.id}"
    assert _post(client, address, {"reason": "", "document": "0"}) == 422
    assert _post(client, address, {"reason": "Mohon ditinjau.", "document": "999"}) == 422
    assert db.session.scalars(db.select(Clarification)).all() == []


def test_asking_again_or_too_late_is_refused(case, asked, client, sign_in):
    sign_in(case.budi)
    address = f"/hasil/klarifikasi/{case.obligation.id}"
    assert _post(client, address, ASK) == 409
    assert _post(client, address, ASK, at=CLARIFIED) == 409
    assert "Menunggu jawaban" in _open(client, "/hasil/B15").text


def test_a_second_verifier_finds_and_answers_it(case, asked, client, sign_in):
    sign_in(case.eko)
    address = f"/klarifikasi/{asked.id}"
    assert address in _open(client, "/klarifikasi").text
    page = _open(client, address).text
    assert "Keputusan ada pada halaman 4." in page
    assert "129 dari 200 permohonan" in page
    assert _post(client, address, {"choice": "nilai-50", "answer": "Tetap."}) == 422
    assert _post(client, address, {"choice": "nilai-75", "answer": ""}) == 422
    assert _post(client, address, ANSWER) == 302
    assert _post(client, address, ANSWER | {"choice": "tetap"}) == 409
    assert asked.outcome is Outcome.CHANGED
    sign_in(case.budi)
    page = _open(client, "/hasil/B15").text
    assert "Nilai diubah" in page
    assert "menjadi terverifikasi, nilai 75" in page


def test_who_decided_does_not_find_it(case, asked, client, sign_in):
    sign_in(case.citra)
    assert "Tidak ada klarifikasi yang menunggu" in _open(client, "/klarifikasi").text
    assert _open(client, f"/klarifikasi/{asked.id}").status_code == 404
    assert _post(client, f"/klarifikasi/{asked.id}", ANSWER) == 404


def test_the_evidence_of_a_clarification_opens_for_its_second_verifier_alone(case, client, sign_in):
    document = make_document(case.agency, "keputusan.pdf")
    sign_in(case.eko)
    assert _open(client, f"/dokumen/{document.id}/pratinjau").status_code == 404
    sign_in(case.budi)
    assert _post(client, f"/hasil/klarifikasi/{case.obligation.id}", ASK | {"document": document.id}) == 302
    sign_in(case.eko)
    assert _open(client, f"/dokumen/{document.id}/pratinjau").status_code == 200
    sign_in(case.citra)
    assert _open(client, f"/dokumen/{document.id}/pratinjau").status_code == 404


def _sign(client, path, typed) -> int:
    """As the page is filled in: what was read goes with it."""
    seen = re.search(r'name="seen" value="(\w+)"', _open(client, "/berita-acara/B15/33.23", at=AFTER).text)
    return _post(client, path, {"seen": seen[1] if seen else ""} | typed, at=AFTER)


def test_both_sides_sign_the_berita_acara(case, client, sign_in):
    address = "/berita-acara/B15/33.23"
    sign_in(case.budi)
    assert _open(client, address, at=CLARIFIED - timedelta(seconds=1)).status_code == 404
    page = _open(client, address, at=AFTER).text
    assert "ditandatangani Inspektur" in page
    assert _sign(client, "/hasil/B15/tanda-tangan", {"stance": "signed"}) == 409
    sign_in(case.sri)
    assert "Anda bertindak sebagai" in _open(client, address, at=AFTER).text
    assert _sign(client, "/hasil/B15/tanda-tangan", {"stance": "refused", "remark": " "}) == 422
    assert _sign(client, "/hasil/B15/tanda-tangan", {"stance": "refused", "remark": "Belum sesuai."}) == 302
    sign_in(case.citra)
    assert "Berita acara menunggu tanda tangan verifikator" in _open(client, "/klarifikasi", at=AFTER).text
    assert _sign(client, f"{address}/tanda-tangan", {"stance": "signed"}) == 302
    assert _sign(client, f"{address}/tanda-tangan", {"stance": "signed"}) == 409
    signed = db.session.scalars(db.select(MinutesSignature).order_by(MinutesSignature.id)).all()
    assert [(s.side, s.stance, s.signer[0]) for s in signed] == [
        (Side.AGENCY, Stance.REFUSED, "Inspektur,"),
        (Side.VERIFIER, Stance.SIGNED, "Verifikator,"),
    ]
    assert "Tidak ditandatangani, dengan catatan" in _open(client, address, at=AFTER).text


def test_nobody_signs_what_changed_since_he_read_it(case, client, sign_in):
    sign_in(case.sri)
    read = _seen(_open(client, "/berita-acara/B15/33.23", at=AFTER))
    with clock.at(AFTER):
        reporting.record_decision(
            submission=case.submission,
            outcome=EventKind.REJECTED,
            person=case.eko,
            received_at=AFTER,
            score=Decimal(0),
            by=Actor.SECOND_VERIFIER,
        )
        db.session.commit()
    later = AFTER + timedelta(minutes=5)
    with clock.at(later):
        answer = client.post(
            "/hasil/B15/tanda-tangan", data={"stance": "with_remark", "remark": "Baik sekali.", "seen": read}
        )
    assert answer.status_code == 409
    assert "berubah sejak Anda membukanya" in answer.text
    assert "Baik sekali." in answer.text
    assert db.session.scalar(db.select(db.func.count(MinutesSignature.id))) == 0
    assert _post(client, "/hasil/B15/tanda-tangan", {"stance": "signed", "seen": _seen(answer)}, at=later) == 302


def _seen(answer) -> str:
    return re.search(r'name="seen" value="(\w+)"', answer.text)[1]


def test_another_verifier_does_not_sign(case, client, sign_in):
    sign_in(case.eko)
    assert _open(client, "/berita-acara/B15/33.23", at=AFTER).status_code == 404
    assert _post(client, "/berita-acara/B15/33.23/tanda-tangan", {"stance": "signed"}, at=AFTER) == 404


def test_where_nobody_certifies_the_coordinator_signs(case, client, sign_in):
    case.sri.active = False
    db.session.commit()
    sign_in(case.budi)
    assert _sign(client, "/hasil/B15/tanda-tangan", {"stance": "signed"}) == 302


def test_the_berita_acara_prints_what_it_says(case, client, sign_in):
    sign_in(case.sri)
    assert _sign(client, "/hasil/B15/tanda-tangan", {"stance": "signed"}) == 302
    paper = pdf_text(_open(client, "/berita-acara/B15/33.23.pdf", at=AFTER).data)
    assert "BA-B15-33.23" in paper
    assert "Kabupaten Temanggung (33.23)" in paper
    assert "Terverifikasi Ya 50" in paper
    assert "Inspektur, Sri Ditandatangani di aplikasi" in paper
    assert "Belum ditandatangani." in paper


def test_a_province_does_not_read_the_berita_acara_of_its_kabupaten(case, client, sign_in):
    province = factories.make_agency("33", "Provinsi Jawa Tengah", level=factories.AgencyLevel.PROVINCE)
    case.agency.province_id = province.id
    db.session.commit()
    sign_in(factories.make_person(Role.COORDINATOR, province, name="Gita"))
    assert _open(client, "/berita-acara/B15/33.23", at=AFTER).status_code == 404
    assert _open(client, "/berita-acara/B15/33.23.pdf", at=AFTER).status_code == 404


def test_the_secretariat_releases_for_all(case, ani, client, sign_in):
    sign_in(ani)
    assert "Siap ditetapkan" in _open(client, "/penetapan", at=AFTER).text
    assert _open(client, "/penetapan/B15", at=AFTER).status_code == 200
    assert "Peringkat dan kelas terlihat" in _open(client, "/penetapan/B15/tetapkan", at=AFTER).text
    address = "/penetapan/B15/tetapkan"
    assert _post(client, address, RELEASE, at=CLARIFIED - timedelta(seconds=1)) == 409
    assert _post(client, address, RELEASE | {"decree": ""}, at=AFTER) == 422
    assert _post(client, address, RELEASE | {"at": "2020-06-01T08:00"}, at=AFTER) == 422
    assert _post(client, address, RELEASE, at=AFTER) == 302
    assert _post(client, address, RELEASE, at=AFTER) == 409
    assert db.session.scalars(db.select(Release)).one().released_at == AFTER
    assert "Ditetapkan" in _open(client, "/penetapan", at=AFTER).text
    sign_in(case.budi)
    page = _open(client, "/hasil/B15", at=AFTER + timedelta(minutes=3)).text
    assert "Kelas Cukup" in page
    assert "Sementara" not in page


def test_a_period_that_is_not_closed_is_listed_with_its_stage(case, ani, client, sign_in):
    factories.make_period(case.period.programme)
    sign_in(ani)
    page = _open(client, "/penetapan", at=AFTER).text
    assert "Pengisian sampai 28 Juli 2020" in page
    assert "Masa klarifikasi berakhir" in page
    assert _open(client, "/penetapan/B18", at=AFTER).status_code == 200
    assert _open(client, "/penetapan/B18/tetapkan", at=AFTER).status_code == 200
    assert _post(client, "/penetapan/B18/tetapkan", RELEASE, at=AFTER) == 409
    sign_in(case.budi)
    assert "tidak punya kewajiban" in _open(client, "/hasil/B18", at=AFTER).text


def test_before_the_waiting_time_for_signatures_is_over_a_reason_is_asked(case, ani, client, sign_in):
    sign_in(ani)
    address = "/penetapan/B15/tetapkan"
    assert "1 berita acara belum lengkap; tanda tangan ditunggu" in _open(client, address, at=CLARIFIED).text
    assert _post(client, address, RELEASE, at=CLARIFIED) == 422
    assert _post(client, address, RELEASE | {"reason": "Sudah disepakati dalam rapat."}, at=CLARIFIED) == 302


def test_a_coming_release_is_set_shown_and_cancelled(case, ani, client, sign_in):
    sign_in(ani)
    assert _post(client, "/penetapan/B15/tetapkan", RELEASE | {"at": "2020-07-20T10:00"}, at=AFTER) == 302
    assert "Penetapan dijadwalkan 20 Juli 2020 pukul 10.00" in _open(client, "/penetapan/B15", at=AFTER).text
    assert _post(client, "/penetapan/B15/batalkan", {"reason": ""}, at=AFTER) == 422
    assert _post(client, "/penetapan/B15/batalkan", {"reason": "Rapat diundur."}, at=AFTER) == 302
    assert _post(client, "/penetapan/B15/batalkan", {"reason": "Rapat diundur."}, at=AFTER) == 409


def test_the_masa_klarifikasi_is_extended_while_it_runs(case, ani, client, sign_in):
    sign_in(ani)
    address = "/penetapan/B15/perpanjang-klarifikasi"
    assert _open(client, "/penetapan/B15").status_code == 200
    assert _post(client, address, {"until": "2020-06-24", "reason": "Pandemi"}) == 422
    assert _post(client, address, {"until": "2020-07-03", "reason": "Pandemi"}) == 302
    assert "sampai 3 Juli 2020" in _open(client, "/penetapan/B15").text
    assert _post(client, address, {"until": "2020-07-20", "reason": "Pandemi"}, at=AFTER) == 409


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_nobody_else_releases(case, client, sign_in, role):
    sign_in(factories.make_person(role, None if role.is_national else case.agency, name=f"Orang {role.name}"))
    for path in ("tetapkan", "batalkan", "perpanjang-klarifikasi"):
        assert _post(client, f"/penetapan/B15/{path}", RELEASE, at=AFTER) == 403
    assert db.session.scalars(db.select(Release)).one().released_at is None


def test_what_is_not_there_is_404(case, ani, client, sign_in):
    sign_in(ani)
    assert _open(client, "/penetapan/B99").status_code == 404
    assert _open(client, "/berita-acara/B15/99.99", at=AFTER).status_code == 404


def test_the_number_of_questions_does_not_grow_with_the_obligations(case, client, sign_in):
    few = _questions(case, client, sign_in)
    for number in range(4):
        target = factories.make_target(factories.make_item(case.period.programme, f"{number}-b"), case.period)
        file_for(factories.make_obligation(case.agency, target), case.budi, at=ENDED - timedelta(days=60))
    assert _questions(case, client, sign_in) == few


def _questions(case, client, sign_in) -> int:
    seen = []

    def count(*args):
        seen.append(args[2])

    sign_in(case.budi)
    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", count)
    try:
        assert _open(client, "/hasil/B15").status_code == 200
    finally:
        event.remove(connection, "before_cursor_execute", count)
    return len(seen)


def test_a_later_quarter_that_is_released_first_tells_the_province_nothing_of_the_one_before(case, client, sign_in):
    jawa = factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)
    case.agency.province_id = jawa.id
    later = factories.make_period(case.period.programme, key="B18", position=6)
    target = factories.make_target(case.obligation.target.item, later)
    next_one = factories.make_obligation(case.agency, target)
    release(later, at=DURING)
    sign_in(factories.make_person(Role.COORDINATOR, jawa, name="Gita"))
    before = _open(client, f"/laporan/{next_one.id}", at=AFTER).text
    assert "Triwulan lalu (B15)" in before
    assert "Terverifikasi" not in before
    db.session.scalars(db.select(Release).filter_by(period_id=case.period.id)).one().released_at = AFTER
    db.session.commit()
    assert "Terverifikasi" in _open(client, f"/laporan/{next_one.id}", at=AFTER).text


def test_the_incomplete_berita_acara_stand_first_and_are_sought_by_name():
    signed = Standing("Kota Kupang", "53.71", "B15", Stance.SIGNED, Stance.SIGNED)
    open_one = Standing("Kota Surakarta", "33.72", "B15", None, Stance.SIGNED)
    assert sought([signed, open_one], "") == [open_one, signed]
    assert sought([signed, open_one], "kupang") == [signed]
