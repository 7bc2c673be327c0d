"""What the public may know: the figures of released periods, taken out of the frozen editions of their reports."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column

from stranas.publication.rules import Scope
from stranas.system.db import Code, Key, Long, Sha256, Short, choice, db, partial_unique


class PublishedEdition(db.Model):
    """One edition of a compliance report whose figures are public; never changed but for `is_current`.

    Names, days and instants are those that the edition states. One edition of a period is current: its newest.
    `class_names`: from the highest class to the lowest, as the edition counted.
    """

    __tablename__ = "published_edition"
    __table_args__ = (partial_unique("uq_published_edition_current", "period_id", where="is_current"),)
    id: Mapped[Key]
    edition_id: Mapped[int] = mapped_column(ForeignKey("edition.id"), unique=True)
    period_id: Mapped[int] = mapped_column(ForeignKey("period.id"), index=True)
    programme_key: Mapped[Code]
    programme: Mapped[Short]
    period_key: Mapped[Code]
    period: Mapped[Short]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    number: Mapped[int]
    reason: Mapped[Long] = mapped_column(default="")
    cutoff: Mapped[datetime]
    released_at: Mapped[datetime]
    decree: Mapped[Short] = mapped_column(default="")
    class_names: Mapped[list[str]]
    snapshot_sha256: Mapped[Sha256]
    published_at: Mapped[datetime]
    is_current: Mapped[bool] = mapped_column(default=True, server_default=true())


class PublishedFigure(db.Model):
    """The figures of one scope, over all actions (`action_key` empty) or of one action.

    Rates are percentages, rounded as printed; None prints "–". Of a group the plain rates are the mean of its
    agencies, the pooled ones over all their obligations. `scope_key`: code of the agency or province, value of the
    level, empty for the country. `first_sent_at`, `last_sent_at`: first filings of an agency, the earliest and latest.
    """

    __tablename__ = "published_figure"
    __table_args__ = (
        UniqueConstraint("published_edition_id", "scope", "scope_key", "action_key"),
        Index("ix_published_figure_scope", "scope", "scope_key", "action_key"),
    )
    id: Mapped[Key]
    published_edition_id: Mapped[int] = mapped_column(ForeignKey("published_edition.id"))
    scope: Mapped[Scope] = mapped_column(choice(Scope, "scope"))
    scope_key: Mapped[Code] = mapped_column(default="")
    name: Mapped[Short]
    level: Mapped[Code] = mapped_column(default="")
    province_code: Mapped[Code] = mapped_column(default="")
    province: Mapped[Short] = mapped_column(default="")
    action_key: Mapped[Code] = mapped_column(default="")
    action: Mapped[Long] = mapped_column(default="")
    agencies: Mapped[int] = mapped_column(default=0)
    expected: Mapped[int]
    received: Mapped[int]
    on_time: Mapped[int]
    verified: Mapped[int]
    accepted: Mapped[int]
    first_accepted: Mapped[int]
    compliance: Mapped[Decimal | None]
    punctuality: Mapped[Decimal | None]
    achievement: Mapped[Decimal | None]
    first_pass: Mapped[Decimal | None]
    pooled_compliance: Mapped[Decimal | None]
    pooled_punctuality: Mapped[Decimal | None]
    pooled_achievement: Mapped[Decimal | None]
    pooled_first_pass: Mapped[Decimal | None]
    score_class: Mapped[Code] = mapped_column(default="")
    rank: Mapped[int | None]
    first_sent_at: Mapped[datetime | None]
    last_sent_at: Mapped[datetime | None]
