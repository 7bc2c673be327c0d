"""Delivering: what waits is claimed, handed over and recorded, one message after the other, many on one line."""

import logging
import random
import threading
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any

from sqlalchemy import ColumnElement, Row

from stranas.system import background, channels, clock
from stranas.system.channels import Doubtful, Rejected, Send, Unreachable
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from stranas.system.outbox import rechecking

CLAIM_EXPIRES = timedelta(minutes=10)
# How long a refused message rests before its next attempt, by the attempts made: 17 hours in all.
RESTS = {
    1: timedelta(minutes=1),
    2: timedelta(minutes=5),
    3: timedelta(minutes=15),
    4: timedelta(hours=1),
    5: timedelta(hours=4),
    6: timedelta(hours=12),
}
MOST_ATTEMPTS = len(RESTS) + 1
# Looked up together, claimed each for itself.
LOOKED_UP = 25
# A task that takes longer goes on as a new one, so that a worker can end between.
LONGEST_TURN = 20
LOST_CLAIM = (
    "Pengiriman terputus di tengah jalan: pesan ini mungkin sudah sampai, mungkin belum. "
    "Pastikan dahulu pada penerima, lalu tetapkan."
)
LOST_LINE = (
    "Sambungan terputus setelah pesan diserahkan, sebelum server surel menjawab: pesan ini mungkin sudah sampai, "
    "mungkin belum. Pastikan dahulu pada penerima, lalu tetapkan."
)

log = logging.getLogger(__name__)
_busy = threading.Lock()
_asked = threading.Event()


class Lines:
    """The lines that one turn has open, one for each channel, and the channels that could not be reached in it."""

    def __init__(self) -> None:
        self.down: set[str] = set()
        self._open: dict[str, Send] = {}
        self._stack = ExitStack()

    def __enter__(self) -> "Lines":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def is_open(self, name: str) -> bool:
        return name in self._open

    def open(self, name: str) -> None:
        """Raises Unreachable."""
        channel = channels.channels()[name]
        kept = channel.outside and clock.is_practice()
        self._open[name] = channels.keep if kept else self._stack.enter_context(channel.line())

    def send(self, message: OutboxMessage) -> str | None:
        return self._open[message.channel](message)


@dataclass(frozen=True)
class Ended:
    """What became of a message that was claimed, to be recorded."""

    message: OutboxMessage
    state: MessageState
    columns: dict[str, Any]


@background.task
def deliver_batch() -> None:
    """Deliver what waits. One turn at a time in a process: who comes meanwhile is served by the turn that runs."""
    _asked.set()
    ends = time.monotonic() + LONGEST_TURN
    while _asked.is_set() and _busy.acquire(blocking=False):
        try:
            _asked.clear()
            finished = _deliver_all(ends=ends)[1]
        finally:
            _busy.release()
        if not finished:
            with unit_of_work():
                background.defer(deliver_batch)
            return


def deliver_waiting() -> dict[str, int]:
    """Deliver here and now what waits, without the queue; how many were sent, failed, and wait for their channel."""
    states = _deliver_all()[0]
    with read_only():
        waiting = db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage).where(_waits()))
    return {"sent": states[MessageState.SENT], "failed": states[MessageState.FAILED], "waiting": waiting}


def _deliver_all(*, ends: float | None = None) -> tuple[Counter[MessageState], bool]:
    """Until nothing waits that can be delivered, or the time is over (False)."""
    states: Counter[MessageState] = Counter()
    with Lines() as lines:
        while found := _some_waiting(without=lines.down):
            reached = len(lines.down)
            done = _deliver_some(found, lines)
            states.update(done)
            if ends is not None and time.monotonic() > ends:
                return states, False
            if not done and len(lines.down) == reached:  # another process has all of these
                break
    return states, True


def _deliver_some(found: Iterable[tuple[int, str]], lines: Lines) -> list[MessageState]:
    """What became of those (id, channel) that this process could claim and hand over.

    A message is recorded the moment it is handed over, in the transaction that claims the next: a disk that takes its
    time to be sure is waited for once for each message, not twice.
    """
    states, ended = [], None
    for message_id, channel in found:
        if channel not in lines.down and not lines.is_open(channel):
            _settle(ended)
            ended = None
            _open(channel, lines)
        if channel in lines.down:
            continue
        message = _settle(ended, claim=message_id)
        ended = _hand_over(message, lines) if message else None
        if ended:
            states.append(ended.state)
    _settle(ended)
    return states


def _open(channel: str, lines: Lines) -> None:
    """Before anything is claimed: an outage touches no message."""
    try:
        lines.open(channel)
    except Unreachable as error:
        _is_down(channel, lines, error)


def _is_down(channel: str, lines: Lines, error: Unreachable) -> None:
    lines.down.add(channel)
    _note_why_waiting(channel, str(error))


