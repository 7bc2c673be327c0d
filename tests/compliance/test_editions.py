"""The official freeze: one edition at the release, its checksums, what changed since, and the next edition."""

import hashlib
import io
import json
import re
from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.compliance import operations
from stranas.compliance.differences import Difference, differences
from stranas.compliance.editions import figures_of
from stranas.compliance.formats import Format
from stranas.compliance.models import Edition
from stranas.compliance.operations import follow_releases, freeze_edition
from stranas.compliance.queries import snapshot
from stranas.compliance.queries.editions import by_checksum, content_of, released_editions
from stranas.release.models import Release
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import AuditEntry
from stranas.system.storage import storage
from tests.compliance.released import (
    AFTER,
    RELEASED,
    editions,
    forgive_lateness,
    freeze,
    settle_released,
    write_quickly,
)
from tests.factories import make_person
from tests.pages import faults

DAY = timedelta(days=1)
LATER = AFTER + DAY
B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}


@pytest.fixture
def released(app):
    with clock.at(AFTER):
        yield settle_released()


@pytest.fixture
def period(released, monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)
    return released


def _read(file) -> bytes:
    with storage().open(file.file.storage_key) as stream:
        return stream.read()


def _named(edition: Edition) -> dict[str, bytes]:
    return {file.format: _read(file) for file in edition.files}


@pytest.mark.parametrize(("age", "count"), [(-1, 0), (0, 0), (119, 0), (120, 1), (3600, 1)])
def test_the_first_edition_comes_once_the_release_is_two_minutes_old(period, age, count):
    assert len(freeze(at=RELEASED + timedelta(seconds=age))) == count


def test_the_first_edition_holds_three_files_under_their_checksums(released):
    (edition,) = freeze()
    files = _named(edition)
    assert list(files) == ["json", "xlsx", "pdf"]
    assert (edition.number, edition.cutoff, edition.reason, edition.differences) == (1, RELEASED, "", "[]")
    for file in edition.files:
        assert hashlib.sha256(files[file.format]).hexdigest() == file.file.sha256
    assert edition.snapshot_sha256 == edition.files[0].file.sha256
    assert edition.files[1].name == "kepatuhan-B15-edisi-1-20200710-1000.xlsx"


def test_its_json_is_canonical_and_holds_the_settings(period):
    (edition,) = freeze()
    content = _named(edition)["json"]
    told = json.loads(content)
    assert content == json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert (told["cutoff"], told["provisional"], told["withheld"]) == (RELEASED.isoformat(), False, False)
    assert told["rules"]["weights_renormalised"] is True
    assert "class" in told["agencies"][0]


def test_any_number_of_turns_and_workers_make_one_edition_with_one_audit_row(period):
    freeze()
    (edition,) = freeze(at=LATER)
    freeze_edition(edition_id=edition.id)
    assert len(editions()) == 1
    rows = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "freeze_edition")).all()
    assert [row.details["snapshot"] for row in rows] == [edition.snapshot_sha256]


def test_a_broken_off_making_is_taken_up_and_gives_the_same_bytes(period):
    from stranas.compliance.operations import editions as made

    with clock.at(AFTER):
        made._ask_first(period.id, RELEASED)
        assert made._claim(editions()[0].id)  # and here the worker is killed
    assert freeze()[0].made_at is None  # the other builder may be alive
    begun = clock.wall() - made.LOST_AFTER - timedelta(seconds=1)
    editions()[0].begun_at = begun
    db.session.commit()
    (edition,) = freeze()
    with clock.at(AFTER):
        again = figures_of(snapshot(**B15, cutoff=RELEASED))[1]
    assert _named(edition)["json"] == again.encode()


def test_a_release_that_lies_ahead_has_no_edition(period):
    db.session.scalars(db.select(Release)).one().released_at = AFTER + DAY
    db.session.commit()
    assert freeze() == []


def test_nothing_differs_at_the_cut_off_of_an_edition_ever_after(period):
    (edition,) = freeze()
    forgive_lateness(period, at=LATER)
    with clock.at(LATER + DAY):
        assert differences(json.loads(_named(edition)["json"]), snapshot(**B15, cutoff=RELEASED)) == ()


def _changed(period) -> list[Difference]:
    freeze()
    forgive_lateness(period, at=LATER)
    with clock.at(LATER + DAY):
        old = json.loads(content_of(edition_id=editions()[0].id))
        return list(differences(old, snapshot(**B15)))


