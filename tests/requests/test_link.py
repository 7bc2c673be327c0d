"""The one-time link: opened without an account, limited to one request, used up only by sending."""

from datetime import timedelta

import pytest

from stranas.evidence.models import CheckRun, Document
from stranas.requests import links, operations
from stranas.requests.models import RequestEvent, RequestFile, RequestLink, UnitRequest
from stranas.requests.rules import Act, State
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry, OutboxMessage
from tests.pages import faults
from tests.requests.people import CSV, NOW, make_link, make_office, make_request, upload
from tests.test_bad_inputs import WORDS


@pytest.fixture
def office(app):
    with clock.at(NOW):
        yield make_office()


@pytest.fixture
def request_(office) -> UnitRequest:
    return make_request(office)


@pytest.fixture
def door(request_) -> str:
    return way(make_link(request_))


def way(link: RequestLink) -> str:
    return "/permintaan/tautan/" + links.address_of(link).rsplit("/", 1)[1]


def acts() -> list[Act]:
    return list(db.session.scalars(db.select(RequestEvent.act).order_by(RequestEvent.sequence)))


def send(client, door, *files, do="kirim", **fields):
    data = {"do": do, "berkas": list(files), "description": ""} | fields
    return client.post(door, data=data, content_type="multipart/form-data")


def stands(request_) -> State:
    db.session.expire_all()
    return request_.state


