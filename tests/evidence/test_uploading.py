"""Resumable upload through its door: the protocol to the letter, whose an upload is, and what becomes of it."""

import base64
import hashlib
import os
import time
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from stranas import jobs
from stranas.accounts.models import Role
from stranas.evidence import finishing
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.uploads import KEPT_FOR, DiskFull, MovedOn
from stranas.evidence.views import uploading
from stranas.reporting.models import Evidence, Submission
from stranas.reporting.rules import Status
from stranas.requests import operations as requesting
from stranas.requests.models import RequestFile
from stranas.system import clock
from stranas.system.db import db
from stranas.system.storage import FolderStorage, storage
from tests import factories
from tests.requests.people import make_link, make_office, make_request
from tests.requests.test_link import way

TUS = {"Tus-Resumable": "1.0.0"}
NOW = datetime(2020, 7, 13, 2, tzinfo=UTC)
CSV = b"izin,jumlah\n" + b"".join(b"IMB,%d\n" % n for n in range(20_000))
SESSION_OVER = SimpleNamespace(fs_uniquifier="nobody")


@pytest.fixture
def office(app):
    with clock.at(NOW):
        yield make_office()


@pytest.fixture(autouse=True)
def _no_leftovers(app):
    """Rows are rolled back after a test, folders are not."""
    yield
    for upload_folder in finishing.uploads().root.glob("*/*"):
        for file in upload_folder.iterdir():
            file.unlink()
        upload_folder.rmdir()


@pytest.fixture
def budi(office, sign_in):
    sign_in(office.budi)
    return office.budi


@pytest.fixture
def place(office) -> str:
    return f"laporan/{office.obligation.id}/{office.obligation.target.requirements[0].id}"


def metadata(**words) -> str:
    return ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())


def begin(client, place, *, name="rekap izin.csv", length=len(CSV), **headers):
    words = {"Upload-Length": str(length), "Upload-Metadata": metadata(filename=name, place=place)}
    return client.post("/unggah", headers=TUS | words | headers)


def send(client, address, content: bytes, offset: int, **headers):
    words = {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return client.patch(address, data=content, headers=TUS | words | headers)


def look(client, address, **headers):
    return client.head(address, headers=TUS | headers)


def told(client, address, **headers) -> dict:
    return client.get(address, headers=TUS | headers).json


def whole(client, place, **more) -> str:
    address = begin(client, place, **more).location
    assert send(client, address, CSV, 0).status_code == 204
    return address


def documents() -> list[Document]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Document).order_by(Document.id)))


def attached() -> list[Evidence]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Evidence).where(Evidence.detached_at.is_(None))))


def checksum(algorithm: str, content: bytes) -> dict[str, str]:
    digest = hashlib.new(algorithm, content).digest()
    return {"Upload-Checksum": f"{algorithm} {base64.b64encode(digest).decode()}"}


def age(address: str, owner: str, by: timedelta) -> None:
    """As if the last byte had come so long ago."""
    upload = finishing.uploads().find(owner, address.rsplit("/", 1)[1])
    then = time.time() - by.total_seconds()
    for file in (finishing.uploads().data(upload), finishing.uploads().data(upload).with_name("about.json")):
        if file.exists():
            os.utime(file, (then, then))


# The protocol.


def test_options_tell_what_there_is_without_the_version(client, app):
    answer = client.options("/unggah")
    assert (answer.status_code, answer.data) == (204, b"")
    assert answer.headers["Tus-Version"] == answer.headers["Tus-Resumable"] == "1.0.0"
    assert answer.headers["Tus-Extension"] == "creation,expiration,checksum,termination"
    assert answer.headers["Tus-Max-Size"] == "100000000"
    assert answer.headers["Tus-Checksum-Algorithm"] == "sha1,sha256,md5"


@pytest.mark.parametrize("version", [{}, {"Tus-Resumable": "0.2.2"}])
@pytest.mark.parametrize("method", ["POST", "HEAD", "PATCH", "DELETE", "GET"])
def test_without_the_version_nothing_is_done(client, budi, place, version, method):
    address = "/unggah" if method == "POST" else begin(client, place).location
    answer = client.open(address, method=method, headers=version)
    assert answer.status_code == 412
    assert answer.headers["Tus-Version"] == "1.0.0"


