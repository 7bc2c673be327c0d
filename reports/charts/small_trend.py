"""The trend as a small drawing of its own: the look of charts.trend, without a renderer.

For documents of which hundreds are made at once: a renderer takes a hundred times as long.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from itertools import pairwise

from reports.charts.drawing import AXIS, GRID, INK
from reports.charts.palette import PAPER
from reports.charts.trend import BROKEN, NARROW, SERIES, WIDE, TrendPoint, is_upper
from stranas.system.text import number

WIDTH, HEIGHT = 620, 214
PHONE = 358  # what a page of a phone leaves: drawn for it, its words keep their size
LEFT, RIGHT, TOP, BOTTOM = 34, 10, 24, 54


def small_trend(points: Sequence[TrendPoint], *, width: int = WIDTH) -> str:
    """SVG without a size of its own in words; "" without figures."""
    if not any(point.compliance is not None for point in points):
        return ""
    at = _places(len(points), width)
    parts = [*_grid(width), *_labels(points, at), *_lines(points, at), *_dots(points, at)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" aria-hidden="true" focusable="false"'
    )
    look = 'font-family="Source Sans 3, sans-serif" font-size="12" fill="none" stroke-width="2"'
    return f"{head} {look}>{''.join(parts)}</svg>"


def _places(count: int, width: int) -> list[float]:
    step = (width - LEFT - RIGHT) / count
    return [round(LEFT + step * (place + 0.5), 1) for place in range(count)]


def _grid(width: int) -> Iterator[str]:
    for percent in (0, 25, 50, 75, 100):
        y, colour = _y(Decimal(percent)), AXIS if percent == 0 else GRID
        yield f'<path d="M{LEFT} {y}H{width - RIGHT}" stroke="{colour}" stroke-width="1"/>'
        yield _text(LEFT - 8, y + 4, str(percent), anchor="end")


def _labels(points: Sequence[TrendPoint], at: Sequence[float]) -> Iterator[str]:
    for x, point in zip(at, points, strict=True):
        yield _text(x, HEIGHT - BOTTOM + 32, point.label)
        if point.provisional:
            yield _text(x, HEIGHT - BOTTOM + 46, "sementara")


def _lines(points: Sequence[TrendPoint], at: Sequence[float]) -> Iterator[str]:
    for key, _, colour in SERIES:
        width = WIDE if key == "compliance" else NARROW
        for (x, one), (next_x, other) in pairwise(zip(at, points, strict=True)):
            before, after = getattr(one, key), getattr(other, key)
            if before is None or after is None:
                continue
            dash = f' stroke-dasharray="{",".join(map(str, BROKEN))}"' if one.provisional or other.provisional else ""
            path = f"M{x} {_y(before)}L{next_x} {_y(after)}"
            yield f'<path d="{path}" stroke="{colour}" stroke-width="{width}"{dash}/>'


def _dots(points: Sequence[TrendPoint], at: Sequence[float]) -> Iterator[str]:
    for x, point in zip(at, points, strict=True):
        for key, _, colour in SERIES:
            value = getattr(point, key)
            if value is None:
                continue
            y, fill = _y(value), PAPER if point.provisional else colour
            radius = 4.5 if key == "compliance" else 3.5
            yield f'<circle cx="{x}" cy="{y}" r="{radius}" stroke="{colour}" fill="{fill}"/>'
            beside = y - 9 if is_upper(point, key) else y + 18
            yield _text(x, beside, number(value, places=2), halo=True)
            yield _text(x, beside, number(value, places=2))


def _text(x: float, y: float, words: str, anchor: str = "middle", *, halo: bool = False) -> str:
    look = f'stroke="{PAPER}" stroke-width="3"' if halo else f'fill="{INK}" stroke="none"'
    return f'<text x="{x}" y="{round(y, 1)}" text-anchor="{anchor}" {look}>{escape(words)}</text>'


def _y(percent: Decimal) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - float(percent) / 100), 1)
