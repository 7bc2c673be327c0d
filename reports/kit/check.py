"""How a reader checks it: the code, the address, the source."""

import re
from collections.abc import Sequence

from reports import paper
from reports.kit.areas import Area, sizes
from reports.kit.canvas import Canvas
from reports.kit.colours import WHITE
from reports.kit.fitting import SOFT
from reports.kit.values import KitValues
from reports.kit.words import CHECK_LINE, HOW_TO_CHECK, MEANING


def block(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> None:
    """A large code in the middle, the address as text, and why it can be trusted."""
    look = c.look
    side = min(area.wide * 0.5, area.high * 0.52)
    y = c.text(
        area.x,
        area.y,
        HOW_TO_CHECK,
        wide=area.wide,
        sizes=sizes(36, 32, 30, scale=scale),
        colour=look.ink,
        lines=3,
        leading=1.3,
    )
    qr(c, values, area.x + (area.wide - side) / 2, y + 22 * scale, side)
    y += side + 44 * scale
    steps = sizes(38, 35, 32, 30, 28, 26, scale=scale)
    foot = put_address(c, area.x, y, area.wide, values, steps=steps, colour=look.figure, align="center", lines=2)
    if values.figures is not None:
        c.text(
            area.x,
            foot + 16 * scale,
            MEANING,
            wide=area.wide,
            sizes=sizes(27, 25, 23, 21, scale=scale),
            colour=look.ink_2,
            lines=3,
            leading=1.28,
        )


def row(c: Canvas, area: Area, values: KitValues, *, ink: str, ink_2: str) -> None:
    """The code with the address beside it."""
    qr(c, values, area.x, area.y, area.high)
    x = area.x + area.high + 32
    wide = area.right - x
    y = c.text(x, area.y + area.high * 0.12, CHECK_LINE, wide=wide, sizes=sizes(32, 29, 26), colour=ink_2)
    put_address(c, x, y + 4, wide, values, steps=sizes(32, 30, 28, 26, 24, 22), colour=ink)


def qr(c: Canvas, values: KitValues, x: float, y: float, side: float) -> None:
    """Dark on a white tile with the quiet zone that readers need."""
    c.rect(x, y, side, side, WHITE, round_=side / 24)
    inset = side * 0.09
    c.drawing(x + inset, y + inset, side - 2 * inset, side - 2 * inset, paper.qr_svg(values.address))


def put_address(
    c: Canvas, x: float, y: float, wide: float, values: KitValues, *, steps: Sequence[float], colour: str, **how
) -> float:
    """Where it does not fit in one line it breaks after a slash or a hyphen."""
    soft = re.sub("(?<=[/-])", SOFT, values.short_address)
    smaller = sizes(0.9, 0.8, 0.7, 0.6, 0.5, scale=steps[-1])  # rather small than cut: it must lead somewhere
    steps, lines = (*steps, *smaller), how.pop("lines", 3)
    return c.text(x, y, soft, wide=wide, sizes=steps, colour=colour, weight=700, lines=lines, **how)


def source(c: Canvas, x: float, foot: float, wide: float, values: KitValues, *, size: float, colour: str) -> float:
    """Upon its foot; returns where it begins. Never cut: the sizes go down until all of it is there."""
    steps = sizes(size, size * 0.92, size * 0.84, size * 0.76, size * 0.68)
    return c.text_up(
        x, foot, values.source_line, wide=wide, sizes=steps, colour=colour, lines=2, leading=1.24, even=True
    )
