"""Surat pengingat: the secretariat's list and letters, recording what went out, and what the agency reads."""

import io
import zipfile
from datetime import UTC, date, datetime

import docx
import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.evidence.models import FileScan
from stranas.evidence.rules import ScanState
from stranas.reminders import recording
from stranas.reminders.models import EscalationLetter
from stranas.reminders.rules import LetterKind
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import AuditEntry
from stranas.system.storage import storage
from tests import factories
from tests.evidence import samples
from tests.pages import faults
from tests.reminders.drafted import make_letter
from tests.verification.people import file_for

LIST = "/surat-pengingat"
SCAN = samples.pdf()
FRIDAY, MONDAY = datetime(2020, 7, 17, 1, tzinfo=UTC), datetime(2020, 7, 20, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday():
    with clock.at(MONDAY):
        yield


@pytest.fixture
def jateng(app):
    return factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)


@pytest.fixture
def temanggung(jateng):
    return factories.make_agency(province=jateng)


@pytest.fixture
def banyumas(app):
    return factories.make_agency("33.02", "Kabupaten Banyumas")


@pytest.fixture
def period(app):
    return factories.make_period(factories.make_programme())


@pytest.fixture
def owed(temanggung, period):
    return factories.make_obligation(temanggung, factories.make_target(factories.make_item(period.programme), period))


@pytest.fixture
def draft(temanggung, period, owed):
    return make_letter(temanggung, period, awaited=[owed.id], drafted_at=FRIDAY)


@pytest.fixture
def other(banyumas, period):
    obligation = factories.make_obligation(
        banyumas, factories.make_target(factories.make_item(period.programme, "2-a"), period)
    )
    return make_letter(banyumas, period, awaited=[obligation.id], drafted_at=FRIDAY)


@pytest.fixture
def ani(client, sign_in, app):
    person = factories.make_person(Role.SECRETARIAT, name="Ani")
    sign_in(person)
    return person


def again(letter: EscalationLetter) -> EscalationLetter:
    return db.session.get_one(EscalationLetter, letter.id, populate_existing=True)


def record(client, letter, number="B.9/SNPK/2020", dated_on="2020-07-20", seen="", scan=None):
    data = {"number": number, "dated_on": dated_on, "seen": seen}
    if scan:
        data["scan"] = (io.BytesIO(scan[1]), scan[0])
    return client.post(f"{LIST}/{letter.id}/catat", data=data)


def test_the_list_shows_states_and_is_narrowed(ani, client, draft, other):
    with unit_of_work():
        again(other).withdrawn_at, again(other).withdrawn_why = MONDAY, "Dibicarakan lewat telepon."
    page = client.get(LIST).text
    assert "Konsep 1, Tercatat dikirim 0, Ditarik 1." in page
    assert "Dibicarakan lewat telepon." in page
    assert faults(page) == []
    for asked, found in (
        ("keadaan=konsep", "Temanggung"),
        ("provinsi=33", "Temanggung"),
        ("cari=banyu", "Banyumas"),
        ("keadaan=ditarik", "Banyumas"),
    ):
        rows = client.get(f"{LIST}?{asked}").text.partition("<tbody>")[2]
        assert found in rows
        assert {"Temanggung": "Banyumas", "Banyumas": "Temanggung"}[found] not in rows
    assert "Tidak ada surat yang cocok" in client.get(f"{LIST}?jenis=pimpinan").text


def test_an_empty_list_says_when_letters_come(ani, client):
    assert "Belum ada. Konsep muncul di sini" in client.get(LIST).text


def test_looking_withdraws_what_is_settled(ani, client, draft, owed):
    file_for(owed)
    assert "Semua laporan yang ditunggu sudah terkirim" in client.get(f"{LIST}/{draft.id}").text
    assert again(draft).withdrawn_at == MONDAY
    answer = client.get(f"{LIST}/{draft.id}.docx")
    assert answer.status_code == 409
    assert "sudah ditarik" in answer.text


def test_word_and_pdf_are_handed_out(ani, client, draft):
    paper = docx.Document(io.BytesIO(client.get(f"{LIST}/{draft.id}.docx").data))
    assert "Yth. Sekretaris Daerah Kabupaten Temanggung" in [row.text for row in paper.paragraphs]
    answer = client.get(f"{LIST}/{draft.id}.pdf")
    assert answer.data.startswith(b"%PDF")
    assert "surat-B18-33.23-kabupaten-temanggung-sekda-sekjen.pdf" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_all_drafts_of_a_list_come_in_one_file(ani, client, draft, other, form):
    record(client, other)
    packed = zipfile.ZipFile(io.BytesIO(client.get(f"{LIST}/konsep.zip?bentuk={form}").data))
    assert packed.namelist() == [f"surat-B18-33.23-kabupaten-temanggung-sekda-sekjen.{form}"]