def test_more_time_given_afterwards_is_told_agency_by_agency(period):
    changes = _changed(period)
    assert {change.figure for change in changes if change.code} == {"Tepat waktu", "Ketepatan waktu (%)"}
    assert {change.figure for change in changes if change.name == "Nasional"} == {
        "Ketepatan waktu, rata-rata",
        "Ketepatan waktu, gabungan",
    }
    assert all(change.after > change.before for change in changes)


def test_changed_settings_and_an_agency_that_is_gone_are_differences(period):
    (edition,) = freeze()
    old = json.loads(_named(edition)["json"])
    old["rules"]["weights_renormalised"] = False
    old["agencies"].append(old["agencies"][0] | {"code": "99", "agency": "Kota Lama", "expected": 3})
    with clock.at(AFTER):
        found = {(one.code, one.figure): one for one in differences(old, snapshot(**B15, cutoff=RELEASED))}
    assert found["", "Bobot dinormalkan ulang"].before_words == "tidak"
    assert (found["99", "Kewajiban"].before, found["99", "Kewajiban"].after) == (3, 0)
    assert found["99", "Kepatuhan (%)"].after_words == "–"


def test_a_correction_makes_a_new_edition_and_the_old_one_stays(period, client, sign_in):
    _changed(period)
    before = {f.format: f.file.sha256 for f in editions()[0].files}
    sign_in(make_person(Role.SECRETARIAT, name="Ani"))
    with clock.at(LATER + DAY):
        page = client.get("/kepatuhan/edisi/B15").text
        assert "Angka berubah sejak edisi 1" in page
        assert faults(page) == []
        cutoff = re.search(r'name="cutoff"[^>]* value="([^"]+)"', page)[1]
        sent = {"cutoff": cutoff, "reason": "Gangguan layanan dicatat kemudian."}
        assert client.post("/kepatuhan/edisi/B15", data=sent | {"reason": " "}).status_code == 422
        assert client.post("/kepatuhan/edisi/B15", data=sent).status_code == 303
        page = client.get("/kepatuhan/edisi/B15").text
        assert "Angka hari ini sama dengan edisi 2" in page
        assert faults(page) == []
        first, second = editions()
        assert {f.format: f.file.sha256 for f in first.files} == before
        assert (second.number, second.cutoff.isoformat(), second.asked_by.name) == (2, cutoff, "Ani")
        assert {one["figure"] for one in json.loads(second.differences)} >= {"Tepat waktu"}
        assert client.post("/kepatuhan/edisi/B15", data=sent).status_code == 409
        for number in (1, 2):
            assert client.get(f"/kepatuhan/edisi/B15/{number}/pdf").status_code == 200


def test_without_a_difference_there_is_no_new_edition(period):
    freeze()
    with clock.at(LATER), pytest.raises(Refused, match="tidak berubah"):
        operations.ask_edition(
            period=period, cutoff=AFTER, reason="Mohon", changes=(), person=make_person(Role.SECRETARIAT)
        )


def test_a_download_is_the_frozen_file_and_is_noted(period, client, sign_in):
    (edition,) = freeze()
    sign_in(make_person(Role.OBSERVER, name="Pemantau"))
    answer = client.get("/kepatuhan/edisi/B15/1/xlsx")
    assert hashlib.sha256(answer.data).hexdigest() == edition.files[1].file.sha256
    assert answer.headers["Content-Disposition"] == "attachment; filename=kepatuhan-B15-edisi-1-20200710-1000.xlsx"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    taken = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "take_edition")).one()
    assert (taken.actor_name, taken.details["sha256"]) == ("Pemantau", edition.files[1].file.sha256)
    for gone in ("/kepatuhan/edisi/B15/2/xlsx", "/kepatuhan/edisi/B99/1/xlsx", "/kepatuhan/edisi/B15/1/csv"):
        assert client.get(gone).status_code == 404


def test_the_list_says_what_is_frozen_and_what_is_being_made(period, client, sign_in):
    sign_in(make_person(Role.NATIONAL_TEAM, name="Tim"))
    waiting = client.get("/kepatuhan/edisi").text
    assert "Edisi 1 sedang dibuat" in waiting
    freeze()
    page = client.get("/kepatuhan/edisi").text
    assert released_editions()[0].newest.files[2].groups in page
    assert faults(waiting) + faults(page) == []


