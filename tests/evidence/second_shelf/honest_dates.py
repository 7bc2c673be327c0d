"""Papers in every honest spelling of a date, decrees in force, reports signed before the due day."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from . import bases, chance, html, office, photos, rawpdf, scans
from .case import Case
from .cases_dates import D, numeric, short_minutes, snapshot
from .offices import own
from .papers import decree, letter, report
from .readings import NO_CODE
from .topics_more import topic


def cases() -> Iterator[Case]:
    yield from _spelled()
    yield from _old_but_good()
    yield from _photos()


def _old_decree(i: int, d: D) -> bytes:
    return (html.pdf if i % 2 else rawpdf.pdf)(decree(chance.rng(f"sk lama {i}"), topic("1-a"), own(0), d))


def _spelled() -> Iterator[Case]:
    """In the quarter, in the ways offices write dates."""
    ways: list[str] = [numeric(D(2020, 5, 12), n) for n in range(8)]
    ways += [
        chance.full(D(2020, 5, 12)),
        chance.in_words(D(2020, 6, 9)),
        "Selasa, dua belas Mei dua ribu dua puluh",
        "tanggal 4 s.d. 8 Mei 2020",
        "04 s/d 08 Mei 2020",
        "28 April - 2 Mei 2020",
        "Senin (11/5/2020)",
        "12 MEI 2020 pukul 09.00 WIB",
        "bulan April sampai dengan Juni 2020",
        "Jum'at, 15 Mei 2020",
        "tanggal, 5 - 6 - 2020",
        "22 Ramadhan 1441 H / 15 Mei 2020 M",
        "1 s.d. 30 Juni 2020",
        "30 Juni 2020",
        "1 April 2020",
        "tgl 12 bln 05 thn 2020",
        "Mei 12, 2020",
        "12-Mei-2020",
    ]
    for i, way in enumerate(ways):
        yield Case(
            f'notulen bertanggal "{way}"',
            f"Notulen {i}.pdf",
            lambda w=way, n=i: (html.pdf if n % 2 else rawpdf.pdf)(short_minutes(f"ejaan {n}", w)),
            NO_CODE,
            "notulen",
        )
    yield Case(
        "notulen tanpa tanggal sama sekali",
        "Notulen.pdf",
        lambda: html.pdf(short_minutes("tanpa tanggal", "menyusul")),
        NO_CODE,
        "notulen",
    )
    for i, way in enumerate(ways[:6]):
        yield Case(
            f"notulen Word bertanggal {i}",
            f"Notulen {i}.docx",
            lambda w=way, n=i: office.docx(short_minutes(f"ejaan w{n}", w)),
            NO_CODE,
        )
    for i in range(5):
        yield Case(
            f"laporan bertanggal dalam triwulan dan menyebut tahun lalu {i}",
            f"laporan {i}.pdf",
            lambda n=i: html.pdf(
                bases.paper(f"campur {n}").more(
                    f"Dasar: rapat tanggal {n + 3} Maret 2019 dan laporan tanggal 2 Januari 2020."
                )
            ),
            NO_CODE,
            "laporan",
        )


def _old_but_good() -> Iterator[Case]:
    """Decrees older than the quarter, and reports signed between quarter end and due day."""
    for i in range(14):
        r = chance.rng(f"sk lama {i}")
        d = D(r.choice((2017, 2018, 2019, 2019, 2020)), r.randint(1, 3), r.randint(1, 28))
        build = partial(_old_decree, i, d)
        yield Case(
            f"keputusan lama yang berlaku {i}",
            f"SK {d.year} {i}.pdf",
            build,
            NO_CODE,
            ("keputusan", "peraturan")[i % 5 == 4],
        )
    for i in range(12):
        signed = D(2020, 7, 1 + i)
        yield Case(
            f"laporan ditandatangani {signed}",
            f"Laporan TW II {i}.pdf",
            lambda s=signed, n=i: html.pdf(
                report(chance.rng(f"juli {n}"), topic("1-a"), own(0), chance.WORKDAYS, s),
                ("dinas", "folio", "dua")[n % 3],
            ),
            NO_CODE,
            "laporan",
        )
    for i in range(6):
        signed = D(2020, 7, 2 + 2 * i)
        yield Case(
            f"laporan hanya bertanggal {signed}",
            f"Laporan akhir {i}.pdf",
            lambda s=signed, n=i: rawpdf.pdf(
                replace(
                    short_minutes(f"hanya juli {n}", "tercatat pada undangan"),
                    title=("LAPORAN PERCEPATAN OSS",),
                    dated=f"Temanggung, {chance.long(s)}",
                )
            ),
            NO_CODE,
            "laporan",
        )
    for i in range(6):
        when = D(2020, 3, 5 + i)
        yield Case(
            f"surat sebelum triwulan {i}",
            f"surat {i}.pdf",
            lambda w=when, n=i: html.pdf(letter(chance.rng(f"maret {n}"), topic("1-a"), own(0), (w, w))),
            NO_CODE,
            ("surat", "sop", "perjanjian")[i % 3],
        )
    for kind in ("notulen", "daftar_hadir", "berita_acara", "laporan"):
        yield Case(
            f"pindaian {kind} dalam triwulan",
            f"scan {kind}.pdf",
            lambda k=kind: scans.scan_pdf(
                [scans.scanned(scans.sheet(bases.paper(f"pindai {k}", k), 200, "sans", 9.5), chance.rng(k))], 200, 40
            ),
            NO_CODE,
            kind,
        )


def _photos() -> Iterator[Case]:
    yield Case(
        "foto WhatsApp tanpa EXIF",
        "IMG-20200512-WA0007.jpg",
        lambda: scans.jpeg(photos.scene(chance.rng("wa"), (1280, 960)), 60),
        NO_CODE,
        "foto",
    )
    yield Case(
        "foto WhatsApp lama diunggah, nama tahun lalu",
        "IMG-20190512-WA0007.jpg",
        lambda: scans.jpeg(photos.scene(chance.rng("wa2"), (1280, 960)), 60),
        NO_CODE,
        "foto",
    )
    for i, when in enumerate(
        (
            "2020:04:01 08:00:00",
            "2020:06:30 17:59:59",
            "2020:05:12 09:00:00",
            "2020:05:20 13:00:00",
            "2020:06:11 10:10:10",
        )
    ):
        yield Case(
            f"foto EXIF dalam triwulan {i}",
            f"DSC_{i}.jpg",
            lambda w=when, n=i: snapshot(w, f"exif {n}", make="Canon", model="EOS 200D"),
            NO_CODE,
            "foto",
        )
    yield Case(
        "foto EXIF tanpa tanggal",
        "P1.jpg",
        lambda: snapshot("", "exif kosong", make="vivo", model="1904"),
        NO_CODE,
        "foto",
    )
