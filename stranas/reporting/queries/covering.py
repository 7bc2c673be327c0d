"""Signed cover letters: which are still out, since when, with whom."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement

from stranas.accounts.rules import heading_words
from stranas.agencies.models import Agency
from stranas.reporting.models import Approval, CoverLetter, Filing
from stranas.system.db import db


@dataclass(frozen=True)
class LetterState:
    """How far the letter of a filing is. `due_at` (exclusive) is None where no signed scan is asked for."""

    number: str
    filing_number: str
    agency: str
    timezone: str
    office: str
    since: datetime
    due_at: datetime | None
    scanned_at: datetime | None
    document_id: int | None

    @property
    def is_awaited(self) -> bool:
        return self.due_at is not None and self.scanned_at is None

    def is_overdue(self, now: datetime) -> bool:
        return self.is_awaited and now >= self.due_at


def letter_row(filing_id: int) -> CoverLetter | None:
    return db.session.scalars(db.select(CoverLetter).where(CoverLetter.filing_id == filing_id)).one_or_none()


def letters_of(filing_ids: Collection[int]) -> dict[int, LetterState]:
    """By filing id; filings without a letter of their own are left out."""
    rows = _states(CoverLetter.filing_id.in_(filing_ids))
    return dict(rows)


def awaited_letters(scope: ColumnElement[bool]) -> list[LetterState]:
    """The signed letters that are still out, the first due first."""
    awaited = CoverLetter.due_at.is_not(None) & CoverLetter.scanned_at.is_(None)
    return [state for _, state in _states(scope, awaited)]


def _states(*conditions: ColumnElement[bool]) -> list[tuple[int, LetterState]]:
    rows = db.session.execute(
        db.select(CoverLetter, Filing, Agency, Approval.signature)
        .join(Filing, Filing.id == CoverLetter.filing_id)
        .join(Agency, Agency.id == Filing.agency_id)
        .outerjoin(Approval, Approval.filing_id == Filing.id)
        .where(*conditions)
        .order_by(CoverLetter.due_at, CoverLetter.id)
    )
    return [(filing.id, _state(letter, filing, agency, signature)) for letter, filing, agency, signature in rows]


def _state(letter: CoverLetter, filing: Filing, agency: Agency, signature: list[str] | None) -> LetterState:
    return LetterState(
        number=letter.number,
        filing_number=filing.number,
        agency=agency.name,
        timezone=agency.timezone,
        office=heading_words(signature) if signature else "",
        since=filing.received_at,
        due_at=letter.due_at,
        scanned_at=letter.scanned_at,
        document_id=letter.document_id,
    )
