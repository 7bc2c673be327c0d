"""What an agency is told on its home page: more time that it has, for as long as it matters."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines.queries.later import covers, moves
from stranas.deadlines.rules import NO_ITEM, Cover, CoverKind, reaching
from stranas.system.db import db

# A decision about a date that is past already is news for this long.
NEWS = timedelta(days=7)


@dataclass(frozen=True)
class Note:
    """`what` was moved `until` (exclusive), and why. `item`: its code, empty for all obligations."""

    what: str
    period: str
    item: str
    until: datetime
    reason: str
    is_outage: bool


def notes_for(agency: Agency, *, now: datetime) -> list[Note]:
    """Extensions, outages and moves that concern the agency: still ahead, or decided within the last days. The
    latest decided first."""
    periods = {period.id: period for period in db.session.scalars(db.select(Period))}
    items = dict(db.session.execute(db.select(Item.id, Item.key)).all())
    found = [
        (cover.decided_at, _note(cover, periods[period_id], items))
        for period_id, known in covers(list(periods)).items()
        for cover in _its(known, periods[period_id], agency, now)
        if _matters(cover.until, cover.decided_at, now)
    ]
    found += [
        (one.decided_at, Note(one.what, _title(periods[one.period_id]), "", one.after, one.reason, is_outage=False))
        for one in moves(list(periods))
        if _matters(one.after, one.decided_at, now)
    ]
    return [note for _, note in sorted(found, key=lambda entry: entry[0], reverse=True)]


def _its(known: Iterable[Cover], period: Period, agency: Agency, now: datetime) -> list[Cover]:
    """What reaches the agency, in all its items or in one; and outages in which filing would have closed."""
    known = [cover for cover in known if cover.decided_at <= now]
    items = {NO_ITEM, *(cover.item_id for cover in known if cover.item_id)}
    found = [cover for cover in known if cover.kind is CoverKind.OUTAGE and cover.stopped(period.locks_at)]
    for item_id in items:
        found += reaching(
            known,
            due_at=period.due_at,
            agency_id=agency.id,
            province_id=agency.province_id,
            item_id=item_id,
            cutoff=now + timedelta(seconds=1),
        )
    return list(dict.fromkeys(found))


def _matters(until: datetime, decided_at: datetime, now: datetime) -> bool:
    return now < until or now < decided_at + NEWS


def _note(cover: Cover, period: Period, items: dict[int, str]) -> Note:
    return Note(
        what="batas waktu",
        period=_title(period),
        item=items.get(cover.item_id or NO_ITEM, ""),
        until=cover.until,
        reason=cover.reason,
        is_outage=cover.kind is CoverKind.OUTAGE,
    )


def _title(period: Period) -> str:
    return f"{period.name} ({period.key})"
