"""Pictures: a screenshot with address and date, or a photo of an activity with its caption."""

import io
from collections.abc import Sequence
from functools import cache
from random import Random
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from stranas.catalogue.models import DocumentKind
from stranas.demo.story import Leaf
from stranas.system import text

SIZE = (960, 600)


def jpg(leaves: Sequence[Leaf]) -> bytes:
    leaf = leaves[0]
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    (_photo if leaf.kind is DocumentKind.PHOTO else _screen)(draw, leaf)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=60)
    return out.getvalue()


@cache
def _font(size: int) -> Any:
    return ImageFont.load_default(size)


def _screen(draw: ImageDraw.ImageDraw, leaf: Leaf) -> None:
    draw.rectangle((0, 0, SIZE[0], 44), fill=(222, 225, 230))
    draw.text((24, 12), leaf.lines[0] if leaf.flaw != "I06" else "", fill=(60, 60, 60), font=_font(18))
    draw.rectangle((0, 44, SIZE[0], 104), fill=_colour(leaf))
    draw.text((24, 58), leaf.agency, fill="white", font=_font(26))
    draw.text((24, 122), leaf.subject[:80], fill="black", font=_font(22))
    for number, row in enumerate(leaf.table[:10]):
        y = 168 + 36 * number
        draw.line((24, y + 30, SIZE[0] - 24, y + 30), fill=(210, 210, 210))
        for column, cell in enumerate(row[:4]):
            draw.text(((30, 180, 470, 740)[column], y), cell[:26], fill=(40, 40, 40), font=_font(17))
    if leaf.flaw != "I06":
        draw.text((24, 566), f"{text.day(leaf.dated)}  {leaf.office}"[:100], fill=(60, 60, 60), font=_font(17))


def _photo(draw: ImageDraw.ImageDraw, leaf: Leaf) -> None:
    """A room with people before a board, as simple shapes; the caption says where and when."""
    rng = Random(f"{leaf.agency} {leaf.subject} {leaf.dated}")
    draw.rectangle((0, 0, SIZE[0], 360), fill=(206, 214, 216))
    draw.rectangle((0, 360, SIZE[0], SIZE[1]), fill=(150, 128, 104))
    draw.rectangle((250, 60, 710, 230), fill=_colour(leaf))
    draw.text((270, 90), leaf.agency[:36], fill="white", font=_font(24))
    draw.text((270, 130), leaf.subject[:44], fill="white", font=_font(19))
    for number in range(rng.randrange(7, 13)):
        x, y = 50 + 72 * number + rng.randrange(-12, 12), rng.randrange(300, 400)
        shirt = tuple(rng.randrange(40, 190) for _ in range(3))
        draw.ellipse((x, y, x + 44, y + 52), fill=(148, 108, 82))
        draw.rectangle((x - 12, y + 52, x + 56, y + 150), fill=shirt)
    if leaf.flaw != "I06":
        draw.rectangle((0, 556, SIZE[0], SIZE[1]), fill="white")
        caption = f"{leaf.place}, {text.day(leaf.dated)}: {leaf.subject}"[:100]
        draw.text((20, 566), caption, fill="black", font=_font(18))


def _colour(leaf: Leaf) -> tuple[int, ...]:
    rng = Random(leaf.agency)
    return tuple(rng.randrange(10, 110) for _ in range(3))
