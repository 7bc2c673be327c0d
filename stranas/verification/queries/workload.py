"""Who verifies how much, and what nobody verifies. The number of questions grows with the verifiers, not with rows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from stranas.accounts.models import Membership, Role, User, VerifierAssignment
from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Item, Period
from stranas.reporting.models import Filing, Obligation, Submission, SubmissionVersion
from stranas.reporting.queries.work import in_force
from stranas.reporting.rules import Status
from stranas.system.db import db
from stranas.verification.models import Decision, ItemAssignment
from stranas.verification.queries.queue import still_open
from stranas.verification.queries.returns import latest_number
from stranas.verification.queries.scope import verifies

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
PAGE = 50


@dataclass(frozen=True)
class Load:
    """What lies with one verifier. `items`: what he is limited to, or has everywhere, in words."""

    person_id: int
    name: str
    works_in: str
    waiting: int
    oldest: datetime | None
    ends_soonest: datetime | None
    decided_week: int
    decided_month: int
    agencies: int
    items: tuple[str, ...]


@dataclass(frozen=True)
class AgencyRow:
    """An agency with the names of those who verify it; `waiting`: reports that wait for a decision."""

    id: int
    code: str
    name: str
    level: AgencyLevel
    province: str
    verifiers: tuple[str, ...]
    waiting: int


@dataclass(frozen=True)
class AgencyPage:
    rows: tuple[AgencyRow, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class HeldItem:
    id: int
    key: str
    name: str
    everywhere: bool

    @property
    def words(self) -> str:
        return f"{self.key} di semua instansi" if self.everywhere else f"hanya {self.key}"


def verifiers() -> Sequence[User]:
    """Active people who verify, by name."""
    has_role = select(Membership.user_id).where(Membership.role == Role.VERIFIER)
    return db.session.scalars(db.select(User).where(User.id.in_(has_role), User.active).order_by(User.name)).all()


def verifier_by_id(person_id: int) -> User | None:
    return next((person for person in verifiers() if person.id == person_id), None)


def loads(*, now: datetime) -> list[Load]:
    """Every active verifier, the most burdened first."""
    people = verifiers()
    agencies = dict(
        db.session.execute(
            db.select(VerifierAssignment.user_id, db.func.count()).group_by(VerifierAssignment.user_id)
        ).all()
    )
    week, month = _decided_since(now - WEEK), _decided_since(now - MONTH)
    items = held_items([person.id for person in people])
    made = [_load(person, agencies, week, month, items, now) for person in people]
    return sorted(made, key=lambda load: (-load.waiting, load.name))


def _load(
    person: User, agencies: Mapping, week: Mapping, month: Mapping, items: Mapping[int, list[HeldItem]], now: datetime
) -> Load:
    waiting, oldest, ends = db.session.execute(
        db.select(
            db.func.count(Submission.id), db.func.min(Filing.received_at), db.func.min(Period.verification_ends_at)
        )
        .select_from(Submission)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Period, Period.id == Obligation.period_id)
        .join(SubmissionVersion, SubmissionVersion.submission_id == Submission.id)
        .join(Filing, Filing.id == SubmissionVersion.filing_id)
        .where(Submission.status == Status.SENT, SubmissionVersion.number == latest_number(), verifies(person))
        .where(still_open(now))
    ).one()
    return Load(
        person_id=person.id,
        name=person.name,
        works_in=", ".join(m.agency.name for m in person.memberships if m.agency),
        waiting=waiting,
        oldest=oldest,
        ends_soonest=ends,
        decided_week=week.get(person.id, 0),
        decided_month=month.get(person.id, 0),
        agencies=agencies.get(person.id, 0),
        items=tuple(item.words for item in items.get(person.id, [])),
    )


def _decided_since(instant: datetime) -> dict[int, int]:
    rows = db.session.execute(
        db.select(Decision.verifier_id, db.func.count())
        .where(Decision.decided_at > instant, Decision.verifier_id.is_not(None))
        .group_by(Decision.verifier_id)
    )
    return {person_id: count for person_id, count in rows}


def held_items(person_ids: Collection[int]) -> dict[int, list[HeldItem]]:
    rows = db.session.execute(
        db.select(ItemAssignment.user_id, Item.id, Item.key, Item.name, ItemAssignment.everywhere)
        .join(Item, Item.id == ItemAssignment.item_id)
        .where(ItemAssignment.user_id.in_(person_ids))
        .order_by(Item.position)
    )
    found: dict[int, list[HeldItem]] = {}
    for person_id, *item in rows:
        found.setdefault(person_id, []).append(HeldItem(*item))
    return found


def least_burdened(made: Sequence[Load]) -> Load | None:
    """Whom to ask next: the fewest waiting, then the fewest agencies; whoever is limited to items is left out."""
    free = [load for load in made if not load.items] or list(made)
    return min(free, key=lambda load: (load.waiting, load.agencies, load.name), default=None)


def agency_page(
    *, now: datetime, search: str = "", only_unassigned: bool = False, of: User | None = None, page: int = 1
) -> AgencyPage:
    """Agencies that owe something, those without a verifier first. `of`: only those of one verifier."""
    query = db.select(Agency).where(_owes(now))
    if search:
        query = query.where(
            or_(Agency.name.icontains(search, autoescape=True), Agency.code == search, Agency.short_name == search)
        )
    if only_unassigned:
        query = query.where(~_is_assigned())
    if of:
        query = db.select(Agency).where(
            Agency.id.in_(select(VerifierAssignment.agency_id).where(VerifierAssignment.user_id == of.id))
        )
    total = db.session.scalar(db.select(db.func.count()).select_from(query.subquery())) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, page), pages)
    found = db.session.scalars(query.order_by(_is_assigned(), Agency.code).limit(PAGE).offset((page - 1) * PAGE)).all()
    return AgencyPage(_agency_rows(found, now=now), total, page, pages)


def unassigned_count(*, now: datetime) -> int:
    query = db.select(db.func.count()).select_from(Agency).where(_owes(now), ~_is_assigned())
    return db.session.scalar(query) or 0


def _owes(now: datetime) -> ColumnElement[bool]:
    return Agency.id.in_(select(Obligation.agency_id).where(in_force(now)))


def _is_assigned() -> ColumnElement[bool]:
    """A condition on Agency: somebody whose account is active verifies it."""
    return (
        db.exists()
        .where(
            VerifierAssignment.agency_id == Agency.id,
            VerifierAssignment.user_id.in_(select(User.id).where(User.active)),
        )
        .correlate(Agency)
    )


def _agency_rows(agencies: Sequence[Agency], *, now: datetime) -> tuple[AgencyRow, ...]:
    ids = [agency.id for agency in agencies]
    names: dict[int, list[str]] = {}
    for agency_id, name in db.session.execute(
        db.select(VerifierAssignment.agency_id, User.name)
        .join(User, User.id == VerifierAssignment.user_id)
        .where(VerifierAssignment.agency_id.in_(ids), User.active)
        .order_by(User.name)
    ):
        names.setdefault(agency_id, []).append(name)
    waiting = dict(
        db.session.execute(
            db.select(Obligation.agency_id, db.func.count())
            .join(Submission, Submission.obligation_id == Obligation.id)
            .join(Period, Period.id == Obligation.period_id)
            .where(Submission.status == Status.SENT, Obligation.agency_id.in_(ids), still_open(now))
            .group_by(Obligation.agency_id)
        ).all()
    )
    provinces = dict(
        db.session.execute(
            db.select(Agency.id, Agency.name).where(Agency.id.in_({a.province_id for a in agencies if a.province_id}))
        ).all()
    )
    return tuple(
        AgencyRow(
            id=agency.id,
            code=agency.code,
            name=agency.name,
            level=agency.level,
            province=provinces.get(agency.province_id, ""),
            verifiers=tuple(names.get(agency.id, ())),
            waiting=waiting.get(agency.id, 0),
        )
        for agency in agencies
    )


def provinces() -> list[tuple[int, str]]:
    rows = db.session.execute(
        db.select(Agency.id, Agency.name).where(Agency.level == AgencyLevel.PROVINCE).order_by(Agency.code)
    )
    return [(agency_id, name) for agency_id, name in rows]


def items() -> list[tuple[int, str]]:
    """Aksi and sub-aksi, in the order of the catalogue."""
    rows = db.session.execute(db.select(Item.id, Item.key, Item.name).where(Item.depth > 0).order_by(Item.position))
    return [(item_id, f"{key} {name}") for item_id, key, name in rows]
