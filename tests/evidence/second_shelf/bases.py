"""Honest papers and workpapers from which other cases are made."""

import functools
import random

from . import chance, html, office, rawpdf, scans, sheets
from .offices import Office, own
from .papers import BY_KIND, Paper
from .topics_more import topic

UNIT = {"1-a": 0, "9-a": 1, "7-a": 2, "9-b": 3, "6-a": 4, "9-c": 5, "10-a": 6}


def codes(*names: str) -> frozenset[str]:
    return frozenset(names)


def office_of(item: str) -> Office:
    return own(UNIT.get(item, 2))


@functools.cache
def paper(label: str, kind: str = "laporan", item: str = "1-a") -> Paper:
    return BY_KIND[kind](chance.rng(label), topic(item), office_of(item))


@functools.cache
def pdf(label: str, kind: str = "laporan", item: str = "1-a", style: str = "dinas") -> bytes:
    return html.pdf(paper(label, kind, item), style)


@functools.cache
def plain_pdf(label: str, kind: str = "laporan", item: str = "1-a") -> bytes:
    """Written by hand without object streams, so that its parts lie open."""
    return rawpdf.pdf(paper(label, kind, item))


@functools.cache
def docx(label: str, kind: str = "laporan", item: str = "1-a") -> bytes:
    return office.docx(paper(label, kind, item))


@functools.cache
def odt(label: str, kind: str = "laporan", item: str = "1-a") -> bytes:
    return office.odt(paper(label, kind, item))


def recap_rows(r: random.Random, item: str = "1-a", count: int = 8) -> sheets.Rows:
    rows: sheets.Rows = []
    for i in range(1, count + 1):
        total = r.randint(12, 420)
        done = r.randint(total // 2, total)
        rows.append(
            [
                i,
                topic(item).counted[(i - 1) % len(topic(item).counted)],
                total,
                done,
                total - done,
                round(100 * done / total, 2),
            ]
        )
    return rows


RECAP = ["No", "Uraian", "Jumlah", "Selesai Tepat Waktu", "Belum Selesai", "Persen"]


def recap_above(item: str = "1-a") -> tuple[str, ...]:
    return (*office_of(item).head[:2], f"Rekapitulasi {topic(item).about}")


@functools.cache
def xlsx(label: str, item: str = "1-a", count: int = 8) -> bytes:
    return sheets.xlsx(
        "Keadaan sampai dengan 19 Juni 2020",
        RECAP,
        recap_rows(chance.rng(label), item, count),
        recap_above(item),
        totals=(3, 4, 5),
    )


@functools.cache
def ods(label: str, item: str = "1-a") -> bytes:
    return sheets.ods(
        "Keadaan sampai dengan 19 Juni 2020", RECAP, recap_rows(chance.rng(label), item), recap_above(item)
    )


@functools.cache
def csv(label: str, item: str = "1-a") -> bytes:
    return sheets.csv_text(RECAP, recap_rows(chance.rng(label), item), recap_above(item))


@functools.cache
def page_jpg(label: str, kind: str = "surat", item: str = "1-a", dpi: int = 150) -> bytes:
    r = chance.rng(label)
    return scans.jpeg(scans.scanned(scans.sheet(paper(label, kind, item), dpi, points=10.5), r), 50)


@functools.cache
def scan(label: str, kind: str = "surat", item: str = "1-a", dpi: int = 150) -> bytes:
    r = chance.rng(label)
    return scans.scan_pdf([scans.scanned(scans.sheet(paper(label, kind, item), dpi, points=10.5), r)], dpi)
