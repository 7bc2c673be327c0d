"""Letters of the secretariat as pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import joinedload

from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Period
from stranas.reminders.letter_rules import LetterState
from stranas.reminders.models import EscalationLetter
from stranas.reminders.rules import LetterKind
from stranas.system.db import db

ROWS = 50


@dataclass(frozen=True)
class LetterLine:
    """One letter: to which office, about how many targets, and where it stands."""

    id: int
    agency: str
    period: str
    kind: LetterKind
    office: str
    through: str
    awaited: int
    state: LetterState
    drafted_at: datetime
    number: str
    dated_on: date | None
    recorded_at: datetime | None
    withdrawn_at: datetime | None
    withdrawn_why: str
    has_scan: bool


@dataclass(frozen=True)
class Chosen:
    """What a list is narrowed to; None or empty: all."""

    period_id: int | None = None
    kind: LetterKind | None = None
    province_id: int | None = None
    state: LetterState | None = None
    search: str = ""


@dataclass(frozen=True)
class LetterPage:
    """`counts`: how many there are in each state, whatever state was chosen."""

    rows: tuple[LetterLine, ...]
    total: int
    number: int
    counts: dict[LetterState, int]

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))

    @property
    def drafts(self) -> int:
        return self.counts.get(LetterState.DRAFT, 0)


STATES: dict[LetterState, ColumnElement[bool]] = {
    LetterState.DRAFT: EscalationLetter.recorded_at.is_(None) & EscalationLetter.withdrawn_at.is_(None),
    LetterState.RECORDED: EscalationLetter.recorded_at.is_not(None),
    LetterState.WITHDRAWN: EscalationLetter.withdrawn_at.is_not(None),
}


def state_of(letter: EscalationLetter) -> LetterState:
    if letter.recorded_at:
        return LetterState.RECORDED
    return LetterState.WITHDRAWN if letter.withdrawn_at else LetterState.DRAFT


def letter_page(chosen: Chosen, *, number: int = 1) -> LetterPage:
    """Letters by state (drafts first), then the last drafted, then by agency."""
    counts = {state: _count(chosen, state) for state in LetterState}
    total = counts[chosen.state] if chosen.state else sum(counts.values())
    number = min(max(number, 1), max(1, -(-total // ROWS)))
    rows = db.session.scalars(_ordered(chosen).limit(ROWS).offset(ROWS * (number - 1)))
    return LetterPage(tuple(map(line_of, rows)), total, number, counts)


def chosen_letters(chosen: Chosen) -> Sequence[EscalationLetter]:
    """All of a list, for one file."""
    return db.session.scalars(_ordered(chosen)).all()


def _ordered(chosen: Chosen):
    first = db.case((STATES[LetterState.DRAFT], 0), (STATES[LetterState.RECORDED], 1), else_=2)
    return (
        db.select(EscalationLetter)
        .join(EscalationLetter.agency)
        .options(joinedload(EscalationLetter.agency), joinedload(EscalationLetter.period))
        .where(*_conditions(chosen))
        .order_by(first, EscalationLetter.period_id.desc(), Agency.code, EscalationLetter.id)
    )


def _count(chosen: Chosen, state: LetterState) -> int:
    wanted = _conditions(replace(chosen, state=state))
    query = db.select(db.func.count()).select_from(EscalationLetter).join(EscalationLetter.agency).where(*wanted)
    return db.session.scalar(query)


def _conditions(chosen: Chosen) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if chosen.period_id:
        found.append(EscalationLetter.period_id == chosen.period_id)
    if chosen.kind:
        found.append(EscalationLetter.kind == chosen.kind)
    if chosen.province_id:
        found.append((Agency.id == chosen.province_id) | (Agency.province_id == chosen.province_id))
    if chosen.state:
        found.append(STATES[chosen.state])
    if chosen.search:
        by_name = Agency.name.icontains(chosen.search, autoescape=True)
        found.append(by_name | EscalationLetter.number.icontains(chosen.search, autoescape=True))
    return found


def line_of(letter: EscalationLetter) -> LetterLine:
    return LetterLine(
        id=letter.id,
        agency=letter.agency.name,
        period=letter.period.key,
        kind=letter.kind,
        office=letter.content["office"],
        through=letter.content["through"],
        awaited=len(letter.content["lines"]),
        state=state_of(letter),
        drafted_at=letter.drafted_at,
        number=letter.number,
        dated_on=letter.dated_on,
        recorded_at=letter.recorded_at,
        withdrawn_at=letter.withdrawn_at,
        withdrawn_why=letter.withdrawn_why,
        has_scan=letter.file_id is not None,
    )


def sent_letters(scope: ColumnElement[bool], *, number: int = 1) -> LetterPage:
    """Letters about agencies in scope that were recorded as sent, the latest first."""
    sent = (
        db.select(EscalationLetter)
        .join(EscalationLetter.agency)
        .options(joinedload(EscalationLetter.agency), joinedload(EscalationLetter.period))
        .where(scope, STATES[LetterState.RECORDED])
    )
    total = db.session.scalar(db.select(db.func.count()).select_from(sent.subquery()))
    number = min(max(number, 1), max(1, -(-total // ROWS)))
    latest = sent.order_by(EscalationLetter.dated_on.desc(), EscalationLetter.id.desc())
    rows = db.session.scalars(latest.limit(ROWS).offset(ROWS * (number - 1)))
    return LetterPage(tuple(map(line_of, rows)), total, number, {LetterState.RECORDED: total})


def sent_letter(letter_id: int, scope: ColumnElement[bool]) -> EscalationLetter | None:
    """One of them."""
    return db.session.scalars(
        db.select(EscalationLetter)
        .join(EscalationLetter.agency)
        .where(EscalationLetter.id == letter_id, scope, STATES[LetterState.RECORDED])
    ).one_or_none()


def periods_with_letters() -> Sequence[Period]:
    """The latest first."""
    ids = db.select(EscalationLetter.period_id)
    return db.session.scalars(
        db.select(Period).where(Period.id.in_(ids)).order_by(Period.position.desc(), Period.id.desc())
    ).all()


def provinces() -> Sequence[Agency]:
    return db.session.scalars(db.select(Agency).where(Agency.level == AgencyLevel.PROVINCE).order_by(Agency.code)).all()


def same_number(number: str, *, besides: int) -> str | None:
    """The agency whose letter bears this number already: one register gives a number once."""
    return db.session.scalars(
        db.select(Agency.name)
        .join(EscalationLetter, EscalationLetter.agency_id == Agency.id)
        .where(EscalationLetter.number == number, EscalationLetter.id != besides)
        .order_by(Agency.name)
        .limit(1)
    ).first()
