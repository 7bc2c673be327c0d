"""The end that a reminder names, as an event for the reader's calendar: the same event as in his calendar address."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import current_app

from stranas.reminders.calendars import event_text, name_of
from stranas.reminders.planning import Content
from stranas.reminders.queries.owing import Owing, Part, PeriodOwed
from stranas.reminders.rules import Anchor
from stranas.system import clock, text


def event_of(content: Content, *, now: datetime) -> str | None:
    """The first end that is still to come; None where the letter names none."""
    ends = [*_of_agencies(content, now), *_of_units(content), *_of_verifiers(content)]
    coming = [end for end in ends if end["ends_at"] > now]
    if not coming:
        return None
    first = min(coming, key=lambda end: end["ends_at"])
    return _text(tuple(sorted(first.items())), now.replace(microsecond=0), clock.is_practice())


@lru_cache(maxsize=64)
def _text(end: tuple[tuple[str, Any], ...], now: datetime, practice: bool) -> str:
    """All people of an agency get the same event, one after the other."""
    return event_text(**dict(end), changed_at=now, practice=practice)


def _of_agencies(content: Content, now: datetime) -> Iterator[dict]:
    for agency in content.agencies:
        for period in agency.periods:
            groups: dict[tuple[Anchor, datetime], list[Part]] = {}
            for part in period.parts:
                groups.setdefault(_end_of(part, now), []).append(part)
            for (anchor, ends_at), parts in groups.items():
                yield _agency_event(agency, period, anchor, ends_at, parts)


def _end_of(part: Part, now: datetime) -> tuple[Anchor, datetime]:
    if part.is_returned:
        return Anchor.CORRECTION, part.ends_at
    return (Anchor.DUE, part.ends_at) if part.ends_at > now else (Anchor.LOCK, part.closes_at)


def _agency_event(agency: Owing, period: PeriodOwed, anchor: Anchor, ends_at: datetime, parts: list[Part]) -> dict:
    usual = {Anchor.DUE: period.due_at, Anchor.LOCK: period.locks_at}.get(anchor)
    apart = [] if ends_at == usual else [min(part.obligation_id for part in parts)]
    awaited = text.joined(list(dict.fromkeys(part.item_key for part in parts)))
    return {
        "name": name_of(anchor, agency.code, period.programme, period.key, *apart),
        "what": f"{anchor.label} Aksi PK {period.key}",
        "agency": agency.name,
        "ends_at": ends_at,
        "timezone": agency.timezone,
        "url": f"{_base()}/",
        "details": f"{period.title}\nYang masih ditunggu: {awaited}.",
    }


def _of_units(content: Content) -> Iterator[dict]:
    for request in content.asked:
        yield {
            "name": name_of(Anchor.UNIT, request.id),
            "what": f"Data dukung {request.item_key} Aksi PK {request.period_key}",
            "agency": request.agency,
            "ends_at": request.due_at,
            "timezone": request.timezone,
            "url": f"{_base()}/permintaan-saya/{request.id}",
            "details": f"Yang diminta: {request.wanted}",
        }


def _of_verifiers(content: Content) -> Iterator[dict]:
    for queue in content.queue:
        yield {
            "name": name_of(Anchor.VERIFICATION, queue.programme, queue.period_key),
            "what": f"Batas akhir verifikasi Aksi PK {queue.period_key}",
            "agency": "antrean Anda",
            "ends_at": queue.ends_at,
            "timezone": str(text.JAKARTA),
            "url": f"{_base()}/antrean",
            "details": queue.title,
        }


def _base() -> str:
    return current_app.config["SETTINGS"].base_url
