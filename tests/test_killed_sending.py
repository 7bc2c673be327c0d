"""1,000 mails, two workers with their schedulers, killed twenty times at random moments, the mail server down for a
while: every mail arrives once, or is shown to a person. Who then decides as he finds it has them all, and none twice.
"""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

import config
from stranas.system import clock, outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from tests import smtp
from tests.conftest import make_app
from tests.houses import empty_postgres
from tests.system.outbox.posted import plan_numbered

pytestmark = pytest.mark.process


@dataclass(frozen=True)
class Ordeal:
    """`down`: the kills during which the mail server is away."""

    mails: int
    kills: int
    down: range


# The kills do not know which database waits for them: fewer on the second keep the tests short.
ORDEALS = {"sqlite": Ordeal(1_000, 20, range(8, 11)), "postgres": Ordeal(300, 8, range(3, 5))}
PATIENCE = 60
SECONDS_FOR_EACH = 0.015
# Starts "stranas worker" for every line that it reads, and says its process.
NURSERY = """
import os, signal, sys
from importlib import import_module
import stranas.jobs
from stranas.doors import ROOMS_WITH_VIEWS
from stranas.cli import main
for room in ROOMS_WITH_VIEWS:
    import_module(f"stranas.{room}.views")
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # whoever dies leaves nothing behind
for line in sys.stdin:
    if not (pid := os.fork()):
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        main(["worker"])
    print(pid, flush=True)
"""


class MailServer:
    """Can be stopped in the middle of everything and come back at its port."""

    def __init__(self) -> None:
        self.box = smtp.Letterbox(takes=SECONDS_FOR_EACH)
        self.running = ExitStack()
        self.start()

    def start(self) -> None:
        self.running.enter_context(smtp.server(box=self.box))

    def stop(self) -> None:
        self.running.close()


class Workers:
    """Two of them, each with its threads and its scheduler, forked from a process that has read the code already."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.log = log
        with log.open("ab") as out:
            self.nursery = subprocess.Popen(
                [sys.executable, "-c", NURSERY],
                cwd=config.ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=out,
                text=True,
            )
        self.pids = [self._started(), self._started()]

    def _started(self) -> int:
        self.nursery.stdin.write("another\n")
        self.nursery.stdin.flush()
        return int(self.nursery.stdout.readline())

    def restart(self, number: int) -> None:
        kill(self.pids[number])
        self.pids[number] = self._started()

    def end(self) -> None:
        for pid in self.pids:
            kill(pid)
        self.nursery.communicate()


def kill(pid: int) -> None:
    """Without a chance to write anything more."""
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: not Path(f"/proc/{pid}").exists())


@pytest.fixture
def mail_server():
    server = MailServer()
    yield server
    server.stop()


@pytest.fixture
def house(database, tmp_path, request, mail_server):
    url = f"sqlite:///{tmp_path}/stranas.db"
    if database == "postgres":
        url = empty_postgres(request.getfixturevalue("postgres_url"))
    mail = f"smtp://127.0.0.1:{mail_server.box.port}"
    app = make_app(tmp_path, url, queue="sqlite:", storage=f"folder:{tmp_path}/files", mail=mail)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("STRANAS_")}
    environment |= {"STRANAS_VAR": str(tmp_path), "STRANAS_DATABASE_URL": url, "STRANAS_MAIL": mail}
    with app.app_context():
        yield environment
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def workers(house, tmp_path):
    workers = Workers(house, tmp_path / "workers.log")
    yield workers
    workers.end()


def test_every_mail_arrives_once_or_is_shown_for_decision(workers, mail_server, database):
    ordeal = ORDEALS[database]
    plan_numbered(ordeal.mails)
    send_with_kills(workers, mail_server, ordeal)
    assert eventually(nothing_waits), Counter(states())
    for pid in workers.pids:
        kill(pid)

    arrived = Counter(mail_server.box.addresses)
    undecided = shown_for_decision()
    print(f"{len(undecided)} of {ordeal.mails} shown for decision")

    assert set(arrived.values()) == {1}, "none arrived twice"
    assert set(sent()) <= set(arrived), "what is said to be sent arrived"
    assert len(sent()) + len(undecided) == ordeal.mails
    # A process delivers one message at a time, and each end of the server cuts off one of each worker.
    assert 0 < len(undecided) <= ordeal.kills + 2

    decide(undecided, arrived)
    assert Counter(mail_server.box.addresses) == {f"person{number}@example.com": 1 for number in range(ordeal.mails)}
    assert set(states()) == {MessageState.SENT}


def send_with_kills(workers: Workers, server: MailServer, ordeal: Ordeal) -> None:
    """Kill one or the other worker whenever so many mails more have arrived, at a random moment of the next."""
    chance = random.Random(7)
    for number, moment in enumerate(sorted(chance.sample(range(20, ordeal.mails - 50), ordeal.kills))):
        if number == ordeal.down.start:
            server.stop()
        elif number == ordeal.down.stop:
            server.start()
            outbox.sweep()
        if number not in ordeal.down:
            assert eventually(lambda moment=moment: len(server.box.addresses) >= moment), workers.log.read_text()
        time.sleep(chance.uniform(0, 2 * SECONDS_FOR_EACH))
        workers.restart(number % 2)
        outbox.sweep()


def eventually(true) -> bool:
    last = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > last:
            return False
        time.sleep(0.005)
    return True


def states() -> list[MessageState]:
    db.session.rollback()
    return list(db.session.scalars(db.select(OutboxMessage.state)))


def nothing_waits() -> bool:
    """All is recorded as sent, or was cut off. What a server refused as it went down rests no longer than we do."""
    with unit_of_work():
        refused = (OutboxMessage.state == MessageState.FAILED) & ~OutboxMessage.needs_decision
        db.session.execute(db.update(OutboxMessage).where(refused).values(claimed_at=long_ago()))
    time.sleep(0.2)
    return outbox.sweep() == 0


def long_ago():
    return clock.wall() - outbox.CLAIM_EXPIRES - timedelta(minutes=1)


def shown_for_decision() -> dict[int, str]:
    """Address by id, after the claims of the killed have expired."""
    with unit_of_work():
        claimed = OutboxMessage.state == MessageState.CLAIMED
        db.session.execute(db.update(OutboxMessage).where(claimed).values(claimed_at=long_ago()))
    outbox.sweep()
    found = db.select(OutboxMessage.id, OutboxMessage.address).where(OutboxMessage.needs_decision)
    return {message_id: address for message_id, address in db.session.execute(found)}


def sent() -> list[str]:
    found = db.select(OutboxMessage.address).where(OutboxMessage.state == MessageState.SENT)
    return list(db.session.scalars(found))


def decide(undecided: dict[int, str], arrived: Counter) -> None:
    """As a person does who looks what the server got."""
    for message_id, address in undecided.items():
        with unit_of_work():
            if arrived[address]:
                assert outbox.has_arrived(message_id=message_id, outcome="Dinyatakan sudah sampai oleh Ani.")
            else:
                assert outbox.send_again(message_id=message_id)
    outbox.deliver_waiting()
