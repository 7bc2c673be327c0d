"""A file that its program could not open: broken, cut off, or without pages."""

import mmap
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.parsers import expat

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import BY_ENDING, media_of
from stranas.evidence.rules import Severity, ending_of

# Where the end mark of a PDF stands; some programs write a little behind it.
TAIL = 2048


class NotReadable(Exception):
    """Opened, but nothing in it can be shown."""


class CutOff(Exception):
    """The end of the file is missing, and without it nothing can be shown."""


class Damaged(Exception):
    """The end of the file is missing, but a reader that repairs still shows pages."""


_NOT_READABLE = Finding(
    "not_readable",
    Severity.REFUSED,
    "Berkas tidak dapat dibuka: isinya rusak.",
    "Buka berkas di komputer Anda, simpan kembali dari aplikasi asalnya, lalu unggah ulang.",
)
_CUT_OFF = Finding(
    "cut_off",
    Severity.REFUSED,
    "Berkas terpotong: bagian akhirnya tidak ada.",
    "Buka berkas di komputer Anda. Bila terbuka utuh, unggah sekali lagi; bila tidak, minta berkas aslinya.",
)
_DAMAGED = Finding(
    "damaged",
    Severity.EXPLAIN,
    "Bagian akhir PDF ini hilang; hanya sebagian halamannya mungkin masih terlihat.",
    "Periksa apakah halaman terakhirnya ada. Bila tidak, minta berkas aslinya dan unggah kembali.",
)


def opens(path: Path, claim: Claim) -> Iterator[Finding]:
    media = media_of(path)
    if media.family == "unknown":
        yield from _unknown(media.key, claim)
        return
    opener = _OPENERS.get(media.key)
    if opener is None:
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            opener(path)
    except MemoryError:
        raise
    except CutOff:
        yield _CUT_OFF
    except Damaged:
        yield _DAMAGED
    except Exception:  # every reader has its own kinds of error; all mean the same to the officer
        yield _NOT_READABLE


def _unknown(key: str, claim: Claim) -> Iterator[Finding]:
    """Bytes that nobody knows cannot be opened where the name promises a type that we do know."""
    if key == "broken-zip":
        yield _CUT_OFF
    elif ending_of(claim.name) in BY_ENDING:
        yield _NOT_READABLE


def _pdf(path: Path) -> None:
    import pikepdf

    whole = _has_end(path)
    try:
        with pikepdf.open(path) as pdf:
            if not len(pdf.pages):
                raise NotReadable
        _first_page(path)
    except Exception:
        if whole:
            raise
        raise CutOff from None
    if not whole:
        raise Damaged


def _first_page(path: Path) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        document[0].close()
    finally:
        document.close()


def _has_end(path: Path) -> bool:
    """An end mark near the end, or behind the last one only what is no part of a PDF."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        end = content.rfind(b"%%EOF")
        if end < 0:
            return False
        return end > len(content) - TAIL or content.find(b" obj", end) < 0


def _image(path: Path) -> None:
    from PIL import Image, ImageFile

    Image.MAX_IMAGE_PIXELS = None  # the check "excess" has its own bound, and a sentence
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint, where it shares the process, lets half a picture pass
    try:
        with Image.open(path) as image:
            image.draft("RGB", (1000, 1000))  # a JPEG is read whole, but decoded small
            image.load()
    except (OSError, SyntaxError, EOFError) as error:
        if "truncated" in str(error).lower() or isinstance(error, EOFError):
            raise CutOff from None
        raise


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
                raise CutOff


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
