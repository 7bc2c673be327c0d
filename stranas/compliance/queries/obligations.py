"""The obligations of a report, each with what was recorded of it before the cut-off."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item
from stranas.compliance.rules import Event, Owed, result
from stranas.compliance.snapshot import Action, AgencyName, Detail
from stranas.deadlines.rules import Cover, CoverKind, Instants, due, first_filing_closes, prolonged, reaching
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system.db import db

NO_ACTION = Action(key="–", name="–")


def actions_of(programme_id: int) -> dict[int, Action]:
    """The action of each item: the node of depth 1 above it (itself where it has no parent), in tree order."""
    rows = db.session.execute(
        db.select(Item.id, Item.parent_id, Item.depth, Item.key, Item.name)
        .where(Item.programme_id == programme_id)
        .order_by(Item.depth, Item.position)
    ).all()
    nodes = {row.id: row for row in rows}

    def above(row: Any) -> Any:
        while row.depth > 1 and row.parent_id in nodes:
            row = nodes[row.parent_id]
        return row

    return {row.id: Action(key=top.key, name=top.name) for row in rows for top in [above(row)]}


def details_of(
    period_id: int,
    ends: Instants,
    narrowed: ColumnElement[bool],
    agencies: Mapping[int, AgencyName],
    actions: Mapping[int, Action],
    covers: Sequence[Cover],
    cutoff: datetime,
) -> tuple[list[Detail], Counter[Cover]]:
    """The obligations in force or consented away, agency by agency; and how many each cover reached.

    `ends`: the period's instants as they stood at the cut-off.
    """
    events = _events(period_id, narrowed, cutoff)
    # An outage concerns everybody, also where it only kept filing open longer.
    covered = Counter({c: 0 for c in covers if c.kind is CoverKind.OUTAGE and c.decided_at < cutoff})
    details = []
    for row in _obligations(period_id, narrowed):
        agency = agencies[row.agency_id]
        its = reaching(
            covers,
            due_at=row.due_at or ends.due_at,
            agency_id=agency.id,
            province_id=agency.province_id,
            item_id=row.item_id,
            cutoff=cutoff,
        )
        detail = _detail(row, agency, actions, events.get(row.id, []), its, ends, covers, cutoff)
        if detail.result.expected or detail.result.beside:
            covered.update(its)
            details.append(detail)
    order = {agency_id: place for place, agency_id in enumerate(agencies)}
    return sorted(details, key=lambda detail: order[detail.agency.id]), covered


def _detail(
    row: Any,
    agency: AgencyName,
    actions: Mapping[int, Action],
    history: Sequence[tuple[Event, Status]],
    its: Sequence[Cover],
    ends: Instants,
    covers: Sequence[Cover],
    cutoff: datetime,
) -> Detail:
    """`its`: the covers that reach it, among all `covers` of the period."""
    owed = Owed(
        weight=row.weight,
        due_at=due(own_due_at=row.due_at, period_due_at=ends.due_at, later=its, cutoff=cutoff),
        in_force_from=row.in_force_from,
        in_force_until=row.in_force_until,
        events=tuple(event for event, _ in history),
    )
    return Detail(
        obligation_id=row.id,
        agency=agency,
        action=actions.get(row.item_id, NO_ACTION),
        item_key=row.item_key,
        item=row.item,
        text=row.text,
        unit=row.unit,
        value=row.value,
        due_at=owed.due_at,
        closes_at=_closes(owed.due_at, ends, covers, cutoff),
        status=history[-1][1] if history else Status.NOT_STARTED,
        result=result(owed, cutoff=cutoff),
    )


def _closes(due_at: datetime, ends: Instants, covers: Sequence[Cover], cutoff: datetime) -> datetime:
    closes_at = first_filing_closes(locks_at=ends.locks_at, due_at=due_at)
    return prolonged(closes_at, covers, verification_ends_at=ends.verification_ends_at, cutoff=cutoff)


def _obligations(period_id: int, narrowed: ColumnElement[bool]) -> Iterator[Any]:
    yield from db.session.execute(
        db.select(
            Obligation.id,
            Obligation.agency_id,
            Obligation.item_id,
            Obligation.text,
            Obligation.unit,
            Obligation.value,
            Obligation.weight,
            Obligation.due_at,
            Obligation.in_force_from,
            Obligation.in_force_until,
            Item.key.label("item_key"),
            Item.name.label("item"),
        )
        .join(Item, Obligation.item_id == Item.id)
        .join(Agency, Obligation.agency_id == Agency.id)
        .where(Obligation.period_id == period_id, narrowed)
        .order_by(Obligation.agency_id, Item.position, Obligation.id)
    )


def _events(period_id: int, narrowed: ColumnElement[bool], cutoff: datetime) -> dict[int, list[tuple[Event, Status]]]:
    """What was recorded before the cut-off, by obligation, in sequence."""
    rows = db.session.execute(
        db.select(
            Submission.obligation_id,
            SubmissionEvent.sequence,
            SubmissionEvent.kind,
            SubmissionEvent.status,
            SubmissionEvent.received_at,
            SubmissionEvent.recorded_at,
            SubmissionEvent.score,
            SubmissionEvent.details,
        )
        .join(Submission, SubmissionEvent.submission_id == Submission.id)
        .join(Obligation, Submission.obligation_id == Obligation.id)
        .join(Agency, Obligation.agency_id == Agency.id)
        .where(Obligation.period_id == period_id, SubmissionEvent.recorded_at < cutoff, narrowed)
        .order_by(Submission.obligation_id, SubmissionEvent.sequence)
    )
    found: dict[int, list[tuple[Event, Status]]] = defaultdict(list)
    for row in rows:
        found[row.obligation_id].append((_event(row), row.status))
    return found


def _event(row: Any) -> Event:
    claim = row.details if row.kind is EventKind.FILED else {}
    review_on = claim.get("review_on")
    return Event(
        sequence=row.sequence,
        kind=row.kind,
        received_at=row.received_at,
        recorded_at=row.recorded_at,
        score=row.score,
        claimed=SubmissionKind(claim.get("kind", SubmissionKind.ACHIEVEMENT.value)),
        review_on=date.fromisoformat(review_on) if review_on else None,
    )
