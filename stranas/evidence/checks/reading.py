"""The words of a file, as far as the checks need them: the text layer of a PDF."""

from contextlib import closing
from pathlib import Path
from typing import Any

from stranas.evidence.checks.finding import Reading
from stranas.evidence.checks.media import media_of
from stranas.evidence.rules import TextSource

PAGES_READ, SIGNS_READ = 6, 20_000


def read(path: Path) -> Reading:
    """Nothing for a file without words. Raises what its reader raises on a strange file."""
    if media_of(path).key != "pdf":
        return Reading()
    text = _pdf(path)
    return Reading(text, TextSource.LAYER) if text.strip() else Reading()


def _pdf(path: Path) -> str:
    """Of the first pages and the last one, where papers are dated."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(path)) as document:
        last = len(document) - 1
        return "\f".join(_page(document, number) for number in sorted({*range(min(PAGES_READ, last + 1)), last}))


def _page(document: Any, number: int) -> str:
    import pypdfium2

    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            return text.get_text_range(0, min(text.count_chars(), SIGNS_READ))
    except pypdfium2.PdfiumError:
        return ""
