"""The mailbox page: what was planned and sent, without the words of private messages."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from config import ROOT
from stranas.accounts.models import Role
from stranas.reminders.pasting import TEMPLATE
from stranas.reminders.queries.kinds import OTHER, kind_of
from stranas.system import outbox
from stranas.system.db import unit_of_work
from stranas.system.models import MessageState
from tests import factories
from tests.reminders.posted import plan, set_state, state_of


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
    assert "Tidak ada pesan yang cocok" in opened("/kotak-surat?cari=%25")


def test_the_kind_the_channel_and_the_day_narrow_the_list(opened):
    plan("satu", planned_for=datetime(2020, 7, 13, 1, tzinfo=UTC))
    plan("dua", template="mail/receipt", planned_for=datetime(2020, 7, 13, 17, tzinfo=UTC))  # 14 July in WIB
    plan("tiga", channel="notice", template="notice/new", planned_for=datetime(2020, 7, 14, 16, 59, tzinfo=UTC))

    def found(query: str) -> set[str]:
        page = opened(f"/kotak-surat?{query}")
        return {name for name in ("satu", "dua", "tiga") if f"Pengingat {name}<" in page}

    assert found("jenis=pengingat") == {"satu"}
    assert found("jenis=tanda-terima") == {"dua"}
    assert found("jenis=lainnya") == {"tiga"}
    assert found("saluran=notice") == {"tiga"}
    assert found("hari=2020-07-13") == {"satu"}
    assert found("hari=2020-07-14") == {"dua", "tiga"}
    assert found("hari=2020-07-14&jenis=tanda-terima") == {"dua"}
    assert found("hari=besok&jenis=x&saluran=&keadaan=y") == {"satu", "dua", "tiga"}


def test_an_agency_has_a_history_of_its_own(opened):
    temanggung, banyumas = factories.make_agency(), factories.make_agency("33.02", "Kabupaten Banyumas")
    message_id = plan("satu", agency_id=temanggung.id)
    plan("dua", agency_id=banyumas.id)
    assert "/kotak-surat?instansi=33.23" in opened(f"/kotak-surat/{message_id}")
    page = opened("/kotak-surat?instansi=33.23")
    assert "<h1>Riwayat pesan Kabupaten Temanggung</h1>" in page
    assert "Pengingat satu" in page
    assert "Pengingat dua" not in page
    assert "Tidak ada instansi dengan kode 99.99" in opened("/kotak-surat?instansi=99.99")


@pytest.mark.parametrize("words", ["TEMANGGUNG", "33.23"])
def test_the_search_finds_an_agency_by_name_and_code(opened, words):
    plan("satu", agency_id=factories.make_agency().id)
    plan("dua")
    page = opened(f"/kotak-surat?cari={words}")
    assert "Pengingat satu" in page
    assert "Pengingat dua" not in page


def test_a_cancelled_message_says_why(opened):
    with unit_of_work():
        row = outbox.cancelled_row(
            key="k",
            why="Laporan sudah dikirim.",
            template="mail/reminder",
            subject="Pengingat",
            address="budi@example.com",
            recipient_id=None,
        )
        outbox.plan_rows([row])
    assert "Laporan sudah dikirim." in opened("/kotak-surat?keadaan=dibatalkan")


def test_the_number_of_statements_does_not_grow_with_the_rows(opened):
    agency = factories.make_agency()
    plan("nol", agency_id=agency.id)
    few = statements(lambda: opened("/kotak-surat?cari=pengingat"))
    for number in range(30):
        plan(f"nomor {number}", agency_id=agency.id)
    assert statements(lambda: opened("/kotak-surat?cari=pengingat")) == few


def statements(work) -> int:
    said = []

    def note(connection, cursor, statement, *_):
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    return len(said)


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
    assert "Isi pesan pribadi tidak ditampilkan" in page
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


def test_every_mail_has_a_kind_to_be_found_by():
    names = {path.stem for path in (ROOT / "templates/mail").iterdir()}
    assert [name for name in sorted(names) if kind_of(f"mail/{name}") is OTHER and name != "invitation"] == []
    assert kind_of(TEMPLATE.removesuffix(".txt")).words == "Pengingat"
    assert kind_of("invitation").words == "Akun dan sandi"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_a_day_at_the_end_of_all_days_finds_nothing(opened, day):
    plan("satu")
    assert "Tidak ada pesan yang cocok" in opened(f"/kotak-surat?hari={day}")
