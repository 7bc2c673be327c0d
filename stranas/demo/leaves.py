"""The documents that agencies hand in: for each requirement a leaf of its own, and the file that holds it."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from stranas.catalogue.models import DocumentKind as Kind
from stranas.demo import hours
from stranas.demo.offices import office_of, short, town
from stranas.demo.story import Duty, Leaf, Need, Paper
from stranas.demo.words import THINGS, Reached, share
from stranas.system import text

PICTURES = {Kind.PHOTO, Kind.SCREENSHOT}
_SITES = {"1-a": "oss", "6-a": "perencanaan", "7-a": "ukpbj", "7-b": "e-katalog", "7-c": "pengadaan", "9-b": "spbe"}
_AGREEMENTS = (
    "{office} melengkapi data paling lambat {day}.",
    "Penanggung jawab setiap langkah ditetapkan, {count} orang.",
    "Kemajuan dilaporkan kepada pimpinan setiap bulan.",
    "Anggaran diusulkan pada perubahan tahun berjalan.",
    "Rapat berikutnya diadakan {day}.",
    "Bahan paparan diperbaiki menurut {count} masukan peserta.",
)
_JOINING = {"dan", "atau", "yang", "pada", "dengan", "tentang", "dari", "di", "belum", "sudah", "beserta", "menurut"}
_UNITS = ("Bagian Umum", "Bagian Hukum", "Bagian Organisasi", "Dinas Kesehatan", "Dinas Pendidikan", "Bappeda")
_STATES = ("selesai", "selesai", "selesai", "diproses", "belum")


def leaf_of(duty: Duty, need: Need, reached: Reached, rng: Random, *, flaw: str = "") -> Leaf:
    """What proves (or with a flaw fails to prove) one requirement."""
    dated = _date(duty, rng, flaw)
    leaf = Leaf(
        kind=need.kind,
        agency=duty.place.name,
        office=office_of(duty.place, duty.item_key),
        place=town(duty.place),
        subject=_subject(need),
        number=f"{rng.randrange(41, 961):03d}/{rng.randrange(11, 2400)}/{dated.year}",
        dated=dated,
        flaw=flaw,
    )
    if need.kind is Kind.DATA:
        return replace(leaf, table=_data(duty, reached, rng, flaw), lines=_data_notes(flaw))
    if need.kind in PICTURES:
        return replace(leaf, lines=(_address(duty, rng),), table=_entries(duty, dated, rng))
    if need.kind is Kind.ATTENDANCE:
        return replace(leaf, lines=(_meeting(duty, rng),), table=_people(duty, rng))
    return replace(leaf, lines=_paragraphs(duty, need, reached, rng, flaw))


def paper_of(duty: Duty, need: Need, leaf: Leaf, rng: Random, *, at: datetime, turn: int = 1) -> Paper:
    """The file of one leaf, or a link. `turn` counts the attempts."""
    key = f"{duty.seed} {need.position} {turn}"
    if need.kind is Kind.LINK:
        return Paper(key, need.subject.capitalize()[:200], "link", at, url=_link(duty, need, leaf, rng))
    form = _form(need.kind, rng)
    return Paper(key, f"{_slug(leaf, rng, turn)}.{form}", form, at, (leaf,))


def _form(kind: Kind, rng: Random) -> str:
    if kind is Kind.DATA:
        return "csv" if rng.random() < 0.15 else "xlsx"
    if kind in PICTURES:
        return "jpg"
    # Some hand in a worksheet where a paper is asked for: the check asks for an explanation.
    if kind in (Kind.PLAN, Kind.REPORT) and rng.random() < 0.06:
        return "xlsx"
    return "pdf"


def _date(duty: Duty, rng: Random, flaw: str) -> date:
    """In the quarter; with the flaw of a wrong date before it."""
    quarter = duty.quarter
    if flaw == "W01":
        return hours.on_or_after(quarter.starts_on - timedelta(days=rng.randrange(20, 70)))
    return hours.on_or_after(quarter.starts_on + timedelta(days=rng.randrange(6, 84)))


def _subject(need: Need) -> str:
    """A list of those present has the criterion where others have their subject."""
    return "daftar hadir rapat" if need.kind is Kind.ATTENDANCE else need.subject


def _slug(leaf: Leaf, rng: Random, turn: int) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", f"{leaf.kind.value} {leaf.subject}".lower()).strip("-").split("-")
    kept = list(dict.fromkeys(words))[:7]
    while kept[-1] in _JOINING:
        kept.pop()
    stem = "-".join(kept)
    ending = rng.choice(("", f"-{leaf.dated.year}", f"-{leaf.dated:%d%m%Y}", "-final", "-ttd"))
    return f"{stem}{ending}{'-perbaikan' if turn > 1 else ''}"


def _link(duty: Duty, need: Need, leaf: Leaf, rng: Random) -> str:
    if leaf.flaw == "I07":
        return f"https://drive.google.com/file/d/contoh-{rng.randrange(10**9, 10**10)}/view"
    host = re.sub(r"[^a-z0-9]+", "", duty.place.name.lower().split(" ", 1)[-1])[:24]
    page = re.sub(r"[^a-z0-9]+", "-", need.subject.lower()).strip("-")
    return f"https://{host}.contoh.go.id/{duty.quarter.key.lower()}/{page}-{rng.randrange(100, 999)}"


def _address(duty: Duty, rng: Random) -> str:
    return (
        f"https://{_SITES.get(duty.item_key, 'layanan')}.contoh.go.id/{duty.place.code}/{rng.randrange(10**4, 10**6)}"
    )


def _meeting(duty: Duty, rng: Random) -> str:
    start = rng.randrange(8, 14)
    office = short(office_of(duty.place, duty.item_key))
    return f"Rapat {office} {duty.place.name}, pukul {start:02d}.30, agenda {duty.item_key}."


def _entries(duty: Duty, dated: date, rng: Random) -> tuple[tuple[str, ...], ...]:
    """What a system's list shows on a screen: numbers, dates, states."""
    thing = THINGS.get(duty.item_key, "data").capitalize()
    days = sorted(rng.randrange(1, 60) for _ in range(rng.randrange(6, 10)))
    rows = (
        (f"{rng.randrange(10**4, 10**5)}", f"{thing} {n}", text.day(dated - timedelta(days=ago)), rng.choice(_STATES))
        for n, ago in enumerate(reversed(days), 1)
    )
    return (("Nomor", "Uraian", "Tanggal", "Keadaan"), *rows)


