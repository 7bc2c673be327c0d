"""Calendar texts (iCalendar, RFC 5545): one event that goes with a mail, and the calendar of one person.

Instants are written in UTC, so that every program shows them in its reader's zone; an event ends at the first moment
that is too late. The same facts give the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import Alarm, Calendar, Event

from stranas.reminders.rules import Anchor, sent_at
from stranas.system import text

MAKER = "-//Stranas PK//Pelaporan Aksi PK//ID"
SHOWN = timedelta(hours=1)  # how long before its end an event begins
AGAIN = timedelta(hours=6)  # how often a program is asked to look again
# Ends only ever move to a later moment: minutes since then are a sequence that grows with them.
FIRST = datetime(2018, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One event: of a whole day, or up to an exclusive end.

    `name` says what it is and never changes, whatever becomes of its end. `lines` follow the end in the description.
    `is_done`: nothing is to be done any more, so nothing rings.
    """

    name: str
    title: str
    when: datetime | date
    url: str
    changed_at: datetime
    lines: tuple[str, ...] = ()
    timezone: str = "Asia/Jakarta"
    is_done: bool = False


def name_of(anchor: Anchor, *parts: str | int) -> str:
    """What an end is called for all time, in the mail and in the calendar alike: its anchor, then the code of the
    agency (where it is of one), and the keys of programme and period."""
    return "-".join([anchor.value, *map(str, parts)])


def event_text(
    *,
    name: str,
    what: str,
    agency: str,
    ends_at: datetime,
    timezone: str,
    url: str,
    changed_at: datetime,
    details: str = "",
    practice: bool = False,
) -> str:
    """The one event that goes with a mail. `what`: "Batas waktu Aksi PK B18"; `name`: see name_of; `ends_at`: the
    exclusive end; `timezone`: of the agency; `changed_at`: when the mail was planned."""
    entry = Entry(
        name=name,
        title=f"{what}: {agency}",
        when=ends_at,
        url=url,
        changed_at=changed_at,
        lines=tuple(details.splitlines()),
        timezone=timezone,
    )
    calendar = _calendar()
    calendar.add_component(_event(entry, practice=practice))
    return calendar.to_ical().decode()


def feed(entries: Iterable[Entry], *, practice: bool) -> bytes:
    """A calendar that a program looks at again and again, in UTF-8 with folded lines."""
    calendar = _calendar()
    title = "Latihan: batas waktu Aksi PK" if practice else "Batas waktu Aksi PK"
    calendar.add("name", title)
    calendar.add("x-wr-calname", title)
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for entry in sorted(entries, key=lambda entry: (_instant(entry.when), entry.name)):
        calendar.add_component(_event(entry, practice=practice))
    return calendar.to_ical()


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    return calendar


def _event(entry: Entry, *, practice: bool) -> Event:
    event, end = Event(), _instant(entry.when)
    title = f"Latihan: {entry.title}" if practice else entry.title
    event.add("uid", f"{entry.name}@{urlsplit(entry.url).hostname}")
    event.add("summary", title)
    event.add("description", "\n".join(_lines(entry)))
    event.add("url", entry.url)
    event.add("dtstamp", entry.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", int((end - FIRST).total_seconds()) // 60)
    event.add("transp", "TRANSPARENT")
    if isinstance(entry.when, datetime):
        event.add("dtstart", end - SHOWN)
        event.add("dtend", end)
    else:
        event.add("dtstart", entry.when)
        event.add("dtend", entry.when + timedelta(days=1))
    for before in _rings(entry):
        event.add_component(_alarm(title, before))
    return event


def _lines(entry: Entry) -> Iterable[str]:
    if isinstance(entry.when, datetime):
        yield f"Sampai {text.deadline(entry.when, entry.timezone)}.".replace(text.NBSP, " ")
    yield from entry.lines
    yield entry.url


def _rings(entry: Entry) -> Iterable[timedelta]:
    """How long before the event begins: at 08.00 in the agency's zone, on its last day and the day before."""
    if entry.is_done or not isinstance(entry.when, datetime):
        return
    last = text.last_day(entry.when)
    for day in (last - timedelta(days=1), last):
        before = entry.when - SHOWN - sent_at(day, entry.timezone)
        if before > timedelta():
            yield before


def _alarm(title: str, before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", -before)
    return alarm


def _instant(when: datetime | date) -> datetime:
    """In UTC; of a whole day its beginning in Jakarta."""
    whole = when if isinstance(when, datetime) else datetime.combine(when, time(), text.JAKARTA)
    return whole.astimezone(UTC)
