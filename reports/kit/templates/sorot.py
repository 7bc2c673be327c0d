"""Sorot: one field in the colour of the agency with parang upon it, and the figure as the hero."""

from collections.abc import Callable

from reports.kit import check, figures, heads, ornaments, posters, work
from reports.kit.areas import Area, sizes
from reports.kit.canvas import Canvas
from reports.kit.values import KitValues

LABEL = "Sorot"
SAYS = "Satu bidang warna instansi, angka menjadi pusat perhatian."


def cover(c: Canvas, values: KitValues) -> None:
    _field(c, scale=1.9)
    _head(c, Area(72, 64, 760, 100), values)
    check.qr(c, values, 872, 64, 136)
    if values.figures is None:
        _title(c, Area(72, 250, 936, 430), values)
        work.news(c, Area(72, 700, 936, 230), values, colour=c.look.on_ground)
    else:
        _figure(c, Area(72, 228, 936, 330), values, size=320)
        _name(c, Area(72, 582, 936, 214), values)
        _barred_counts(c, Area(72, 820, 936, 130), values)
    check.source(c, 72, 1030, 936, values, size=24, colour=c.look.on_ground_2)


def inner(c: Canvas, values: KitValues, heading: str, place: str, block: Callable[[Canvas, Area], None]) -> None:
    _field(c, scale=1.9)
    c.rect(40, 208, 1000, 764, c.look.paper, behind=True, round_=10)
    c.rect(72, 60, 72, 9, c.look.ornament)
    c.text(72, 80, heading, wide=800, sizes=sizes(60, 54), colour=c.look.on_ground, weight=700, tag="h2")
    c.text(72, 152, values.agency, wide=936, sizes=sizes(28, 26, 24, 21), colour=c.look.on_ground_2)
    c.text(848, 92, place, wide=160, sizes=(26,), colour=c.look.on_ground_2, align="right")
    block(c, Area(84, 246, 912, 690))
    check.source(c, 72, 1040, 936, values, size=22, colour=c.look.on_ground_2)


def story(c: Canvas, values: KitValues) -> None:
    _field(c, scale=2.6)
    _head(c, Area(84, 190, 912, 100), values, scale=1.15)
    if values.figures is None:
        _title(c, Area(84, 420, 912, 560), values, scale=1.25)
        work.news(c, Area(84, 1020, 912, 430), values, scale=1.15, colour=c.look.on_ground)
    else:
        _figure(c, Area(84, 420, 912, 340), values, size=330, scale=1.15)
        _name(c, Area(84, 820, 912, 320), values, scale=1.25)
        _barred_counts(c, Area(84, 1200, 912, 140), values)
    check.row(c, Area(84, 1480, 912, 190), values, ink=c.look.on_ground, ink_2=c.look.on_ground_2)
    check.source(c, 84, 1770, 912, values, size=26, colour=c.look.on_ground_2)


def landscape(c: Canvas, values: KitValues) -> None:
    _field(c, scale=2.4)
    _head(c, Area(96, 90, 1300, 100), values, scale=1.1)
    if values.figures is None:
        _title(c, Area(96, 250, 1500, 420), values, scale=1.25)
        work.news(c, Area(96, 690, 1500, 230), values, scale=1.15, colour=c.look.on_ground)
        check.qr(c, values, 1660, 90, 164)
    else:
        _figure(c, Area(96, 260, 1050, 380), values, size=380, scale=1.15)
        _name(c, Area(96, 680, 1100, 270), values, scale=1.05)
        _column_of_counts(c, Area(1260, 90, 564, 560), values)
        check.row(c, Area(1260, 760, 564, 170), values, ink=c.look.on_ground, ink_2=c.look.on_ground_2)
    check.source(c, 96, 1010, 1728, values, size=24, colour=c.look.on_ground_2)


def link(c: Canvas, values: KitValues) -> None:
    _field(c, scale=1.5)
    _head(c, Area(60, 42, 900, 60), values, scale=0.8)
    if values.figures is None:
        _title(c, Area(60, 140, 1080, 240), values, scale=0.8)
        work.news(c, Area(60, 400, 1080, 150), values, scale=0.8, colour=c.look.on_ground)
    else:
        _figure(c, Area(60, 136, 640, 220), values, size=216, scale=0.82)
        _name(c, Area(60, 388, 660, 160), values, scale=0.68)
        _column_of_counts(c, Area(770, 120, 370, 400), values, scale=0.8)
    check.source(c, 60, 600, 1080, values, size=20, colour=c.look.on_ground_2)


