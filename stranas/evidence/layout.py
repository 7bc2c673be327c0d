"""The words of a paper without what its layout adds to them: numbers of pages, running heads, words broken at the end
of a line. The same text in another program, on other pages, says the same. Pure: standard library only.
"""

import re
from collections import Counter
from collections.abc import Sequence

from stranas.evidence.rules import plain_words

# Whatever changes here changes prints and digests: those made before are made anew (evidence.sketch.METHOD).
VERSION = 2
# So many lines at an edge of a page may be a running head or foot.
EDGE = 4
# Signs of a line that holds the number of a page and nothing else.
LONGEST_NUMBER = 40
# Signs without a width: places where a word may be broken, marks of order.
_UNSEEN = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]")
# What readers of PDFs put in place of a hyphen that ends a line, and of that end.
_LINE_ENDED = re.compile(r"[\ufffe\x02]\n?")
# The number of a page that says so itself: "Halaman 2 dari 5", "2 dari 5", "- ii -".
_NUMBER = r"(?:\d{1,4}|[ivxlc]{1,6})"
_OF = rf"\s*(?:dari|of|/)\s*{_NUMBER}"
_SAID = re.compile(
    rf"\W*(?:(?:halaman|hal|page)\W*{_NUMBER}(?:{_OF})?|{_NUMBER}{_OF}|[-–—]\s*{_NUMBER}\s*[-–—])\W*", re.IGNORECASE
)
_BETWEEN_WORDS = re.compile(r"(?<!\d) +| +(?!\d)")
_BARE = re.compile(r"\d{1,4}")
_BROKEN = re.compile(r"(?<!\w)(\w+)[-\u2010\u2011]\n(?=([a-z]\w*))")


def unlaid(text: str) -> str:
    """The text in lines, pages no more: without the numbers of its pages and what runs along them."""
    pages = [_lines(page) for page in _LINE_ENDED.sub("-\n", _UNSEEN.sub("", text)).split("\f")]
    _cut_numbers(pages)
    for at in (0, -1):
        _cut_running(pages, at=at)
    _cut_numbers(pages)  # those between a running line and the text
    return _BROKEN.sub(_whole, "\n".join(line for page in pages for line in page))


def letters(text: str) -> str:
    """Letters and figures alone: where a line, a word or a syllable ends is layout too. Where a figure ends is not:
    "1,5" is another one than "15"."""
    return _BETWEEN_WORDS.sub("", " ".join(plain_words(unlaid(text))).replace("_", ""))


def _lines(page: str) -> list[str]:
    return [line for line in (" ".join(part.split()) for part in page.split("\n")) if line]


def _cut_numbers(pages: Sequence[list[str]]) -> None:
    """At both edges. A bare figure counts where it goes up with the pages: else it may belong to a table."""
    for at in (0, -1):
        bare = {number: int(page[at]) - number for number, page in enumerate(pages, 1) if _is_bare(page, at)}
        steps = Counter(bare.values())
        for number, page in enumerate(pages, 1):
            goes_up = number in bare and (bare[number] == 0 or steps[bare[number]] > 1)
            if page and (goes_up or (len(page[at]) <= LONGEST_NUMBER and _SAID.fullmatch(page[at]))):
                del page[at]


def _is_bare(page: Sequence[str], at: int) -> bool:
    return bool(page) and _BARE.fullmatch(page[at]) is not None


def _cut_running(pages: Sequence[list[str]], *, at: int) -> None:
    """The lines that stand at this edge of half of the pages, as left and right ones may differ: heads, feet, the line
    of an electronic signature, the head of a table that goes on."""
    many = max(2, len(pages) // 2)
    for _ in range(EDGE):
        times = Counter(page[at] for page in pages if page)
        for page in pages:
            if page and times[page[at]] >= many:
                del page[at]


def _whole(match: re.Match[str]) -> str:
    """ "undang-undang" keeps its hyphen; "pelak-sanaan" has it of the line."""
    before, after = match.groups()
    return f"{before}-" if before.casefold() == after.casefold() else before
