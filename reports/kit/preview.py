"""The picture that shows when one of the portal's own pages is linked: its title, some figures, the source."""

from collections.abc import Sequence

from reports.kit import ornaments, pixels
from reports.kit.areas import common, sizes
from reports.kit.canvas import LINK, Canvas
from reports.kit.colours import look_of
from reports.kit.svg import svg
from reports.kit.values import PRACTICE, Identity

MOST_FIGURES = 3


def page_picture(
    title: str, subtitle: str, figures: Sequence[tuple[str, str]], source: str, *, practice: bool = False
) -> bytes:
    """PNG, 1200×630. `figures`: up to three pairs of words and value ("Kepatuhan", "92,31"); put capaian only beside
    kepatuhan and lolos verifikasi pertama."""
    canvas = Canvas(LINK, look_of(Identity()))
    _draw(canvas, title, subtitle, list(figures)[:MOST_FIGURES], f"{source} {PRACTICE}" if practice else source)
    return pixels.png(pixels.image(svg(canvas)).convert("RGB"))


def _draw(c: Canvas, title: str, subtitle: str, figures: list[tuple[str, str]], source: str) -> None:
    look, field = c.look, 330 if figures else 500
    c.rect(0, 0, 1200, 630, look.paper, behind=True)
    c.rect(0, 0, 1200, field, look.ground, behind=True)
    c.behind.append(ornaments.kawung_corner(1200, look.ornament, steps=3, scale=0.9))
    foot = c.text_up(60, field - 34, subtitle, wide=900, sizes=sizes(34, 30, 27), colour=look.on_ground_2, lines=2)
    steps = sizes(84, 76, 68, 60, 52, 46, 40)
    c.text_up(
        60,
        foot - 10,
        title,
        wide=800,
        sizes=steps,
        colour=look.on_ground,
        weight=700,
        lines=4,
        high=foot - 50,
        even=True,
    )
    each = 1080 / max(len(figures), 1)
    value_size = common((value for _, value in figures), each - 40, sizes(96, 84, 72, 60), 700)
    label_size = common((words for words, _ in figures), each - 40, sizes(32, 29, 26, 23))
    for place, (words, value) in enumerate(figures):
        x = 60 + place * each
        y = c.text(
            x, field + 36, value, wide=each - 40, sizes=(value_size,), colour=look.figure, weight=700, leading=1.1
        )
        c.text(x, y, words, wide=each - 40, sizes=(label_size,), colour=look.ink_2, lines=2)
    c.text_up(60, 604, source, wide=1080, sizes=sizes(22, 20, 18), colour=look.ink_2, lines=2, even=True)
