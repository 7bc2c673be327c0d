"""How long it takes to plan the reminders of the whole country on the due day of B18.

    .venv/bin/python -m bench.reminders [--postgres]

595 agencies with two people each (a coordinator and a certifying official), all 19 sub-aksi, nothing sent yet: the
most that a morning can bring. Planning reads what is owed, writes one letter for each agency and role, and adds a mail
and a notice for each person, a transaction for each. Sending is measured by bench.reminder_mail.
"""

import sys
import tempfile
import time
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path

from stranas.reminders.operations import digests_to_send, plan_reminders
from stranas.seed.load import load_seed
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import postgres
from tests.conftest import make_app
from tests.reminders.test_every_person_once import make_people

DUE_DAY, MORNING = date(2020, 7, 14), datetime(2020, 7, 14, 1, tzinfo=UTC)


def main() -> None:
    server = postgres.server() if "--postgres" in sys.argv else nullcontext()
    with server as url, tempfile.TemporaryDirectory() as name:
        app = make_app(Path(name), url or f"sqlite:///{name}/bench.db", queue="sqlite:")
        with app.app_context():
            with unit_of_work():
                load_seed()
                make_people()
            with clock.at(MORNING):
                _measure()
            db.session.remove()
            db.engine.dispose()


def _measure() -> None:
    for turn in ("first", "again, nothing new"):
        looking, digests = _timed(lambda: digests_to_send(today=DUE_DAY))
        planning, counts = _timed(lambda: plan_reminders(today=DUE_DAY))
        print(f"{turn}: {len(digests)} digests found in {looking:.2f} s, {counts} in {planning:.2f} s", flush=True)


def _timed(function):
    began = time.perf_counter()
    result = function()
    return time.perf_counter() - began, result


if __name__ == "__main__":
    main()