def _people(duty: Duty, rng: Random) -> tuple[tuple[str, ...], ...]:
    head = ("No.", "Unit kerja", "Jabatan", "Keterangan")
    offices = [office_of(duty.place, duty.item_key), *rng.sample(_UNITS, 5)]
    roles = ("Kepala Bidang", "Kepala Subbagian", "Analis", "Sekretaris", "Pelaksana")
    rows = ((str(n), short(unit), rng.choice(roles), rng.choice(_STATES)) for n, unit in enumerate(offices, 1))
    return (head, *rows)


def _data(duty: Duty, reached: Reached, rng: Random, flaw: str) -> tuple[tuple[str, ...], ...]:
    """Months or parts that add up to the figure of the report; with the flaw A01 they do not."""
    whole, part = share(reached.realised if duty.unit == "persen" else min(reached.realised * 10, 100), rng)
    cut = sorted(rng.randrange(whole + 1) for _ in range(3))
    sizes = [b - a for a, b in zip([0, *cut], [*cut, whole], strict=True)]
    done = _spread(part, sizes)
    head = ("No.", "Uraian", "Jumlah", "Memenuhi", "Keterangan")
    rows = [
        (str(n), f"{duty.item_key} bagian {n}", str(size), str(some), rng.choice(_STATES))
        for n, (size, some) in enumerate(zip(sizes, done, strict=True), 1)
    ]
    if flaw == "D01":
        head, rows = (*head, "NIK"), [(*row, f"0000-contoh-{rng.randrange(1000, 9999)}") for row in rows]
    wrong = rng.randrange(3, 25) if flaw == "A01" else 0
    return (head, *rows, ("", "Jumlah", str(whole), str(max(part - wrong, 0)), ""))


def _spread(total: int, sizes: list[int]) -> list[int]:
    left, out = total, []
    for size in sizes:
        out.append(min(size, left))
        left -= out[-1]
    return out


def _data_notes(flaw: str) -> tuple[str, ...]:
    return () if flaw == "A02" else ("Pembilang: kolom Memenuhi. Penyebut: kolom Jumlah.",)


def _paragraphs(duty: Duty, need: Need, reached: Reached, rng: Random, flaw: str) -> tuple[str, ...]:
    office, months = office_of(duty.place, duty.item_key), text.month_span(duty.quarter.starts_on, duty.quarter.ends_on)
    lines = [
        f"Dokumen ini memuat {need.subject} pada {duty.place.name} untuk periode {months}.",
        f"Target: {duty.text}, {text.number(duty.value)} {duty.unit}. "
        f"Realisasi: {text.number(reached.realised)} {duty.unit}.",
        f"Disusun {office} bersama {rng.randrange(3, 19)} unit, dibahas {rng.randrange(1, 6)} kali, "
        f"dan disepakati {rng.randrange(2, 12)} langkah beserta penanggung jawabnya.",
    ]
    if need.kind is Kind.MINUTES:
        lines[2:] = _agreed(duty, rng)
    if flaw == "I03":
        lines = [f"Rencana rapat {need.subject} di {duty.place.name}, agenda nomor {rng.randrange(10, 99)}."]
    if flaw == "S06":
        lines.append("Salinan naskah, belum diperiksa bagian hukum.")
    elif need.kind is Kind.REGULATION:
        lines.append("Salinan sesuai dengan aslinya. Kepala Bagian Hukum.")
    lines.append(f"Lampiran: {rng.randrange(1, 4)} berkas." if flaw == "K02" else "Lampiran: tidak ada.")
    return tuple(lines)


def _agreed(duty: Duty, rng: Random) -> list[str]:
    """What a meeting agreed on, numbered."""
    day = text.day(duty.quarter.ends_on + timedelta(days=rng.randrange(5, 50)))
    words = {"office": short(office_of(duty.place, duty.item_key)), "day": day, "count": str(rng.randrange(3, 12))}
    chosen = rng.sample(_AGREEMENTS, 3)
    return ["Kesepakatan:", *(f"{number}. {line.format(**words)}" for number, line in enumerate(chosen, 1))]
