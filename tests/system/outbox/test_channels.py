"""Three ways out, and any other as one file."""

import sys

import pytest

from stranas.system import channels, clock, outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState
from tests import smtp
from tests.system.outbox.posted import message, plan

GATEWAY = """
from contextlib import contextmanager
from pathlib import Path

class Gateway:
    name, words, by_hand, outside = "gateway", "Gerbang pesan", False, True

    @contextmanager
    def line(self):
        yield self.send

    def send(self, message):
        with (Path(__file__).parent / "gone.txt").open("a") as out:
            out.write(message.address + ": " + message.body_text)
        return "number 17"

CHANNEL = Gateway()
"""


@pytest.fixture
def gateway(tmp_path, monkeypatch):
    """One file more in the folder of channels; what it sent lies beside it."""
    (tmp_path / "gateway.py").write_text(GATEWAY)
    monkeypatch.setattr(channels, "__path__", [*channels.__path__, str(tmp_path)])
    channels.channels.cache_clear()
    yield tmp_path / "gone.txt"
    channels.channels.cache_clear()
    sys.modules.pop("stranas.system.channels.gateway", None)


def test_there_are_three_channels():
    assert {name: channel.words for name, channel in channels.channels().items()} == {
        "mail": "Surel",
        "notice": "Pemberitahuan",
        "paste": "Teks untuk disalin",
    }


def test_another_channel_is_one_file(app, gateway):
    plan(channel="gateway", address="081234567890", body_text="Yth. Kepala Dinas")
    assert gateway.read_text() == "081234567890: Yth. Kepala Dinas"
    assert (message().state, message().outcome) == (MessageState.SENT, "number 17")
    assert channels.words_of("gateway") == "Gerbang pesan"


def test_nothing_leaves_a_practice_database_on_any_channel(app, gateway):
    clock.start_practice(clock.wall())
    plan(channel="gateway")
    assert not gateway.exists()
    assert (message().state, message().outcome) == (MessageState.SENT, outbox.KEPT)


def test_a_notice_is_there_when_mail_is_down(app, mail_to):
    with smtp.server() as box:
        pass
    mail_to(f"smtp://127.0.0.1:{box.port}")
    for number in range(30):
        plan(f"mail {number}")
    plan("notice", channel="notice")
    assert message("notice").state is MessageState.SENT
    assert message("mail 0").state is MessageState.PLANNED


def test_a_text_to_paste_is_sent_when_a_person_says_so(app):
    plan(channel="paste")
    assert outbox.sweep() == 0
    outbox.deliver_waiting()
    assert (message().state, message().attempts) == (MessageState.PLANNED, 0)
    with unit_of_work():
        assert outbox.sent_by_hand(message_id=message().id)
    assert message().state is MessageState.SENT
    assert message().sent_at is not None
    with unit_of_work():
        assert not outbox.sent_by_hand(message_id=message().id), "only once"


def test_nobody_says_of_a_mail_that_he_sent_it(app, mail_to):
    with smtp.server() as box:
        pass
    mail_to(f"smtp://127.0.0.1:{box.port}")
    plan()
    with unit_of_work():
        assert not outbox.sent_by_hand(message_id=message().id)
    assert message().state is MessageState.PLANNED


def test_a_message_of_a_channel_that_is_not_there_waits(app):
    plan(channel="pigeon")
    outbox.deliver_waiting()
    assert outbox.sweep() == 0
    assert message().state is MessageState.PLANNED
    assert channels.words_of("pigeon") == "pigeon"
    assert db.session.info.get("deferred") is None
