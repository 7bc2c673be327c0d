"""What happened in the demo, as plain values: who owed what, what was written, handed in and decided, and when."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from stranas.catalogue.models import DocumentKind
from stranas.reporting.operations import Entry
from stranas.verification.rules import Part


@dataclass(frozen=True)
class Place:
    """An agency."""

    id: int
    code: str
    name: str
    level: str
    timezone: str
    province_id: int | None
    seat: str

    @property
    def is_local(self) -> bool:
        return self.level != "kl"


@dataclass(frozen=True)
class Quarter:
    id: int
    key: str
    name: str
    position: int
    starts_on: date
    ends_on: date
    due_at: datetime
    locks_at: datetime
    verification_ends_at: datetime


@dataclass(frozen=True)
class Need:
    """One evidence requirement."""

    id: int
    position: int
    kind: DocumentKind
    subject: str
    criterion: str
    target_id: int

    @property
    def title(self) -> str:
        return f"{self.position}. {self.kind.label}: {self.subject}"


@dataclass(frozen=True)
class Duty:
    """One obligation; `due_at` is its due instant with the extensions that the demo grants."""

    id: int
    place: Place
    quarter: Quarter
    item_id: int
    item_key: str
    track: str
    text: str
    unit: str
    value: Decimal
    weight: Decimal
    due_at: datetime
    needs: tuple[Need, ...]

    @property
    def seed(self) -> str:
        return f"{self.place.code} {self.quarter.key} {self.item_key} {self.track}"


@dataclass(frozen=True)
class Leaf:
    """What one page, sheet or picture shows. `flaw` is the code of the return reason that it deserves."""

    kind: DocumentKind
    agency: str
    office: str
    place: str
    subject: str
    number: str
    dated: date
    lines: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    flaw: str = ""


@dataclass(frozen=True)
class Paper:
    """A document of an agency's library: the same key is the same document."""

    key: str
    name: str
    form: str  # pdf, xlsx, csv, jpg or link
    at: datetime
    leaves: tuple[Leaf, ...] = ()
    url: str = ""

    @property
    def document(self) -> str:
        """Papers that repair one another are revisions of one document: their keys differ in the turn alone."""
        whole, _, turn = self.key.rpartition(" ")
        return whole if turn.isdigit() else self.key


@dataclass(frozen=True)
class Verdict:
    at: datetime
    parts: tuple[Part, ...]
    score: Decimal | None = None
    note: str = ""
    rejected: bool = False

    @property
    def returned(self) -> bool:
        return any(part.returned for part in self.parts)


@dataclass(frozen=True)
class Attempt:
    """One round: saved, perhaps marked ready, perhaps filed, perhaps decided. `papers` by requirement id; `asked_at`
    where it still waits for approval."""

    entry: Entry
    saved_at: datetime
    papers: tuple[tuple[int, Paper], ...] = ()
    ready_at: datetime | None = None
    asked_at: datetime | None = None
    filed_at: datetime | None = None
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Story:
    duty: Duty
    started_at: datetime
    attempts: tuple[Attempt, ...] = field(default=())
