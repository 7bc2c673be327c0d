"""Words into boxes: how wide they are in the house's font, where their lines break, at which size they fit.

Lines are broken here and not by the renderer, so that a box that fits is known to fit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf

from reports import fonts

LEADING = 1.16  # the height of a line, in sizes
BASE = 0.312  # how far the base line lies below the middle of a line, in sizes; of this font
MARGIN = 1.01  # the font's own kerning moves letters by less than this
ELLIPSIS = "…"
SOFT = "\u200b"  # a place where a line may end and nothing is seen


@dataclass(frozen=True)
class Fitted:
    """Lines at a size in pixels. `cut`: the words were too many even at the smallest size."""

    lines: tuple[str, ...]
    size: float
    width: float
    cut: bool = False


@cache
def _advances(weight: int) -> tuple[dict[int, str], dict[str, tuple[int, int]], int]:
    from fontTools.ttLib import TTFont

    font = TTFont(fonts.file(weight))
    return font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm


@cache
def _width_of_one(words: str, weight: int) -> float:
    glyphs, metrics, em = _advances(weight)
    return sum(metrics[glyphs.get(ord(letter), ".notdef")][0] for letter in words) / em


def width(words: str, size: float, weight: int = 400) -> float:
    """Pixels."""
    return _width_of_one(words, weight) * size * MARGIN


def fit(
    words: str,
    *,
    wide: float,
    lines: int,
    sizes: Sequence[float],
    weight: int = 400,
    even: bool = False,
    high: float = inf,
    leading: float = LEADING,
) -> Fitted:
    """The largest of the sizes (descending) at which the words need no more than so many lines, and no more height.
    `even`: lines of about the same length. At the smallest size what is too much is cut at a word, with an ellipsis.
    An address may break where SOFT stands."""
    for size in sizes:
        broken = _broken(words, wide, size, weight)
        if broken is not None and len(broken) <= min(lines, _room(high, size, leading)):
            found = _evened(words, broken, wide, size, weight) if even else broken
            return _fitted(found, size, weight)
    size = sizes[-1]
    kept = _cut(words, wide, max(1, min(lines, _room(high, size, leading))), size, weight)
    return _fitted(kept, size, weight, cut=True)


def _room(high: float, size: float, leading: float) -> int:
    return lines_in(high, size * leading) if high != inf else 99


def lines_in(high: float, line: float) -> int:
    return max(0, int(high // round(line, 1)))


def _fitted(lines: Sequence[str], size: float, weight: int, *, cut: bool = False) -> Fitted:
    return Fitted(tuple(lines), size, max((width(line, size, weight) for line in lines), default=0), cut)


def _broken(words: str, wide: float, size: float, weight: int) -> list[str] | None:
    """None where a single word is wider than the box."""
    lines: list[str] = []
    for joint, word in _words(words):
        longer = f"{lines[-1]}{joint}{word}" if lines else word
        if lines and width(longer, size, weight) <= wide:
            lines[-1] = longer
        elif width(word, size, weight) <= wide:
            lines.append(word)
        else:
            return None
    return lines


def _words(words: str) -> Iterator[tuple[str, str]]:
    """Each with what stands before it on the same line."""
    for spaced in words.split(" "):
        for place, word in enumerate(spaced.split(SOFT)):
            yield "" if place else " ", word


def _evened(words: str, broken: list[str], wide: float, size: float, weight: int) -> list[str]:
    """As many lines in the narrowest box that still holds them."""
    low, high, best = 0.0, wide, broken
    for _ in range(8):
        middle = (low + high) / 2
        tried = _broken(words, middle, size, weight)
        if tried is not None and len(tried) <= len(broken):
            high, best = middle, tried
        else:
            low = middle
    return best


def _cut(words: str, wide: float, lines: int, size: float, weight: int) -> list[str]:
    kept = words.split(" ")
    while kept:
        kept.pop()
        broken = _broken(" ".join(kept).rstrip(" ,;:–") + ELLIPSIS, wide, size, weight)
        if broken is not None and len(broken) <= lines:
            return broken
    return _cut_letters(words, wide, size, weight)


def _cut_letters(words: str, wide: float, size: float, weight: int) -> list[str]:
    """A first word that is wider than the box."""
    while words and width(words + ELLIPSIS, size, weight) > wide:
        words = words[:-1]
    return [words + ELLIPSIS]
