"""How long it takes to plan the reminders of the whole country on the due day of B18.

    .venv/bin/python -m bench.reminders [--postgres]

595 agencies with two people each (a coordinator and a certifying official), all 19 sub-aksi: first as on a due day,
when every third agency has sent everything and of the others half is sent (the country of the tests), then with nothing
sent at all, the most that a morning can bring. Planning reads what is owed, writes one letter for each agency and role,
and adds a mail and a notice for each person, a transaction for each agency. Sending is measured by bench.reminder_mail.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from stranas.reminders.operations import digests_to_send, plan_reminders
from stranas.reporting.models import Submission
from stranas.seed.load import load_seed
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import OutboxMessage
from tests import postgres
from tests.conftest import make_app
from tests.reminders.test_every_person_once import make_people, make_submissions

DUE_DAY, MORNING = date(2020, 7, 14), datetime(2020, 7, 14, 1, tzinfo=UTC)


def main() -> None:
    server = postgres.server() if "--postgres" in sys.argv else nullcontext()
    with server as url, tempfile.TemporaryDirectory() as name:
        app = make_app(Path(name), url or f"sqlite:///{name}/bench.db", queue="sqlite:")
        with app.app_context():
            with unit_of_work():
                load_seed()
                make_people()
                make_submissions()
            with clock.at(MORNING):
                _measure("some sent", "again, nothing new")
            with unit_of_work():
                for table in (OutboxMessage, Submission):
                    db.session.execute(db.delete(table))
            with clock.at(MORNING):
                _measure("nothing sent")
            db.session.remove()
            db.engine.dispose()


def _measure(*turns: str) -> None:
    for turn in turns:
        looking, digests = _timed(lambda: digests_to_send(today=DUE_DAY))
        planning, counts = _timed(lambda: plan_reminders(today=DUE_DAY))
        print(f"{turn}: {len(digests)} digests found in {looking}, {counts} in {planning}", flush=True)


def _timed(function: Callable[[], Any]) -> tuple[str, Any]:
    """Our processor's time beside the clock's: on a busy machine the first says more."""
    began, processor = time.perf_counter(), time.process_time()
    result = function()
    return f"{time.perf_counter() - began:.2f} s (processor {time.process_time() - processor:.2f} s)", result


if __name__ == "__main__":
    main()
