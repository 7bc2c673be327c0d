"""The ladder of a programme, what people chose, their calendar addresses, and letters that people send."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period, Programme
from stranas.reminders.rules import Anchor, LetterKind
from stranas.system.db import Code, Key, Long, Short, choice, db
from stranas.system.models import StoredFile


class LadderStep(db.Model):
    """One step of a programme's ladder: so many days (or working days) before (negative) or after its anchor, and
    whom it reaches (values of reminders.rules.Audience). A programme without any row has rules.DEFAULT_LADDER."""

    __tablename__ = "ladder_step"
    __table_args__ = (UniqueConstraint("programme_id", "anchor", "days", "in_working_days"),)
    id: Mapped[Key]
    programme_id: Mapped[int] = mapped_column(ForeignKey("programme.id"))
    anchor: Mapped[Anchor] = mapped_column(choice(Anchor, "anchor"))
    days: Mapped[int]
    in_working_days: Mapped[bool] = mapped_column(default=False)
    audience: Mapped[list[str]]

    programme: Mapped[Programme] = relationship()


class ReminderChoice(db.Model):
    """What one person chose: one digest a week, and a pause (both days included) with somebody who stands in."""

    __tablename__ = "reminder_choice"
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    weekly: Mapped[bool] = mapped_column(default=False)
    paused_from: Mapped[date | None]
    paused_until: Mapped[date | None]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]

    user: Mapped[User] = relationship(foreign_keys=user_id)
    substitute: Mapped[User | None] = relationship(foreign_keys=substitute_id)


class CalendarAddress(db.Model):
    """The secret part of a person's calendar address; a new one makes the old one worthless."""

    __tablename__ = "calendar_address"
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    token: Mapped[Code] = mapped_column(unique=True)
    made_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class EscalationLetter(db.Model):
    """A letter of the secretariat about what an agency still owes in a period: drafted here, signed and sent by people.

    `content`: the letter as finished words, frozen when it was drafted. `number`, `dated_on`, `file_id` (the scan) are
    recorded once it was sent. `withdrawn_why`: why it is not needed any more.
    """

    __tablename__ = "escalation_letter"
    __table_args__ = (UniqueConstraint("period_id", "agency_id", "kind"),)
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"))
    kind: Mapped[LetterKind] = mapped_column(choice(LetterKind, "kind"))
    drafted_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    number: Mapped[Short] = mapped_column(default="")
    dated_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    file_name: Mapped[Short] = mapped_column(default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_why: Mapped[Long] = mapped_column(default="")

    agency: Mapped[Agency] = relationship()
    period: Mapped[Period] = relationship()
    file: Mapped[StoredFile | None] = relationship()
    recorded_by: Mapped[User | None] = relationship()
