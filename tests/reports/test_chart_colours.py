"""Colours are told apart by lightness alone, by everybody, and what is written on them can be read.

Simulation of the colour-blind eye: Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB. Lightness: CIE
L* of 0 to 100. Contrast: WCAG 2.2.
"""

from itertools import pairwise

import pytest

from reports.charts.palette import ACCENT, COMPLIANCE, INK, KUNYIT, NOTHING, OF_ONE_ACTION, TEAL, TURMERIC
from reports.charts.progress import JUDGED, SETS
from reports.charts.timeliness import CLASSES

EYES = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
NEIGHBOURS = {
    "compliance on the map": TEAL,
    "quality on the map": TURMERIC,
    "progress": tuple(colour for *_, colour in (*SETS, *JUDGED)),
    "timeliness": tuple(colour for _, _, colour, _ in CLASSES),
    "compliance beside quality": (ACCENT, KUNYIT),
    "a heat map and no obligation": ("#ffffff", *OF_ONE_ACTION.colours),
}
APART = 12  # steps of L* between neighbours


def _linear(colour: str) -> list[float]:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _luminance(rgb: list[float]) -> float:
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), rgb, strict=True))


def _seen(colour: str, eye: str) -> list[float]:
    rgb = _linear(colour)
    return [min(1, max(0, sum(a * b for a, b in zip(row, rgb, strict=True)))) for row in EYES[eye]]


def _lightness(colour: str, eye: str) -> float:
    y = _luminance(_seen(colour, eye))
    return 116 * y ** (1 / 3) - 16 if y > 0.008856 else 903.3 * y


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(_linear(one)), _luminance(_linear(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("eye", EYES)
@pytest.mark.parametrize("name", NEIGHBOURS)
def test_neighbours_differ_in_lightness(name, eye):
    for one, other in pairwise(NEIGHBOURS[name]):
        assert abs(_lightness(one, eye) - _lightness(other, eye)) >= APART, (one, other)


def test_the_simulation_knows_colours_that_only_look_different():
    """A red and a green of the same lightness: what a map must never rely on."""
    assert abs(_lightness("#c0392b", "deuteranopia") - _lightness("#7a7a00", "deuteranopia")) < APART


def test_what_is_written_on_a_colour_can_be_read():
    written = [(colour, ink) for _, _, colour, ink in CLASSES]
    for scale in (COMPLIANCE, OF_ONE_ACTION):
        written += [(scale.colour(value), scale.ink(value)) for value in (0, *scale.limits)]
    written.append((NOTHING, INK))
    assert min(_contrast(*pair) for pair in written) >= 4.5
