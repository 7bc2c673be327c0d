"""What a kit is made of: plain values. Who makes them asks no more questions; who draws them changes no digit."""

from dataclasses import dataclass
from decimal import Decimal

MISSING = "–"
NO_VALUE = "belum ada nilai"
PRACTICE = "CONTOH (mode latihan)."


@dataclass(frozen=True)
class Count:
    """A count beside the figure: "4 dari 4" of what, its percentage in words, and `share` of 1 for its bar."""

    words: str
    label: str
    rate: str
    share: float | None
    explained: str
    is_quality: bool = False


@dataclass(frozen=True)
class Figures:
    """Capaian as it is printed ("81,25", "–") and what is told beside it; never without its counts."""

    achievement: str
    told: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class TrendPoint:
    """Rounded percentages of one period; None where there is none."""

    label: str
    achievement: Decimal | None
    compliance: Decimal | None
    first_pass: Decimal | None


@dataclass(frozen=True)
class Picture:
    """A picture of the story: JPEG or PNG bytes, pixels."""

    content: bytes
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Identity:
    """How an agency looks: two colours ("#0e5057" or ""), its logo as PNG or JPEG bytes or None."""

    colour: str = ""
    accent: str = ""
    logo: bytes | None = None


@dataclass(frozen=True)
class Quote:
    words: str
    name: str
    office: str


@dataclass(frozen=True)
class KitValues:
    """One edition of a story in words. `figures` None and `period`, `action` empty: a kabar kegiatan.

    `body` is safe HTML without figures left open. `address` is that of the public page. `told_figures`: every figure
    of the text with what it says, for the list of sources. `source` is the line under every picture.
    `contact` (whom the press asks) and `website` (of the agency) are "" where it did not say.
    """

    kind: str
    slug: str
    number: int
    title: str
    summary: str
    body: str
    agency: str
    action: str
    period: str
    released: str
    published: str
    address: str
    source: str
    practice: bool
    figures: Figures | None
    trend: tuple[TrendPoint, ...]
    told_figures: tuple[tuple[str, str], ...]
    units: tuple[str, ...]
    partners: tuple[str, ...]
    quote: Quote | None
    pictures: tuple[Picture, ...]
    identity: Identity
    place: str
    contact: str
    website: str

    @property
    def source_line(self) -> str:
        """Under every picture; in practice mode it says so."""
        return f"{self.source} {PRACTICE}" if self.practice else self.source

    @property
    def short_address(self) -> str:
        """Without the protocol, as people read it."""
        return self.address.partition("://")[2] or self.address
