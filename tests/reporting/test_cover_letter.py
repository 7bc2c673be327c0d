"""Surat pengantar: what it says in Word and PDF alike, its number that may come later, its signed scan."""

import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import docx
import pypdf
import pytest

from stranas.accounts.models import Capacity, CapacityKind, Role
from stranas.agencies.models import AgencyLevel
from stranas.catalogue.models import DocumentKind
from stranas.reporting import operations
from stranas.reporting.models import CoverLetter
from stranas.reporting.operations import Entry
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.verification.people import file_for, make_document

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
SNAPSHOTS = Path(__file__).parent / "snapshots"
NUMBER = "B18-33.23-0001"
PAGE = f"/laporan-triwulan/surat/{NUMBER}"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def temanggung(app):
    province = factories.make_agency("33", "Provinsi Jawa Tengah", level=AgencyLevel.PROVINCE)
    agency = factories.make_agency(province=province)
    agency.seat = "Temanggung"
    agency.letterhead = ["Jalan Ahmad Yani 32, Temanggung 56229"]
    db.session.commit()
    return agency


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


@pytest.fixture
def sri(temanggung):
    person = factories.make_person(Role.CERTIFIER, temanggung, name="Sri Lestari")
    db.session.add(
        Capacity(
            membership_id=person.memberships[0].id,
            kind=CapacityKind.PLT,
            office="Inspektur",
            chain=["BUPATI TEMANGGUNG", "Sekretaris Daerah"],
            rank="Pembina",
            employee_number="19710508 199603 2 004",
            starts_on=date(2020, 1, 2),
            recorded_at=MORNING,
        )
    )
    db.session.commit()
    return person


@pytest.fixture
def filing(temanggung, budi, sri):
    programme = factories.make_programme(approval_required=True)
    target = factories.make_target(
        factories.make_item(programme), factories.make_period(programme), kinds=(DocumentKind.REPORT,)
    )
    obligation = factories.make_obligation(temanggung, target)
    submission = operations.start_submission(obligation=obligation, person=budi, received_at=MORNING)
    entry = Entry(progress_percent=Decimal(90), realised_value=Decimal("64.5"), narrative="129 dari 200")
    operations.save_draft(submission=submission, entry=entry, revision=0, person=budi, received_at=MORNING)
    operations.attach(
        submission=submission,
        requirement_id=target.requirements[0].id,
        document=make_document(temanggung),
        at=MORNING,
        person=budi,
    )
    db.session.expire(submission, ["evidence"])
    operations.mark_ready(submission=submission, person=budi, received_at=MORNING)
    approval = operations.request_approval(
        agency=temanggung, period=obligation.period, submissions=[submission], person=budi, received_at=MORNING
    )
    filing = operations.approve(approval=approval, person=sri, received_at=MORNING)
    db.session.commit()
    return filing


def words_of(content: bytes) -> str:
    """Every paragraph and cell of a Word document in its order."""
    document = docx.Document(io.BytesIO(content))
    rows = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            rows += [" | ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            rows.append(block.text)
    return "\n".join(rows).replace("\u00a0", " ").strip() + "\n"


def test_the_letter_reads_as_its_snapshot(filing, client, sign_in, budi):
    sign_in(budi)
    found = words_of(client.get(f"{PAGE}.docx").data)
    file = SNAPSHOTS / "cover_letter.txt"
    if not file.exists():
        file.write_text(found)
        pytest.fail(f"{file.name} was not there; read it and run again")
    assert found == file.read_text()


def test_pdf_and_word_say_the_same(filing, client, sign_in, budi):
    sign_in(budi)
    pdf = client.get(f"{PAGE}.pdf").data
    on_paper = " ".join("".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())
    for line in words_of(client.get(f"{PAGE}.docx").data).splitlines():
        for part in line.split(" | "):
            words = part.removeprefix("1. ").removeprefix("2. ").removeprefix("3. ")
            assert " ".join(words.split()) in on_paper


def test_the_number_may_come_later(filing, client, sign_in, budi):
    sign_in(budi)
    assert "Nomor | : | …" in words_of(client.get(f"{PAGE}.docx").data)
    client.post(PAGE, data={"register_number": "700/214/2020", "nature": "Penting", "dated_on": "2020-07-14"})
    words = words_of(client.get(f"{PAGE}.docx").data)
    assert "Nomor | : | 700/214/2020\nSifat | : | Penting" in words
    assert "Temanggung, 14 Juli 2020" in words


def test_a_date_that_cannot_be_read_keeps_the_number(filing, client, sign_in, budi):
    sign_in(budi)
    answer = client.post(PAGE, data={"register_number": "700/214", "nature": "Biasa", "dated_on": "kemarin"})
    assert answer.status_code == 422
    assert 'value="700/214"' in answer.text


def test_the_signed_scan_is_awaited_with_the_office_that_signs_and_then_received(
    filing, client, sign_in, budi, sri, temanggung
):
    sign_in(budi)
    awaited = (
        "Menunggu paraf/tanda tangan a.n. BUPATI TEMANGGUNG, Sekretaris Daerah, u.b. Plt. Inspektur, sejak 13 Juli"
    )
    assert awaited in client.get("/laporan-triwulan/B18").text
    assert "Pindaian ditunggu sampai Senin, 20 Juli 2020" in client.get(PAGE).text
    answer = client.post(f"{PAGE}/pindaian", data={"berkas": (io.BytesIO(PDF), "surat.pdf")}, follow_redirects=True)
    assert "Surat bertanda tangan diterima" in answer.text
    assert awaited not in client.get("/laporan-triwulan/B18").text
    sign_in(sri)
    assert "Surat pengantar yang menunggu tanda tangan" not in client.get("/persetujuan").text


def test_an_overdue_letter_changes_nothing_of_the_filing_and_is_on_the_list(filing, client, sign_in, budi):
    late = MORNING + timedelta(days=8)
    with clock.at(late):
        sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
        page = client.get("/surat-pengantar").text
        assert "Kabupaten Temanggung" in page
        assert "sudah lewat; ketepatan waktu laporan tidak berubah" in page
        assert "Tepat waktu" in client.get(f"/laporan-triwulan/tanda-terima/{NUMBER}").text


def test_the_secretariat_may_read_the_scan(filing, client, sign_in, budi):
    sign_in(budi)
    client.post(f"{PAGE}/pindaian", data={"berkas": (io.BytesIO(PDF), "surat.pdf")})
    document_id = db.session.scalar(db.select(CoverLetter.document_id))
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    assert client.get(f"/dokumen/{document_id}/unduh").data == PDF


def test_an_empty_scan_is_a_sentence(filing, client, sign_in, budi):
    sign_in(budi)
    answer = client.post(f"{PAGE}/pindaian", data={"berkas": (io.BytesIO(b""), "surat.pdf")})
    assert answer.status_code == 422
    assert "Berkas kosong" in answer.text
    assert "Belum ada berkas" in client.post(f"{PAGE}/pindaian", data={}).text


def test_a_filing_without_approval_has_a_letter_with_room_for_who_signs(temanggung, budi, client, sign_in):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    file_for(factories.make_obligation(temanggung, target), budi)
    sign_in(budi)
    assert "Inspektur,\n\n\n\n(nama jelas)" in words_of(client.get(f"{PAGE}.docx").data)
    assert "Menunggu paraf" not in client.get(PAGE).text
