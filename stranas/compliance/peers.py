"""Where an agency stands among its like: those of its level, and those of its province."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from stranas.compliance.rules import Group, group, ranks, rounded
from stranas.compliance.snapshot import AgencyFigures, Snapshot


@dataclass(frozen=True)
class Place:
    """Among `size` agencies that owed something, the agency itself included: rank by kepatuhan and by lolos
    verifikasi pertama (None where it has no such figure), and the group's own figures.

    Nothing of it may be shown before the period is released, but to whom ranks are shown.
    """

    key: str
    name: str
    size: int
    compliance_rank: int | None
    first_pass_rank: int | None
    group: Group


def peers(country: Snapshot, agency_id: int) -> tuple[Place, ...]:
    """Its level, then its province if it lies in one. `country`: of all agencies; empty when it owed nothing."""
    own = next((row for row in country.agencies if row.agency.id == agency_id), None)
    if own is None or not own.figures.expected:
        return ()
    return tuple(_places(country, own))


def _places(country: Snapshot, own: AgencyFigures) -> Iterator[Place]:
    owing = [row for row in country.agencies if row.figures.expected]
    level, province = own.agency.level, own.agency.province_id
    yield _place("level", level.label, own, [row for row in owing if row.agency.level is level])
    if province is not None:
        like = [row for row in owing if row.agency.province_id == province]
        yield _place("province", own.agency.province, own, like)


def _place(key: str, name: str, own: AgencyFigures, like: list[AgencyFigures]) -> Place:
    at = like.index(own)
    return Place(
        key=key,
        name=name,
        size=len(like),
        compliance_rank=ranks(_rates(like, "compliance"))[at],
        first_pass_rank=ranks(_rates(like, "first_pass"))[at],
        group=group(row.figures for row in like),
    )


def _rates(rows: list[AgencyFigures], name: str) -> list[Decimal | None]:
    return [rounded(getattr(row.figures, name)) for row in rows]
