"""What stands in every template: the figure and its counts, the trend, what was done, how to check, the source."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports import paper
from reports.kit import trend
from reports.kit.canvas import LANDSCAPE, STORY, Canvas
from reports.kit.colours import TURMERIC, WHITE
from reports.kit.fitting import SOFT, fit, width
from reports.kit.values import MISSING, Count, KitValues, Quote

CHECK_LINE = "Cerita dan arti setiap angka:"
PROGRAMME = "Aksi Pencegahan Korupsi"
ACTIVITY = "Kabar kegiatan"
TREND = "Perkembangan capaian"
COUNTS = "Di balik angka"
WORK = "Yang dikerjakan"
CHECK = "Periksa sendiri"
MEANING = (
    "Capaian dinilai tim nasional dari laporan dan data dukung. Karena itu capaian selalu disajikan bersama jumlah "
    "laporan yang diterima dan yang lolos verifikasi pertama."
)
HOW_TO_CHECK = "Pindai kode ini atau buka alamat di bawahnya. Di sana ada ceritanya, angkanya, dan arti setiap angka."


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


def qr(c: Canvas, values: KitValues, x: float, y: float, side: float) -> None:
    """Dark on a white tile with the quiet zone that readers need."""
    c.rect(x, y, side, side, WHITE, round_=side / 24)
    inset = side * 0.09
    c.drawing(x + inset, y + inset, side - 2 * inset, side - 2 * inset, paper.qr_svg(values.address))


def number(c: Canvas, x: float, base: float, values: KitValues, *, size: float, wide: float, colour: str) -> float:
    """The figure upon its base line; returns its right edge."""
    words = values.figures.achievement
    weight = 400 if words == MISSING else 700  # a bold dash would be taken for a bar
    put = fit(words, wide=wide, lines=1, sizes=sizes(size, size * 0.9, size * 0.8, size * 0.7), weight=weight)
    leading = 1.0
    c.text(
        x,
        base - put.size * (leading / 2 + 0.312),
        words,
        wide=wide,
        sizes=(put.size,),
        colour=colour,
        weight=weight,
        leading=leading,
    )
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


def common(words: Iterable[str], wide: float, steps: Sequence[float], weight: int = 400) -> float:
    """The largest size at which each of them stands in one line; the smallest, where none does."""
    known = list(words)
    for size in steps:
        if all(width(one, size, weight) <= wide for one in known):
            return size
    return steps[-1]


def put_address(
    c: Canvas, x: float, y: float, wide: float, values: KitValues, *, steps: Sequence[float], colour: str, **how
) -> float:
    """Where it does not fit in one line it breaks after a slash or a hyphen."""
    soft = re.sub("(?<=[/-])", SOFT, values.short_address)
    smaller = sizes(0.9, 0.8, 0.7, 0.6, 0.5, scale=steps[-1])  # rather small than cut: it must lead somewhere
    steps, lines = (*steps, *smaller), how.pop("lines", 3)
    return c.text(x, y, soft, wide=wide, sizes=steps, colour=colour, weight=700, lines=lines, **how)


def counts_list(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> None:
    """Each count with its percentage, a bar and a sentence."""
    each = area.high / 3
    for place, count in enumerate(values.figures.counts):
        _count(c, Area(area.x, area.y + place * each, area.wide, each), count, scale)
        if place < 2:
            y = area.y + (place + 1) * each - each * 0.09
            c.rect(area.x, y, area.wide, 1.5, c.look.rule)


def _count(c: Canvas, area: Area, count: Count, scale: float) -> None:
    look = c.look
    left = area.wide * 0.64
    foot = c.text(
        area.x,
        area.y,
        count.words,
        wide=left,
        sizes=sizes(72, 64, 56, scale=scale),
        colour=look.ink,
        weight=700,
        leading=1.05,
    )
    c.text(
        area.x + left,
        area.y,
        count.rate,
        wide=area.wide - left,
        sizes=sizes(44, 38, scale=scale),
        colour=look.ink_2,
        weight=600,
        align="right",
        leading=1.7,
    )
    foot = c.text(
        area.x, foot, count.label, wide=area.wide, sizes=sizes(34, 30, scale=scale), colour=look.ink, weight=600
    )
    bar = foot + 10 * scale
    c.rect(area.x, bar, area.wide, 12 * scale, look.rule)
    if count.share:
        c.rect(
            area.x,
            bar,
            round(area.wide * count.share, 1),
            12 * scale,
            TURMERIC if count.is_quality else trend.COMPLIANCE,
        )
    c.text(
        area.x,
        bar + 22 * scale,
        count.explained,
        wide=area.wide,
        sizes=sizes(27, 25, 23, scale=scale),
        colour=look.ink_2,
        lines=2,
    )


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


def work_block(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, with_title: bool = True) -> None:
    """Title and summary, then who did it; a photograph on top where there is one, else the quote if it has room."""
    y, lines = area.y, 5
    if values.pictures:
        y = _photo(c, Area(area.x, y, area.wide, round(area.high * 0.42)), values, scale) + 18 * scale
        lines = 3
    foot = _people(c, area, values, scale) - 18 * scale
    steps = sizes(66, 60, 54, 48, 42, 38, 34, 30, scale=scale)
    look = c.look
    if with_title:
        high = max((foot - y) * 0.6, 100 * scale)
        y = c.text(
            area.x,
            y,
            values.title,
            wide=area.wide,
            sizes=steps,
            colour=look.figure,
            weight=700,
            lines=lines,
            high=high,
            leading=1.12,
            tag="h2",
        )
    y = summary(c, Area(area.x, y + 16 * scale, area.wide, foot - y - 16 * scale), values.summary, scale)
    if values.quote and not values.pictures:
        _quote(c, Area(area.x, y + 40 * scale, area.wide, foot - y - 40 * scale), values.quote, scale)


def _quote(c: Canvas, area: Area, quote: Quote, scale: float) -> None:
    """Whole, or not at all: words of a person are not cut."""
    said = fit(
        f"“{quote.words}”", wide=area.wide - 32 * scale, lines=4, sizes=sizes(34, 31, 28, scale=scale), weight=600
    )
    by = ", ".join(part for part in (quote.name, quote.office) if part)
    high = len(said.lines) * said.size * 1.28 + 44 * scale
    if said.cut or high > area.high:
        return
    c.rect(area.x, area.y + 6 * scale, 6 * scale, high - 6 * scale, c.look.figure)
    x = area.x + 32 * scale
    y = c.text(
        x,
        area.y,
        f"“{quote.words}”",
        wide=area.wide - 32 * scale,
        sizes=(said.size,),
        colour=c.look.ink,
        weight=600,
        lines=4,
        leading=1.28,
    )
    c.text(x, y + 6 * scale, by, wide=area.wide - 32 * scale, sizes=sizes(27, 25, 23, scale=scale), colour=c.look.ink_2)


def summary(c: Canvas, area: Area, words: str, scale: float = 1, *, colour: str = "") -> float:
    """As large as the room allows; returns where it ends."""
    for size in sizes(42, 38, 34, 31, 28, 25, 23, scale=scale):
        lines = int(area.high // (size * 1.32))
        if lines and not fit(words, wide=area.wide, lines=lines, sizes=(size,)).cut:
            break
    if not lines:
        return area.y
    return c.text(
        area.x, area.y, words, wide=area.wide, sizes=(size,), colour=colour or c.look.ink, lines=lines, leading=1.32
    )


def _photo(c: Canvas, area: Area, values: KitValues, scale: float) -> float:
    picture = values.pictures[0]
    c.picture(area.x, area.y, area.wide, area.high, picture.content, picture.alt)
    words = ". ".join(
        part.rstrip(".") for part in (picture.caption, picture.credit and f"Foto: {picture.credit}") if part
    )
    return c.text(
        area.x, area.foot + 8 * scale, words, wide=area.wide, sizes=sizes(22, 20, scale=scale), colour=c.look.ink_2
    )


def _people(c: Canvas, area: Area, values: KitValues, scale: float) -> float:
    """Units and partners upon the foot of the area; returns where they begin."""
    rows = [("Dikerjakan oleh", values.units), ("Bersama", values.partners)]
    foot = area.foot
    for label, names in reversed(rows):
        if not names:
            continue
        foot = c.text_up(
            area.x,
            foot,
            listed(names),
            wide=area.wide,
            sizes=sizes(30, 27, 25, 23, 21, scale=scale),
            colour=c.look.ink,
            weight=600,
            lines=3,
        )
        foot = (
            c.text_up(area.x, foot, label, wide=area.wide, sizes=sizes(25, scale=scale), colour=c.look.ink_2)
            - 12 * scale
        )
    if foot < area.foot:
        c.rect(area.x, foot, area.wide, 1.5, c.look.rule)
    return foot


def listed(names: tuple[str, ...]) -> str:
    """a; b; and how many more, where they are many."""
    shown = names[:3]
    more = f"; dan {len(names) - 3} lainnya" if len(names) > 3 else ""
    return "; ".join(shown) + more


def check_block(c: Canvas, area: Area, values: KitValues, *, scale: float = 1) -> None:
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


def poster_body(c: Canvas, area: Area, values: KitValues) -> None:
    """What was done on the left, the trend on the right, how to check below."""
    look, check = c.look, 118.0
    top = Area(area.x, area.y, area.wide, area.high - check - 24)
    has_trend = values.figures is not None and trend.has_any(values.trend)
    left = Area(top.x, top.y, top.wide * 0.5 if has_trend else top.wide, top.high)
    work_block(c, left, values, scale=0.52, with_title=values.figures is not None)
    if has_trend:
        x = left.right + 30
        c.text(x, top.y, TREND, wide=area.right - x, sizes=(19,), colour=look.figure, weight=700, tag="h2")
        trend_block(c, Area(x, top.y + 34, area.right - x, min(top.high - 34, 330)), values, letters=12)
    y = area.foot - check
    c.rect(area.x, y, area.wide, 1, look.rule)
    qr(c, values, area.x, y + 14, check - 14)
    x = area.x + check + 8
    y = c.text(x, y + 18, CHECK, wide=400, sizes=(19,), colour=look.figure, weight=700, tag="h2")
    y = put_address(c, x, y + 2, area.right - x, values, steps=(17, 16, 15, 14), colour=look.ink, lines=2)
    words = MEANING if values.figures is not None else HOW_TO_CHECK
    c.text(x, y + 4, words, wide=area.right - x, sizes=(13.5, 12.5), colour=look.ink_2, lines=3, leading=1.3)


def check_row(c: Canvas, area: Area, values: KitValues, *, ink: str, ink_2: str) -> None:
    """The code with the address beside it."""
    qr(c, values, area.x, area.y, area.high)
    x = area.x + area.high + 32
    wide = area.right - x
    y = c.text(x, area.y + area.high * 0.12, CHECK_LINE, wide=wide, sizes=sizes(32, 29, 26), colour=ink_2)
    put_address(c, x, y + 4, wide, values, steps=sizes(32, 30, 28, 26, 24, 22), colour=ink)


def source(c: Canvas, x: float, foot: float, wide: float, values: KitValues, *, size: float, colour: str) -> float:
    """Upon its foot; returns where it begins. Never cut: the sizes go down until all of it is there."""
    steps = sizes(size, size * 0.92, size * 0.84, size * 0.76, size * 0.68)
    return c.text_up(
        x, foot, values.source_line, wide=wide, sizes=steps, colour=colour, lines=2, leading=1.24, even=True
    )
