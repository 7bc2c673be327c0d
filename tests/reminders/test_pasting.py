"""Texts that the Inspektorat sends to its units by chat: what they say, where they lead, and who sees the links."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.reminders.pasting import LONGEST_ADDRESS, paste_for
from stranas.reminders.queries.pasting import units_owing
from stranas.requests import operations
from stranas.requests.links import address_of
from stranas.requests.models import UnitRequest
from stranas.requests.operations import Doer
from stranas.requests.rules import Party
from stranas.system import clock, outbox
from stranas.system.db import db
from stranas.system.models import MessageState, OutboxMessage
from tests import factories
from tests.requests.people import DUE, NOW, make_link, make_office, make_request
from tests.verification.people import file_for, make_document


@pytest.fixture(autouse=True)
def _first_of_july():
    with clock.at(NOW):
        yield


@pytest.fixture
def office(app):
    return make_office()


@pytest.fixture
def budi(office, sign_in):
    sign_in(office.budi)
    return office.budi


def ask_more(office, key: str, unit=None, wanted: str = "Rekap izin triwulan berjalan.", due=DUE) -> UnitRequest:
    programme = office.obligation.period.programme
    target = factories.make_target(factories.make_item(programme, key), office.obligation.period)
    request = operations.ask(
        obligation=factories.make_obligation(office.agency, target),
        unit=unit or office.unit,
        requirement=target.requirements[0],
        wanted=wanted,
        due_at=due,
        person=office.budi,
        received_at=NOW,
    )
    db.session.commit()
    return request


def send(request, office) -> None:
    operations.add_file(request=request, document=make_document(office.agency), received_at=NOW)
    operations.send(request=request, doer=Doer(Party.UNIT, person=office.lestari), received_at=NOW)
    db.session.commit()


def owing(office) -> list:
    return units_owing(office.agency.id, base_url="https://lapor.example.go.id", now=clock.now())


def paste(office, number: int = 0):
    return paste_for(owing(office)[number], office.agency, now=clock.now())


def notes() -> list[OutboxMessage]:
    return list(db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.channel == "paste")))


def test_one_text_names_all_that_is_awaited_after_what_was_done(office):
    send(make_request(office, office.staffed), office)
    later = ask_more(office, "2-b", office.staffed, due=DUE + timedelta(days=2))
    first = ask_more(office, "2-a", office.staffed)
    assert paste(office).words == (
        "Yth. Kepala DPMPTSP\n\n"
        "Inspektorat Kabupaten Temanggung telah menerima 1 dari 3 data dukung Aksi PK yang diminta. Terima kasih. "
        "Yang masih ditunggu:\n\n"
        "1. 2-a, Triwulan VI (B18): Rekap izin triwulan berjalan.\n"
        "Sampai Sabtu, 4 Juli 2020 pukul 23.59\u00a0WIB.\n"
        f"https://lapor.example.go.id/permintaan-saya/{first.id}\n\n"
        "2. 2-b, Triwulan VI (B18): Rekap izin triwulan berjalan.\n"
        "Sampai Senin, 6 Juli 2020 pukul 23.59\u00a0WIB.\n"
        f"https://lapor.example.go.id/permintaan-saya/{later.id}\n\n"
        "Bila dokumen masih menunggu tanda tangan, mohon ditandai di halaman itu. Abaikan apabila berkas telah dikirim."
    )


def test_the_end_is_told_in_the_own_zone_and_a_late_file_is_welcome(office):
    office.agency.timezone = "Asia/Jayapura"
    make_request(office, office.staffed)
    with clock.at(DUE + timedelta(hours=1)):
        words = paste(office).words
    assert "Sampai Minggu, 5 Juli 2020 pukul 01.59\u00a0WIT (4 Juli 2020 pukul 23.59\u00a0WIB)" in words
    assert "(sudah lewat; berkas tetap dapat dikirim)" in words


def test_tone_is_calm(office):
    make_request(office, office.staffed)
    words = paste(office).words
    assert "!" not in words
    assert not re.search(r"\b(?!DPMPTSP|WIB)[A-Z]{4,}\b", words)


def test_who_has_sent_everything_is_not_there(office):
    send(make_request(office, office.staffed), office)
    make_request(office, office.unit)
    file_for(office.obligation, at=NOW)
    assert owing(office) == []


def test_units_come_by_their_nearest_end(office):
    make_request(office, office.staffed, due=DUE + timedelta(days=3))
    make_request(office, office.unit)
    assert [one.name for one in owing(office)] == ["Dinas Sosial", "Dinas Penanaman Modal"]


def test_the_number_of_questions_does_not_grow(office):
    make_request(office, office.unit)
    few = len(_questions(lambda: owing(office)))
    for number in range(6):
        unit = factories.make_unit(office.agency, f"Unit {number}")
        make_link(ask_more(office, f"5-{number}", unit))
    assert len(_questions(lambda: owing(office))) == few


def _questions(work) -> list[str]:
    found: list[str] = []

    def note(connection, cursor, statement, *_):
        found.append(statement)

    event.listen(db.engines[None], "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engines[None], "before_cursor_execute", note)
    return found


def test_a_unit_without_account_gets_the_links_that_stand(client, office, budi):
    make_link(make_request(office, office.unit))
    page = client.get("/pengingat/unit").text
    (address,) = set(re.findall(r"http://127\.0\.0\.1:5000(/permintaan/tautan/[\w.-]+)", page))
    assert client.get(address).status_code == 200
    assert "Mohon hanya diteruskan kepada petugas" in page


def test_a_link_that_is_over_or_missing_is_made_on_the_page(client, office, budi):
    make_link(make_request(office, office.unit)).expires_at = clock.wall() - timedelta(minutes=1)
    ask_more(office, "2-a")
    db.session.commit()
    unit_id = office.unit.id
    page = client.get("/pengingat/unit").text
    assert "dan 2 permintaan belum mempunyai tautan yang berlaku" in page
    assert "Tautan dapat dibuka tanpa akun" not in page
    assert "/permintaan/tautan/" not in page
    assert "halaman itu" not in page, "there is none yet"
    answer = client.post(f"/pengingat/unit/{unit_id}/tautan", follow_redirects=True)
    assert "mohon ditandai di halaman itu" in answer.text
    assert "2 tautan dibuat." in answer.text
    assert "belum mempunyai tautan" not in answer.text
    assert len(set(re.findall(r"5000(/permintaan/tautan/[\w.-]+)", answer.text))) == 2
    again = client.post(f"/pengingat/unit/{unit_id}/tautan", follow_redirects=True)
    assert "Semua permintaan unit ini sudah mempunyai tautan." in again.text


def test_links_of_another_agency_are_nowhere(client, sign_in, office):
    make_link(make_request(office, office.unit))
    other = make_office("33.02", "Kabupaten Banyumas", target=office.obligation.target)
    sign_in(other.budi)
    assert "/permintaan/tautan/" not in client.get("/pengingat/unit").text
    assert client.post(f"/pengingat/unit/{office.unit.id}/terkirim").status_code == 404


@pytest.mark.parametrize("role", [Role.CERTIFIER, Role.AGENCY_ADMIN, Role.UNIT])
def test_only_coordinators_see_the_page(client, sign_in, office, role):
    sign_in(factories.make_person(role, office.agency, name="Orang"))
    assert client.get("/pengingat/unit").status_code == 403


def test_the_chat_opens_with_the_text_and_the_number(client, office, budi):
    make_link(make_request(office, office.unit))
    address = urlsplit(paste(office).chat)
    assert (address.netloc, address.path) == ("wa.me", "/628123456789")
    assert parse_qs(address.query)["text"] == [paste(office).words]
    page = client.get("/pengingat/unit").text
    assert re.search(r'href="https://wa\.me/628123456789\?text=[^"]+" target="_blank" rel="noopener noreferrer"', page)


@pytest.mark.parametrize("staffed", [True, False])
def test_a_long_text_opens_the_chat_with_a_short_one(client, office, budi, staffed):
    unit = office.staffed if staffed else office.unit
    requests = [ask_more(office, f"4-{number}", unit, wanted="Rekap izin. " * 40) for number in range(4)]
    links = [] if staffed else [make_link(request) for request in requests]
    made = paste(office)
    short = parse_qs(urlsplit(made.chat).query)["text"][0]
    assert made.is_short
    assert len(made.chat) <= LONGEST_ADDRESS
    assert made.words.count("Rekap izin. Rekap izin.") > 4
    assert "4 permintaan, yang terdekat sampai Sabtu, 4 Juli 2020" in short
    page = "/permintaan-saya\n" if staffed else f"/permintaan/tautan/{_token(links[0])}\n"
    assert page in short
    assert "Abaikan apabila berkas telah dikirim." in short
    assert "WhatsApp terbuka dengan pesan pendek" in client.get("/pengingat/unit").text


def _token(link) -> str:
    return address_of(link).rpartition("/")[2]


def test_what_was_sent_by_hand_is_a_row_that_nobody_delivers(client, office, budi):
    request = make_request(office, office.staffed)
    office.staffed.phone = "0812-3456-7890"
    db.session.commit()
    answer = client.post(f"/pengingat/unit/{office.staffed.id}/terkirim", follow_redirects=True)
    assert "Terakhir dicatat terkirim 1 Juli 2020 pukul 10.00\u00a0WIB, oleh Budi." in answer.text
    (note,) = notes()
    assert (note.state, note.sent_at, note.attempts) == (MessageState.SENT, NOW, 0)
    assert (note.address, note.agency_id, note.private) == ("6281234567890", office.agency.id, False)
    assert note.payload["requests"] == [request.id]
    assert "Pengingat lewat WhatsApp: 1 permintaan, Dinas Penanaman Modal" in note.subject
    assert outbox.sweep() == 0


def test_words_with_a_link_are_shown_to_nobody_else(client, office, budi, sign_in):
    make_link(make_request(office, office.unit))
    client.post(f"/pengingat/unit/{office.unit.id}/terkirim")
    (note,) = notes()
    assert note.private
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    page = client.get(f"/kotak-surat/{note.id}").text
    assert "Pengingat lewat WhatsApp" in page
    assert "/permintaan/tautan/" not in page


def test_the_same_text_is_noted_once_a_day_and_another_one_again(client, office, budi):
    make_request(office, office.staffed)
    unit_id = office.staffed.id
    for _ in range(2):
        answer = client.post(f"/pengingat/unit/{unit_id}/terkirim", follow_redirects=True)
    assert "sudah tercatat hari ini" in answer.text
    ask_more(office, "2-a", office.staffed)
    client.post(f"/pengingat/unit/{unit_id}/terkirim")
    with clock.at(NOW + timedelta(days=1)):
        client.post(f"/pengingat/unit/{unit_id}/terkirim")
    assert len(notes()) == 3


def test_nothing_is_noted_when_everything_came_meanwhile(client, office, budi):
    send(make_request(office, office.staffed), office)
    answer = client.post(f"/pengingat/unit/{office.staffed.id}/terkirim", follow_redirects=True)
    assert "sudah mengirim semua yang diminta" in answer.text
    assert "Tidak ada perangkat daerah yang masih ditunggu." in answer.text
    assert notes() == []


def test_the_board_leads_there_for_the_coordinator_only(client, sign_in, office):
    sign_in(office.budi)
    assert 'href="/pengingat/unit"' in client.get("/permintaan").text
    sign_in(factories.make_person(Role.CERTIFIER, office.agency, name="Sri"))
    assert 'href="/pengingat/unit"' not in client.get("/permintaan").text
