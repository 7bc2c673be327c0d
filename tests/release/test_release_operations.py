"""Closing by the clock, clarifications by a second verifier, the berita acara, and one release for all."""

import json
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Membership, Role
from stranas.compliance.queries import snapshot
from stranas.release import operations
from stranas.release.models import Clarification, Minutes, Release
from stranas.release.queries import clarifications
from stranas.release.queries.periods import period_stage
from stranas.release.queries.released import is_released, released_periods
from stranas.release.rules import Answer, Outcome, Side, Stage, Stance, Unfinished
from stranas.reporting.models import SubmissionEvent
from stranas.reporting.queries.timeline import timeline_of
from stranas.reporting.queries.work import last_scores
from stranas.reporting.rules import EventKind, Status
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import AuditEntry, OutboxMessage
from tests import factories
from tests.release.people import CLARIFIED, ENDED, close, judged

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}
CHANGED = Answer(EventKind.VERIFIED, Decimal(75))


@pytest.fixture
def case(app):
    return judged()


@pytest.fixture
def closed(case) -> Release:
    return close(case.period, clarification_ends_at=CLARIFIED)


def _letters(template: str) -> list[OutboxMessage]:
    return db.session.scalars(
        db.select(OutboxMessage).where(OutboxMessage.template == template).order_by(OutboxMessage.id)
    ).all()


@pytest.mark.parametrize(("seconds", "count"), [(-1, 0), (0, 1), (1, 1)])
def test_the_schedule_closes_verification_at_its_end(case, seconds, count):
    with clock.at(ENDED + seconds * SECOND):
        assert operations.follow_clock()["closed"] == count
        assert operations.follow_clock()["closed"] == 0
    rows = db.session.scalars(db.select(Release)).all()
    assert [row.clarification_ends_at for row in rows] == [CLARIFIED] * count


def test_every_office_is_told_once_that_results_may_be_clarified(case):
    with clock.at(ENDED):
        operations.follow_clock()
        operations.follow_clock()
    letters = _letters("mail/clarification")
    assert [letter.recipient_id for letter in letters] == [case.budi.id, case.sri.id]
    assert "sampai Rabu, 24 Juni 2020 pukul 23.59" in letters[0].body_text
    assert letters[0].body_text.startswith("Yth. Inspektur Kabupaten Temanggung")


def test_a_later_end_of_the_masa_klarifikasi_is_told_again_and_never_earlier(case):
    with clock.at(ENDED):
        operations.follow_clock()
        (release,) = db.session.scalars(db.select(Release)).all()
        until = CLARIFIED + 5 * DAY
        for wrong in (CLARIFIED, CLARIFIED - DAY):
            with pytest.raises(Refused, match="sudah berjalan sampai"):
                operations.extend_clarification(release=release, until=wrong, reason="Pandemi", received_at=ENDED)
        operations.extend_clarification(release=release, until=until, reason="Pandemi", received_at=ENDED)
        db.session.commit()
        operations.follow_clock()
    assert len(_letters("mail/clarification")) == 4
    assert "diperpanjang dengan alasan: Pandemi" in _letters("mail/clarification")[-1].body_text
    with pytest.raises(Refused, match="sudah berakhir"):
        operations.extend_clarification(release=release, until=until + DAY, reason="Pandemi", received_at=until)


def _ask(case, *, at=None) -> Clarification:
    at = at or ENDED + DAY
    with clock.at(at):
        asked = operations.ask_clarification(
            obligation=case.obligation,
            person=case.budi,
            reason="Lampiran keputusan ada pada halaman 4.",
            document_id=None,
            received_at=at,
        )
    db.session.commit()
    return asked


def _answer(asked, verifier, *, chosen=CHANGED, at=None):
    at = at or ENDED + 2 * DAY
    with clock.at(at):
        answered = operations.answer_clarification(
            clarification=asked, verifier=verifier, chosen=chosen, answer="Halaman 4 memuatnya.", received_at=at
        )
    db.session.commit()
    return answered


