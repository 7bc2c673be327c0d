"""The words of reminders, pinned by files a person can read (snapshots/*.txt)."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from config import ROOT
from stranas.reminders import letters
from stranas.reminders.planning import Content, Country
from stranas.reminders.queries.owing import Owing, Part, PeriodOwed
from stranas.reminders.queries.requests import Asked
from stranas.reminders.queries.verifying import Undecided
from stranas.reminders.rules import Anchor, Duty
from stranas.system import clock
from tests.pages import parse

SOCIAL = {"name": "Kementerian Sosial", "office": "Inspektur Jenderal Kementerian Sosial"}
# Whoever runs the service is who helps.
TO_OURSELVES = ("alarm.txt",)
SNAPSHOTS = Path(__file__).parent / "snapshots"
BEFORE = datetime(2020, 7, 13, 1, tzinfo=UTC)
AFTER = datetime(2020, 7, 15, 1, tzinfo=UTC)
DUE, LOCK = datetime(2020, 7, 14, 17, tzinfo=UTC), datetime(2020, 7, 28, 17, tzinfo=UTC)
CORRECTION = datetime(2020, 7, 20, 17, tzinfo=UTC)


def part(key: str, words: str, ends: datetime = DUE, closes: datetime = LOCK, **marks) -> Part:
    return Part(key, words, ends, closes, **marks)


OSS = part("1-a", "Terpenuhinya komitmen perizinan berusaha tepat waktu", obligation_id=11)
MAP = part("1-b", "Tersedianya peta tematik pada geoportal", stands="siap dikirim")
PROCUREMENT = part(
    "2-c",
    "Terlaksananya konsolidasi pengadaan",
    CORRECTION,
    CORRECTION,
    is_returned=True,
    reasons=("1. Laporan: dokumen belum ditandatangani",),
)
EXTENDED = part("3-a", "Tersedianya peta jabatan", datetime(2020, 7, 16, 17, tzinfo=UTC))
WAITING = part("1-c", "Terbitnya keputusan", units=("DPMPTSP (diminta sampai 4 Juli 2020)",))
APPROVAL = part("1-d", "Terbitnya peraturan", stands="menunggu persetujuan pejabat")


def period(missing=(OSS, MAP), returned=(), sent=1) -> PeriodOwed:
    return PeriodOwed(
        programme_id=1,
        programme="stranas-2019-2020",
        key="B18",
        due_at=DUE,
        locks_at=LOCK,
        title="Triwulan VI (B18), April–Juni 2020",
        sent=sent,
        total=sent + len(missing) + len(returned),
        missing=tuple(missing),
        returned=tuple(returned),
    )


def agency(*periods: PeriodOwed, name="Kabupaten Temanggung", office="", timezone="Asia/Jakarta") -> Owing:
    return Owing(1, "33.23", name, office or f"Inspektur {name}", timezone, periods)


def told(*agencies: Owing, **more) -> Content:
    return Content(agencies=agencies, **more)


REQUEST = Asked(
    id=5,
    obligation_id=11,
    agency_id=1,
    agency="Kabupaten Temanggung",
    timezone="Asia/Jakarta",
    oversight_unit="",
    level="kabupaten",
    programme_id=1,
    period_key="B18",
    item_key="1-a",
    unit_id=3,
    unit="Dinas Penanaman Modal",
    unit_short="DPMPTSP",
    unit_head="Kepala DPMPTSP",
    unit_email="dpmptsp@example.com",
    wanted="laporan pemenuhan komitmen yang ditandatangani.",
    due_at=datetime(2020, 7, 4, 17, tzinfo=UTC),
)
VERIFICATION_ENDS = datetime(2020, 9, 14, 17, tzinfo=UTC)
QUEUE = Undecided(
    1,
    "stranas-2019-2020",
    "B18",
    "Triwulan VI (B18), April–Juni 2020",
    VERIFICATION_ENDS,
    tuple((f"Kabupaten {number}", "1-a") for number in range(22)),
    True,
)
COUNTRY = Country(
    1,
    "Triwulan VI (B18), April–Juni 2020",
    Duty(date(2020, 7, 14), Anchor.DUE, "B18"),
    ("Kabupaten Temanggung", "Kota Magelang"),
)
CASES = {
    "fourteen_days_before": (datetime(2020, 6, 30, 1, tzinfo=UTC), told(agency(period()))),
    "day_before": (BEFORE, told(agency(period(returned=[PROCUREMENT])))),
    "day_before_eastern_zone": (
        BEFORE,
        told(agency(period(missing=[OSS], sent=0), name="Kabupaten Jayapura", timezone="Asia/Jayapura")),
    ),
    "day_after": (AFTER, told(agency(period()))),
    "late_after_silence": (AFTER, told(agency(period()), late_since=date(2020, 7, 13))),
    "ministry_with_extension": (
        BEFORE,
        told(
            agency(
                period(missing=[OSS, EXTENDED], sent=2),
                name="Kementerian Sosial",
                office="Inspektur Jenderal Kementerian Sosial",
            )
        ),
    ),
    "only_a_correction": (BEFORE, told(agency(period(missing=[], returned=[PROCUREMENT], sent=3)))),
    "waiting_for_a_unit": (BEFORE, told(agency(period(missing=[WAITING])), awaited=(REQUEST,))),
    "certifying_official": (BEFORE, told(agency(period(missing=[OSS, APPROVAL])), approves=True)),
    "two_agencies": (
        BEFORE,
        told(agency(period()), agency(period(missing=[OSS]), name="Kabupaten Magelang")),
    ),
    "verifier": (datetime(2020, 9, 11, 1, tzinfo=UTC), told(queue=(QUEUE,))),
    "secretariat": (datetime(2020, 7, 17, 1, tzinfo=UTC), told(country=(COUNTRY,), undecided=(QUEUE,))),
}


def written(case: str) -> letters.Letter:
    now, content = CASES[case]
    with clock.at(now):
        return letters.write(content)


@pytest.mark.parametrize("case", CASES)
def test_the_letter_reads_as_its_snapshot(app, case):
    letter = written(case)
    file = SNAPSHOTS / f"{case}.txt"
    found = f"Perihal: {letter.subject}\n\n{letter.body_text.strip()}\n".replace("\u00a0", " ")
    if not file.exists():
        file.write_text(found)
        pytest.fail(f"{file.name} was not there; read it and run again")
    assert found == file.read_text()


@pytest.mark.parametrize("case", CASES)
def test_both_bodies_name_the_same_parts_and_ends(app, case):
    letter = written(case)
    spoken = re.sub(r"<[^>]+>", "", letter.body_html)
    for line in letter.body_text.splitlines():
        if line.startswith("- "):
            assert line.removeprefix("- ") in unfolded(spoken)
    until = re.findall(r"sampai ([^:.]+ pukul \d\d\.\d\d\S*)", letter.body_text)
    assert until
    assert all(words in spoken for words in until)


def unfolded(words: str) -> str:
    return re.sub(r"\s+", " ", words)


@pytest.mark.parametrize("case", CASES)
def test_the_html_body_is_valid(app, case):
    assert parse(written(case).body_html).get("lang") == "id"  # raises where the HTML is not valid


@pytest.mark.parametrize("case", CASES)
def test_a_reminder_never_shouts_or_blames(app, case):
    letter = written(case)
    words = letter.subject + letter.body_text
    assert "!" not in words
    allowed = {"WIB", "WIT", "PK", "VI", "DPMPTSP"}
    assert set(re.findall(r"\b[A-Z]{2,}\b", words)) <= allowed
    assert not re.search(r"lalai|terlambat|belum juga|segera|sanksi|gagal|tunggakan", words, re.IGNORECASE)


def test_names_are_escaped_in_the_html_body(app):
    shown = part("1-a", "Nilai < 5 & lebih")
    with clock.at(BEFORE):
        letter = letters.write(told(agency(period(missing=[shown]))))
    assert "Nilai &lt; 5 &amp; lebih" in letter.body_html
    assert "Nilai < 5 & lebih" in letter.body_text


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "templates/mail").iterdir()))
def test_no_mail_shouts_or_blames_and_each_is_addressed_and_offers_help(name):
    """Of every room. What a reader sees: the fixed words of the template."""
    words = re.sub(r"<!doctype html>|{[{%].*?[}%]}", "", (ROOT / "templates/mail" / name).read_text())
    assert "!" not in words
    assert not re.search(r"lalai|belum juga|segera|sanksi|gagal|tunggakan|tenggat|jatuh tempo", words, re.IGNORECASE)
    if name not in ("reminder.txt", "reminder.html"):  # their addressees are lines of the letter
        assert words.lstrip().startswith("Yth. ")
    assert name in TO_OURSELVES or "Perlu bantuan? " in words
