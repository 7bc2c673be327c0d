"""Colours of an agency as its settings page tells of them; what a kit makes of them is reports/kit/colours.py."""

from reports.kit.colours import GOLD, HOUSE, INK, LARGE, TEXT, WHITE, contrast, is_colour, look_of

# What stands where an agency chose none.
HOUSE_COLOUR, HOUSE_ACCENT = HOUSE, GOLD

__all__ = ["HOUSE_ACCENT", "HOUSE_COLOUR", "INK", "LARGE", "WHITE", "contrast", "is_colour", "look_of", "text_on"]


def text_on(ground: str) -> str:
    """White where it can be read, else ink: as a kit does. One of them always reaches LARGE."""
    return WHITE if contrast(WHITE, ground) >= TEXT else INK
