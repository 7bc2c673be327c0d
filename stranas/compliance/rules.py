"""The arithmetic of compliance: the only place that computes a figure. Standard library only.

Source: docs/rules.md, "Figures". Everything is exact (integers, Decimal, Fraction) and rounded once, half up, at
the end by `rounded`. Rates are percentages, 0 to 100; None where the denominator is empty (printed "–").
"""

import enum
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Context, Decimal, Inexact, localcontext
from fractions import Fraction
from zoneinfo import ZoneInfo

from stranas.reporting.rules import EventKind, SubmissionKind

JAKARTA = ZoneInfo("Asia/Jakarta")
DECISIONS = frozenset({EventKind.VERIFIED, EventKind.RETURNED, EventKind.REJECTED})
FINAL = frozenset({EventKind.VERIFIED, EventKind.REJECTED})
PERCENT = Fraction(100)
EXACT = Context(prec=100, traps=[Inexact])  # no digit is ever lost: rather it fails


@dataclass(frozen=True)
class Event:
    """One event of a submission. `claimed` and `review_on` are what a filing claimed, `score` what a decision gave."""

    sequence: int
    kind: EventKind
    received_at: datetime
    recorded_at: datetime
    score: Decimal | None = None
    claimed: SubmissionKind = SubmissionKind.ACHIEVEMENT
    review_on: date | None = None


@dataclass(frozen=True)
class Owed:
    """One obligation: its weight, when it is due (as known at the cut-off), from when until when it is in force."""

    weight: Decimal
    due_at: datetime
    in_force_from: datetime
    in_force_until: datetime | None = None
    events: tuple[Event, ...] = ()


class Beside(enum.Enum):
    """The consented state beside the main line in which an obligation stands at the cut-off."""

    NOT_COMPETENT = "not_competent"
    NIL = "nil"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        return SubmissionKind(self.value).label


@dataclass(frozen=True)
class Result:
    """What one obligation is at a cut-off. The sets nest: accepted ⊆ verified ⊆ received ⊆ expected.

    weighed: it counts in capaian; score: that of the latest final decision, None where there is none (it weighs
    as 0); beside: why it is not weighed (or, with bukan kewenangan, not even expected); withheld: how it was
    judged is not shown to this reader, and is not in here.
    """

    weight: Decimal
    expected: bool = False
    received: bool = False
    on_time: bool = False
    verified: bool = False
    accepted: bool = False
    first_accepted: bool = False
    weighed: bool = False
    score: Decimal | None = None
    first_submitted_at: datetime | None = None
    beside: Beside | None = None
    withheld: bool = False

    def without_judgement(self) -> "Result":
        """How it was reported, without how it was judged. That it left every set cannot be hidden."""
        if not self.expected:
            return self
        return Result(
            weight=self.weight,
            expected=True,
            received=self.received,
            on_time=self.on_time,
            first_submitted_at=self.first_submitted_at,
            withheld=True,
        )


def result(owed: Owed, *, cutoff: datetime) -> Result:
    """Judge one obligation by the events recorded before the cut-off, in their sequence."""
    if not _in_force(owed, cutoff):
        return Result(weight=owed.weight)
    events = sorted((e for e in owed.events if e.recorded_at < cutoff), key=lambda event: event.sequence)
    beside = _beside(events, cutoff)
    if beside is Beside.NOT_COMPETENT:
        return Result(weight=owed.weight, beside=beside)
    filed = [event for event in events if event.kind is EventKind.FILED]
    decisions = [event.kind for event in events if filed and event.kind in DECISIONS]
    first = filed[0].received_at if filed else None
    return Result(
        weight=owed.weight,
        expected=True,
        received=bool(filed),
        on_time=first is not None and first < owed.due_at,
        verified=bool(decisions),
        accepted=decisions[-1:] == [EventKind.VERIFIED],
        first_accepted=decisions[:1] == [EventKind.VERIFIED],
        weighed=beside is None,
        score=_score(events),
        first_submitted_at=first,
        beside=beside,
    )


def _in_force(owed: Owed, cutoff: datetime) -> bool:
    return owed.in_force_from <= cutoff and (owed.in_force_until is None or cutoff < owed.in_force_until)


def _beside(events: Sequence[Event], cutoff: datetime) -> Beside | None:
    """What the latest decision consented to. A wait ends on its review date, by the calendar of Jakarta."""
    claim: Event | None = None
    consented: Event | None = None
    for event in events:
        if event.kind is EventKind.FILED:
            claim = event
        elif event.kind in DECISIONS:
            consented = claim if event.kind is EventKind.VERIFIED else None
    if consented is None or consented.claimed is SubmissionKind.ACHIEVEMENT:
        return None
    beside = Beside(consented.claimed.value)
    today = cutoff.astimezone(JAKARTA).date()
    waits_no_longer = beside is Beside.WAITING and (consented.review_on is None or consented.review_on <= today)
    return None if waits_no_longer else beside


def _score(events: Sequence[Event]) -> Decimal | None:
    """The score of the latest final decision, also while reopened; tidak memenuhi is 0. None: nothing decided."""
    final = [event for event in events if event.kind in FINAL]
    if not final:
        return None
    return Decimal(0) if final[-1].kind is EventKind.REJECTED else final[-1].score


