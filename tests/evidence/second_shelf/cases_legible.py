"""Blank papers, pages that do not show, and pictures too small to be read."""

from collections.abc import Callable, Iterator

from PIL import Image, ImageDraw

from . import bases, chance, html, photos, rawpdf, scans
from .case import Case
from .readings import NO_CODE


def empty_pdf(pages: int, content: bytes = b"") -> bytes:
    return rawpdf.document([content] * pages)


def white_scan(pages: int, dpi: int = 150, dust: bool = False) -> bytes:
    """The back of the paper lay on the glass: off-white, perhaps with a little dust or a shadow at the edge."""
    images = []
    for i in range(pages):
        image = Image.new("L", (round(8.27 * dpi), round(11.69 * dpi)), 250 - i)
        if dust:
            d = ImageDraw.Draw(image)
            d.point([(37 * k % image.width, 91 * k % image.height) for k in range(12)], fill=214)
            d.line((2, 0, 2, image.height), fill=233, width=2)
        images.append(image)
    return scans.scan_pdf(images, dpi)


def mixed(written: int, blank: int, spread: bool = False) -> bytes:
    """Written pages and empty ones."""
    text = rawpdf.lines(bases.paper(f"kosong {written}-{blank}"))
    full = [rawpdf.text_page(text[i * 6 : i * 6 + 30] or text[:20]) for i in range(written)]
    if spread:
        pages = [p for pair in zip(full, [b""] * written, strict=True) for p in pair] + [b""] * (blank - written)
    else:
        pages = full + [b""] * blank
    return rawpdf.document(pages)


def missing_page(pages: int, lost: int) -> bytes:
    """The list of pages names one that is not in the file."""
    text = rawpdf.lines(bases.paper(f"hilang {pages}"))
    data = rawpdf.document([rawpdf.text_page(text[i * 4 : i * 4 + 30]) for i in range(pages)])
    number = b"%d 0 R" % (4 + 2 * lost)
    other = b"0 0 R".ljust(len(number))  # object 0 is always free
    kids = data.index(b"/Kids")
    at = data.index(number, kids)
    return data[:at] + other + data[at + len(number) :]


def scan_at(label: str, dpi: int, kind: str = "surat") -> bytes:
    """A sharp page brought down to few dots, as "smallest file" on a copier does."""
    r = chance.rng(label)
    page = scans.sheet(bases.paper(label, kind), 150, points=10.5)
    small = page.resize((round(8.27 * dpi), round(11.69 * dpi)), Image.Resampling.LANCZOS)
    return scans.scan_pdf([scans.scanned(small, r, 0.2, 4)], dpi, 70)


def page_picture(label: str, width: int, kind: str = "surat", how: str = "JPEG") -> bytes:
    page = scans.sheet(bases.paper(label, kind), 150, points=10.5)
    small = page.resize((width, round(width * 1.414)), Image.Resampling.LANCZOS)
    return scans.saved(small, how, quality=75) if how != "PNG" else scans.saved(small, "PNG")


def photo_of(label: str, size: tuple[int, int], how: str = "JPEG") -> bytes:
    image = photos.scene(chance.rng(label), size)
    return scans.saved(image, how, quality=72)


def map_scan(label: str, dpi: int) -> bytes:
    image = photos.chart(chance.rng(label), "PETA RENCANA TATA RUANG", (round(11.69 * dpi), round(8.27 * dpi)))
    return scans.scan_pdf([image], dpi, 70)


def screen(label: str, size: tuple[int, int]) -> bytes:
    r = chance.rng(label)
    rows = [["No", "Izin", "Status"], ["1", "Izin Lokasi", "Selesai"], ["2", "Izin Usaha", "Proses"]]
    return scans.saved(
        photos.screenshot(r, "https://oss.go.id/portal", "Daftar Permohonan OSS", rows, size, "12/05/2020"), "PNG"
    )


def _blank() -> Iterator[tuple[str, str, Callable[[], bytes], str]]:
    for n in (1, 2, 5):
        yield f"PDF kosong {n} halaman", "surat.pdf", lambda k=n: empty_pdf(k), "surat"
        yield f"pindaian putih {n} halaman", "scan.pdf", lambda k=n: white_scan(k), "laporan"
    yield "pindaian putih berdebu", "scan debu.pdf", lambda: white_scan(1, dust=True), "surat"
    yield (
        "PDF kosong dengan spasi",
        "laporan.pdf",
        lambda: empty_pdf(1, b"BT /F1 12 Tf 60 700 Td (   ) Tj ET"),
        "laporan",
    )
    yield "PDF kosong oleh WeasyPrint", "surat.pdf", lambda: html.pdf_of("<p>&nbsp;</p>"), "surat"
    yield "JPG putih", "scan.jpg", lambda: scans.jpeg(Image.new("L", (1240, 1754), 251), 80), "surat"
    yield "PNG putih", "foto.png", lambda: scans.saved(Image.new("RGB", (1280, 960), (255, 255, 255)), "PNG"), "foto"
    yield "foto hitam seluruhnya", "IMG.jpg", lambda: scans.jpeg(Image.new("RGB", (1280, 960), (0, 0, 0)), 80), "foto"


