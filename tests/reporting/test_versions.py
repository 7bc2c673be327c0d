"""What was sent and what happened: readers outside the agency, versions side by side, the timeline."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.deadlines.models import Extension
from stranas.reporting import operations
from stranas.reporting.rules import EventKind
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.pages import faults
from tests.verification.people import MORNING, assign, entry, file_again, file_for, make_document

NOON = MORNING + timedelta(hours=3)
EVENING = MORNING + timedelta(hours=9)
WORKING = "Naskah yang masih dikerjakan Inspektorat."


@pytest.fixture(autouse=True)
def _evening():
    with clock.at(EVENING):
        yield


@pytest.fixture
def jateng(app):
    return factories.make_agency("33", "Provinsi Jawa Tengah", level=AgencyLevel.PROVINCE)


@pytest.fixture
def temanggung(jateng):
    return factories.make_agency(province=jateng)


@pytest.fixture
def obligation(temanggung):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    return factories.make_obligation(temanggung, target)


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def returned(obligation, budi):
    """Sent with one file, returned, and worked on since: another file, other words."""
    filed = file_for(obligation, budi, document=make_document(obligation.agency))
    decide(filed, EventKind.RETURNED, at=NOON)
    submission, requirement = filed.submission, obligation.target.requirements[0]
    for evidence in submission.evidence:
        operations.detach(evidence=evidence, submission=submission, at=EVENING, person=budi)
    new = make_document(obligation.agency, "notulen-bertanda-tangan.pdf")
    new.url = "https://contoh.go.id/baru"
    operations.attach(submission=submission, requirement_id=requirement.id, document=new, at=EVENING, person=budi)
    save(submission, budi, narrative=WORKING)
    return filed


def decide(filed, outcome, *, at: datetime, **more):
    with clock.at(at):
        operations.record_decision(submission=filed.submission, outcome=outcome, person=None, received_at=at, **more)
    db.session.commit()


def save(submission, person, **changed):
    words = replace(entry(), **changed)
    operations.save_draft(
        submission=submission, entry=words, revision=submission.revision, person=person, received_at=EVENING
    )
    db.session.commit()
    db.session.expire(submission, ["evidence"])


def readers(agency):
    """Who reads the agency's reports from outside, and may see how they were judged."""
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    assign(citra, agency)
    yield citra
    yield factories.make_person(Role.SECRETARIAT, name="Ani")
    yield factories.make_person(Role.NATIONAL_TEAM, name="Tirto")


def test_readers_outside_see_the_last_sent_version_of_a_returned_report(client, sign_in, returned, temanggung):
    for reader in readers(temanggung):
        sign_in(reader)
        page = client.get(f"/laporan/{returned.obligation.id}").text
        assert faults(page) == []
        assert "Instansi sedang memperbaiki laporan ini" in page
        assert "129 dari 200 permohonan" in page
        assert "notulen-tim.pdf" in page
        assert WORKING not in page
        assert "notulen-bertanda-tangan.pdf" not in page


def test_what_the_agency_is_working_on_reaches_no_reader_by_any_door(client, sign_in, returned, temanggung):
    where, requirement = returned.obligation.id, returned.obligation.target.requirements[0].id
    doors = ("versi", "versi/1/1", "riwayat", f"data-dukung/{requirement}")
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    pages = [client.get(f"/laporan/{where}/{door}") for door in doors]
    assert [page.status_code for page in pages] == [200, 200, 200, 404]
    assert all(WORKING not in page.text and "bertanda-tangan" not in page.text for page in pages)
    library = client.get("/dokumen").text
    assert "notulen-tim.pdf" in library
    assert "bertanda-tangan" not in library


def test_a_province_reads_what_was_sent_but_not_that_it_was_returned(client, sign_in, returned, jateng):
    """How a report was judged is the agency's alone until the results are released."""
    sign_in(factories.make_person(Role.COORDINATOR, jateng, name="Eka"))
    where = f"/laporan/{returned.obligation.id}"
    page, story = client.get(where).text, client.get(f"{where}/riwayat").text
    assert faults(page) + faults(story) == []
    assert "129 dari 200 permohonan" in page
    assert "Laporan dikirim dalam penyampaian ke-1" in story
    for words in (WORKING, "diperbaiki", "ikembalikan", "Putusan"):
        assert words not in page + story
    assert [client.get(f"{where}/{door}").status_code for door in ("versi", "versi/1/1")] == [404, 404]


