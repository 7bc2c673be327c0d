"""Colours of an agency, as hex with the mark ("#0e5057"), and how well they can be read. Pure.

Contrast is that of WCAG 2.2: (lighter + 0.05) / (darker + 0.05) of relative luminances, from 1 to 21.
"""

import re

WHITE, INK = "#ffffff", "#14262b"  # INK: the house's text colour (static/tokens.css)
# What stands where an agency chose none: the accents of static/tokens.css.
HOUSE_COLOUR, HOUSE_ACCENT = "#0e5057", "#c98a1b"
# Of text that is at least 24 px, or 18.5 px bold, and of graphics; of smaller text.
LARGE, SMALL = 3.0, 4.5
_HEX = re.compile(r"#[0-9a-f]{6}")


def is_colour(words: str) -> bool:
    return _HEX.fullmatch(words) is not None


def contrast(a: str, b: str) -> float:
    """Between two colours, whichever is in front. Raises ValueError for what is no colour."""
    darker, lighter = sorted((_luminance(a), _luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(ground: str) -> str:
    """White or ink, whichever is read better on the colour: one of them always reaches LARGE."""
    return max((WHITE, INK), key=lambda text: contrast(text, ground))


def _luminance(colour: str) -> float:
    if not is_colour(colour):
        raise ValueError(f"{colour!r} is no colour")
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
