"""Words and small decisions of the evidence room. Standard library only.

The child process that opens officers' files imports this module, so it must stay light.
"""

import enum
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from stranas.evidence import addresses

LONGEST_NAME = 200
LONGEST_LINK = 2000
LONGEST_ANSWER = 2000
MOST_ATTEMPTS = 3
MOST_WORDS, LONGEST_SEARCH = 6, 200
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


# What the Inspektorat may say, and what the PPID may.
PROPOSABLE = (Publicity.PUBLIC, Publicity.INTERNAL, Publicity.PROPOSED_EXEMPT)
FIXABLE = (Publicity.EXEMPT, Publicity.INTERNAL, Publicity.PUBLIC)


def claim_key(kind: str, target_id: int | None = None) -> str:
    """What a document is checked for, in one word: "laporan", or "laporan/123" where target 123 asks for it."""
    return f"{kind}/{target_id}" if target_id else kind


def plain_words(text: str) -> list[str]:
    """The words of a text in small letters, without signs: what is compared when two texts are."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def search_words(typed: str) -> tuple[str, ...]:
    """What is looked for: every word must be found somewhere. Words in quotation marks stay together."""
    parts = re.findall(r'"([^"]+)"|(\S+)', typed[:LONGEST_SEARCH].replace("“", '"').replace("”", '"'))
    words = [" ".join((quoted or plain.strip('"')).split()) for quoted, plain in parts]
    return tuple(dict.fromkeys(word for word in words if word))[:MOST_WORDS]


@dataclass(frozen=True)
class Excerpt:
    """A place in a text: what stands before the found words, they themselves, and what follows."""

    before: str
    found: str
    after: str


def excerpt(text: str, words: Sequence[str], *, around: int = 60) -> Excerpt | None:
    """Where the first of the words that the text holds stands, in one line; None when it holds none."""
    for word in words:
        place = re.search(r"\s+".join(map(re.escape, word.split())), text, re.IGNORECASE)
        if place:
            start, end = max(0, place.start() - around), place.end() + around
            before, after = text[start : place.start()], text[place.end() : end]
            # What was cut in the middle of a word is left out.
            before = before.partition(" ")[2] if start else before
            after = after.rpartition(" ")[0] if end < len(text) else after
            return Excerpt(_one_line(before).lstrip(), _one_line(place.group()), _one_line(after).rstrip())
    return None


def _one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def folded(text: str) -> str:
    """Small letters, one space between words: in this form a text is searched, and so are the words sought."""
    return " ".join(text.lower().split())


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