def _hand_over(message: OutboxMessage, lines: Lines) -> Ended:
    """A message whose channel is gone waits as if it had never been claimed."""
    try:
        if why := rechecking.why_not(message):
            return Ended(message, MessageState.CANCELLED, {"outcome": why})
        outcome = lines.send(message)
    except Unreachable as error:
        _is_down(message.channel, lines, error)
        return Ended(message, MessageState.PLANNED, {"attempts": message.attempts - 1, "outcome": str(error)[:500]})
    except Doubtful as error:
        log.error("message %s was handed over, and nobody said that it was taken: %s", message.id, error)
        return Ended(message, MessageState.FAILED, {"outcome": LOST_LINE, "needs_decision": True})
    except Rejected as error:
        log.warning("message %s was not taken: %s", message.id, error)
        attempts = MOST_ATTEMPTS if error.for_good else message.attempts
        return Ended(message, MessageState.FAILED, {"outcome": str(error)[:500], "attempts": attempts})
    except Exception as error:
        log.exception("message %s could not be sent", message.id)
        return Ended(message, MessageState.FAILED, {"outcome": f"{type(error).__name__}: {error}"[:500]})
    return Ended(message, MessageState.SENT, {"outcome": outcome, "sent_at": clock.now()})


def _settle(ended: Ended | None, *, claim: int | None = None) -> OutboxMessage | None:
    """One transaction: what became of a message, and the claim of the next. None if another process has that."""
    if ended is None and claim is None:
        return None
    with unit_of_work():
        if ended:
            _record(ended)
        message = _claim(claim) if claim else None
    if message:
        db.session.expunge(message)  # so that reading it opens no transaction while it is on its way
    return message


def _claim(message_id: int) -> OutboxMessage | None:
    """A conditional update: exactly one process changes the row. One that was refused since it was looked up rests."""
    changed = _update(
        (OutboxMessage.id == message_id) & _waits(),
        state=MessageState.CLAIMED,
        claimed_at=clock.wall(),
        attempts=OutboxMessage.attempts + 1,
    )
    return db.session.get_one(OutboxMessage, message_id, populate_existing=True) if changed else None


def _record(ended: Ended) -> None:
    """Only this claim. One that was given up meanwhile stays as it is: a person may have decided on it."""
    ours = (OutboxMessage.state == MessageState.CLAIMED) & (OutboxMessage.claimed_at == ended.message.claimed_at)
    if not _update((OutboxMessage.id == ended.message.id) & ours, state=ended.state, **ended.columns):
        log.error("message %s: %s came after its claim was given up", ended.message.id, ended.state.value)


def _note_why_waiting(channel: str, why: str) -> None:
    """Beside the messages that wait for this channel: it is no fault of theirs, and costs them no attempt."""
    log.warning("%s: %s", channel, why)
    new = OutboxMessage.outcome.is_(None) | (OutboxMessage.outcome != why[:500])
    planned = (OutboxMessage.state == MessageState.PLANNED) & (OutboxMessage.planned_for <= clock.now())
    with unit_of_work():
        _update(planned & (OutboxMessage.channel == channel) & new, outcome=why[:500])


def sweep() -> int:
    """Defer again the delivery of what still waits: planned messages, and failed ones that may be tried once more.

    A message whose claim never ended may have left the house: it is not sent again by itself but shown for a person's
    decision. Returns how many wait.
    """
    with unit_of_work():
        _give_up_lost_claims()
        waiting = db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage).where(_waits()))
        if waiting:
            background.defer(deliver_batch)
    return waiting


def _give_up_lost_claims() -> None:
    lost = _update(
        (OutboxMessage.state == MessageState.CLAIMED) & (OutboxMessage.claimed_at < clock.wall() - CLAIM_EXPIRES),
        state=MessageState.FAILED,
        needs_decision=True,
        outcome=LOST_CLAIM,
    )
    if lost:
        log.error("%s messages were cut off while they were sent; a person has to decide", lost)


def _some_waiting(*, without: set[str]) -> Sequence[Row]:
    """The next few (id, channel): what opens a door first, then what waits longest. Not in order: two workers that look
    at the same time should not meet at each message."""
    found = db.select(OutboxMessage.id, OutboxMessage.channel).where(_waits(), OutboxMessage.channel.not_in(without))
    with read_only():
        rows = db.session.execute(
            found.order_by(OutboxMessage.private.desc(), OutboxMessage.planned_for, OutboxMessage.id).limit(LOOKED_UP)
        ).all()
    return random.sample(rows, len(rows))


def _waits() -> ColumnElement[bool]:
    """Planned messages whose time has come, and failed ones that have rested, of the channels that we deliver."""
    planned = (OutboxMessage.state == MessageState.PLANNED) & (OutboxMessage.planned_for <= clock.now())
    rested = db.or_(
        *(
            (OutboxMessage.attempts == attempts) & (OutboxMessage.claimed_at < clock.wall() - rest)
            for attempts, rest in RESTS.items()
        )
    )
    failed = (OutboxMessage.state == MessageState.FAILED) & ~OutboxMessage.needs_decision & rested
    return (planned | failed) & OutboxMessage.channel.in_(channels.delivered_by_us())


def next_attempt_at(message: OutboxMessage) -> datetime | None:
    """When a failed message is tried again by itself (wall time); None if never."""
    failed = message.state is MessageState.FAILED and not message.needs_decision
    rest = RESTS.get(message.attempts)
    return message.claimed_at + rest if failed and rest and message.claimed_at else None


def _update(condition: ColumnElement[bool], **columns: Any) -> int:
    statement = db.update(OutboxMessage).where(condition).values(**columns)
    return db.session.execute(statement, execution_options={"synchronize_session": False}).rowcount
