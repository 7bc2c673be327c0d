"""What a programme's settings mean. Standard library only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class ScoreClass:
    name: str
    at_least: Decimal


@dataclass(frozen=True)
class ProgrammeRules:
    """Settings of a programme, with the defaults of Aksi PK 2019–2020 (assumptions, shown as such).

    due_working_days: working days after the quarter's end until its due instant; lock_days and
    verification_days: calendar days after due, rolled to the end of the next working day; correction_days: the
    window of a returned submission; scores: the steps a verifier may give, 0–100; reminder_days: days
    relative to the last day for filing (negative: before).
    """

    approval_required: bool = False
    due_working_days: int = 10
    lock_days: int = 14
    verification_days: int = 60
    correction_days: int = 14
    scores: tuple[int, ...] = (0, 25, 50, 75, 100)
    score_words: tuple[str, ...] = ("tidak ada", "awal", "sebagian", "sebagian besar", "penuh")
    classes: tuple[ScoreClass, ...] = (
        ScoreClass("Baik", Decimal(80)),
        ScoreClass("Cukup", Decimal(50)),
        ScoreClass("Kurang", Decimal(0)),
    )
    reminder_days: tuple[int, ...] = (-14, -7, -3, -1, 0, 1)
    assumptions: tuple[str, ...] = field(default=())

    def class_of(self, rounded: Decimal | None) -> str:
        """The class of a figure that was rounded already; "–" without a figure."""
        if rounded is None:
            return "–"
        return next(c.name for c in self.classes if rounded >= c.at_least)


def programme_rules(settings: Mapping[str, Any]) -> ProgrammeRules:
    """Read stored settings (plain JSON). An unknown name raises TypeError: a misspelt rule must not be silent."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in settings.items()
    }
    if "classes" in values:
        values["classes"] = tuple(ScoreClass(c["name"], Decimal(str(c["at_least"]))) for c in values["classes"])
    return ProgrammeRules(**values)
