"""Reminding units of what the Inspektorat asked them for, on a ladder around the internal due day."""

from datetime import date, timedelta

from stranas.reminders.rules import step_on
from stranas.requests import letters
from stranas.requests.models import UnitRequest
from stranas.requests.queries.asked import still_awaited
from stranas.requests.rules import LADDER
from stranas.system import text
from stranas.system.db import db, read_only, unit_of_work


def plan_unit_reminders(*, today: date, since: date | None = None) -> dict[str, int]:
    """Plan what is due on a WIB day, or was missed after the day `since`; how many are new.

    The key says request, day and step: a step is told once, and a moved day has a ladder of its own.
    """
    since = since or today - timedelta(days=1)
    with read_only():
        steps = {
            request.id: (last_day, step)
            for request in still_awaited()
            for last_day in (text.last_day(request.due_at),)
            if (step := step_on(last_day=last_day, today=today, since=since, steps=LADDER)) is not None
        }
    planned = 0
    for request_id, (last_day, step) in steps.items():
        with unit_of_work():
            request = db.session.get_one(UnitRequest, request_id)
            if request.state.waits_for_unit:
                planned += letters.plan_letter(request, about="reminder", key=f"reminder:{last_day}:{step}")
    return {"to_units": planned}