def test_it_says_who_asks_what_and_until_when_without_signing_in(client, door, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = client.get(door)
    assert answer.status_code == 200
    assert faults(answer.text) == []
    for words in (
        "Inspektorat Kabupaten Temanggung",
        "Laporan pemenuhan komitmen triwulan berjalan.",
        "ditandatangani pimpinan unit",
        "Sabtu, 4 Juli 2020 pukul 23.59",
        "100\u00a0MB per berkas",
        "Perlu bantuan?",
    ):
        assert words in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"


def test_opening_is_remembered_once_and_uses_nothing_up(client, door, request_):
    client.head(door)
    assert acts() == [Act.ASKED]
    for _ in range(3):
        assert client.get(door).status_code == 200
    assert acts() == [Act.ASKED, Act.SEEN]
    seen = db.session.scalars(db.select(RequestEvent).order_by(RequestEvent.id.desc())).first()
    assert (seen.actor_id, seen.link_id is None) == (None, False)


def test_sent_files_land_as_drafts_for_the_inspektorat_and_are_checked(client, door, request_, office):
    answer = send(client, door, upload(), upload("surat.csv", CSV + b"x,1\n"), description="Rekap Juni")
    assert answer.status_code == 303
    assert stands(request_) is State.UPLOADED
    documents = db.session.scalars(db.select(Document).order_by(Document.id)).all()
    assert [d.name for d in documents] == ["rekap.csv", "surat.csv"]
    assert {d.agency_id for d in documents} == {office.agency.id}
    assert len(db.session.scalars(db.select(CheckRun)).all()) == 2
    assert request_.description == "Rekap Juni"
    arrival = db.session.scalars(db.select(OutboxMessage)).one()
    assert arrival.address == office.budi.email


def test_after_sending_it_shows_what_came_and_takes_no_more(client, door, request_):
    send(client, door, upload())
    page = client.get(door).text
    assert "rekap.csv" in page
    assert "1 Juli 2020 pukul 10.00" in page
    assert "Kirim ke Inspektorat" not in page
    again = send(client, door, upload("lain.csv", CSV * 2))
    assert again.status_code == 409
    assert len(db.session.scalars(db.select(Document)).all()) == 1


def test_sent_back_it_opens_again_with_the_reason(client, door, request_):
    send(client, door, upload())
    operations.send_back(request=request_, reason="Halaman 2 belum ada.", person=None, received_at=NOW)
    db.session.commit()
    assert "Halaman 2 belum ada." in client.get(door).text
    assert send(client, door, upload("lengkap.csv", CSV * 2)).status_code == 303
    assert stands(request_) is State.UPLOADED
    assert len(db.session.scalars(db.select(RequestFile)).all()) == 2


@pytest.mark.parametrize(("seconds", "code"), [(-1, 200), (0, 410), (1, 410)])
def test_it_ends_to_the_second(client, request_, monkeypatch, seconds, code):
    link = make_link(request_)
    door, instant = way(link), link.expires_at + timedelta(seconds=seconds)
    monkeypatch.setattr(clock, "wall", lambda: instant)
    assert client.get(door).status_code == code
    assert send(client, door, upload(), description="Ditulis").status_code == (303 if code == 200 else code)


def test_a_new_link_replaces_the_old_one(client, door, request_):
    fresh = way(make_link(request_))
    assert client.get(door).status_code == 410
    assert client.get(fresh).status_code == 200


def test_a_revoked_link_is_over_and_keeps_the_typed_words_on_the_page(client, door, request_):
    operations.revoke_link(request=request_)
    db.session.commit()
    answer = send(client, door, upload(), description="Panjang sekali keterangannya")
    assert answer.status_code == 410
    assert "Panjang sekali keterangannya" in answer.text
    assert db.session.scalars(db.select(Document)).all() == []


@pytest.mark.parametrize(
    "change", [lambda t: t[:-5] + ("A" if t[-5] != "A" else "B") + t[-4:], lambda t: "x" + t, lambda t: "x"]
)
def test_an_address_that_we_did_not_make_opens_nothing_and_tells_nothing(client, door, request_, change):
    head, token = door.rsplit("/", 1)
    answer = client.get(f"{head}/{change(token)}")
    assert answer.status_code == 404
    assert "Tautan ini tidak berlaku" in answer.text
    assert "Temanggung" not in answer.text
    assert acts() == [Act.ASKED]


def test_the_nonce_alone_opens_nothing(client, request_):
    link = make_link(request_)
    assert client.get(f"/permintaan/tautan/{link.nonce}").status_code == 404


def test_a_bad_file_is_named_and_the_good_ones_and_the_words_stay(client, door, request_):
    answer = send(client, door, upload(), upload("kosong.pdf", b""), description="Rekap Juni")
    assert answer.status_code == 422
    assert "kosong.pdf" in answer.text
    assert "Berkas kosong" in answer.text
    assert "Rekap Juni" in answer.text
    assert stands(request_) is not State.UPLOADED
    assert [f.document.name for f in db.session.scalars(db.select(RequestFile))] == ["rekap.csv"]
    assert send(client, door, description="Rekap Juni").status_code == 303
    assert stands(request_) is State.UPLOADED


def test_a_file_over_the_limit_is_a_sentence(client, door, request_, app, monkeypatch):
    monkeypatch.setattr(app.config["SETTINGS"], "upload_limit_mb", 0.01)
    answer = send(client, door, upload("besar.csv", b"x" * 10_001), description="Rekap")
    assert answer.status_code == 422
    assert "Berkas lebih besar dari batas 10\u00a0KB" in answer.text
    assert "Rekap" in answer.text


def test_a_phone_that_keeps_no_cookies_can_answer(client, door, request_, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert send(client, door, upload()).status_code == 303
    assert stands(request_) is State.UPLOADED


def test_sending_nothing_is_a_sentence(client, door, request_):
    answer = send(client, door)
    assert answer.status_code == 422
    assert "Belum ada berkas yang diunggah." in answer.text


def test_a_file_may_be_taken_off_before_sending(client, door, request_):
    send(client, door, upload(), do="simpan")
    file_id = db.session.scalars(db.select(RequestFile.id)).one()
    assert send(client, door, do=f"lepas-{file_id}").status_code == 303
    assert db.session.scalars(db.select(RequestFile)).all() == []


def test_waiting_for_a_signature_says_who_and_since_when(client, door, request_):
    assert send(client, door, do="ttd", signer="", since="2020-06-30").status_code == 422
    assert send(client, door, do="ttd", signer="Kepala Dinas", since="2020-07-02").status_code == 422
    assert send(client, door, do="ttd", signer="Kepala Dinas", since="2020-06-30").status_code == 303
    assert stands(request_) is State.SIGNING
    assert "Kepala Dinas, sejak 30 Juni 2020" in client.get(door).text


@pytest.mark.parametrize("name", ["do", "description", "signer", "since", "berkas"])
def test_odd_words_in_any_field_are_answered_with_a_page(client, door, request_, name):
    for do in ("kirim", "ttd", "simpan", "lepas-1"):
        for odd in WORDS:
            fields = {"do": do, "description": "", "signer": "Kepala", "since": "2020-06-30"} | {name: odd}
            assert client.post(door, data=fields).status_code in {303, 422}, (do, odd)


def test_no_trail_and_no_log_holds_the_address(client, door, request_, app, monkeypatch, caplog):
    send(client, door, upload())
    client.get(door + "x")
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    monkeypatch.setattr("stranas.requests.queries.asked.view_of", lambda row: 1 / 0)
    assert client.get(door).status_code == 500
    token = door.rsplit("/", 1)[1]
    said = [f"{entry.subject} {entry.details}" for entry in db.session.scalars(db.select(AuditEntry))]
    assert token not in " ".join(said) + caplog.text
    assert "/permintaan/tautan/<token>" in caplog.text
