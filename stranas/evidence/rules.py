"""Words and small decisions of the evidence room. Standard library only.

The child process that opens officers' files imports this module, so it must stay light.
"""

import enum
import unicodedata
from urllib.parse import urlsplit

LONGEST_NAME = 200
LONGEST_LINK = 2000
MOST_ATTEMPTS = 3


class Severity(enum.Enum):
    """How much a finding weighs; the order is the order on screen."""

    REFUSED = "refused"
    MUST_FIX = "must_fix"
    EXPLAIN = "explain"
    INFO = "info"

    @property
    def label(self) -> str:
        return {
            "refused": "Tidak dapat diunggah",
            "must_fix": "Wajib diperbaiki",
            "explain": "Perlu penjelasan",
            "info": "Informasi",
        }[self.value]

    @property
    def blocks(self) -> bool:
        """A requirement with such a finding does not count as complete."""
        return self in (Severity.REFUSED, Severity.MUST_FIX)

    @property
    def rank(self) -> int:
        """0 weighs most."""
        return list(Severity).index(self)


class CheckState(enum.Enum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {
            "waiting": "Menunggu pengecekan",
            "running": "Sedang dicek",
            "done": "Selesai dicek",
            "failed": "Pengecekan tidak selesai",
        }[self.value]

    @property
    def is_pending(self) -> bool:
        return self in (CheckState.WAITING, CheckState.RUNNING)


class BadLink(Exception):
    """The address cannot be kept as a link. Carries the sentence for the field."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def clean_name(name: str) -> str:
    """A file's name as people may see it: no folder, no control or direction characters, at most 200 signs."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    seen = " ".join(seen.split()).strip(". ") or "berkas"
    return _shortened(seen)


def _shortened(name: str) -> str:
    """Cut in the middle, so that the ending stays."""
    if len(name) <= LONGEST_NAME:
        return name
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        return name[:LONGEST_NAME]
    return stem[: LONGEST_NAME - len(ending) - 1] + "." + ending


def ending_of(name: str) -> str:
    """The ending in small letters without its dot; empty where there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def clean_link(address: str) -> str:
    """A well-formed http or https address. Raises BadLink with the sentence to show."""
    address = address.strip()
    if not address:
        raise BadLink("Isi alamat tautan.")
    if len(address) > LONGEST_LINK:
        raise BadLink("Alamat tautan terlalu panjang. Gunakan alamat paling panjang 2.000 huruf.")
    if any(sign.isspace() or unicodedata.category(sign)[0] == "C" for sign in address):
        raise BadLink("Alamat tautan tidak boleh memuat spasi.")
    if not _is_web_address(address):
        raise BadLink(
            "Alamat tautan harus lengkap dan diawali https:// atau http://, misalnya https://jdih.contoh.go.id."
        )
    return address


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = "." in host.strip(".") and ".." not in host
    return parts.scheme in ("http", "https") and named and "@" not in parts.netloc


def link_name(name: str, address: str) -> str:
    """What a link is called: the officer's words, or else where it leads."""
    given = " ".join(name.split())
    if given:
        return given[:LONGEST_NAME]
    parts = urlsplit(address)
    return f"{parts.hostname}{parts.path.rstrip(chr(47))}"[:LONGEST_NAME]
