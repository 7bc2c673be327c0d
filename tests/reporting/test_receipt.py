"""The receipt: mails in the transaction of the filing, hashes short and whole, the page where anybody checks one."""

import hashlib
import io
import re
from datetime import UTC, datetime
from pathlib import Path

import html5lib
import pypdf
import pytest

from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.evidence.models import CheckRun, Document, Finding
from stranas.evidence.rules import CheckState, Severity, claim_key
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage, StoredFile
from tests import factories
from tests.pages import faults
from tests.verification.people import file_for

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
SNAPSHOTS = Path(__file__).parent / "snapshots"
CONTENT = b"rekap izin Temanggung"
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NUMBER = "B18-33.23-0001"


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def obligation(temanggung):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    return factories.make_obligation(temanggung, target)


@pytest.fixture
def budi(temanggung):
    return factories.make_person(Role.COORDINATOR, temanggung)


def make_file(agency, *, severity: Severity | None = None, target_id: int | None = None) -> Document:
    file = StoredFile(backend="memory", storage_key=SHA256, size=len(CONTENT), sha256=SHA256, stored_at=MORNING)
    document = Document(agency_id=agency.id, name="rekap-izin.csv", file=file, uploaded_at=MORNING)
    db.session.add(document)
    db.session.flush()
    if severity:
        finding = Finding(
            position=1, code="hidden", severity=severity, message="Dua kolom tersembunyi.", repair="Jelaskan isinya."
        )
        run = CheckRun(
            document_id=document.id,
            claim=claim_key(DocumentKind.REPORT.value, target_id),
            claimed_kind=DocumentKind.REPORT.value,
            target_id=target_id,
            state=CheckState.DONE,
            queued_at=MORNING,
            findings=[finding],
        )
        db.session.add(run)
    db.session.commit()
    return document


@pytest.fixture
def filed(obligation, budi, temanggung):
    return file_for(
        obligation, budi, document=make_file(temanggung, severity=Severity.EXPLAIN, target_id=obligation.target_id)
    )


def receipts() -> list[OutboxMessage]:
    query = db.select(OutboxMessage).where(OutboxMessage.template == "mail/receipt").order_by(OutboxMessage.id)
    return list(db.session.scalars(query))


def test_every_coordinator_and_certifying_official_gets_the_receipt_once(obligation, budi, temanggung):
    sri = factories.make_person(Role.CERTIFIER, temanggung, name="Sri")
    factories.make_person(Role.UNIT, temanggung, name="Lestari")
    file_for(obligation, budi)
    assert [message.recipient_id for message in receipts()] == [budi.id, sri.id]
    assert len({message.key for message in receipts()}) == 2


def test_the_mail_reads_as_its_snapshot(filed):
    message = receipts()[0]
    found = f"Perihal: {message.subject}\n\n{message.body_text.strip()}\n".replace("\u00a0", " ")
    file = SNAPSHOTS / "receipt.txt"
    if not file.exists():
        file.write_text(found)
        pytest.fail(f"{file.name} was not there; read it and run again")
    assert found == file.read_text()


def test_a_filing_without_notes_is_not_said_to_have_any(obligation, budi, temanggung, client, sign_in):
    file_for(obligation, budi, document=make_file(temanggung, severity=Severity.INFO, target_id=obligation.target_id))
    sign_in(budi)
    assert "catatan" not in receipts()[0].subject + receipts()[0].body_text
    assert "Terkirim dengan catatan" not in client.get(f"/laporan-triwulan/tanda-terima/{NUMBER}").text


def test_page_pdf_and_mail_say_that_there_are_notes(filed, client, sign_in, budi):
    sign_in(budi)
    page = client.get(f"/laporan-triwulan/tanda-terima/{NUMBER}").text
    for words in (page, "".join(pdf_pages(client)), receipts()[0].body_text):
        assert "Terkirim dengan catatan" in words
        assert "Dua kolom tersembunyi." in words


