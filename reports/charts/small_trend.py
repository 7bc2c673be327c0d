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
LEFT, RIGHT, TOP, BOTTOM = 34, 10, 24, 54


def small_trend(points: Sequence[TrendPoint]) -> str:
    """SVG without a size of its own in words; "" without figures."""
    if not any(point.compliance is not None for point in points):
        return ""
    parts = [*_grid(), *_labels(points), *_lines(points), *_dots(points)]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true" focusable="false"'
    )
    look = 'font-family="Source Sans 3, sans-serif" font-size="12" fill="none" stroke-width="2"'
    return f"{head} {look}>{''.join(parts)}</svg>"


def _grid() -> Iterator[str]:
    for percent in (0, 25, 50, 75, 100):
        y, colour = _y(Decimal(percent)), AXIS if percent == 0 else GRID
        yield f'<path d="M{LEFT} {y}H{WIDTH - RIGHT}" stroke="{colour}" stroke-width="1"/>'
        yield _text(LEFT - 8, y + 4, str(percent), anchor="end")


def _labels(points: Sequence[TrendPoint]) -> Iterator[str]:
    for place, point in enumerate(points):
        x = _x(place, points)
        yield _text(x, HEIGHT - BOTTOM + 32, point.label)
        if point.provisional:
            yield _text(x, HEIGHT - BOTTOM + 46, "sementara")


def _lines(points: Sequence[TrendPoint]) -> Iterator[str]:
    for key, _, colour in SERIES:
        width = WIDE if key == "compliance" else NARROW
        for place, (one, other) in enumerate(pairwise(points)):
            before, after = getattr(one, key), getattr(other, key)
            if before is None or after is None:
                continue
            dash = f' stroke-dasharray="{",".join(map(str, BROKEN))}"' if one.provisional or other.provisional else ""
            path = f"M{_x(place, points)} {_y(before)}L{_x(place + 1, points)} {_y(after)}"
            yield f'<path d="{path}" stroke="{colour}" stroke-width="{width}"{dash}/>'


def _dots(points: Sequence[TrendPoint]) -> Iterator[str]:
    for place, point in enumerate(points):
        for key, _, colour in SERIES:
            value = getattr(point, key)
            if value is None:
                continue
            x, y, fill = _x(place, points), _y(value), PAPER if point.provisional else colour
            radius = 4.5 if key == "compliance" else 3.5
            yield f'<circle cx="{x}" cy="{y}" r="{radius}" stroke="{colour}" fill="{fill}"/>'
            at = y - 9 if is_upper(point, key) else y + 18
            yield _text(x, at, number(value, places=2), halo=True)
            yield _text(x, at, number(value, places=2))


def _text(x: float, y: float, words: str, anchor: str = "middle", *, halo: bool = False) -> str:
    look = f'stroke="{PAPER}" stroke-width="3"' if halo else f'fill="{INK}" stroke="none"'
    return f'<text x="{x}" y="{round(y, 1)}" text-anchor="{anchor}" {look}>{escape(words)}</text>'


def _x(place: int, points: Sequence[TrendPoint]) -> float:
    step = (WIDTH - LEFT - RIGHT) / len(points)
    return round(LEFT + step * (place + 0.5), 1)


def _y(percent: Decimal) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - float(percent) / 100), 1)
