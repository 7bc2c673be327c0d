"""Resumable upload through its door: the protocol to the letter."""

from datetime import timedelta

import pytest

from stranas.evidence import finishing
from stranas.evidence.models import CheckRun
from stranas.system import clock
from stranas.system.db import db
from stranas.system.storage import storage
from tests.evidence.upload.sender import (
    CSV,
    NOW,
    TUS,
    attached,
    begin,
    checksum,
    documents,
    look,
    metadata,
    send,
    told,
    whole,
)


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