def cases() -> Iterator[Case]:
    c = bases.codes
    for label, name, build, kind in _blank():
        yield Case(label, name, build, c("blank"), kind)
    for written, blank in ((1, 4), (2, 3), (1, 3), (3, 5), (2, 7)):
        yield Case(
            f"{written} halaman berisi dan {blank} kosong",
            "laporan.pdf",
            lambda w=written, b=blank: mixed(w, b),
            c("blank_pages"),
            "laporan",
        )
        yield Case(
            f"{written} halaman berisi berselang {blank} kosong",
            "notulen.pdf",
            lambda w=written, b=blank: mixed(w, b, True),
            c("blank_pages"),
            "notulen",
        )
    for pages, lost in ((3, 1), (4, 3), (5, 2)):
        yield Case(
            f"halaman {lost + 1} dari {pages} tidak ada",
            "laporan.pdf",
            lambda p=pages, x=lost: missing_page(p, x),
            c("page_not_shown"),
            "laporan",
        )
    for dpi in (50, 60, 72, 75, 80):
        yield Case(
            f"pindaian {dpi} dpi", f"scan {dpi}.pdf", lambda d=dpi: scan_at(f"dpi {d}", d), c("low_resolution"), "surat"
        )
        yield Case(
            f"pindaian laporan {dpi} dpi",
            f"laporan {dpi}.pdf",
            lambda d=dpi: scan_at(f"dpi l{d}", d, "laporan"),
            c("low_resolution"),
            "laporan",
        )
    for i, (width, kind) in enumerate(
        (
            (420, "surat"),
            (500, "berita_acara"),
            (560, "daftar_hadir"),
            (600, "surat"),
            (640, "surat_pernyataan"),
            (680, "berita_acara"),
        )
    ):
        yield Case(
            f"gambar surat {width} titik",
            f"{kind} {i}.jpg",
            lambda w=width, k=kind: page_picture(f"kecil {w}", w, k),
            c("low_resolution"),
            kind,
        )
    for dpi in (70, 80, 95, 100):
        yield Case(
            f"peta pindai {dpi} dpi",
            f"peta {dpi}.pdf",
            lambda d=dpi: map_scan(f"peta {d}", d),
            c("low_resolution"),
            "peta",
            item="2-a",
        )
    for size in ((320, 240), (480, 360), (500, 400), (240, 320), (590, 440)):
        yield Case(
            f"foto kecil {size}", "foto.jpg", lambda s=size: photo_of(f"foto {s}", s), c("small_picture"), "foto"
        )
    for size in ((200, 150), (300, 170), (310, 200)):
        yield Case(
            f"tangkapan layar kecil {size}",
            "layar.png",
            lambda s=size: screen(f"layar {s}", s),
            c("small_picture"),
            "tangkapan_layar",
        )
    for size in ((640, 450), (800, 600), (960, 700)):
        yield Case(
            f"peta kecil {size}",
            "peta.png",
            lambda s=size: scans.saved(photos.chart(chance.rng(f"peta {s}"), "PETA", s), "PNG"),
            c("small_picture"),
            "peta",
            item="2-a",
        )
    yield from _honest()


def _honest() -> Iterator[Case]:
    yield Case("satu halaman kosong di belakang", "laporan.pdf", lambda: mixed(1, 1), NO_CODE, "laporan")
    yield Case("dua halaman kosong dari lima", "laporan.pdf", lambda: mixed(3, 2), NO_CODE, "laporan")
    yield Case("empat halaman kosong dari sepuluh", "laporan.pdf", lambda: mixed(6, 4), NO_CODE, "laporan")
    yield Case("dua halaman, satu kosong (bolak-balik)", "surat.pdf", lambda: mixed(1, 1, True), NO_CODE, "surat")
    yield Case(
        "surat sangat pendek",
        "surat.pdf",
        lambda: rawpdf.document(
            [
                rawpdf.text_page(
                    ["PEMERINTAH KABUPATEN TEMANGGUNG", "Disposisi: teruskan kepada Kepala DPMPTSP, 12 Mei 2020."]
                )
            ]
        ),
        NO_CODE,
        "surat",
    )
    for dpi in (100, 110, 120, 150, 200):
        yield Case(
            f"pindaian cukup {dpi} dpi", f"scan {dpi}.pdf", lambda d=dpi: scan_at(f"cukup {d}", d), NO_CODE, "surat"
        )
    for dpi in (120, 150):
        yield Case(
            f"peta pindai cukup {dpi} dpi",
            f"peta {dpi}.pdf",
            lambda d=dpi: map_scan(f"peta cukup {d}", d),
            NO_CODE,
            "peta",
            item="2-a",
        )
    for width in (1080, 1240, 1400):
        yield Case(
            f"gambar surat cukup {width}", "surat.jpg", lambda w=width: page_picture(f"cukup {w}", w), NO_CODE, "surat"
        )
    for size in ((640, 480), (960, 1280), (604, 800)):
        yield Case(f"foto cukup {size}", "foto.jpg", lambda s=size: photo_of(f"foto cukup {s}", s), NO_CODE, "foto")
    for size in ((360, 640), (1366, 768), (720, 1480)):
        yield Case(
            f"tangkapan layar cukup {size}",
            "layar.png",
            lambda s=size: screen(f"layar cukup {s}", s),
            NO_CODE,
            "tangkapan_layar",
        )
    yield Case(
        "foto gelap malam hari",
        "ronda.jpg",
        lambda: scans.jpeg(photos.scene(chance.rng("malam"), (1280, 960)).point(lambda v: v // 3), 70),
        NO_CODE,
        "foto",
    )
    yield Case("logo kecil di kop surat", "surat.pdf", _small_logo, NO_CODE, "surat")


def _small_logo() -> bytes:
    """A letter with a text layer and a coarse emblem: the emblem's dots say nothing of the page."""
    import base64

    emblem = base64.b64encode(scans.saved(photos.field(chance.rng("logo"), (40, 50)), "PNG")).decode()
    page = html.page(bases.paper("logo kop", "surat")).replace(
        "<div class=kop>", f'<div class=kop><img width=70 src="data:image/png;base64,{emblem}"><br>'
    )
    return html.pdf_of(page)
