"""Seeded chance, and Indonesian dates and numbers in the ways offices write them."""

import datetime as dt
import random
import re
import zlib
from collections.abc import Sequence

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
SMALL = ("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas")

Window = tuple[dt.date, dt.date]
QUARTER: Window = (dt.date(2020, 4, 1), dt.date(2020, 6, 30))
WORKDAYS: Window = (dt.date(2020, 4, 13), dt.date(2020, 6, 26))


def rng(label: str) -> random.Random:
    """The same label gives the same chance on every machine."""
    return random.Random(zlib.crc32(label.encode()))


def day(r: random.Random, window: Window = WORKDAYS) -> dt.date:
    """A working day within the window."""
    span = (window[1] - window[0]).days
    found = window[0] + dt.timedelta(days=r.randint(0, max(span, 0)))
    while found.weekday() > 4 and found > window[0]:
        found -= dt.timedelta(days=1)
    return found


def long(d: dt.date) -> str:
    return f"{d.day} {MONTHS[d.month - 1]} {d.year}"


def full(d: dt.date) -> str:
    return f"{DAYS[d.weekday()]}, {long(d)}"


def spell(n: int) -> str:
    """A number up to 2999 in words, as official reports of proceedings write their dates."""
    if n < 12:
        return SMALL[n]
    if n < 20:
        return f"{SMALL[n - 10]} belas"
    if n < 100:
        return f"{SMALL[n // 10]} puluh" + (f" {SMALL[n % 10]}" if n % 10 else "")
    if n < 1000:
        head = "seratus" if n < 200 else f"{SMALL[n // 100]} ratus"
        return head + (f" {spell(n % 100)}" if n % 100 else "")
    head = "seribu" if n < 2000 else f"{SMALL[n // 1000]} ribu"
    return head + (f" {spell(n % 1000)}" if n % 1000 else "")


def in_words(d: dt.date) -> str:
    return f"{DAYS[d.weekday()]} tanggal {spell(d.day)} bulan {MONTHS[d.month - 1]} tahun {spell(d.year)}"


def quarter_words(window: Window) -> str:
    return f"Triwulan {ROMAN[(window[0].month - 1) // 3]} Tahun {window[0].year}"


def thousands(n: int) -> str:
    return f"{n:,}".replace(",", ".")


def spin(r: random.Random, text: str) -> str:
    """Take one of every [a|b|c] in a sentence."""
    return re.sub(r"\[([^\]]*)\]", lambda m: r.choice(m.group(1).split("|")), text)


def some(r: random.Random, of: Sequence[str], count: int) -> list[str]:
    return r.sample(list(of), min(count, len(of)))