def test_an_upload_in_two_parts_becomes_evidence_when_the_last_byte_came(client, budi, place, office):
    answer = begin(client, place)
    assert answer.status_code == 201
    assert "Upload-Expires" in answer.headers
    address = answer.location
    first = send(client, address, CSV[:1000], 0)
    assert (first.status_code, first.headers["Upload-Offset"], first.data) == (204, "1000", b"")
    assert "Upload-Expires" in first.headers
    assert documents() == [], "no row before completion"
    seen = look(client, address)
    assert (seen.headers["Upload-Offset"], seen.headers["Upload-Length"]) == ("1000", str(len(CSV)))
    assert seen.headers["Upload-Metadata"] == metadata(filename="rekap izin.csv", place=place)
    assert seen.headers["Cache-Control"] == "no-store"
    later = NOW + timedelta(hours=1)
    with clock.at(later):
        assert send(client, address, CSV[1000:], 1000).headers["Upload-Offset"] == str(len(CSV))
    (evidence,) = attached()
    assert (evidence.attached_at, evidence.attached_by_id) == (later, budi.id)
    assert (evidence.document.name, evidence.document.uploaded_at) == ("rekap izin.csv", later)
    assert storage().open(evidence.document.file.storage_key).read() == CSV
    assert db.session.scalars(db.select(CheckRun.document_id)).all() == [evidence.document_id]
    said = told(client, address)
    assert (said["finished"], said["attached"], said["error"]) == (True, True, "")
    assert look(client, address).headers["Upload-Offset"] == str(len(CSV))


def test_bytes_for_another_offset_are_refused_and_change_nothing(client, budi, place):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    for offset in (0, 999, 1001, len(CSV)):
        assert send(client, address, b"x" * 10, offset).status_code == 409
    assert look(client, address).headers["Upload-Offset"] == "1000"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Content-Type": "application/octet-stream"}, 415),
        ({"Upload-Offset": "-1"}, 400),
        ({"Upload-Offset": "ten"}, 400),
        ({"Upload-Offset": "1" * 400}, 400),
        ({"Upload-Checksum": "crc32 AAAA"}, 400),
        ({"Upload-Checksum": "sha1 §"}, 400),
        ({"Upload-Checksum": "sha1"}, 400),
    ],
)
def test_a_part_that_cannot_be_read_is_refused(client, budi, place, headers, code):
    address = begin(client, place).location
    assert send(client, address, CSV[:1000], 0, **headers).status_code == code
    assert look(client, address).headers["Upload-Offset"] == "0"


def test_more_bytes_than_announced_are_refused(client, budi, place):
    address = begin(client, place, length=100).location
    assert send(client, address, b"x" * 101, 0).status_code == 413
    assert look(client, address).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Upload-Length": ""}, 400),
        ({"Upload-Length": "-5"}, 400),
        ({"Upload-Length": "100000001"}, 413),
        ({"Upload-Length": "0"}, 422),
        ({"Upload-Metadata": "place"}, 404),
        ({"Upload-Metadata": ""}, 404),
        ({"Upload-Metadata": "place @@@"}, 400),
        ({"Upload-Metadata": "place /w=="}, 400),
        ({"Upload-Metadata": "place YQ==,place YQ=="}, 400),
        ({"Upload-Metadata": ",,"}, 400),
        ({"Upload-Metadata": "a " + "A" * 5000}, 400),
        ({"Upload-Metadata": metadata(place="bulan/1")}, 404),
        ({"Upload-Metadata": metadata(place="laporan/x/9")}, 404),
        ({"Upload-Metadata": metadata(place="laporan/1")}, 404),
        ({"Upload-Metadata": metadata(place="laporan/" + "9" * 40 + "/1")}, 404),
        ({"Upload-Metadata": metadata(place="permintaan/1")}, 403),
        ({"Upload-Metadata": metadata(place="dokumen/1")}, 404),
    ],
)
def test_an_upload_that_cannot_be_begun_is_refused_with_a_sentence(client, budi, place, headers, code):
    answer = begin(client, place, **headers)
    assert answer.status_code == code
    assert answer.json["error"]
    assert finishing.uploads().of_owner(f"orang-{budi.id}") == []


