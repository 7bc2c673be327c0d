"""An agency's quarter of the demo, taken out and done again by the operations: the same rows come out."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period, Requirement
from stranas.evidence.models import Document
from stranas.release.models import Clarification
from stranas.reporting import operations
from stranas.reporting.models import (
    Approval,
    ApprovalPart,
    ApprovalState,
    CoverLetter,
    Evidence,
    Filing,
    Obligation,
    Submission,
    SubmissionEvent,
    SubmissionVersion,
)
from stranas.reporting.operations import Entry
from stranas.reporting.queries.due import needs_approval
from stranas.reporting.rules import EventKind, SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from stranas.verification.models import Decision, DecisionPart
from stranas.verification.operations import decide
from stranas.verification.rules import Part


@dataclass(frozen=True)
class Act:
    """What somebody did, told by what the demo's rows say."""

    received_at: datetime
    recorded_at: datetime
    kind: EventKind
    obligation_id: int
    actor_id: int
    version: dict[str, Any] | None
    decision: Decision | None
    reason: str
    note: str


def submissions(agency: str, period: str) -> list[Submission]:
    return list(
        db.session.scalars(
            db.select(Submission)
            .join(Obligation)
            .join(Agency, Obligation.agency_id == Agency.id)
            .join(Period, Obligation.period_id == Period.id)
            .where(Agency.code == agency, Period.key == period)
            .order_by(Submission.obligation_id)
            .execution_options(populate_existing=True)
        ).unique()
    )


def picture(agency: str, period: str) -> list[Any]:
    """Everything that the rows say, without the ids that a database gives."""
    db.session.expire_all()
    return [told(submission) for submission in submissions(agency, period)]


def approvals(agency: str, period: str) -> list[Approval]:
    return list(
        db.session.scalars(
            db.select(Approval)
            .join(Agency, Approval.agency_id == Agency.id)
            .join(Period, Approval.period_id == Period.id)
            .where(Agency.code == agency, Period.key == period)
            .order_by(Approval.received_at)
        )
    )


def asked(approval: Approval) -> dict[str, Any]:
    names = ("state", "requested_by_id", "note", "received_at", "recorded_at", "decided_by_id", "decided_at", "reason")
    values = {name: getattr(approval, name) for name in (*names, "office", "signature")}
    parts = db.session.scalars(
        db.select(Submission.obligation_id)
        .join(ApprovalPart, ApprovalPart.submission_id == Submission.id)
        .where(ApprovalPart.approval_id == approval.id)
    )
    return values | {"filing": approval.filing.number if approval.filing else None, "parts": sorted(parts)}


def told(submission: Submission) -> dict[str, Any]:
    decisions = db.session.scalars(db.select(Decision).where(Decision.submission_id == submission.id)).all()
    return {
        "status": submission.status,
        "entry": asdict(operations.entry_of(submission)),
        "revision": submission.revision,
        "saved_by": submission.saved_by_id,
        "closes": submission.correction_ends_at,
        "events": [event(e) for e in submission.events],
        "versions": [(v.number, v.content, v.sha256, v.filing.number) for v in submission.versions],
        "evidence": sorted((e.requirement_id, e.document_id, e.detached_at is None) for e in submission.evidence),
        "decisions": sorted(
            (d.decided_at, d.outcome.value, d.score, d.note, parts(d), d.verifier_id) for d in decisions
        ),
    }


def event(e: SubmissionEvent) -> tuple[Any, ...]:
    details = {name: value for name, value in e.details.items() if name != "decision"}
    return (e.sequence, e.kind, e.status, e.actor_id, e.received_at, e.recorded_at, e.score, e.reason, details)


def parts(decision: Decision) -> list[tuple[Any, ...]]:
    return [(p.requirement_id, p.fulfilled, p.reason.code if p.reason else "", p.note) for p in decision.parts]