def test_more_drafts_than_fit_are_a_sentence(ani, client, draft, other, monkeypatch):
    monkeypatch.setattr("stranas.reminders.views.escalation_files.MOST_IN_ONE_FILE", 1)
    page = client.get(f"{LIST}/konsep.zip", follow_redirects=True).text
    assert "Daftar ini memuat 2 konsep; satu berkas memuat paling banyak 1." in page
    assert "Tidak ada konsep" in client.get(f"{LIST}/konsep.zip?cari=xyz", follow_redirects=True).text


def test_number_date_and_scan_are_recorded(ani, client, draft):
    assert record(client, draft, scan=("surat.pdf", SCAN)).status_code == 302
    letter = again(draft)
    assert (letter.number, letter.dated_on, letter.recorded_at) == ("B.9/SNPK/2020", date(2020, 7, 20), MONDAY)
    assert (letter.recorded_by_id, letter.file_name) == (ani.id, "surat.pdf")
    assert client.get(f"{LIST}/{draft.id}/pindaian").data == SCAN
    words = docx.Document(io.BytesIO(client.get(f"{LIST}/{draft.id}.docx").data))
    assert "Jakarta, 20 Juli 2020" in [row.text for row in words.paragraphs]


@pytest.mark.parametrize(
    ("dated_on", "told"),
    [
        ("2020-07-16", "Pilih tanggal paling awal 17 Juli 2020, hari konsep ini disusun."),
        ("2020-07-21", "Pilih tanggal paling lambat hari ini, 20 Juli 2020."),
        ("", "Isi tanggal suratnya"),
        ("kemarin", "Tanggal tidak sesuai, contoh"),
    ],
)
def test_a_wrong_date_is_said_at_the_field_and_the_number_stays(ani, client, draft, dated_on, told):
    answer = record(client, draft, dated_on=dated_on, scan=("surat.pdf", SCAN))
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="B.9/SNPK/2020"' in answer.text
    assert "Berkas belum disimpan. Pilih kembali" in answer.text
    assert again(draft).recorded_at is None
    assert faults(answer.text) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("surat.docx", samples.xlsx(), "bukan PDF atau gambar"),
        ("surat.pdf", b"", "Berkas kosong"),
        ("surat.pdf", samples.locked_pdf(), "kata sandi"),
        ("surat.pdf", b"MZ" + b"\0" * 200, "Berkas ini"),
    ],
)
def test_a_scan_that_is_none_is_said_at_the_field_and_nothing_is_recorded(ani, client, draft, name, content, told):
    kept = set(storage().keys())
    answer = record(client, draft, scan=(name, content))
    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="B.9/SNPK/2020"' in answer.text
    assert again(draft).recorded_at is None
    assert set(storage().keys()) == kept


def test_a_number_is_given_once(ani, client, draft, other):
    record(client, draft)
    answer = record(client, other)
    assert answer.status_code == 422
    assert "Nomor ini sudah dicatat untuk Kabupaten Temanggung." in answer.text


def test_a_wrong_number_is_put_right_and_the_trail_keeps_it(ani, client, draft):
    record(client, draft, number="B.8/SNPK/2020", scan=("surat.pdf", SCAN))
    record(client, draft, seen="B.8/SNPK/2020")
    letter = again(draft)
    assert (letter.number, letter.file_name) == ("B.9/SNPK/2020", "surat.pdf")
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "escalation_letter.corrected")).one()
    assert entry.details["before"]["number"] == "B.8/SNPK/2020"
    assert entry.details["number"] == "B.9/SNPK/2020"


def test_of_two_who_record_at_once_the_second_learns_what_the_first_wrote(ani, client, draft):
    record(client, draft, number="B.8/SNPK/2020")
    answer = record(client, draft)
    assert answer.status_code == 422
    assert "Baru saja dicatat nomor B.8/SNPK/2020." in answer.text
    assert again(draft).number == "B.8/SNPK/2020"
    assert 'value="B.8/SNPK/2020"' in answer.text  # what was seen: pressing once more does it knowingly


def test_who_records_while_a_scan_is_on_its_way_is_not_overwritten(ani, client, draft, monkeypatch):
    receive_scan = recording.receive_scan

    def receive_slowly(stream, filename):
        with unit_of_work():
            again(draft).number, again(draft).recorded_at = "B.1/SNPK/2020", MONDAY
        return receive_scan(stream, filename)

    monkeypatch.setattr(recording, "receive_scan", receive_slowly)
    answer = record(client, draft, scan=("surat.pdf", SCAN))
    assert answer.status_code == 422
    assert "Baru saja dicatat nomor B.1/SNPK/2020. Periksa, lalu simpan sekali lagi." in answer.text
    assert "Berkas belum disimpan." in answer.text
    assert again(draft).number == "B.1/SNPK/2020"


def test_a_draft_is_withdrawn_by_hand_with_a_reason(ani, client, draft):
    assert client.post(f"{LIST}/{draft.id}/tarik", data={"why": " "}).status_code == 422
    client.post(f"{LIST}/{draft.id}/tarik", data={"why": "Sudah dibicarakan lewat telepon."})
    assert again(draft).withdrawn_why == "Sudah dibicarakan lewat telepon."
    answer = client.post(f"{LIST}/{draft.id}/tarik", data={"why": "Sekali lagi."})
    assert answer.status_code == 409


