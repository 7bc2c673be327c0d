"""Changing the ladder of a programme. Operations never commit."""

import hashlib
from collections.abc import Iterable

from stranas.catalogue.models import Programme
from stranas.reminders.models import LadderStep
from stranas.reminders.queries.ladders import in_order, ladder_of
from stranas.reminders.rules import DEFAULT_LADDER, Step
from stranas.system import audit
from stranas.system.db import db


def set_ladder(*, programme: Programme, steps: Iterable[Step], reason: str) -> None:
    """From the next morning on these steps hold. The usual ones need no rows of their own."""
    before, after = ladder_of(programme.id), in_order(list(steps))
    db.session.execute(db.delete(LadderStep).where(LadderStep.programme_id == programme.id))
    if set(after) != set(DEFAULT_LADDER):
        db.session.add_all(_row(programme, step) for step in after)
    db.session.flush()
    audit.record("set_ladder", f"programme:{programme.key}", reason=reason, before=_told(before), after=_told(after))


def _row(programme: Programme, step: Step) -> LadderStep:
    return LadderStep(
        programme_id=programme.id,
        anchor=step.anchor,
        days=step.days,
        in_working_days=step.in_working_days,
        audience=[audience.value for audience in step.audience],
    )


def _told(steps: Iterable[Step]) -> list[str]:
    return [f"{step.anchor.value} {step.code}: {', '.join(a.value for a in step.audience)}" for step in steps]


def fingerprint(steps: Iterable[Step]) -> str:
    """Says whether somebody changed the ladder while a form was open."""
    return hashlib.sha256("\n".join(_told(in_order(list(steps)))).encode()).hexdigest()[:16]
