"""Planning reminders: one message for each person, agency and day of the ladder."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from stranas.reminders import letters
from stranas.reminders.letters import TEMPLATE, Letter
from stranas.reminders.queries import Owing, Person, Step, owing
from stranas.system import clock, outbox
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.models import OutboxMessage

# Longer than any ladder and its catching up: what was told before that is of no step of today.
REMEMBER = timedelta(days=60)


@dataclass(frozen=True)
class Digest:
    """One message that is due and was not planned yet."""

    person: Person
    owing: Owing
    step: Step

    @property
    def key(self) -> str:
        return f"reminder:{self.person.id}:{self.owing.code}:mail:{self.step}"


def digests_due(*, today: date, since: date | None = None) -> list[list[Digest]]:
    """The messages of each agency that are due on a WIB day, or were missed after the day `since`.

    A step of which a person was told already, alone or beside another, is not told again.
    """
    with read_only():
        told = _told()
        agencies = owing(today=today, since=since or today - timedelta(days=1))
    digests = ([digest for person in agency.people for digest in _digest(agency, person, told)] for agency in agencies)
    return [due for due in digests if due]


def _digest(agency: Owing, person: Person, told: set[tuple[int, str, str]]) -> Iterable[Digest]:
    fresh = [step for step in agency.steps if (person.id, agency.code, str(step)) not in told]
    return [Digest(person, agency, fresh[0])] if fresh else []


def _told() -> set[tuple[int, str, str]]:
    rows = db.session.execute(
        db.select(OutboxMessage.recipient_id, OutboxMessage.payload).where(
            OutboxMessage.template == TEMPLATE, OutboxMessage.planned_for > clock.now() - REMEMBER
        )
    )
    return {(person, payload["agency"], step) for person, payload in rows for step in payload["steps"]}


def plan_reminders(*, today: date, since: date | None = None) -> dict[str, int]:
    """Plan what is due; returns counts. One transaction for each agency, after its letter was written."""
    agencies = digests_due(today=today, since=since)
    planned = 0
    for digests in agencies:
        letter = letters.write(digests[0].owing)
        with unit_of_work():
            planned += sum(_plan(digest, letter) for digest in digests)
    return {"agencies": len(agencies), "planned": planned}


def _plan(digest: Digest, letter: Letter) -> bool:
    owed = digest.owing
    return outbox.plan(
        key=digest.key,
        recipient_id=digest.person.id,
        address=digest.person.email,
        template=TEMPLATE,
        subject=letter.subject,
        body_text=letter.body_text,
        body_html=letter.body_html,
        payload={
            "agency": owed.code,
            "steps": [str(step) for step in owed.steps],
            "missing": [f"{period.key} {part.item_key}" for period in owed.periods for part in period.missing],
            "returned": [f"{period.key} {part.item_key}" for period in owed.periods for part in period.returned],
        },
    )
