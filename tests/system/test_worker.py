"""Real processes: the worker picks up what another process deferred, ends cleanly, and nothing is sent twice."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

import config
from stranas.accounts.models import Role
from stranas.system import clock, outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import JobRun, MessageState, OutboxMessage
from tests import factories, smtp
from tests.conftest import make_app
from tests.houses import empty_postgres

pytestmark = pytest.mark.process
PATIENCE = 40  # seconds; two busy cores start a process slowly

# Delivers message 1 but stands still between handing it over and recording it, as long as it lives.
STANDS_STILL = """
import sys, threading
from stranas import create_app
from stranas.system import outbox
from stranas.system.channels import mail
send = mail._Line.send
def send_and_stand(line, message):
    send(line, message)
    print("handed over", flush=True)
    threading.Event().wait()
mail._Line.send = send_and_stand
with create_app().app_context():
    outbox.deliver(message_id=int(sys.argv[1]))
"""

# Reminds, but is killed as it plans the third message.
DIES_REMINDING = """
import os, signal
from stranas.system import outbox
plan, planned = outbox.plan_rows, []
def plan_or_die(rows):
    added = plan(rows)
    planned.append(rows)
    if len(planned) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return added
outbox.plan_rows = plan_or_die
from stranas.cli import main
main(["remind"])
"""

DELIVERS = """
import sys
from stranas import create_app
from stranas.system import outbox
with create_app().app_context():
    print("ready", flush=True)
    sys.stdin.readline()
    for message_id in sys.argv[1:]:
        outbox.deliver(message_id=int(message_id))
"""


@pytest.fixture
def house(database, tmp_path, request):
    """An installation of its own that several processes share: application and environment."""
    url = f"sqlite:///{tmp_path}/stranas.db"
    if database == "postgres":
        url = empty_postgres(request.getfixturevalue("postgres_url"))
    app = make_app(tmp_path, url, queue="sqlite:", storage=f"folder:{tmp_path}/files")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("STRANAS_")}
    environment |= {"STRANAS_VAR": str(tmp_path), "STRANAS_DATABASE_URL": url}
    with app.app_context():
        yield app, environment
        db.session.remove()
        db.engine.dispose()


def plan(*keys: str) -> list[int]:
    with unit_of_work():
        for key in keys:
            outbox.plan(
                key=key,
                recipient_id=None,
                address=f"{key}@example.com",
                template="reminder",
                subject="Pengingat",
                body_text="Yth.",
            )
    return list(db.session.scalars(db.select(OutboxMessage.id)))


def states() -> list[MessageState]:
    db.session.rollback()
    return list(db.session.scalars(db.select(OutboxMessage.state)))


def eventually(true) -> bool:
    """Whether it becomes true before patience ends; looks ten times a second."""
    last = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > last:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def python(environment, *words: str):
    process = subprocess.Popen(
        [sys.executable, *words],
        cwd=config.ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def test_the_worker_sends_what_another_process_planned_and_ends_on_sigterm(house):
    _, environment = house
    with smtp.server() as box:
        environment["STRANAS_MAIL"] = f"smtp://127.0.0.1:{box.port}"
        with python(environment, "-m", "stranas.cli", "worker") as worker:
            plan("budi", "dewi")
            assert eventually(lambda: states() == [MessageState.SENT, MessageState.SENT])
            assert eventually(lambda: db.session.rollback() or db.session.scalar(db.select(JobRun.id).limit(1)))
            worker.send_signal(signal.SIGTERM)
            said = worker.communicate(timeout=PATIENCE)[1]
            assert worker.returncode == 0
    assert "worker ended" in said
    assert "Traceback" not in said
    assert len(box.letters) == 2


def test_a_failing_task_is_logged_and_does_not_stop_the_worker(house):
    app, environment = house
    with python(environment, "-m", "stranas.cli", "worker") as worker:
        app.extensions["queue"].run("stranas.system.outbox.no_such_task", {})
        plan("budi")
        assert eventually(lambda: states() == [MessageState.SENT])
        worker.send_signal(signal.SIGTERM)
        assert "no_such_task" in worker.communicate(timeout=PATIENCE)[1]


def test_a_task_with_a_wrong_signature_is_not_run(house):
    app, environment = house
    storage = app.extensions["huey"].storage
    storage.enqueue(b"cos\nsystem\n(S'touch forged'\ntR.:forged", 0)
    with python(environment, "-m", "stranas.cli", "worker") as worker:
        plan("budi")
        assert eventually(lambda: states() == [MessageState.SENT])
        worker.send_signal(signal.SIGTERM)
        worker.communicate(timeout=PATIENCE)
    assert not (config.ROOT / "forged").exists()


def test_two_processes_at_once_send_each_message_once(house):
    _, environment = house
    with smtp.server() as box:
        environment["STRANAS_MAIL"] = f"smtp://127.0.0.1:{box.port}"
        ids = [str(number) for number in plan(*(f"person{number}" for number in range(20)))]
        with python(environment, "-c", DELIVERS, *ids) as one, python(environment, "-c", DELIVERS, *ids) as other:
            for process in (one, other):
                assert process.stdout.readline() == "ready\n"
            for process in (one, other):
                process.stdin.write("go\n")
                process.stdin.flush()
            assert [process.wait(PATIENCE) for process in (one, other)] == [0, 0]
    assert sorted(letter["To"] for letter in box.letters) == sorted(f"person{n}@example.com" for n in range(20))
    assert set(states()) == {MessageState.SENT}


def test_a_kill_while_reminding_leaves_whole_letters_and_the_next_run_does_the_rest(house):
    _, environment = house
    clock.start_practice(datetime(2020, 7, 13, 2, tzinfo=UTC))
    with unit_of_work():
        programme = factories.make_programme()
        target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
        for number in range(5):
            agency = factories.make_agency(f"33.0{number}", f"Kabupaten {number}")
            factories.make_obligation(agency, target)
            factories.make_person(Role.COORDINATOR, agency, email=f"person{number}@example.com")
    with python(environment, "-c", DIES_REMINDING) as killed:
        assert killed.wait(PATIENCE) == -signal.SIGKILL
    assert len(states()) == 2 * 2  # a mail and a notice each, of the agencies whose transaction ended
    for _ in range(2):
        with python(environment, "-m", "stranas.cli", "remind") as again:
            assert again.wait(PATIENCE) == 0
    assert states() == [MessageState.SENT] * 5 * 2
    addresses = db.session.scalars(db.select(OutboxMessage.address).where(OutboxMessage.channel == "mail"))
    assert sorted(addresses) == [f"person{number}@example.com" for number in range(5)]


def test_a_kill_between_sending_and_recording_never_sends_twice(house):
    _, environment = house
    with smtp.server() as box:
        environment["STRANAS_MAIL"] = f"smtp://127.0.0.1:{box.port}"
        (message_id,) = plan("budi")
        with python(environment, "-c", STANDS_STILL, str(message_id)) as killed:
            assert killed.stdout.readline() == "handed over\n"
            killed.kill()
            killed.wait()
        assert states() == [MessageState.CLAIMED]
        with unit_of_work():
            lost = clock.wall() - outbox.CLAIM_EXPIRES - timedelta(minutes=1)
            db.session.execute(db.update(OutboxMessage).values(claimed_at=lost))
        with python(environment, "-m", "stranas.cli", "jobs", "once", "outbox") as sweep:
            sweep.communicate(timeout=PATIENCE)
        with python(environment, "-c", DELIVERS, str(message_id)) as again:
            again.communicate("go\n", timeout=PATIENCE)
        assert states() == [MessageState.FAILED]
        assert len(box.letters) == 1
