"""What a file really is, by its content. The name is never asked."""

import codecs
import csv
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import olefile
import puremagic

from stranas.evidence.checks import limits

HEAD = 8192


@dataclass(frozen=True)
class Media:
    """A type of file: its key, words for people, media type, and the endings that belong to it."""

    key: str
    words: str
    media_type: str
    endings: tuple[str, ...]
    family: str


MEDIA = {
    media.key: media
    for media in (
        Media("pdf", "PDF", "application/pdf", ("pdf",), "paper"),
        Media(
            "xlsx",
            "lembar kerja Excel",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ("xlsx", "xlsm", "xltx", "xlsb"),
            "sheet",
        ),
        Media("xls", "lembar kerja Excel lama", "application/vnd.ms-excel", ("xls",), "sheet"),
        Media(
            "ods",
            "lembar kerja OpenDocument",
            "application/vnd.oasis.opendocument.spreadsheet",
            ("ods",),
            "sheet",
        ),
        Media(
            "docx",
            "dokumen Word",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ("docx", "docm", "dotx"),
            "draft",
        ),
        Media("doc", "dokumen Word lama", "application/msword", ("doc",), "draft"),
        Media("odt", "dokumen OpenDocument", "application/vnd.oasis.opendocument.text", ("odt",), "draft"),
        Media(
            "pptx",
            "presentasi PowerPoint",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ("pptx", "pptm", "ppsx"),
            "draft",
        ),
        Media("ppt", "presentasi PowerPoint lama", "application/vnd.ms-powerpoint", ("ppt", "pps"), "draft"),
        Media("odp", "presentasi OpenDocument", "application/vnd.oasis.opendocument.presentation", ("odp",), "draft"),
        Media("jpg", "gambar JPG", "image/jpeg", ("jpg", "jpeg", "jfif", "jpe"), "image"),
        Media("png", "gambar PNG", "image/png", ("png",), "image"),
        Media("webp", "gambar WebP", "image/webp", ("webp",), "image"),
        Media("tiff", "gambar TIFF", "image/tiff", ("tif", "tiff"), "image"),
        Media("gif", "gambar GIF", "image/gif", ("gif",), "image"),
        Media("bmp", "gambar BMP", "image/bmp", ("bmp", "dib"), "image"),
        Media("heif", "gambar HEIC dari iPhone", "image/heif", ("heic", "heif"), "phone"),
        Media("zip", "arsip ZIP", "application/zip", ("zip",), "archive"),
        Media("rar", "arsip RAR", "application/vnd.rar", ("rar",), "archive"),
        Media("7z", "arsip 7-Zip", "application/x-7z-compressed", ("7z",), "archive"),
        Media("mp4", "video", "video/mp4", ("mp4", "m4v", "mov", "3gp"), "video"),
        Media("exe", "program komputer", "application/octet-stream", ("exe", "scr", "com", "dll"), "program"),
        Media("script", "skrip", "application/octet-stream", ("bat", "cmd", "ps1", "vbs", "js", "hta"), "program"),
        Media("lnk", "pintasan Windows", "application/octet-stream", ("lnk",), "program"),
        Media("rtf", "dokumen RTF", "application/rtf", ("rtf",), "draft"),
        Media("html", "halaman web (HTML)", "text/html", ("html", "htm"), "web"),
        Media("csv", "tabel CSV", "text/csv", ("csv", "tsv"), "sheet"),
        Media("text", "teks biasa", "text/plain", ("txt", "log", "md", "json", "xml", "geojson", "kml"), "text"),
        # Bytes that begin like an Office file but cannot be read further, and bytes that nobody knows.
        Media("office-locked", "dokumen Office yang dikunci", "application/x-ole-storage", (), "locked"),
        Media("ole", "dokumen Office lama", "application/x-ole-storage", (), "unknown"),
        Media("broken-zip", "berkas yang rusak", "application/octet-stream", (), "unknown"),
        Media("unknown", "isi yang tidak dikenali", "application/octet-stream", (), "unknown"),
    )
}
BY_ENDING = {ending: media for media in MEDIA.values() for ending in media.endings}

# Office files that are a ZIP of XML parts.
ZIPPED = frozenset({"xlsx", "docx", "pptx", "ods", "odt", "odp"})

# What reading a spoilt ZIP may raise.
BROKEN_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
    KeyError,
    struct.error,
)

_OOXML_FOLDERS = {"xl/": "xlsx", "word/": "docx", "ppt/": "pptx"}
_ODF = {"opendocument.spreadsheet": "ods", "opendocument.text": "odt", "opendocument.presentation": "odp"}
_OLE_STREAMS = {
    "EncryptedPackage": "office-locked",
    "Workbook": "xls",
    "Book": "xls",
    "WordDocument": "doc",
    "PowerPoint Document": "ppt",
}


@cache
def media_of(path: Path) -> Media:
    """The type of a file that is not empty. Never raises for strange bytes: those are "unknown"."""
    with path.open("rb") as stream:
        head = stream.read(HEAD)
    return MEDIA[_key(path, head)]


