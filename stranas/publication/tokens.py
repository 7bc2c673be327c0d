"""Tokens of figures in what Humas writes: `{{capaian}}`, `{{capaian:9}}`, `{{capaian:9:B12}}`, `{{capaian:semua:B12}}`.

A token is a name, then the action, then the period; what is left out is what the story is about. It prints the number
alone. Pure: the figures that may be quoted are given.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from stranas.publication.frozen import FrozenFigure
from stranas.publication.rules import Direction
from stranas.system import text

# Name in a token → figure (a name of figures.RATES or figures.COUNTS) and what it is called on screen.
NAMES = {
    "capaian": ("achievement", "Capaian"),
    "kepatuhan": ("compliance", "Kepatuhan"),
    "ketepatan": ("punctuality", "Ketepatan waktu"),
    "lolos": ("first_pass", "Lolos verifikasi pertama"),
    "wajib": ("expected", "Kewajiban"),
    "diterima": ("received", "Diterima"),
    "tepat": ("on_time", "Tepat waktu"),
    "terverifikasi": ("accepted", "Terverifikasi"),
    "kelas": ("score_class", "Kelas"),
}
RATE_NAMES = frozenset({"capaian", "kepatuhan", "ketepatan", "lolos"})
ALL_ACTIONS = "semua"
TOKEN = re.compile(r"\{\{([^{}\n]{0,120})\}\}")


@dataclass(frozen=True)
class Offer:
    """The figures of one action (`action_key` empty: of all) in one period that the agency may quote.

    `values`: by the names of figures.RATES and figures.COUNTS. `told`: what {{kelas}} prints: the class, or for the
    lowest class the direction; empty without a figure. `edition`: number of the report's edition.
    """

    action_key: str
    action: str
    period_key: str
    period: str
    edition: int
    values: Mapping[str, Decimal | int | None] = field(hash=False)
    told: str
    direction: Direction | None = None

    @property
    def where(self) -> str:
        return f"{self.action or 'semua aksi'}, {self.period}"

    def tokens(self, *, about: "Place | None" = None) -> list[tuple[str, str, str]]:
        """(token, name on screen, words) of every figure; short where the story is about the same place."""
        suffix = "" if about == Place(self.action_key, self.period_key) else self._suffix(about)
        return [(f"{{{{{name}{suffix}}}}}", label, self.words(name)) for name, (_, label) in NAMES.items()]

    def _suffix(self, about: "Place | None") -> str:
        action = f":{self.action_key or ALL_ACTIONS}"
        return action if about and about.period_key == self.period_key else f"{action}:{self.period_key}"

    def value(self, name: str) -> Decimal | None:
        """None for a class, and where there is nothing to divide by."""
        known = self.values.get(NAMES[name][0])
        return None if known is None else Decimal(known)

    def words(self, name: str) -> str:
        """As it is printed: "62,50", "4", "Baik", "naik", "–"."""
        if name == "kelas":
            return self.told or "–"
        return text.number(self.value(name), places=2 if name in RATE_NAMES else 0)


@dataclass(frozen=True)
class Place:
    """What a story is about: the action (empty: all) and the period that a short token means."""

    action_key: str
    period_key: str


Offers = Mapping[tuple[str, str], Offer]


@dataclass(frozen=True)
class Token:
    """One token as it stands in a text."""

    raw: str
    name: str
    action: str
    period: str
    parts: int

    def place(self, about: Place) -> tuple[str, str]:
        """(action key, period key) that it means in a story."""
        action = about.action_key if not self.action else "" if self.action == ALL_ACTIONS else self.action
        return action, self.period or about.period_key


def find(words: str) -> Iterator[Token]:
    """The tokens of a text in their order, unknown ones too."""
    for found in TOKEN.finditer(words):
        yield read(found[0])


def read(raw: str) -> Token:
    parts = [part.strip() for part in raw[2:-2].split(":")]
    name, action, period = [*parts, "", ""][:3]
    action = ALL_ACTIONS if action.lower() == ALL_ACTIONS else action
    return Token(raw, name.lower(), action, period.upper(), len(parts))


def resolve(texts: Iterable[str], *, about: Place, offers: Offers) -> tuple[FrozenFigure, ...]:
    """Each token of the texts once, with its figure; those that mean nothing are left out (see `problem`)."""
    found = {token.raw: token for words in texts for token in find(words)}
    return tuple(_frozen(token, about, offers) for token in found.values() if not problem(token, about, offers))


def _frozen(token: Token, about: Place, offers: Offers) -> FrozenFigure:
    offer = offers[token.place(about)]
    return FrozenFigure(
        token=token.raw,
        figure=NAMES[token.name][0],
        words=offer.words(token.name),
        value=offer.value(token.name),
        action_key=offer.action_key,
        period_key=offer.period_key,
        edition=offer.edition,
    )


def problem(token: Token, about: Place, offers: Offers) -> str:
    """Why a token cannot be printed, and the repair; empty when it can."""
    if token.name not in NAMES or token.parts > 3:
        return f"{token.raw} tidak dikenal. Pilih angka dari daftar angka, lalu tekan Sisipkan."
    action_key, period_key = token.place(about)
    if (action_key, period_key) in offers:
        return ""
    if period_key not in {period for _, period in offers}:
        return (
            f"{token.raw} menyebut triwulan {period_key or 'yang belum dipilih'}, yang hasilnya belum ditetapkan atau "
            "tidak memuat angka instansi Anda. Pilih triwulan dari daftar angka."
        )
    return f"{token.raw} menyebut aksi yang tidak memuat angka instansi Anda. Pilih aksi dari daftar angka."


def filled(words: str, figures: Iterable[FrozenFigure]) -> str:
    """The text with its tokens as they are printed; a token without a figure stays as it stands."""
    known = {figure.token: figure.words for figure in figures}
    return TOKEN.sub(lambda found: known.get(found[0], found[0]), words)


def without(words: str) -> str:
    """The text without its tokens: an address must not hold a number that a correction changes."""
    return TOKEN.sub(" ", words)
