"""Words and small decisions of the evidence room. Standard library only.

The child process that opens officers' files imports this module, so it must stay light.
"""

import enum
import re
import unicodedata
from urllib.parse import urlsplit

from stranas.evidence import addresses

LONGEST_NAME = 200
LONGEST_LINK = 2000
LONGEST_ANSWER = 2000
MOST_ATTEMPTS = 3
_WORD = re.compile(r"\w+")


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
    """`reading`: the first findings stand, the words of a scan are still being read."""

    WAITING = "waiting"
    RUNNING = "running"
    READING = "reading"
    DONE = "done"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {
            "waiting": "Menunggu pengecekan",
            "running": "Sedang dicek",
            "reading": "Tulisan pada pindaian sedang dibaca",
            "done": "Selesai dicek",
            "failed": "Pengecekan tidak selesai",
        }[self.value]

    @property
    def is_pending(self) -> bool:
        return self in (CheckState.WAITING, CheckState.RUNNING, CheckState.READING)


class TextSource(enum.Enum):
    """Where the words of a file come from: the text layer of a PDF, a scan read by OCR, an Office file or table."""

    LAYER = "layer"
    OCR = "ocr"
    WORDS = "words"
    NONE = "none"


class ScanState(enum.Enum):
    """What ClamAV said of a stored file. `too_large`: larger than it takes; asked again, as its bound may be raised."""

    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"
    TOO_LARGE = "too_large"

    @property
    def is_open(self) -> bool:
        return self in (ScanState.WAITING, ScanState.TOO_LARGE)


class Publicity(enum.Enum):
    """Who may come to see a document (UU 14/2008). Only the agency's PPID makes it dikecualikan."""

    PUBLIC = "public"
    INTERNAL = "internal"
    PROPOSED_EXEMPT = "proposed_exempt"
    EXEMPT = "exempt"

    @property
    def label(self) -> str:
        return {
            "public": "Publik",
            "internal": "Internal",
            "proposed_exempt": "Usul dikecualikan",
            "exempt": "Dikecualikan",
        }[self.value]


def claim_key(kind: str, target_id: int | None = None) -> str:
    """What a document is checked for, in one word: "laporan", or "laporan/123" where target 123 asks for it."""
    return f"{kind}/{target_id}" if target_id else kind


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without signs: what is compared when two texts are."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


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
    _need_web_address(address)
    return address


def _need_web_address(address: str) -> None:
    try:
        place = addresses.read(address)
    except ValueError:
        place = None
    if place is None or "." not in place.host:
        raise BadLink(
            "Alamat tautan harus lengkap dan diawali https:// atau http://, misalnya https://jdih.contoh.go.id."
        )
    if place.has_user:
        raise BadLink("Alamat tautan tidak boleh memuat nama pengguna atau kata sandi (bagian sebelum tanda @).")


def link_name(name: str, address: str) -> str:
    """What a link is called: the officer's words, or else where it leads."""
    given = " ".join(name.split())
    if given:
        return given[:LONGEST_NAME]
    parts = urlsplit(address)
    return f"{parts.hostname}{parts.path.rstrip(chr(47))}"[:LONGEST_NAME]