def _key(path: Path, head: bytes) -> str:
    at = head.find(b"%PDF-", 0, 1024)
    if at >= 0 and not _lies_in_archive(path, head, at):
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(path)
    if head.startswith(olefile.MAGIC):
        return _inside_ole(path)
    if program := _program(head, _read_at(path, _portable_at(head))):
        return program
    if head.startswith(b"{\\rt"):
        return "rtf"
    # Text first: two letters such as "BM" (Barang Milik Daerah) are also the signature of a bitmap.
    return _as_text(head) or _by_signature(head) or "unknown"


def _lies_in_archive(path: Path, head: bytes, at: int) -> bool:
    """The content of an entry of a ZIP stands there: a PDF that was put into an archive without packing it."""
    if not head.startswith(b"PK\x03\x04"):
        return False
    try:
        if contents_length(path) > limits.LONGEST_CONTENTS:
            return False
        with zipfile.ZipFile(path) as archive:
            return any(_is_content_of(entry, head, at) for entry in archive.infolist() if entry.header_offset < at)
    except BROKEN_ZIP:
        return False


def _is_content_of(entry: zipfile.ZipInfo, head: bytes, at: int) -> bool:
    lengths = struct.unpack_from("<HH", head, entry.header_offset + 26)
    start = entry.header_offset + 30 + sum(lengths)
    return start <= at < start + entry.compress_size


def is_program(head: bytes) -> bool:
    """By the first HEAD bytes of a file that lies inside of another."""
    start = _portable_at(head)
    return _program(head, head[start : start + 2]) is not None


def _program(head: bytes, portable: bytes) -> str | None:
    """Only what a computer would run: two letters "MZ" alone are no program. `portable`: what stands where the head
    of a Windows program points to."""
    if head.startswith(b"MZ") and portable in (b"PE", b"NE", b"LE"):
        return "exe"
    if head.startswith((b"\x7fELF", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")):
        return "exe"
    if head.startswith(b"L\0\0\0\x01\x14\x02\0"):
        return "lnk"
    return "script" if head.startswith((b"#!/", b"@echo off")) else None


def _portable_at(head: bytes) -> int:
    return int.from_bytes(head[60:64], "little")


def _read_at(path: Path, start: int) -> bytes:
    with path.open("rb") as stream:
        stream.seek(start)
        return stream.read(2)


def _inside_zip(path: Path) -> str:
    try:
        if contents_length(path) > limits.LONGEST_CONTENTS:
            return "zip"
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names:
                with archive.open("mimetype") as stream:
                    mimetype = stream.read(100).decode("ascii", "replace")
                return next((key for word, key in _ODF.items() if mimetype.endswith(word)), "zip")
    except BROKEN_ZIP:
        return "broken-zip"
    if "[Content_Types].xml" in names:
        return next((key for folder, key in _OOXML_FOLDERS.items() if any(n.startswith(folder) for n in names)), "zip")
    return "zip"


def contents_length(path: Path) -> int:
    """Bytes of the ZIP's table of contents, without reading it: a table of millions of entries fills the memory."""
    with path.open("rb") as stream:
        end = zipfile._EndRecData(stream)
    if end is None:
        raise zipfile.BadZipFile
    return end[zipfile._ECD_SIZE]


def _inside_ole(path: Path) -> str:
    try:
        with olefile.OleFileIO(path) as ole:
            return next((key for stream, key in _OLE_STREAMS.items() if ole.exists(stream)), "ole")
    except Exception:  # the reader raises many kinds; all mean that it is not readable
        return "ole"


def _by_signature(head: bytes) -> str | None:
    """By puremagic, from bytes alone: given a name, it believes the ending."""
    try:
        endings = [match.extension.lstrip(".") for match in puremagic.magic_string(head) if match.confidence >= 0.2]
    except (puremagic.PureError, ValueError):
        return None
    known = (BY_ENDING[ending].key for ending in endings if ending in BY_ENDING)
    return next((key for key in known if key not in ("pdf", "text", "csv", "xls", "doc", "ppt")), None)


def _as_text(head: bytes) -> str | None:
    text = readable(head)
    if text is None:
        return None
    text = text.lstrip("\ufeff \t\r\n")
    if text[:200].lower().startswith(("<!doctype html", "<html", "<table", "<meta", "<head")):
        return "html"
    return "csv" if _is_table(text, whole=len(head) < HEAD) else "text"


def readable(content: bytes) -> str | None:
    """The text of a UTF-16, UTF-8 or 8-bit file with nearly no control signs; None for anything else."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "ignore")
    control = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in content)
    if b"\0" in content or control > len(content) // 200:
        return None
    try:
        # Incremental, because the content may be cut in the middle of a sign.
        return codecs.getincrementaldecoder("utf-8-sig")().decode(content)
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _is_table(text: str, *, whole: bool) -> bool:
    """The first lines have the same number of cells (at least two), as an exported table has."""
    lines = [line for line in text.splitlines()[: None if whole else -1] if line.strip()][:20]
    return len(lines) >= 2 and any(_splits(lines, separator) for separator in ";\t,|")


def _splits(lines: list[str], separator: str) -> bool:
    """Commas also stand in prose, so there every line must have as many; other separators may vary."""
    cells = {len(row) for row in csv.reader(lines, delimiter=separator)}
    return min(cells) >= 2 and (len(cells) == 1 or separator in ";\t")
