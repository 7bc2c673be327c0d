"""National holidays and cuti bersama (collective leave), from the holidays library."""

from datetime import date
from functools import cache

from holidays import country_holidays

FIRST_YEAR, LAST_YEAR = 2018, 2027


@cache
def indonesian_holidays() -> frozenset[date]:
    """Every national holiday and collective leave day from FIRST_YEAR to LAST_YEAR."""
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    return frozenset(country_holidays("ID", categories=("public", "government"), years=years))