def pdf_pages(client) -> list[str]:
    pdf = client.get(f"/laporan-triwulan/tanda-terima/{NUMBER}.pdf").data
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_hashes_are_short_on_the_first_page_and_whole_on_the_second(filed, client, sign_in, budi):
    sign_in(budi)
    first, second = pdf_pages(client)
    assert f"{SHA256[:8]}…{SHA256[-6:]}" in first
    assert "pada halaman 2" in first
    assert SHA256 not in first
    assert SHA256 in second
    for page in (first, second):
        assert f"Tanda terima {NUMBER}" in page
        assert f"/tanda-terima/{NUMBER}" in page


def visible(html: str) -> str:
    """Every word of the page, also what only opens on demand, without scripts and styles."""
    page = html5lib.parse(html, namespaceHTMLElements=False)
    words = " ".join(page.find("body").itertext())
    return " ".join(words.replace("\u00a0", " ").split()).replace(" ,", ",")


def test_anybody_sees_number_agency_instant_and_hashes_and_nothing_else(filed, client):
    answer = client.get(f"/tanda-terima/{NUMBER}")
    assert faults(answer.text) == []
    assert visible(answer.text) == (
        "Langsung ke isi Pelaporan Aksi PK Periksa tanda terima Tercatat dalam sistem "
        f"Nomor {NUMBER} Instansi Kabupaten Temanggung Diterima Senin, 13 Juli 2020 pukul 09.00.00 WIB "
        "Cocokkan berkas Apakah berkas yang Anda pegang sama dengan yang dikirim instansi? Sidik SHA-256 kedua berkas "
        "harus sama. Pilih berkas, atau letakkan di sini Sidiknya dihitung di peramban Anda. Berkas tidak dikirim ke "
        "mana pun. Peramban ini tidak dapat menghitung sidik pada alamat tanpa https. Buka halaman ini lewat https, "
        "atau hitung sendiri sidik berkas seperti di bawah. Untuk menghitung sendiri: di Windows jalankan certutil "
        "-hashfile NAMA-BERKAS SHA256, di Linux sha256sum NAMA-BERKAS, di macOS shasum -a 256 NAMA-BERKAS, lalu cari "
        f"hasilnya dalam daftar ini. Sidik SHA-256 berkas yang dikirim {SHA256} "
        "Perlu bantuan? " + client.application.config["SETTINGS"].help_contact
    )
    for secret in ("rekap-izin", "Budi", "1-a", "izin", "64,5", "catatan", "Tepat waktu"):
        assert secret not in answer.text.replace("perizinan-", "")


def test_the_public_page_sets_no_cookie_and_is_asked_again_by_its_etag(filed, client):
    first = client.get(f"/tanda-terima/{NUMBER}")
    assert "Set-Cookie" not in first.headers
    assert first.headers["Cache-Control"] == "no-cache"
    assert "script-src 'self';" in first.headers["Content-Security-Policy"]
    again = client.get(f"/tanda-terima/{NUMBER}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("number", ["B18-33.23-0002", "B18-33.23-0001.pdf", "apa-saja", "B18-99.99-0001"])
def test_an_unknown_number_is_one_calm_sentence(filed, client, number):
    answer = client.get(f"/tanda-terima/{number}")
    assert answer.status_code == 404
    assert "Set-Cookie" not in answer.headers
    assert faults(answer.text) == []
    assert answer.text == client.get("/tanda-terima/B18-33.23-9999").text


def test_only_who_may_read_all_of_it_is_led_to_the_whole_receipt(filed, client, sign_in, budi):
    link = f'href="/laporan-triwulan/tanda-terima/{NUMBER}"'
    assert link not in client.get(f"/tanda-terima/{NUMBER}").text
    sign_in(budi)
    assert link in client.get(f"/tanda-terima/{NUMBER}").text
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("33.24", "Kabupaten Kendal"), name="Dewi"))
    assert link not in client.get(f"/tanda-terima/{NUMBER}").text


def test_the_printed_address_is_the_public_page(filed, client):
    address = re.search(r"https?://\S+/tanda-terima/\S+", receipts()[0].body_text).group()
    assert client.get(address.split("/", 3)[3].join(["/", ""])).status_code == 200
