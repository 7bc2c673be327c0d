"""Lembar: light paper, thin rules, a very large figure; a row of tumpal at the foot. Like a page of a ledger."""

from collections.abc import Callable

from reports.kit import check, figures, heads, ornaments, posters, work
from reports.kit.areas import Area, sizes
from reports.kit.canvas import Canvas
from reports.kit.fitting import width
from reports.kit.values import KitValues

LABEL = "Lembar"
SAYS = "Kertas terang, garis tipis, angka besar. Tenang dan mudah dicetak."


def cover(c: Canvas, values: KitValues) -> None:
    _paper(c, 56)
    y = _head(c, Area(72, 64, 936, 60), values)
    y = _name(c, Area(72, y + 26, 936, 226), values)
    if values.figures is None:
        work.news(c, Area(72, y + 36, 936, 826 - y), values)
    else:
        _figure(c, Area(72, 386, 936, 310), values, size=296)
        _ruled_counts(c, Area(72, 762, 936, 120), values)
    _foot(c, Area(72, 894, 936, 116), values)


def inner(c: Canvas, values: KitValues, heading: str, place: str, block: Callable[[Canvas, Area], None]) -> None:
    _paper(c, 40)
    c.rect(72, 64, 936, 3, c.look.ink)
    c.text(72, 84, heading, wide=760, sizes=sizes(60, 52), colour=c.look.figure, weight=700, tag="h2")
    c.text(848, 96, place, wide=160, sizes=(26,), colour=c.look.ink_2, align="right")
    c.text(72, 160, values.agency, wide=936, sizes=sizes(28, 26, 24, 21), colour=c.look.ink_2)
    c.rect(72, 210, 936, 1.5, c.look.rule)
    block(c, Area(72, 244, 936, 692))
    c.rect(72, 956, 936, 1.5, c.look.rule)
    check.source(c, 72, 1024, 936, values, size=22, colour=c.look.ink_2)


def story(c: Canvas, values: KitValues) -> None:
    _paper(c, 84, cell=90)
    y = _head(c, Area(84, 190, 912, 60), values, scale=1.15)
    y = _name(c, Area(84, y + 40, 912, 400), values, scale=1.28)
    if values.figures is None:
        work.news(c, Area(84, y + 50, 912, 1330 - y), values, scale=1.15)
    else:
        _figure(c, Area(84, 730, 912, 330), values, size=300, scale=1.1)
        _column_of_counts(c, Area(84, 1150, 912, 330), values, scale=1.15)
    _foot(c, Area(84, 1540, 912, 190), values, scale=1.15)


def landscape(c: Canvas, values: KitValues) -> None:
    _paper(c, 56)
    y = _head(c, Area(96, 84, 1728, 60), values, scale=1.1)
    y = _name(c, Area(96, y + 36, 1728, 330), values, scale=1.1)
    if values.figures is None:
        work.news(c, Area(96, y + 50, 1728, 770 - y), values, scale=1.2)
    else:
        _figure(c, Area(96, 466, 1000, 330), values, size=330, scale=1.1)
        _column_of_counts(c, Area(1240, 486, 584, 300), values, scale=1.15)
    _foot(c, Area(96, 850, 1728, 140), values, scale=1.1)


def link(c: Canvas, values: KitValues) -> None:
    _paper(c, 30, cell=40)
    y = _head(c, Area(60, 38, 1080, 40), values, scale=0.84)
    if values.figures is None:
        y = _name(c, Area(60, y + 22, 1080, 190), values, scale=0.82)
        work.news(c, Area(60, y + 24, 1080, 500 - y), values, scale=0.8)
    else:
        _name(c, Area(60, y + 16, 1080, 164), values, scale=0.7)
        _figure(c, Area(60, 290, 620, 200), values, size=196, scale=0.8)
        _column_of_counts(c, Area(740, 286, 400, 220), values, scale=0.78)
    check.source(c, 60, 588, 1080, values, size=20, colour=c.look.ink_2)


def poster(c: Canvas, values: KitValues) -> None:
    _paper(c, 34, cell=36)
    y = _head(c, Area(52, 46, 690, 40), values, scale=0.66)
    y = _name(c, Area(52, y + 18, 690, 170), values, scale=0.7, tag="h1")
    y += 20
    if values.figures is not None:
        _figure(c, Area(52, y, 360, 180), values, size=160, scale=0.62)
        _column_of_counts(c, Area(440, y, 302, 186), values, scale=0.6)
        y += 212
    posters.body(c, Area(52, y, 690, 1032 - y), values)
    check.source(c, 52, 1074, 690, values, size=14, colour=c.look.ink_2)


def _paper(c: Canvas, high: float, *, cell: float = 54) -> None:
    c.rect(0, 0, c.wide, c.high, c.look.paper, behind=True)
    c.behind.append(ornaments.tumpal(0, c.high - high, c.wide, high, c.look.figure, cell=cell, stroke=high / 26))


