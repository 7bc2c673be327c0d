"""Resumable upload: when a file counts as received, whose an upload is, and what becomes of it."""

import hashlib
import os
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import OperationalError

from stranas import jobs
from stranas.accounts.models import Role
from stranas.evidence import finishing
from stranas.evidence.uploads import KEPT_FOR, DiskFull, MovedOn
from stranas.evidence.views import uploading
from stranas.reporting.models import Submission
from stranas.reporting.rules import Status
from stranas.requests import operations as requesting
from stranas.requests.models import RequestFile
from stranas.system import clock
from stranas.system.db import db
from stranas.system.storage import FolderStorage
from tests import factories
from tests.evidence.upload.sender import (
    CSV,
    NOW,
    TUS,
    age,
    attached,
    begin,
    documents,
    look,
    metadata,
    send,
    told,
    whole,
)
from tests.requests.people import make_link, make_request
from tests.requests.test_link import way

SESSION_OVER = SimpleNamespace(fs_uniquifier="nobody")


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


def test_what_is_complete_is_never_given_up(client, budi, place, breaks):
    breaks.setattr(finishing, "_outcome", _dies)
    address = whole(client, place)
    age(address, f"orang-{budi.id}", KEPT_FOR * 3)
    assert finishing.forget_expired() == 0
    breaks.undo()
    assert jobs.finish_uploads(None) == {"finished": 1, "waiting": 0}
    assert len(attached()) == 1


def _dies(*_):
    raise OperationalError("COMMIT", {}, Exception("the server died here"))


@pytest.mark.parametrize("where", ["before the row", "after the row"])
def test_when_the_server_dies_after_the_last_byte_the_job_finishes_with_its_instant(
    client, budi, place, office, breaks, where
):
    due = office.obligation.period.due_at
    if where == "before the row":
        breaks.setattr(finishing, "_outcome", _dies)
    else:
        breaks.setattr(finishing.Uploads, "conclude", _dies)
    with clock.at(due - timedelta(seconds=1)):
        address = whole(client, place)
        said = told(client, address)
    assert said["finished"] is False
    assert len(attached()) == (0 if where == "before the row" else 1)
    breaks.undo()
    with clock.at(due + timedelta(hours=9)):
        assert jobs.finish_uploads(None) == {"finished": 1, "waiting": 0}
        assert jobs.finish_uploads(None) == {"finished": 0, "waiting": 0}
    (evidence,) = attached()
    assert evidence.attached_at == evidence.document.uploaded_at == due - timedelta(seconds=1)
    assert len(documents()) == 1
    assert told(client, address)["attached"] is True


def test_the_instant_is_that_of_the_last_byte_when_nothing_else_was_written(client, budi, place, breaks):
    """The process died before it wrote anything: the time of the file itself says when."""
    breaks.setattr(finishing, "finish", _dies)
    address = whole(client, place)
    age(address, f"orang-{budi.id}", timedelta(hours=5))
    breaks.undo()
    breaks.setattr(clock, "domain", lambda instant: NOW + (instant - clock.wall()))
    jobs.finish_uploads(None)
    (evidence,) = attached()
    assert NOW - evidence.attached_at == pytest.approx(timedelta(hours=5), abs=timedelta(minutes=1))


def test_a_senders_question_finishes_too(client, budi, place, breaks):
    breaks.setattr(finishing, "_outcome", _dies)
    address = whole(client, place)
    breaks.undo()
    assert look(client, address).headers["Upload-Offset"] == str(len(CSV))
    assert len(attached()) == 1
    assert send(client, address, b"", len(CSV)).status_code == 204
    assert len(attached()) == 1


def test_an_upload_taken_off_again_is_not_attached_a_second_time(client, budi, place, breaks):
    breaks.setattr(finishing.Uploads, "conclude", _dies)
    whole(client, place)
    breaks.undo()
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


def test_no_form_token_is_needed_but_the_header_is(client, budi, place, app, breaks):
    breaks.setitem(app.config, "WTF_CSRF_ENABLED", True)
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


def test_a_full_disk_is_a_sentence_and_keeps_what_came(client, budi, place, breaks):
    address = begin(client, place).location
    send(client, address, CSV[:1000], 0)
    breaks.setattr(uploading.shutil, "disk_usage", lambda _: SimpleNamespace(free=uploading.ROOM_LEFT - 1))
    for answer in (begin(client, place), send(client, address, CSV[1000:], 1000)):
        assert answer.status_code == 507
        assert "hampir penuh" in answer.json["error"]
    breaks.undo()
    breaks.setattr(finishing.Uploads, "append", _full)
    assert send(client, address, CSV[1000:], 1000).status_code == 507
    breaks.undo()
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


def test_rights_lost_meanwhile_leave_the_file_in_the_library(client, budi, place, breaks):
    breaks.setattr(finishing, "_outcome", _dies)
    whole(client, place)
    breaks.undo()
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


def test_without_second_names_a_finished_file_is_copied(tmp_path, breaks):
    keeper = FolderStorage(tmp_path / "files")
    (tmp_path / "data").write_bytes(CSV)
    breaks.setattr(os, "link", _elsewhere)
    assert (keeper.root / keeper.adopt(tmp_path / "data").key).read_bytes() == CSV


def _elsewhere(*_):
    raise OSError(18, "Invalid cross-device link")
