"""The questions behind the snapshot: a handful whatever the number of rows, columns instead of ORM rows."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, true
from sqlalchemy.orm import aliased

from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Item, Period, Programme
from stranas.catalogue.rules import programme_rules
from stranas.compliance.causes import later_ends, moved_instants, reasons
from stranas.compliance.rules import PERCENT, Event, Figures, Owed, figures, group, result
from stranas.compliance.snapshot import (
    Action,
    AgencyFigures,
    AgencyName,
    Detail,
    GroupFigures,
    Snapshot,
)
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import Cover, due, reaching
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system import clock
from stranas.system.db import db

SETTLED = timedelta(minutes=2)  # no write transaction lives so long, so nothing older can still appear
NO_ACTION = Action(key="–", name="–")


class Unknown(LookupError):
    """No such programme, period, agency or province. Carries which of them, and the word that was given."""

    def __init__(self, what: str, word: str) -> None:
        super().__init__(f"unknown {what}: {word}")
        self.what = what
        self.word = word


def latest_cutoff() -> datetime:
    """The youngest cut-off that a report may have, on a whole second."""
    return (clock.now() - SETTLED).replace(microsecond=0)


def agencies_among(condition: ColumnElement[bool]) -> list[AgencyName]:
    """Agencies under a condition: K/L first, then provinces with their kabupaten and kota, by code."""
    province = aliased(Agency)
    rows = db.session.execute(
        db.select(Agency.id, Agency.code, Agency.name, Agency.level, province.id, province.code, province.name)
        .outerjoin(province, Agency.province_id == province.id)
        .where(condition)
    )
    found = [_named(*row) for row in rows]
    return sorted(found, key=lambda agency: (agency.level.is_local, agency.code))


def _named(own_id: int, code: str, name: str, level: AgencyLevel, *province: Any) -> AgencyName:
    """A province lies in itself, so that its own government stands in the province's figures."""
    province_id, province_code, province_name = (own_id, code, name) if level is AgencyLevel.PROVINCE else province
    return AgencyName(
        id=own_id,
        code=code,
        name=name,
        level=level,
        province_id=province_id,
        province_code=province_code or "",
        province=(province_name or "").removeprefix("Provinsi "),
    )


def snapshot(
    *,
    period_key: str,
    programme_key: str,
    cutoff: datetime | None = None,
    agency_code: str | None = None,
    province_code: str | None = None,
    level: AgencyLevel | None = None,
    among: ColumnElement[bool] | None = None,
) -> Snapshot:
    """Everything a compliance report shows. `among` narrows to what the reader may see.

    Raises Unknown for a name that is not there (or lies outside `among`), ValueError for too young a cut-off.
    """
    cutoff = cutoff or latest_cutoff()
    if cutoff > clock.now() - SETTLED:
        raise ValueError("a cut-off must be at least two minutes old")
    period = _period(programme_key, period_key)
    visible = true() if among is None else among
    narrowed, scope = _narrowed(visible, agency_code, province_code, level)
    agencies = agencies_among(narrowed)
    covers = deadlines.covers([period.id])[period.id]
    moved = deadlines.moves([period.id])
    actions = _actions(period.programme_id)
    details, covered = _details(period, narrowed, {a.id: a for a in agencies}, actions, covers, cutoff)
    rules = programme_rules(period.settings)
    whole = None if rules.weights_renormalised else PERCENT
    by_agency = _figures_by(details, lambda detail: detail.agency.id, whole=whole)
    # Those who owe come first: agencies without obligations are counted, not read about.
    rows = sorted(
        (AgencyFigures(agency, by_agency.get(agency.id, Figures())) for agency in agencies),
        key=lambda row: row.figures.expected == 0,
    )
    owed_actions = {d.action.key: d.action for d in details}
    return Snapshot(
        programme=period.programme,
        programme_key=programme_key,
        period=period.name,
        period_key=period_key,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_at=deadlines.due_as_known(period.due_at, moved, cutoff=cutoff),
        cutoff=cutoff,
        scope=scope,
        practice=clock.is_practice(),
        rules=rules,
        agencies=tuple(rows),
        provinces=tuple(_provinces(rows)),
        levels=tuple(_levels(rows)),
        total=group(row.figures for row in rows),
        actions=tuple(action for action in dict.fromkeys(actions.values()) if action.key in owed_actions),
        matrix=_figures_by(details, lambda detail: (detail.agency.id, detail.action.key)),
        details=tuple(details),
        later_ends=(*later_ends(covered), *moved_instants(moved, cutoff, obligations=len(details))),
        reasons=tuple(reasons(period.id, narrowed, cutoff)),
    )


