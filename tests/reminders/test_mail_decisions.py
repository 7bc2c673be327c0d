"""What people do with single messages on the mailbox page: decide, send again, cancel. All of it is audited."""

from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.system import clock, outbox
from stranas.system.db import db
from stranas.system.models import AuditEntry, MessageState, OutboxMessage
from tests import factories
from tests.reminders.posted import plan, set_state, state_of

DOORS = ("kirim-ulang", "sudah-sampai", "batalkan")


@pytest.fixture
def undecided(opened):
    message_id = plan()
    lost = {"needs_decision": True, "claimed_at": clock.wall() - timedelta(hours=1)}
    set_state(message_id, MessageState.FAILED, outbox.LOST_CLAIM, **lost)
    return message_id


def audited() -> list[tuple[str, str, str]]:
    entries = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action.startswith("message.")))
    return [(entry.action, entry.subject, entry.actor_name) for entry in entries]


def test_what_needs_a_decision_is_counted_on_top_and_has_a_filter(opened, undecided):
    plan("lain")
    assert "1 pesan perlu keputusan" in opened("/kotak-surat")
    page = opened("/kotak-surat?keadaan=perlu-keputusan")
    assert "Pengingat k<" in page
    assert "Pengingat lain<" not in page
    assert "Pengingat k<" not in opened("/kotak-surat?keadaan=gagal")


def test_nothing_is_said_of_decisions_where_none_is_needed(opened):
    plan()
    assert "perlu keputusan" not in opened("/kotak-surat")


def test_it_has_arrived(opened, client, undecided):
    assert "mungkin sudah sampai, mungkin belum" in opened(f"/kotak-surat/{undecided}")
    assert client.post(f"/kotak-surat/{undecided}/sudah-sampai").status_code == 302
    assert state_of(undecided) is MessageState.SENT
    assert "Dinyatakan sudah sampai oleh Ani, " in opened(f"/kotak-surat/{undecided}")
    assert audited() == [("message.has_arrived", f"message:{undecided}", "Ani")]


def test_it_is_sent_again(opened, client, undecided):
    assert client.post(f"/kotak-surat/{undecided}/kirim-ulang").status_code == 302
    assert state_of(undecided) is MessageState.SENT
    assert "perlu keputusan" not in opened("/kotak-surat")
    assert audited() == [("message.sent_again", f"message:{undecided}", "Ani")]


def test_of_two_who_decide_the_second_learns_that_it_was_decided(opened, client, undecided):
    client.post(f"/kotak-surat/{undecided}/sudah-sampai")
    for door in ("kirim-ulang", "sudah-sampai"):
        assert client.post(f"/kotak-surat/{undecided}/{door}").status_code == 409
    assert len(audited()) == 1


def test_what_needs_a_decision_cannot_be_cancelled(opened, client, undecided):
    assert "Batalkan pesan ini" not in opened(f"/kotak-surat/{undecided}")
    assert client.post(f"/kotak-surat/{undecided}/batalkan", data={"why": "Keliru"}).status_code == 409


def test_a_failed_message_can_be_sent_again(opened, client):
    message_id = plan()
    set_state(message_id, MessageState.FAILED, "Server surel menolak pesan ini: 550 no such mailbox", attempts=7)
    page = opened(f"/kotak-surat/{message_id}")
    assert "550 no such mailbox" in page
    assert "Tidak dicoba lagi dengan sendirinya" in page
    assert client.post(f"/kotak-surat/{message_id}/kirim-ulang").status_code == 302
    assert state_of(message_id) is MessageState.SENT


def test_a_failed_message_says_when_it_is_tried_again(opened):
    message_id = plan()
    set_state(message_id, MessageState.FAILED, "451", attempts=2, claimed_at=clock.wall())
    assert "Dicoba lagi dengan sendirinya setelah" in opened(f"/kotak-surat/{message_id}")


def test_a_sent_message_is_not_sent_again(opened, client):
    message_id = plan()
    assert "Kirim ulang" not in opened(f"/kotak-surat/{message_id}")
    assert client.post(f"/kotak-surat/{message_id}/kirim-ulang").status_code == 409


def test_a_planned_message_is_cancelled_with_a_reason(opened, client):
    message_id = plan(planned_for=clock.now() + timedelta(days=1))
    answer = client.post(f"/kotak-surat/{message_id}/batalkan", data={"why": " "})
    assert answer.status_code == 422
    assert "Tulis alasannya." in answer.text
    assert state_of(message_id) is MessageState.PLANNED
    assert client.post(f"/kotak-surat/{message_id}/batalkan", data={"why": "Alamat keliru"}).status_code == 302
    assert state_of(message_id) is MessageState.CANCELLED
    assert "Dibatalkan oleh Ani: Alamat keliru" in opened("/kotak-surat")
    assert audited() == [("message.cancelled", f"message:{message_id}", "Ani")]


def test_a_text_to_paste_waits_for_its_sender(opened):
    plan(channel="paste", address="081234567890")
    assert "Menunggu dikirim petugas</span>" in opened("/kotak-surat?keadaan=menunggu-disalin")
    assert "belum terkirim pada waktunya" not in opened("/kotak-surat")


def test_late_and_failed_messages_are_counted_on_top(opened):
    waiting, failed = plan("satu"), plan("dua")
    set_state(waiting, MessageState.PLANNED, "Server surel tidak dapat dihubungi: [Errno 111]")
    set_state(failed, MessageState.FAILED, "451")
    db.session.execute(db.update(OutboxMessage).values(planned_for=clock.now() - timedelta(minutes=11)))
    db.session.commit()
    page = opened("/kotak-surat")
    assert "1 belum terkirim pada waktunya" in page
    assert "1 gagal" in page
    assert "Server surel tidak dapat dihubungi" in page


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.NATIONAL_TEAM])
def test_readers_of_the_mailbox_decide_nothing(client, sign_in, app, role):
    message_id = plan()
    set_state(message_id, MessageState.FAILED, outbox.LOST_LINE, needs_decision=True)
    sign_in(factories.make_person(role, name="Oki"))
    page = client.get(f"/kotak-surat/{message_id}").text
    assert "Perlu keputusan" in page
    assert "Kirim ulang</button>" not in page
    assert [client.post(f"/kotak-surat/{message_id}/{door}").status_code for door in DOORS] == [403, 403, 403]
    assert state_of(message_id) is MessageState.FAILED