def test_the_team_reads_editions_and_makes_none(period, client, sign_in):
    _changed(period)
    sign_in(make_person(Role.NATIONAL_TEAM, name="Tim"))
    with clock.at(LATER + DAY):
        assert "Angka berubah" not in client.get("/kepatuhan/edisi/B15").text
        assert client.post("/kepatuhan/edisi/B15", data={"reason": "x"}).status_code == 403


# The public page


def _answer(client, sha256: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", client.get(f"/periksa-laporan?sidik={sha256}").text).split())


def test_anybody_learns_which_edition_a_checksum_belongs_to(period, client):
    (edition,) = freeze()
    for file in edition.files:
        said = _answer(client, file.file.sha256.upper())
        assert ("Angka edisi resmi" if file.format == "json" else "Berkas edisi resmi") in said
        assert ("periksa berkasnya sendiri" in said) is (file.format == "json")
        assert "Triwulan V (B15)" in said
        assert "Edisi 1, edisi terbaru" in said
    assert "tercetak pada kaki Excel dan PDF" in _answer(client, edition.snapshot_sha256)


def test_an_old_edition_is_told_as_replaced(period, client):
    _changed(period)
    with clock.at(LATER + DAY):
        cutoff = LATER
        operations.ask_edition(
            period=period,
            cutoff=cutoff + timedelta(hours=1),
            reason="Dikoreksi",
            changes=(Difference("", "Nasional", "Ketepatan waktu, rata-rata", 1.0, 2.0),),
            person=make_person(Role.SECRETARIAT),
        )
        db.session.commit()
        assert "sudah digantikan edisi 2" in _answer(client, editions()[0].snapshot_sha256)
        assert "Edisi 2, edisi terbaru" in _answer(client, editions()[1].snapshot_sha256)


def test_a_file_sent_without_a_script_is_hashed_and_kept_nowhere(period, client):
    (edition,) = freeze()
    content = _named(edition)["pdf"]
    count = len(list(storage().keys()))
    page = client.post("/periksa-laporan", data={"berkas": (io.BytesIO(content), "laporan.pdf")}).text
    assert "Berkas edisi resmi" in page
    page = client.post("/periksa-laporan", data={"berkas": (io.BytesIO(content + b" "), "laporan.pdf")}).text
    assert "Tidak ada edisi resmi dengan sidik ini" in page
    assert len(list(storage().keys())) == count


@pytest.mark.parametrize("typed", ["abc", "x" * 64, "0" * 63, "0" * 65, '"><script>x'])
def test_what_is_no_checksum_is_said_at_the_field(app, client, typed):
    answer = client.get("/periksa-laporan", query_string={"sidik": typed})
    assert answer.status_code == 422
    assert "terdiri atas 64 angka" in answer.text
    assert "<script>x" not in answer.text


def test_too_large_a_file_and_none_are_sentences(app, client, monkeypatch):
    from stranas.compliance.views import checksum

    monkeypatch.setattr(checksum, "MOST_BYTES", 1000)
    assert client.post("/periksa-laporan", data={"berkas": (io.BytesIO(b"x" * 5000), "a.pdf")}).status_code == 413
    assert "Pilih berkas lebih dahulu" in client.post("/periksa-laporan", data={}).text


def test_the_public_page_needs_no_token_keeps_no_session_and_is_in_order(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    answer = client.get("/periksa-laporan")
    sent = client.post("/periksa-laporan", data={"berkas": (io.BytesIO(b"x"), "a.pdf")})
    assert (answer.status_code, sent.status_code) == (200, 200)
    assert "Set-Cookie" not in answer.headers
    assert "Set-Cookie" not in sent.headers
    assert "script-src 'self';" in answer.headers["Content-Security-Policy"]
    for page in (answer.text, sent.text):
        assert [fault for fault in faults(page) if "token" not in fault] == []
    assert client.get("/periksa-laporan", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_a_checksum_is_found_once_the_edition_is_made_and_the_period_released(period):
    (edition,) = freeze()
    known, made_at = edition.snapshot_sha256, edition.made_at
    with clock.at(AFTER):
        assert by_checksum(known).edition.number == 1
        edition.made_at = None
        db.session.commit()
        assert by_checksum(known) is None
        editions()[0].made_at = made_at
        db.session.scalars(db.select(Release)).one().released_at = AFTER + DAY
        db.session.commit()
        assert by_checksum(known) is None
        assert follow_releases()["asked"] == 0
