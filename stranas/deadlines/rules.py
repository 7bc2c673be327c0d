"""Instants: how a programme's rule creates them, and when an obligation is due. Standard library only.

All instants are exclusive ends in UTC. Source of the default rule: an assumption (the rule of 2019–2020 is
unknown), shown as such; docs/decisions/0003.
"""

import enum
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")


@dataclass(frozen=True)
class Instants:
    due_at: datetime
    locks_at: datetime
    verification_ends_at: datetime


class RequestState(enum.Enum):
    """Where a request for an extension stands."""

    OPEN = "open"
    GRANTED = "granted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            "open": "Menunggu keputusan",
            "granted": "Dikabulkan",
            "declined": "Tidak dikabulkan",
            "withdrawn": "Ditarik",
        }[self.value]

    @property
    def mark(self) -> str:
        """The look of the status on a page."""
        return {"open": "tunggu", "granted": "verif", "declined": "gagal", "withdrawn": "belum"}[self.value]


class CoverKind(enum.Enum):
    EXTENSION = "extension"
    OUTAGE = "outage"

    @property
    def label(self) -> str:
        return "Gangguan layanan" if self is CoverKind.OUTAGE else "Perpanjangan batas waktu"


@dataclass(frozen=True)
class Later:
    """An extension or outage that covers an obligation: its new end, and when that was decided."""

    until: datetime
    decided_at: datetime


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < 5 and day not in holidays


def working_day_after(day: date, count: int, holidays: Collection[date]) -> date:
    """The count-th working day after a day (count ≥ 1)."""
    while count:
        day += timedelta(days=1)
        count -= is_working_day(day, holidays)
    return day


def rolled(day: date, holidays: Collection[date]) -> date:
    """The day itself, or the next working day."""
    return day if is_working_day(day, holidays) else working_day_after(day, 1, holidays)


def end_of(day: date) -> datetime:
    """The exclusive end of a day in Jakarta, as UTC: 00.00 of the day after."""
    return datetime.combine(day + timedelta(days=1), time(), JAKARTA).astimezone(UTC)


def instants(
    *,
    quarter_end: date,
    due_working_days: int,
    lock_days: int,
    verification_days: int,
    holidays: Collection[date],
) -> Instants:
    """The three instants of a period. Lock and verification end are calendar days after due, rolled."""
    due = working_day_after(quarter_end, due_working_days, holidays)
    return Instants(
        due_at=end_of(due),
        locks_at=end_of(rolled(due + timedelta(days=lock_days), holidays)),
        verification_ends_at=end_of(rolled(due + timedelta(days=verification_days), holidays)),
    )


def due(
    *, own_due_at: datetime | None, period_due_at: datetime, later: "Iterable[Later | Cover]", cutoff: datetime
) -> datetime:
    """When an obligation is due, as known at a cut-off: the latest of its own or the period's instant and of
    every extension and outage that covers it and was decided before the cut-off."""
    ends = [entry.until for entry in later if entry.decided_at < cutoff]
    return max([own_due_at or period_due_at, *ends])


def first_filing_closes(*, locks_at: datetime, due_at: datetime) -> datetime:
    """A first filing is open until the later of the two."""
    return max(locks_at, due_at)


def filing_closes(*, correction_ends_at: datetime | None, locks_at: datetime, due_at: datetime) -> datetime:
    """Until when (exclusive) a part may be sent: a first filing, or a correction, whose window never closes before
    the part is due; so a later extension moves both (docs/decisions/0006)."""
    if correction_ends_at is None:
        return first_filing_closes(locks_at=locks_at, due_at=due_at)
    return max(correction_ends_at, due_at)


def correction_closes(
    *, returned_at: datetime, days: int, filing_closes_at: datetime, verification_ends_at: datetime
) -> datetime:
    """The end of a correction window: the end of the days-th day after the return, or when a first filing of the
    same obligation closes, whichever is later; never after verification ends (docs/decisions/0006)."""
    day = returned_at.astimezone(JAKARTA).date() + timedelta(days=days)
    return min(max(end_of(day), filing_closes_at), verification_ends_at)


NO_ITEM = 0  # of no row: only what covers all items covers it


