"""One case: everything that a verifier needs to decide, from the version that was sent."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement

from stranas.catalogue.models import Requirement
from stranas.catalogue.rules import ProgrammeRules
from stranas.deadlines import queries as deadlines
from stranas.evidence.models import Document
from stranas.evidence.queries import FindingView, claim_for, findings_of
from stranas.reporting.models import Obligation, Submission, SubmissionEvent, SubmissionVersion
from stranas.reporting.queries.due import correction_ends_at, due_at, rules_of
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.reporting.telling import ACTOR_WORDS, TOLD, taken_by
from stranas.system.db import db
from stranas.verification.models import DecisionPart, ReturnReason
from stranas.verification.queries.queue import first_received
from stranas.verification.queries.returns import PreviousResult, SentDocument, decimal, previous_results
from stranas.verification.queries.thread import LineView, entries_told
from stranas.verification.rules import REASON_GROUPS, WHOLE, Method, counterparts, subjects

FREQUENT = 5


@dataclass(frozen=True)
class DocumentView:
    """A document as it was sent. `requirement` is the position of what it proves."""

    id: int
    requirement: int
    title: str
    name: str
    url: str | None
    size: int | None
    media_type: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True)
class PartView:
    """What must be decided: a requirement with its documents, or (requirement_id None) the whole submission."""

    requirement_id: int | None
    title: str
    criterion: str
    documents: tuple[DocumentView, ...]

    @property
    def key(self) -> int:
        return self.requirement_id or WHOLE


@dataclass(frozen=True)
class EntryView:
    """What the agency wrote, as it was frozen."""

    kind: SubmissionKind
    realised_value: Decimal | None
    progress_percent: Decimal | None
    narrative: str
    constraint: str
    follow_up: str
    beside_reason: str
    waiting_for: str
    waiting_letter: str
    waiting_since: date | None
    review_on: date | None


@dataclass(frozen=True)
class HistoryLine:
    """One event: when, what, by which role, and what it said."""

    at: datetime
    kind: EventKind
    by: str
    words: str
    score: Decimal | None
    method: str = ""
    spot_check_id: int | None = None
    thread: tuple[LineView, ...] = ()


@dataclass(frozen=True)
class Case:
    """`correction_ends_at`: the end of the correction window if it were returned at `now`."""

    submission_id: int
    obligation_id: int
    version_id: int
    version_number: int
    status: Status
    agency_id: int
    agency_name: str
    timezone: str
    item_key: str
    item_name: str
    period_key: str
    period_name: str
    text: str
    unit: str
    value: Decimal
    filing_number: str
    ordinal: int
    received_at: datetime
    on_time: bool
    correction_ends_at: datetime
    can_return: bool
    rules: ProgrammeRules
    entry: EntryView
    parts: tuple[PartView, ...]
    documents: tuple[DocumentView, ...]
    previous: PreviousResult | None
    history: tuple[HistoryLine, ...]

    def counterparts(self, document: "DocumentView | None") -> tuple[SentDocument, ...]:
        """What the agency sent in the quarter before for the requirement that a document proves."""
        if document is None or self.previous is None:
            return ()
        titles = {one.requirement: one.title for one in self.previous.documents}
        wanted = counterparts(self.titles.get(document.requirement, ""), titles)
        return tuple(one for one in self.previous.documents if one.requirement in wanted)

    @property
    def titles(self) -> dict[int, str]:
        """Position → title of the requirements that have documents."""
        return {d.requirement: d.title for d in self.documents}

    @property
    def is_open(self) -> bool:
        """A decision is still possible: it waits, and its verification has not ended."""
        return self.status is Status.SENT and self.can_return

    @property
    def tabs(self) -> tuple[DocumentView, ...]:
        """Each document once, also where it proves several requirements."""
        return tuple({document.id: document for document in reversed(self.documents)}.values())[::-1]


@dataclass(frozen=True)
class ReasonView:
    code: str
    reason: str
    repair: str


@dataclass(frozen=True)
class ReasonGroup:
    name: str
    reasons: tuple[ReasonView, ...]


def submission_in_scope(submission_id: int, scope: ColumnElement[bool]) -> Submission | None:
    """A submission that was sent at least once, if its obligation is in scope: drafts are the agency's own."""
    return db.session.scalars(
        db.select(Submission)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(
            Submission.id == submission_id,
            db.exists().where(SubmissionVersion.submission_id == Submission.id),
            scope,
        )
    ).one_or_none()


def case_of(submission: Submission, *, now: datetime) -> Case:
    """The number of questions does not depend on how many documents and events there are."""
    version = _latest_version(submission)
    obligation, filing = submission.obligation, version.filing
    content = json.loads(version.content)
    entry = _entry(content["entry"])
    requirements = obligation.target.requirements
    documents = _documents(content["evidence"], requirements)
    covers = deadlines.covers([obligation.period_id])[obligation.period_id]
    due = due_at(obligation, covers=covers, cutoff=now)
    rules = rules_of(obligation)
    ends_at = obligation.period.verification_ends_at
    previous = previous_results(agency_id=obligation.agency_id, item_id=obligation.item_id, before=obligation.period)
    return Case(
        submission_id=submission.id,
        obligation_id=obligation.id,
        version_id=version.id,
        version_number=version.number,
        status=submission.status,
        agency_id=obligation.agency_id,
        agency_name=obligation.agency.name,
        timezone=obligation.agency.timezone,
        item_key=obligation.item.key,
        item_name=obligation.item.name,
        period_key=obligation.period.key,
        period_name=obligation.period.name,
        text=obligation.text,
        unit=obligation.unit,
        value=obligation.value,
        filing_number=filing.number,
        ordinal=filing.ordinal,
        received_at=filing.received_at,
        on_time=first_received([submission.id])[submission.id] < due,
        correction_ends_at=correction_ends_at(obligation, returned_at=now, covers=covers, cutoff=now),
        can_return=now < ends_at,
        rules=rules,
        entry=entry,
        parts=_parts(entry.kind, requirements, documents),
        documents=documents,
        previous=previous[0] if previous else None,
        history=_history(submission),
    )


