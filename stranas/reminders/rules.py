"""The ladder: on which day which step falls, and whom it reaches. Standard library only.

Source: the mission's own ladder (assumptions of the programme, editable); holidays from agencies.holidays.
"""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from stranas.deadlines.rules import is_working_day, working_day_after

SENT_AT = time(8)  # of the agency's own zone


class Anchor(enum.Enum):
    """The day that a step is counted from: always the WIB date of the last moment before an exclusive end."""

    DUE = "due"
    LOCK = "lock"
    RETURN = "return"
    CORRECTION = "correction"
    VERIFICATION = "verification"
    UNIT = "unit"

    @property
    def label(self) -> str:
        return {
            "due": "Batas waktu",
            "lock": "Penutupan pengisian",
            "return": "Pengembalian laporan",
            "correction": "Akhir masa perbaikan",
            "verification": "Batas akhir verifikasi",
            "unit": "Batas permintaan kepada unit",
        }[self.value]


class Audience(enum.Enum):
    """Whom a step reaches."""

    UNIT = "unit"
    COORDINATOR = "koordinator"
    CERTIFIER = "pejabat"
    VERIFIER = "verifikator"
    SECRETARIAT = "setnas"

    @property
    def label(self) -> str:
        return {
            "unit": "Unit yang diminta",
            "koordinator": "Inspektorat",
            "pejabat": "Pejabat penyetuju",
            "verifikator": "Verifikator",
            "setnas": "Sekretariat Nasional",
        }[self.value]


class LetterKind(enum.Enum):
    """Letters of the secretariat that people send: to the Sekda or Sekjen, then to the head of the agency."""

    SECRETARY = "secretary"
    HEAD = "head"

    @property
    def label(self) -> str:
        return {"secretary": "Surat kepada Sekda/Sekjen", "head": "Surat kepada pimpinan instansi"}[self.value]


@dataclass(frozen=True, order=True)
class Step:
    """`days` before (negative) or after the anchor's day, calendar days or working days."""

    anchor: Anchor
    days: int
    in_working_days: bool = False
    audience: tuple[Audience, ...] = (Audience.COORDINATOR,)

    @property
    def code(self) -> str:
        """What stands in a message's key: "-3", "5k" (k: hari kerja)."""
        return f"{self.days}{'k' if self.in_working_days else ''}"

    @property
    def words(self) -> str:
        """H-3, H+1 hari kerja, hari H."""
        if not self.days:
            return "hari H"
        return f"H{self.days:+d}{' hari kerja' if self.in_working_days else ''}"


C, P, U, V, S = Audience.COORDINATOR, Audience.CERTIFIER, Audience.UNIT, Audience.VERIFIER, Audience.SECRETARIAT
DEFAULT_LADDER = (
    *(Step(Anchor.DUE, days) for days in (-14, -7)),
    *(Step(Anchor.DUE, days, audience=(C, P)) for days in (-3, -1, 0, 1)),
    Step(Anchor.DUE, 3, audience=(S,)),
    Step(Anchor.LOCK, -3, audience=(C, P, S)),
    Step(Anchor.LOCK, -1, audience=(C, P)),
    Step(Anchor.RETURN, 1),
    *(Step(Anchor.CORRECTION, days) for days in (-7, -3)),
    *(Step(Anchor.CORRECTION, days, audience=(C, P)) for days in (-1, 0)),
    *(Step(Anchor.VERIFICATION, days, audience=(V,)) for days in (-14, -7, -3)),
    Step(Anchor.VERIFICATION, -1, audience=(V, S)),
    *(Step(Anchor.UNIT, days, audience=(U,)) for days in (-3, -1, 0)),
    Step(Anchor.UNIT, 1, audience=(U, C)),
    Step(Anchor.UNIT, 3, audience=(C, P)),
)


def day_of(step: Step, anchor_day: date, holidays: Collection[date]) -> date:
    """The day on which a step is sent. One that falls on no working day moves to the working day before; one after
    its anchor to the next."""
    if step.in_working_days:
        return _working_days_from(anchor_day, step.days, holidays)
    day = anchor_day + timedelta(days=step.days)
    if is_working_day(day, holidays):
        return day
    return working_day_after(day, 1, holidays) if step.days > 0 else working_day_before(day, 1, holidays)


def working_day_before(day: date, count: int, holidays: Collection[date]) -> date:
    """The count-th working day before a day (count ≥ 1)."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def _working_days_from(day: date, count: int, holidays: Collection[date]) -> date:
    if count > 0:
        return working_day_after(day, count, holidays)
    if count < 0:
        return working_day_before(day, -count, holidays)
    return day if is_working_day(day, holidays) else working_day_before(day, 1, holidays)


def sent_at(day: date, timezone: str) -> datetime:
    """The instant at which a step of that day is sent in a zone."""
    return datetime.combine(day, SENT_AT, ZoneInfo(timezone))


def last_calls(ladder: Iterable[Step]) -> frozenset[Step]:
    """The steps that no personal choice silences: of each anchor the last one up to its day, and the very last."""
    found: set[Step] = set()
    by_anchor: dict[Anchor, list[Step]] = {}
    for step in ladder:
        by_anchor.setdefault(step.anchor, []).append(step)
    for steps in by_anchor.values():
        found.add(max(steps, key=lambda step: step.days))
        before = [step for step in steps if step.days <= 0]
        if before:
            found.add(max(before, key=lambda step: step.days))
    return frozenset(found)


# Days before the due day by which it is wise to be so far (suggestions, shown as such): what, and how many days.
INNER_DATES = (("Berkas dari unit lengkap", -10), ("Paraf selesai", -5), ("Persetujuan pejabat", -3))


def inner_dates(due_day: date, holidays: Collection[date]) -> tuple[tuple[str, date], ...]:
    """The suggested inner dates of a due day, each a working day."""
    return tuple((words, day_of(Step(Anchor.DUE, days), due_day, holidays)) for words, days in INNER_DATES)


def step_on(*, last_day: date, today: date, since: date, steps: Collection[int]) -> int | None:
    """The step of the ladder that falls on today, or the latest one missed after the day `since`; None if none.

    Steps are days relative to the last day for filing: -1 is the day before it, 1 the day after.
    """
    fallen = [step for step in steps if since < last_day + timedelta(days=step) <= today]
    return max(fallen, default=None)