@dataclass(frozen=True)
class Cover:
    """An extension or outage of one period: whom it covers (None: everybody, every item) and until when.

    An outage says in `began_at` and `ended_at` when the service was not reachable.
    """

    until: datetime
    decided_at: datetime
    reason: str
    agency_id: int | None = None
    province_id: int | None = None
    item_id: int | None = None
    kind: CoverKind = CoverKind.EXTENSION
    began_at: datetime | None = None
    ended_at: datetime | None = None

    def covers(self, *, agency_id: int, province_id: int | None, item_id: int) -> bool:
        """A province's cover includes the provincial government itself."""
        return (
            self.agency_id in (None, agency_id)
            and (self.province_id is None or self.province_id in (agency_id, province_id))
            and self.item_id in (None, item_id)
        )

    def stopped(self, end: datetime) -> bool:
        """Whether the service was not reachable in the last moment before an exclusive end."""
        return self.began_at < end <= self.ended_at if self.began_at and self.ended_at else True


def reaching(
    covers: Iterable[Cover],
    *,
    due_at: datetime,
    agency_id: int,
    province_id: int | None,
    item_id: int,
    cutoff: datetime,
) -> list[Cover]:
    """The covers that count for one obligation at a cut-off: every extension that names it, and the outages in
    which it was due. `due_at`: its own due instant or the period's, without any extension.

    An outage may reach an obligation only because an extension, or an outage before, moved its end into it.
    """
    known = [
        cover
        for cover in covers
        if cover.decided_at < cutoff and cover.covers(agency_id=agency_id, province_id=province_id, item_id=item_id)
    ]
    found = [cover for cover in known if cover.kind is CoverKind.EXTENSION]
    ends = [due_at, *(cover.until for cover in found)]
    outages = (cover for cover in known if cover.kind is CoverKind.OUTAGE)
    for outage in sorted(outages, key=lambda cover: cover.began_at or cover.decided_at):
        if any(outage.stopped(end) for end in ends):
            found.append(outage)
            ends.append(outage.until)
    return found


def prolonged(end: datetime, covers: Iterable[Cover], *, verification_ends_at: datetime, cutoff: datetime) -> datetime:
    """When filing closes or a correction window ends, or the end that an outage gave to what closed in it: never
    after verification ends."""
    first = end
    outages = [c for c in covers if c.kind is CoverKind.OUTAGE and c.decided_at < cutoff]
    for outage in sorted(outages, key=lambda cover: cover.began_at or cover.decided_at):
        if outage.stopped(end):
            end = max(end, outage.until)
    return max(first, min(end, verification_ends_at))


BEYOND_VERIFICATION = "Pilih hari yang tidak melewati batas akhir verifikasi triwulan."


def until_problem(until: datetime, *, due_at: datetime, verification_ends_at: datetime) -> str | None:
    """Why an extension cannot run until then (exclusive), or None: it is later than the period's due instant and
    ends no later than verification, because nobody verifies what comes after that."""
    if until <= due_at:
        return "Pilih hari sesudah batas waktu triwulan ini."
    if until > verification_ends_at:
        return BEYOND_VERIFICATION
    return None


def move_problem(before: Instants, after: Instants, *, at: datetime) -> tuple[str, str] | None:
    """(field, why) when a period's instants cannot be moved like that at an instant: later only, none that is past,
    something must move, and due, lock and verification end keep their order."""
    for name in ("due_at", "locks_at", "verification_ends_at"):
        old, new = getattr(before, name), getattr(after, name)
        if new < old:
            return name, "Waktu ini hanya dapat dimundurkan ke hari yang lebih lambat."
        if new > old and at >= old:
            return name, "Waktu ini sudah lewat dan tidak dapat diubah."
    if before == after:
        return "due_at", "Belum ada waktu yang diubah."
    if not after.due_at < after.locks_at:
        return "locks_at", "Penutupan pengisian harus sesudah batas waktu. Mundurkan juga penutupan pengisian."
    if not after.locks_at < after.verification_ends_at:
        return "verification_ends_at", "Batas akhir verifikasi harus sesudah penutupan pengisian. Mundurkan juga."
    return None
