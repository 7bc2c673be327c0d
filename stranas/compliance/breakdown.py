"""Figures of actions and sub-actions as rows: rounded once, ready for a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from stranas.compliance.rules import rounded
from stranas.compliance.snapshot import GroupFigures


@dataclass(frozen=True)
class Row:
    """Counts are sums over the agencies that owe something on it, rates their means; None: no figure, or not shown."""

    key: str
    name: str
    agencies: int
    expected: int
    received: int
    verified: int | None
    accepted: int | None
    compliance: Decimal | None
    first_pass: Decimal | None
    punctuality: Decimal | None
    achievement: Decimal | None


def rows(groups: Iterable[GroupFigures]) -> tuple[Row, ...]:
    return tuple(map(_row, groups))


def _row(of: GroupFigures) -> Row:
    found, pooled = of.group, of.group.pooled
    return Row(
        key=of.key,
        name=of.name,
        agencies=found.agencies,
        expected=pooled.expected,
        received=pooled.received,
        verified=None if pooled.withheld else pooled.verified,
        accepted=None if pooled.withheld else pooled.accepted,
        compliance=rounded(found.compliance),
        first_pass=rounded(found.first_pass),
        punctuality=rounded(found.punctuality),
        achievement=rounded(found.achievement),
    )
