"""Requests as pages show them, with their files, their history and their link."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency, Unit
from stranas.agencies.queries import units_within
from stranas.catalogue.models import DocumentKind
from stranas.evidence.queries import CheckResult, check_results
from stranas.evidence.rules import claim_key, ending_of
from stranas.reporting.models import Obligation
from stranas.requests.links import nonce_in
from stranas.requests.models import RequestEvent, RequestFile, RequestLink, UnitRequest
from stranas.requests.rules import Act, State, link_stands
from stranas.system import clock
from stranas.system.db import db

SHEETS = frozenset({"xlsx", "xls", "ods", "csv"})


@dataclass(frozen=True)
class FileView:
    """A document that came for a request. `sent_at` is empty while the unit may take it off."""

    id: int
    document_id: int
    name: str
    size: int | None
    received_at: datetime
    sent_at: datetime | None
    run: CheckResult | None
    kind: DocumentKind | None
    number: str
    dated_on: date | None


@dataclass(frozen=True)
class EventView:
    label: str
    note: str
    received_at: datetime
    actor: str


@dataclass(frozen=True)
class LinkView:
    """The standing link, its end as the domain's clock will show it."""

    ends_at: datetime
    stands: bool


@dataclass(frozen=True)
class RequestView:
    """One request. `due_at` is exclusive; `sent`: the files of the last round."""

    id: int
    obligation_id: int
    agency: str
    zone: str
    is_local: bool
    period: str
    item_key: str
    item_name: str
    target: str
    requirement_id: int | None
    requirement: str
    wanted: str
    criterion: str
    due_at: datetime
    state: State
    since: datetime
    unit_id: int
    unit: str
    unit_label: str
    unit_head: str
    description: str
    signer: str
    signing_since: date | None
    asked_at: datetime
    reason: str
    files: tuple[FileView, ...]
    events: tuple[EventView, ...]

    @property
    def fresh(self) -> list[FileView]:
        """Uploaded, not sent yet."""
        return [file for file in self.files if file.sent_at is None]

    @property
    def sent(self) -> list[FileView]:
        return [file for file in self.files if file.sent_at is not None]

    @property
    def last_round(self) -> list[FileView]:
        latest = max((file.sent_at for file in self.sent), default=None)
        return [file for file in self.sent if file.sent_at == latest]


