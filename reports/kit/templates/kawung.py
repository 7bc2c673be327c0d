"""Kawung: a deep field with a stair of flowers above, paper with the figure below, a strip of flowers at the foot."""

from collections.abc import Callable

from reports.kit import check, figures, heads, ornaments, posters, work
from reports.kit.areas import Area, common, sizes
from reports.kit.canvas import Canvas
from reports.kit.values import KitValues

LABEL = "Kawung"
SAYS = "Bidang warna dengan ragam hias kawung. Resmi dan hangat."


def cover(c: Canvas, values: KitValues) -> None:
    _ground(c, Area(0, 0, 1080, 540), flowers=4)
    _strip(c, 84)
    hero(c, Area(72, 72, 936, 444), values, name_wide=760)
    if values.figures is None:
        work.news(c, Area(72, 590, 936, 310), values)
    else:
        numbers(c, Area(72, 590, 936, 310), values)
    check.source(c, 72, 976, 936, values, size=24, colour=c.look.ink_2)


def inner(c: Canvas, values: KitValues, heading: str, place: str, block: Callable[[Canvas, Area], None]) -> None:
    _ground(c, Area(0, 0, 1080, 212), flowers=0)
    c.behind.append(ornaments.kawung_strip(840, -20, 240, c.look.ornament, cell=120))
    c.behind.append(ornaments.kawung_strip(840, 100, 240, c.look.ornament, cell=120))
    c.rect(0, 212, 1080, 40, c.look.paper, behind=True)
    c.text(72, 52, heading, wide=720, sizes=sizes(64, 56), colour=c.look.on_ground, weight=700, tag="h2")
    c.text(72, 134, values.agency, wide=740, sizes=sizes(30, 27, 24, 21), colour=c.look.on_ground_2)
    block(c, Area(72, 264, 936, 680))
    c.rect(72, 968, 936, 1.5, c.look.rule)
    c.text(908, 990, place, wide=100, sizes=(24,), colour=c.look.ink_2, align="right")
    check.source(c, 72, 1046, 800, values, size=22, colour=c.look.ink_2)


def story(c: Canvas, values: KitValues) -> None:
    _ground(c, Area(0, 0, 1080, 1010), flowers=4, scale=1.15)
    _strip(c, 108)
    hero(c, Area(84, 190, 912, 760), values, name_wide=880, scale=1.22)
    area = Area(84, 1070, 912, 400)
    if values.figures is None:
        work.news(c, area, values, scale=1.1)
    else:
        numbers(c, area, values, scale=1.06, code=False)
    check.row(c, Area(84, 1500, 912, 190), values, ink=c.look.figure, ink_2=c.look.ink_2)
    check.source(c, 84, 1790, 912, values, size=26, colour=c.look.ink_2)


def landscape(c: Canvas, values: KitValues) -> None:
    _ground(c, Area(0, 0, 960, 1080), flowers=3, scale=0.9)
    hero(c, Area(96, 96, 780, 888), values, name_wide=770, scale=1.05)
    if values.figures is None:
        work.news(c, Area(1040, 110, 784, 580), values, scale=1.1)
    else:
        base, look = 300, c.look
        figures.number(c, 1040, base, values, size=290, wide=790, colour=look.figure)
        words = figures.caption(values)
        c.text(1040, base + 66, words, wide=784, sizes=sizes(50, 46, 42), colour=look.figure, weight=700)
        c.rect(1040, base + 152, 784, 1.5, look.rule)
        figures.counts_row(c, 1040, base + 176, 784, values, scale=1.05, ink=look.ink, ink_2=look.ink_2)
    check.row(c, Area(1040, 690, 784, 180), values, ink=c.look.figure, ink_2=c.look.ink_2)
    check.source(c, 1040, 990, 784, values, size=24, colour=c.look.ink_2)


def link(c: Canvas, values: KitValues) -> None:
    _ground(c, Area(0, 0, 1200, 316), flowers=3, scale=0.9)
    hero(c, Area(60, 44, 1080, 250), values, name_wide=800, scale=0.72)
    area = Area(60, 346, 1080, 200)
    if values.figures is None:
        work.news(c, area, values, scale=0.8)
    else:
        _number_beside_counts(c, area, values)
    check.source(c, 60, 606, 1080, values, size=20, colour=c.look.ink_2)


def poster(c: Canvas, values: KitValues) -> None:
    _ground(c, Area(0, 0, 794, 330), flowers=3, scale=0.72)
    _strip(c, 44, cell=44)
    hero(c, Area(52, 46, 690, 262), values, name_wide=560, scale=0.68, tag="h1")
    y = 356.0
    if values.figures is not None:
        numbers(c, Area(52, y, 690, 190), values, scale=0.62)
        y = 568
    posters.body(c, Area(52, y, 690, 1022 - y), values)
    check.source(c, 52, 1066, 690, values, size=14, colour=c.look.ink_2)