@pytest.mark.parametrize(("seconds", "allowed"), [(-1, True), (0, False), (1, False)])
def test_an_agency_asks_until_the_masa_klarifikasi_ends(case, closed, seconds, allowed):
    at = CLARIFIED + seconds * SECOND
    if allowed:
        assert (_ask(case, at=at).status, _score(case)) == (Status.VERIFIED, 50)
    else:
        with pytest.raises(Refused, match="Masa klarifikasi nilai berakhir"):
            _ask(case, at=at)


def test_nothing_is_asked_while_verification_goes_on(case):
    with pytest.raises(Refused, match="belum ditutup"):
        _ask(case, at=ENDED - DAY)


def test_a_result_is_asked_about_once(case, closed):
    _ask(case)
    with pytest.raises(Refused, match="sudah diminta"):
        _ask(case)


def test_what_was_never_reported_has_no_result(case, closed):
    target = factories.make_target(factories.make_item(case.period.programme, "2-a"), case.period)
    fresh = factories.make_obligation(case.agency, target)
    with pytest.raises(Refused, match="belum pernah dilaporkan"):
        operations.ask_clarification(
            obligation=fresh, person=case.budi, reason="Mohon dinilai.", document_id=None, received_at=ENDED + DAY
        )


def _score(case):
    return last_scores([case.submission.id])[case.submission.id]


def test_a_second_verifier_changes_the_score_and_the_history_says_so(case, closed):
    answered = _answer(_ask(case), case.eko)
    event = db.session.scalars(db.select(SubmissionEvent).order_by(SubmissionEvent.id.desc())).first()
    assert (answered.outcome, answered.score, answered.new_score) == (Outcome.CHANGED, 50, 75)
    assert (event.kind, event.score, event.actor_id) == (EventKind.VERIFIED, 75, case.eko.id)
    assert event.details == {"clarification": answered.id, "note": "Halaman 4 memuatnya."}
    assert _score(case) == 75
    assert [m.recipient_id for m in _letters("mail/clarification_answer")] == [case.budi.id, case.sri.id]
    assert "Nilai diubah, menjadi terverifikasi dengan nilai 75." in _letters("mail/clarification_answer")[0].body_text


def test_a_result_that_stays_leaves_no_event(case, closed):
    count = db.session.scalar(db.select(db.func.count(SubmissionEvent.id)))
    answered = _answer(_ask(case), case.eko, chosen=Answer())
    assert (answered.outcome, answered.new_score) == (Outcome.KEPT, None)
    assert db.session.scalar(db.select(db.func.count(SubmissionEvent.id))) == count
    assert "Nilai tetap." in _letters("mail/clarification_answer")[0].body_text


def test_a_result_may_become_tidak_memenuhi_and_back_is_another_clarification(case, closed):
    _answer(_ask(case), case.eko, chosen=Answer(EventKind.REJECTED, Decimal(0)))
    assert (case.submission.status, _score(case)) == (Status.REJECTED, 0)


def test_what_was_undecided_at_the_closing_gets_its_score_by_clarification(app):
    case = judged(score=None)
    close(case.period)
    answered = _answer(_ask(case), case.eko)
    assert (answered.status, answered.score, answered.new_score) == (Status.SENT, None, 75)
    assert case.submission.status is Status.VERIFIED
    with clock.at(ENDED + 3 * DAY):
        told = timeline_of(case.obligation, own=True, judged=True, now=clock.now()).moments[-1]
    assert (told.by, told.sentence) == (
        "Verifikator kedua",
        "Laporan terverifikasi setelah klarifikasi dengan nilai 75.",
    )


def test_who_decided_never_answers(case, closed):
    asked = _ask(case)
    with pytest.raises(Refused, match="verifikator lain"):
        _answer(asked, case.citra)
    assert (asked.outcome, _score(case)) == (None, 50)
    assert clarifications.to_answer(case.citra, now=ENDED + DAY) == []


