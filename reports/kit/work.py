"""What was done and who did it: title, summary, photograph, quote, units and partners."""

from reports.kit.areas import Area, sizes
from reports.kit.canvas import Canvas
from reports.kit.fitting import fit
from reports.kit.values import KitValues, Quote
from reports.kit.words import listed

SUMMARY_MOST = 300  # letters of a summary that every picture holds whole, beside the longest title
READABLE = 28  # pixels of a card: what a phone shows without bringing it nearer
PHOTO = (
    0.42,
    0.36,
    0.3,
    0.24,
    0.18,
)  # how much of a block a photograph takes: the first that leaves its words readable


def block(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, with_title: bool = True) -> None:
    """Title and summary, then who did it; a photograph on top where there is one, else the quote if it has room."""
    foot = _people(c, area, values, scale) - 18 * scale
    room = Area(area.x, area.y, area.wide, foot - area.y)
    high = _photo_high(c, room, values, scale, with_title=with_title) if values.pictures else 0
    if high:
        _photo(c, Area(area.x, area.y, area.wide, high), values, scale)
        room = _under_photo(room, high, scale)
    y = _told(c, room, values, scale, with_title=with_title)
    if values.quote and not high:
        _quote(c, Area(area.x, y + 40 * scale, area.wide, foot - y - 40 * scale), values.quote, scale)


def _told(c: Canvas, area: Area, values: KitValues, scale: float, *, with_title: bool) -> float:
    y = area.y
    if with_title:
        steps = (44, 41, 38, 34, 30) if values.pictures else (66, 60, 54, 48, 42, 38, 34, 30)
        y = c.text(
            area.x,
            y,
            values.title,
            wide=area.wide,
            sizes=sizes(*steps, scale=scale),
            colour=c.look.figure,
            weight=700,
            lines=5,
            high=max(area.high * 0.5, 110 * scale),
            leading=1.12,
            even=True,
            tag="h2",
        )
        y += 16 * scale
    return summary(c, Area(area.x, y, area.wide, area.foot - y), values.summary, scale)


def _photo_high(c: Canvas, room: Area, values: KitValues, scale: float, *, with_title: bool) -> int:
    """The words come first: the photograph gives way until they are readable, or at least whole; else 0."""
    whole = 0
    for share in PHOTO:
        high, tried = round(room.high * share), Canvas(c.size, c.look)
        _told(tried, _under_photo(room, high, scale), values, scale, with_title=with_title)
        if any(text.fitted.cut for text in tried.texts):
            continue
        whole = high
        if all(text.fitted.size >= READABLE * scale for text in tried.texts):
            break
    return whole


def _under_photo(room: Area, high: float, scale: float) -> Area:
    """Below the photograph and its line."""
    y = room.y + high + 54 * scale
    return Area(room.x, y, room.wide, room.foot - y)


def news(c: Canvas, area: Area, values: KitValues, *, scale: float = 1, colour: str = "") -> None:
    """A kabar kegiatan: its summary, with its picture above it, or beside it where the area is wide and low."""
    x, y, wide = area.x, area.y, area.wide
    if values.pictures and area.high > area.wide * 0.5:
        high = round(area.high * 0.56)
        _put(c, Area(x, y, wide, high), values)
        y += high + 24 * scale
    elif values.pictures:
        side = min(area.high * 1.3, area.wide * 0.42)
        _put(c, Area(x, y, side, area.high), values)
        x, wide = x + side + 36 * scale, wide - side - 36 * scale
    summary(c, Area(x, y, wide, area.foot - y), values.summary, scale, colour=colour)


def summary(c: Canvas, area: Area, words: str, scale: float = 1, *, colour: str = "") -> float:
    """As large as the room allows; returns where it ends. Nothing is put for no room."""
    steps = sizes(42, 38, 34, 31, 28, 25, 23, scale=scale)
    look = {"wide": area.wide, "high": area.high, "colour": colour or c.look.ink}
    return c.text(area.x, area.y, words, sizes=steps, lines=99, leading=1.32, **look)


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


def _photo(c: Canvas, area: Area, values: KitValues, scale: float) -> None:
    """With what it shows and whose it is below."""
    picture = values.pictures[0]
    _put(c, area, values)
    words = ". ".join(
        part.rstrip(".") for part in (picture.caption, picture.credit and f"Foto: {picture.credit}") if part
    )
    c.text(area.x, area.foot + 8 * scale, words, wide=area.wide, sizes=sizes(22, 20, scale=scale), colour=c.look.ink_2)


def _put(c: Canvas, area: Area, values: KitValues) -> None:
    c.picture(area.x, area.y, area.wide, area.high, values.pictures[0].content, values.pictures[0].alt)


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
