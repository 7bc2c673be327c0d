"""What the outbox holds, for the mailbox page. Private messages never show their words to others."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row
from sqlalchemy.orm import defer

from stranas.agencies.models import Agency
from stranas.reminders.queries.kinds import Kind, is_of, kind_of
from stranas.system import channels, clock, outbox
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from stranas.system.text import JAKARTA

ROWS = 50
EARLIEST = date(1900, 1, 1)  # a day far before it has no instant in UTC


class Stand(enum.Enum):
    """How a message stands, for a reader: its state, or what is asked of people about it."""

    PLANNED = ("direncanakan", "Direncanakan", "belum", "clock")
    BY_HAND = ("menunggu-disalin", "Menunggu dikirim petugas", "tunggu", "copy")
    CLAIMED = ("sedang-dikirim", "Sedang dikirim", "draf", "refresh")
    SENT = ("terkirim", "Terkirim", "kirim", "send")
    KEPT = ("tercatat", "Tercatat, tidak dikirim keluar", "siap", "mail")
    UNDECIDED = ("perlu-keputusan", "Perlu keputusan", "kembali", "alert-triangle")
    FAILED = ("gagal", "Gagal", "gagal", "circle-x")
    CANCELLED = ("dibatalkan", "Dibatalkan", "belum", "ban")

    def __init__(self, key: str, words: str, mark: str, icon: str) -> None:
        self.key, self.words, self.mark, self.icon = key, words, mark, icon


def stand_of(message: OutboxMessage) -> Stand:
    if message.state is MessageState.PLANNED and message.channel in channels.sent_by_people():
        return Stand.BY_HAND
    if message.state is MessageState.SENT and message.outcome == outbox.KEPT:
        return Stand.KEPT
    return Stand.UNDECIDED if message.needs_decision else Stand[message.state.name]


def _stands(stand: Stand) -> ColumnElement[bool]:
    """The condition on OutboxMessage that `stand_of` says in words. What was kept counts as sent."""
    by_hand = OutboxMessage.channel.in_(channels.sent_by_people())
    more = {
        Stand.PLANNED: ~by_hand,
        Stand.BY_HAND: by_hand,
        Stand.UNDECIDED: OutboxMessage.needs_decision,
        Stand.FAILED: ~OutboxMessage.needs_decision,
    }
    states = {Stand.BY_HAND: MessageState.PLANNED, Stand.UNDECIDED: MessageState.FAILED, Stand.KEPT: MessageState.SENT}
    is_in_state = OutboxMessage.state == (states.get(stand) or MessageState[stand.name])
    return is_in_state & more[stand] if stand in more else is_in_state


@dataclass(frozen=True)
class Sought:
    """What the filters ask for. `day`: planned on that day in WIB. `search`: in address, subject and agency."""

    stand: Stand | None = None
    channel: str = ""
    kind: Kind | None = None
    agency: str = ""
    day: date | None = None
    search: str = ""


@dataclass(frozen=True)
class MailRow:
    """One message in the list. `why`: what became of it, or what it waits for, in a sentence."""

    id: int
    address: str
    subject: str
    kind: str
    channel: str
    agency_code: str
    agency_name: str
    stand: Stand
    planned_for: datetime
    sent_at: datetime | None
    why: str


@dataclass(frozen=True)
class MailView:
    """One message in full. `body` is None where the reader may not see it; `next_attempt` in the domain's time."""

    row: MailRow
    body: str | None
    attempts: int
    next_attempt: datetime | None
    can_be_sent_again: bool
    can_be_cancelled: bool


@dataclass(frozen=True)
class MailPage:
    """`undecided`, `failed` and `late` (planned, and long past their time) count the whole outbox, not the filters."""

    rows: tuple[MailRow, ...]
    total: int
    page: int
    undecided: int
    failed: int
    late: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))