def test_who_works_for_the_agency_never_answers(case, closed):
    asked = _ask(case)
    db.session.add(Membership(user_id=case.eko.id, role=Role.HUMAS, agency_id=case.agency.id))
    db.session.commit()
    db.session.refresh(case.eko)
    with pytest.raises(Refused, match="verifikator lain"):
        _answer(asked, case.eko)
    assert clarifications.to_answer(case.eko, now=ENDED + DAY) == []


def test_somebody_who_is_no_verifier_never_answers(case, closed):
    asked = _ask(case)
    with pytest.raises(Refused, match="verifikator lain"):
        _answer(asked, factories.make_person(Role.SECRETARIAT, name="Ani"))


def test_a_clarification_is_answered_once(case, closed):
    asked = _ask(case)
    _answer(asked, case.eko)
    with pytest.raises(Refused, match="sudah dijawab"):
        _answer(asked, factories.make_person(Role.VERIFIER, name="Fitri"), chosen=Answer())
    assert _score(case) == 75


def test_an_answer_that_is_not_offered_is_refused(case, closed):
    with pytest.raises(Refused, match="tidak dapat diberikan"):
        _answer(_ask(case), case.eko, chosen=Answer(EventKind.VERIFIED, Decimal(50)))


def test_an_answer_enters_the_figures_when_it_was_recorded(case, closed):
    asked = _ask(case)
    _answer(asked, case.eko, at=ENDED + 2 * DAY)
    with clock.at(CLARIFIED):
        before = snapshot(**B15, cutoff=ENDED + 2 * DAY)
        after = snapshot(**B15, cutoff=ENDED + 2 * DAY + SECOND)
    assert (before.total.achievement, after.total.achievement) == (50, 75)
    assert before.total.first_pass == after.total.first_pass == 100


def _release(closed, *, received_at=CLARIFIED, at=None, reason="", unfinished=None, person=None) -> Release:
    with clock.at(received_at):
        row = operations.set_release(
            release=closed,
            at=at,
            decree="Keputusan Nomor 12 Tahun 2020",
            note="",
            reason=reason,
            unfinished=unfinished or Unfinished(),
            person=person or factories.make_person(Role.SECRETARIAT, name="Ani"),
            received_at=received_at,
        )
    db.session.commit()
    return row


def test_a_release_waits_for_the_end_of_the_masa_klarifikasi(case, closed):
    with pytest.raises(Refused, match="berjalan sampai"):
        _release(closed, received_at=CLARIFIED - SECOND)
    assert _release(closed).released_at == CLARIFIED


def test_what_is_not_settled_asks_for_a_reason(case, closed):
    _ask(case)
    with clock.at(CLARIFIED):
        stage = period_stage("B15", now=CLARIFIED)
        left = stage.unfinished(release_at=CLARIFIED)
    assert left == Unfinished(undecided=0, open_clarifications=1, unsigned_in_time=1)
    with pytest.raises(Refused, match="belum selesai"):
        _release(closed, unfinished=left)
    _release(closed, unfinished=left, reason="Verifikator kedua berhalangan.")
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "set_release")).one()
    assert entry.details["open_clarifications"] == 1


def test_a_coming_release_takes_effect_by_the_clock_and_for_all_at_once(case, closed):
    at = CLARIFIED + 6 * DAY
    _release(closed, at=at)
    assert not is_released(case.period.id, at=at - SECOND)
    assert released_periods(at=at) == {case.period.id}
    stages = []
    for seconds in (-1, 0, 1):
        now = at + seconds * SECOND
        with clock.at(now):
            stages.append(period_stage("B15", now=now).stage)
    assert stages == [Stage.READY, Stage.RELEASED, Stage.RELEASED]


def test_two_clicks_release_once(case, closed):
    _release(closed)
    with pytest.raises(Refused, match="sudah ditetapkan"):
        _release(closed, received_at=CLARIFIED + SECOND)
    assert db.session.get(Release, closed.id).released_at == CLARIFIED


