"""Deciding on submissions, one by one or together."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from stranas.accounts.models import User
from stranas.reporting import operations as reporting
from stranas.reporting.models import Submission, SubmissionVersion
from stranas.reporting.queries.due import rules_of
from stranas.reporting.rules import Status
from stranas.system import audit
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.verification import letters
from stranas.verification.models import Decision, DecisionPart, ReturnReason, SpotCheck
from stranas.verification.queries.bulk import standings_of
from stranas.verification.queries.thread import told_thread
from stranas.verification.rules import (
    Judgement,
    Method,
    Part,
    judge,
    kept_parts,
    subjects,
    told,
    told_reason,
    why_not_together,
)


def decide(
    *,
    submission: Submission,
    verifier: User,
    parts: Sequence[Part],
    score: Decimal | None,
    note: str,
    received_at: datetime,
    version_id: int,
    rejected: bool = False,
    method: Method = Method.SINGLE,
    spot_check_id: int | None = None,
    tell: bool = True,
) -> Decision:
    """Decide on the version that the verifier has read, and (`tell`) write to the agency's coordinators.

    The thread of questions as it stands is quoted in the record. Raises rules.Incomplete while something lacks,
    Refused when the submission moved on in between, when it is of the verifier's own institution, when verification
    has ended, or for a spot check of another report or without notes.
    """
    submission = reporting.locked(db.select(Submission).where(Submission.id == submission.id))
    need_foreign(submission, verifier)
    _need_current(submission, version_id)
    _need_open_verification(submission, received_at)
    _need_notes(submission, spot_check_id)
    reasons = {reason.code: reason for reason in db.session.scalars(db.select(ReturnReason))}
    offered = {code for code, reason in reasons.items() if reason.active}
    judgement = _judge(submission, parts=parts, score=score, rejected=rejected, note=note, codes=offered)
    kept = kept_parts(parts, judgement)
    decision = Decision(
        submission_id=submission.id,
        version_id=version_id,
        verifier_id=verifier.id,
        outcome=judgement.outcome,
        score=judgement.score,
        note=note.strip(),
        decided_at=received_at,
        method=method,
        spot_check_id=spot_check_id,
        parts=[_part(part, reasons) for part in kept],
    )
    db.session.add(decision)
    db.session.flush()
    _record(submission, decision, kept, verifier=verifier, received_at=received_at)
    if tell:
        letters.plan_letters(decision=decision, submission=submission)
    return decision


def _judge(submission: Submission, **said: Any) -> Judgement:
    obligation = submission.obligation
    return judge(
        kind=submission.kind,
        expected=subjects(submission.kind, [r.id for r in obligation.target.requirements]),
        scores=rules_of(obligation).scores,
        **said,
    )


def need_foreign(submission: Submission, verifier: User) -> None:
    if any(m.agency_id == submission.obligation.agency_id for m in verifier.memberships):
        raise Refused(
            "Laporan instansi sendiri tidak dapat Anda verifikasi.",
            "Sekretariat Nasional akan menunjuk verifikator lain.",
        )


def _need_current(submission: Submission, version_id: int) -> None:
    """The decision must be about the version that lies with us now."""
    latest = db.session.scalar(
        db.select(SubmissionVersion.id)
        .where(SubmissionVersion.submission_id == submission.id)
        .order_by(SubmissionVersion.number.desc())
        .limit(1)
    )
    if submission.status is not Status.SENT:
        raise Refused(
            f"Laporan ini sudah berstatus {submission.status.label.lower()}. Putusan Anda tidak disimpan.",
            "Buka laporan itu untuk melihat putusannya, atau lanjutkan dari antrean.",
        )
    if latest != version_id:
        raise Refused(
            "Instansi sudah mengirim versi yang lebih baru. Putusan Anda tidak disimpan.",
            "Buka kembali laporan dari antrean dan periksa versi terbarunya.",
        )


def _need_notes(submission: Submission, spot_check_id: int | None) -> None:
    check = db.session.get(SpotCheck, spot_check_id) if spot_check_id else None
    if spot_check_id and (check is None or check.submission_id != submission.id or check.noted_at is None):
        raise Refused(
            "Uji petik yang dirujuk tidak ada pada laporan ini, atau belum mempunyai catatan hasil.",
            "Simpan catatan hasil uji petik lebih dulu, atau putuskan tanpa merujuknya.",
        )


def _need_open_verification(submission: Submission, received_at: datetime) -> None:
    """With its end a period's results lie before the agencies: what comes then is clarification."""
    if received_at >= submission.obligation.period.verification_ends_at:
        raise Refused(
            "Batas akhir verifikasi sudah lewat, jadi putusan tidak dapat disimpan.",
            "Instansi dapat meminta klarifikasi nilai. Penilaiannya dilakukan verifikator kedua.",
        )


def _part(part: Part, reasons: dict[str, ReturnReason]) -> DecisionPart:
    return DecisionPart(
        requirement_id=part.requirement_id,
        fulfilled=bool(part.fulfilled),
        reason=reasons[part.reason] if part.returned else None,
        reason_words=reasons[part.reason].reason if part.returned else "",
        repair_words=reasons[part.reason].repair if part.returned else "",
        note=part.note.strip(),
    )


def _record(
    submission: Submission, decision: Decision, parts: Sequence[Part], *, verifier: User, received_at: datetime
) -> None:
    positions = {r.id: r.position for r in submission.obligation.target.requirements}
    reporting.record_decision(
        submission=submission,
        outcome=decision.outcome,
        person=verifier,
        received_at=received_at,
        score=decision.score,
        reason=told_reason(parts, decision.note),
        details={"decision": decision.id} | told(parts, decision.note, positions) | _how(decision, submission),
    )
    codes = sorted({part.reason for part in parts if part.returned})
    audit.record("decide", f"submission:{submission.id}", decision=decision.outcome.value, reasons=codes)


def _how(decision: Decision, submission: Submission) -> dict[str, Any]:
    """How it was decided, and what was asked before; only what is out of the ordinary is said."""
    said = {
        "method": decision.method.value if decision.method is not Method.SINGLE else None,
        "spot_check": decision.spot_check_id,
        "thread": told_thread(submission.obligation_id),
    }
    return {name: value for name, value in said.items() if value}


def accept_together(
    *, submission: Submission, version_id: int, verifier: User, score: Decimal, received_at: datetime
) -> Decision:
    """Accept a report together with others, with the score chosen for all of them.

    Raises Refused when it must be read alone (rules.why_not_together), and whatever `decide` raises.
    """
    held = reporting.locked(db.select(Submission).where(Submission.id == submission.id))
    need_foreign(held, verifier)
    _need_current(held, version_id)
    if why_not := why_not_together(standings_of([held.id])[held.id]):
        raise Refused(why_not, "Buka laporan itu dari antrean dan putuskan sendiri.")
    return decide(
        submission=held,
        verifier=verifier,
        parts=[Part(requirement.id, True) for requirement in held.obligation.target.requirements],
        score=score,
        note="",
        received_at=received_at,
        version_id=version_id,
        method=Method.BULK,
    )