def test_last_quarter_is_told_to_readers_as_it_was_sent(client, sign_in, returned, budi):
    before = returned.obligation
    later = factories.make_period(before.period.programme, key="B21", position=7, name="Triwulan VII")
    next_one = factories.make_obligation(before.agency, factories.make_target(before.item, later))
    file_for(next_one, budi)
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    page = client.get(f"/laporan/{next_one.id}").text
    assert WORKING not in page
    sign_in(budi)
    assert WORKING in client.get(f"/laporan/{next_one.id}").text


def test_the_own_agency_keeps_working_on_its_text(client, sign_in, returned, budi):
    sign_in(budi)
    assert WORKING in client.get(f"/laporan/{returned.obligation.id}").text


def test_two_versions_stand_side_by_side_with_words_and_files(client, sign_in, returned, budi):
    file_again(returned, at=EVENING)
    sign_in(budi)
    page = client.get(f"/laporan/{returned.obligation.id}/versi/1/2").text
    assert faults(page) == []
    assert "<del>129 dari 200 permohonan selesai tepat waktu.</del>" in page
    assert f"<ins>{WORKING}</ins>" in page
    assert page.count("Berubah") == 1
    assert "hanya pada versi 1" in page
    assert "hanya pada versi 2" in page
    assert page.index("notulen-tim.pdf") < page.index("notulen-bertanda-tangan.pdf")


def test_the_list_names_each_version_with_its_decision(client, sign_in, returned, budi):
    again = file_again(returned, at=EVENING)
    decide(again, EventKind.VERIFIED, at=EVENING, score=75)
    sign_in(budi)
    page = client.get(f"/laporan/{returned.obligation.id}/versi").text
    assert faults(page) == []
    assert "Terverifikasi, nilai 75" in page
    assert "Dikembalikan" in page
    answer = client.get(f"/laporan/{returned.obligation.id}/versi?kiri=1&kanan=2")
    assert answer.location.endswith("/versi/1/2")


def test_a_version_that_does_not_exist_is_not_found(client, sign_in, returned, budi):
    sign_in(budi)
    assert client.get(f"/laporan/{returned.obligation.id}/versi/1/9").status_code == 404


def test_the_timeline_tells_everything_to_the_agency_with_names(client, sign_in, returned, budi, obligation):
    cover = Extension(
        period_id=obligation.period_id,
        agency_id=obligation.agency_id,
        until=datetime(2020, 7, 16, 17, tzinfo=UTC),
        reason="Banjir di kantor bupati",
        decided_at=NOON,
    )
    db.session.add(cover)
    db.session.commit()
    sign_in(budi)
    page = client.get(f"/laporan/{obligation.id}/riwayat").text.replace("\u00a0", " ")
    assert faults(page) == []
    told = (
        "Laporan mulai diisi.",
        "Laporan dikirim dalam penyampaian ke-1, tepat waktu.",
        "Laporan dikembalikan untuk diperbaiki.",
        "Batas waktu diperpanjang sampai Kamis, 16 Juli 2020 pukul 23.59 WIB.",
        "Banjir di kantor bupati",
        "Dilepas: notulen-tim.pdf.",
        "Dilampirkan: notulen-bertanda-tangan.pdf.",
        "Instansi: Budi",
    )
    assert [words for words in told if words not in page] == []
    assert "Sekarang menunggu instansi</b> sejak 13 Juli 2020 pukul 12.00 WIB" in page


def test_the_timeline_tells_others_no_names_and_no_preparation(client, sign_in, returned, obligation):
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    page = client.get(f"/laporan/{obligation.id}/riwayat").text
    assert "Laporan dikirim dalam penyampaian ke-1" in page
    for words in ("Budi", "Dilampirkan", "mulai diisi", "siap dikirim"):
        assert words not in page


def test_the_ball_lies_with_the_verifier_from_the_moment_of_sending(client, sign_in, obligation, budi):
    file_for(obligation, budi)
    sign_in(budi)
    page = client.get(f"/laporan/{obligation.id}/riwayat").text.replace("\u00a0", " ")
    assert "Sekarang menunggu verifikator</b> sejak 13 Juli 2020 pukul 09.00 WIB" in page


def test_a_report_that_nobody_sent_has_no_history_for_others(client, sign_in, obligation, budi):
    operations.start_submission(obligation=obligation, person=budi, received_at=MORNING)
    db.session.commit()
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    assert client.get(f"/laporan/{obligation.id}/riwayat").status_code == 404
