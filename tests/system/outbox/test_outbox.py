"""A message is a row first, leaves once, and a failure is seen."""

from datetime import UTC, datetime, timedelta

from stranas.system import clock, outbox
from stranas.system.db import unit_of_work
from stranas.system.models import MessageState
from tests import smtp
from tests.system.outbox.posted import message, plan, rest


def test_the_same_key_is_planned_once(app):
    assert plan()
    assert not plan(subject="other words")
    assert message().subject == "Pengingat – B18"


def test_the_embedded_mailbox_keeps_a_message_as_sent(app):
    plan()
    assert message().state is MessageState.SENT
    assert message().attempts == 1


def test_a_message_of_later_waits_for_its_time(app):
    with clock.at(datetime(2020, 7, 13, 2, tzinfo=UTC)):
        plan(planned_for=clock.now() + timedelta(hours=1))
        assert outbox.sweep() == 0
        assert message().state is MessageState.PLANNED
    with clock.at(datetime(2020, 7, 13, 3, tzinfo=UTC)):
        assert outbox.sweep() == 1
        assert message().state is MessageState.SENT


def test_a_failing_server_is_tried_for_most_of_a_day_with_rests(app, mail_to):
    with smtp.server() as box:
        box.refuses = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        assert message().state is MessageState.FAILED
        assert "451" in message().outcome
        assert outbox.sweep() == 0, "it rests first"
        for minutes in (2, 6, 16, 61, 241, 721):
            rest(minutes)
            assert outbox.sweep() == 1
        assert message().attempts == outbox.MOST_ATTEMPTS
        rest(6000)
        assert outbox.sweep() == 0


def test_a_server_that_comes_back_gets_the_message(app, mail_to):
    with smtp.server() as box:
        box.refuses = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        box.refuses = False
        rest(2)
        outbox.sweep()
    assert len(box.letters) == 1
    assert (message().state, message().outcome) == (MessageState.SENT, None)


def test_a_line_that_breaks_after_the_text_is_for_a_person_to_look_at(app, mail_to):
    with smtp.server() as box:
        box.hangs_up = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        assert (message().state, message().outcome) == (MessageState.FAILED, outbox.LOST_LINE)
        box.hangs_up = False
        rest(600)
        assert outbox.sweep() == 0
    assert len(box.letters) == 1, "it may have arrived: never twice"


def test_a_lost_claim_is_for_a_person_to_look_at_and_never_sent_by_itself(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        with unit_of_work():
            outbox.plan(
                key="k",
                recipient_id=None,
                address="budi@example.com",
                template="reminder",
                subject="s",
                body_text="b",
                planned_for=clock.now() + timedelta(days=1),
            )
        with unit_of_work():
            message().state = MessageState.CLAIMED
        rest(9)
        outbox.sweep()
        assert message().state is MessageState.CLAIMED, "it may still be on its way"
        rest(11)
        outbox.sweep()
        outbox.sweep()
        assert (message().state, message().outcome) == (MessageState.FAILED, outbox.LOST_CLAIM)
        outbox.deliver_waiting()
        assert box.letters == []


def test_a_person_may_send_a_failed_message_again_but_never_a_sent_one(app, mail_to):
    with smtp.server() as box:
        box.refuses = True
        mail_to(f"smtp://127.0.0.1:{box.port}")
        plan()
        box.refuses = False
        with unit_of_work():
            assert outbox.send_again(message_id=message().id)
        assert message().state is MessageState.SENT
        with unit_of_work():
            assert not outbox.send_again(message_id=message().id)
        assert len(box.letters) == 1


def test_a_practice_database_sends_nothing_out(app, mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        clock.start_practice(datetime(2020, 7, 13, 2, tzinfo=UTC))
        plan()
        assert message().state is MessageState.SENT
        assert box.letters == []
