"""The words of a PDF's text layer, page by page, and which pages only OCR could read."""

import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from stranas.evidence.checks.reading import limits

# A page with fewer signs that is mostly a picture is a scan: page numbers and stamps are laid over scans too.
FEW_SIGNS, PICTURE_FROM = 150, 0.35
# A page with nearly none, and something drawn on it, is one as well: letters that became curves.
NO_SIGNS = 25
# What programs of scanners and of electronic signatures lay over a page that has no other words.
_LAID_OVER = re.compile(
    r"(?:scanned|dipindai|scan)\s+(?:by|with|dengan|oleh)\s+\w+(?:\s*scan(?:ner)?)?"
    r"|camscanner|adobe\s+scan|tapscanner|(?:dokumen\s+ini|telah)\s+.{0,60}ditandatangani\s+secara\s+elektronik.{0,200}",
    re.IGNORECASE | re.DOTALL,
)
_LEADERS = re.compile(r"([._\-=*…])\1{2,}")
_WORD = re.compile(r"[A-Za-z]{4,}")


@dataclass(frozen=True)
class Page:
    """A page by its number from 0. `text` is empty where the layer holds no true words."""

    number: int
    text: str = ""
    is_scan: bool = False


def pages(path: Path) -> list[Page]:
    """The first pages and the last one, where papers are dated."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as document:
        return list(_pages(document))


def _pages(document: Any) -> Iterator[Page]:
    last = len(document) - 1
    left = limits.MOST_SIGNS
    for number in sorted({*range(min(limits.MOST_PAGES, last + 1)), last}):
        page = _page(document, number, min(left, limits.MOST_SIGNS_OF_PAGE))
        left = max(left - len(page.text), 1000)
        yield page


def _page(document: Any, number: int, most: int) -> Page:
    import pypdfium2

    try:
        with closing(document[number]) as page:
            text = _text(page, most)
            signs = len("".join(_LAID_OVER.sub("", text).split()))
            if is_garbage(text):
                return Page(number, "", is_scan=True)
            return Page(number, text, is_scan=signs < FEW_SIGNS and _is_picture(page, signs))
    except pypdfium2.PdfiumError:
        return Page(number)


def _text(page: Any, most: int) -> str:
    with closing(page.get_textpage()) as text:
        said = text.get_text_range(0, min(text.count_chars(), most)).replace("\r\n", "\n").replace("\f", "\n")
    # PDFium puts U+FFFE in place of a hyphen that ends a line, and of that end.
    return said.replace("\ufffe\n", "-\n").replace("\ufffe", "-\n")


def _is_picture(page: Any, signs: int) -> bool:
    import pypdfium2.raw as pdfium

    if signs < NO_SIGNS and pdfium.FPDFPage_CountObjects(page) > 0:
        return True
    width, height = page.get_size()
    covered = 0.0
    for shape in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=2):
        left, bottom, right, top = shape.get_bounds()
        covered += max(right - left, 0) * max(top - bottom, 0)
    return covered > PICTURE_FROM * max(width * height, 1)


def is_garbage(text: str) -> bool:
    """The signs of a font that does not say which letters it draws: private ones, few letters, words without vowels."""
    signs = "".join(_LEADERS.sub("", text).split())
    if len(signs) < NO_SIGNS:
        return False
    strange = sum(sign == "\ufffd" or sign < " " or "\ue000" <= sign <= "\uf8ff" for sign in signs)
    plain = sum(sign.isalnum() for sign in signs)
    words = _WORD.findall(text)
    mute = sum(not re.search(r"[aeiou]", word, re.IGNORECASE) for word in words)
    return strange > 0.2 * len(signs) or plain < 0.55 * len(signs) or (len(words) >= 12 and mute > 0.4 * len(words))
