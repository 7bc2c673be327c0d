"""Contrast is that of WCAG, and what stands on a colour of an agency can be read, whatever the colour."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stranas.publication.colours import INK, LARGE, WHITE, contrast, is_colour, text_on

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_the_known_contrasts():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#0e5057", "#0e5057") == 1


@given(COLOURS, COLOURS)
def test_it_does_not_matter_which_is_in_front(a, b):
    assert contrast(a, b) == contrast(b, a) >= 1


@given(COLOURS)
def test_text_can_be_read_on_every_colour(colour):
    assert text_on(colour) in (WHITE, INK)
    assert contrast(text_on(colour), colour) > LARGE


@pytest.mark.parametrize("words", ["", "0e5057", "#0e505", "#0e50577", "red", "#0e505g", "#0e5057;x"])
def test_what_is_no_colour(words):
    assert not is_colour(words)
