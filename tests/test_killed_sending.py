"""1,000 mails, two workers with their schedulers, killed twenty times at random moments, the mail server down for a
while: every mail arrives once, or is shown to a person. Who then decides as he finds it has them all, and none twice.
"""

import random
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from stranas import create_app, jobs
from stranas.system import clock, outbox, worker
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from tests import smtp
from tests.children import PATIENCE, Child, child
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
SECONDS_FOR_EACH = 0.015
# What sends, and what plans what is sent.
NEEDED = [jobs.job_named(name) for name in ("outbox", "reminders_wit", "reminders_wita", "reminders_wib")]


def work(line: Connection) -> None:
    worker.run_worker(create_app(), NEEDED)


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
    """Two of them, each with its threads and its scheduler."""

    def __init__(self, settings: dict[str, str], folder: Path) -> None:
        self.settings, self.folder = settings, folder
        self.stack = ExitStack()
        self.running = [self._started(), self._started()]

    def _started(self) -> Child:
        return self.stack.enter_context(child(work, self.settings, self.folder / f"worker-{time.monotonic_ns()}.log"))

    def restart(self, number: int) -> None:
        self.running[number].kill()
        self.running[number] = self._started()

    def end(self) -> None:
        self.stack.close()

    def said(self) -> str:
        return "\n".join(log.read_text() for log in sorted(self.folder.glob("worker-*.log")))


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
    with app.app_context():
        yield {"STRANAS_VAR": str(tmp_path), "STRANAS_DATABASE_URL": url, "STRANAS_MAIL": mail}
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def workers(house, tmp_path):
    workers = Workers(house, tmp_path)
    yield workers
    workers.end()


def test_every_mail_arrives_once_or_is_shown_for_decision(workers, mail_server, database):
    ordeal = ORDEALS[database]
    plan_numbered(ordeal.mails)
    send_with_kills(workers, mail_server, ordeal)
    assert eventually(nothing_waits), Counter(states())
    workers.end()

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
            assert eventually(lambda moment=moment: len(server.box.addresses) >= moment), workers.said()
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
