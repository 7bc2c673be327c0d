"""The way from the end of verification to the released result. Standard library only; all instants are UTC.

Verification closes by the clock; from then on nobody decides for the first time. Agencies may ask for clarification
until clarification_ends_at; a second verifier answers. Results are released at one instant for all agencies.
"""

import enum
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from stranas.deadlines.rules import JAKARTA, end_of, working_day_after
from stranas.reporting.rules import EventKind, Status, SubmissionKind


class Stage(enum.Enum):
    """Where a period stands on its way to the released result."""

    FILLING = "filling"
    VERIFICATION = "verification"
    CLOSING = "closing"  # the end of verification has passed, and the schedule has not written it yet
    CLARIFICATION = "clarification"
    READY = "ready"
    RELEASED = "released"

    @property
    def label(self) -> str:
        return {
            "filling": "Pengisian",
            "verification": "Verifikasi",
            "closing": "Verifikasi ditutup",
            "clarification": "Masa klarifikasi nilai",
            "ready": "Siap ditetapkan",
            "released": "Ditetapkan",
        }[self.value]

    @property
    def mark(self) -> str:
        """The class of its status on screen."""
        return {
            "filling": "draf",
            "verification": "kirim",
            "closing": "tunggu",
            "clarification": "setuju",
            "ready": "siap",
            "released": "verif",
        }[self.value]


def stage(
    *,
    now: datetime,
    locks_at: datetime,
    verification_ends_at: datetime,
    clarification_ends_at: datetime | None,
    released_at: datetime | None,
) -> Stage:
    """By the clock alone; every end is the first moment that is too late."""
    if is_released(released_at, now):
        return Stage.RELEASED
    if now < locks_at:
        return Stage.FILLING
    if now < verification_ends_at:
        return Stage.VERIFICATION
    if clarification_ends_at is None:
        return Stage.CLOSING
    return Stage.CLARIFICATION if now < clarification_ends_at else Stage.READY


def is_released(released_at: datetime | None, at: datetime) -> bool:
    """Released from the instant itself on; a coming instant takes effect by the clock."""
    return released_at is not None and released_at <= at


def clarification_ends(
    *, verification_ends_at: datetime, closed_at: datetime, working_days: int, holidays: Collection[date]
) -> datetime:
    """The exclusive end of the masa klarifikasi. Its first day is the day after verification ended, or the day on
    which the closing was written where that came later: nobody loses a day because a machine stood still."""
    last_of_verification = (verification_ends_at - timedelta(microseconds=1)).astimezone(JAKARTA).date()
    before_closing = closed_at.astimezone(JAKARTA).date() - timedelta(days=1)
    return end_of(working_day_after(max(last_of_verification, before_closing), working_days, holidays))


def minutes_due(*, clarification_ends_at: datetime, working_days: int, holidays: Collection[date]) -> datetime:
    """Until when (exclusive) the release waits for signatures under the berita acara."""
    last = (clarification_ends_at - timedelta(microseconds=1)).astimezone(JAKARTA).date()
    return end_of(working_day_after(last, working_days, holidays))


class Outcome(enum.Enum):
    """What a second verifier answers to a clarification."""

    KEPT = "kept"
    CHANGED = "changed"

    @property
    def label(self) -> str:
        return {"kept": "Nilai tetap", "changed": "Nilai diubah"}[self.value]


# What may be asked about: what was judged, and what still waited for its judgement when verification closed.
QUESTIONABLE = (Status.VERIFIED, Status.REJECTED, Status.SENT)


@dataclass(frozen=True)
class Answer:
    """What the second verifier chose: the result stays, or becomes this event with this score."""

    event: EventKind | None = None
    score: Decimal | None = None

    @property
    def outcome(self) -> Outcome:
        return Outcome.KEPT if self.event is None else Outcome.CHANGED


@dataclass(frozen=True)
class Choice:
    """One possible answer, as the form offers it."""

    word: str
    answer: Answer


def choices(
    *, status: Status, kind: SubmissionKind, score: Decimal | None, scores: Collection[int]
) -> tuple[Choice, ...]:
    """The answers to a clarification of a submission that stands so: its result stays, or another one."""
    offered = [Choice("tetap", Answer())]
    if status not in QUESTIONABLE:
        return tuple(offered)
    if kind is not SubmissionKind.ACHIEVEMENT:
        if status is Status.SENT:
            offered.append(Choice("setuju", Answer(EventKind.VERIFIED)))
        return tuple(offered)
    for step in sorted(scores):
        if status is not Status.VERIFIED or score != step:
            offered.append(Choice(f"nilai-{step}", Answer(EventKind.VERIFIED, Decimal(step))))
    if status is not Status.REJECTED:
        offered.append(Choice("tidak-memenuhi", Answer(EventKind.REJECTED, Decimal(0))))
    return tuple(offered)


class Side(enum.Enum):
    """Whose signature stands under a berita acara."""

    AGENCY = "agency"
    VERIFIER = "verifier"

    @property
    def label(self) -> str:
        return {"agency": "Instansi", "verifier": "Verifikator"}[self.value]


class Stance(enum.Enum):
    """How a side put its name under a berita acara, or why it did not."""

    SIGNED = "signed"
    WITH_REMARK = "with_remark"
    REFUSED = "refused"

    @property
    def label(self) -> str:
        return {
            "signed": "Ditandatangani",
            "with_remark": "Ditandatangani dengan catatan",
            "refused": "Tidak ditandatangani, dengan catatan",
        }[self.value]

    @property
    def needs_remark(self) -> bool:
        return self is not Stance.SIGNED


def minutes_number(*, period_key: str, agency_code: str) -> str:
    """Like BA-B15-33.23: one berita acara per agency and period."""
    return f"BA-{period_key}-{agency_code}"


@dataclass(frozen=True)
class Unfinished:
    """What is not settled when a release is set. Any of it asks for a reason."""

    undecided: int = 0
    open_clarifications: int = 0
    unsigned_in_time: int = 0  # berita acara that lack a side while the release still has to wait for them

    @property
    def is_empty(self) -> bool:
        return not (self.undecided or self.open_clarifications or self.unsigned_in_time)


def unfinished(
    *, undecided: int, open_clarifications: int, unsigned: int, release_at: datetime, minutes_due_at: datetime
) -> Unfinished:
    """Missing signatures count only until minutes_due_at: the release waits for nobody longer."""
    return Unfinished(undecided, open_clarifications, unsigned if release_at < minutes_due_at else 0)