def mail_page(sought: Sought, *, page: int = 1) -> MailPage:
    """Messages, the newest first; the number of statements is always the same."""
    conditions = list(_conditions(sought))
    total = db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage).where(*conditions))
    page = min(max(page, 1), max(1, -(-total // ROWS)))
    newest = db.select(OutboxMessage.id).where(*conditions)
    newest = newest.order_by(OutboxMessage.planned_for.desc(), OutboxMessage.id.desc())
    ids = db.session.scalars(newest.limit(ROWS).offset(ROWS * (page - 1))).all()
    return MailPage(tuple(_row(*found) for found in _read(ids)), total, page, **_attention())


def _read(ids: Sequence[int]) -> Sequence[Row]:
    """The rows of a page with their agencies, without the long columns."""
    long = (OutboxMessage.body_text, OutboxMessage.body_html, OutboxMessage.calendar, OutboxMessage.payload)
    return db.session.execute(
        db.select(OutboxMessage, Agency)
        .outerjoin(Agency, Agency.id == OutboxMessage.agency_id)
        .where(OutboxMessage.id.in_(ids))
        .order_by(OutboxMessage.planned_for.desc(), OutboxMessage.id.desc())
        .options(*(defer(column) for column in long))
    ).all()


def _conditions(sought: Sought) -> list[ColumnElement[bool]]:
    found = []
    if sought.stand:
        found.append(_stands(sought.stand))
    if sought.channel:
        found.append(OutboxMessage.channel == sought.channel)
    if sought.kind:
        found.append(is_of(sought.kind))
    if sought.agency:
        found.append(OutboxMessage.agency_id.in_(db.select(Agency.id).where(Agency.code == sought.agency)))
    if sought.day:
        begins = datetime.combine(max(sought.day, EARLIEST), time(), JAKARTA)
        found.append(OutboxMessage.planned_for.between(begins, begins + timedelta(days=1, microseconds=-1)))
    if sought.search:
        found.append(_holds(sought.search))
    return found


def _holds(words: str) -> ColumnElement[bool]:
    named = Agency.name.icontains(words, autoescape=True) | (Agency.code == words)
    return (
        OutboxMessage.address.icontains(words, autoescape=True)
        | OutboxMessage.subject.icontains(words, autoescape=True)
        | OutboxMessage.agency_id.in_(db.select(Agency.id).where(named))
    )


def _attention() -> dict[str, Any]:
    """What somebody should look at, in the whole outbox, in one statement."""
    late = _stands(Stand.PLANNED) & (OutboxMessage.planned_for < clock.now() - timedelta(minutes=10))
    counted = {"undecided": _stands(Stand.UNDECIDED), "failed": _stands(Stand.FAILED), "late": late}
    open_states = OutboxMessage.state.in_([MessageState.PLANNED, MessageState.FAILED])
    return dict(
        db.session.execute(
            db.select(*(db.func.count().filter(condition).label(name) for name, condition in counted.items())).where(
                open_states
            )
        )
        .mappings()
        .one()
    )


def mail_view(message_id: int, *, reader_id: int) -> MailView | None:
    found = db.session.execute(
        db.select(OutboxMessage, Agency)
        .outerjoin(Agency, Agency.id == OutboxMessage.agency_id)
        .where(OutboxMessage.id == message_id)
    ).one_or_none()
    return _view(*found, reader_id) if found else None


def _view(message: OutboxMessage, agency: Agency | None, reader_id: int) -> MailView:
    closed = message.private and message.recipient_id != reader_id
    again = outbox.next_attempt_at(message)
    return MailView(
        row=_row(message, agency),
        body=None if closed else message.body_text,
        attempts=message.attempts,
        next_attempt=clock.domain(again) if again else None,
        can_be_sent_again=message.state is MessageState.FAILED,
        can_be_cancelled=message.state in (MessageState.PLANNED, MessageState.FAILED) and not message.needs_decision,
    )


def _row(message: OutboxMessage, agency: Agency | None) -> MailRow:
    stand = stand_of(message)
    return MailRow(
        id=message.id,
        address=message.address,
        subject=message.subject,
        kind=kind_of(message.template).words,
        channel=channels.words_of(message.channel),
        agency_code=agency.code if agency else "",
        agency_name=agency.name if agency else "",
        stand=stand,
        planned_for=message.planned_for,
        sent_at=message.sent_at,
        why=message.outcome or "" if stand is not Stand.KEPT else "",
    )
