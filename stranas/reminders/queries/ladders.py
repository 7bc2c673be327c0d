"""The ladder of each programme: its own steps, or else the usual ones."""

from collections import defaultdict

from stranas.reminders.models import LadderStep
from stranas.reminders.rules import DEFAULT_LADDER, Anchor, Audience, Step
from stranas.system.db import db


def ladder_of(programme_id: int) -> tuple[Step, ...]:
    return ladders().get(programme_id, DEFAULT_LADDER)


def ladders() -> dict[int, tuple[Step, ...]]:
    """By programme id; a programme that keeps the usual ladder is not there."""
    found: dict[int, list[Step]] = defaultdict(list)
    for row in db.session.scalars(db.select(LadderStep)):
        audience = tuple(sorted((Audience(name) for name in row.audience), key=list(Audience).index))
        found[row.programme_id].append(Step(row.anchor, row.days, row.in_working_days, audience))
    return {programme_id: in_order(steps) for programme_id, steps in found.items()}


def in_order(steps: list[Step]) -> tuple[Step, ...]:
    """By anchor as the anchors are told, then by day."""
    return tuple(sorted(steps, key=lambda step: (list(Anchor).index(step.anchor), step.days, step.in_working_days)))