@dataclass(frozen=True)
class Figures:
    """The nine figures over some obligations, with what pooling needs. Rates are exact percentages."""

    expected: int = 0
    received: int = 0
    on_time: int = 0
    verified: int = 0
    accepted: int = 0
    first_accepted: int = 0
    weighted_score: Fraction = Fraction(0)
    weight: Fraction = Fraction(0)
    nil: int = 0
    waiting: int = 0
    not_competent: int = 0
    withheld: int = 0  # obligations whose judgement this reader does not see: there are no figures of quality then

    @property
    def compliance(self) -> Fraction | None:
        """Kepatuhan: |R| / |E|."""
        return _percent(self.received, self.expected)

    @property
    def punctuality(self) -> Fraction | None:
        """Ketepatan waktu: |T| / |E|."""
        return _percent(self.on_time, self.expected)

    @property
    def achievement(self) -> Fraction | None:
        """Capaian: Σ w·s / Σ w. Scores run to 100 already; six weights of 16.67 make no more of it."""
        if self.withheld or not self.weight:
            return None
        return min(self.weighted_score / self.weight, PERCENT)

    @property
    def first_pass(self) -> Fraction | None:
        """Lolos verifikasi pertama: first decision accepted / |V|."""
        return None if self.withheld else _percent(self.first_accepted, self.verified)


def _percent(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None


def figures(results: Iterable[Result], *, whole: Fraction | None = None) -> Figures:
    """The figures of an agency, of one of its actions, or, pooled, of a group: over the union of obligations.

    whole: what all weights make up where a programme does not renormalise them (PERCENT, for an agency in one
    period); None: their own sum.
    """
    known = tuple(results)
    weighed = [r for r in known if r.weighed]
    return Figures(
        expected=sum(r.expected for r in known),
        received=sum(r.received for r in known),
        on_time=sum(r.on_time for r in known),
        verified=sum(r.verified for r in known),
        accepted=sum(r.accepted for r in known),
        first_accepted=sum(r.first_accepted for r in known),
        weighted_score=_exact(r.weight * r.score for r in weighed if r.score),
        weight=_remaining(weighed, known, whole),
        nil=sum(r.beside is Beside.NIL for r in known),
        waiting=sum(r.beside is Beside.WAITING for r in known),
        not_competent=sum(r.beside is Beside.NOT_COMPETENT for r in known),
        withheld=sum(r.withheld for r in known),
    )


def _exact(numbers: Iterable[Decimal]) -> Fraction:
    """Their sum with all its digits, and with those of products that are made on the way."""
    with localcontext(EXACT):
        return Fraction(sum(numbers))


def _remaining(weighed: Sequence[Result], known: Sequence[Result], whole: Fraction | None) -> Fraction:
    """Their weights; or the whole without what a verifier agreed to leave out: a consent must cost nobody anything."""
    own = _exact(r.weight for r in weighed)
    if whole is None or not weighed:
        return own
    left = whole - _exact(r.weight for r in known if r.beside)
    return left if left > 0 else own


@dataclass(frozen=True)
class Group:
    """Figures of several agencies: `pooled` over all their obligations, and means of the agencies' exact rates.

    agencies: those with an obligation; without: those left out because they have none. A rate that an agency
    does not have (nothing verified yet) stays out of that one mean; `judged` counts the agencies in first_pass.
    """

    pooled: Figures
    agencies: int
    without: int
    judged: int
    compliance: Fraction | None
    punctuality: Fraction | None
    achievement: Fraction | None
    first_pass: Fraction | None


def group(members: Iterable[Figures]) -> Group:
    known = tuple(members)
    counted = [f for f in known if f.expected]
    judged = [] if any(f.withheld for f in counted) else counted
    return Group(
        pooled=united(known),
        agencies=len(counted),
        without=len(known) - len(counted),
        judged=sum(f.first_pass is not None for f in judged),
        compliance=_mean(counted, lambda f: f.compliance),
        punctuality=_mean(counted, lambda f: f.punctuality),
        achievement=_mean(judged, lambda f: f.achievement),
        first_pass=_mean(judged, lambda f: f.first_pass),
    )


def united(members: Iterable[Figures]) -> Figures:
    """Over the union of their obligations: several agencies pooled, or one agency over several periods."""
    members = tuple(members)
    adds = {f.name: _sum if isinstance(f.default, Fraction) else sum for f in fields(Figures)}
    return Figures(**{name: add(getattr(one, name) for one in members) for name, add in adds.items()})


def _mean(members: Sequence[Figures], rate: Callable[[Figures], Fraction | None]) -> Fraction | None:
    values = [value for value in map(rate, members) if value is not None]
    return _sum(values) / len(values) if values else None


def _sum(values: Iterable[Fraction]) -> Fraction:
    """Many share few denominators: their numerators are added first, because adding fractions is slow."""
    numerators: Counter[int] = Counter()
    for value in values:
        numerators[value.denominator] += value.numerator
    return sum((Fraction(number, of) for of, number in numerators.items()), Fraction(0))


def rounded(value: Fraction | None) -> Decimal | None:
    """Two places, half up; exact, whatever the length of the fraction. Figures are never negative."""
    if value is None:
        return None
    hundredths = (value.numerator * 200 + value.denominator) // (value.denominator * 2)
    return Decimal(hundredths).scaleb(-2)


def ranks(values: Sequence[Decimal | None]) -> list[int | None]:
    """The rank of each rounded figure, highest first. Equal figures share a rank; without a figure there is none."""
    ordered = sorted((value for value in values if value is not None), reverse=True)
    first_place: dict[Decimal, int] = {}
    for place, value in enumerate(ordered, 1):
        first_place.setdefault(value, place)
    return [None if value is None else first_place[value] for value in values]