def request_in_scope(request_id: int, scope: ColumnElement[bool]) -> UnitRequest | None:
    """The request, if its agency fulfils the condition of the reader's scope."""
    return db.session.scalars(
        db.select(UnitRequest)
        .join(Obligation, Obligation.id == UnitRequest.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .where(UnitRequest.id == request_id, scope)
    ).one_or_none()


def own_units(user: User) -> set[int]:
    """The units whose requests somebody answers: his own, and those inside it."""
    return units_within([m.unit_id for m in user.memberships if m.role is Role.UNIT and m.unit_id])


def request_of_units(request_id: int, unit_ids: Collection[int]) -> UnitRequest | None:
    return db.session.scalars(
        db.select(UnitRequest).where(UnitRequest.id == request_id, UnitRequest.unit_id.in_(unit_ids))
    ).one_or_none()


def requests_of_units(unit_ids: Collection[int]) -> list[UnitRequest]:
    """What the units are asked for, the earliest internal due instant first."""
    return list(
        db.session.scalars(
            db.select(UnitRequest)
            .where(UnitRequest.unit_id.in_(unit_ids), UnitRequest.state != State.WITHDRAWN)
            .order_by(UnitRequest.due_at, UnitRequest.id)
        ).unique()
    )


def requests_of_obligation(obligation_id: int) -> list[UnitRequest]:
    return list(
        db.session.scalars(
            db.select(UnitRequest)
            .where(UnitRequest.obligation_id == obligation_id, UnitRequest.state != State.WITHDRAWN)
            .order_by(UnitRequest.id)
        ).unique()
    )


def link_by_token(token: str) -> RequestLink | None:
    """The link of an address that we signed, whether it still stands or not."""
    nonce = nonce_in(token)
    return db.session.scalar(db.select(RequestLink).where(RequestLink.nonce == nonce)) if nonce else None


def is_standing(link: RequestLink) -> bool:
    return link_stands(expires_at=link.expires_at, revoked_at=link.revoked_at, now=clock.wall())


def standing_link(request_id: int) -> RequestLink | None:
    """The link that was not revoked; it may be over."""
    return db.session.scalar(
        db.select(RequestLink).where(RequestLink.request_id == request_id, RequestLink.revoked_at.is_(None))
    )


def link_view(link: RequestLink) -> LinkView:
    return LinkView(ends_at=clock.now() + (link.expires_at - clock.wall()), stands=is_standing(link))


def claimed_kind(request: UnitRequest, name: str) -> DocumentKind:
    """What a file is checked for: what the requirement asks for; without one, a worksheet or a report by its name."""
    if request.requirement:
        return request.requirement.kind
    return DocumentKind.DATA if ending_of(name) in SHEETS else DocumentKind.REPORT


def _claim(request: UnitRequest, name: str) -> str:
    return claim_key(claimed_kind(request, name).value, request.obligation.target_id)


def view_of(request: UnitRequest, *, whole: bool = True) -> RequestView:
    """`whole`: with its files and its history; a list does without."""
    obligation, unit = request.obligation, request.unit
    files, events = (_files(request), _events(request)) if whole else ((), ())
    period = obligation.period
    return RequestView(
        id=request.id,
        obligation_id=obligation.id,
        agency=obligation.agency.name,
        zone=obligation.agency.timezone,
        is_local=obligation.agency.level.is_local,
        period=f"{period.name} ({period.key})",
        item_key=obligation.item.key,
        item_name=obligation.item.name,
        target=obligation.text,
        requirement_id=request.requirement_id,
        requirement=request.requirement.title if request.requirement else "",
        wanted=request.wanted,
        criterion=request.criterion,
        due_at=request.due_at,
        state=request.state,
        since=request.since,
        unit_id=unit.id,
        unit=unit.name,
        unit_label=unit.short_name or unit.name,
        unit_head=unit.head or f"Pimpinan {unit.name}",
        description=request.description,
        signer=request.signer,
        signing_since=request.signing_since,
        asked_at=request.asked_at,
        reason=next((e.note for e in reversed(events) if e.label == Act.SENT_BACK.label), ""),
        files=files,
        events=events,
    )


def _files(request: UnitRequest) -> tuple[FileView, ...]:
    rows = db.session.scalars(
        db.select(RequestFile).where(RequestFile.request_id == request.id).order_by(RequestFile.id)
    ).all()
    claims = {row.id: _claim(request, row.document.name) for row in rows}
    runs = check_results({(row.document_id, claims[row.id]) for row in rows})
    return tuple(
        FileView(
            id=row.id,
            document_id=row.document_id,
            name=row.document.name,
            size=row.document.file.size if row.document.file else None,
            received_at=row.received_at,
            sent_at=row.sent_at,
            run=runs.get((row.document_id, claims[row.id])),
            kind=row.document.kind,
            number=row.document.number,
            dated_on=row.document.dated_on,
        )
        for row in rows
    )


def _events(request: UnitRequest) -> tuple[EventView, ...]:
    rows = db.session.execute(
        db.select(RequestEvent, User.name)
        .outerjoin(User, User.id == RequestEvent.actor_id)
        .where(RequestEvent.request_id == request.id)
        .order_by(RequestEvent.sequence)
    )
    return tuple(
        EventView(
            label=event.act.label,
            note=event.note,
            received_at=event.received_at,
            actor=name or ("melalui tautan" if event.link_id else ""),
        )
        for event, name in rows
    )


def origins(document_ids: Sequence[int]) -> dict[int, str]:
    """Document id → the unit that it came from."""
    rows = db.session.execute(
        db.select(RequestFile.document_id, Unit.name)
        .join(UnitRequest, UnitRequest.id == RequestFile.request_id)
        .join(Unit, Unit.id == UnitRequest.unit_id)
        .where(RequestFile.document_id.in_(document_ids))
        .order_by(RequestFile.id)
    )
    return {document_id: name for document_id, name in rows}


def still_awaited() -> list[UnitRequest]:
    """Requests that wait for their unit, of reports that can still take evidence."""
    rows = db.session.scalars(
        db.select(UnitRequest)
        .where(UnitRequest.state.in_([state for state in State if state.waits_for_unit]))
        .order_by(UnitRequest.id)
    ).unique()
    return [row for row in rows if _takes_evidence(row.obligation)]


def _takes_evidence(obligation: Obligation) -> bool:
    return obligation.submission is None or obligation.submission.status.is_editable


@dataclass(frozen=True)
class Recipient:
    """Somebody of a unit with an account, or the unit's own address (`id` empty)."""

    id: int | None
    email: str


def people_of_unit(unit: Unit) -> list[Recipient]:
    """The active people who are placed in the unit."""
    rows = db.session.execute(
        db.select(User.id, User.email)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.role == Role.UNIT, Membership.unit_id == unit.id, User.active.is_(True))
        .order_by(User.id)
    )
    return [Recipient(user_id, email) for user_id, email in rows]


def requests_by_obligation(obligation_ids: Collection[int]) -> dict[int, list[UnitRequest]]:
    """What is not over, by obligation."""
    rows = db.session.scalars(
        db.select(UnitRequest)
        .where(
            UnitRequest.obligation_id.in_(obligation_ids),
            UnitRequest.state.in_([state for state in State if state.is_open]),
        )
        .order_by(UnitRequest.due_at, UnitRequest.id)
    ).unique()
    found: dict[int, list[UnitRequest]] = defaultdict(list)
    for row in rows:
        found[row.obligation_id].append(row)
    return found
