"""Two versions side by side, word by word. Standard library only."""

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

# Above it (left words times right words) a text that differs is marked as a whole: comparing would take seconds.
MOST = 4_000_000


@dataclass(frozen=True)
class Piece:
    """Some words of one side; `only_here`: the other side does not have them at this place."""

    words: str
    only_here: bool


@dataclass(frozen=True)
class Compared:
    """One field on both sides."""

    title: str
    left: tuple[Piece, ...]
    right: tuple[Piece, ...]

    @property
    def is_same(self) -> bool:
        return not any(piece.only_here for piece in (*self.left, *self.right))


def compared(title: str, left: str, right: str) -> Compared:
    """Word-level differences. Both sides joined again give the texts themselves."""
    a, b = _tokens(left), _tokens(right)
    head = _common(a, b)
    tail = _common(a[head:][::-1], b[head:][::-1])
    left_pieces, right_pieces = _middle(a[head : len(a) - tail], b[head : len(b) - tail])
    first, last = "".join(a[:head]), "".join(a[len(a) - tail :])
    return Compared(title, _joined(first, left_pieces, last), _joined(first, right_pieces, last))


def _tokens(words: str) -> list[str]:
    """Words with the space that follows them."""
    return re.findall(r"\s+|\S+\s*", words)


def _common(a: Sequence[str], b: Sequence[str]) -> int:
    count = 0
    for one, other in zip(a, b, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(a: Sequence[str], b: Sequence[str]) -> tuple[list[Piece], list[Piece]]:
    if len(a) * len(b) > MOST:
        return [Piece("".join(a), True)], [Piece("".join(b), True)]
    left, right = [], []
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
        left.append(Piece("".join(a[a1:a2]), tag != "equal"))
        right.append(Piece("".join(b[b1:b2]), tag != "equal"))
    return left, right


def _joined(first: str, middle: Iterable[Piece], last: str) -> tuple[Piece, ...]:
    pieces = (Piece(first, False), *middle, Piece(last, False))
    return tuple(piece for piece in pieces if piece.words)


def sorted_out(left: dict[Hashable, Any], right: dict[Hashable, Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """Values by key (only left, only right, on both sides), in their own order; of both sides the right value."""
    return (
        [value for key, value in left.items() if key not in right],
        [value for key, value in right.items() if key not in left],
        [value for key, value in right.items() if key in left],
    )
