"""Two files in one: another file stands before or after what the name promises.

Programs read the same bytes differently, so a verifier may see another document than the officer did. Not meant
are signs that honest devices add: blank space, printer commands, the film behind a phone's picture, zeros.
"""

import mmap
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import media_of
from stranas.evidence.rules import Severity

# After this many bytes from the end no end mark of a ZIP can stand.
LONGEST_ZIP_END = 65_557
LONGEST_PREFIX = 1024
_CODE = re.compile(
    rb"<(?:!doctype html|html|script|svg|iframe|body|\?php)|/\*|//|^\s*(?:var|let|const|function)\s|^\s*\w+\s*=",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"<(?:!doctype html|html|script|iframe|body|\?php)", re.IGNORECASE)
_FILES = (b"MZ", b"PK\x03\x04", b"GIF8", b"\xff\xd8\xff", b"\x89PNG", b"BM", b"Rar!", b"7z\xbc\xaf", b"\x7fELF", b"#!")


def two_in_one(path: Path, claim: Claim) -> Iterator[Finding]:
    media = media_of(path)
    if path.stat().st_size == 0 or media.family in ("archive", "unknown", "locked"):
        return
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        other = _in_pdf(content) if media.key == "pdf" else _in_other(content)
    if other:
        yield _finding(media.words, other)


def _finding(words: str, other: str) -> Finding:
    """A web page behind a PDF comes from careless web applications, so it needs a word, not a repair."""
    severity = Severity.EXPLAIN if other == "halaman web" else Severity.MUST_FIX
    return Finding(
        "two_in_one",
        severity,
        f"Berkas {words} ini juga memuat {other} di luar isi dokumennya.",
        "Minta kembali berkas asli dari pembuatnya, lalu unggah berkas itu. Berkas bertanda tangan elektronik "
        "jangan disimpan ulang.",
    )


def _in_pdf(content: mmap.mmap) -> str | None:
    prefix = content[: content.find(b"%PDF-", 0, LONGEST_PREFIX + 5)].lstrip(b"\xef\xbb\xbf\0 \t\r\n")
    if prefix.startswith(_FILES):
        return "berkas lain"
    if prefix and not prefix.startswith(b"\x1b%-12345X") and _CODE.search(prefix):
        return "skrip"
    end = content.rfind(b"%%EOF")
    if end < 0:
        return None
    return _behind(content, end + len(b"%%EOF"), pages_too=True)


def _in_other(content: mmap.mmap) -> str | None:
    if _ends_as_zip(content, 0) and content[:4] != b"PK\x03\x04":
        return "arsip ZIP"
    if content[:3] == b"\xff\xd8\xff":
        return _behind(content, content.rfind(b"\xff\xd9") + 2, pages_too=True)
    if content[:4] == b"\x89PNG":
        return _behind(content, content.rfind(b"IEND\xaeB`\x82") + 8, pages_too=True)
    return "PDF" if content.find(b"%PDF-", 0, LONGEST_PREFIX) > 0 else None


def _behind(content: mmap.mmap, start: int, *, pages_too: bool) -> str | None:
    """What stands behind the end of a document, if it is a file of its own."""
    tail = content[start : start + 4096].lstrip(b"\0 \t\r\n")
    if not tail:
        return None
    if _ends_as_zip(content, start):
        return "arsip ZIP"
    if tail.startswith(_FILES) or b"%PDF-" in tail:
        return "berkas lain"
    return "halaman web" if pages_too and _PAGE.search(tail) else None


def _ends_as_zip(content: mmap.mmap, start: int) -> bool:
    """A table of contents of a ZIP that has entries and closes the file (a few blank signs may follow)."""
    at = content.rfind(b"PK\x05\x06", max(start, len(content) - LONGEST_ZIP_END))
    if at < 0 or at + 22 > len(content):
        return False
    entries = int.from_bytes(content[at + 10 : at + 12], "little")
    size = int.from_bytes(content[at + 12 : at + 16], "little")
    comment = int.from_bytes(content[at + 20 : at + 22], "little")
    closes = not content[at + 22 + comment :].strip(b"\0 \t\r\n")
    return closes and entries > 0 and content[at - size : at - size + 4] == zipfile.stringCentralDir
