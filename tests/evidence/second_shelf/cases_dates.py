"""Papers whose dates all lie outside the quarter, and papers in every honest spelling of a date."""

import datetime as dt
from collections.abc import Iterator

from . import bases, chance, html, photos, rawpdf, scans
from .case import Case
from .chance import Window
from .offices import own
from .papers import BY_KIND, Paper, decree
from .topics_more import topic

D = dt.date
EARLIER: tuple[Window, ...] = (
    (D(2019, 1, 7), D(2019, 3, 29)),
    (D(2019, 4, 2), D(2019, 6, 27)),
    (D(2019, 7, 1), D(2019, 9, 27)),
    (D(2019, 10, 2), D(2019, 12, 20)),
    (D(2020, 1, 6), D(2020, 3, 27)),
    (D(2018, 9, 3), D(2018, 11, 30)),
)
LATER: tuple[Window, ...] = (
    (D(2020, 8, 3), D(2020, 9, 25)),
    (D(2020, 10, 5), D(2020, 12, 18)),
    (D(2021, 1, 11), D(2021, 3, 19)),
)


def of(label: str, kind: str, window: Window, item: str = "1-a") -> Paper:
    return BY_KIND[kind](chance.rng(label), topic(item), bases.office_of(item), window)


def dressed(paper: Paper, how: int, label: str) -> tuple[str, bytes]:
    """The same paper in one of several dresses: PDF by different hands, Word, or a scan."""
    if how == 0:
        return "pdf", html.pdf(paper)
    if how == 1:
        return "pdf", rawpdf.pdf(paper)
    if how == 2:
        return "pdf", html.pdf(paper, "folio")
    return "pdf", scans.scan_pdf([scans.scanned(scans.sheet(paper, 200, "sans", 9.5), chance.rng(label))], 200, 40)


def numeric(d: dt.date, style: int) -> str:
    return (
        f"{d:%d-%m-%Y}",
        f"{d:%d/%m/%Y}",
        f"{d.day}.{d.month}.{d.year}",
        f"{d:%Y-%m-%d}",
        f"{d.day} {chance.MONTHS[d.month - 1][:3]} {d.year}",
        f"{chance.MONTHS[d.month - 1]} {d.year}",
        f"{d.day} {chance.MONTHS[d.month - 1].upper()} {d.year}",
        f"{d.day}/{d.month}/{d.year % 100}",
    )[style % 8]


def short_minutes(label: str, when: str, foot: str = "") -> Paper:
    """A meeting's minutes with a single date, spelled as given."""
    r = chance.rng(label)
    t = topic("1-a")
    talk = [s for s in t.said if "{d}" not in s][:4]
    from .papers import fill

    said = [fill(r, s, own(0), chance.WORKDAYS) for s in talk]
    return Paper(
        own(0).head,
        ("NOTULEN RAPAT", f"PEMBAHASAN {t.about.upper()}"),
        (f"Waktu rapat: {when}", "Tempat: Ruang Rapat Dinas", *said),
        "",
        bases.paper(label, "surat").signers,
        foot,
    )


def snapshot(when: str, label: str, **camera: str) -> bytes:
    return scans.jpeg(photos.scene(chance.rng(label), (1280, 960)), 65, exif=photos.exif(when, **camera))


def cases() -> Iterator[Case]:
    said = bases.codes("other_period")
    for i, window in enumerate(EARLIER + LATER):
        for k, kind in enumerate(("laporan", "notulen", "daftar_hadir", "berita_acara")):
            how = (i + k) % 4
            yield Case(
                f"{kind} bertanggal {window[0]:%m-%Y} cara {how}",
                f"{kind} {window[0]:%Y-%m}.pdf",
                lambda w=window, x=kind, h=how: dressed(of(f"luar {x} {w[0]}", x, w), h, f"luar {x} {w[0]}")[1],
                said,
                kind,
            )
    for i, window in enumerate(LATER):
        for kind in ("surat", "rencana", "surat_pernyataan"):
            yield Case(
                f"{kind} sesudah batas waktu {i}",
                f"{kind} {i}.pdf",
                lambda w=window, x=kind: html.pdf(of(f"lewat {x} {w[0]}", x, w)),
                said,
                kind,
            )
        yield Case(
            f"keputusan sesudah batas waktu {i}",
            f"SK {i}.pdf",
            lambda w=window, n=i: html.pdf(decree(chance.rng(f"sk lewat {n}"), topic("1-a"), own(0), w[1])),
            said,
            "keputusan",
        )
    for i in range(6):
        yield Case(
            f"notulen triwulan lalu dalam ejaan {i}",
            f"notulen lalu {i}.pdf",
            lambda n=i: rawpdf.pdf(short_minutes(f"ejaan luar {n}", numeric(D(2020, 2, 11 + n), n if n < 5 else 6))),
            said,
            "notulen",
        )
    for i, when in enumerate(
        (
            "2019:03:12 09:10:11",
            "2018:11:02 14:00:00",
            "2020:02:17 10:31:20",
            "2020:11:05 08:00:12",
            "2021:04:20 11:11:11",
            "2019:05:14 09:45:02",
            "2017:08:17 07:30:00",
            "2020:01:30 15:20:10",
        )
    ):
        yield Case(
            f"foto EXIF di luar triwulan {i}",
            f"IMG_{2000 + i}.jpg",
            lambda w=when, n=i: snapshot(w, f"exif luar {n}", make="samsung", model="SM-A515F"),
            said,
            "foto",
        )