def acts(agency: str, period: str) -> list[Act]:
    """In the order in which they were recorded."""
    found = []
    notes = {a.received_at: a.note for a in approvals(agency, period)}
    for submission in submissions(agency, period):
        versions = [json.loads(version.content) for version in submission.versions]
        decisions = {
            d.decided_at: d
            for d in db.session.scalars(db.select(Decision).where(Decision.submission_id == submission.id))
        }
        turn = 0
        for e in submission.events:
            found.append(
                Act(
                    e.received_at,
                    e.recorded_at,
                    e.kind,
                    submission.obligation_id,
                    e.actor_id,
                    versions[turn] if turn < len(versions) else None,
                    decisions.get(e.received_at),
                    e.reason,
                    notes.get(e.received_at, ""),
                )
            )
            turn += e.kind is EventKind.FILED
    return sorted(found, key=lambda act: act.recorded_at)


def take_out(agency: str, period: str) -> None:
    ids = [submission.id for submission in submissions(agency, period)]
    filings = {v.filing_id for s in submissions(agency, period) for v in s.versions}
    decisions = db.select(Decision.id).where(Decision.submission_id.in_(ids))
    parts = db.select(ApprovalPart.approval_id).where(ApprovalPart.submission_id.in_(ids))
    requests = set(db.session.scalars(parts))
    for statement in (
        db.delete(DecisionPart).where(DecisionPart.decision_id.in_(decisions)),
        db.delete(Decision).where(Decision.submission_id.in_(ids)),
        db.delete(SubmissionEvent).where(SubmissionEvent.submission_id.in_(ids)),
        db.delete(SubmissionVersion).where(SubmissionVersion.submission_id.in_(ids)),
        db.delete(Evidence).where(Evidence.submission_id.in_(ids)),
        db.delete(CoverLetter).where(CoverLetter.filing_id.in_(filings)),
        db.delete(ApprovalPart).where(ApprovalPart.submission_id.in_(ids)),
        db.delete(Approval).where(Approval.id.in_(requests)),
        db.delete(Clarification).where(Clarification.submission_id.in_(ids)),
        db.delete(Submission).where(Submission.id.in_(ids)),
        db.delete(Filing).where(Filing.id.in_(filings)),
    ):
        db.session.execute(statement, execution_options={"synchronize_session": False})
    db.session.expunge_all()


def do_again(done: list[Act]) -> None:
    together: set[tuple[EventKind, datetime]] = set()
    for act in done:
        with clock.at(act.recorded_at):
            person = db.session.get_one(User, act.actor_id)
            if act.kind in DO_TOGETHER:
                if (act.kind, act.received_at) not in together:
                    same = [a for a in done if (a.kind, a.received_at) == (act.kind, act.received_at)]
                    DO_TOGETHER[act.kind](same, person)
                    together.add((act.kind, act.received_at))
            else:
                DO[act.kind](act, person)
            db.session.flush()


def submission_of(act: Act) -> Submission:
    return db.session.scalars(db.select(Submission).where(Submission.obligation_id == act.obligation_id)).unique().one()


def start(act: Act, person: User) -> None:
    obligation = db.session.get_one(Obligation, act.obligation_id)
    operations.start_submission(obligation=obligation, person=person, received_at=act.received_at)


def make_ready(act: Act, person: User) -> None:
    """Save and attach what the frozen version says, then mark it ready."""
    submission = submission_of(act)
    operations.save_draft(
        submission=submission,
        entry=entry_from(act.version["entry"]),
        revision=submission.revision,
        person=person,
        received_at=act.received_at,
    )
    attach_as(submission, act)
    operations.mark_ready(submission=submission, person=person, received_at=act.received_at)


def attach_as(submission: Submission, act: Act) -> None:
    target = db.session.get_one(Obligation, act.obligation_id).target_id
    ids = {r.position: r.id for r in db.session.scalars(db.select(Requirement).where(Requirement.target_id == target))}
    wanted = [(ids[e["requirement"]], e["document"]) for e in act.version["evidence"]]
    db.session.refresh(submission, ["evidence"])
    for evidence in submission.evidence:
        if evidence.detached_at is None and (evidence.requirement_id, evidence.document_id) not in wanted:
            operations.detach(evidence=evidence, submission=submission, at=act.received_at)
    for requirement_id, document_id in wanted:
        document = db.session.get_one(Document, document_id)
        operations.attach(submission=submission, requirement_id=requirement_id, document=document, at=act.received_at)
    db.session.flush()
    db.session.refresh(submission, ["evidence"])


