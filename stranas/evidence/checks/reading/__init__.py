"""The words of a file, as far as the checks need them. Pages are parted by form feeds; a row of a table is a line,
its cells parted by tabs.
"""

from collections.abc import Callable
from pathlib import Path

from stranas.evidence.checks.finding import Reading
from stranas.evidence.checks.media import media_of
from stranas.evidence.checks.reading import limits
from stranas.evidence.rules import TextSource


def read(path: Path) -> Reading:
    """Nothing for a file without words. Raises what its reader raises on a strange file."""
    media = media_of(path)
    if media.key == "pdf":
        return _pdf(path)
    if media.family == "image":
        return Reading(is_scan=True)
    reader = _reader(media.key)
    text = reader(path) if reader else ""
    return Reading(text[: limits.MOST_SIGNS], TextSource.WORDS) if text.strip() else Reading()


def _pdf(path: Path) -> Reading:
    from stranas.evidence.checks.reading import pdf

    pages = pdf.pages(path)
    text = "\f".join(page.text for page in pages)[: limits.MOST_SIGNS]
    is_scan = any(page.is_scan for page in pages)
    return Reading(text, TextSource.LAYER, is_scan) if text.strip() else Reading(is_scan=is_scan)


def _reader(key: str) -> Callable[[Path], str] | None:
    """Heavy readers are imported only for files that need them."""
    if key in ("docx", "odt", "pptx", "odp"):
        from stranas.evidence.checks.reading import office

        return office.words
    if key in ("xlsx", "xls", "ods", "csv", "text"):
        from stranas.evidence.checks.reading import sheets

        return {"csv": sheets.table, "text": sheets.plain}.get(key, sheets.book)
    return None
