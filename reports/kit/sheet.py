"""A laid-out picture as HTML, for paper: its words are real text in reading order, what lies behind is decoration."""

from html import escape

from reports import paper
from reports.kit.canvas import Box, Canvas, Text, address


def pdf(title: str, canvas: Canvas) -> bytes:
    """One tagged page of the picture's size."""
    boxes, words = "".join(map(_box, canvas.boxes)), "".join(map(_text, canvas.texts))
    return paper.render("kit/poster.html", title=title, canvas=canvas, inside=boxes + words)


def _box(box: Box) -> str:
    place = f"left:{box.x}px;top:{box.y}px;width:{box.wide}px;height:{box.high}px"
    if box.svg:
        return f'<div class="gambar" style="{place}">{box.svg}</div>'
    return f'<img style="{place};object-fit:{box.fits}" src="{address(box.content)}" alt="{escape(box.alt)}">'


def _text(text: Text) -> str:
    look = (
        f"left:{text.x}px;top:{text.y}px;width:{text.wide}px;height:{text.high}px;font-size:{text.fitted.size}px;"
        f"line-height:{text.line}px;font-weight:{text.weight};color:{text.colour};text-align:{text.align};"
        f"letter-spacing:{text.spacing}px"
    )
    return f'<{text.tag} style="{look}">{"<br>".join(map(escape, text.fitted.lines))}</{text.tag}>'
