"""The house's font for paper and pictures, in the weights that they use.

Pages carry one variable font. WeasyPrint would cut it anew for each document and each weight, which takes longer than
laying out a page, and would write the time into it; the renderer of charts reads neither woff2 nor variable fonts. So
the cut files stand here ready-made; `python -m reports.fonts` cuts them again when the variable font changes.
"""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
NAME = "Stranas"
WEIGHTS = (400, 600, 700)


def file(weight: int) -> Path:
    """The TrueType file of one of WEIGHTS."""
    return FOLDER / f"stranas-{weight}.ttf"
