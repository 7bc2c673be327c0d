"""Indonesian words for instants, dates, numbers and sizes: the only place that formats them.

Names of months and days come from Babel; nothing here needs an app or a database.
"""

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

LOCALE = Locale("id")
JAKARTA = ZoneInfo("Asia/Jakarta")
ZONE_WORDS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}
NBSP = "\u00a0"


def zone_word(timezone: str) -> str:
    """WIB, WITA or WIT."""
    return ZONE_WORDS[timezone]


@lru_cache(maxsize=4096)  # pages and papers say few days, and say them often
def day(value: date, *, weekday: bool = False) -> str:
    """14 Juli 2020, or "Selasa, 14 Juli 2020"."""
    return format_date(value, "EEEE, d MMMM y" if weekday else "d MMMM y", locale=LOCALE)


def month(value: date) -> str:
    """April 2020."""
    return format_date(value, "MMMM y", locale=LOCALE)


def month_span(first: date, last: date) -> str:
    """April–Juni 2020."""
    return f"{format_date(first, 'MMMM', locale=LOCALE)}–{format_date(last, 'MMMM y', locale=LOCALE)}"


def instant(value: datetime, timezone: str = "Asia/Jakarta", *, weekday: bool = False, seconds: bool = False) -> str:
    """7 Juli 2020 pukul 14.12 WIB: an event's instant in a zone."""
    local = value.astimezone(ZoneInfo(timezone))
    clock = format_datetime(local, "HH.mm.ss" if seconds else "HH.mm", locale=LOCALE)
    return f"{day(local.date(), weekday=weekday)} pukul {clock}{NBSP}{zone_word(timezone)}"


def time_of(value: datetime, timezone: str = "Asia/Jakarta") -> str:
    """14.12 WIB: the time of day alone."""
    return f"{value.astimezone(ZoneInfo(timezone)).strftime('%H.%M')}{NBSP}{zone_word(timezone)}"


def instant_both(value: datetime, timezone: str, *, weekday: bool = False, seconds: bool = False) -> str:
    """The instant in the reader's zone, and WIB in brackets where it differs."""
    return _with_wib(value, timezone, instant(value, timezone, weekday=weekday, seconds=seconds), seconds=seconds)


def deadline(value: datetime, timezone: str = "Asia/Jakarta", *, weekday: bool = True) -> str:
    """An exclusive end, as people read it: midnight is 23.59 of the day before.

    "Selasa, 14 Juli 2020 pukul 23.59 WIB"; east of it "Rabu, 15 Juli 2020 pukul 01.59 WIT (14 Juli … WIB)".
    """
    shown = _last_minute(value, timezone)
    return _with_wib(shown, timezone, instant(shown, timezone, weekday=weekday))


def last_day(value: datetime) -> date:
    """The WIB date of the last microsecond before an exclusive end."""
    return (value - timedelta(microseconds=1)).astimezone(JAKARTA).date()


def local_day(value: datetime, timezone: str) -> date:
    """The calendar day in a zone."""
    return value.astimezone(ZoneInfo(timezone)).date()


def _last_minute(value: datetime, timezone: str) -> datetime:
    """The end of a day, in Jakarta or in the reader's zone, is the last minute of that day."""
    midnight = any(value.astimezone(zone).strftime("%H%M%S") == "000000" for zone in (JAKARTA, ZoneInfo(timezone)))
    return value - timedelta(minutes=1) if midnight else value


def _with_wib(value: datetime, timezone: str, text: str, *, seconds: bool = False) -> str:
    if timezone == "Asia/Jakarta":
        return text
    own, wib = value.astimezone(ZoneInfo(timezone)), value.astimezone(JAKARTA)
    clock = wib.strftime("%H.%M.%S" if seconds else "%H.%M")
    when = clock if own.date() == wib.date() else f"{day(wib.date())} pukul {clock}"
    return f"{text} ({when}{NBSP}WIB)"


def time_left(seconds: float) -> str:
    """1 hari 14 jam 59 menit; "kurang dari 1 menit" at the end; "sudah lewat" after it."""
    if seconds <= 0:
        return "sudah lewat"
    minutes = int(seconds // 60)
    parts = [(minutes // 1440, "hari"), (minutes // 60 % 24, "jam"), (minutes % 60, "menit")]
    words = " ".join(f"{count} {word}" for count, word in parts if count)
    return words or "kurang dari 1 menit"


def number(value: Decimal | int | None, *, places: int | None = None) -> str:
    """1.234,56. Without `places` the digits that are there, at most four; – without a value."""
    if value is None:
        return "–"
    pattern = "#,##0.####" if places is None else "#,##0" + ("." + "0" * places if places else "")
    return format_decimal(value, pattern, locale=LOCALE)


def rounded(value: Decimal) -> Decimal:
    """Two places, half up: how every figure of a report is rounded, once, at the end."""
    return value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)


def size(count: int) -> str:
    """2,4 MB; 86 KB; 512 byte. Decimal units, as file managers of officers show them."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("KB", 10**3)):
        if count >= factor:
            amount = Decimal(count) / factor
            return f"{number(amount, places=0 if amount >= 100 or unit == 'KB' else 1)}{NBSP}{unit}"
    return f"{count}{NBSP}byte"


def joined(words: list[str]) -> str:
    """a, b, dan c."""
    if len(words) < 3:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + ", dan " + words[-1]
