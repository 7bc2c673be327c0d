"""A file that swells when it is opened: bombs of archives and XML, endless pages, giant pictures.

Runs before anything opens the file, reads only tables of contents and heads, and never unpacks without a bound.
"""

import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from stranas.evidence.checks import limits
from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import BROKEN_ZIP, ZIPPED, contents_length, media_of
from stranas.evidence.rules import Severity

# A declaration of entities stands at the very beginning of a sound part; what comes later cannot declare any.
LONGEST_PROLOG = 1_000_000
CHUNK = 1 << 20
_DECLARATIONS = tuple("<!ENTITY".encode(coding) for coding in ("ascii", "utf-16-le", "utf-16-be"))
_LONGEST_DECLARATION = max(map(len, _DECLARATIONS))
_PACKED = (".zip", ".rar", ".7z", ".gz", ".tgz", ".xz", ".bz2", ".tar", ".jar", ".docx", ".xlsx", ".pptx")


def excess(path: Path, claim: Claim) -> Iterator[Finding]:
    media = media_of(path)
    if media.key in ZIPPED or media.key == "zip":
        yield from _archive(path, with_xml=media.key != "zip")
    elif media.key == "pdf":
        yield from _pages(path)
    elif media.family == "image":
        yield from _pixels(path, claim)


def _refused(code: str, message: str, repair: str) -> Finding:
    return Finding(code, Severity.REFUSED, message, repair)


def _archive(path: Path, *, with_xml: bool) -> Iterator[Finding]:
    try:
        if contents_length(path) > limits.LONGEST_CONTENTS:
            yield _swells("memuat terlalu banyak berkas di dalamnya")
            return
        with zipfile.ZipFile(path) as archive:
            if _swells_beyond_bounds(archive):
                yield _swells("membengkak menjadi sangat besar bila dibuka")
            elif _depth(archive, Budget(limits.MOST_READ_INSIDE)) > limits.DEEPEST_ARCHIVE:
                yield _refused(
                    "nested_archive",
                    "Berkas ini memuat arsip di dalam arsip, berlapis-lapis.",
                    "Keluarkan berkas dari arsipnya di komputer Anda, lalu unggah satu per satu.",
                )
            elif with_xml and _declares_entities(archive):
                yield _refused(
                    "xml_entities",
                    "Berkas Office ini memuat perintah XML yang dapat membuat komputer pembaca berhenti bekerja.",
                    "Buat dokumen baru di Excel, Word, atau LibreOffice, salin isinya, lalu unggah dokumen baru itu.",
                )
    except BROKEN_ZIP:  # whether it opens at all is the business of the check "opens"
        return


def _swells(how: str) -> Finding:
    return _refused(
        "archive_bomb",
        f"Berkas ini {how}.",
        "Simpan kembali dari aplikasi asalnya. Bila datanya memang besar, bagi menjadi beberapa berkas.",
    )


def _swells_beyond_bounds(archive: zipfile.ZipFile) -> bool:
    """By the sizes that the archive states; a reader stops at them, so that a lie makes it broken, not large."""
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries) or 1
    strange = unpacked > limits.RATIO_COUNTS_FROM and unpacked / packed > limits.MOST_RATIO
    return unpacked > limits.MOST_UNPACKED or strange


class Budget:
    """Bytes that may still be unpacked to look for archives inside."""

    def __init__(self, left: int) -> None:
        self.left = left

    def read(self, stream: IO[bytes]) -> bytes | None:
        """The whole stream, or None where it is longer than what is left."""
        content = stream.read(self.left + 1)
        self.left -= len(content)
        return content if self.left >= 0 else None


def _depth(archive: zipfile.ZipFile, budget: Budget, level: int = 0) -> int:
    """How many archives lie inside each other; one that cannot be looked into within the budget counts as too deep."""
    deepest = level
    for entry in archive.infolist():
        if not entry.filename.lower().endswith(_PACKED) or entry.flag_bits & 1:
            continue
        deepest = max(deepest, level + 1)
        if level < limits.DEEPEST_ARCHIVE and deepest <= limits.DEEPEST_ARCHIVE:
            deepest = max(deepest, _depth_inside(archive, entry, budget, level + 1))
    return deepest


