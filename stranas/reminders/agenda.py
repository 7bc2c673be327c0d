"""The words of a person's calendar: what of his agenda becomes which event.

What is done goes away, so that the calendar shows what is left to do. Only the due instant of a quarter stays, and
says that everything was sent: an event that vanished by itself would leave its reader in doubt.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from stranas.reminders.calendars import Entry, name_of
from stranas.reminders.queries.calendar import Agenda, Asked, Owed, Part, Quarter
from stranas.reminders.rules import Anchor, inner_dates
from stranas.system import text

NAMED = 3  # so many targets are named in a title; of more there is their number
LATE = "Setelah batas waktu, laporan tetap dapat dikirim sampai penutupan pengisian dan tercatat dikirim setelahnya."


@dataclass(frozen=True)
class Words:
    """What all events of one calendar share."""

    base_url: str
    holidays: Collection[date]
    now: datetime


def entries_of(agenda: Agenda, words: Words) -> list[Entry]:
    """Each event once, also where somebody has it by two roles."""
    entries = [
        *(entry for owed in agenda.owed for entry in _of_agency(owed, words)),
        *(_request(asked, words) for asked in agenda.asked),
        *(_verification(quarter, f"{words.base_url}/antrean") for quarter in agenda.judged),
        *(entry for quarter in agenda.national for entry in _of_period(quarter, words)),
    ]
    return list({entry.name: entry for entry in reversed(entries)}.values())


def _of_agency(owed: Owed, words: Words) -> Iterator[Entry]:
    left = [part for part in owed.parts if part.is_owed]
    first = [part for part in left if not part.is_returned and part.closes_at > words.now]
    returned = [part for part in left if part.is_returned and part.closes_at > words.now]
    yield from _due(owed, words)
    yield from _ends(owed, Anchor.LOCK, "Penutupan pengisian Aksi PK", first, owed.quarter.locks_at, words)
    yield from _ends(owed, Anchor.CORRECTION, "Akhir masa perbaikan Aksi PK", returned, None, words)
    if any(part.due_at == owed.due_at for part in first) and words.now < owed.due_at:
        yield from _suggestions(owed, words)


def _due(owed: Owed, words: Words) -> Iterator[Entry]:
    for due_at, parts in _by_end(owed.parts, lambda part: part.due_at):
        left = [part for part in parts if part.is_owed and not part.is_returned]
        what = f"{owed.quarter.key}{_which(parts, owed) if due_at != owed.due_at else ''}: {owed.agency}"
        sent = f"Telah terkirim {len(parts) - len(left)} dari {len(parts)} target."
        awaited = f"Yang masih ditunggu: {_keys(left)}."
        yield _entry(
            owed,
            Anchor.DUE,
            parts if due_at != owed.due_at else (),
            title=f"Batas waktu Aksi PK {what}" if left else f"Terkirim semua, Aksi PK {what}",
            ends_at=due_at,
            lines=(owed.quarter.title, sent, awaited, LATE) if left else (owed.quarter.title, sent),
            words=words,
            is_done=not left,
        )


def _ends(
    owed: Owed, anchor: Anchor, what: str, parts: Iterable[Part], usual: datetime | None, words: Words
) -> Iterator[Entry]:
    """The ends of parts that are still owed. Those that end as usual are not named in the title."""
    for closes_at, its in _by_end(parts, lambda part: part.closes_at):
        named = closes_at != usual
        yield _entry(
            owed,
            anchor,
            its if named else (),
            title=f"{what} {owed.quarter.key}{_which(its, owed) if named else ''}: {owed.agency}",
            ends_at=closes_at,
            lines=(owed.quarter.title, f"Yang masih ditunggu: {_keys(its)}."),
            words=words,
        )


def _suggestions(owed: Owed, words: Words) -> Iterator[Entry]:
    """Inner dates of the quarter, of no binding force: marked as suggestions, and nothing rings."""
    due = text.deadline(owed.due_at, owed.timezone).replace(text.NBSP, " ")
    for number, (what, day) in enumerate(inner_dates(text.last_day(owed.due_at), words.holidays), 1):
        yield Entry(
            name=f"{_name(owed, Anchor.DUE)}-saran-{number}",
            title=f"Saran: {what[0].lower()}{what[1:]}, Aksi PK {owed.quarter.key}: {owed.agency}",
            when=day,
            url=f"{words.base_url}/",
            changed_at=owed.quarter.changed_at,
            lines=(owed.quarter.title, "Tanggal ini saran, bukan batas waktu.", f"Batas waktu: {due}."),
        )


def _entry(
    owed: Owed,
    anchor: Anchor,
    named: Collection[Part],
    *,
    title: str,
    ends_at: datetime,
    lines: tuple[str, ...],
    words: Words,
    is_done: bool = False,
) -> Entry:
    """`named`: the parts that end apart from the quarter; the first of them tells the event from the others."""
    apart = f"-{min(part.obligation_id for part in named)}" if named else ""
    return Entry(
        name=_name(owed, anchor) + apart,
        title=title,
        when=ends_at,
        url=f"{words.base_url}/",
        changed_at=owed.quarter.changed_at,
        lines=lines,
        timezone=owed.timezone,
        is_done=is_done,
    )


def _name(owed: Owed, anchor: Anchor) -> str:
    return name_of(anchor, owed.agency_code, owed.quarter.programme, owed.quarter.key)


def _by_end(parts: Iterable[Part], end) -> list[tuple[datetime, list[Part]]]:
    found: dict[datetime, list[Part]] = defaultdict(list)
    for part in parts:
        found[end(part)].append(part)
    return sorted(found.items())


def _which(parts: Collection[Part], owed: Owed) -> str:
    """(1-a, 2-b) where only some targets are meant."""
    if len(parts) == len(owed.parts):
        return ""
    return f" ({_keys(parts) if len(parts) <= NAMED else f'{len(parts)} target'})"


def _keys(parts: Iterable[Part]) -> str:
    return text.joined(list(dict.fromkeys(part.item_key for part in parts)))


def _request(asked: Asked, words: Words) -> Entry:
    return Entry(
        name=name_of(Anchor.UNIT, asked.request_id),
        title=f"Data dukung {asked.item_key} Aksi PK {asked.period_key}: {asked.agency}",
        when=asked.due_at,
        url=f"{words.base_url}/permintaan-saya/{asked.request_id}",
        changed_at=asked.changed_at,
        lines=(f"Yang diminta: {asked.wanted}",),
        timezone=asked.timezone,
    )


def _of_period(quarter: Quarter, words: Words) -> Iterator[Entry]:
    """The instants of a period as they stand for the whole country."""
    url = f"{words.base_url}/batas-waktu"
    for anchor, what, ends_at in (
        (Anchor.DUE, "Batas waktu", quarter.due_at),
        (Anchor.LOCK, "Penutupan pengisian", quarter.locks_at),
    ):
        yield Entry(
            name=name_of(anchor, quarter.programme, quarter.key),
            title=f"{what} Aksi PK {quarter.key}, semua instansi",
            when=ends_at,
            url=url,
            changed_at=quarter.changed_at,
            lines=(quarter.title,),
        )
    yield _verification(quarter, url)


def _verification(quarter: Quarter, url: str) -> Entry:
    return Entry(
        name=name_of(Anchor.VERIFICATION, quarter.programme, quarter.key),
        title=f"Batas akhir verifikasi Aksi PK {quarter.key}",
        when=quarter.verification_ends_at,
        url=url,
        changed_at=quarter.changed_at,
        lines=(quarter.title,),
    )
