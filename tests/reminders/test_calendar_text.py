"""The event that goes with a mail, read back by another calendar library."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from stranas.reminders.calendars import Entry, event_text, feed, name_of
from stranas.reminders.rules import Anchor

DUE = datetime(2020, 7, 14, 17, tzinfo=UTC)  # end of 14 July 2020 in Jakarta
NAME = name_of(Anchor.DUE, "33.23", "stranas-2019-2020", "B18")
LONG = "Kementerian Pendayagunaan Aparatur Negara dan Reformasi Birokrasi – Perwakilan Daerah Istimewa Yogyakarta"


def text_of(**values) -> str:
    usual = {
        "name": NAME,
        "what": "Batas waktu Aksi PK B18",
        "agency": "Kabupaten Temanggung",
        "ends_at": DUE,
        "timezone": "Asia/Jakarta",
        "url": "https://lapor.example.go.id/",
        "changed_at": datetime(2020, 7, 1, 1, 2, 3, 4, tzinfo=UTC),
    }
    return event_text(**(usual | values))


def read(text: str):
    """The one event, as vobject understands it."""
    (event,) = vobject.readOne(text).vevent_list
    return event


@pytest.mark.parametrize("end", [DUE, datetime(2020, 7, 22, 3, 30, tzinfo=UTC)])
@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_the_event_ends_at_the_first_moment_that_is_too_late(zone, end):
    event = read(text_of(timezone=zone, ends_at=end))
    assert event.dtend.value == end
    assert event.dtstart.value == end - timedelta(hours=1)


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Jakarta", "Sampai Selasa, 14 Juli 2020 pukul 23.59 WIB."),
        ("Asia/Makassar", "Sampai Rabu, 15 Juli 2020 pukul 00.59 WITA (14 Juli 2020 pukul 23.59 WIB)."),
        ("Asia/Jayapura", "Sampai Rabu, 15 Juli 2020 pukul 01.59 WIT (14 Juli 2020 pukul 23.59 WIB)."),
    ],
)
def test_its_words_say_the_end_in_the_own_zone_and_in_wib(zone, words):
    lines = read(text_of(timezone=zone, details="Telah terkirim 1 dari 4 target.")).description.value.split("\n")
    assert lines == [words, "Telah terkirim 1 dari 4 target.", "https://lapor.example.go.id/"]


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_it_rings_at_eight_in_the_own_zone_on_the_last_day_and_the_day_before(zone):
    event = read(text_of(timezone=zone))
    rung = [event.dtstart.value + alarm.trigger.value for alarm in event.valarm_list]
    assert rung == [datetime(2020, 7, day, 8, tzinfo=ZoneInfo(zone)) for day in (13, 14)]


def test_it_does_not_ring_once_it_has_begun():
    early = read(text_of(ends_at=datetime(2020, 7, 14, 1, 30, tzinfo=UTC)))  # half past eight in Jakarta
    assert len(early.valarm_list) == 1


def test_its_name_stays_and_its_sequence_grows_when_the_end_moves():
    first, later = read(text_of()), read(text_of(ends_at=DUE + timedelta(days=7)))
    assert first.uid.value == later.uid.value == "due-33.23-stranas-2019-2020-B18@lapor.example.go.id"
    assert int(later.sequence.value) > int(first.sequence.value)


def test_the_same_facts_give_the_same_bytes():
    assert text_of() == text_of()
    assert read(text_of()).dtstamp.value == datetime(2020, 7, 1, 1, 2, 3, tzinfo=UTC)


def test_it_is_published_and_invites_nobody():
    calendar = vobject.readOne(text_of())
    assert (calendar.method.value, calendar.version.value) == ("PUBLISH", "2.0")
    assert not {"organizer", "attendee"} & set(calendar.vevent.contents)


def test_long_names_are_folded_and_come_back_whole():
    text = text_of(agency=LONG, details=f"Yang masih ditunggu: 1-a, 2-b; dan 3-c.\nDi {LONG}.")
    lines = text.encode().split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert b"\n" not in text.encode().replace(b"\r\n", b"")
    event = read(text)
    assert event.summary.value == f"Batas waktu Aksi PK B18: {LONG}"
    assert f"Yang masih ditunggu: 1-a, 2-b; dan 3-c.\nDi {LONG}." in event.description.value


def test_practice_says_so():
    assert read(text_of(practice=True)).summary.value.startswith("Latihan: ")
    assert "Latihan: batas waktu Aksi PK" in feed([], practice=True).decode()


def test_a_whole_day_has_no_hours_and_does_not_ring():
    entry = Entry(name="saran", title="Saran", when=date(2020, 7, 10), url="https://x.go.id/", changed_at=DUE)
    event = read(feed([entry], practice=False).decode())
    assert (event.dtstart.value, event.dtend.value) == (date(2020, 7, 10), date(2020, 7, 11))
    assert "valarm" not in event.contents
