"""What one person was told, newest first. Only what was told to himself."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import defer

from stranas.reminders.queries.kinds import kind_of
from stranas.system import outbox
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage

ROWS = 30


@dataclass(frozen=True)
class NoticeView:
    """`body` is empty in a list. `mailed`: whether it also went to his address, None where it was not meant to."""

    id: int
    subject: str
    kind: str
    body: str
    at: datetime
    is_new: bool
    address: str
    mailed: bool | None


@dataclass(frozen=True)
class NoticePage:
    rows: tuple[NoticeView, ...]
    total: int
    unread: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))

    @property
    def newest_id(self) -> int:
        return max((row.id for row in self.rows), default=0)


def notice_page(*, person_id: int, page: int = 1) -> NoticePage:
    mine = outbox.told(person_id)
    total = db.session.scalar(db.select(db.func.count()).where(mine))
    page = min(max(page, 1), max(1, -(-total // ROWS)))
    newest = db.select(OutboxMessage).where(mine).order_by(OutboxMessage.planned_for.desc(), OutboxMessage.id.desc())
    rows = db.session.scalars(
        newest.options(defer(OutboxMessage.body_text), defer(OutboxMessage.body_html), defer(OutboxMessage.calendar))
        .limit(ROWS)
        .offset(ROWS * (page - 1))
    )
    return NoticePage(tuple(_view(row, body="") for row in rows), total, outbox.unread(person_id), page)


def notice_view(message_id: int, *, person_id: int) -> NoticeView | None:
    query = db.select(OutboxMessage).where(outbox.told(person_id), OutboxMessage.id == message_id)
    message = db.session.scalar(query)
    return _view(message, body=message.body_text) if message else None


def _view(message: OutboxMessage, *, body: str) -> NoticeView:
    return NoticeView(
        id=message.id,
        subject=message.subject,
        kind=kind_of(message.template).words,
        body=body,
        at=message.planned_for,
        is_new=message.seen_at is None,
        address=message.address,
        mailed=_left(message) if message.channel == "mail" else None,
    )


def _left(message: OutboxMessage) -> bool:
    return message.state is MessageState.SENT and message.outcome != outbox.KEPT
