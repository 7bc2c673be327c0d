"""Who plays in the demo, and how: agencies in the order in which smaller demos take them, and their temperament.

A temperament is fixed per agency, by its code: the same agency is good or late in every quarter.
"""

from dataclasses import dataclass, replace
from random import Random

TEMANGGUNG = "33.23"
# The first 60: the smaller a demo, the more the first ones must show. Dewi works in Kabupaten Jayapura.
# fmt: off
CORE = [
    "33.23", "33", "71.09", "91.03", "kemendagri", "76.02", "31", "kpk", "53.71", "76", "33.72",
    "kementerian-ppn-bappenas", "92.02", "62.01", "33.01", "33.02", "33.08", "33.09", "33.16", "33.22", "33.28",
    "33.29", "33.71", "33.74", "71", "71.03", "71.71", "72", "72.71", "73", "73.71", "73.08", "53", "53.04", "91",
    "91.71", "92", "81", "81.71", "76.05", "12", "12.71", "14", "14.71", "62", "62.71", "32.02", "35.19", "35.78",
    "51.71", "kementerian-panrb", "bkpm", "lkpp", "kemenkeu", "bpkp", "kasn", "kominfo", "kementerian-atr-bpn",
    "big", "kemensos",
]
# fmt: on


@dataclass(frozen=True)
class Temperament:
    """Chances between 0 and 1: that a report comes at all, that it comes in time, that it passes at first; and
    how far its work usually gets (the mean of the share of the target that is reached)."""

    name: str
    reports: float
    in_time: float
    passes: float
    reaches: float


GOOD = Temperament("good", 0.995, 0.97, 0.86, 0.97)
STEADY = Temperament("steady", 0.94, 0.9, 0.72, 0.86)
LATE = Temperament("late", 0.88, 0.45, 0.7, 0.84)
WEAK = Temperament("weak", 0.76, 0.68, 0.5, 0.62)
POOR = Temperament("poor", 0.52, 0.42, 0.42, 0.45)
_SHARES = ((GOOD, 30), (STEADY, 42), (LATE, 12), (WEAK, 12), (POOR, 4))
# Reports without anything to show, in every demo that has the agency: (agency, quarter, item).
NOTHING_TO_SHOW = {("53.71", "B12", "1-a"), ("76.02", "B09", "7-a"), ("91.03", "B15", "9-b")}
_FIXED = {
    "33.23": GOOD,
    "33": GOOD,
    "71.09": STEADY,
    "91.03": LATE,
    "kemendagri": STEADY,
    "76.02": WEAK,
    "31": GOOD,
    "kpk": GOOD,
    "53.71": POOR,
    "76": STEADY,
}


def chosen(count: int, known: list[str]) -> list[str]:
    """The codes of the first `count` agencies: the core, then the others by code."""
    core = [code for code in CORE if code in known]
    return (core + sorted(set(known) - set(core)))[:count]


def temperament(code: str) -> Temperament:
    if code in _FIXED:
        return _FIXED[code]
    kinds, weights = zip(*_SHARES, strict=True)
    drawn = Random(f"temperament {code}").choices(kinds, weights)[0]
    return _in_region(drawn, code[:2]) if code[:2].isdigit() else drawn


def _in_region(drawn: Temperament, province: str) -> Temperament:
    """Provinces differ: a bad line, a busy year, a province that helps its kabupaten and kota."""
    shift = Random(f"province {province}").gauss(-0.015, 0.05)
    return replace(drawn, reports=drawn.reports + shift, in_time=drawn.in_time + shift, reaches=drawn.reaches + shift)
