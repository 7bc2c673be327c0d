"""The figure and what stands beside it: its counts, and how it went from period to period."""

from reports.kit import trend
from reports.kit.areas import Area, common, sizes
from reports.kit.canvas import Canvas
from reports.kit.colours import TURMERIC
from reports.kit.fitting import BASE, fit, width
from reports.kit.values import MISSING, NO_VALUE, Count, KitValues

EDGE = 0.03  # in sizes: so far a large letter stands in from its own left edge


def said(values: KitValues) -> list[str]:
    """What the figure is, and what is told of it; where there is none, its own place says so."""
    told = values.figures.told
    return ["Capaian", told] if told not in ("", NO_VALUE) else ["Capaian"]


def caption(values: KitValues) -> str:
    return ", ".join(said(values))


def number(c: Canvas, x: float, base: float, values: KitValues, *, size: float, wide: float, colour: str) -> float:
    """The figure upon its base line; returns its right edge. A dash of this size would be taken for a bar: words."""
    words, steps = values.figures.achievement, sizes(size, size * 0.9, size * 0.8, size * 0.7)
    if words == MISSING:
        words, steps = NO_VALUE.capitalize(), sizes(size * 0.36, size * 0.32, size * 0.28, size * 0.24)
    put = fit(words, wide=wide, lines=1, sizes=steps, weight=700)
    x -= put.size * EDGE
    y = base - put.size * (1 / 2 + BASE)
    c.text(x, y, words, wide=wide, sizes=(put.size,), colour=colour, weight=700, leading=1.0)
    return x + put.width


def counts_row(
    c: Canvas, x: float, y: float, wide: float, values: KitValues, *, scale: float, ink: str, ink_2: str
) -> float:
    """Three counts side by side, all in one size."""
    gap = 24 * scale
    each = (wide - 2 * gap) / 3
    size = common(
        (count.words for count in values.figures.counts), each, sizes(52, 48, 44, 40, 36, 32, scale=scale), 700
    )
    small = common((count.label for count in values.figures.counts), each, sizes(27, 26, 25, 24, 23, 22, scale=scale))
    foot = y
    for place, count in enumerate(values.figures.counts):
        at = x + place * (each + gap)
        below = c.text(at, y, count.words, wide=each, sizes=(size,), colour=ink, weight=700)
        foot = max(foot, c.text(at, below, count.label, wide=each, sizes=(small,), colour=ink_2, lines=2))
    return foot


def counts_list(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> None:
    """Each count with its percentage, a bar and a sentence."""
    each = area.high / 3
    for place, count in enumerate(values.figures.counts):
        _count(c, Area(area.x, area.y + place * each, area.wide, each), count, scale)
        if place < 2:
            y = area.y + (place + 1) * each - each * 0.09
            c.rect(area.x, y, area.wide, 1.5, c.look.rule)


def _count(c: Canvas, area: Area, count: Count, scale: float) -> None:
    look, left = c.look, area.wide * 0.64
    large = {"wide": left, "sizes": sizes(72, 64, 56, scale=scale), "colour": look.ink, "weight": 700, "leading": 1.05}
    foot = c.text(area.x, area.y, count.words, **large)
    rate = {"wide": area.wide - left, "sizes": sizes(44, 38, scale=scale), "colour": look.ink_2, "weight": 600}
    c.text(area.x + left, area.y, count.rate, align="right", leading=1.7, **rate)
    steps = sizes(34, 30, scale=scale)
    bar = 10 * scale + c.text(area.x, foot, count.label, wide=area.wide, sizes=steps, colour=look.ink, weight=600)
    c.rect(area.x, bar, area.wide, 12 * scale, look.rule)
    if count.share:
        colour = TURMERIC if count.is_quality else trend.COMPLIANCE
        c.rect(area.x, bar, round(area.wide * count.share, 1), 12 * scale, colour)
    small = {"wide": area.wide, "sizes": sizes(27, 25, 23, scale=scale), "colour": look.ink_2, "lines": 2}
    c.text(area.x, bar + 22 * scale, count.explained, **small)


def trend_block(c: Canvas, area: Area, values: KitValues, *, letters: int = 26) -> None:
    """The drawing with the words of its lines above it, and what the last period is."""
    words = dict(trend.SERIES)
    x, y = area.x, area.y
    for key, colour in trend.colours(c.look).items():
        wide = width(words[key], letters, 600)
        if x + wide + letters * 2 > area.right:
            x, y = area.x, y + letters * 1.6
        c.rect(x, y + letters * 0.55, letters * 1.1, letters * (0.34 if key == "achievement" else 0.2), colour)
        c.text(x + letters * 1.5, y, words[key], wide=wide + 4, sizes=(letters,), colour=c.look.ink, weight=600)
        x += wide + letters * 2.9
    top = y + letters * 1.9
    note = (
        values.trend[-1].label + " = " + values.period if values.trend[-1].label not in values.period else values.period
    )
    foot = c.text_up(
        area.x,
        area.foot,
        f"Persen. Triwulan terakhir: {note}.",
        wide=area.wide,
        sizes=sizes(letters * 0.92, letters * 0.8),
        colour=c.look.ink_2,
        lines=2,
    )
    high = foot - top - letters * 0.5
    drawing = trend.chart(values.trend, c.look, wide=round(area.wide), high=round(high), letters=letters)
    c.drawing(area.x, top, area.wide, high, drawing)
