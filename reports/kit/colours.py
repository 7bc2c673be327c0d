"""The colours of a kit: those of the agency where they can be read, else the house's, with a sentence that says so.

Contrast as WCAG 2.2 defines it: at least 4.5 for text, 3 for large text and for drawings.
"""

import re
from dataclasses import dataclass

from reports.kit.values import Identity

TEXT, LARGE = 4.5, 3.0
WHITE, INK, INK_2, PAPER = "#ffffff", "#14262b", "#4a5c62", "#faf7f0"
HOUSE, GOLD, RULE = "#093a40", "#f0c368", "#d9d3c4"
TURMERIC = "#b27a17"


@dataclass(frozen=True)
class Look:
    """`ground` a field of colour with `on_ground` and `on_ground_2` as its text and `ornament` as its drawing; `figure`
    large text on `paper`. `note` says which colours of the agency were not taken; "" when all were."""

    ground: str
    on_ground: str
    on_ground_2: str
    ornament: str
    shade: str
    figure: str
    note: str
    paper: str = PAPER
    ink: str = INK
    ink_2: str = INK_2
    rule: str = RULE


def look_of(identity: Identity) -> Look:
    """Of the agency's colours those that can be read."""
    ground, notes = _ground(identity.colour)
    on_ground = WHITE if contrast(WHITE, ground) >= TEXT else INK
    ornament, more = _ornament(identity.accent, ground, on_ground)
    return Look(
        ground=ground,
        on_ground=on_ground,
        on_ground_2=_softened(on_ground, ground),
        ornament=ornament,
        shade=mixed(ground, on_ground, 0.09),
        figure=ground if contrast(ground, PAPER) >= LARGE else INK,
        note=" ".join(notes + more),
    )


def _ground(colour: str) -> tuple[str, list[str]]:
    if not colour:
        return HOUSE, []
    if not is_colour(colour):
        return HOUSE, [f"Warna utama {colour} bukan kode warna, jadi dipakai warna baku."]
    if max(contrast(WHITE, colour), contrast(INK, colour)) < TEXT:
        return HOUSE, [f"Tulisan di atas warna utama {colour} sulit dibaca, jadi dipakai warna baku."]
    return colour.lower(), []


def _ornament(accent: str, ground: str, on_ground: str) -> tuple[str, list[str]]:
    if accent and is_colour(accent) and contrast(accent, ground) >= LARGE:
        return accent.lower(), []
    house = GOLD if contrast(GOLD, ground) >= LARGE else on_ground
    if not accent:
        return house, []
    return house, [f"Warna kedua {accent} tidak cukup berbeda dari warna utama, jadi ragam hias memakai warna baku."]


def _softened(text: str, ground: str) -> str:
    """Text of second rank: a little nearer to its ground, as far as it stays readable."""
    for part in (0.15, 0.08):
        soft = mixed(text, ground, part)
        if contrast(soft, ground) >= TEXT:
            return soft
    return text


def is_colour(words: str) -> bool:
    return re.fullmatch(r"#[0-9a-fA-F]{6}", words) is not None


def mixed(one: str, other: str, part: float) -> str:
    """`part` of the other colour in the one."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def contrast(one: str, other: str) -> float:
    """From 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]


def _luminance(colour: str) -> float:
    shares = [value / 255 for value in _channels(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
