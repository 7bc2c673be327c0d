"""Who holds the ball: every obligation of an agency in a period, and what each unit still owes the Inspektorat."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from stranas.agencies.queries import UnitView, units_of
from stranas.catalogue.models import Period
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.queries.work import WorkRow, work_of
from stranas.reporting.rules import Status, SubmissionKind
from stranas.requests.models import Responsibility, UnitRequest
from stranas.requests.queries.asked import requests_by_obligation
from stranas.requests.rules import Danger, Holder, State, danger, holder_of_request
from stranas.system import text
from stranas.system.db import db

_HOLDERS = {
    Status.SENT: Holder.VERIFIER,
    Status.AWAITING_APPROVAL: Holder.CERTIFIER,
    Status.VERIFIED: Holder.NOBODY,
    Status.REJECTED: Holder.NOBODY,
}


@dataclass(frozen=True)
class Ball:
    """One thing that somebody has to do next. `since` is a WIB day; `until` and `due_at` are exclusive ends:
    the internal due instant of a request, and the end of the obligation."""

    obligation_id: int
    item_key: str
    text: str
    status: Status
    holder: Holder
    who: str
    since: date | None
    request_id: int | None
    state: State | None
    wanted: str
    until: datetime | None
    due_at: datetime
    danger: Danger
    unit_id: int | None
    responsible: str


@dataclass(frozen=True)
class Board:
    """`balls` nearest end first; `finished`: obligations that nobody has to do anything for."""

    balls: tuple[Ball, ...]
    total: int
    sent: int
    finished: int


def board(*, agency_id: int, period: Period, now: datetime, unit_ids: Collection[int] | None = None) -> Board:
    """The board of a period; with `unit_ids` only what those units hold or are asked for."""
    rows = work_of(agency_id=agency_id, period=period, now=now)
    asked = requests_by_obligation([row.obligation_id for row in rows])
    held, units = _held(agency_id, rows), {unit.id: unit for unit in units_of(agency_id)}
    since = _since(rows)
    balls = []
    for row in rows:
        unit = units.get(held.get(row.obligation_id, 0))
        balls += _balls(row, asked.get(row.obligation_id, ()), unit, since.get(row.submission_id or 0), now)
    if unit_ids is not None:
        balls = [ball for ball in balls if ball.unit_id in unit_ids]
    return Board(
        balls=tuple(sorted(balls, key=lambda b: (min(b.due_at, b.until or b.due_at), b.item_key, b.request_id or 0))),
        total=len(rows),
        sent=sum(_is_done(row) for row in rows),
        finished=sum(row.status in (Status.VERIFIED, Status.REJECTED) for row in rows),
    )


def _held(agency_id: int, rows: Sequence[WorkRow]) -> dict[int, int]:
    """Obligation id → the unit that holds its item."""
    units = {
        key: unit_id
        for key, unit_id in db.session.execute(
            db.select(Responsibility.item_id, Responsibility.unit_id).where(Responsibility.agency_id == agency_id)
        )
    }
    items = _items([row.obligation_id for row in rows])
    return {oid: units[item] for oid, item in items.items() if item in units}


def _items(obligation_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(db.select(Obligation.id, Obligation.item_id).where(Obligation.id.in_(obligation_ids)))
    return {oid: item_id for oid, item_id in rows}


def _since(rows: Sequence[WorkRow]) -> dict[int, tuple[datetime, date | None]]:
    """Submission id → when its last event was received, and since when it waits for another agency."""
    found = db.session.execute(
        db.select(Submission.id, db.func.max(SubmissionEvent.received_at), Submission.waiting_since)
        .join(SubmissionEvent, SubmissionEvent.submission_id == Submission.id)
        .where(Submission.id.in_([row.submission_id for row in rows if row.submission_id]))
        .group_by(Submission.id, Submission.waiting_since)
    )
    return {submission_id: (latest, waiting) for submission_id, latest, waiting in found}


def _balls(
    row: WorkRow,
    asked: Sequence[UnitRequest],
    unit: UnitView | None,
    since: tuple[datetime, date | None] | None,
    now: datetime,
) -> list[Ball]:
    """One for each open request of an obligation that is still in work; one for the obligation otherwise."""
    holder = _HOLDERS.get(row.status)
    if holder is Holder.NOBODY:
        return []
    if holder is None and asked:
        return [_asked(row, one, unit, now) for one in asked]
    return [_own(row, holder, unit, since, now)]


def _asked(row: WorkRow, one: UnitRequest, unit: UnitView | None, now: datetime) -> Ball:
    holder = holder_of_request(one.state)
    name = one.unit.short_name or one.unit.name
    who = {Holder.UNIT: name, Holder.UNIT_OFFICIAL: f"{one.signer}, {name}"}.get(holder, f"Berkas dari {name}")
    return Ball(
        obligation_id=row.obligation_id,
        item_key=row.item_key,
        text=row.text,
        status=row.status,
        holder=holder,
        who=who,
        since=one.signing_since if one.state is State.SIGNING else _day(one.since),
        request_id=one.id,
        state=one.state,
        wanted=one.wanted,
        until=one.due_at,
        due_at=_ends(row),
        danger=danger(due_at=one.due_at, now=now),
        unit_id=one.unit_id,
        responsible=unit.label if unit else "",
    )


def _own(
    row: WorkRow,
    holder: Holder | None,
    unit: UnitView | None,
    since: tuple[datetime, date | None] | None,
    now: datetime,
) -> Ball:
    waits = row.kind is SubmissionKind.WAITING and bool(row.waiting_for) and holder is None
    holder = Holder.OTHER_AGENCY if waits else holder or Holder.INSPECTORATE
    latest, waiting_since = since or (None, None)
    return Ball(
        obligation_id=row.obligation_id,
        item_key=row.item_key,
        text=row.text,
        status=row.status,
        holder=holder,
        who=row.waiting_for if waits else "",
        since=waiting_since if waits else (_day(latest) if latest else None),
        request_id=None,
        state=None,
        wanted="",
        until=None,
        due_at=_ends(row),
        danger=Danger.NONE if holder is Holder.VERIFIER else danger(due_at=_ends(row), now=now),
        unit_id=unit.id if unit else None,
        responsible=unit.label if unit else "",
    )


def _ends(row: WorkRow) -> datetime:
    return row.correction_ends_at or row.due_at


def _day(instant: datetime) -> date:
    return text.local_day(instant, "Asia/Jakarta")


@dataclass(frozen=True)
class UnitLine:
    """What one unit holds in a period, for the head of the secretariat. `awaited`: what is asked of it and not there
    yet, with the day since when. `nearest`: the earliest end among what it still owes."""

    unit: str
    head: str
    targets: int
    done: int
    items: tuple[str, ...]
    awaited: tuple[tuple[str, date, State], ...]
    nearest: datetime | None
    danger: Danger


@dataclass(frozen=True)
class Summary:
    lines: tuple[UnitLine, ...]
    total: int
    done: int
    waiting: int
    unheld: tuple[str, ...]


def summary(*, agency_id: int, period: Period, now: datetime) -> Summary:
    """Per unit: what it holds by responsibility or by what it is asked for. The most pressing first."""
    rows = {row.obligation_id: row for row in work_of(agency_id=agency_id, period=period, now=now)}
    held, asked = _held(agency_id, list(rows.values())), requests_by_obligation(list(rows))
    by_unit: dict[int, set[int]] = defaultdict(set)
    waiting: dict[int, list[UnitRequest]] = defaultdict(list)
    for obligation_id, unit_id in held.items():
        by_unit[unit_id].add(obligation_id)
    for requests in asked.values():
        for one in requests:
            by_unit[one.unit_id].add(one.obligation_id)
            if one.state.waits_for_unit and not _is_done(rows[one.obligation_id]):
                waiting[one.unit_id].append(one)
    lines = [
        _line(unit, [rows[oid] for oid in sorted(by_unit[unit.id])], waiting[unit.id], now)
        for unit in units_of(agency_id)
        if by_unit[unit.id]
    ]
    lines.sort(key=lambda line: (line.nearest is None, line.nearest or now, line.unit))
    unheld = [row.item_key for oid, row in rows.items() if oid not in held and not _is_done(row)]
    return Summary(
        lines=tuple(lines),
        total=len(rows),
        done=sum(_is_done(row) for row in rows.values()),
        waiting=sum(len(line.awaited) for line in lines),
        unheld=tuple(dict.fromkeys(unheld)),
    )


def _is_done(row: WorkRow) -> bool:
    return not row.status.is_owed


def _line(unit: UnitView, rows: Sequence[WorkRow], waiting: Sequence[UnitRequest], now: datetime) -> UnitLine:
    owed = [row for row in rows if not _is_done(row)]
    ends = [one.due_at for one in waiting] + [_ends(row) for row in owed]
    nearest = min(ends, default=None)
    return UnitLine(
        unit=unit.name,
        head=unit.head,
        targets=len(rows),
        done=len(rows) - len(owed),
        items=tuple(dict.fromkeys(row.item_key for row in rows)),
        awaited=tuple((one.wanted, _day(one.asked_at), one.state) for one in waiting),
        nearest=nearest,
        danger=danger(due_at=nearest, now=now) if nearest else Danger.NONE,
    )
