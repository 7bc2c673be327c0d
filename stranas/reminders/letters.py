"""The words of a reminder: what is done first, what is still awaited and until when, and where help is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby

from flask import current_app

from stranas.agencies.holidays import indonesian_holidays
from stranas.agencies.rules import oversight_unit
from stranas.reminders.addressing import Place, overseer
from stranas.reminders.events import event_of
from stranas.reminders.planning import Content
from stranas.reminders.queries.owing import Owing, Part, PeriodOwed
from stranas.reminders.queries.requests import Asked
from stranas.reminders.rules import inner_dates
from stranas.requests.letters import way_to
from stranas.requests.models import UnitRequest
from stranas.system import clock, text
from stranas.system.db import db

TEMPLATE = "mail/reminder"
MOST_NAMED = 20  # reports or agencies that one section names; the rest is counted, and the page lists all


@dataclass(frozen=True)
class Letter:
    """`calendar`: the end that it names, as an event (iCalendar). `private`: it holds a link that opens without an
    account."""

    subject: str
    body_text: str
    body_html: str
    calendar: str | None = None
    private: bool = False


@dataclass(frozen=True)
class Awaited:
    """Parts with one end. `until` is that end in words; `late_until` is there once it has passed; `advice`: the inner
    dates that are still to come."""

    parts: tuple[Part, ...]
    until: str
    late_until: str | None
    advice: str = ""


@dataclass(frozen=True)
class PeriodSection:
    title: str
    sent: int
    total: int
    missing: tuple[Awaited, ...]
    returned: tuple[Awaited, ...]
    link: str


@dataclass(frozen=True)
class RequestLine:
    """One request. `late`: its day has passed; `link`: where it is answered, or followed."""

    item_key: str
    period_key: str
    unit: str
    wanted: str
    until: str
    late: bool
    link: str


@dataclass(frozen=True)
class ListSection:
    """So many things of one period, the first of them by name."""

    title: str
    count: int
    names: tuple[str, ...]
    until: str
    late: bool
    link: str

    @property
    def others(self) -> int:
        return self.count - len(self.names)


def write(content: Content) -> Letter:
    """The letter of everybody who is told the same."""
    now, base = clock.now(), current_app.config["SETTINGS"].base_url
    asked = [_own_request(request, now) for request in content.asked]
    words = {
        "addressees": addressees(content),
        "late_since": text.day(content.late_since, weekday=True) if content.late_since else "",
        "agencies": [(agency.name, _sections(agency, content, now, base)) for agency in content.agencies],
        "several": len(content.agencies) > 1,
        "awaited": [_request(request, now, f"{base}/permintaan/{request.id}") for request in content.awaited],
        "asked": [line for line, _ in asked],
        "asking": _asking(content.asked),
        "queue": [_queue(queue, now, base) for queue in content.queue],
        "country": [_country(country, now, base) for country in content.country],
        "undecided": [_queue(queue, now, base) for queue in content.undecided],
        "base": base,
        "help_contact": current_app.config["SETTINGS"].help_contact,
    }
    environment = current_app.jinja_env
    return Letter(
        subject=subject_of(content, now),
        body_text=environment.get_template(f"{TEMPLATE}.txt").render(words),
        body_html=environment.get_template(f"{TEMPLATE}.html").render(words),
        calendar=event_of(content, now=now),
        private=any(private for _, private in asked),
    )


def addressees(content: Content) -> list[str]:
    """Offices, never persons. Whoever prepares the report reads for his office."""
    lines = [f"Yth. {agency.office}" for agency in content.agencies]
    lines += [f"Yth. {_office_of(request)}" for request in content.awaited]
    if lines and not content.approves:
        lines.append("u.p. Admin Aksi PK")
    lines += [f"Yth. {request.unit_head}, {request.agency}" for request in content.asked]
    lines += ["Yth. Verifikator Aksi PK"] if content.queue else []
    lines += ["Yth. Sekretariat Nasional Stranas PK"] if content.country or content.undecided else []
    return list(dict.fromkeys(lines))


def _office_of(request: Asked) -> str:
    return overseer(Place("", request.agency, request.level, oversight=request.oversight_unit))


def _asking(asked: tuple[Asked, ...]) -> str:
    """Who asks the unit: "Inspektorat Kabupaten Temanggung"."""
    names = (f"{r.oversight_unit or oversight_unit(name=r.agency, level=r.level)} {r.agency}" for r in asked)
    return text.joined(list(dict.fromkeys(names)))


def _sections(agency: Owing, content: Content, now: datetime, base: str) -> list[PeriodSection]:
    return [
        PeriodSection(
            title=period.title,
            sent=period.sent,
            total=period.total,
            missing=tuple(
                replace(group, advice=_advice(group.parts[0].ends_at, now))
                for group in _awaited(period.missing, agency.timezone, now)
            ),
            returned=_awaited(period.returned, agency.timezone, now),
            link=_link_of(period, content, base),
        )
        for period in agency.periods
    ]


def _link_of(period: PeriodOwed, content: Content, base: str) -> str:
    if not content.approves:
        return f"{base}/laporan-triwulan/{period.key}"
    return f"{base}/persetujuan" if period.awaiting_approval else f"{base}/"


def _awaited(parts: Iterable[Part], timezone: str, now: datetime) -> tuple[Awaited, ...]:
    """Parts by their ends, the earliest first."""

    def ends(part: Part) -> tuple[datetime, datetime]:
        return part.ends_at, part.closes_at

    return tuple(
        Awaited(
            parts=tuple(group),
            until=text.deadline(ends_at, timezone),
            late_until=text.deadline(closes_at, timezone) if ends_at <= now else None,
        )
        for (ends_at, closes_at), group in groupby(sorted(parts, key=ends), key=ends)
    )


def _advice(ends_at: datetime, now: datetime) -> str:
    """ "berkas dari unit lengkap 3 Juli 2020, paraf selesai 9 Juli 2020"; "" when nothing of it is to come."""
    dates = inner_dates(text.last_day(ends_at), indonesian_holidays())
    return ", ".join(f"{words.lower()} {text.day(day)}" for words, day in dates if day >= text.last_day(now))


def _request(request: Asked, now: datetime, link: str) -> RequestLine:
    return RequestLine(
        item_key=request.item_key,
        period_key=request.period_key,
        unit=request.unit,
        wanted=request.wanted,
        until=text.deadline(request.due_at, request.timezone),
        late=request.due_at <= now,
        link=link,
    )


def _own_request(request: Asked, now: datetime) -> tuple[RequestLine, bool]:
    """As its unit reads it, and whether its link opens without an account. No link: the unit is told to ask for one."""
    way = way_to(db.session.get_one(UnitRequest, request.id))
    return _request(request, now, way.address if way else ""), bool(way and way.private)


def _queue(queue, now: datetime, base: str) -> ListSection:
    names = [f"{agency}, {item}" for agency, item in queue.reports]
    return ListSection(
        title=queue.title,
        count=len(names),
        names=tuple(names[:MOST_NAMED]),
        until=text.deadline(queue.ends_at),
        late=queue.ends_at <= now,
        link=f"{base}/antrean",
    )


def _country(country, now: datetime, base: str) -> ListSection:
    day = country.duty.day
    return ListSection(
        title=country.title,
        count=len(country.agencies),
        names=country.agencies[:MOST_NAMED],
        until=f"{country.duty.anchor.label.lower()} {text.day(day, weekday=True)}",
        late=day < text.last_day(now),
        link=f"{base}/kepatuhan/belum-lapor?triwulan={country.duty.period_key}",
    )


def subject_of(content: Content, now: datetime) -> str:
    """What, who, until when; of the most urgent that the letter tells."""
    if content.agencies:
        return _subject_of_agencies(content.agencies, now)
    if content.asked or content.awaited:
        requests = content.asked or content.awaited
        until = text.day(text.last_day(min(request.due_at for request in requests)))
        who = text.joined(list(dict.fromkeys(request.unit_short or request.unit for request in requests))[:3])
        return f"Pengingat data dukung Aksi PK: {len(requests)} permintaan ditunggu sampai {until}, {who}"
    if content.queue:
        return _subject_of_queue("Antrean verifikasi", content.queue)
    if content.country:
        first = content.country[0]
        what = f"{first.duty.anchor.label.lower()} {text.day(first.duty.day)}"
        return f"Aksi PK {first.duty.period_key}: {len(first.agencies)} instansi belum lengkap, {what}"
    return _subject_of_queue("Verifikasi nasional", content.undecided)


def _subject_of_agencies(agencies: tuple[Owing, ...], now: datetime) -> str:
    parts = [part for agency in agencies for period in agency.periods for part in period.parts]
    keys = text.joined(list(dict.fromkeys(period.key for agency in agencies for period in agency.periods)))
    until = min(part.closes_at if part.ends_at <= now else part.ends_at for part in parts)
    who = text.joined([agency.name for agency in agencies])
    return f"Pengingat Aksi PK {keys}: {len(parts)} target ditunggu sampai {text.day(text.last_day(until))}, {who}"


def _subject_of_queue(what: str, queues) -> str:
    count, first = sum(len(queue.reports) for queue in queues), min(queues, key=lambda queue: queue.ends_at)
    until = text.day(text.last_day(first.ends_at))
    return f"{what} Aksi PK {first.period_key}: {count} laporan menunggu putusan sampai {until}"
