"""Opening a decided report again: asked with a reason, decided once, the score stays until the next decision."""

from datetime import timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Role
from stranas.compliance.queries import snapshot
from stranas.deadlines.rules import RequestState
from stranas.reporting import operations
from stranas.reporting.models import Reopening
from stranas.reporting.rules import EventKind, Status
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import OutboxMessage
from stranas.verification.operations import decide as judge
from stranas.verification.rules import Part
from tests import factories
from tests.pages import faults
from tests.verification.people import MORNING, add_reasons, file_again, file_for, make_citra

NEXT_DAY = MORNING + timedelta(days=1)
JUDGED = {"score": None, "note": "", "received_at": MORNING + timedelta(hours=1)}
REASON = "Angka realisasi tertukar dengan triwulan lalu."


@pytest.fixture(autouse=True)
def _next_day():
    with clock.at(NEXT_DAY):
        yield


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def ani(app):
    return factories.make_person(Role.SECRETARIAT, name="Ani")


@pytest.fixture
def verified(temanggung, budi):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    filed = file_for(factories.make_obligation(temanggung, target), budi)
    decide(filed, EventKind.VERIFIED, score=Decimal(75))
    return filed


def decide(filed, outcome, *, at=MORNING + timedelta(hours=2), **more):
    with clock.at(at):
        operations.record_decision(submission=filed.submission, outcome=outcome, person=None, received_at=at, **more)
    db.session.commit()


def ask(filed, budi) -> Reopening:
    reopening = operations.ask_reopening(
        submission=filed.submission, person=budi, reason=REASON, received_at=clock.now()
    )
    db.session.commit()
    return reopening


def grant(reopening, ani) -> None:
    operations.grant_reopening(reopening=reopening, person=ani, answer="Silakan.", received_at=clock.now())
    db.session.commit()


def mails() -> list[tuple[str, int]]:
    query = db.select(OutboxMessage.subject, OutboxMessage.recipient_id).where(
        OutboxMessage.template == "mail/reopening"
    )
    return [(subject.split(":")[0], person) for subject, person in db.session.execute(query.order_by(OutboxMessage.id))]


def test_the_agency_asks_the_secretariat_grants_and_both_are_told(client, sign_in, verified, budi, ani):
    sign_in(budi)
    where = f"/laporan/{verified.obligation.id}"
    assert "Minta pembukaan kembali" in client.get(where).text
    assert faults(client.get(f"{where}/pembukaan-kembali").text) == []
    assert client.post(f"{where}/pembukaan-kembali", data={"reason": REASON}).status_code == 302
    reopening = db.session.scalars(db.select(Reopening)).one()
    sign_in(ani)
    assert "Kabupaten Temanggung" in client.get("/pembukaan-kembali").text
    page = f"/pembukaan-kembali/{reopening.id}"
    assert REASON in client.get(page).text
    assert client.post(page, data={"putusan": "kabulkan", "jawaban": ""}).status_code == 302
    assert verified.submission.status is Status.RETURNED
    assert mails() == [("Permintaan pembukaan kembali", ani.id), ("Dibuka kembali", budi.id)]
    sign_in(budi)
    page = client.get(where).text
    assert "Dibuka kembali atas permintaan Anda" in page
    assert REASON in page
    assert 'name="narrative"' in page


def test_the_window_is_that_of_a_return_and_never_ends_after_verification(verified, budi, ani):
    grant(ask(verified, budi), ani)
    period = verified.obligation.period
    assert verified.submission.correction_ends_at == period.locks_at  # later than 14 days from now
    assert verified.submission.correction_ends_at <= period.verification_ends_at


def test_after_verification_ends_there_is_no_window_to_open(verified, budi, ani):
    reopening = ask(verified, budi)
    end = verified.obligation.period.verification_ends_at
    with clock.at(end - timedelta(seconds=1)):
        db.session.begin_nested()
        operations.grant_reopening(reopening=reopening, person=ani, answer="", received_at=clock.now())
        assert verified.submission.correction_ends_at == end
        db.session.rollback()
    with clock.at(end), pytest.raises(Refused, match="Batas akhir verifikasi sudah lewat"):
        operations.grant_reopening(reopening=reopening, person=ani, answer="", received_at=end)
    with clock.at(end), pytest.raises(Refused, match="Batas akhir verifikasi sudah lewat"):
        operations.ask_reopening(submission=verified.submission, person=budi, reason=REASON, received_at=end)
    assert db.session.get_one(Reopening, reopening.id).state is RequestState.OPEN


def figures(at):
    with clock.at(at):
        report = snapshot(period_key="B18", programme_key="stranas-2019-2020", agency_code="33.23")
    return report.agencies[0].figures


