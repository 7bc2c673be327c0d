"""The notice centre: what one person was told, and what he has not read."""

from datetime import UTC, datetime, timedelta

import pytest

from stranas.accounts.models import Role
from stranas.system import clock, outbox
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from tests import factories
from tests.reminders.posted import plan, set_state

PAGE = "/pemberitahuan"


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency(), name="Budi")


@pytest.fixture
def read(client, sign_in, budi):
    """`read("/pemberitahuan")`: the page as Budi sees it."""
    sign_in(budi)
    return lambda address=PAGE: client.get(address).get_data(as_text=True)


def tell(budi, key: str = "satu", **columns) -> int:
    return plan(key, recipient_id=budi.id, **({"channel": "notice"} | columns))


def new_in_header(page: str) -> int:
    before, _, _ = page.partition('<span class="visually-hidden"> belum dibaca')
    return int(before.rsplit("<b>", 1)[1]) if before != page else 0


def test_a_notice_is_unread_until_it_is_opened(read, budi):
    message_id = tell(budi)
    page = read()
    assert "Pengingat satu" in page
    assert "Belum dibaca</span>" in page
    assert new_in_header(page) == 1
    opened = read(f"{PAGE}/{message_id}")
    assert "Yang masih ditunggu" in opened
    assert new_in_header(opened) == 0
    assert "Belum dibaca</span>" not in read()


def test_the_newest_is_on_top(read, budi):
    tell(budi, "kemarin", planned_for=datetime(2020, 7, 12, tzinfo=UTC))
    tell(budi, "hari ini", planned_for=datetime(2020, 7, 13, tzinfo=UTC))
    page = read()
    assert page.index("Pengingat hari ini") < page.index("Pengingat kemarin")


def test_all_are_marked_read_but_not_what_came_since(read, client, budi):
    seen = tell(budi, "satu")
    tell(budi, "dua")
    answer = client.post(f"{PAGE}/dibaca", data={"sampai": seen}, follow_redirects=True)
    assert "1 pemberitahuan ditandai sudah dibaca." in answer.text
    assert new_in_header(answer.text) == 1


def test_mails_are_notices_too_unless_a_notice_says_the_same(read, budi):
    tell(budi, "tanda terima", channel="mail", template="mail/receipt")
    tell(budi, "surel pengingat", channel="mail", template="mail/reminder")
    tell(budi, "pengingat", channel="notice", template="mail/reminder")
    page = read()
    assert "Pengingat tanda terima" in page
    assert "Pengingat surel pengingat" not in page
    assert "Pengingat pengingat" in page
    assert new_in_header(page) == 2


def test_it_is_useful_when_mail_is_down(read, budi):
    waiting = tell(budi, "menunggu", channel="mail", template="mail/decision")
    set_state(waiting, MessageState.PLANNED, "Server surel tidak dapat dihubungi: [Errno 111]")
    failed = tell(budi, "gagal", channel="mail", template="mail/decision")
    set_state(failed, MessageState.FAILED, "451")
    page = read()
    assert "Pengingat menunggu" in page
    assert "Pengingat gagal" in page
    assert "belum terkirim; isinya sama" in read(f"{PAGE}/{failed}")


def test_what_is_cancelled_or_of_later_is_not_told(read, budi):
    set_state(tell(budi, "batal"), MessageState.CANCELLED, "Laporan sudah dikirim.")
    later = tell(budi, "nanti", planned_for=clock.now() + timedelta(hours=1))
    page = read()
    assert "Pengingat batal" not in page
    assert "Pengingat nanti" not in page
    assert "Belum ada pemberitahuan" in page
    assert "Pengingat nanti" not in read(f"{PAGE}/{later}")


def test_nobody_reads_the_notices_of_another(read, client, budi):
    dewi = factories.make_person(Role.COORDINATOR, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Dewi")
    message_id = tell(dewi)
    assert "Pengingat satu" not in read()
    assert client.get(f"{PAGE}/{message_id}").status_code == 404
    client.post(f"{PAGE}/dibaca", data={"sampai": message_id})
    db.session.expire_all()
    assert db.session.get_one(OutboxMessage, message_id).seen_at is None


def test_a_link_that_opens_an_account_is_not_shown_at_a_signed_in_screen(read, client, budi):
    message_id = tell(
        budi, channel="mail", template="reset_instructions", private=True, body_text="https://x.id/rahasia"
    )
    assert "Pengingat satu" not in read()
    assert client.get(f"{PAGE}/{message_id}").status_code == 404


def test_addresses_in_a_notice_are_links_and_its_words_are_escaped(read, budi):
    body = "Buka https://stranas.example/laporan/7?a=1&b=2.\n<b>x</b>"
    page = read(f"{PAGE}/{tell(budi, body_text=body)}")
    assert '<a href="https://stranas.example/laporan/7?a=1&amp;b=2" rel="noopener">' in page
    assert "&lt;b&gt;x&lt;/b&gt;" in page


def test_a_long_list_is_paged(read, budi):
    for number in range(31):
        tell(budi, f"nomor {number:02}")
    assert "Pengingat nomor 00" not in read()
    assert "Pengingat nomor 00" in read(f"{PAGE}?halaman=2")


def test_public_pages_ask_nothing_about_notices(client, app, monkeypatch):
    monkeypatch.setattr(outbox, "unread", lambda person_id: pytest.fail("nobody is signed in"))
    assert client.get("/tanda-terima/tidak-ada").status_code in {200, 404}
    assert client.get("/masuk").status_code == 200