def test_the_length_cannot_be_told_later(client, budi, place):
    words = {"Upload-Defer-Length": "1", "Upload-Metadata": metadata(filename="a", place=place)}
    assert client.post("/unggah", headers=TUS | words).status_code == 400


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_a_part_with_the_right_checksum_is_taken(client, budi, place, algorithm):
    address = begin(client, place).location
    assert send(client, address, CSV[:1000], 0, **checksum(algorithm, CSV[:1000])).status_code == 204
    assert look(client, address).headers["Upload-Offset"] == "1000"


def test_a_part_with_a_wrong_checksum_leaves_nothing(client, budi, place):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    answer = send(client, address, CSV[1000:], 1000, **checksum("sha1", b"other"))
    assert answer.status_code == 460
    assert look(client, address).headers["Upload-Offset"] == "1000"
    upload = finishing.uploads().of_owner(f"orang-{budi.id}")[0]
    assert {file.name for file in finishing.uploads().data(upload).parent.iterdir()} == {"data", "about.json"}
    assert send(client, address, CSV[1000:], 1000, **checksum("sha1", CSV[1000:])).status_code == 204
    assert len(attached()) == 1


def test_a_client_that_cannot_patch_or_delete_says_so_in_a_header(client, budi, place):
    address = begin(client, place).location
    words = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    answer = client.post(address, data=b"x" * 5, headers=TUS | words | {"X-HTTP-Method-Override": "PATCH"})
    assert (answer.status_code, answer.headers["Upload-Offset"]) == (204, "5")
    answer = client.post(address, headers=TUS | {"X-HTTP-Method-Override": "DELETE"})
    assert answer.status_code == 204
    assert client.post(address, headers=TUS).status_code == 405


def test_a_terminated_upload_is_gone(client, budi, place):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    assert client.delete(address, headers=TUS).status_code == 204
    assert look(client, address).status_code == 404
    assert send(client, address, CSV[1000:], 1000).status_code == 404
    assert client.delete(address, headers=TUS).status_code == 404
    assert told(client, "/unggah")["uploads"] == []


def test_terminating_what_is_complete_keeps_the_document(client, budi, place):
    address = whole(client, place)
    assert client.delete(address, headers=TUS).status_code == 204
    assert look(client, address).status_code == 404
    assert len(attached()) == 1


# Time.


def test_an_upload_expires_a_week_after_its_last_byte_and_is_then_removed(client, budi, place):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    age(address, f"orang-{budi.id}", KEPT_FOR - timedelta(minutes=1))
    assert look(client, address).status_code == 200
    assert finishing.forget_expired() == 0
    age(address, f"orang-{budi.id}", KEPT_FOR + timedelta(seconds=1))
    assert look(client, address).status_code == 410
    assert send(client, address, CSV[1000:], 1000).status_code == 410
    assert told(client, "/unggah")["uploads"] == []
    assert jobs.tidy_up(None)["uploads"] == 1
    assert look(client, address).status_code == 404
    assert documents() == []


def test_going_on_puts_the_end_off(client, budi, place):
    address = begin(client, place).location
    age(address, f"orang-{budi.id}", timedelta(days=6))
    send(client, address, CSV[:1000], 0)
    assert finishing.uploads().expires_at(finishing.uploads().of_owner(f"orang-{budi.id}")[0]) > (
        clock.wall() + timedelta(days=6, hours=23)
    )


def test_what_is_complete_is_never_given_up(client, budi, place, monkeypatch):
    monkeypatch.setattr(finishing, "_outcome", _dies)
    address = whole(client, place)
    age(address, f"orang-{budi.id}", KEPT_FOR * 3)
    assert finishing.forget_expired() == 0
    monkeypatch.undo()
    assert jobs.finish_uploads(None) == {"finished": 1, "waiting": 0}
    assert len(attached()) == 1


def _dies(*_):
    raise OperationalError("COMMIT", {}, Exception("the server died here"))


@pytest.mark.parametrize("where", ["before the row", "after the row"])
def test_when_the_server_dies_after_the_last_byte_the_job_finishes_with_its_instant(
    client, budi, place, office, monkeypatch, where
):
    due = office.obligation.period.due_at
    if where == "before the row":
        monkeypatch.setattr(finishing, "_outcome", _dies)
    else:
        monkeypatch.setattr(finishing.Uploads, "conclude", _dies)
    with clock.at(due - timedelta(seconds=1)):
        address = whole(client, place)
        said = told(client, address)
    assert said["finished"] is False
    assert len(attached()) == (0 if where == "before the row" else 1)
    monkeypatch.undo()
    with clock.at(due + timedelta(hours=9)):
        assert jobs.finish_uploads(None) == {"finished": 1, "waiting": 0}
        assert jobs.finish_uploads(None) == {"finished": 0, "waiting": 0}
    (evidence,) = attached()
    assert evidence.attached_at == evidence.document.uploaded_at == due - timedelta(seconds=1)
    assert len(documents()) == 1
    assert told(client, address)["attached"] is True


