"""What a compliance report shows: plain frozen values, read once, shown by page, Excel, PDF, JSON and CSV."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from stranas.agencies.models import AgencyLevel
from stranas.catalogue.rules import ProgrammeRules
from stranas.compliance.rules import Figures, Group, Result
from stranas.reporting.rules import Status


@dataclass(frozen=True)
class AgencyName:
    id: int
    code: str
    name: str
    level: AgencyLevel
    province_id: int | None
    province_code: str
    province: str
    oversight_unit: str = ""

    @property
    def office(self) -> str:
        """Whom one calls or writes to: an office, never a person. "Inspektorat Kabupaten Temanggung"."""
        return f"{self.oversight_unit} {self.name}"

    @property
    def pair(self) -> tuple[str, str]:
        """What a list to choose from needs."""
        return self.code, self.name


@dataclass(frozen=True)
class AgencyFigures:
    agency: AgencyName
    figures: Figures


@dataclass(frozen=True)
class GroupFigures:
    """A province (key: its code), a level (key: its value), an action or an item (their keys).

    Of an action or item the members are the agencies that owe something on it, with their figures of it alone.
    """

    key: str
    name: str
    group: Group


@dataclass(frozen=True)
class Action:
    key: str
    name: str


@dataclass(frozen=True)
class Detail:
    """One obligation in the report. `status` is where its submission stood at the cut-off; `due_at` and `closes_at`
    (until when a first filing is open, exclusive) as known then."""

    obligation_id: int
    agency: AgencyName
    action: Action
    item_key: str
    item: str
    text: str
    unit: str
    value: Decimal
    due_at: datetime
    closes_at: datetime
    status: Status
    result: Result

    def without_judgement(self) -> "Detail":
        """Whatever became of it after it was sent, it is shown as sent."""
        status = Status.SENT if self.result.received else self.status
        return replace(self, status=status, result=self.result.without_judgement())


@dataclass(frozen=True)
class LaterEnd:
    """An extension, outage or moved instant decided before the cut-off that concerns the report, with how many
    obligations it reaches."""

    kind: str
    whom: str
    until: datetime
    decided_at: datetime
    reason: str
    obligations: int


@dataclass(frozen=True)
class ReasonCount:
    code: str
    reason: str
    count: int


@dataclass(frozen=True)
class Obstacle:
    """What one verified report says stands in the way, and what is planned; one of the two may be empty."""

    action: Action
    agency_code: str
    agency: str
    constraint: str
    follow_up: str


@dataclass(frozen=True)
class Snapshot:
    """One period of a programme at a cut-off, for the agencies in scope. `matrix` is by (agency id, action key).

    released_at, decree: of the release that had taken effect at the cut-off; None and empty before it.
    """

    programme: str
    programme_key: str
    period: str
    period_key: str
    starts_on: date
    ends_on: date
    due_at: datetime
    locks_at: datetime
    cutoff: datetime
    scope: str
    practice: bool
    released_at: datetime | None
    decree: str
    rules: ProgrammeRules
    agencies: tuple[AgencyFigures, ...]
    provinces: tuple[GroupFigures, ...]
    levels: tuple[GroupFigures, ...]
    total: Group
    actions: tuple[Action, ...]
    by_action: tuple[GroupFigures, ...]
    by_item: tuple[GroupFigures, ...]
    matrix: Mapping[tuple[int, str], Figures]
    details: tuple[Detail, ...]
    later_ends: tuple[LaterEnd, ...]
    reasons: tuple[ReasonCount, ...]

    @property
    def provisional(self) -> bool:
        """Figures are "sementara" until they are released."""
        return self.released_at is None

    @property
    def withheld(self) -> bool:
        """Whether judgements of some agencies are not in here: not released, and not for this reader."""
        return any(detail.result.withheld for detail in self.details)

    @property
    def awaiting(self) -> int | None:
        """Open verification: obligations whose report waits for a decision at the cut-off. None: withheld."""
        return None if self.withheld else sum(detail.status is Status.SENT for detail in self.details)

    @property
    def before_due(self) -> bool:
        return self.cutoff < self.due_at


@dataclass(frozen=True)
class Point:
    """One period of a trend, asked at the same cut-off as its neighbours. `agencies` is by agency id."""

    period: str
    period_key: str
    starts_on: date
    ends_on: date
    provisional: bool
    total: Group
    agencies: Mapping[int, Figures]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Point":
        return cls(
            period=snapshot.period,
            period_key=snapshot.period_key,
            starts_on=snapshot.starts_on,
            ends_on=snapshot.ends_on,
            provisional=snapshot.provisional,
            total=snapshot.total,
            agencies={row.agency.id: row.figures for row in snapshot.agencies},
        )
