"""The mailbox page: what was planned and sent, without the words of private messages."""

import pytest

from stranas.accounts.models import Role
from stranas.system import outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from tests import factories


@pytest.fixture
def ani(app):
    return factories.make_person(Role.ADMIN, name="Ani")


@pytest.fixture
def opened(client, sign_in, ani):
    """`opened("/kotak-surat")`: the page as Ani sees it."""
    sign_in(ani)
    return lambda address: client.get(address).get_data(as_text=True)


def plan(key: str = "k", **columns) -> int:
    values = {
        "recipient_id": None,
        "address": "budi@example.com",
        "template": "mail/reminder",
        "subject": f"Pengingat {key}",
        "body_text": "Yth. Inspektur\nYang masih ditunggu",
    }
    with unit_of_work():
        outbox.plan(key=key, **(values | columns))
    return db.session.scalar(db.select(OutboxMessage.id).where(OutboxMessage.key == key))


def set_state(message_id: int, state: MessageState, outcome: str | None = None) -> None:
    with unit_of_work():
        db.session.execute(
            db.update(OutboxMessage).where(OutboxMessage.id == message_id).values(state=state, outcome=outcome)
        )


def state_of(message_id: int) -> MessageState:
    return db.session.scalar(db.select(OutboxMessage.state).where(OutboxMessage.id == message_id))


def test_a_kept_message_says_that_it_did_not_leave(opened):
    message_id = plan()
    assert "Tercatat, tidak dikirim keluar" in opened("/kotak-surat")
    page = opened(f"/kotak-surat/{message_id}")
    assert "Yang masih ditunggu" in page
    assert "budi@example.com" in page


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (MessageState.PLANNED, "Direncanakan"),
        (MessageState.CLAIMED, "Sedang dikirim"),
        (MessageState.SENT, "Terkirim"),
        (MessageState.FAILED, "Gagal"),
        (MessageState.CANCELLED, "Dibatalkan"),
    ],
)
def test_every_state_is_a_word(opened, state, word):
    message_id = plan()
    set_state(message_id, state)
    assert f"{word}</span>" in opened("/kotak-surat")
    assert f"{word}</span>" in opened(f"/kotak-surat/{message_id}")


def test_filters_and_search_narrow_the_list(opened):
    set_state(plan("satu"), MessageState.FAILED)
    plan("dua", address="dewi_x@example.com")
    assert "Pengingat dua" not in opened("/kotak-surat?keadaan=gagal")
    assert "Pengingat satu" in opened("/kotak-surat?keadaan=gagal")
    assert "Pengingat satu" not in opened("/kotak-surat?cari=DEWI_")
    assert "Pengingat dua" in opened("/kotak-surat?cari=DEWI_")
    assert "Pengingat satu" in opened("/kotak-surat?cari=pengingat+SATU")
    assert "Tidak ada surel yang cocok" in opened("/kotak-surat?cari=%25")


def test_the_list_is_paged(opened):
    for number in range(51):
        plan(f"nomor {number:02}")
    assert "Pengingat nomor 00" not in opened("/kotak-surat")
    assert "Pengingat nomor 00" in opened("/kotak-surat?halaman=2")
    assert "Halaman 2 dari 2" in opened("/kotak-surat?halaman=99")
    assert "Halaman 1 dari 2" in opened("/kotak-surat?halaman=-3")


def test_a_private_message_never_shows_its_words_to_others(opened):
    message_id = plan(private=True, recipient_id=77, body_text="https://contoh.example/reset/rahasia")
    page = opened(f"/kotak-surat/{message_id}")
    assert "Isi surel pribadi tidak ditampilkan" in page
    assert "rahasia" not in page
    assert "rahasia" not in opened("/kotak-surat?cari=rahasia").replace('value="rahasia"', "")


def test_the_recipient_reads_the_own_private_message(opened, ani):
    message_id = plan(private=True, recipient_id=ani.id, body_text="tautan masuk")
    assert "tautan masuk" in opened(f"/kotak-surat/{message_id}")


def test_words_of_a_message_are_escaped(opened):
    message_id = plan(subject="<b>x</b>", body_text="<script>alert(1)</script>")
    page = opened(f"/kotak-surat/{message_id}")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_failed_message_can_be_sent_again(opened, client):
    message_id = plan()
    set_state(message_id, MessageState.FAILED, "SMTPDataError: 451 try again later")
    page = opened(f"/kotak-surat/{message_id}")
    assert "451 try again later" in page
    assert "Kirim ulang" in page
    assert client.post(f"/kotak-surat/{message_id}/kirim-ulang").status_code == 302
    assert state_of(message_id) is MessageState.SENT


def test_a_sent_message_is_not_sent_again(opened, client):
    message_id = plan()
    assert "Kirim ulang" not in opened(f"/kotak-surat/{message_id}")
    assert client.post(f"/kotak-surat/{message_id}/kirim-ulang").status_code == 409


def test_an_observer_reads_but_does_not_resend(client, sign_in, app):
    message_id = plan()
    set_state(message_id, MessageState.FAILED)
    sign_in(factories.make_person(Role.OBSERVER, name="Oki"))
    assert "Kirim ulang" not in client.get(f"/kotak-surat/{message_id}").get_data(as_text=True)
    assert client.post(f"/kotak-surat/{message_id}/kirim-ulang").status_code == 403
    assert state_of(message_id) is MessageState.FAILED


def test_an_agency_does_not_see_the_mailbox(client, sign_in, app):
    message_id = plan()
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency()))
    assert client.get("/kotak-surat").status_code == 403
    assert client.get(f"/kotak-surat/{message_id}").status_code == 403


def test_an_unknown_message_is_not_found(client, sign_in, ani):
    sign_in(ani)
    assert client.get("/kotak-surat/999999").status_code == 404
    assert client.post("/kotak-surat/999999/kirim-ulang").status_code == 404
