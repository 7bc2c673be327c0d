"""The words of scans, by Tesseract where it is installed. Slow: seconds a page, so it has a turn of its own.

The pages go to the program and its words come back through pipes: nothing of an officer's paper is left in a
folder when the program is ended (pytesseract would write both to files).
"""

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from stranas.evidence.checks.finding import Reading
from stranas.evidence.checks.legible import INK_FROM, _ink
from stranas.evidence.checks.media import media_of
from stranas.evidence.checks.reading import limits, pdf
from stranas.evidence.rules import TextSource

# Kinds of document whose pictures show nothing in words.
WITHOUT_WORDS = frozenset({"foto", "peta"})
# Of the scanned pages the first ones and the last.
MOST_PAGES, SECONDS_A_PAGE, SECONDS = 3, 12, 40
# Letters of 11 points are 30 pixels high at 200 dpi. A map is drawn smaller: its pixels would fill the memory.
DPI, MOST_PIXELS = 200, 6_000_000
LANGUAGE = "ind"
# Automatic layout without turning pages by their writing: that cost half a second a page and turned stamps over.
LAYOUT = "3"


@cache
def can_read() -> bool:
    """Whether Tesseract is installed with Indonesian."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    said = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False)
    return LANGUAGE in said.stdout.split()


def read(path: Path) -> Reading:
    """The words of the scanned pages, together with those of the text layer. Empty pages stay empty."""
    stop = time.monotonic() + SECONDS
    pages = _pdf(path, stop) if media_of(path).key == "pdf" else [_words(_picture(path), stop)]
    text = "\f".join(pages)[: limits.MOST_SIGNS]
    return Reading(text, TextSource.OCR) if text.strip() else Reading()


def _pdf(path: Path, stop: float) -> list[str]:
    import pypdfium2

    pages = pdf.pages(path)
    scans = [page.number for page in pages if page.is_scan]
    chosen = {*scans[:MOST_PAGES], *scans[-1:]}
    with closing(pypdfium2.PdfDocument(path)) as document:
        return [_words(_drawn(document, page.number), stop) if page.number in chosen else page.text for page in pages]


def _drawn(document: Any, number: int) -> Any:
    with closing(document[number]) as page:
        width, height = page.get_size()
        scale = min(DPI / 72, (MOST_PIXELS / max(width * height, 1)) ** 0.5)
        return page.render(scale=scale, grayscale=True).to_pil().convert("L")


def _picture(path: Path) -> Any:
    from PIL import Image, ImageOps

    with Image.open(path) as image:
        image.draft("L", (2400, 2400))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((2800, 2800))
        return upright.convert("L")


def _words(image: Any, stop: float) -> str:
    """Nothing for an empty page, and none once the time is over."""
    left = stop - time.monotonic()
    if left < 1 or _ink(image) < INK_FROM:
        return ""
    try:
        answer = subprocess.run(
            ["tesseract", "stdin", "stdout", "-l", LANGUAGE, "--psm", LAYOUT, "--dpi", str(DPI)],
            input=b"".join(_grey(image)),
            capture_output=True,
            timeout=min(left, SECONDS_A_PAGE),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return ""
    return answer.stdout.decode("utf-8", "replace").replace("\f", "\n")[: limits.MOST_SIGNS_OF_PAGE]


def _grey(image: Any) -> Iterator[bytes]:
    """As PGM, which needs no packing."""
    yield f"P5 {image.width} {image.height} 255\n".encode()
    yield image.tobytes()
