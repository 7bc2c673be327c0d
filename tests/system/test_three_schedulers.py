"""Three schedulers on one database, as processes: each turn has one row and ran once; a killed one is taken over.

Their time runs 120 times as fast: half a second is a minute, so that a claim expires after seven and a half.
"""

import json
import os
import threading
import time
from collections import Counter
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from datetime import time as hour
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from apscheduler.triggers.cron import CronTrigger

from stranas import create_app
from stranas.system import clock, schedule
from stranas.system.db import db
from stranas.system.models import JobRun
from stranas.system.schedule import Daily, EveryMinutes, Job, Turn
from tests.children import PATIENCE, child
from tests.conftest import make_app
from tests.houses import empty_postgres

pytestmark = pytest.mark.process
START = datetime(2020, 7, 13, 2, tzinfo=UTC)


def schedule_quickly(line: Connection, began: float, folder: Path) -> None:
    """A scheduler with a frequent and a daily job. Each writes a line, outside the database, as it begins; the first
    one that runs the daily job waits for ever, and is killed."""
    clock.wall = lambda: START + 120 * timedelta(seconds=time.time() - began)
    EveryMinutes.trigger = lambda self: CronTrigger(second=f"*/{self.minutes // 2 or 1}")
    Daily.trigger = lambda self: CronTrigger(year=2000)  # only catching up starts it
    claim, claimed = schedule._claim, threading.local()

    def claim_and_remember(name: str, anchor: str) -> int | None:
        claimed.anchor = anchor
        return claim(name, anchor)

    def write(name: str) -> None:
        said = json.dumps({"job": name, "pid": os.getpid(), "anchor": claimed.anchor}) + "\n"
        with (folder / "ran").open("a") as file:
            file.write(said)

    def often(turn: Turn) -> dict[str, int]:
        write("often")
        return {"done": 1}

    def daily(turn: Turn) -> dict[str, int]:
        write("daily")
        try:
            (folder / "stuck").touch(exist_ok=False)
        except FileExistsError:
            return {"done": 1}
        threading.Event().wait()

    schedule._claim = claim_and_remember
    schedule.start(create_app(), (Job("often", EveryMinutes(1), often), Job("daily", Daily(hour(8)), daily)))
    threading.Event().wait()


@pytest.fixture
def house(database, tmp_path, request):
    """The settings of an installation that several processes share."""
    url = f"sqlite:///{tmp_path}/stranas.db"
    if database == "postgres":
        url = empty_postgres(request.getfixturevalue("postgres_url"))
    with make_app(tmp_path, url).app_context():
        yield {"STRANAS_VAR": str(tmp_path), "STRANAS_DATABASE_URL": url}
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def schedulers(house, tmp_path):
    """Three of them, by their process id, running since the same instant."""
    began = time.time()
    with ExitStack() as stack:
        logs = [tmp_path / f"scheduler{number}.log" for number in range(3)]
        children = [stack.enter_context(child(schedule_quickly, house, log, began, tmp_path)) for log in logs]
        yield {one.pid: one for one in children}


def lines(folder: Path) -> list[dict]:
    file = folder / "ran"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def rows(job: str) -> list[JobRun]:
    db.session.rollback()
    return list(
        db.session.scalars(db.select(JobRun).where(JobRun.job == job).execution_options(populate_existing=True))
    )


def eventually(true) -> bool:
    last = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > last:
            return False
        time.sleep(0.2)
    return True


def test_each_turn_runs_once_and_a_killed_run_is_taken_over_after_its_claim(house, schedulers, tmp_path):
    assert eventually(lambda: (tmp_path / "stuck").exists())
    first = next(line for line in lines(tmp_path) if line["job"] == "daily")
    (claimed,) = [(row.anchor, row.started_at, row.ended_at) for row in rows("daily")]
    assert claimed[::2] == ("2020-07-13", None)

    schedulers[first["pid"]].kill()
    assert eventually(lambda: rows("daily")[0].outcome == "done")

    (done,) = rows("daily")
    second = [line for line in lines(tmp_path) if line["job"] == "daily"][1:]
    assert [line["pid"] != first["pid"] for line in second] == [True]
    assert done.started_at - claimed[1] >= timedelta(minutes=15)
    assert (done.counts, done.ended_at >= done.started_at) == ({"done": 1}, True)
    _often_ran_once_a_minute(tmp_path)


def _often_ran_once_a_minute(folder: Path) -> None:
    ran = Counter(line["anchor"] for line in lines(folder) if line["job"] == "often")
    kept = rows("often")
    assert set(ran.values()) == {1}
    assert {row.anchor for row in kept} >= set(ran)
    assert len(ran) >= 7
    assert len({line["pid"] for line in lines(folder)}) > 1
    unended = [row for row in kept if row.outcome != "done"]
    assert len(unended) <= 2  # one that the kill cut off, one that runs just now
