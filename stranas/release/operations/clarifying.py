"""Asking for clarification of a result, and answering it."""

from datetime import datetime

from stranas.accounts.models import User
from stranas.release import letters
from stranas.release.models import Clarification
from stranas.release.operations.held import held, release_of
from stranas.release.queries.clarifications import clarification_in_scope
from stranas.release.rules import QUESTIONABLE, Answer, choices, is_released
from stranas.reporting import operations as reporting
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.queries.due import rules_of
from stranas.reporting.queries.work import last_scores
from stranas.reporting.rules import Actor
from stranas.system import audit, clock, text
from stranas.system.db import db
from stranas.system.errors import Refused


def ask_clarification(
    *, obligation: Obligation, person: User, reason: str, document_id: int | None, received_at: datetime
) -> Clarification:
    """Ask about the result of one obligation. Raises Refused outside the masa klarifikasi, for the second time, or
    where there is no result to ask about."""
    release = release_of(obligation.period_id)
    if received_at >= release.clarification_ends_at:
        raise Refused(
            f"Masa klarifikasi nilai berakhir {text.deadline(release.clarification_ends_at)}.",
            "Hasil yang berlaku ada pada halaman hasil triwulan.",
        )
    submission = _questionable(obligation)
    clarification = Clarification(
        submission_id=submission.id,
        status=submission.status,
        score=last_scores([submission.id]).get(submission.id),
        reason=reason.strip(),
        document_id=document_id,
        asked_by_id=person.id,
        asked_at=received_at,
        recorded_at=clock.now(),
    )
    db.session.add(clarification)
    db.session.flush()
    audit.record("ask_clarification", f"submission:{submission.id}", clarification=clarification.id)
    return clarification


def _questionable(obligation: Obligation) -> Submission:
    if obligation.submission is None:
        raise Refused("Kewajiban ini belum pernah dilaporkan, jadi tidak ada hasil yang dapat diklarifikasi.")
    submission = reporting.locked(db.select(Submission).where(Submission.id == obligation.submission.id))
    if submission.status not in QUESTIONABLE:
        raise Refused(
            f"Laporan ini berstatus {submission.status.label.lower()}, jadi tidak ada hasil yang dapat diklarifikasi.",
            "Klarifikasi diminta atas laporan yang sudah dinilai, atau yang belum diputus saat verifikasi ditutup.",
        )
    if db.session.scalar(db.select(db.exists().where(Clarification.submission_id == submission.id))):
        raise Refused(
            "Klarifikasi atas hasil ini sudah diminta.",
            "Jawabannya tampil pada halaman hasil triwulan dan dikirim lewat surel.",
        )
    return submission


def answer_clarification(
    *, clarification: Clarification, verifier: User, chosen: Answer, answer: str, received_at: datetime
) -> Clarification:
    """Answer as a second verifier: the result stays, or another one is recorded in the history of the submission.

    Raises Refused when somebody answered already, when the results are released, and when the verifier decided on
    this report himself or works for its agency.
    """
    clarification = held(Clarification, clarification.id)
    submission = reporting.locked(db.select(Submission).where(Submission.id == clarification.submission_id))
    _need_open(clarification, submission, received_at)
    _need_second(clarification, verifier)
    _need_offered(submission, chosen)
    if chosen.event:
        event = reporting.record_decision(
            submission=submission,
            outcome=chosen.event,
            person=verifier,
            received_at=received_at,
            score=chosen.score,
            reason="Klarifikasi nilai",
            details={"clarification": clarification.id, "note": answer.strip()},
            by=Actor.SECOND_VERIFIER,
        )
        clarification.new_status, clarification.new_score = event.status, event.score
    clarification.outcome = chosen.outcome
    clarification.answer = answer.strip()
    clarification.answered_by_id = verifier.id
    clarification.answered_at = received_at
    db.session.flush()
    audit.record(
        "answer_clarification",
        f"submission:{submission.id}",
        clarification=clarification.id,
        result=chosen.outcome.value,
        score=None if chosen.score is None else str(chosen.score),
    )
    letters.tell_answer(clarification)
    return clarification


def _need_open(clarification: Clarification, submission: Submission, received_at: datetime) -> None:
    if clarification.outcome is not None:
        raise Refused(
            "Klarifikasi ini sudah dijawab. Jawaban Anda tidak disimpan.",
            "Lanjutkan dengan klarifikasi lain dari daftar.",
        )
    # By the clock at which it is written, too: what is released stays as it was at that instant.
    if is_released(release_of(submission.obligation.period_id).released_at, max(received_at, clock.now())):
        raise Refused(
            "Hasil triwulan ini sudah ditetapkan, jadi klarifikasi tidak dapat dijawab lagi.",
            "Hubungi Sekretariat Nasional bila hasilnya perlu ditinjau.",
        )


def _need_second(clarification: Clarification, verifier: User) -> None:
    if clarification_in_scope(clarification.id, verifier) is None:
        raise Refused(
            "Klarifikasi ini dijawab verifikator lain: bukan yang memutus, dan bukan dari instansi itu sendiri.",
            "Pilih klarifikasi dari daftar Anda.",
        )


def _need_offered(submission: Submission, chosen: Answer) -> None:
    offered = choices(
        status=submission.status,
        kind=submission.kind,
        score=last_scores([submission.id]).get(submission.id),
        scores=rules_of(submission.obligation).scores,
    )
    if chosen not in [choice.answer for choice in offered]:
        raise Refused(
            f"Laporan ini berstatus {submission.status.label.lower()}, jadi jawaban itu tidak dapat diberikan.",
            "Buka kembali klarifikasi ini dari daftar.",
        )