def entry_from(frozen: dict[str, Any]) -> Entry:
    made = {"kind": SubmissionKind, "progress_percent": Decimal, "realised_value": Decimal}
    made |= dict.fromkeys(("waiting_since", "review_on"), date.fromisoformat)
    values = {f.name: frozen[f.name] for f in fields(Entry)}
    return Entry(**{name: made.get(name, str)(v) if v is not None else None for name, v in values.items()})


def ask_together(asked: list[Act], person: User) -> None:
    obligation = db.session.get_one(Obligation, asked[0].obligation_id)
    operations.request_approval(
        agency=obligation.agency,
        period=obligation.period,
        submissions=[submission_of(act) for act in asked],
        person=person,
        received_at=asked[0].received_at,
        note=asked[0].note,
    )


def asked_for(act: Act) -> Approval:
    return db.session.scalars(
        db.select(Approval)
        .join(ApprovalPart)
        .where(ApprovalPart.submission_id == submission_of(act).id, Approval.state == ApprovalState.WAITING)
    ).one()


def decline_together(declined: list[Act], person: User) -> None:
    operations.decline(
        approval=asked_for(declined[0]),
        person=person,
        reason=declined[0].reason,
        received_at=declined[0].received_at,
    )


def file_together(sent: list[Act], person: User) -> None:
    obligation = db.session.get_one(Obligation, sent[0].obligation_id)
    if needs_approval(obligation):
        operations.approve(approval=asked_for(sent[0]), person=person, received_at=sent[0].received_at)
        return
    operations.file_submissions(
        agency=obligation.agency,
        period=obligation.period,
        submissions=[submission_of(act) for act in sent],
        person=person,
        received_at=sent[0].received_at,
    )


def judge_again(act: Act, person: User) -> None:
    submission, was = submission_of(act), act.decision
    db.session.refresh(submission, ["versions"])
    decide(
        submission=submission,
        verifier=person,
        parts=[Part(p.requirement_id, p.fulfilled, p.reason.code if p.reason else "", p.note) for p in was.parts],
        score=None if act.kind is EventKind.REJECTED else was.score,
        note=was.note,
        received_at=act.received_at,
        version_id=submission.versions[-1].id,
        rejected=act.kind is EventKind.REJECTED,
        tell=False,
    )


DO = {
    EventKind.STARTED: start,
    EventKind.MARKED_READY: make_ready,
    EventKind.VERIFIED: judge_again,
    EventKind.RETURNED: judge_again,
    EventKind.REJECTED: judge_again,
}


DO_TOGETHER = {
    EventKind.APPROVAL_REQUESTED: ask_together,
    EventKind.APPROVAL_DECLINED: decline_together,
    EventKind.FILED: file_together,
}


# Corrected once and declined once; a bukan kewenangan; a rejection; an extension; a province with a wait.
@pytest.mark.parametrize(
    ("agency", "period"),
    [("33.23", "B15"), ("kemendagri", "B15"), ("91.03", "B15"), ("71.09", "B15"), ("33", "B15"), ("76.02", "B09")],
)
def test_the_operations_write_what_the_demo_wrote(demo_app, agency, period):
    before, done = picture(agency, period), acts(agency, period)
    requests = [asked(approval) for approval in approvals(agency, period) if approval.decided_at]
    finished = [one for one in before if one["versions"]]
    assert finished
    take_out(agency, period)
    kept = {act.obligation_id for act in done if act.kind is EventKind.FILED}
    do_again([act for act in done if act.obligation_id in kept])
    assert picture(agency, period) == finished
    assert [asked(approval) for approval in approvals(agency, period)] == requests
