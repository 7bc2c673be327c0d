"""How much of a text stands in another, word for word. Pure: standard library only, no database.

Two texts are compared by their sequences of SEQUENCE words, figures included: a frame that is filled with other
figures each quarter shares few of them. What is too short to tell, or a table of mostly figures, is never called
nearly the same.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from stranas.evidence.layout import letters, unlaid
from stranas.evidence.rules import plain_words

SEQUENCE = 5
# Of a longer text only the beginning is compared.
LONGEST = 200_000
# Below this many words nothing is said: letters of transmittal and forms are alike everywhere.
SHORTEST_PAPER, SHORTEST_NARRATIVE = 120, 25
# From these shares on (of the new text's sequences): nearly the same; so much so that other figures do not matter.
NEAR, NEARLY_ALL = 0.8, 0.95
# A frame with other figures: at least so many figures, and less than this part of them stood in the earlier text.
FEWEST_FIGURES, KNOWN_FIGURES = 4, 0.5
# With more figures than this among its words a text is a table.
MOST_FIGURES = 0.4
# Words that a text must have besides its length, so that a row repeated over a page is no text.
FEWEST_DIFFERENT = 0.2

_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True)
class Text:
    """The words of a paper or a narrative, and what is compared of them."""

    plain: str
    shortest: int = SHORTEST_PAPER

    @cached_property
    def unlaid(self) -> str:
        return unlaid(self.plain[:LONGEST])

    @cached_property
    def letters(self) -> str:
        return letters(self.plain[:LONGEST])

    @cached_property
    def words(self) -> list[str]:
        return plain_words(self.unlaid)

    @cached_property
    def sequences(self) -> frozenset[str]:
        words = self.words
        return frozenset(" ".join(words[at : at + SEQUENCE]) for at in range(len(words) - SEQUENCE + 1))

    @cached_property
    def figures(self) -> frozenset[str]:
        """Figures of more than one digit that are no years: list numbers and years are alike in all papers."""
        found = _FIGURE.findall(unicodedata.normalize("NFKC", self.unlaid))
        return frozenset(one for one in found if len(one) > 1 and not _YEAR.fullmatch(one))

    @property
    def is_enough(self) -> bool:
        """There are words enough to say that another text repeats them."""
        different = FEWEST_DIFFERENT * self.shortest
        return len(self.words) >= self.shortest and len(set(self.words)) >= different

    @property
    def is_table(self) -> bool:
        return sum(word[0].isdigit() for word in self.words) > MOST_FIGURES * len(self.words)


def same_share(new: Text, old: Text) -> float | None:
    """The part of the new text's sequences that the old one has (NEAR … 1), or None where that says nothing.

    1 is returned only for the same letters and figures in the same order.
    """
    if not new.is_enough:
        return None
    if new.letters == old.letters:
        return 1.0
    share = len(new.sequences & old.sequences) / len(new.sequences)
    if share < NEAR or new.is_table or (share < NEARLY_ALL and _has_other_figures(new, old)):
        return None
    return min(share, 0.99)


def _has_other_figures(new: Text, old: Text) -> bool:
    known = len(new.figures & old.figures)
    return len(new.figures) >= FEWEST_FIGURES and known < KNOWN_FIGURES * len(new.figures)


def around(share: float) -> int:
    """A share in words: "sekitar 85 persen". In steps of five, never rounded up."""
    return int(share * 20 + 1e-9) * 5


def best(new: Text, olds: Sequence[Text]) -> float | None:
    """The largest share that one of the texts has."""
    shares = [share for old in olds if (share := same_share(new, old)) is not None]
    return max(shares, default=None)
