"""A file that its program could not open: broken, cut off, or without pages."""

import warnings
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding, Neighbours
from stranas.evidence.checks.media import BY_ENDING, media_of
from stranas.evidence.rules import Severity, ending_of

ROWS_READ = 2000
# A scan of a map may be large; past this Pillow takes a picture for a bomb.
MOST_PIXELS = 400_000_000


class NotReadable(Exception):
    """Opened, but nothing in it can be shown."""


def opens(path: Path, claim: Claim, neighbours: Neighbours) -> Iterator[Finding]:
    if not _can_be_opened(path, claim):
        yield Finding(
            "not_readable",
            Severity.REFUSED,
            "Berkas tidak dapat dibuka: isinya rusak atau terpotong.",
            "Buka berkas di komputer Bapak/Ibu, simpan kembali dari aplikasi asalnya, lalu unggah ulang.",
        )


def _can_be_opened(path: Path, claim: Claim) -> bool:
    """Bytes that nobody knows cannot be opened where the name promises a type that we do know."""
    media = media_of(path)
    if media.family == "unknown":
        return media.key != "broken-zip" and ending_of(claim.name) not in BY_ENDING
    opener = _OPENERS.get(media.key)
    if opener is None:
        return True
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opener(path)
    except MemoryError:
        raise
    except Exception:  # every reader has its own kinds of error; all mean the same to the officer
        return False
    return True


def _pdf(path: Path) -> None:
    import pikepdf
    import pypdfium2

    with pikepdf.open(path) as pdf:
        if not len(pdf.pages):
            raise NotReadable
    document = pypdfium2.PdfDocument(path)
    try:
        document[0].close()
    finally:
        document.close()


def _image(path: Path) -> None:
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    with Image.open(path) as image:
        image.draft("RGB", (1000, 1000))  # a JPEG is read whole, but decoded small
        image.load()


def _whole_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        if archive.testzip() is not None:
            raise NotReadable


def _xlsx(path: Path) -> None:
    import openpyxl

    _whole_zip(path)
    # As a stream: openpyxl judges a path by its ending, and stored files have none.
    with path.open("rb") as stream:
        book = openpyxl.load_workbook(stream, read_only=True, keep_links=False)
        for sheet in book.worksheets:
            for _row in islice(sheet.iter_rows(values_only=True), ROWS_READ):
                pass
        book.close()


def _xml_part(part: str) -> Callable[[Path], None]:
    """A zip whose main part is well-formed XML; read as a stream, without following entities."""

    def read(path: Path) -> None:
        from lxml import etree

        _whole_zip(path)
        with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
            for _event, element in etree.iterparse(stream, resolve_entities=False, no_network=True, huge_tree=True):
                element.clear()

    return read


def _ole(path: Path) -> None:
    import olefile

    with olefile.OleFileIO(path) as ole:
        for name in ole.listdir():
            ole.openstream(name).read()
        if ole.parsing_issues:
            raise NotReadable


_OPENERS: dict[str, Callable[[Path], None]] = {
    "pdf": _pdf,
    "xlsx": _xlsx,
    "docx": _xml_part("word/document.xml"),
    "pptx": _xml_part("ppt/presentation.xml"),
    "ods": _xml_part("content.xml"),
    "odt": _xml_part("content.xml"),
    "odp": _xml_part("content.xml"),
    "xls": _ole,
    "doc": _ole,
    "ppt": _ole,
    "zip": _whole_zip,
    **dict.fromkeys(("jpg", "png", "webp", "tiff", "gif", "bmp"), _image),
}
