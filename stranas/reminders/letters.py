"""The words of a reminder: what is done first, what is still awaited and until when, and where help is."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from flask import current_app

from stranas.agencies.rules import office
from stranas.reminders.queries import Owing, Part
from stranas.system import clock, text

TEMPLATE = "mail/reminder"


@dataclass(frozen=True)
class Letter:
    subject: str
    body_text: str
    body_html: str


@dataclass(frozen=True)
class Awaited:
    """Parts with one end. `until` is that end in words; `late_until` is there once it has passed."""

    parts: tuple[Part, ...]
    until: str
    late_until: str | None


def write(owing: Owing) -> Letter:
    """One letter for all people of the agency."""
    settings = current_app.config["SETTINGS"]
    now = clock.now()
    words = {
        "office": office(name=owing.name, is_local=owing.is_local),
        "periods": [
            (period, _awaited(period.missing, owing.timezone, now), _awaited(period.returned, owing.timezone, now))
            for period in owing.periods
        ],
        "link": f"{settings.base_url}/",
        "help_contact": settings.help_contact,
    }
    environment = current_app.jinja_env
    return Letter(
        subject=subject_of(owing, now),
        body_text=environment.get_template(f"{TEMPLATE}.txt").render(words),
        body_html=environment.get_template(f"{TEMPLATE}.html").render(words),
    )


def _awaited(parts: tuple[Part, ...], timezone: str, now: datetime) -> list[Awaited]:
    """Parts by their ends, the earliest first."""

    def ends(part: Part) -> tuple[datetime, datetime]:
        return part.ends_at, part.closes_at

    return [
        Awaited(
            parts=tuple(group),
            until=text.deadline(ends_at, timezone),
            late_until=text.deadline(closes_at, timezone) if ends_at <= now else None,
        )
        for (ends_at, closes_at), group in groupby(sorted(parts, key=ends), key=ends)
    ]


def subject_of(owing: Owing, now: datetime) -> str:
    """How many, of which period, until when, for whom."""
    parts = [part for period in owing.periods for part in (*period.missing, *period.returned)]
    keys = text.joined([period.key for period in owing.periods])
    first = min(parts, key=lambda part: part.closes_at if part.ends_at <= now else part.ends_at)
    until = first.closes_at if first.ends_at <= now else first.ends_at
    return (
        f"Pengingat Aksi PK {keys}: {len(parts)} target ditunggu sampai {text.day(text.last_day(until))}, {owing.name}"
    )
