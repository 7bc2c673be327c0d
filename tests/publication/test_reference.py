"""The reference series tells what was told then, with its source, and calls itself nothing else."""

from collections import Counter
from decimal import Decimal

from stranas.publication import reference
from stranas.seed.files import SEED_DATA, read_rows
from tests.compliance.test_published_results import (
    EQUAL,
    NOT_EXPLAINED,
    PARTS_OF_A_HUNDRED,
    TOLD_WHOLE,
    WITHIN_ACTIONS,
)


def test_every_figure_has_a_source_and_a_measure_in_words():
    for told in reference.reference():
        assert told.source, told
        assert told.measure_words, told


def test_every_agency_has_the_code_of_the_seed():
    codes = {row["code"] for row in read_rows(SEED_DATA / "agencies.csv")}
    for told in reference.reference():
        if told.code:
            assert told.code in codes, told
    assert sum(bool(told.code) for told in reference.reference()) == 46


def test_the_figures_that_were_computed_again_are_those_of_the_series():
    again = {Decimal(one) for one in (*EQUAL, *PARTS_OF_A_HUNDRED, *WITHIN_ACTIONS, *TOLD_WHOLE, NOT_EXPLAINED)}
    assert {told.value for told in reference.reference() if told.code} == again


def test_digits_are_told_as_they_were():
    bali = next(told for told in reference.reference() if (told.agency, told.value) == ("Bali", Decimal("75.0")))
    assert bali.value_words == "75,0"
    assert bali.period == "kemungkinan B18"


def test_periods_stand_together():
    periods = [period for period, _ in reference.by_period()]
    assert max(Counter(periods).values()) == 1
