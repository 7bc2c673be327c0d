"""The words of reminders, pinned by files a person can read (snapshots/*.txt)."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from stranas.reminders import letters
from stranas.reminders.queries import Owing, Part, PeriodOwed, Person, Step
from stranas.system import clock

SNAPSHOTS = Path(__file__).parent / "snapshots"
BEFORE = datetime(2020, 7, 13, 1, tzinfo=UTC)
AFTER = datetime(2020, 7, 15, 1, tzinfo=UTC)
DUE, LOCK = datetime(2020, 7, 14, 17, tzinfo=UTC), datetime(2020, 7, 28, 17, tzinfo=UTC)
CORRECTION = datetime(2020, 7, 20, 17, tzinfo=UTC)


def part(key: str, words: str, ends: datetime = DUE, closes: datetime = LOCK, **marks) -> Part:
    return Part(key, words, ends, closes, **({"is_returned": False, "stands": ""} | marks))


OSS = part("1-a", "Terpenuhinya komitmen perizinan berusaha tepat waktu")
MAP = part("1-b", "Tersedianya peta tematik pada geoportal", stands="siap dikirim")
PROCUREMENT = part("2-c", "Terlaksananya konsolidasi pengadaan", CORRECTION, CORRECTION, is_returned=True)
EXTENDED = part("3-a", "Tersedianya peta jabatan", datetime(2020, 7, 16, 17, tzinfo=UTC))


def period(missing=(OSS, MAP), returned=(), sent=1) -> PeriodOwed:
    return PeriodOwed(
        key="B18",
        title="Triwulan VI (B18), April–Juni 2020",
        sent=sent,
        total=sent + len(missing) + len(returned),
        missing=tuple(missing),
        returned=tuple(returned),
        steps=(Step(date(2020, 7, 14), "B18", -1),),
    )


def agency(*periods: PeriodOwed, name="Kabupaten Temanggung", is_local=True, timezone="Asia/Jakarta") -> Owing:
    return Owing("33.23", name, is_local, timezone, (Person(1, "budi@example.com"),), periods)


CASES = {
    "day_before": (BEFORE, agency(period(returned=[PROCUREMENT]))),
    "day_before_eastern_zone": (
        BEFORE,
        agency(period(missing=[OSS], sent=0), name="Kabupaten Jayapura", timezone="Asia/Jayapura"),
    ),
    "day_after": (AFTER, agency(period())),
    "ministry_with_extension": (
        BEFORE,
        agency(period(missing=[OSS, EXTENDED], sent=2), name="Kementerian Dalam Negeri", is_local=False),
    ),
    "only_a_correction": (BEFORE, agency(period(missing=[], returned=[PROCUREMENT], sent=3))),
}


def written(case: str) -> letters.Letter:
    now, owing = CASES[case]
    with clock.at(now):
        return letters.write(owing)


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
            assert line.removeprefix("- ") in spoken
    until = re.findall(r"sampai ([^:.]+ pukul \d\d\.\d\d\S*)", letter.body_text)
    assert until
    assert all(words in spoken for words in until)


@pytest.mark.parametrize("case", CASES)
def test_a_reminder_never_shouts_or_blames(app, case):
    letter = written(case)
    words = letter.subject + letter.body_text
    assert "!" not in words
    allowed = {"WIB", "WIT", "PK", "VI"}
    assert set(re.findall(r"\b[A-Z]{2,}\b", words)) <= allowed
    assert not re.search(r"lalai|terlambat|belum juga|segera|sanksi|gagal|tunggakan", words, re.IGNORECASE)


def test_names_are_escaped_in_the_html_body(app):
    shown = part("1-a", "Nilai < 5 & lebih")
    with clock.at(BEFORE):
        letter = letters.write(agency(period(missing=[shown])))
    assert "Nilai &lt; 5 &amp; lebih" in letter.body_html
    assert "Nilai < 5 & lebih" in letter.body_text