def hero(c: Canvas, area: Area, values: KitValues, *, name_wide: float, scale: float = 1, tag: str = "p") -> None:
    """Whose it is at the foot, what and when at the top."""
    y = _what_and_when(c, area, values, name_wide - 140 * scale, scale)  # left of the flowers
    small = {"colour": c.look.on_ground_2}
    if values.figures is None:
        steps = sizes(34, 30, 27, scale=scale)
        foot = c.text_up(area.x, area.foot, values.agency, wide=name_wide, sizes=steps, lines=2, **small)
        words, steps = values.title, sizes(76, 68, 60, 54, 48, 42, 37, 32, scale=scale)
    else:
        below, wide = heads.beneath(c, values), min(area.wide, name_wide + 100)
        steps = sizes(34, 31, 28, 25, scale=scale)
        foot = c.text_up(area.x, area.foot, below, wide=wide, sizes=steps, lines=4, even=True, **small)
        words, steps = values.agency, sizes(84, 76, 68, 62, 56, 50, 44, scale=scale)
    foot -= 12 * scale
    c.text_up(
        area.x,
        foot,
        words,
        wide=name_wide,
        sizes=steps,
        colour=c.look.on_ground,
        weight=700,
        lines=6,
        high=foot - y - 14 * scale,
        leading=1.1,
        even=True,
        tag=tag,
    )


def _what_and_when(c: Canvas, area: Area, values: KitValues, wide: float, scale: float) -> float:
    """Beside the logo; returns where both end."""
    beside = heads.put_logo(c, values, area.x, area.y, 96 * scale)
    steps = sizes(34, 30, 27, 25, 23, scale=scale)
    look = {"wide": wide - beside, "sizes": steps, "colour": c.look.on_ground_2, "leading": 1.22}
    y = area.y + 4 * scale
    for words in heads.head_lines(values):
        y = c.text(area.x + beside, y, words, **look)
    return max(y, area.y + 96 * scale) if beside else y


def numbers(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, code: bool = True) -> None:
    look = c.look
    side = 150 * scale if code else 0
    if code:
        check.qr(c, values, area.right - side, area.y - 14 * scale, side)
    base = area.y + 152 * scale
    right = figures.number(
        c, area.x, base, values, size=204 * scale, wide=area.wide - side - 190 * scale, colour=look.figure
    )
    told_wide = area.right - side - 28 * scale - (right + 40 * scale)
    _told(c, right + 40 * scale, base, told_wide, values, scale)
    figures.counts_row(c, area.x, base + 50 * scale, area.wide, values, scale=scale, ink=look.ink, ink_2=look.ink_2)


def _told(c: Canvas, x: float, base: float, wide: float, values: KitValues, scale: float) -> None:
    """ "Capaian" and what is said of it, in the height of the figure."""
    foot = base + 12 * scale
    look = {"wide": wide, "colour": c.look.figure, "weight": 700}
    size = common(figures.said(values), wide, sizes(42, 39, 36, 33, 30, scale=scale), 700)
    for words in reversed(figures.said(values)):
        foot = c.text_up(x, foot, words, sizes=(size,), lines=3, leading=1.12, **look)


def _number_beside_counts(c: Canvas, area: Area, values: KitValues) -> None:
    """For the small picture of a link: everything in one band."""
    look, base = c.look, area.y + 118
    right = figures.number(c, area.x, base, values, size=156, wide=440, colour=look.figure)
    c.text(
        area.x,
        base + 34,
        figures.caption(values),
        wide=440,
        sizes=sizes(32, 29, 26),
        colour=look.figure,
        weight=700,
    )
    x = max(right + 56, area.x + 400)
    figures.counts_row(c, x, area.y + 34, area.right - x, values, scale=0.86, ink=look.ink, ink_2=look.ink_2)


def _ground(c: Canvas, area: Area, *, flowers: int, scale: float = 1) -> None:
    c.rect(0, 0, c.wide, c.high, c.look.paper, behind=True)
    c.rect(area.x, area.y, area.wide, area.high, c.look.ground, behind=True)
    if flowers:
        c.behind.append(ornaments.kawung_corner(area.right, c.look.ornament, steps=flowers, scale=scale))


def _strip(c: Canvas, high: float, *, cell: float = 84) -> None:
    c.behind.append(ornaments.kawung_strip(0, c.high - high, c.wide, c.look.figure, cell=cell))
