"""The colours of charts: teal says compliance, turmeric says quality. Neighbours differ in lightness, so that they
are told apart without colour too (tests/reports/test_chart_colours.py simulates it)."""

from dataclasses import dataclass
from decimal import Decimal

from reports.charts.drawing import Legend

TEAL = ("#b9d9d4", "#6fb0ab", "#2c7f82", "#0b474f")
TURMERIC = ("#f3e0b5", "#dfb562", "#b27a17", "#6e4500")
NOTHING = "#dfe4e2"
ACCENT, KUNYIT = "#0e5057", "#c98a1b"
INK, PAPER = "#14262b", "#ffffff"


@dataclass(frozen=True)
class Scale:
    """Four bands between three limits, from light to dark."""

    limits: tuple[int, int, int]
    colours: tuple[str, str, str, str]

    def colour(self, value: Decimal | None) -> str:
        if value is None:
            return NOTHING
        return self.colours[sum(value >= limit for limit in self.limits)]

    def ink(self, value: Decimal | None) -> str:
        """What can be read on the colour of a value."""
        return PAPER if value is not None and value >= self.limits[1] else INK

    def legend(self) -> tuple[Legend, ...]:
        low, middle, high = self.limits
        top = f"{high}–100" if high < 100 else "100"
        words = (f"di bawah {low}", f"{low}–{middle - 1},99", f"{middle}–{high - 1},99", top)
        bands = zip(self.colours, words, strict=True)
        return (*(Legend(colour, word) for colour, word in bands), Legend(NOTHING, "belum ada"))


COMPLIANCE = Scale((80, 90, 95), TEAL)
OF_ONE_ACTION = Scale((50, 80, 100), TEAL)  # an agency owes one to three reports on an action: 0, 33, 50, 67, 100
FIRST_PASS = Scale((50, 60, 70), TURMERIC)
