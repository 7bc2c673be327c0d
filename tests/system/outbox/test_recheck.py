"""What leaves late, or once more, is asked about first."""

from datetime import timedelta

import pytest

from stranas.system import clock, outbox
from stranas.system.models import MessageState
from stranas.system.outbox import rechecking
from tests import smtp
from tests.system.outbox.posted import message, plan, rest, set_all

SENT_MEANWHILE = "Laporan sudah dikirim sebelum pengingat ini keluar."


@pytest.fixture
def answers(monkeypatch):
    """What the question about mail/reminder answers; the addresses that it was asked about are kept."""
    monkeypatch.setattr(rechecking, "_QUESTIONS", {})
    answers = {"why": SENT_MEANWHILE, "asked": []}

    @outbox.recheck("mail/reminder")
    def still_owed(message) -> str | None:
        answers["asked"].append(message.address)
        if isinstance(answers["why"], Exception):
            raise answers["why"]
        return answers["why"]

    return answers


@pytest.fixture
def box(mail_to):
    with smtp.server() as box:
        mail_to(f"smtp://127.0.0.1:{box.port}")
        yield box


def plan_late(minutes: int, **columns) -> None:
    """As if nothing had been delivered for so many minutes since it was due."""
    plan(planned_for=clock.now() + timedelta(days=1), **({"template": "mail/reminder"} | columns))
    set_all(planned_for=clock.now() - timedelta(minutes=minutes))
    outbox.sweep()


def test_a_late_message_that_is_not_needed_any_more_is_cancelled_with_the_reason(box, answers):
    plan_late(6)
    assert (message().state, message().outcome) == (MessageState.CANCELLED, SENT_MEANWHILE)
    assert box.letters == []


def test_a_late_message_that_is_still_needed_leaves(box, answers):
    answers["why"] = None
    plan_late(600)
    assert message().state is MessageState.SENT
    assert answers["asked"] == ["budi@example.com"]


def test_nothing_is_asked_about_a_message_in_time(box, answers):
    plan_late(4)
    assert message().state is MessageState.SENT
    assert answers["asked"] == []


def test_nothing_is_asked_about_other_templates(box, answers):
    plan_late(600, template="mail/receipt")
    assert message().state is MessageState.SENT
    assert answers["asked"] == []


def test_a_repeated_attempt_is_asked_about(box, answers):
    box.refuses = True
    plan(template="mail/reminder")
    assert (message().state, answers["asked"]) == (MessageState.FAILED, [])
    box.refuses = False
    rest(2)
    outbox.sweep()
    assert (message().state, message().outcome) == (MessageState.CANCELLED, SENT_MEANWHILE)
    assert box.letters == []


def test_a_question_that_fails_sends_nothing_and_is_asked_again(box, answers):
    answers["why"] = RuntimeError("no such period")
    plan_late(6)
    assert (message().state, message().outcome) == (MessageState.FAILED, "RuntimeError: no such period")
    assert box.letters == []
    answers["why"] = None
    rest(2)
    outbox.sweep()
    assert message().state is MessageState.SENT
