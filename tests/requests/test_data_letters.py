"""Surat permohonan data: written, printed on paper and for Word; its number and date open *menunggu instansi lain*."""

import io
from datetime import date

import docx
import pypdf
import pytest

from stranas.accounts.models import Role
from stranas.evidence.models import Document
from stranas.reporting import operations as reporting
from stranas.reporting.models import Evidence, Submission
from stranas.reporting.rules import SubmissionKind
from stranas.requests.models import DataLetter
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.requests.people import CSV, NOW, make_office, upload

BPN = "Kepala Kantor Pertanahan Kabupaten Temanggung"


@pytest.fixture
def office(app, sign_in):
    with clock.at(NOW):
        office = make_office()
        sign_in(office.budi)
        yield office


def write(client, office, **fields):
    typed = {
        "addressee": BPN,
        "place": "Temanggung",
        "wanted": "Jumlah bidang tanah yang sudah bersertifikat.",
        "answer_by": "2020-07-20",
        "signatory": "0",
    }
    return client.post(f"/laporan/{office.obligation.id}/surat-permohonan", data=typed | fields)


@pytest.fixture
def letter(client, office) -> DataLetter:
    assert write(client, office).status_code == 302
    return db.session.scalars(db.select(DataLetter)).one()


def register(client, letter, **fields):
    typed = {"number": "700/214/2020", "dated": "2020-07-01", "revision": "0"} | fields
    return client.post(f"/surat-permohonan/{letter.id}/catat", data=typed, content_type="multipart/form-data")


def submission() -> Submission | None:
    db.session.expire_all()
    return db.session.scalars(db.select(Submission)).unique().one_or_none()


def words_of(client, letter) -> tuple[str, str]:
    pdf = client.get(f"/surat-permohonan/{letter.id}.pdf")
    word = client.get(f"/surat-permohonan/{letter.id}.docx")
    sheets = pypdf.PdfReader(io.BytesIO(pdf.data)).pages
    document = docx.Document(io.BytesIO(word.data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return (
        " ".join(sheet.extract_text() for sheet in sheets),
        "\n".join([*cells, *(row.text for row in document.paragraphs)]),
    )


def test_paper_and_word_say_the_same(client, office, letter):
    for words in words_of(client, letter):
        one_line = " ".join(words.split())
        for part in (
            "PEMERINTAH KABUPATEN TEMANGGUNG",
            f"Yth. {BPN}",
            "Jumlah bidang tanah yang sudah bersertifikat.",
            "Senin, 20 Juli 2020",
        ):
            assert part in one_line


def test_the_official_who_may_sign_stands_under_it(client, office):
    sri = factories.make_person(Role.CERTIFIER, office.agency, name="Sri Lestari")
    write(client, office, signatory=str(sri.id))
    (letter,) = db.session.scalars(db.select(DataLetter))
    assert "Sri Lestari" in letter.signature


def test_what_is_missing_is_named(client, office):
    answer = write(client, office, addressee="", answer_by="2020-06-30")
    assert answer.status_code == 422
    assert "Tulis jabatan dan instansi yang dimintai data." in answer.text
    assert "Pilih hari ini atau sesudahnya." in answer.text
    assert "Jumlah bidang tanah" in answer.text


def test_number_and_date_open_waiting_for_the_other_agency(client, office, letter):
    assert register(client, letter).status_code == 302
    found = submission()
    assert (found.kind, found.waiting_for) == (SubmissionKind.WAITING, BPN)
    assert (found.waiting_letter, found.waiting_since) == ("700/214/2020", date(2020, 7, 1))
    assert found.review_on == date(2020, 7, 20)
    assert "nomor 700/214/2020 tanggal 1 Juli 2020" in found.beside_reason
    assert "700/214/2020" in words_of(client, letter)[0]


def test_the_signed_scan_becomes_evidence_where_it_is_wanted(client, office, letter):
    requirement = office.obligation.target.requirements[0]
    register(client, letter, scan=upload("surat.csv", CSV), requirement=str(requirement.id))
    (evidence,) = db.session.scalars(db.select(Evidence))
    assert (evidence.requirement_id, evidence.document.name) == (requirement.id, "surat.csv")
    assert db.session.scalars(db.select(DataLetter)).one().document_id == evidence.document_id


def test_words_that_somebody_saved_meanwhile_are_not_overwritten_unknowingly(client, office, letter):
    page = client.get(f"/surat-permohonan/{letter.id}").text
    assert 'name="revision" type="hidden" value="0"' in page
    own = reporting.start_submission(obligation=office.obligation, person=office.budi, received_at=NOW)
    entry = reporting.Entry(narrative="Ditulis dari jendela lain.")
    reporting.save_draft(submission=own, entry=entry, revision=0, person=office.budi, received_at=NOW)
    db.session.commit()
    answer = register(client, letter)
    assert answer.status_code == 409
    assert "700/214/2020" in answer.text
    assert 'value="1"' in answer.text
    assert submission().kind is SubmissionKind.ACHIEVEMENT
    assert register(client, letter, revision="1").status_code == 302
    assert submission().narrative == "Ditulis dari jendela lain."


def test_a_letter_is_registered_once(client, office, letter):
    register(client, letter)
    assert register(client, letter, number="700/215/2020", revision="1").status_code == 409
    assert submission().waiting_letter == "700/214/2020"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"number": ""}, "Tulis nomor suratnya."),
        ({"dated": "2020-07-02"}, "Tanggal surat paling lambat hari ini."),
        ({"scan": b""}, "Berkas kosong"),
    ],
)
def test_what_cannot_be_registered_is_a_sentence(client, office, letter, fields, sentence):
    if "scan" in fields:
        fields = {"scan": upload("kosong.pdf", fields["scan"])}
    answer = register(client, letter, **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert submission() is None
    assert db.session.scalars(db.select(Document)).all() == []


def test_another_agency_finds_no_letter(client, letter, sign_in):
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Dewi"))
    for address in ("", ".pdf", ".docx"):
        assert client.get(f"/surat-permohonan/{letter.id}{address}").status_code == 404
    assert register(client, letter).status_code == 404
