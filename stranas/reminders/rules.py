"""The ladder: on which day which step falls, and whom it reaches. Standard library only.

Source: the mission's own ladder (assumptions of the programme, editable); holidays from agencies.holidays.
"""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
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


@dataclass(frozen=True)
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


# Whom the steps of an anchor may reach: those who can still do something about it.
REACHED = {
    Anchor.DUE: (C, P, S),
    Anchor.LOCK: (C, P, S),
    Anchor.RETURN: (C, P),
    Anchor.CORRECTION: (C, P),
    Anchor.VERIFICATION: (V, S),
    Anchor.UNIT: (U, C, P),
}
FARTHEST = 90  # days


def step_problem(step: Step) -> tuple[str, str] | None:
    """(field, why) when a step cannot be one of a ladder."""
    if abs(step.days) > FARTHEST:
        return "days", f"Paling jauh {FARTHEST} hari sebelum atau sesudahnya."
    if step.anchor is Anchor.RETURN and step.days < 1:
        return "days", "Laporan baru diketahui dikembalikan sesudah harinya: tulis 1 atau lebih."
    if step.anchor in (Anchor.LOCK, Anchor.CORRECTION, Anchor.VERIFICATION) and step.days > 0:
        return "days", "Sesudah hari itu tidak ada lagi yang dapat dikirim atau diputus: tulis 0 atau kurang."
    if not step.audience:
        return "audience", "Pilih paling sedikit satu penerima."
    return None


def ladder_problem(steps: Collection[Step]) -> str | None:
    """Why these steps are no ladder, or None."""
    places = [(step.anchor, step.days, step.in_working_days) for step in steps]
    twice = next((place for place in places if places.count(place) > 1), None)
    if twice:
        step = Step(*twice)
        return f"{step.anchor.label}: langkah {step.words} tertulis dua kali. Gabungkan penerimanya."
    if not any(step.anchor is Anchor.DUE and step.days <= 0 and C in step.audience for step in steps):
        return "Sisakan paling sedikit satu langkah bagi Inspektorat sampai batas waktu."
    return None


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


def last_calls(ladder: Iterable[Step], audience: Audience) -> frozenset[Step]:
    """The steps of an audience that no personal choice silences: of each anchor the last one up to its day, and the
    very last."""
    heard = [step for step in ladder if audience in step.audience]
    found = set()
    for anchor in {step.anchor for step in heard}:
        steps = sorted((step for step in heard if step.anchor is anchor), key=lambda step: step.days)
        found |= {steps[-1], *[step for step in steps if step.days <= 0][-1:]}
    return frozenset(found)


# Days before the due day by which it is wise to be so far (suggestions, shown as such): what, and how many days.
INNER_DATES = (("Berkas dari unit lengkap", -10), ("Paraf selesai", -5), ("Persetujuan pejabat", -3))


def inner_dates(due_day: date, holidays: Collection[date]) -> tuple[tuple[str, date], ...]:
    """The suggested inner dates of a due day, each a working day."""
    return tuple((words, day_of(Step(Anchor.DUE, days), due_day, holidays)) for words, days in INNER_DATES)


@dataclass(frozen=True)
class Duty:
    """The day that something owed is counted from: of which period, by which anchor. `closed_on`: the first day on
    which nothing of it can be done any more; None while it can."""

    day: date
    anchor: Anchor
    period_key: str
    closed_on: date | None = field(default=None, compare=False)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def key(self) -> str:
        return f"{self.period_key}:{self.anchor.value}:{self.day.isoformat()}"


@dataclass(frozen=True)
class Call:
    """A step that has come for a duty, and the day on which it is sent."""

    duty: Duty
    step: Step
    day: date

    @property
    def key(self) -> str:
        """What says, with person and channel, which message this is."""
        return f"{self.duty.key}:{self.step.code}"

    @property
    def urgency(self) -> tuple[date, str]:
        return self.duty.day, self.key


@dataclass(frozen=True)
class Skipped:
    call: Call
    why: str


@dataclass(frozen=True)
class Window:
    """The days that a run is for: after `since`, up to and including `today`."""

    since: date
    today: date

    def __contains__(self, day: date) -> bool:
        return self.since < day <= self.today


CLOSED = "Terlewat saat layanan pengingat terhenti, dan sekarang tidak ada lagi yang dapat dikirim."


def fallen(
    duty: Duty, ladder: Iterable[Step], audience: Audience, window: Window, holidays: Collection[date]
) -> tuple[Call | None, list[Skipped]]:
    """The latest step that fell in the window for an audience, and the earlier ones that it stands for.

    Of what is closed only those were missed that fell while it was open."""
    calls = sorted(
        (
            Call(duty, step, day)
            for step in ladder
            if step.anchor is duty.anchor and audience in step.audience
            if (day := day_of(step, duty.day, holidays)) in window
        ),
        key=lambda call: (call.day, call.step.days),
    )
    if not calls:
        return None, []
    *earlier, latest = calls
    if duty.closed_on:
        return None, [Skipped(call, CLOSED) for call in calls if call.day < duty.closed_on]
    return latest, [Skipped(call, _stood_for(call, latest)) for call in earlier]


def _stood_for(call: Call, latest: Call) -> str:
    if call.day == latest.day:
        return f"Jatuh pada hari yang sama dengan {latest.step.words}, jadi disampaikan dalam satu pengingat."
    return f"Terlewat saat layanan pengingat terhenti; {latest.step.words} disampaikan sebagai gantinya."