def poster(c: Canvas, values: KitValues) -> None:
    c.rect(0, 0, c.wide, c.high, c.look.paper, behind=True)
    _field(c, scale=1.3, high=440 if values.figures else 300)
    _head(c, Area(52, 44, 690, 70), values, scale=0.64)
    if values.figures is None:
        _title(c, Area(52, 120, 690, 165), values, scale=0.66, tag="h1")
    else:
        _figure(c, Area(52, 122, 430, 180), values, size=164, scale=0.6)
        _name(c, Area(52, 318, 440, 120), values, scale=0.5, tag="h1")
        _column_of_counts(c, Area(510, 118, 232, 280), values, scale=0.58)
    y = 466 if values.figures else 326
    posters.body(c, Area(52, y, 690, 1050 - y), values)
    check.source(c, 52, 1094, 690, values, size=14, colour=c.look.ink_2)


def _field(c: Canvas, *, scale: float, high: float = 0) -> None:
    """`high`: only so much of the page. The waves run over it and have to be cut then, which takes long to draw."""
    waves = ornaments.parang(c.wide, high or c.high, c.look.shade, scale=scale)
    c.rect(0, 0, c.wide, high or c.high, c.look.ground, behind=True)
    c.behind.append(f'<svg width="{c.wide}" height="{high}">{waves}</svg>' if high else waves)


def _head(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> float:
    beside = heads.put_logo(c, values, area.x, area.y, 96 * scale)
    what, when = heads.head_lines(values)
    x, wide = area.x + beside, area.wide - beside
    y = c.text(
        x,
        area.y + 4 * scale,
        what,
        wide=wide,
        sizes=sizes(34, 30, scale=scale),
        colour=c.look.on_ground,
        weight=700,
        leading=1.22,
    )
    return c.text(
        x, y, when, wide=wide, sizes=sizes(32, 29, 26, 23, scale=scale), colour=c.look.on_ground_2, leading=1.22
    )


def _figure(c: Canvas, area: Area, values: KitValues, *, size: float, scale: float = 1) -> None:
    """The figure on top, a short bar, and what it is."""
    base = area.y + size * 0.66
    figures.number(c, area.x, base, values, size=size, wide=area.wide, colour=c.look.on_ground)
    y = base + size * 0.2
    c.rect(area.x, y + 22 * scale, 72 * scale, 9 * scale, c.look.ornament)
    c.text(
        area.x + 96 * scale,
        y,
        figures.caption(values),
        wide=area.wide - 96 * scale,
        sizes=sizes(46, 42, 38, 34, 30, scale=scale),
        colour=c.look.on_ground,
        weight=700,
    )


def _name(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, tag: str = "p") -> None:
    steps, below = sizes(68, 62, 56, 50, 44, 40, scale=scale), sizes(32, 29, 27, 25, 22, scale=scale)
    foot = c.text(
        area.x,
        area.y,
        values.agency,
        wide=area.wide,
        sizes=steps,
        colour=c.look.on_ground,
        weight=700,
        lines=3,
        high=area.high - 76 * scale,
        leading=1.1,
        even=True,
        tag=tag,
    )
    y = foot + 6 * scale
    c.text(
        area.x,
        y,
        heads.beneath(c, values),
        wide=area.wide,
        sizes=below,
        colour=c.look.on_ground_2,
        lines=4,
        high=area.foot - y,
        even=True,
    )


def _title(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, tag: str = "p") -> None:
    foot = c.text_up(
        area.x,
        area.foot,
        values.agency,
        wide=area.wide,
        sizes=sizes(34, 30, 27, scale=scale),
        colour=c.look.on_ground_2,
        lines=2,
    )
    foot -= 14 * scale
    c.text_up(
        area.x,
        foot,
        values.title,
        wide=area.wide,
        sizes=sizes(88, 80, 72, 64, 56, 50, 44, 38, scale=scale),
        colour=c.look.on_ground,
        weight=700,
        lines=6,
        high=foot - area.y,
        leading=1.08,
        even=True,
        tag=tag,
    )


def _barred_counts(c: Canvas, area: Area, values: KitValues) -> None:
    """A thick bar above each count."""
    gap = 32
    each = (area.wide - 2 * gap) / 3
    for place in range(3):
        c.rect(area.x + place * (each + gap), area.y, each, 7, c.look.ornament)
    figures.counts_row(
        c, area.x, area.y + 20, area.wide, values, scale=1, ink=c.look.on_ground, ink_2=c.look.on_ground_2
    )


def _column_of_counts(c: Canvas, area: Area, values: KitValues, *, scale: float = 1.15) -> None:
    each = area.high / 3
    for place, count in enumerate(values.figures.counts):
        y = area.y + place * each
        c.rect(area.x, y, area.wide, 7 * scale, c.look.ornament)
        y = c.text(
            area.x,
            y + 18 * scale,
            count.words,
            wide=area.wide,
            sizes=sizes(62, 54, 46, 38, scale=scale),
            colour=c.look.on_ground,
            weight=700,
        )
        c.text(
            area.x, y, count.label, wide=area.wide, sizes=sizes(29, 27, 25, 23, scale=scale), colour=c.look.on_ground_2
        )
