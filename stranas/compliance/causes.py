"""What explains the figures: later ends of deadlines, and why requirements were returned."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item
from stranas.compliance.snapshot import LaterEnd, ReasonCount
from stranas.deadlines.queries import Moved
from stranas.deadlines.rules import Cover
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.rules import EventKind
from stranas.system.db import db
from stranas.verification.models import Decision, DecisionPart, ReturnReason


def later_ends(covered: Counter[Cover]) -> Iterator[LaterEnd]:
    """The extensions that reach something in the report, and every outage, in the order of their decisions."""
    names = dict(db.session.execute(db.select(Agency.id, Agency.name)).all()) if covered else {}
    items = dict(db.session.execute(db.select(Item.id, Item.key)).all()) if covered else {}
    for cover in sorted(covered, key=lambda c: c.decided_at):
        yield _later_end(cover, names, items, covered[cover])


def _later_end(cover: Cover, names: Mapping[int, str], items: Mapping[int, str], count: int) -> LaterEnd:
    whom = names.get(cover.agency_id or cover.province_id or 0, "Semua instansi")
    if cover.province_id and not cover.agency_id:
        whom = f"Instansi di wilayah {whom}"
    return LaterEnd(
        kind=cover.kind.label,
        whom=f"{whom}, {items[cover.item_id]}" if cover.item_id else whom,
        until=cover.until,
        decided_at=cover.decided_at,
        reason=cover.reason,
        obligations=count,
    )


def moved_instants(moved: Iterable[Moved], cutoff: datetime, *, obligations: int) -> Iterator[LaterEnd]:
    """Instants of the period itself that were moved before the cut-off: for all of its obligations."""
    for one in moved:
        if one.decided_at < cutoff:
            yield LaterEnd(
                kind=one.kind,
                whom="Semua instansi",
                until=one.after,
                decided_at=one.decided_at,
                reason=one.reason,
                obligations=obligations,
            )


def reasons(period_id: int, narrowed: ColumnElement[bool], cutoff: datetime) -> Iterator[ReasonCount]:
    """Return reasons, the most frequent first. Like every figure they go by when the decision was recorded."""
    count = db.func.count(DecisionPart.id)
    words = db.func.max(DecisionPart.reason_words)  # as the decisions said them, not as the catalogue says them now
    rows = db.session.execute(
        db.select(ReturnReason.code, words, count)
        .join(DecisionPart, DecisionPart.reason_id == ReturnReason.id)
        .join(Decision, DecisionPart.decision_id == Decision.id)
        .where(Decision.version_id.in_(_returned(period_id, narrowed, cutoff)), DecisionPart.fulfilled.is_(False))
        .group_by(ReturnReason.code)
        .order_by(count.desc(), ReturnReason.code)
    )
    for code, reason, number in rows:
        yield ReasonCount(code=code, reason=reason, count=number)


def reasons_by_agency(
    period_id: int, narrowed: ColumnElement[bool], cutoff: datetime
) -> dict[int, tuple[ReasonCount, ...]]:
    """The same for each agency by its id."""
    count = db.func.count(DecisionPart.id)
    words = db.func.max(DecisionPart.reason_words)
    rows = db.session.execute(
        db.select(Obligation.agency_id, ReturnReason.code, words, count)
        .join(DecisionPart, DecisionPart.reason_id == ReturnReason.id)
        .join(Decision, DecisionPart.decision_id == Decision.id)
        .join(Submission, Decision.submission_id == Submission.id)
        .join(Obligation, Submission.obligation_id == Obligation.id)
        .where(Decision.version_id.in_(_returned(period_id, narrowed, cutoff)), DecisionPart.fulfilled.is_(False))
        .group_by(Obligation.agency_id, ReturnReason.code)
        .order_by(Obligation.agency_id, count.desc(), ReturnReason.code)
    )
    found: dict[int, tuple[ReasonCount, ...]] = {}
    for agency_id, code, reason, number in rows:
        found[agency_id] = (*found.get(agency_id, ()), ReasonCount(code=code, reason=reason, count=number))
    return found


def _returned(period_id: int, narrowed: ColumnElement[bool], cutoff: datetime) -> list[int]:
    """The versions that were returned. Asked apart: in one question with the parts PostgreSQL, before it knows how
    full its tables are, went through all of them for each part, which took minutes."""
    return list(
        db.session.scalars(
            db.select(SubmissionEvent.version_id)
            .join(Submission, SubmissionEvent.submission_id == Submission.id)
            .join(Obligation, Submission.obligation_id == Obligation.id)
            .join(Agency, Obligation.agency_id == Agency.id)
            .where(Obligation.period_id == period_id, narrowed)
            .where(SubmissionEvent.kind == EventKind.RETURNED, SubmissionEvent.recorded_at < cutoff)
        )
    )
