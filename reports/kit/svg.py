"""A laid-out picture as SVG: the whole of it, or what lies behind and what stands in front apart."""

from collections.abc import Iterator
from html import escape

from reports import fonts
from reports.kit.canvas import Box, Canvas, Text, address
from reports.kit.fitting import BASE
from reports.kit.pixels import scaled

ANCHORS = {"left": (0, "start"), "center": (0.5, "middle"), "right": (1, "end")}


def svg(canvas: Canvas, *, behind: bool = True, front: bool = True) -> str:
    size = f'viewBox="0 0 {canvas.wide} {canvas.high}" width="{canvas.wide}" height="{canvas.high}"'
    inside = [*(canvas.behind if behind else ()), *(_front(canvas) if front else ())]
    return f'<svg xmlns="http://www.w3.org/2000/svg" font-family="{fonts.NAME}" {size}>{"".join(inside)}</svg>'


def _front(canvas: Canvas) -> Iterator[str]:
    yield from canvas.drawn
    yield from map(_box, canvas.boxes)
    yield from map(_text, canvas.texts)


def _box(box: Box) -> str:
    place = f'x="{box.x}" y="{box.y}" width="{box.wide}" height="{box.high}"'
    if box.svg:
        return box.svg.replace("<svg ", f"<svg {place} ", 1)
    return f'<image {place} href="{address(scaled(box))}"/>'


def _text(text: Text) -> str:
    share, anchor = ANCHORS[text.align]
    look = (
        f'font-size="{text.fitted.size}" font-weight="{text.weight}" fill="{text.colour}" text-anchor="{anchor}" '
        f'letter-spacing="{text.spacing}"'
    )
    x, base = text.x + text.wide * share, text.y + text.line / 2 + text.fitted.size * BASE
    lines = (
        f'<text x="{x:.1f}" y="{base + text.line * place:.1f}">{escape(line)}</text>'
        for place, line in enumerate(text.fitted.lines)
    )
    return f"<g {look}>{''.join(lines)}</g>"
