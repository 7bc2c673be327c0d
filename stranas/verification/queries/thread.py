"""Questions and answers about an obligation, as both sides read them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from stranas.accounts.models import Membership, Role, User
from stranas.reporting.models import Obligation
from stranas.system.db import db
from stranas.verification.models import ThreadEntry
from stranas.verification.queries.scope import verifies
from stranas.verification.rules import EntryKind, Side


@dataclass(frozen=True)
class LineView:
    side: Side
    kind: EntryKind
    office: str
    words: str
    written_at: datetime


@dataclass(frozen=True)
class Thread:
    """`is_open`: something was said after the last settling, or nothing was settled yet."""

    obligation_id: int
    entries: tuple[LineView, ...]

    @property
    def is_open(self) -> bool:
        return bool(self.entries) and self.entries[-1].kind is EntryKind.MESSAGE

    @property
    def awaits(self) -> Side | None:
        """Whose turn it is."""
        return self.entries[-1].side.other if self.is_open else None


@dataclass(frozen=True)
class ThreadRow:
    """One thread of the list, by its last line."""

    obligation_id: int
    agency_name: str
    item_key: str
    period_key: str
    text: str
    last: LineView


def thread_of(obligation_id: int) -> Thread:
    return Thread(obligation_id, tuple(_view(row) for row in _rows([obligation_id])))


def open_threads(obligation_ids: Collection[int]) -> set[int]:
    """Of these obligations those with a question that is not settled."""
    last: dict[int, EntryKind] = {}
    for row in _rows(obligation_ids):
        last[row.obligation_id] = row.kind
    return {obligation_id for obligation_id, kind in last.items() if kind is EntryKind.MESSAGE}


def last_entry(obligation_id: int) -> ThreadEntry | None:
    return db.session.scalars(
        db.select(ThreadEntry)
        .where(ThreadEntry.obligation_id == obligation_id)
        .order_by(ThreadEntry.id.desc())
        .limit(1)
    ).one_or_none()


def threads(*, scope: ColumnElement[bool], limit: int = 200) -> list[ThreadRow]:
    """The threads of obligations in scope: the open ones first, then the latest."""
    newest = select(db.func.max(ThreadEntry.id)).group_by(ThreadEntry.obligation_id)
    rows = db.session.execute(
        db.select(ThreadEntry, Obligation)
        .join(Obligation, Obligation.id == ThreadEntry.obligation_id)
        .where(ThreadEntry.id.in_(newest), scope)
        .order_by((ThreadEntry.kind == EntryKind.SETTLED), ThreadEntry.id.desc())
        .limit(limit)
    )
    return [
        ThreadRow(
            obligation_id=obligation.id,
            agency_name=obligation.agency.name,
            item_key=obligation.item.key,
            period_key=obligation.period.key,
            text=obligation.text,
            last=_view(entry),
        )
        for entry, obligation in rows
    ]


def verifiers_of(obligation: Obligation) -> Sequence[User]:
    """Active people who verify this obligation."""
    has_role = select(Membership.user_id).where(Membership.role == Role.VERIFIER)
    people = db.session.scalars(db.select(User).where(User.id.in_(has_role), User.active).order_by(User.id)).all()
    return [
        person
        for person in people
        if db.session.scalar(db.select(Obligation.id).where(Obligation.id == obligation.id, verifies(person)))
    ]


def verifier_office(person: User) -> str:
    """Roles and offices, not names: both sides read it."""
    agency = next((m.agency.name for m in person.memberships if m.role is Role.VERIFIER and m.agency), "")
    return f"Verifikator, {agency}" if agency else Role.VERIFIER.label


def told_thread(obligation_id: int) -> list[dict[str, str]]:
    """The thread as a decision remembers it, readable without the tables of this room."""
    return [
        {
            "side": row.side.value,
            "kind": row.kind.value,
            "office": row.office,
            "words": row.words,
            "at": row.written_at.isoformat(),
        }
        for row in _rows([obligation_id])
    ]


def entries_told(details: dict) -> tuple[LineView, ...]:
    """What `told_thread` wrote, read again."""
    return tuple(
        LineView(
            Side(line["side"]),
            EntryKind(line["kind"]),
            line["office"],
            line["words"],
            datetime.fromisoformat(line["at"]),
        )
        for line in details.get("thread", [])
    )


def _rows(obligation_ids: Collection[int]) -> Sequence[ThreadEntry]:
    return db.session.scalars(
        db.select(ThreadEntry).where(ThreadEntry.obligation_id.in_(obligation_ids)).order_by(ThreadEntry.id)
    ).all()


def _view(row: ThreadEntry) -> LineView:
    return LineView(row.side, row.kind, row.office, row.words, row.written_at)