def _head(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> float:
    """A strong rule, what and when upon it; returns where it ends."""
    look, (what, when) = c.look, heads.head_lines(values)
    c.rect(area.x, area.y, area.wide, 3 * scale, look.ink)
    left = width(what, 28 * scale, 700) + 8
    y = area.y + 16 * scale
    c.text(area.x, y, what, wide=left, sizes=(28 * scale,), colour=look.ink, weight=700)
    room = area.wide - left - 24
    foot = c.text(
        area.right - room,
        y,
        when,
        wide=room,
        sizes=sizes(28, 26, 24, 22, 20, scale=scale),
        colour=look.ink_2,
        align="right",
    )
    c.rect(area.x, foot + 14 * scale, area.wide, 1.5, look.rule)
    return foot + 16 * scale


def _name(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, tag: str = "p") -> float:
    """Of a kabar kegiatan its title, and whose it is; else whose figure it is, and of what."""
    beside = heads.put_logo(c, values, area.x, area.y + 4, 112 * scale)
    x, wide = area.x + beside, area.wide - beside
    large = {"wide": wide, "colour": c.look.ink, "weight": 700, "even": True, "tag": tag}
    small = {"wide": wide, "colour": c.look.ink_2, "even": True}
    if values.figures is None:
        steps, high = sizes(68, 60, 54, 48, 42, 37, 32, scale=scale), area.high - 50 * scale
        y = c.text(x, area.y, values.title, sizes=steps, lines=5, high=high, leading=1.1, **large)
        steps = sizes(30, 27, 24, scale=scale)
        y = c.text(x, y + 10 * scale, values.agency, sizes=steps, lines=2, **small)
        return max(y, area.y + (124 * scale if beside else 0))
    steps, high = sizes(72, 66, 60, 54, 48, 42, scale=scale), area.high - 84 * scale
    y = c.text(x, area.y, values.agency, sizes=steps, lines=3, high=high, leading=1.08, **large)
    steps, below = sizes(32, 29, 27, 24, 21, scale=scale), heads.beneath(c, values)
    return c.text(x, y + 8 * scale, below, sizes=steps, lines=4, high=area.foot - y, **small)


def _figure(c: Canvas, area: Area, values: KitValues, *, size: float, scale: float = 1) -> None:
    """A short bar with "Capaian" and what is told of it, the figure below."""
    look, words = c.look, figures.caption(values)
    c.rect(area.x, area.y + 20 * scale, 64 * scale, 8 * scale, _accent(c))
    c.text(
        area.x + 84 * scale,
        area.y,
        words,
        wide=area.wide - 84 * scale,
        sizes=sizes(40, 36, 32, 28, scale=scale),
        colour=look.figure,
        weight=700,
    )
    figures.number(
        c,
        area.x,
        area.y + 56 * scale + size * 0.72,
        values,
        size=size,
        wide=area.wide,
        colour=look.figure,
    )


def _accent(c: Canvas) -> str:
    from reports.kit.colours import LARGE, TURMERIC, contrast

    return c.look.ornament if contrast(c.look.ornament, c.look.paper) >= LARGE else TURMERIC


def _ruled_counts(c: Canvas, area: Area, values: KitValues) -> None:
    """Three columns between rules."""
    c.rect(area.x, area.y - 22, area.wide, 1.5, c.look.ink)
    each = area.wide / 3
    for place, count in enumerate(values.figures.counts):
        x = area.x + place * each + (24 if place else 0)
        if place:
            c.rect(x - 24, area.y - 6, 1.5, 116, c.look.rule)
        y = c.text(x, area.y, count.words, wide=each - 30, sizes=sizes(56, 50, 44, 38), colour=c.look.ink, weight=700)
        c.text(x, y, count.label, wide=each - 30, sizes=sizes(27, 25), colour=c.look.ink_2)


def _column_of_counts(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> None:
    """A ledger: label left, count right, thin rules between."""
    each = area.high / 3
    for place, count in enumerate(values.figures.counts):
        y = area.y + place * each
        c.rect(area.x, y, area.wide, 1.5, c.look.rule if place else c.look.ink)
        middle = y + each / 2
        half = area.wide * 0.45
        c.text(
            area.right - half,
            middle - 32 * scale,
            count.words,
            wide=half,
            sizes=sizes(52, 46, 40, 34, scale=scale),
            colour=c.look.ink,
            weight=700,
            align="right",
        )
        c.text(
            area.x,
            middle - 19 * scale,
            count.label,
            wide=area.wide - half,
            sizes=sizes(30, 27, 24, 21, 19, scale=scale),
            colour=c.look.ink_2,
        )
    c.rect(area.x, area.foot, area.wide, 1.5, c.look.rule)


def _foot(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> None:
    """The source on the left, the code on the right."""
    side = area.high
    c.rect(area.x, area.y - 14, area.wide, 1.5, c.look.rule)
    check.qr(c, values, area.right - side, area.y, side)
    wide = area.wide - side - 40
    y = check.put_address(
        c, area.x, area.y, wide, values, steps=sizes(28, 26, 24, 22, 20, scale=scale), colour=c.look.figure, lines=2
    )
    c.text(
        area.x,
        y + 6,
        values.source_line,
        wide=wide,
        sizes=sizes(23, 21, 19, 17, scale=scale),
        colour=c.look.ink_2,
        lines=2,
        leading=1.24,
        even=True,
    )
