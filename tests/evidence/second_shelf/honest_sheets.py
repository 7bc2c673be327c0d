"""Honest workpapers: Excel, OpenDocument, CSV and, by LibreOffice, the old Excel."""

import functools
from collections.abc import Callable, Iterator

from . import bases, chance, programs, sheets
from .case import Case
from .honest_pdf import ITEMS
from .offices import OPD
from .papers import nip
from .topics_more import topic

CODES = ("utf-8-sig", "utf-8", "cp1252", "utf-16")


def monthly(label: str, item: str) -> tuple[list[str], sheets.Rows]:
    r = chance.rng(label)
    rows: sheets.Rows = []
    for i, what in enumerate(topic(item).counted, 1):
        three = [r.randint(4, 160) for _ in range(3)]
        rows.append([i, what, *three, sum(three)])
    return ["No", "Uraian", "April 2020", "Mei 2020", "Juni 2020", "Jumlah"], rows


def by_office(label: str, item: str) -> tuple[list[str], sheets.Rows]:
    r = chance.rng(label)
    rows: sheets.Rows = [
        [i, o, r.randint(1, 40), r.randint(0, 9), round(r.uniform(40, 100), 2), r.choice(("selesai", "proses", "-"))]
        for i, o in enumerate(OPD, 1)
    ]
    return ["No", "Perangkat Daerah", topic(item).counted[0], topic(item).counted[1], "Persen", "Keterangan"], rows


def staff(label: str, item: str) -> tuple[list[str], sheets.Rows]:
    r = chance.rng(label)
    rows: sheets.Rows = [
        [i, f"Pegawai {i}", nip(r).replace(" ", ""), r.choice(OPD), r.choice(topic(item).counted)] for i in range(1, 13)
    ]
    return ["No", "Nama", "NIP", "Unit Kerja", "Penugasan"], rows


def budget(label: str, item: str) -> tuple[list[str], sheets.Rows]:
    r = chance.rng(label)
    rows: sheets.Rows = [
        [
            f"2.18.01.{r.randint(1, 40):02d}.{r.randint(1, 30):02d}",
            f"Kegiatan {w.lower()}",
            r.randint(10, 900) * 1_000_000,
            r.randint(1, 9) * 1_000_000,
            f"{r.randint(10, 99)},{r.randint(10, 99)}",
        ]
        for w in topic(item).counted
    ]
    return ["Kode Rekening", "Uraian", "Pagu", "Realisasi s.d. Juni 2020", "Persen"], rows


LAYOUTS = (monthly, by_office, staff, budget)


def _excel(label: str, item: str, i: int) -> bytes:
    head, rows = LAYOUTS[i % 4](label, item)
    second = ("Catatan", [["Sumber data", "aplikasi instansi"], ["Tanggal data", "19-06-2020"]]) if i % 3 == 0 else None
    totals = (3, 4, 5) if LAYOUTS[i % 4] is monthly else ()
    return sheets.xlsx(
        "Triwulan II Tahun 2020",
        head,
        rows,
        bases.recap_above(item),
        merged=i % 5 != 4,
        sheet=("Rekap", "Sheet1", "TW II")[i % 3],
        totals=totals,
        second=second,
    )


def _open(label: str, item: str, i: int) -> bytes:
    head, rows = LAYOUTS[i % 4](label, item)
    return sheets.ods("Triwulan II Tahun 2020", head, rows, bases.recap_above(item))


def _commas(label: str, item: str, i: int) -> bytes:
    head, rows = LAYOUTS[i % 4](label, item)
    return sheets.csv_text(
        head, rows, bases.recap_above(item) if i % 2 else (), (";", ",", ";", "\t")[i % 4], CODES[i % 3]
    )


@functools.cache
def _old() -> dict[str, bytes]:
    return programs.convert_many(
        {f"k{i}.xlsx": _excel(f"xls {i}", ITEMS[i % 7], i) for i in range(8)}, "xls:MS Excel 97"
    )


@functools.cache
def _saved_open() -> dict[str, bytes]:
    return programs.convert_many({f"o{i}.xlsx": _excel(f"ods {i}", ITEMS[i % 7], i) for i in range(5)}, "ods")


def cases() -> Iterator[Case]:
    makers: tuple[tuple[str, Callable[[str, str, int], bytes], int], ...] = (
        ("xlsx", _excel, 56),
        ("ods", _open, 24),
        ("csv", _commas, 28),
    )
    for ending, make, count in makers:
        for i in range(count):
            item = ITEMS[i % 7]
            yield Case(
                f"lembar jujur {ending} {i} {item}",
                f"Rekap {item} {i}.{ending}",
                lambda m=make, n=i, t=item, e=ending: m(f"lembar {e} {n}", t, n),
                kind="data",
                item=item,
            )
    if programs.SOFFICE:
        for i in range(8):
            yield Case(
                f"lembar Excel lama {i}",
                f"Rekap lama {i}.xls",
                lambda n=i: _old()[f"k{n}.xlsx"],
                kind="data",
                item=ITEMS[i % 7],
            )
        for i in range(5):
            yield Case(
                f"lembar disimpan LibreOffice {i}",
                f"Rekap LO {i}.ods",
                lambda n=i: _saved_open()[f"o{n}.xlsx"],
                kind="data",
                item=ITEMS[i % 7],
            )
