"""What was done and who did it: title, summary, photograph, quote, units and partners."""

from reports.kit.areas import Area, sizes
from reports.kit.canvas import Canvas
from reports.kit.fitting import fit
from reports.kit.values import KitValues, Quote
from reports.kit.words import listed


def block(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, with_title: bool = True) -> None:
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
