"""A morning on which reminders were due and none was planned: an administrator is told, and the operations page."""

from datetime import date, datetime, time

from stranas.reminders.letters import TEMPLATE
from stranas.reminders.planning import digests_due
from stranas.reminders.queries.people import ZONES
from stranas.reminders.rules import sent_at
from stranas.system import watching
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from stranas.system.text import JAKARTA, day

# The latest morning begins at 08.00 WIB: two hours are enough for planning, and for catching up after a pause.
BY = time(10)
# Days on which nobody had to be told, as found in this process: asking costs as much as planning.
_quiet: set[date] = set()


@watching.check
def silent_morning(now: datetime) -> list[watching.Problem]:
    today = now.astimezone(JAKARTA).date()
    if now < datetime.combine(today, BY, JAKARTA) or today in _quiet or _told_on(today):
        return []
    due = sum(bool(digest.calls) for digest in digests_due(today=today, zones=ZONES))
    if not due:
        _quiet.add(today)
        return []
    return [
        watching.Problem(
            f"reminders-{today}",
            f"{due} pengingat semestinya keluar {day(today, weekday=True)}, tetapi tidak ada yang direncanakan.",
            "Jalankan proses pekerja (worker) lagi; pengingat yang terlewat disusulkan satu kali.",
            since=sent_at(today, str(JAKARTA)),
            rank=2,
        )
    ]


def _told_on(today: date) -> bool:
    """Whether a reminder of this day is there, in whatever state. It is planned by 06.00 WIB at the earliest."""
    since = sent_at(today, ZONES[0])
    found = db.select(OutboxMessage.id).where(OutboxMessage.template == TEMPLATE, OutboxMessage.planned_for >= since)
    return db.session.scalar(found.limit(1)) is not None