def _depth_inside(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, level: int) -> int:
    try:
        with archive.open(entry) as stream:
            content = budget.read(stream)
        if content is None:
            return limits.DEEPEST_ARCHIVE + 1
        if not content.startswith(b"PK\x03\x04"):
            return level
        with zipfile.ZipFile(io.BytesIO(content)) as inner:
            return _depth(inner, budget, level)
    except BROKEN_ZIP:
        return level


class _Declared(Exception):
    pass


class _Begun(Exception):
    pass


def _declares_entities(archive: zipfile.ZipFile) -> bool:
    """A part declares entities of its own, as no Office program does. A bare DOCTYPE (old OpenOffice) is fine."""
    return any(
        _has_entities(archive, entry)
        for entry in archive.infolist()
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")) and not entry.flag_bits & 1
    )


def _has_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    """Declared at the beginning; or anywhere in a part that is not well-formed: a reader that repairs such parts may
    take a declaration that stands out of its place. In a sound part it is a remark or quoted text."""
    if _begins_with_entities(archive, entry):
        return True
    return _writes_entities(archive, entry) and not _is_well_formed(archive, entry)


def _writes_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    before = b""
    try:
        with archive.open(entry) as stream:
            while chunk := stream.read(CHUNK):
                if any(word in before + chunk for word in _DECLARATIONS):
                    return True
                before = chunk[-_LONGEST_DECLARATION:]
    except BROKEN_ZIP:
        pass
    return False


def _is_well_formed(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    try:
        with archive.open(entry) as stream:
            expat.ParserCreate().ParseFile(stream)
    except (expat.ExpatError, *BROKEN_ZIP):
        return False
    return True


def _begins_with_entities(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _raise(_Declared)
    parser.StartElementHandler = _raise(_Begun)
    try:
        with archive.open(entry) as stream:
            for _ in range(LONGEST_PROLOG // 4096):
                chunk = stream.read(4096)
                if not chunk:
                    return False
                parser.Parse(chunk, False)
    except _Declared:
        return True
    except (_Begun, expat.ExpatError, *BROKEN_ZIP):
        return False
    return True  # a megabyte without a first element


def _raise(error: type[Exception]) -> Callable[..., None]:
    def handler(*_values: object) -> None:
        raise error

    return handler


def _pages(path: Path) -> Iterator[Finding]:
    import pikepdf

    try:
        with pikepdf.open(path) as pdf:
            too_many = _more_pages_than(pdf, limits.MOST_PAGES)
    except MemoryError:
        raise
    except Exception:  # locked or broken: the business of later checks
        return
    if too_many:
        yield _refused(
            "too_many_pages",
            f"PDF ini berisi lebih dari {limits.MOST_PAGES:,} halaman.".replace(",", "."),
            "Unggah hanya halaman yang membuktikan target, atau bagi menjadi beberapa berkas.",
        )


def _more_pages_than(pdf, most: int) -> bool:
    """Walks the tree itself and stops early: the number that a file states may be wrong."""
    waiting, seen, count = [pdf.Root.Pages], set(), 0
    while waiting:
        node = waiting.pop()
        if node.is_indirect:
            if node.objgen in seen:
                continue
            seen.add(node.objgen)
        kids = node.get("/Kids", ())
        if len(kids) > most:
            return True
        for kid in kids:
            if "/Kids" in kid:
                waiting.append(kid)
            else:
                count += 1
        if count > most or len(seen) > most:
            return True
    return False


def _pixels(path: Path, claim: Claim) -> Iterator[Finding]:
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # ours is the bound, and it comes with a sentence
    most = limits.most_pixels(claim.kind)
    try:
        with Image.open(path) as image:
            width, height = image.size
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError):
        return
    if width * height > most:
        yield _refused(
            "too_many_pixels",
            f"Gambar ini berukuran {_dots(width)} x {_dots(height)} piksel, lebih dari {most // 1_000_000} megapiksel.",
            "Perkecil ukuran gambar, misalnya menjadi 4.000 piksel pada sisi panjangnya, lalu unggah kembali.",
        )


def _dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")