def test_the_score_stays_while_the_report_is_open_again_and_changes_with_the_next_decision(verified, budi, ani):
    before = figures(NEXT_DAY)
    assert before.achievement == 75
    grant(ask(verified, budi), ani)
    assert figures(NEXT_DAY + timedelta(hours=1)) == before
    again = file_again(verified, at=NEXT_DAY + timedelta(hours=2))
    assert figures(NEXT_DAY + timedelta(hours=3)) == before
    decide(again, EventKind.VERIFIED, at=NEXT_DAY + timedelta(hours=4), score=Decimal(100))
    after = figures(NEXT_DAY + timedelta(hours=5))
    assert (after.achievement, after.on_time, after.received) == (100, before.on_time, before.received)


def test_of_two_who_decide_at_once_one_wins(verified, budi, ani):
    reopening = ask(verified, budi)
    stale = db.update(Reopening).values(state=RequestState.DECLINED, answer="Tidak.", decided_at=NEXT_DAY)
    db.session.execute(stale, execution_options={"synchronize_session": False})
    assert reopening.state is RequestState.OPEN
    with pytest.raises(Refused, match="sudah diputus: tidak dikabulkan"):
        operations.grant_reopening(reopening=reopening, person=ani, answer="", received_at=NEXT_DAY)
    assert verified.submission.status is Status.VERIFIED


def test_declining_needs_an_answer_and_changes_nothing(client, sign_in, verified, budi, ani):
    reopening = ask(verified, budi)
    sign_in(ani)
    answer = client.post(f"/pembukaan-kembali/{reopening.id}", data={"putusan": "tolak", "answer": " "})
    assert answer.status_code == 422
    assert "Tulis mengapa permintaan tidak dikabulkan." in answer.text
    done = client.post(f"/pembukaan-kembali/{reopening.id}", data={"putusan": "tolak", "answer": "Sudah tepat."})
    assert done.status_code == 302
    assert verified.submission.status is Status.VERIFIED
    sign_in(budi)
    assert "Sudah tepat." in client.get(f"/laporan/{verified.obligation.id}").text
    story = client.get(f"/laporan/{verified.obligation.id}/riwayat").text
    assert "Pembukaan kembali diminta." in story
    assert "Pembukaan kembali tidak dikabulkan." in story


def test_asking_twice_asking_without_reason_and_asking_too_early_are_sentences(client, sign_in, verified, budi):
    sign_in(budi)
    page = f"/laporan/{verified.obligation.id}/pembukaan-kembali"
    assert "Tulis alasannya" in client.post(page, data={"reason": ""}).text
    client.post(page, data={"reason": REASON})
    again = client.post(page, data={"reason": REASON})
    assert again.status_code == 409
    assert "sudah diminta" in again.text
    target = factories.make_target(
        factories.make_item(verified.obligation.period.programme, "2-a"), verified.obligation.period
    )
    sent = file_for(factories.make_obligation(verified.obligation.agency, target), budi)
    early = client.post(f"/laporan/{sent.obligation.id}/pembukaan-kembali", data={"reason": REASON})
    assert early.status_code == 409
    assert "berstatus terkirim" in early.text


def test_nobody_decides_for_the_own_institution(verified, budi, temanggung):
    both = factories.make_person(Role.SECRETARIAT, name="Ani")
    reopening = ask(verified, budi)
    db.session.add(factories.Membership(user_id=both.id, role=Role.HUMAS, agency_id=temanggung.id))
    db.session.commit()
    db.session.refresh(both)
    with pytest.raises(Refused, match="instansi sendiri"):
        operations.grant_reopening(reopening=reopening, person=both, answer="", received_at=NEXT_DAY)


def test_an_older_return_is_not_told_as_what_has_to_be_repaired_now(client, sign_in, temanggung, budi, ani):
    """Returned with a reason, corrected, verified, opened again: the old reason is history."""
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    filed = file_for(factories.make_obligation(temanggung, target), budi)
    add_reasons()
    citra = make_citra(temanggung)
    requirement = target.requirements[0].id
    with clock.at(MORNING + timedelta(hours=1)):
        parts = [Part(requirement, False, "W03", "Tanggal berbeda.")]
        judge(submission=filed.submission, verifier=citra, parts=parts, version_id=filed.version_id, **JUDGED)
        db.session.commit()
    sign_in(budi)
    where = f"/laporan/{filed.obligation.id}"
    assert "1 persyaratan perlu diperbaiki" in client.get("/").text
    again = file_again(filed, at=MORNING + timedelta(hours=2))
    decide(again, EventKind.VERIFIED, at=MORNING + timedelta(hours=3), score=Decimal(75))
    grant(ask(again, budi), ani)
    assert "persyaratan perlu diperbaiki" not in client.get("/").text
    page = client.get(where).text
    assert "Dibuka kembali atas permintaan Anda" in page
    assert "Alasan pengembalian" not in page
