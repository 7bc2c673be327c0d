"""The page of deadlines: the instants of every period, the requests, and everything that gave more time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import aliased

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines.models import Extension, ExtensionRequest, InstantMove, Outage
from stranas.deadlines.queries.later import covers, moved_by
from stranas.deadlines.rules import NO_ITEM, Cover, CoverKind, RequestState, due, prolonged, reaching
from stranas.system.db import db

WHOLE = "seluruh kewajiban"
PER_PAGE = 50


@dataclass(frozen=True)
class PeriodInstants:
    """A period with its instants (exclusive ends). `own_due_at`: with what was extended for all obligations of the
    reader's agency."""

    id: int
    key: str
    name: str
    starts_on: date
    ends_on: date
    due_at: datetime
    own_due_at: datetime
    locks_at: datetime
    verification_ends_at: datetime
    has_begun: bool
    can_move: bool

    @property
    def title(self) -> str:
        return f"{self.name} ({self.key})"


@dataclass(frozen=True)
class Coming:
    """The next instant of all."""

    what: str
    period: str
    at: datetime


@dataclass(frozen=True)
class RequestLine:
    id: int
    period: str
    agency: str
    timezone: str
    whom: str
    until: datetime
    received_at: datetime
    state: RequestState
    decided_at: datetime | None
    answer: str


@dataclass(frozen=True)
class LaterLine:
    """One act that gave more time: until when, for whom, why."""

    kind: str
    period: str
    whom: str
    until: datetime
    before: datetime | None
    decided_at: datetime
    reason: str


@dataclass(frozen=True)
class Page:
    """Some rows of many: this page's, how many there are, which page of how many."""

    rows: tuple
    total: int
    number: int
    pages: int


def period_instants(*, now: datetime, agency: Agency | None = None) -> list[PeriodInstants]:
    """Every period: first those in which something still comes, in their order, then the others, the latest first."""
    rows = db.session.scalars(db.select(Period).order_by(Period.programme_id, Period.position)).all()
    ahead = [period for period in rows if now < period.verification_ends_at]
    periods = ahead + [period for period in reversed(rows) if period not in ahead]
    known = covers([period.id for period in periods]) if agency else {}
    return [_instants(period, known.get(period.id, ()), agency, now) for period in periods]


def _instants(period: Period, known: Sequence[Cover], agency: Agency | None, now: datetime) -> PeriodInstants:
    return PeriodInstants(
        id=period.id,
        key=period.key,
        name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_at=period.due_at,
        own_due_at=due_of_agency(period, known, agency, cutoff=now) if agency else period.due_at,
        locks_at=prolonged(period.locks_at, known, verification_ends_at=period.verification_ends_at, cutoff=now),
        verification_ends_at=period.verification_ends_at,
        has_begun=period.starts_on <= now.date(),
        can_move=now < period.verification_ends_at,
    )


def due_of_agency(period: Period, known: Iterable[Cover], agency: Agency, *, cutoff: datetime) -> datetime:
    """The due instant of an agency's whole period: without what was extended for single items."""
    its = reaching(
        known,
        due_at=period.due_at,
        agency_id=agency.id,
        province_id=agency.province_id,
        item_id=NO_ITEM,
        cutoff=cutoff,
    )
    return due(own_due_at=None, period_due_at=period.due_at, later=its, cutoff=cutoff)


def coming(periods: Iterable[PeriodInstants], *, now: datetime) -> Coming | None:
    """The instant that comes next."""
    ahead = [
        Coming(what, period.title, at)
        for period in periods
        for what, at in (
            ("Batas waktu", period.own_due_at),
            ("Penutupan pengisian", period.locks_at),
            ("Batas akhir verifikasi", period.verification_ends_at),
        )
        if now < at
    ]
    return min(ahead, key=lambda one: one.at, default=None)


def open_requests(scope: ColumnElement[bool], *, number: int) -> Page:
    """Those that wait for a decision: whose last day comes first, then the oldest."""
    order = (ExtensionRequest.until, ExtensionRequest.received_at, ExtensionRequest.id)
    return _requests(scope, ExtensionRequest.state == RequestState.OPEN, order, number)


def closed_requests(scope: ColumnElement[bool], *, number: int) -> Page:
    """The latest decided first."""
    order = (ExtensionRequest.decided_at.desc(), ExtensionRequest.id.desc())
    return _requests(scope, ExtensionRequest.state != RequestState.OPEN, order, number)


