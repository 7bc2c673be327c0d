"""What was extended, for whom: the later ends of each period, in one question each."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from stranas.deadlines.models import Extension, InstantMove, Outage
from stranas.deadlines.rules import Cover, CoverKind, Instants
from stranas.system.db import db


def covers(period_ids: Collection[int]) -> dict[int, tuple[Cover, ...]]:
    """Extensions and outages by period id. Periods without any are there, empty."""
    found: dict[int, list[Cover]] = defaultdict(list)
    for extension in db.session.scalars(db.select(Extension).where(Extension.period_id.in_(period_ids))):
        found[extension.period_id].append(cover_of(extension))
    for outage in db.session.scalars(db.select(Outage).where(Outage.period_id.in_(period_ids))):
        found[outage.period_id].append(cover_of_outage(outage))
    return {period_id: tuple(found[period_id]) for period_id in period_ids}


def cover_of(extension: Extension) -> Cover:
    return Cover(
        until=extension.until,
        decided_at=extension.decided_at,
        reason=extension.reason,
        agency_id=extension.agency_id,
        province_id=extension.province_id,
        item_id=extension.item_id,
    )


def cover_of_outage(outage: Outage) -> Cover:
    return Cover(
        until=outage.extends_to,
        decided_at=outage.decided_at,
        reason=outage.reason,
        kind=CoverKind.OUTAGE,
        began_at=outage.began_at,
        ended_at=outage.ended_at,
    )


@dataclass(frozen=True)
class Moved:
    """One instant of a period that was moved: its name on screen, and before and after (exclusive ends)."""

    period_id: int
    what: str
    before: datetime
    after: datetime
    reason: str
    decided_at: datetime

    @property
    def kind(self) -> str:
        return f"Perubahan {self.what}"


MOVABLE = (
    ("batas waktu", "due_before", "due_after"),
    ("penutupan pengisian", "locks_before", "locks_after"),
    ("batas akhir verifikasi", "verification_before", "verification_after"),
)


def moves(period_ids: Collection[int]) -> list[Moved]:
    """Every moved instant of these periods, in the order of the decisions."""
    rows = db.session.scalars(
        db.select(InstantMove).where(InstantMove.period_id.in_(period_ids)).order_by(InstantMove.id)
    )
    return [one for row in rows for one in moved_by(row)]


def moved_by(move: InstantMove) -> list[Moved]:
    """What one act moved; what it left where it was is not there."""
    return [
        Moved(move.period_id, what, getattr(move, before), getattr(move, after), move.reason, move.decided_at)
        for what, before, after in MOVABLE
        if getattr(move, before) != getattr(move, after)
    ]


def instants_as_known(stored: Instants, moved: Iterable[Moved], *, cutoff: datetime) -> Instants:
    """A period's instants as they stood at a cut-off, from the stored ones and the moves of this period."""
    later = [m for m in moved if m.decided_at >= cutoff]

    def known(what: str, instant: datetime) -> datetime:
        return next((m.before for m in later if m.what == what), instant)

    (due, *_), (locks, *_), (verification, *_) = MOVABLE
    return Instants(
        due_at=known(due, stored.due_at),
        locks_at=known(locks, stored.locks_at),
        verification_ends_at=known(verification, stored.verification_ends_at),
    )
