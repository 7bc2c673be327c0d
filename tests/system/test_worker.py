"""Real processes: the worker picks up what another process deferred, ends cleanly, and nothing is sent twice."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection

import pytest
from flask import current_app

import config
from stranas import cli, create_app
from stranas.accounts.models import Role
from stranas.system import clock, outbox
from stranas.system.channels import mail
from stranas.system.db import db, unit_of_work
from stranas.system.models import JobRun, MessageState, OutboxMessage
from tests import factories, smtp
from tests.children import child

pytestmark = pytest.mark.process
PATIENCE = 40  # seconds; two busy cores start a process slowly


def stand_still(line: Connection) -> None:
    """Deliver, but stand still between handing a message over and recording it, as long as the process lives."""
    hand_over = mail._Line.send

    def hand_over_and_stand(self, message) -> None:
        hand_over(self, message)
        line.send("handed over")
        threading.Event().wait()

    mail._Line.send = hand_over_and_stand
    with create_app().app_context():
        outbox.deliver_waiting()


def remind_and_die(line: Connection) -> None:
    """Killed as it plans for the third agency."""
    plan_rows, planned = outbox.plan_rows, []

    def plan_or_die(rows) -> set[str]:
        added = plan_rows(rows)
        planned.append(rows)
        if len(planned) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        return added

    outbox.plan_rows = plan_or_die
    remind(line)


def remind(line: Connection) -> None:
    cli.main(["remind"])


def deliver(line: Connection) -> None:
    """When it is told to."""
    with create_app().app_context():
        line.send("ready")
        line.recv()
        outbox.deliver_waiting()


def sweep(line: Connection) -> None:
    cli.main(["jobs", "once", "outbox"])


@pytest.fixture
def started(shared_settings, tmp_path):
    """`started(deliver)`: a process that runs a function of this file in the same installation."""
    return lambda function: child(function, shared_settings, tmp_path / f"{function.__name__}.log")


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


def test_the_worker_sends_what_another_process_planned_and_ends_on_sigterm(shared_settings):
    """As it is started in service. A task that fails, and one that somebody forged, stop nothing."""
    queue = current_app.extensions["huey"].storage
    queue.enqueue(b"cos\nsystem\n(S'touch forged'\ntR.:forged", 0)
    current_app.extensions["queue"].run("stranas.system.outbox.no_such_task", {})
    with smtp.server() as box:
        shared_settings["STRANAS_MAIL"] = f"smtp://127.0.0.1:{box.port}"
        worker = subprocess.Popen(
            [sys.executable, "-m", "stranas.cli", "worker"],
            cwd=config.ROOT,
            env={key: value for key, value in os.environ.items() if not key.startswith("STRANAS_")} | shared_settings,
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            plan("budi", "dewi")
            assert eventually(lambda: states() == [MessageState.SENT, MessageState.SENT])
            assert eventually(lambda: db.session.rollback() or db.session.scalar(db.select(JobRun.id).limit(1)))
            assert eventually(lambda: queue.queue_size() == 0)
            worker.send_signal(signal.SIGTERM)
            said = worker.communicate(timeout=PATIENCE)[1]
        finally:
            worker.kill()
            worker.wait()
    assert worker.returncode == 0
    assert "no_such_task" in said
    assert "worker ended" in said
    assert not (config.ROOT / "forged").exists()
    assert len(box.letters) == 2


def test_two_processes_at_once_send_each_message_once(shared_settings, started):
    with smtp.server() as box:
        shared_settings["STRANAS_MAIL"] = f"smtp://127.0.0.1:{box.port}"
        plan(*(f"person{number}" for number in range(20)))
        with started(deliver) as one, started(deliver) as other:
            assert [one.said(), other.said()] == ["ready", "ready"]
            one.tell("go")
            other.tell("go")
            assert [one.ended(), other.ended()] == [0, 0]
    assert sorted(letter["To"] for letter in box.letters) == sorted(f"person{n}@example.com" for n in range(20))
    assert set(states()) == {MessageState.SENT}


def test_a_kill_while_reminding_leaves_whole_letters_and_the_next_run_does_the_rest(shared_settings, started):
    clock.start_practice(datetime(2020, 7, 13, 2, tzinfo=UTC))
    with unit_of_work():
        programme = factories.make_programme()
        target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
        for number in range(5):
            agency = factories.make_agency(f"33.0{number}", f"Kabupaten {number}")
            factories.make_obligation(agency, target)
            factories.make_person(Role.COORDINATOR, agency, email=f"person{number}@example.com")
    with started(remind_and_die) as killed:
        assert killed.ended() == -signal.SIGKILL
    assert len(states()) == 2 * 2  # a mail and a notice each, of the agencies whose transaction ended
    for _ in range(2):
        with started(remind) as again:
            assert again.ended() == 0
    assert states() == [MessageState.SENT] * 5 * 2
    addresses = db.session.scalars(db.select(OutboxMessage.address).where(OutboxMessage.channel == "mail"))
    assert sorted(addresses) == [f"person{number}@example.com" for number in range(5)]


def test_a_kill_between_sending_and_recording_never_sends_twice(shared_settings, started):
    with smtp.server() as box:
        shared_settings["STRANAS_MAIL"] = f"smtp://127.0.0.1:{box.port}"
        plan("budi")
        with started(stand_still) as killed:
            assert killed.said() == "handed over"
            killed.kill()
        assert states() == [MessageState.CLAIMED]
        with unit_of_work():
            lost = clock.wall() - outbox.CLAIM_EXPIRES - timedelta(minutes=1)
            db.session.execute(db.update(OutboxMessage).values(claimed_at=lost))
        with started(sweep) as once:
            assert once.ended() == 0
        with started(deliver) as again:
            assert again.said() == "ready"
            again.tell("go")
            assert again.ended() == 0
        assert states() == [MessageState.FAILED]
        assert len(box.letters) == 1
