"""Honest papers as PDF, by the hands of many programs."""

import functools
import io
from collections.abc import Callable, Iterator

import pikepdf

from . import bases, chance, html, office, programs, rawpdf, scans
from .case import Case
from .papers import Paper

ITEMS = ("1-a", "7-a", "9-a", "9-b", "9-c", "10-a", "6-a")
KINDS = ("laporan", "notulen", "berita_acara", "surat", "rencana", "daftar_hadir", "surat_pernyataan")
CLAIMED = {"surat": ("surat", "sop", "perjanjian", "sertifikat")}
PRODUCERS = (
    b"Microsoft: Print To PDF",
    b"PDFCreator 2.5",
    b"Canon iR-ADV C3325",
    b"CamScanner",
    b"Microsoft\\256 Word 2016",
    b"iLovePDF",
    b"SIMAYA",
    b"TCPDF 6.3.2",
)


def rewritten(data: bytes, how: int) -> bytes:
    """As other programs save a PDF: compact, web-ready, or open."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        options = (
            {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
            {"linearize": True},
            {"qdf": True},
            {"min_version": "1.7"},
        )[how % 4]
        pdf.save(out, **options)
    return out.getvalue()


def joined(first: bytes, second: bytes) -> bytes:
    """A letter and its annex put together."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(first)) as one, pikepdf.open(io.BytesIO(second)) as two:
        one.pages.extend(two.pages)
        one.save(out)
    return out.getvalue()


def turned(data: bytes) -> bytes:
    """A page that lies on its side, put upright by the /Rotate of the page."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.pages[0].rotate(90, relative=True)
        pdf.save(out)
    return out.getvalue()


@functools.cache
def from_writer() -> dict[str, bytes]:
    """Several Word texts as LibreOffice exports them, in one start of it."""
    files = {f"a{i}.docx": office.docx(bases.paper(f"ekspor {i}", KINDS[i % 6], ITEMS[i % 7])) for i in range(12)}
    return programs.convert_many(files, "pdf")


def by_hand(i: int, paper: Paper) -> bytes:
    font = (b"Times-Roman", b"Helvetica", b"Courier")[i % 3]
    return rawpdf.pdf(
        paper, font, squeeze=i % 2 == 0, producer=PRODUCERS[i % 8], version=(b"1.3", b"1.4", b"1.7")[i % 3]
    )


def _made(i: int, kind: str, item: str) -> Callable[[], bytes]:
    label = f"jujur pdf {i}"
    paper = bases.paper(label, kind, item)
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: by_hand(i, paper),
        lambda: html.pdf(paper, "dinas"),
        lambda: by_hand(i + 1, paper),
        lambda: html.pdf(paper, "folio"),
        lambda: rewritten(by_hand(i, paper), i),
        lambda: html.pdf(paper, "dua"),
        lambda: joined(by_hand(i, paper), by_hand(i + 3, bases.paper(f"{label} lampiran", kind, item))),
        lambda: html.pdf(paper, "lanskap"),
        lambda: turned(by_hand(i, paper)),
    )
    return ways[i % 9]


def cases() -> Iterator[Case]:
    for i in range(105):
        kind, item = KINDS[i % 7], ITEMS[(i // 2) % 7]
        claimed = CLAIMED[kind][i % 4] if kind in CLAIMED else kind
        yield Case(
            f"PDF jujur {i} {claimed} {item}", f"{claimed} {i}.pdf", _made(i, kind, item), kind=claimed, item=item
        )
    yield from _scans()
    if programs.SOFFICE:
        for i in range(12):
            yield Case(
                f"PDF ekspor LibreOffice {i}",
                f"{KINDS[i % 6]} ekspor.pdf",
                lambda n=i: from_writer()[f"a{n}.docx"],
                kind=KINDS[i % 6],
                item=ITEMS[i % 7],
            )
    if programs.GS:
        for i in range(8):
            settings = (
                ("-dPDFSETTINGS=/ebook",),
                ("-dPDFSETTINGS=/screen",),
                ("-dCompatibilityLevel=1.4",),
                ("-dPDFSETTINGS=/printer",),
            )[i % 4]
            yield Case(
                f"PDF dimampatkan Ghostscript {i}",
                f"laporan kecil {i}.pdf",
                lambda n=i, s=settings: programs.through_gs(bases.pdf(f"gs {n}"), s),
                kind="laporan",
            )
    if programs.QPDF:
        for i, options in enumerate(
            (
                ("--linearize",),
                ("--object-streams=generate",),
                ("--qdf",),
                ("--encrypt", "", "x", "128", "--print=none", "--use-aes=y", "--"),
            )
        ):
            yield Case(
                f"PDF lewat qpdf {i}",
                f"surat {i}.pdf",
                lambda o=options, n=i: programs.through_qpdf(bases.plain_pdf(f"qpdf {n}", "surat"), o),
                kind="surat",
            )


def _scans() -> Iterator[Case]:
    """Scanned and photographed papers without a text layer."""
    for i in range(14):
        kind = ("surat", "berita_acara", "notulen", "daftar_hadir")[i % 4]
        yield Case(f"pindaian jujur {i}", f"SCAN_{20200400 + i}.pdf", lambda n=i, k=kind: scanned(n, k), kind=kind)
    for i in range(10):
        yield Case(
            f"foto surat dari telepon {i}",
            f"CamScanner {i}.jpg",
            lambda n=i: held(n),
            kind=("surat", "berita_acara")[i % 2],
        )


def scanned(i: int, kind: str) -> bytes:
    r = chance.rng(f"pindai jujur {i}")
    dpi = (150, 200, 150, 175)[i % 4]
    page = scans.sheet(bases.paper(f"pindai jujur {i}", kind), dpi, ("serif", "sans")[i % 2], 10.5)
    pages = [scans.scanned(page, r, 0.6, 6)]
    if i % 5 == 4:
        pages.append(scans.scanned(scans.sheet(bases.paper(f"pindai jujur {i} b", "notulen"), dpi, "serif", 10), r))
    return scans.scan_pdf(pages, dpi, 40, producer=PRODUCERS[i % 4])


def held(i: int) -> bytes:
    r = chance.rng(f"foto surat {i}")
    page = scans.sheet(
        bases.paper(f"foto surat {i}", ("surat", "berita_acara")[i % 2]), 150, ("serif", "sans")[i % 2], 10.5
    )
    return scans.jpeg(
        scans.photographed(scans.scanned(page, r, 1.2, 6), r), 55, exif=b"" if i % 2 else bytes(_camera())
    )


def _camera() -> bytes:
    from . import photos

    return photos.exif("2020:05:14 10:02:33", "Xiaomi", "Redmi Note 8").tobytes()
