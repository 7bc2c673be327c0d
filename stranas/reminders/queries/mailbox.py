"""What the outbox holds, for the mailbox page. Private messages never show their words to others."""

from dataclasses import dataclass
from datetime import datetime

from stranas.system import outbox
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage

ROWS = 50
# State: word, class of tokens.css, icon.
WORDS = {
    MessageState.PLANNED: ("Direncanakan", "belum", "clock"),
    MessageState.CLAIMED: ("Sedang dikirim", "draf", "refresh"),
    MessageState.SENT: ("Terkirim", "kirim", "send"),
    MessageState.FAILED: ("Gagal", "gagal", "circle-x"),
    MessageState.CANCELLED: ("Dibatalkan", "belum", "ban"),
}
KEPT = ("Tercatat, tidak dikirim keluar", "siap", "mail")


@dataclass(frozen=True)
class Word:
    """A state as it is shown."""

    words: str
    mark: str
    icon: str


def word_of(state: MessageState, *, kept: bool = False) -> Word:
    return Word(*(KEPT if kept else WORDS[state]))


@dataclass(frozen=True)
class MailView:
    """One message. `body` is None where the reader may not see it."""

    id: int
    address: str
    subject: str
    body: str | None
    state: MessageState
    word: Word
    planned_for: datetime
    sent_at: datetime | None
    attempts: int
    failure: str | None

    @property
    def can_be_sent_again(self) -> bool:
        return self.state is MessageState.FAILED


@dataclass(frozen=True)
class MailPage:
    rows: tuple[MailView, ...]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // ROWS))


def mail_page(*, reader_id: int, state: MessageState | None = None, search: str = "", page: int = 1) -> MailPage:
    """Messages, the newest first; `search` looks in address and subject."""
    query = db.select(OutboxMessage)
    if state:
        query = query.where(OutboxMessage.state == state)
    if search:
        found = OutboxMessage.address.icontains(search, autoescape=True)
        query = query.where(found | OutboxMessage.subject.icontains(search, autoescape=True))
    total = db.session.scalar(db.select(db.func.count()).select_from(query.subquery()))
    page = min(max(page, 1), max(1, -(-total // ROWS)))
    newest = query.order_by(OutboxMessage.planned_for.desc(), OutboxMessage.id.desc())
    rows = db.session.scalars(newest.limit(ROWS).offset(ROWS * (page - 1)))
    return MailPage(tuple(_view(message, reader_id) for message in rows), total, page)


def mail_view(message_id: int, *, reader_id: int) -> MailView | None:
    message = db.session.get(OutboxMessage, message_id)
    return _view(message, reader_id) if message else None


def _view(message: OutboxMessage, reader_id: int) -> MailView:
    closed = message.private and message.recipient_id != reader_id
    kept = message.state is MessageState.SENT and message.outcome == outbox.KEPT
    return MailView(
        id=message.id,
        address=message.address,
        subject=message.subject,
        body=None if closed else message.body_text,
        state=message.state,
        word=word_of(message.state, kept=kept),
        planned_for=message.planned_for,
        sent_at=message.sent_at,
        attempts=message.attempts,
        failure=message.outcome if message.state is MessageState.FAILED else None,
    )