def test_the_instant_is_that_of_the_last_byte_when_nothing_else_was_written(client, budi, place, monkeypatch):
    """The process died before it wrote anything: the time of the file itself says when."""
    monkeypatch.setattr(finishing, "finish", _dies)
    address = whole(client, place)
    age(address, f"orang-{budi.id}", timedelta(hours=5))
    monkeypatch.undo()
    monkeypatch.setattr(clock, "domain", lambda instant: NOW + (instant - clock.wall()))
    jobs.finish_uploads(None)
    (evidence,) = attached()
    assert NOW - evidence.attached_at == pytest.approx(timedelta(hours=5), abs=timedelta(minutes=1))


def test_a_senders_question_finishes_too(client, budi, place, monkeypatch):
    monkeypatch.setattr(finishing, "_outcome", _dies)
    address = whole(client, place)
    monkeypatch.undo()
    assert look(client, address).headers["Upload-Offset"] == str(len(CSV))
    assert len(attached()) == 1
    assert send(client, address, b"", len(CSV)).status_code == 204
    assert len(attached()) == 1


def test_an_upload_taken_off_again_is_not_attached_a_second_time(client, budi, place, monkeypatch):
    monkeypatch.setattr(finishing.Uploads, "conclude", _dies)
    whole(client, place)
    monkeypatch.undo()
    (evidence,) = attached()
    client.post(f"/data-dukung/{evidence.id}/lepas")
    jobs.finish_uploads(None)
    assert attached() == []


# Two at once.


def test_of_two_who_send_the_same_part_one_wins_and_nothing_mixes(app, tmp_path):
    uploads = finishing.Uploads(tmp_path)
    upload = _plain(uploads, 4000)
    slow, quick = iter([b"a" * 1000, b"a" * 1000]), [b"b" * 1000, b"b" * 1000]

    def first_begins_then_stalls():
        yield next(slow)
        assert uploads.append(upload, [b"c" * 1000], offset=1000) == 2000  # the newcomer is not kept waiting
        yield next(slow)

    with pytest.raises(MovedOn):
        uploads.append(upload, first_begins_then_stalls(), offset=0)
    with pytest.raises(MovedOn):
        uploads.append(upload, quick, offset=0)
    assert uploads.data(upload).read_bytes() == b"a" * 1000 + b"c" * 1000


def _plain(uploads, length):
    return uploads.create(
        owner="orang-1", name="a", place="dokumen", agency_id=1, length=length, metadata="", at=clock.wall()
    )


def test_only_one_finishes_at_a_time(app, tmp_path):
    uploads = finishing.Uploads(tmp_path)
    upload = _plain(uploads, 10)
    with uploads.held(upload) as first, uploads.held(upload) as second:
        assert (first, second) == (True, False)
    with uploads.held(upload) as again:
        assert again


# Whose it is.


def test_an_upload_of_somebody_else_is_not_found(client, budi, place, office, sign_in):
    address = begin(client, place).location
    colleague = factories.make_person(Role.COORDINATOR, office.agency, "Eko")
    for person in (colleague, factories.make_person(Role.SECRETARIAT, name="Ani"), office.lestari):
        sign_in(person)
        assert look(client, address).status_code == 404
        assert send(client, address, CSV, 0).status_code == 404
        assert client.delete(address, headers=TUS).status_code == 404
        assert told(client, "/unggah")["uploads"] == []
    sign_in(budi)
    assert look(client, address).headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_who_does_not_write_reports_uploads_none(client, place, office, sign_in, role):
    sign_in(factories.make_person(role, None if role.is_national else office.agency))
    assert begin(client, place).status_code == 403
    assert begin(client, "dokumen").status_code == 403


def test_a_report_of_another_agency_is_not_found(client, office, place, sign_in):
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("71.09", "Kabupaten Lain"), "Dewi"))
    assert begin(client, place).status_code == 404