def _requests(scope: ColumnElement[bool], which: ColumnElement[bool], order: Sequence[Any], number: int) -> Page:
    found = db.select(ExtensionRequest).join(Agency, Agency.id == ExtensionRequest.agency_id).where(scope, which)
    total = db.session.scalar(db.select(db.func.count()).select_from(found.subquery()))
    number, pages = _within(number, total)
    rows = db.session.scalars(
        found.options(db.joinedload(ExtensionRequest.item))
        .order_by(*order)
        .limit(PER_PAGE)
        .offset((number - 1) * PER_PAGE)
    )
    return Page(tuple(map(_line, rows)), total, number, pages)


def _within(number: int, total: int) -> tuple[int, int]:
    """The page that there is, and how many."""
    pages = max(-(-total // PER_PAGE), 1)
    return min(max(number, 1), pages), pages


def _line(row: ExtensionRequest) -> RequestLine:
    return RequestLine(
        id=row.id,
        period=f"{row.period.name} ({row.period.key})",
        agency=row.agency.name,
        timezone=row.agency.timezone,
        whom=row.item.key if row.item else WHOLE,
        until=row.until,
        received_at=row.received_at,
        state=row.state,
        decided_at=row.decided_at,
        answer=row.answer,
    )


def request_in_scope(request_id: int, scope: ColumnElement[bool]) -> ExtensionRequest | None:
    return db.session.scalars(
        db.select(ExtensionRequest)
        .join(Agency, Agency.id == ExtensionRequest.agency_id)
        .where(ExtensionRequest.id == request_id, scope)
    ).one_or_none()


def granted_until(request_id: int) -> datetime | None:
    return db.session.scalar(db.select(Extension.until).where(Extension.request_id == request_id))


def later_lines(scope: ColumnElement[bool], *, number: int) -> Page:
    """Extensions of agencies in scope, every outage and every move; the latest decided first."""
    lines = [*_extensions(scope), *_outages(), *_moves()]
    lines.sort(key=lambda line: line.decided_at, reverse=True)
    number, pages = _within(number, len(lines))
    return Page(tuple(lines[(number - 1) * PER_PAGE : number * PER_PAGE]), len(lines), number, pages)


def _extensions(scope: ColumnElement[bool]) -> Iterable[LaterLine]:
    """Of a province: also for the reader of one agency in it."""
    whom, member = aliased(Agency), db.select(Agency.id).where(scope)
    provinces = db.select(Agency.province_id).where(scope, Agency.province_id.is_not(None))
    rows = db.session.execute(
        db.select(Extension, Period, whom.name, Item.key)
        .join(Period, Extension.period_id == Period.id)
        .outerjoin(whom, whom.id == db.func.coalesce(Extension.agency_id, Extension.province_id))
        .outerjoin(Item, Extension.item_id == Item.id)
        .where(
            or_(
                Extension.agency_id.in_(member),
                Extension.agency_id.is_(None) & Extension.province_id.is_(None),
                Extension.agency_id.is_(None)
                & or_(Extension.province_id.in_(member), Extension.province_id.in_(provinces)),
            )
        )
    )
    for extension, period, name, item in rows:
        place = name or "Semua instansi"
        if extension.province_id and not extension.agency_id:
            place = f"Instansi di wilayah {name}"
        yield LaterLine(
            kind=CoverKind.EXTENSION.label,
            period=f"{period.name} ({period.key})",
            whom=f"{place}, {item or WHOLE}",
            until=extension.until,
            before=None,
            decided_at=extension.decided_at,
            reason=extension.reason,
        )


def _outages() -> Iterable[LaterLine]:
    rows = db.session.execute(db.select(Outage, Period).join(Period, Outage.period_id == Period.id))
    for outage, period in rows:
        yield LaterLine(
            kind=CoverKind.OUTAGE.label,
            period=f"{period.name} ({period.key})",
            whom="Semua instansi",
            until=outage.extends_to,
            before=None,
            decided_at=outage.decided_at,
            reason=outage.reason,
        )


def _moves() -> Iterable[LaterLine]:
    for move in db.session.scalars(db.select(InstantMove)):
        for one in moved_by(move):
            yield LaterLine(
                kind=one.kind,
                period=f"{move.period.name} ({move.period.key})",
                whom="Semua instansi",
                until=one.after,
                before=one.before,
                decided_at=one.decided_at,
                reason=one.reason,
            )
