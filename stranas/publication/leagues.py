"""League tables of a released period, and where one agency stands among its like. Pure: public figures in, rows out.

A place never stands alone: every row carries kepatuhan, lolos verifikasi pertama and capaian.
"""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from stranas.compliance.rules import ranks
from stranas.publication.queries.figures import PublicFigures

ZERO = Decimal(0)


class Order(enum.Enum):
    """By which figure the places are given."""

    COMPLIANCE = "kepatuhan"
    FIRST_PASS = "lolos"  # noqa: S105
    ACHIEVEMENT = "capaian"

    @property
    def label(self) -> str:
        return {"kepatuhan": "Kepatuhan", "lolos": "Lolos verifikasi pertama", "capaian": "Capaian"}[self.value]

    @property
    def figure(self) -> str:
        return {"kepatuhan": "compliance", "lolos": "first_pass", "capaian": "achievement"}[self.value]


@dataclass(frozen=True)
class Row:
    """`place`: equal printed figures share one; None without a figure."""

    place: int | None
    figures: PublicFigures


@dataclass(frozen=True)
class Standing:
    """Among `size` agencies that owed something, the agency itself included."""

    among: str
    size: int
    compliance: int | None
    first_pass: int | None


def league(rows: Sequence[PublicFigures], *, order: Order = Order.COMPLIANCE) -> list[Row]:
    """The highest first; those with equal figures by the other two, then by name; those without a figure last."""
    places = ranks([getattr(row, order.figure) for row in rows])
    ordered = sorted(zip(places, rows, strict=True), key=lambda pair: (_last(pair[0]), _beside(pair[1])))
    return [Row(place, figures) for place, figures in ordered]


def _last(place: int | None) -> tuple[bool, int]:
    return place is None, place or 0


def _beside(row: PublicFigures) -> tuple[Decimal, Decimal, Decimal, str]:
    return -(row.first_pass or ZERO), -(row.achievement or ZERO), -(row.compliance or ZERO), row.name


def standings(own: PublicFigures, rows: Sequence[PublicFigures], *, level: str) -> list[Standing]:
    """`rows`: all agencies of the same period. `level`: how its level is called. Empty when it owed nothing."""
    if not own.expected:
        return []
    owing = [row for row in rows if row.expected]
    found = [_standing(f"{level} di Indonesia", own, owing, lambda row: row.level == own.level)]
    if own.province_code:
        words = f"Pemerintah daerah di {own.province}"
        found.append(_standing(words, own, owing, lambda row: row.province_code == own.province_code))
    return found


def _standing(
    among: str, own: PublicFigures, rows: Sequence[PublicFigures], is_like: Callable[[PublicFigures], bool]
) -> Standing:
    like = [row for row in rows if is_like(row)]
    at = next(place for place, row in enumerate(like) if row.key == own.key)
    compliance, first_pass = (ranks([getattr(row, name) for row in like])[at] for name in ("compliance", "first_pass"))
    return Standing(among, len(like), compliance, first_pass)
