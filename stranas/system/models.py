"""Tables of the machinery: practice clock, audit trail, outbox, job runs."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from stranas.system.db import Code, Key, Long, Sha256, Short, choice, db, partial_index


class PracticeClock(db.Model):
    """At most one row (id 1): its presence makes this a practice database."""

    __tablename__ = "practice_clock"
    id: Mapped[Key]
    offset_seconds: Mapped[int]


class AuditEntry(db.Model):
    """Who did what to what, when; never changed. `seal` chains the rows (see system/audit.py)."""

    __tablename__ = "audit_entry"
    id: Mapped[Key]
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    actor_id: Mapped[int | None]
    actor_name: Mapped[Short]
    action: Mapped[Code]
    subject: Mapped[Short]
    outcome: Mapped[Code] = mapped_column(default="done")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    seal: Mapped[str | None] = mapped_column(String(64))


class MessageState(enum.Enum):
    PLANNED = "planned"
    CLAIMED = "claimed"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class OutboxMessage(db.Model):
    """One message to one person. `key` says which message it is; what it tells is payload.

    `agency_id`: the agency that it is about, where it is about one (for its history; the table lies above this room).
    `calendar`: an iCalendar text that goes along. `needs_decision`: it may have left the house, so a person says
    whether it arrived. `outcome` of a cancelled message says why it was not sent, of a planned one what it waits for.
    `seen_at`: when its recipient read it in the application.
    """

    __tablename__ = "outbox_message"
    __table_args__ = (
        UniqueConstraint("key"),
        Index("ix_outbox_message_state_planned_for", "state", "planned_for"),
        # All that the ledger filters and searches by: it need not turn over a page of words for every message.
        Index(
            "ix_outbox_message_ledger",
            *("planned_for", "id", "state", "needs_decision", "channel", "template", "agency_id", "address", "subject"),
        ),
        # One question of every page: what has this person not read?
        partial_index("ix_outbox_message_unseen", "recipient_id", where="seen_at IS NULL"),
    )
    id: Mapped[Key]
    key: Mapped[Short]
    channel: Mapped[Code]
    template: Mapped[Code]
    recipient_id: Mapped[int | None] = mapped_column(index=True)
    address: Mapped[Short]
    subject: Mapped[str] = mapped_column(String(300))
    body_text: Mapped[Long]
    body_html: Mapped[str | None] = mapped_column(Text)
    agency_id: Mapped[int | None] = mapped_column(index=True)
    calendar: Mapped[str | None] = mapped_column(Text)
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    private: Mapped[bool] = mapped_column(default=False)
    state: Mapped[MessageState] = mapped_column(choice(MessageState, "state"), default=MessageState.PLANNED)
    planned_for: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    needs_decision: Mapped[bool] = mapped_column(default=False, server_default=false())
    outcome: Mapped[str | None] = mapped_column(Text)


class JobRun(db.Model):
    """One run of one scheduled job for one anchor (usually a day): the unique pair makes it run once."""

    __tablename__ = "job_run"
    __table_args__ = (UniqueConstraint("job", "anchor"),)
    id: Mapped[Key]
    job: Mapped[Code]
    anchor: Mapped[Code]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(Text)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class StoredFile(db.Model):
    """Content-addressed bytes: one row per SHA-256, written after the bytes are safe in the storage."""

    __tablename__ = "stored_file"
    id: Mapped[Key]
    sha256: Mapped[Sha256] = mapped_column(unique=True)
    size: Mapped[int]
    backend: Mapped[Code]
    storage_key: Mapped[Short]
    stored_at: Mapped[datetime]


class Counter(db.Model):
    """Gapless numbers (receipts): `next` is taken under the row's lock in the transaction that uses it."""

    __tablename__ = "counter"
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    next: Mapped[int] = mapped_column(default=1)
