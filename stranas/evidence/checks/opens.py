"""A file that its program could not open: broken, cut off, or without pages."""

import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from stranas.evidence.checks.finding import Claim, Finding, Neighbours
from stranas.evidence.checks.media import BY_ENDING, media_of
from stranas.evidence.rules import Severity, ending_of

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


def _xml_parts(main: str, others: str = r"(?!)") -> Callable[[Path], None]:
    """A sound zip with a main part (a pattern: producers number it) whose XML is well-formed, as is that of the others.

    No openpyxl here: it gives up on styles and names that Excel opens without a word.
    """

    def read(path: Path) -> None:
        _whole_zip(path)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if not any(re.fullmatch(main, name) for name in names):
                raise NotReadable
            for name in names:
                if name.endswith(".xml") and re.fullmatch(f"{main}|{others}", name):
                    with archive.open(name) as stream:
                        expat.ParserCreate().ParseFile(stream)

    return read


def _ole(path: Path) -> None:
    """Every stream is as long as the file says. Lesser defects are common in exports that Excel opens."""
    import olefile

    with olefile.OleFileIO(path) as ole:
        for name in ole.listdir():
            if len(ole.openstream(name).read()) < ole.get_size(name):
                raise NotReadable


_OPENERS: dict[str, Callable[[Path], None]] = {
    "pdf": _pdf,
    "xlsx": _xml_parts(r"xl/workbook\d*\.(xml|bin)", r"xl/worksheets/[^/]+\.xml"),
    "docx": _xml_parts(r"word/document\d*\.xml"),
    "pptx": _xml_parts(r"ppt/presentation\d*\.xml"),
    "ods": _xml_parts(r"content\.xml"),
    "odt": _xml_parts(r"content\.xml"),
    "odp": _xml_parts(r"content\.xml"),
    "xls": _ole,
    "doc": _ole,
    "ppt": _ole,
    "zip": _whole_zip,
    **dict.fromkeys(("jpg", "png", "webp", "tiff", "gif", "bmp"), _image),
}