def test_signed_out_nothing_is_told(client, budi, place, app):
    address = begin(client, place).location
    stranger = app.test_client()
    for answer in (
        begin(stranger, place),
        look(stranger, address),
        look(stranger, "/unggah/" + "x" * 43),
        send(stranger, address, CSV, 0),
        stranger.delete(address, headers=TUS),
        stranger.get("/unggah", headers=TUS),
    ):
        assert answer.status_code == 401
    assert begin(stranger, place).json["error"] == "Sesi masuk sudah berakhir."


def test_a_new_session_goes_on_where_the_old_one_ended(client, budi, place, sign_in):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    sign_in(SESSION_OVER)
    assert send(client, address, CSV[1000:], 1000).status_code == 401
    assert look(client, address).status_code == 401
    sign_in(budi)
    assert look(client, address).headers["Upload-Offset"] == "1000"
    assert send(client, address, CSV[1000:], 1000).status_code == 204
    assert len(attached()) == 1


def test_no_form_token_is_needed_but_the_header_is(client, budi, place, app, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert begin(client, place).status_code == 201
    assert begin(client, place, **{"Tus-Resumable": ""}).status_code == 412
    assert "Access-Control-Allow-Origin" not in client.options("/unggah").headers


@pytest.mark.parametrize("odd", ["..", "../orang-1", "x", "%2e%2e%2f", "x" * 3000, "a" * 43])
def test_an_address_that_we_did_not_make_is_not_found(client, budi, odd):
    assert look(client, f"/unggah/{odd}").status_code == 404


# What else may happen.


def test_what_is_unfinished_is_listed_for_its_owner(client, budi, place):
    words = metadata(filename="a.pdf", place=place, modified="17")
    address = begin(client, place, **{"Upload-Metadata": words}).location
    send(client, address, CSV[:1000], 0)
    whole(client, place, name="lain.csv")
    (one,) = told(client, "/unggah")["uploads"]
    assert one["url"] == address
    assert (one["name"], one["place"], one["modified"]) == ("a.pdf", place, "17")
    assert (one["offset"], one["length"]) == (1000, len(CSV))


def test_a_name_is_cleaned(client, budi, place):
    whole(client, place, name="C:\\Budi\\lapo\u202eran\n.csv")
    assert [document.name for document in documents()] == ["laporan.csv"]


def test_fifty_unfinished_uploads_are_enough(client, budi, place):
    for _ in range(uploading.MOST_UNFINISHED):
        assert begin(client, place).status_code == 201
    answer = begin(client, place)
    assert answer.status_code == 429
    assert "50 unggahan" in answer.json["error"]


def test_a_full_disk_is_a_sentence_and_keeps_what_came(client, budi, place, monkeypatch):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    monkeypatch.setattr(uploading.shutil, "disk_usage", lambda _: SimpleNamespace(free=uploading.ROOM_LEFT - 1))
    for answer in (begin(client, place), send(client, address, CSV[1000:], 1000)):
        assert answer.status_code == 507
        assert "hampir penuh" in answer.json["error"]
    monkeypatch.undo()
    monkeypatch.setattr(finishing.Uploads, "append", _full)
    assert send(client, address, CSV[1000:], 1000).status_code == 507
    monkeypatch.undo()
    assert look(client, address).headers["Upload-Offset"] == "1000"


def _full(*_, **__):
    raise DiskFull


def test_a_report_sent_meanwhile_leaves_the_file_in_the_library(client, budi, place, office):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    db.session.add(Submission(obligation_id=office.obligation.id, status=Status.SENT))
    db.session.commit()
    assert send(client, address, CSV[1000:], 1000).status_code == 204
    said = told(client, address)
    assert (said["finished"], said["attached"]) == (True, False)
    assert said["error"] == "Laporan ini berstatus terkirim, jadi data dukungnya tidak dapat diubah."
    assert said["repair"].startswith("Berkas tersimpan di halaman Dokumen instansi.")
    assert attached() == []
    assert [(d.name, d.agency_id) for d in documents()] == [("rekap izin.csv", office.agency.id)]
    assert begin(client, place).status_code == 409


def test_rights_lost_meanwhile_leave_the_file_in_the_library(client, budi, place, monkeypatch):
    monkeypatch.setattr(finishing, "_outcome", _dies)
    whole(client, place)
    monkeypatch.undo()
    budi.active = False
    db.session.commit()
    jobs.finish_uploads(None)
    assert attached() == []
    assert len(documents()) == 1


def test_the_library_takes_a_file_by_itself(client, budi, office):
    address = whole(client, "dokumen")
    assert [d.agency_id for d in documents()] == [office.agency.id]
    assert told(client, address)["attached"] is True


# Requests to units.


@pytest.fixture
def asked(office):
    return make_request(office)


@pytest.fixture
def key(asked) -> dict[str, str]:
    return {"Unggah-Tautan": way(make_link(asked)).rsplit("/", 1)[1]}


def test_a_unit_uploads_by_its_link_without_a_session(client, asked, key, office):
    address = begin(client, "tautan", **key).location
    assert send(client, address, CSV[:1000], 0, **key).status_code == 204
    assert look(client, address).status_code == 401
    assert [u["offset"] for u in told(client, "/unggah", **key)["uploads"]] == [1000]
    assert send(client, address, CSV[1000:], 1000, **key).status_code == 204
    (file,) = db.session.scalars(db.select(RequestFile))
    assert (file.request_id, file.document.name, file.received_at) == (asked.id, "rekap izin.csv", NOW)
    assert file.document.uploaded_by_id is None
    assert file.document.agency_id == office.agency.id


def test_the_link_is_written_nowhere(client, key):
    begin(client, "tautan", **key)
    token = key["Unggah-Tautan"]
    files = [file for file in finishing.uploads().root.rglob("*") if file.is_file()]
    assert files
    assert not any(token.encode() in file.read_bytes() for file in files)


def test_a_link_that_is_over_takes_nothing_more(client, asked, key):
    address = begin(client, "tautan", **key).location
    requesting.revoke_link(request=asked)
    db.session.commit()
    assert begin(client, "tautan", **key).status_code == 410
    assert send(client, address, CSV, 0, **key).status_code == 410
    assert begin(client, "tautan", **{"Unggah-Tautan": "not-a-token"}).status_code == 410


def test_a_link_opens_no_other_place(client, key, place, asked):
    assert begin(client, place, **key).status_code == 401
    assert begin(client, f"permintaan/{asked.id}", **key).status_code == 401
    assert begin(client, "dokumen", **key).status_code == 401


def test_a_unit_with_an_account_uploads_for_its_own_request_only(client, office, sign_in):
    own, other = make_request(office, office.staffed), make_request(office)
    sign_in(office.lestari)
    whole(client, f"permintaan/{own.id}")
    (file,) = db.session.scalars(db.select(RequestFile))
    assert (file.request_id, file.document.uploaded_by_id) == (own.id, office.lestari.id)
    assert begin(client, f"permintaan/{other.id}").status_code == 404


def test_a_request_taken_meanwhile_leaves_the_file_in_the_library(client, asked, key):
    address = begin(client, "tautan", **key).location
    send(client, address, CSV[:1000], 0, **key)
    requesting.withdraw(request=asked, reason="Sudah ada.", person=None, received_at=NOW)
    db.session.commit()
    assert send(client, address, CSV[1000:], 1000, **key).status_code == 204
    assert told(client, address, **key)["error"].startswith("Permintaan ini sekarang berstatus ditarik")
    assert db.session.scalars(db.select(RequestFile)).all() == []
    assert len(documents()) == 1


# The storage.


def test_a_finished_file_is_adopted_without_a_copy_and_twice_is_once(tmp_path):
    keeper = FolderStorage(tmp_path / "files")
    (tmp_path / "data").write_bytes(CSV)
    stored = keeper.adopt(tmp_path / "data")
    assert stored == keeper.adopt(tmp_path / "data")
    assert (stored.sha256, stored.size) == (hashlib.sha256(CSV).hexdigest(), len(CSV))
    assert (keeper.root / stored.key).stat().st_ino == (tmp_path / "data").stat().st_ino
    (tmp_path / "data").unlink()
    assert (keeper.root / stored.key).read_bytes() == CSV


def test_without_second_names_a_finished_file_is_copied(tmp_path, monkeypatch):
    keeper = FolderStorage(tmp_path / "files")
    (tmp_path / "data").write_bytes(CSV)
    monkeypatch.setattr(os, "link", _elsewhere)
    assert (keeper.root / keeper.adopt(tmp_path / "data").key).read_bytes() == CSV


def _elsewhere(*_):
    raise OSError(18, "Invalid cross-device link")
