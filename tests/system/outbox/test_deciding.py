"""What may have left the house is decided by a person; nothing sends it again by itself."""

from datetime import timedelta

import pytest

from stranas.system import clock, outbox
from stranas.system.db import unit_of_work
from stranas.system.models import MessageState
from stranas.system.outbox import delivering
from tests import smtp
from tests.system.outbox.posted import message, plan, rest, set_all


@pytest.fixture
def box(mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        yield box


@pytest.fixture
def doubtful(box):
    """A message that arrived, and of which we do not know it."""
    box.hangs_up = True
    plan()
    box.hangs_up = False
    return message().id


def test_no_sweep_and_no_task_ever_touches_what_waits_for_a_decision(box, doubtful):
    for _ in range(3):
        rest(60 * 24 * 30)
        assert outbox.sweep() == 0
        outbox.deliver_waiting()
    assert (message().state, message().needs_decision, message().attempts) == (MessageState.FAILED, True, 1)
    assert len(box.letters) == 1
    assert outbox.next_attempt_at(message()) is None


def test_it_has_arrived(box, doubtful):
    with unit_of_work():
        assert outbox.has_arrived(message_id=doubtful, outcome="Dinyatakan sudah sampai oleh Ani.")
    assert (message().state, message().needs_decision) == (MessageState.SENT, False)
    assert message().outcome == "Dinyatakan sudah sampai oleh Ani."
    assert message().sent_at == message().claimed_at, "it left when it was claimed"
    with unit_of_work():
        assert not outbox.send_again(message_id=doubtful), "decided once"
    assert len(box.letters) == 1


def test_it_is_sent_again(box, doubtful):
    with unit_of_work():
        assert outbox.send_again(message_id=doubtful)
    assert (message().state, message().needs_decision, message().outcome) == (MessageState.SENT, False, None)
    assert [letter["Message-ID"] for letter in box.letters] == [box.letters[0]["Message-ID"]] * 2
    with unit_of_work():
        assert not outbox.has_arrived(message_id=doubtful, outcome="Dinyatakan sudah sampai oleh Ani.")


def test_only_what_waits_for_a_decision_can_be_said_to_have_arrived(box):
    box.refuses = True
    plan()
    with unit_of_work():
        assert not outbox.has_arrived(message_id=message().id, outcome="Dinyatakan sudah sampai oleh Ani.")
    assert message().state is MessageState.FAILED


def test_a_process_that_reports_after_its_claim_was_given_up_changes_nothing(box):
    plan(planned_for=clock.now() + timedelta(days=1))
    set_all(planned_for=clock.now())
    claimed = delivering._settle(None, claim=message().id)
    rest(11)
    outbox.sweep()
    assert message().needs_decision
    delivering._settle(delivering.Ended(claimed, MessageState.SENT, {"sent_at": clock.now()}))
    assert (message().state, message().outcome) == (MessageState.FAILED, outbox.LOST_CLAIM)


@pytest.mark.parametrize("state", [MessageState.PLANNED, MessageState.FAILED])
def test_what_has_not_left_can_be_cancelled(box, state):
    plan(planned_for=clock.now() + timedelta(days=1))
    set_all(state=state)
    with unit_of_work():
        assert outbox.cancel(message_id=message().id, why="Alamat keliru.")
    assert (message().state, message().outcome) == (MessageState.CANCELLED, "Alamat keliru.")
    outbox.deliver_waiting()
    assert box.letters == []


@pytest.mark.parametrize("state", [MessageState.CLAIMED, MessageState.SENT, MessageState.CANCELLED])
def test_what_is_on_its_way_or_over_cannot_be_cancelled(box, state):
    plan(planned_for=clock.now() + timedelta(days=1))
    set_all(state=state)
    with unit_of_work():
        assert not outbox.cancel(message_id=message().id, why="Alamat keliru.")


def test_what_waits_for_a_decision_cannot_be_cancelled(doubtful):
    with unit_of_work():
        assert not outbox.cancel(message_id=doubtful, why="Alamat keliru.")


def test_a_message_that_was_refused_meanwhile_rests_whoever_looked_it_up_before(box):
    """Two workers look up the same messages: what the first was refused is not tried by the second at once."""
    box.refuses = True
    plan()
    assert (message().state, message().attempts) == (MessageState.FAILED, 1)
    assert delivering._settle(None, claim=message().id) is None
    rest(2)
    assert delivering._settle(None, claim=message().id) is not None
