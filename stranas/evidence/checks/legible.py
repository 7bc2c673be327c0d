"""What a reader sees: pages with something on them, scans and photos that are not too small to read.

Looks at the first pages only, and stops after some seconds. Said of what was looked at, never of the rest.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stranas.evidence.checks import limits
from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import media_of
from stranas.evidence.rules import Severity

MOST_PAGES, MOST_SECONDS = 12, 8
# Signs on a page from which on it has a text layer, and need not be drawn.
TEXT_FROM = 25
# Drawn this wide (48 dpi on A4): letters become grey, and the grain of a scanner disappears.
DRAWN_WIDTH = 400
# Ink is this much darker than the paper. On the shelf a scan with nothing but "ttd" has 0.00008 of it, an empty
# page of a dirty scan at most 0.00001.
DARKER, INK_FROM = 45, 0.00003
# A picture over this part of a page without text makes it a scan.
SCAN_FROM = 0.5
A4_INCHES = (8.27, 11.69)
# Words of 11 points can still be read at 96 dpi.
LEAST_DPI = {"peta": 110, "foto": 0, "tangkapan_layar": 0, "": 0, "data": 0, "tautan": 0}
LEAST_DPI_OF_PAPERS = 90
# The long side of a picture file. WhatsApp sends 1,280 or more; what is smaller than these is a thumbnail.
LEAST_SIDE = {"foto": 600, "tangkapan_layar": 320, "peta": 1000, "": 0, "data": 0, "tautan": 0}
LEAST_SIDE_OF_PAPERS = 1000


@dataclass(frozen=True)
class Page:
    """What was seen of a page: whether anything is on it, and how finely it was scanned (None: it is no scan)."""

    is_blank: bool = False
    dpi: float | None = None
    is_shown: bool = True


def legible(path: Path, claim: Claim) -> Iterator[Finding]:
    media = media_of(path)
    if media.key == "pdf":
        yield from _about_pages(_pages(path), claim)
    elif media.family == "image":
        yield from _about_picture(path, claim)


def _about_pages(pages: list[Page], claim: Claim) -> Iterator[Finding]:
    blank = sum(page.is_blank for page in pages)
    if pages and blank == len(pages):
        yield _blank(f"{len(pages)} halaman pertama yang dilihat kosong" if blank > 1 else "Halamannya kosong")
    elif blank >= 3 and blank > len(pages) / 2:
        yield Finding(
            "blank_pages",
            Severity.EXPLAIN,
            f"{blank} dari {len(pages)} halaman pertama kosong.",
            "Periksa hasil pindai: mungkin kertas terbalik atau halaman terlewat. Bila memang kosong, jelaskan.",
        )
    hidden = [number for number, page in enumerate(pages, 1) if not page.is_shown]
    if hidden:
        yield Finding(
            "page_not_shown",
            Severity.EXPLAIN,
            f"Halaman {hidden[0]} tidak dapat ditampilkan.",
            "Buka berkas di komputer Anda. Bila halaman itu tidak terlihat, minta berkas aslinya, lalu unggah kembali.",
        )
    least = LEAST_DPI.get(claim.kind, LEAST_DPI_OF_PAPERS)
    coarse = sorted(page.dpi for page in pages if page.dpi is not None and page.dpi < least)
    if coarse:
        yield Finding(
            "low_resolution",
            Severity.EXPLAIN,
            f"Hasil pindai terlalu kasar (sekitar {coarse[0]:.0f} dpi), sehingga tulisannya sulit dibaca.",
            "Pindai ulang pada 150 dpi atau lebih, atau foto ulang dari dekat, lalu unggah kembali.",
        )


def _blank(what: str) -> Finding:
    return Finding(
        "blank",
        Severity.EXPLAIN,
        f"{what}.",
        "Buka berkas di komputer Anda. Bila isinya tidak terlihat, pindai atau simpan ulang, lalu unggah kembali.",
    )


def _pages(path: Path) -> list[Page]:
    import pypdfium2

    stop = time.monotonic() + MOST_SECONDS
    seen: list[Page] = []
    with closing(pypdfium2.PdfDocument(path)) as document:
        for number in range(min(len(document), MOST_PAGES)):
            if time.monotonic() > stop:
                break
            seen.append(_looked_at(document, number))
    return seen


def _looked_at(document: Any, number: int) -> Page:
    import pypdfium2

    try:
        with closing(document[number]) as page:
            return _page(page)
    except pypdfium2.PdfiumError:
        return Page(is_shown=False)


def _page(page: Any) -> Page:
    if _has_text(page):
        return Page()
    pictures = list(_pictures(page))
    if any(picture.pixels > limits.MOST_PIXELS for picture in pictures):
        return Page()  # not drawn: the picture would fill the memory
    return Page(is_blank=_ink(_drawn(page)) < INK_FROM, dpi=_dpi(page, pictures))


def _has_text(page: Any) -> bool:
    with closing(page.get_textpage()) as text:
        return len("".join(text.get_text_range(0, 400).split())) >= TEXT_FROM


@dataclass(frozen=True)
class Picture:
    """A picture on a page: its pixels and its size in inches."""

    across: int
    down: int
    width: float
    height: float

    @property
    def pixels(self) -> int:
        return self.across * self.down

    @property
    def dpi(self) -> float:
        """As if printed on A4 at most: many programs call each pixel a point, which makes pages of half a metre."""
        short, long = sorted((self.width, self.height))
        few, many = sorted((self.across, self.down))
        return max(few / min(short, A4_INCHES[0]), many / min(long, A4_INCHES[1]))


def _pictures(page: Any) -> Iterator[Picture]:
    import pypdfium2.raw as pdfium

    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = shape.get_bounds()
        across, down = shape.get_px_size()
        if right > left and top > bottom and across and down:
            yield Picture(across, down, (right - left) / 72, (top - bottom) / 72)


def _dpi(page: Any, pictures: list[Picture]) -> float | None:
    """Of the finest large picture: scanners also lay a coarse ground under a fine mask."""
    width, height = page.get_size()
    area = max(width * height / 72 / 72, 0.01)
    if sum(picture.width * picture.height for picture in pictures) < SCAN_FROM * area:
        return None
    return max(picture.dpi for picture in pictures)


def _drawn(page: Any) -> Any:
    width, height = page.get_size()
    scale = DRAWN_WIDTH / max(min(width, height), 1)
    scale = min(scale, 4 * DRAWN_WIDTH / max(width, height, 1))
    return page.render(scale=scale, grayscale=True, may_draw_forms=False).to_pil().convert("L")


def _ink(picture: Any) -> float:
    """The part of the pixels that are clearly darker than the paper (the level that occurs most often)."""
    levels = picture.histogram()
    paper = max(range(256), key=levels.__getitem__)
    dark = sum(levels[: max(paper - DARKER, 0)])
    bright = sum(levels[paper + DARKER :]) if paper < 128 else 0
    return (dark + bright) / max(sum(levels), 1)


def _about_picture(path: Path, claim: Claim) -> Iterator[Finding]:
    from PIL import Image

    with Image.open(path) as image:
        side, least = max(image.size), LEAST_SIDE.get(claim.kind, LEAST_SIDE_OF_PAPERS)
        image.draft("L", (DRAWN_WIDTH, DRAWN_WIDTH))
        image.thumbnail((DRAWN_WIDTH, DRAWN_WIDTH))
        grey = image.convert("L")
    if side >= 100 and _is_one_colour(grey.getextrema()):
        yield _blank("Gambarnya kosong: seluruhnya satu warna")
    elif side < least:
        yield _too_small(claim, side)


def _is_one_colour(levels: tuple[int, int]) -> bool:
    return levels[1] - levels[0] < 16


def _too_small(claim: Claim, side: int) -> Finding:
    if claim.kind in ("foto", "tangkapan_layar", "peta"):
        return Finding(
            "small_picture",
            Severity.EXPLAIN,
            f"Gambar ini kecil: sisi panjangnya {side} piksel.",
            "Unggah gambar asli dari kamera atau telepon, bukan gambar kecil dari pratinjau atau pesan.",
        )
    return Finding(
        "low_resolution",
        Severity.EXPLAIN,
        f"Gambar dokumen ini kecil (sisi panjangnya {side} piksel), sehingga tulisannya sulit dibaca.",
        "Pindai ulang pada 150 dpi atau lebih, atau foto ulang dari dekat, lalu unggah kembali.",
    )
