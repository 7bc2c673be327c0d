"""Draws safe pictures and plain tables of files. Runs in the child process only (see child.py).

A reader of the preview gets pixels and text: no script, no link and no font of the officer's file.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from stranas.evidence.checks.media import HEAD, Media, media_of, readable

WIDEST, TALLEST = 1400, 4000
MOST_PAGES = 60
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200, 30, 300
# A scanned page with all its colours weighs megabytes: too much for a slow line.
HEAVY = 400_000
# A logo stands on cards and posters at about 300 px.
LOGO, LOGO_MEDIA, MOST_PIXELS_OF_LOGO = 600, ("png", "jpg", "webp"), 40_000_000


def describe(path: Path) -> dict[str, Any]:
    """How the file can be shown: {"kind": "pages" | "table" | "none", ...}."""
    media = media_of(path)
    if media.key == "pdf":
        return {"words": media.words, **_pdf_pages(path)}
    if media.family == "image":
        return {"words": media.words, "kind": "pages", "total": 1, "sizes": [_image_size(path)]}
    rows = _table(path, media)
    if rows is None:
        return {"words": media.words, "kind": "none"}
    first = [_row(row) for row in islice(rows, MOST_ROWS + 1)]
    return {
        "words": media.words,
        "kind": "table",
        "rows": _without_empty_end(first[:MOST_ROWS]),
        "more": len(first) > MOST_ROWS,
    }


def draw(path: Path, *, page: int, into: Path) -> None:
    """One page (from 1) as a PNG. An image has one page."""
    image = _pdf_page(path, page) if media_of(path).key == "pdf" else _image(path)
    into.write_bytes(_png(image))


def _png(image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    if out.tell() <= HEAVY:
        return out.getvalue()
    fewer = io.BytesIO()
    image.quantize(256).save(fewer, "PNG", optimize=True)
    return min(out.getvalue(), fewer.getvalue(), key=len)


def _pdf_pages(path: Path) -> dict[str, Any]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        sizes = [_fitted(*document.get_page_size(n)) for n in range(min(len(document), MOST_PAGES))]
        return {"kind": "pages", "total": len(document), "sizes": sizes}
    finally:
        document.close()


def _fitted(width: float, height: float) -> tuple[int, int]:
    scale = min(WIDEST / width, TALLEST / height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _pdf_page(path: Path, number: int):
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDEST / width, TALLEST / height)
        return page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    finally:
        document.close()


def _image_size(path: Path) -> tuple[int, int]:
    from PIL import Image

    with Image.open(path) as image:
        width, height = image.size
        if image.getexif().get(0x0112, 1) >= 5:  # a phone turned on its side
            width, height = height, width
        return _fitted_down(width, height)


def _fitted_down(width: int, height: int) -> tuple[int, int]:
    return (width, height) if width <= WIDEST and height <= TALLEST else _fitted(width, height)


def _image(path: Path):
    """Upright, small enough, without transparency and without what a photo tells beside its picture."""
    from PIL import Image, ImageOps

    from stranas.evidence.checks.limits import MOST_PIXELS_OF_MAP

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS_OF_MAP
    with Image.open(path) as opened:
        opened.draft("RGB", (WIDEST, WIDEST))
        opened.load()
        shown = ImageOps.exif_transpose(opened)
        shown.thumbnail((WIDEST, TALLEST))
        plain = Image.new("RGB", shown.size, "white")
        plain.paste(shown.convert("RGBA"), mask=shown.convert("RGBA").getchannel("A"))
        return plain


def draw_logo(path: Path, *, into: Path) -> dict[str, Any]:
    """A logo as a PNG of at most LOGO pixels a side: its transparency stays, nothing that is hidden in the file does.

    {"width", "height"}, or {"refused": its media in words} for what is no PNG, JPEG or WebP.
    """
    from PIL import Image, ImageOps

    media = media_of(path)
    if media.key not in LOGO_MEDIA:
        with path.open("rb") as stream:
            return {"refused": "gambar SVG" if b"<svg" in stream.read(HEAD).lower() else media.words}
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS_OF_LOGO
    with Image.open(path) as opened:
        shown = ImageOps.exif_transpose(opened).convert("RGBA")
    shown.thumbnail((LOGO, LOGO))
    if shown.getchannel("A").getextrema() == (255, 255):
        shown = shown.convert("RGB")
    plain = Image.frombytes(shown.mode, shown.size, shown.tobytes())
    plain.save(into, "PNG", optimize=True)
    return {"width": plain.width, "height": plain.height}


def _table(path: Path, media: Media) -> Iterable[Iterable[Any]] | None:
    readers = {"xlsx": _xlsx_rows, "csv": _csv_rows, "ods": _ods_rows}
    reader = readers.get(media.key)
    return reader(path) if reader else None


def _xlsx_rows(path: Path) -> Iterator[Iterable[Any]]:
    """The first sheet that is shown, with the values that were calculated last."""
    import openpyxl

    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
        for sheet in shown[:1]:
            yield from sheet.iter_rows(values_only=True)


def _csv_rows(path: Path) -> Iterator[Iterable[Any]]:
    with path.open("rb") as stream:
        text = readable(stream.read(1_000_000)) or ""
    separator = max(";\t,|", key=text.partition("\n")[0].count)
    yield from csv.reader(io.StringIO(text), delimiter=separator)


_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def _ods_rows(path: Path) -> Iterator[Iterable[Any]]:
    """Rows of the first table. A repeated cell is repeated, as long as it fits."""
    from lxml import etree

    with zipfile.ZipFile(path) as archive, archive.open("content.xml") as stream:
        for _event, element in etree.iterparse(stream, tag=(f"{_TABLE}table-row", f"{_TABLE}table")):
            if element.tag == f"{_TABLE}table":
                return
            yield list(islice(_ods_cells(element), MOST_COLUMNS))
            element.clear()


def _ods_cells(row: Any) -> Iterator[str]:
    for cell in row.iter(f"{_TABLE}table-cell"):
        words = "\n".join("".join(part.itertext()) for part in cell.iter(f"{_TEXT}p"))
        times = min(int(cell.get(f"{_TABLE}number-columns-repeated", 1)), MOST_COLUMNS)
        yield from [words] * times


def _row(cells: Iterable[Any]) -> list[str]:
    return [_cell(value) for value in islice(cells, MOST_COLUMNS)]


def _cell(value: Any) -> str:
    """Plain words: dates and decimals as Indonesian officers read them."""
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", ",")
    return str(value)[:LONGEST_CELL]


def _without_empty_end(rows: list[list[str]]) -> list[list[str]]:
    """Sheets often claim hundreds of empty rows and columns."""
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
    return [(row + [""] * width)[:width] for row in rows]