def test_what_was_recorded_is_not_withdrawn(ani, client, draft):
    record(client, draft)
    assert client.post(f"{LIST}/{draft.id}/tarik", data={"why": "Keliru."}).status_code == 409
    assert "Tarik konsep" not in client.get(f"{LIST}/{draft.id}").text


def test_a_letter_that_had_gone_out_before_its_draft_was_withdrawn_is_recorded(ani, client, draft, owed):
    with clock.at(MONDAY.replace(day=18)):
        file_for(owed, at=MONDAY.replace(day=18))
        client.get(f"{LIST}/{draft.id}")
    answer = record(client, draft, dated_on="2020-07-20")
    assert "Konsep ini ditarik 18 Juli 2020. Catat hanya bila" in answer.text
    assert record(client, draft, dated_on="2020-07-17").status_code == 302
    letter = again(draft)
    assert (letter.withdrawn_at, letter.number) == (None, "B.9/SNPK/2020")


def test_drafts_that_say_no_longer_what_is_awaited_are_written_anew(ani, client, temanggung, period, owed):
    target = factories.make_target(factories.make_item(period.programme, "1-b"), period)
    second = factories.make_obligation(temanggung, target)
    draft = make_letter(temanggung, period, awaited=[owed.id, second.id], drafted_at=FRIDAY)
    file_for(second)
    page = client.get(LIST).text
    assert "Pada 1 konsep, sebagian laporan yang ditunggu sudah masuk" in page
    assert "Susun ulang konsep" in client.get(f"{LIST}/{draft.id}").text
    client.post(f"{LIST}/susun-ulang")
    assert again(draft).content["awaited"] == [owed.id]
    assert "Susun ulang" not in client.get(LIST).text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CERTIFIER])
def test_the_agency_reads_its_letters_once_they_went_out(client, sign_in, app, draft, temanggung, role, ani):
    record(client, draft, scan=("surat.pdf", SCAN))
    sign_in(factories.make_person(role, temanggung))
    page = client.get("/surat-sekretariat").text
    assert "B.9/SNPK/2020" in page
    assert faults(page) == []
    assert "Surat Sekretariat Nasional" in client.get("/batas-waktu").text
    assert client.get(f"/surat-sekretariat/{draft.id}.pdf").data.startswith(b"%PDF")
    assert client.get(f"/surat-sekretariat/{draft.id}/pindaian").data == SCAN


def test_a_draft_and_a_letter_of_another_agency_are_not_there(client, sign_in, draft, other, temanggung, ani):
    record(client, other)
    sign_in(factories.make_person(Role.COORDINATOR, temanggung))
    page = client.get("/surat-sekretariat").text
    assert "Tidak ada surat" in page
    for letter in (draft, other):
        assert client.get(f"/surat-sekretariat/{letter.id}.pdf").status_code == 404
        assert client.get(f"/surat-sekretariat/{letter.id}/pindaian").status_code == 404
    assert client.get(LIST).status_code == 403


def test_a_scan_waits_for_the_antivirus_before_the_agency_opens_it(client, sign_in, draft, temanggung, ani, app):
    settings = app.config["SETTINGS"]
    settings.clamav = "unix:/nowhere/clamd.sock"
    try:
        record(client, draft, scan=("surat.pdf", SCAN))
        scan = db.session.scalars(db.select(FileScan).where(FileScan.file_id == again(draft).file_id)).one()
        assert scan.state is ScanState.WAITING
        assert client.get(f"{LIST}/{draft.id}/pindaian").status_code == 200
        sign_in(factories.make_person(Role.COORDINATOR, temanggung))
        assert client.get(f"/surat-sekretariat/{draft.id}/pindaian").status_code == 409
        with unit_of_work():
            db.session.get_one(FileScan, scan.id).state = ScanState.CLEAN
        assert client.get(f"/surat-sekretariat/{draft.id}/pindaian").status_code == 200
    finally:
        settings.clamav = ""


def test_a_letter_to_the_head_says_through_whom(ani, client, temanggung, period, owed):
    letter = make_letter(temanggung, period, kind=LetterKind.HEAD, awaited=[owed.id], drafted_at=FRIDAY)
    with unit_of_work():
        content = dict(again(letter).content) | {"office": "Bupati Temanggung", "through": "Gubernur Jawa Tengah"}
        again(letter).content = content
    assert "melalui Gubernur Jawa Tengah" in client.get(LIST).text
    paper = docx.Document(io.BytesIO(client.get(f"{LIST}/{letter.id}.docx").data))
    assert [row.text for row in paper.paragraphs if row.text.startswith(("Yth", "melalui"))] == [
        "Yth. Bupati Temanggung",
        "melalui Gubernur Jawa Tengah",
    ]
