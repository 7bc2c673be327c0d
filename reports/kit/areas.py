"""Places on a picture, in pixels; and the sizes at which words are tried in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.kit.fitting import width


@dataclass(frozen=True)
class Area:
    x: float
    y: float
    wide: float
    high: float

    @property
    def foot(self) -> float:
        return self.y + self.high

    @property
    def right(self) -> float:
        return self.x + self.wide


def sizes(*pixels: float, scale: float = 1) -> tuple[float, ...]:
    return tuple(round(size * scale, 1) for size in pixels)


def common(words: Iterable[str], wide: float, steps: Sequence[float], weight: int = 400) -> float:
    """The largest size at which each of them stands in one line; the smallest, where none does."""
    known = list(words)
    for size in steps:
        if all(width(one, size, weight) <= wide for one in known):
            return size
    return steps[-1]