def _latest_version(submission: Submission) -> SubmissionVersion:
    return db.session.scalars(
        db.select(SubmissionVersion)
        .where(SubmissionVersion.submission_id == submission.id)
        .order_by(SubmissionVersion.number.desc())
        .limit(1)
    ).one()


def _entry(entry: dict[str, Any]) -> EntryView:
    return EntryView(
        kind=SubmissionKind(entry["kind"]),
        realised_value=decimal(entry["realised_value"]),
        progress_percent=decimal(entry["progress_percent"]),
        narrative=entry["narrative"],
        constraint=entry["constraint"],
        follow_up=entry["follow_up"],
        beside_reason=entry["beside_reason"],
        waiting_for=entry["waiting_for"],
        waiting_letter=entry["waiting_letter"],
        waiting_since=_day(entry["waiting_since"]),
        review_on=_day(entry["review_on"]),
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _documents(evidence: list[dict[str, Any]], requirements: Collection[Requirement]) -> tuple[DocumentView, ...]:
    """What was sent, in the order of the requirements; what the checks say of it as they stand now."""
    claims = {requirement.position: claim_for(requirement) for requirement in requirements}
    findings = findings_of({(e["document"], claims.get(e["requirement"], "")) for e in evidence})
    rows = db.session.execute(
        db.select(Document.id, Document.media_type).where(Document.id.in_({e["document"] for e in evidence}))
    )
    types = {document_id: media_type for document_id, media_type in rows}
    return tuple(
        DocumentView(
            id=e["document"],
            requirement=e["requirement"],
            title=e["title"],
            name=e["name"],
            url=e["url"],
            size=e["size"],
            media_type=types.get(e["document"], ""),
            findings=tuple(findings.get((e["document"], claims.get(e["requirement"], "")), ())),
        )
        for e in sorted(evidence, key=lambda e: e["requirement"])
    )


def _parts(
    kind: SubmissionKind, requirements: Collection[Requirement], documents: tuple[DocumentView, ...]
) -> tuple[PartView, ...]:
    by_id = {requirement.id: requirement for requirement in requirements}
    return tuple(_part(by_id.get(subject), kind, documents) for subject in subjects(kind, list(by_id)))


def _part(requirement: Requirement | None, kind: SubmissionKind, documents: tuple[DocumentView, ...]) -> PartView:
    if requirement is None:
        return PartView(None, f"Pengajuan {kind.label.lower()}", "Alasan dan dasar pengajuan cukup.", documents)
    own = tuple(document for document in documents if document.requirement == requirement.position)
    return PartView(requirement.id, requirement.title, requirement.criterion, own)


def _history(submission: Submission) -> tuple[HistoryLine, ...]:
    """What was sent and decided. Roles, not persons: the agency reads the same words."""
    events = db.session.scalars(
        db.select(SubmissionEvent)
        .where(SubmissionEvent.submission_id == submission.id)
        .order_by(SubmissionEvent.sequence)
    ).all()
    statuses = [Status.NOT_STARTED, *(event.status for event in events)]
    return tuple(
        _line(event, before) for before, event in zip(statuses, events, strict=False) if not TOLD[event.kind].internal
    )


def _line(event: SubmissionEvent, before: Status) -> HistoryLine:
    details = event.details or {}
    return HistoryLine(
        at=event.received_at,
        kind=event.kind,
        by=ACTOR_WORDS[taken_by(before, event.kind, clarified="clarification" in details)],
        words=event.reason,
        score=event.score,
        method=Method(details["method"]).words if "method" in details else "",
        spot_check_id=details.get("spot_check"),
        thread=entries_told(details),
    )


def reason_groups() -> tuple[ReasonGroup, ...]:
    """All reasons that are offered, each once: the most used first, the others by subject."""
    reasons = db.session.scalars(db.select(ReturnReason).where(ReturnReason.active).order_by(ReturnReason.id)).all()
    used = db.session.scalars(
        db.select(DecisionPart.reason_id)
        .where(DecisionPart.reason_id.is_not(None))
        .group_by(DecisionPart.reason_id)
        .order_by(db.func.count().desc(), DecisionPart.reason_id)
        .limit(FREQUENT)
    ).all()
    by_id = {reason.id: ReasonView(reason.code, reason.reason, reason.repair) for reason in reasons}
    groups: dict[str, list[ReasonView]] = defaultdict(list)
    groups["Sering dipakai"] = [by_id[reason_id] for reason_id in used if reason_id in by_id]
    for reason_id, reason in by_id.items():
        if reason_id not in used:
            groups[REASON_GROUPS.get(reason.code[:1], "Lainnya")].append(reason)
    return tuple(ReasonGroup(name, tuple(members)) for name, members in groups.items() if members)