def test_a_coming_release_is_taken_back_but_never_one_that_came(case, closed):
    at = CLARIFIED + DAY
    _release(closed, at=at)
    with pytest.raises(Refused, match="sudah dijadwalkan"):
        _release(closed)
    with clock.at(CLARIFIED + SECOND):
        operations.cancel_release(release=closed, reason="Salah tanggal", received_at=CLARIFIED + SECOND)
    assert closed.released_at is None
    _release(closed, at=at)
    with clock.at(at), pytest.raises(Refused, match="sudah ditetapkan"):
        operations.cancel_release(release=closed, reason="Salah tanggal", received_at=at - SECOND)


def test_a_release_that_lies_behind_is_refused(case, closed):
    with pytest.raises(Refused, match="sudah lewat"):
        _release(closed, at=CLARIFIED - SECOND)


def test_after_the_release_nothing_is_answered_any_more(case, closed):
    asked = _ask(case)
    _release(closed, unfinished=Unfinished(open_clarifications=1), reason="Verifikator berhalangan.")
    with pytest.raises(Refused, match="sudah ditetapkan"):
        _answer(asked, case.eko, at=CLARIFIED)
    assert clarifications.to_answer(case.eko, now=CLARIFIED) == []
    assert _score(case) == 50


def test_an_answer_sent_before_the_release_and_written_after_it_changes_nothing(case, closed):
    asked, at = _ask(case), CLARIFIED + DAY
    _release(closed, at=at, unfinished=Unfinished(open_clarifications=1), reason="Verifikator berhalangan.")
    with clock.at(at), pytest.raises(Refused, match="sudah ditetapkan"):
        operations.answer_clarification(
            clarification=asked, verifier=case.eko, chosen=CHANGED, answer="Ada.", received_at=at - SECOND
        )
    db.session.rollback()
    assert _score(case) == 50


def test_a_release_is_told_once_when_it_took_effect(case, closed):
    at = CLARIFIED + DAY
    _release(closed, at=at)
    for now, count in ((at - SECOND, 0), (at, 2), (at + DAY, 2)):
        with clock.at(now):
            operations.follow_clock()
        assert len(_letters("mail/release")) == count
    assert "dengan Keputusan Nomor 12 Tahun 2020" in _letters("mail/release")[0].body_text


def _sign(case, side, *, stance=Stance.SIGNED, at: datetime = CLARIFIED, signer=("Inspektur,", "Sri"), content=None):
    with clock.at(at):
        signature = operations.sign_minutes(
            period_id=case.period.id,
            agency=case.agency,
            side=side,
            stance=stance,
            remark="" if stance is Stance.SIGNED else "Nilai 1-a belum sesuai.",
            person=case.sri,
            signer=signer,
            content=content or {"figures": {"achievement": "50.00"}},
            received_at=at,
        )
    db.session.commit()
    return signature


def test_both_sides_sign_what_the_first_signature_froze(case, closed):
    _sign(case, Side.VERIFIER)
    _sign(case, Side.AGENCY, stance=Stance.WITH_REMARK, content={"figures": {"achievement": "99.00"}})
    (minutes,) = db.session.scalars(db.select(Minutes)).all()
    assert json.loads(minutes.content) == {"figures": {"achievement": "50.00"}}
    assert minutes.number == "BA-B15-33.23"
    assert [s.stance for s in minutes.signatures] == [Stance.SIGNED, Stance.WITH_REMARK]
    with clock.at(CLARIFIED):
        assert period_stage("B15", now=CLARIFIED).signed == 1


def test_a_side_signs_once(case, closed):
    _sign(case, Side.AGENCY)
    with pytest.raises(Refused, match="sudah menyatakan sikap"):
        _sign(case, Side.AGENCY, stance=Stance.REFUSED)


def test_nobody_signs_early_without_office_or_before_the_answers(case, closed):
    with pytest.raises(Refused, match="berjalan sampai"):
        _sign(case, Side.AGENCY, at=CLARIFIED - SECOND)
    with pytest.raises(Refused, match="sedang menjabat"):
        _sign(case, Side.AGENCY, signer=())
    asked = _ask(case)
    with pytest.raises(Refused, match="belum dijawab"):
        _sign(case, Side.AGENCY)
    _answer(asked, case.eko)
    _sign(case, Side.AGENCY)
