"""Dates as Indonesian papers write them: 20 Juni 2020, 20/06/2020, 1 s.d. 30 Juni 2020, April–Juni 2020, and in
words: tanggal dua puluh bulan Juni tahun dua ribu dua puluh.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    1: "januari jan january",
    2: "februari pebruari feb peb february",
    3: "maret mar march",
    4: "april apr",
    5: "mei may",
    6: "juni jun june",
    7: "juli jul july",
    8: "agustus agu ags agt agust aug august",
    9: "september sep sept",
    10: "oktober okt oct october",
    11: "november nopember nov nop",
    12: "desember des dec december",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR = r"(?:19|20)\d\d"
_TO = r"\s*(?:-|–|—|s\.?\s?/?\s?d\.?|sampai(?:\s+dengan)?|hingga|dan)\s*"
_UNITS = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
_NUMBER_WORD = rf"(?:{'|'.join(_UNITS)}|belas|puluh|ratus|seratus|ribu|seribu)"
_IN_WORDS = rf"{_NUMBER_WORD}(?:\s+{_NUMBER_WORD})*"


@dataclass(frozen=True, order=True)
class Span:
    """From a day to a day, both included. A single date is a span of one day."""

    first: date
    last: date
    words: str

    def touches(self, first: date, last: date) -> bool:
        return self.first <= last and self.last >= first


def in_words(day: date) -> str:
    """20 Juni 2020."""
    return f"{day.day} {_MONTHS[day.month].partition(' ')[0].capitalize()} {day.year}"


def spans(text: str) -> list[Span]:
    """Every date and range in the text, in order; parts of what was read once are not read again."""
    text = " ".join(text.split())
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Span]] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            if any(match.start() < end and match.end() > start for start, end in taken):
                continue
            for span in read(match):
                taken.append(match.span())
                found.append((match.start(), span))
    return [span for _, span in sorted(found, key=lambda pair: pair[0])]


def _span(match: re.Match, first: tuple[int, int, int], last: tuple[int, int, int]) -> Iterator[Span]:
    """Nothing for a day that does not exist."""
    try:
        begin, end = date(*first), date(*last)
    except ValueError:
        return
    if begin <= end:
        yield Span(begin, end, match.group().strip())


def _day(match: re.Match) -> Iterator[Span]:
    one = (int(match["year"]), MONTHS[match["month"].lower()], int(match["day"]))
    yield from _span(match, one, one)


def _days_of_month(match: re.Match) -> Iterator[Span]:
    year, month = int(match["year"]), MONTHS[match["month"].lower()]
    yield from _span(match, (year, month, int(match["day"])), (year, month, int(match["day2"])))


def _days(match: re.Match) -> Iterator[Span]:
    last = int(match["year2"])
    first = int(match["year"] or last)
    begin = (first, MONTHS[match["month"].lower()], int(match["day"]))
    yield from _span(match, begin, (last, MONTHS[match["month2"].lower()], int(match["day2"])))


def _months(match: re.Match) -> Iterator[Span]:
    last = int(match["year2"])
    first, month2 = int(match["year"] or last), MONTHS[match["month2"].lower()]
    end = (last, month2, calendar.monthrange(last, month2)[1])
    yield from _span(match, (first, MONTHS[match["month"].lower()], 1), end)


def _month(match: re.Match) -> Iterator[Span]:
    year, month = int(match["year"]), MONTHS[match["month"].lower()]
    yield from _span(match, (year, month, 1), (year, month, calendar.monthrange(year, month)[1]))


_QUARTERS = {word: number for number, words in enumerate(("i 1", "ii 2", "iii 3", "iv 4"), 1) for word in words.split()}
# The programme counts its quarters on over two years: Triwulan VI is the second of the second year.
_QUARTERS |= {"v": 1, "vi": 2, "vii": 3, "viii": 4}


def _quarter(match: re.Match) -> Iterator[Span]:
    year, last = int(match["year"]), 3 * _QUARTERS[match["quarter"].lower()]
    yield from _span(match, (year, last - 2, 1), (year, last, calendar.monthrange(year, last)[1]))


def _half(match: re.Match) -> Iterator[Span]:
    year, last = int(match["year"]), 6 if match["half"].lower() in ("i", "1") else 12
    yield from _span(match, (year, last - 5, 1), (year, last, calendar.monthrange(year, last)[1]))


def _numeric(match: re.Match) -> Iterator[Span]:
    one = (int(match["year"]), int(match["month"]), int(match["day"]))
    yield from _span(match, one, one)


def _worded(match: re.Match) -> Iterator[Span]:
    one = (number(match["year"]), MONTHS[match["month"].lower()], number(match["day"]))
    yield from _span(match, one, one)


def number(words: str) -> int:
    """2020 for "dua ribu dua puluh"; 19 for "sembilan belas". Digits stay what they are."""
    if words.isdigit():
        return int(words)
    total, part = 0, 0
    for word in words.lower().split():
        if word in ("seribu", "ribu"):
            total, part = total + (1 if word == "seribu" else part or 1) * 1000, 0
        elif word in ("seratus", "ratus"):
            total, part = total + (1 if word == "seratus" else part or 1) * 100, 0
        elif word == "puluh":
            total, part = total + part * 10, 0
        elif word == "belas":
            total, part = total + 10 + part, 0
        else:
            part = _UNITS.index(word)
    return total + part


def _compiled(pattern: str) -> re.Pattern:
    return re.compile(rf"(?<![\w/.-]){pattern}(?![\w/])", re.IGNORECASE)


_READERS = (
    (
        _compiled(
            rf"tanggal\s+(?P<day>{_IN_WORDS}|\d{{1,2}})\s*,?\s+bulan\s+(?P<month>{_MONTH})\s*,?\s+"
            rf"tahun\s+(?P<year>{_IN_WORDS}|{_YEAR})"
        ),
        _worded,
    ),
    (
        _compiled(
            rf"(?P<day>\d{{1,2}})\s+(?P<month>{_MONTH})\.?(?:\s+(?P<year>{_YEAR}))?{_TO}"
            rf"(?P<day2>\d{{1,2}})\s+(?P<month2>{_MONTH})\.?\s+(?P<year2>{_YEAR})"
        ),
        _days,
    ),
    (
        _compiled(rf"(?P<day>\d{{1,2}}){_TO}(?P<day2>\d{{1,2}})\s+(?P<month>{_MONTH})\.?\s+(?P<year>{_YEAR})"),
        _days_of_month,
    ),
    (_compiled(rf"(?P<day>\d{{1,2}})[\s-]+(?P<month>{_MONTH})\.?[\s,-]+(?P<year>{_YEAR})"), _day),
    (
        _compiled(
            rf"(?P<month>{_MONTH})\.?(?:\s+(?P<year>{_YEAR}))?{_TO}(?P<month2>{_MONTH})\.?\s+(?:tahun\s+)?"
            rf"(?P<year2>{_YEAR})"
        ),
        _months,
    ),
    (_compiled(rf"(?P<month>{_MONTH})\.?\s+(?:tahun\s+)?(?P<year>{_YEAR})"), _month),
    (
        _compiled(
            rf"(?:triwulan|tw\.?|kuartal|q)\s?-?\s?(?P<quarter>viii|vii|vi|iv|iii|ii|i|v|[1-4])\b\s*,?\s*"
            rf"(?:tahun(?:\s+anggaran)?|ta\.?|/)?\s*(?P<year>{_YEAR})"
        ),
        _quarter,
    ),
    (_compiled(rf"semester\s+(?P<half>ii|i|[12])\b\s*,?\s*(?:tahun|ta\.?)?\s*(?P<year>{_YEAR})"), _half),
    (_compiled(rf"(?P<year>{_YEAR})-(?P<month>\d\d)-(?P<day>\d\d)"), _numeric),
    (_compiled(rf"(?P<day>\d{{1,2}})(?P<sign>[/.-])(?P<month>\d{{1,2}})(?P=sign)(?P<year>{_YEAR})"), _numeric),
)
