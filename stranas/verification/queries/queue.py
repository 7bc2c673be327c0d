"""The verifier's queue: what was sent and waits for a decision, the longest waiting first."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import ColumnElement, String, cast, or_, select, tuple_

from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Item, Period, Requirement
from stranas.deadlines import queries as deadlines
from stranas.evidence.models import CheckRun, Finding, Severity
from stranas.reporting.models import Evidence, Filing, Obligation, Submission, SubmissionVersion
from stranas.reporting.queries.due import due_at
from stranas.reporting.queries.work import last_scores
from stranas.reporting.rules import Status, SubmissionKind
from stranas.system.db import db
from stranas.verification.models import Decision
from stranas.verification.queries.returns import latest_number

# Findings that a verifier should look at; information alone weighs nothing.
WEIGHTY = (Severity.REFUSED, Severity.MUST_FIX, Severity.EXPLAIN)

# From then on a report counts as overdue: as long as an agency has to correct one.
LONG_WAIT = timedelta(days=14)


@dataclass(frozen=True)
class Filter:
    """What the verifier asked for; empty means everything."""

    period: str = ""
    level: AgencyLevel | None = None
    province: str = ""
    search: str = ""
    item: str = ""
    overdue: bool = False
    by_end: bool = False  # the order: by closeness of the end of verification, otherwise by age

    @property
    def is_empty(self) -> bool:
        return not (self.period or self.level or self.province or self.search or self.item or self.overdue)


@dataclass(frozen=True)
class QueueRow:
    """One submission that waits. `ordinal`: penyampaian ke-n; `corrections`: how often it came back corrected."""

    submission_id: int
    agency_name: str
    province_name: str
    timezone: str
    item_key: str
    item_name: str
    text: str
    kind: SubmissionKind
    period_key: str
    received_at: datetime
    verification_ends_at: datetime
    is_overdue: bool
    on_time: bool
    ordinal: int
    corrections: int
    previous_period: str
    previous_score: Decimal | None
    weighty_findings: int


@dataclass(frozen=True)
class Place:
    """Where one submission stands in the queue (1 …; 0: not in it), of how many, and which comes after it."""

    position: int
    total: int
    next_id: int | None


@dataclass(frozen=True)
class Choices:
    """What the filters offer: (value, words)."""

    periods: list[tuple[str, str]] = field(default_factory=list)
    provinces: list[tuple[str, str]] = field(default_factory=list)
    items: list[tuple[str, str]] = field(default_factory=list)


def queue_ids(*, scope: ColumnElement[bool], chosen: Filter, now: datetime) -> list[int]:
    """The ids of all that waits in scope (a condition on Obligation): the longest waiting first, or those whose
    verification ends soonest."""
    query = _waiting(db.select(Submission.id), scope, now).where(*_conditions(chosen, now))
    order = [Period.verification_ends_at] if chosen.by_end else []
    return list(db.session.scalars(query.order_by(*order, Filing.received_at, Submission.id)))


def place_of(submission_id: int, ids: Sequence[int]) -> Place:
    """The next one is the one after it, or else the longest waiting other one."""
    position = ids.index(submission_id) + 1 if submission_id in ids else 0
    others = [*ids[position:], *ids[: max(position - 1, 0)]]
    return Place(position=position, total=len(ids), next_id=others[0] if others else None)


def queue_rows(submission_ids: Sequence[int], *, now: datetime) -> list[QueueRow]:
    """The rows of one page, in the order of the ids. The number of questions does not grow with the rows."""
    rows = db.session.execute(
        db.select(Submission, SubmissionVersion.number, Filing)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Filing, Filing.id == SubmissionVersion.filing_id)
        .where(Submission.id.in_(submission_ids), SubmissionVersion.number == latest_number())
    ).all()
    submissions = [submission for submission, _, _ in rows]
    facts = _Facts(
        covers=deadlines.covers({s.obligation.period_id for s in submissions}),
        first_received=first_received([s.id for s in submissions]),
        findings=weighty_findings([s.id for s in submissions]),
        previous=_previous_scores(submissions),
        provinces=_province_names({s.obligation.agency.province_id for s in submissions}),
        now=now,
    )
    made = {submission.id: _row(submission, number, filing, facts) for submission, number, filing in rows}
    return [made[submission_id] for submission_id in submission_ids if submission_id in made]


def choices(*, scope: ColumnElement[bool], now: datetime) -> Choices:
    """The periods, provinces and items (aksi and sub-aksi) that occur in the queue."""
    periods = db.session.execute(
        _waiting(db.select(Period.key, Period.name, Period.position).distinct(), scope, now).order_by(Period.position)
    )
    own_or_province = db.func.coalesce(Agency.province_id, Agency.id)
    inside = _waiting(db.select(own_or_province), scope, now).where(Agency.level != AgencyLevel.KL)
    provinces = db.session.execute(
        db.select(Agency.code, Agency.name).where(Agency.id.in_(inside)).order_by(Agency.code)
    )
    leaves = _waiting(db.select(Obligation.item_id), scope, now)
    above = db.select(Item.parent_id).where(Item.id.in_(leaves), Item.parent_id.is_not(None))
    items = db.session.execute(
        db.select(Item.key, Item.name)
        .where(Item.depth > 0, or_(Item.id.in_(leaves), Item.id.in_(above)))
        .order_by(Item.position)
    )
    return Choices(
        periods=[(key, f"{name} ({key})") for key, name, _ in periods],
        provinces=[(code, name) for code, name in provinces],
        items=[(key, f"{key} {name}") for key, name in items],
    )


def _waiting(query, scope: ColumnElement[bool], now: datetime):
    return (
        query.select_from(Submission)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Filing, Filing.id == SubmissionVersion.filing_id)
        .where(Submission.status == Status.SENT, SubmissionVersion.number == latest_number(), scope)
        .where(still_open(now))
    )


def still_open(now: datetime) -> ColumnElement[bool]:
    """A condition on Period: verification goes on; what comes later is clarification."""
    return Period.verification_ends_at > now


def _conditions(chosen: Filter, now: datetime) -> list[ColumnElement[bool]]:
    conditions = []
    if chosen.period:
        conditions.append(Period.key == chosen.period)
    if chosen.level:
        conditions.append(Agency.level == chosen.level)
    if chosen.province:
        province = db.select(Agency.id).where(Agency.code == chosen.province).correlate(None).scalar_subquery()
        conditions.append(or_(Agency.id == province, Agency.province_id == province))
    if chosen.item:
        items = select(Item.id).where(Item.key == chosen.item).correlate(None)
        conditions.append(or_(Item.id.in_(items), Item.parent_id.in_(items)))
    if chosen.overdue:
        conditions.append(Filing.received_at <= now - LONG_WAIT)
    if chosen.search:
        conditions.append(
            or_(
                *(
                    column.icontains(chosen.search, autoescape=True)
                    for column in (Agency.name, Agency.short_name, Item.key, Item.name, Obligation.text)
                )
            )
        )
    return conditions


@dataclass(frozen=True)
class _Facts:
    covers: dict
    first_received: dict[int, datetime]
    findings: dict[int, int]
    previous: dict[tuple[int, int, int], tuple[str, Decimal | None]]
    provinces: dict[int, str]
    now: datetime


def _row(submission: Submission, number: int, filing: Filing, facts: _Facts) -> QueueRow:
    obligation = submission.obligation
    due = due_at(obligation, covers=facts.covers[obligation.period_id], cutoff=facts.now)
    previous = facts.previous.get(_quarter_key(obligation, obligation.period.position - 1), ("", None))
    return QueueRow(
        submission_id=submission.id,
        agency_name=obligation.agency.name,
        province_name=facts.provinces.get(obligation.agency.province_id, ""),
        timezone=obligation.agency.timezone,
        item_key=obligation.item.key,
        item_name=obligation.item.name,
        text=obligation.text,
        kind=submission.kind,
        period_key=obligation.period.key,
        received_at=filing.received_at,
        verification_ends_at=obligation.period.verification_ends_at,
        is_overdue=filing.received_at <= facts.now - LONG_WAIT,
        on_time=facts.first_received[submission.id] < due,
        ordinal=filing.ordinal,
        corrections=number - 1,
        previous_period=previous[0],
        previous_score=previous[1],
        weighty_findings=facts.findings.get(submission.id, 0),
    )


def first_received(submission_ids: Collection[int]) -> dict[int, datetime]:
    """When each submission first reached us: decides whether it is late."""
    rows = db.session.execute(
        db.select(SubmissionVersion.submission_id, db.func.min(Filing.received_at).label("first"))
        .join(Filing, Filing.id == SubmissionVersion.filing_id)
        .where(SubmissionVersion.submission_id.in_(submission_ids))
        .group_by(SubmissionVersion.submission_id)
    )
    return {row.submission_id: row.first for row in rows}


def weighty_findings(submission_ids: Collection[int]) -> dict[int, int]:
    """Findings of weight on what is attached. What was sent cannot change while it waits."""
    rows = db.session.execute(
        db.select(Evidence.submission_id, db.func.count(Finding.id))
        .join(Requirement, Requirement.id == Evidence.requirement_id)
        .join(CheckRun, CheckRun.document_id == Evidence.document_id)
        .join(Finding, Finding.check_run_id == CheckRun.id)
        .where(
            Evidence.submission_id.in_(submission_ids),
            Evidence.detached_at.is_(None),
            CheckRun.claimed_kind == cast(Requirement.kind, String),
            CheckRun.target_id == Requirement.target_id,
            Finding.severity.in_(WEIGHTY),
        )
        .group_by(Evidence.submission_id)
    )
    return {submission_id: count for submission_id, count in rows}


def _quarter_key(obligation: Obligation, position: int) -> tuple[int, int, int]:
    return obligation.agency_id, obligation.item_id, position


def _previous_scores(submissions: Collection[Submission]) -> dict[tuple[int, int, int], tuple[str, Decimal | None]]:
    """(agency, item, position of the period) → the period's key and the score, of the quarters before."""
    wanted = [(s.obligation.agency_id, s.obligation.item_id) for s in submissions]
    rows = db.session.execute(
        db.select(Submission.id, Obligation.agency_id, Obligation.item_id, Period.position, Period.key)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Period, Period.id == Obligation.period_id)
        .where(
            tuple_(Obligation.agency_id, Obligation.item_id).in_(wanted),
            Period.position.in_({s.obligation.period.position - 1 for s in submissions}),
            db.exists().where(Decision.submission_id == Submission.id),
        )
    ).all()
    scores = last_scores([row.id for row in rows])
    return {(r.agency_id, r.item_id, r.position): (r.key, scores[r.id]) for r in rows if r.id in scores}


def _province_names(province_ids: Collection[int | None]) -> dict[int, str]:
    rows = db.session.execute(
        db.select(Agency.id, Agency.name).where(Agency.id.in_([i for i in province_ids if i is not None]))
    )
    return {agency_id: name for agency_id, name in rows}
