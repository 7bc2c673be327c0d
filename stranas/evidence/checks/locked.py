"""A file that asks for a password."""

import mmap
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import BROKEN_ZIP, media_of
from stranas.evidence.rules import Severity


def locked(path: Path, claim: Claim) -> Iterator[Finding]:
    asks = _ASKS.get(media_of(path).key)
    if asks and asks(path):
        yield Finding(
            "locked",
            Severity.REFUSED,
            "Berkas terkunci kata sandi.",
            "Buka berkas di komputer Anda, simpan tanpa kata sandi, lalu unggah kembali.",
        )


def _pdf(path: Path) -> bool:
    """A PDF that only forbids printing opens without a password, and is not locked."""
    import pikepdf

    try:
        pikepdf.open(path).close()
    except pikepdf.PasswordError:
        return True
    except (pikepdf.PdfError, RuntimeError, ValueError):
        return _asks_for_certificate(path)
    return False


def _asks_for_certificate(path: Path) -> bool:
    """Locked for some readers by their certificates: qpdf knows no such lock."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return re.search(rb"/Filter\s*/(Adobe\.PubSec|Entrust\.PPKEF)", content) is not None


def _office(path: Path) -> bool:
    import msoffcrypto

    try:
        with path.open("rb") as stream:
            return msoffcrypto.OfficeFile(stream).is_encrypted()
    except Exception:  # a broken file is the business of the next check
        return False


def _open_document(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        try:
            return b"encryption-data" in archive.read("META-INF/manifest.xml")
        except BROKEN_ZIP:
            return False


def _zip(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        return any(entry.flag_bits & 1 for entry in archive.infolist())


_ASKS: dict[str, Callable[[Path], bool]] = {
    "pdf": _pdf,
    "office-locked": lambda path: True,
    "xls": _office,
    "doc": _office,
    "ppt": _office,
    "ods": _open_document,
    "odt": _open_document,
    "odp": _open_document,
    "zip": _zip,
}