def _period(programme_key: str, period_key: str) -> Any:
    programme = db.session.execute(
        db.select(Programme.id, Programme.name, Programme.settings).where(Programme.key == programme_key)
    ).one_or_none()
    if programme is None:
        raise Unknown("programme", programme_key)
    period = db.session.execute(
        db.select(
            Period.id,
            Period.programme_id,
            Period.name,
            Period.starts_on,
            Period.ends_on,
            Period.due_at,
            Programme.name.label("programme"),
            Programme.settings,
        )
        .join(Programme, Period.programme_id == Programme.id)
        .where(Programme.id == programme.id, Period.key == period_key)
    ).one_or_none()
    if period is None:
        raise Unknown("period", period_key)
    return period


def _narrowed(
    visible: ColumnElement[bool], agency_code: str | None, province_code: str | None, level: AgencyLevel | None
) -> tuple[ColumnElement[bool], str]:
    """The condition on Agency, and the scope in words (empty: everything that is visible)."""
    conditions, words = [visible], []
    if province_code:
        province_id, name = _one(visible, "province", province_code, Agency.level == AgencyLevel.PROVINCE)
        conditions.append(or_(Agency.id == province_id, Agency.province_id == province_id))
        words.append(f"wilayah {name}")
    if level:
        conditions.append(Agency.level == level)
        words.append(f"tingkat {level.label}")
    if agency_code:
        agency_id, name = _one(visible, "agency", agency_code)
        conditions.append(Agency.id == agency_id)
        words.append(name)
    return and_(*conditions), ", ".join(words)


def _one(visible: ColumnElement[bool], what: str, code: str, *more: ColumnElement[bool]) -> Any:
    row = db.session.execute(db.select(Agency.id, Agency.name).where(visible, Agency.code == code, *more)).one_or_none()
    if row is None:
        raise Unknown(what, code)
    return row


def _actions(programme_id: int) -> dict[int, Action]:
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


def _details(
    period: Any,
    narrowed: ColumnElement[bool],
    agencies: Mapping[int, AgencyName],
    actions: Mapping[int, Action],
    covers: Sequence[Cover],
    cutoff: datetime,
) -> tuple[list[Detail], Counter[Cover]]:
    """The obligations in force or consented away, agency by agency; and how many each cover reached."""
    events = _events(period.id, narrowed, cutoff)
    covered: Counter[Cover] = Counter()
    details = []
    for row in _obligations(period.id, narrowed):
        agency = agencies[row.agency_id]
        its = reaching(
            covers,
            due_at=row.due_at or period.due_at,
            agency_id=agency.id,
            province_id=agency.province_id,
            item_id=row.item_id,
            cutoff=cutoff,
        )
        history = events.get(row.id, [])
        owed = Owed(
            weight=row.weight,
            due_at=due(own_due_at=row.due_at, period_due_at=period.due_at, later=its, cutoff=cutoff),
            in_force_from=row.in_force_from,
            in_force_until=row.in_force_until,
            events=tuple(event for event, _ in history),
        )
        judged = result(owed, cutoff=cutoff)
        if not judged.expected and judged.beside is None:
            continue
        covered.update(its)
        details.append(
            Detail(
                agency=agency,
                action=actions.get(row.item_id, NO_ACTION),
                item_key=row.item_key,
                item=row.item,
                text=row.text,
                unit=row.unit,
                value=row.value,
                due_at=owed.due_at,
                status=history[-1][1] if history else Status.NOT_STARTED,
                result=judged,
            )
        )
    order = {agency_id: place for place, agency_id in enumerate(agencies)}
    return sorted(details, key=lambda detail: order[detail.agency.id]), covered


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


def _figures_by(
    details: Iterable[Detail], key: Callable[[Detail], Hashable], *, whole: Fraction | None = None
) -> dict[Any, Figures]:
    results = defaultdict(list)
    for detail in details:
        results[key(detail)].append(detail.result)
    return {name: figures(of_it, whole=whole) for name, of_it in results.items()}


def _provinces(rows: Iterable[AgencyFigures]) -> Iterator[GroupFigures]:
    members = defaultdict(list)
    for row in rows:
        if row.agency.province_id is not None:
            members[row.agency.province_code, row.agency.province].append(row.figures)
    for (code, name), known in sorted(members.items()):
        yield GroupFigures(key=code, name=name, group=group(known))


def _levels(rows: Sequence[AgencyFigures]) -> Iterator[GroupFigures]:
    for level in AgencyLevel:
        known = [row.figures for row in rows if row.agency.level is level]
        if known:
            yield GroupFigures(key=level.value, name=level.label, group=group(known))
