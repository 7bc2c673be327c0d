"""Whose picture it is: what stands above and under the name, and the logo."""

from reports.kit.canvas import LANDSCAPE, STORY, Canvas
from reports.kit.colours import WHITE
from reports.kit.values import KitValues
from reports.kit.words import ACTIVITY, PROGRAMME


def head_lines(values: KitValues) -> tuple[str, str]:
    """What it belongs to, and when."""
    if values.figures is None:
        return ACTIVITY, values.published
    return PROGRAMME, values.period


def beneath(c: Canvas, values: KitValues) -> str:
    """The line under the name: what the figure is about; in pictures that stand alone, what happened."""
    return values.title if c.size in (STORY, LANDSCAPE) else values.action or "Semua aksi"


def put_logo(c: Canvas, values: KitValues, x: float, y: float, side: float) -> float:
    """On a white tile, whatever lies behind; returns the room it took to the right (0 without a logo)."""
    if values.identity.logo is None:
        return 0
    c.rect(x, y, side, side, WHITE, round_=side / 10)
    inset = side * 0.1
    c.picture(
        x + inset,
        y + inset,
        side - 2 * inset,
        side - 2 * inset,
        values.identity.logo,
        f"Logo {values.agency}",
        fits="contain",
    )
    return side + side * 0.25
