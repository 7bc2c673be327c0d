"""The library, downloads and previews: only of agencies in scope, and only as safe bytes."""

import io
from datetime import UTC, datetime

import pytest
from PIL import Image

from stranas.accounts.models import Role, VerifierAssignment
from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations, queries, runner
from stranas.evidence.models import CheckRun
from stranas.evidence.rules import CheckState
from stranas.reporting.models import Evidence, Submission
from stranas.reporting.rules import Status
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import factories
from tests.evidence import samples
from tests.verification import people

AT = datetime(2020, 7, 13, 2, tzinfo=UTC)


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def budi(temanggung, sign_in):
    person = factories.make_person(Role.COORDINATOR, temanggung)
    sign_in(person)
    return person


@pytest.fixture
def dewi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency(code="71.09", name="Kabupaten Lain"), "Dewi")


def upload(agency, content: bytes, name: str):
    received = operations.receive_file(io.BytesIO(content), name)
    with unit_of_work():
        return operations.register_file(agency_id=agency.id, received=received, uploaded_by_id=None, at=AT)


def test_a_download_gives_the_original_bytes_as_an_attachment(client, budi, temanggung):
    content = samples.html()
    document = upload(temanggung, content, "rekap “akhir” é.html")
    answer = client.get(f"/dokumen/{document.id}/unduh")
    assert answer.data == content
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "filename*=UTF-8''rekap%20" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Length"] == str(len(content))
    assert answer.mimetype == "application/octet-stream", "a browser must not take it for a page of ours"


PLACES = ("unduh", "pratinjau", "pratinjau/1.png", "pengecekan?klaim=laporan")


@pytest.mark.parametrize("place", PLACES)
def test_a_foreign_document_is_not_found(client, sign_in, budi, temanggung, dewi, place):
    document = upload(temanggung, samples.pdf(), "laporan.pdf")
    with unit_of_work():
        operations.request_check(document_id=document.id, claimed_kind=DocumentKind.REPORT)
    assert client.get(f"/dokumen/{document.id}/{place}").status_code == 200
    sign_in(dewi)
    assert client.get(f"/dokumen/{document.id}/{place}").status_code == 404


def test_a_verifier_reads_documents_of_assigned_agencies_only(client, sign_in, temanggung, dewi):
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    document = sent_by(temanggung)
    sign_in(citra)
    assert client.get(f"/dokumen/{document.id}/unduh").status_code == 404
    with unit_of_work():
        db.session.add(VerifierAssignment(user_id=citra.id, agency_id=temanggung.id))
    assert client.get(f"/dokumen/{document.id}/unduh").status_code == 200


def test_what_was_never_sent_is_read_by_the_own_agency_only(client, sign_in, temanggung, budi):
    document = upload(temanggung, samples.pdf(), "konsep.pdf")
    assert client.get(f"/dokumen/{document.id}/unduh").status_code == 200
    sign_in(people.make_citra(temanggung))
    assert client.get(f"/dokumen/{document.id}/unduh").status_code == 404
    assert "konsep.pdf" not in client.get("/dokumen").text


def sent_by(agency):
    programme = factories.make_programme()
    target = factories.make_target(
        factories.make_item(programme), factories.make_period(programme), kinds=(DocumentKind.REPORT,)
    )
    document = upload(agency, samples.pdf(), "laporan.pdf")
    people.file_for(factories.make_obligation(agency, target), document=document)
    return document


def test_pages_of_a_pdf_are_drawn_as_pictures(client, budi, temanggung):
    document = upload(temanggung, samples.pdf(pages=3), "laporan.pdf")
    page = client.get(f"/dokumen/{document.id}/pratinjau").text
    assert page.count("<img ") == 3
    assert "Halaman 3 dari 3" in page
    picture = client.get(f"/dokumen/{document.id}/pratinjau/3.png")
    assert picture.mimetype == "image/png"
    assert Image.open(io.BytesIO(picture.data)).size[0] <= 1600
    assert client.get(f"/dokumen/{document.id}/pratinjau/4.png").status_code == 404


def test_a_drawn_page_is_kept(client, budi, temanggung, monkeypatch):
    document = upload(temanggung, samples.pdf(pages=4), "laporan.pdf")
    first = client.get(f"/dokumen/{document.id}/pratinjau/2.png").data
    monkeypatch.setattr(runner, "COMMAND", ("false",))
    assert client.get(f"/dokumen/{document.id}/pratinjau/2.png").data == first


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_picture_is_shown_as_a_page(client, budi, temanggung, kind):
    document = upload(temanggung, samples.image(kind, size=(1800, 600)), f"foto.{kind.lower()}")
    picture = client.get(f"/dokumen/{document.id}/pratinjau/1.png")
    assert Image.open(io.BytesIO(picture.data)).size == (1400, 467)


NASTY = "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("name", "build"),
    [
        ("rekap.xlsx", lambda: samples.xlsx((("No", NASTY), (1.5, "=1+1")))),
        ("rekap.csv", lambda: samples.csv_table((("No", NASTY), ("1,5", "b")))),
    ],
)
def test_a_worksheet_is_shown_as_plain_text(client, budi, temanggung, name, build):
    document = upload(temanggung, build(), name)
    page = client.get(f"/dokumen/{document.id}/pratinjau").text
    assert NASTY not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "<td>1,5</td>" in page


def test_an_open_document_worksheet_is_shown(client, budi, temanggung):
    document = upload(temanggung, samples.ods(), "rekap.ods")
    assert "<td>Izin</td>" in client.get(f"/dokumen/{document.id}/pratinjau").text


def test_a_long_worksheet_is_cut(client, budi, temanggung):
    document = upload(temanggung, samples.xlsx([[n] * 40 for n in range(250)]), "panjang.xlsx")
    page = client.get(f"/dokumen/{document.id}/pratinjau").text
    assert page.count("<tr>") == 200
    assert page.count("<td>7</td>") == 30
    assert "Unduh berkas untuk membaca selebihnya" in page


@pytest.mark.parametrize("build", [samples.docx, samples.locked_pdf, samples.broken_xlsx, samples.text])
def test_what_cannot_be_drawn_is_offered_as_a_download(client, budi, temanggung, build):
    document = upload(temanggung, build(), "berkas.bin")
    answer = client.get(f"/dokumen/{document.id}/pratinjau")
    assert answer.status_code == 200
    assert "Pratinjau tidak tersedia untuk berkas ini" in answer.text
    assert client.get(f"/dokumen/{document.id}/pratinjau/1.png").status_code == 404


def test_htmx_gets_the_part_without_the_page_around_it(client, budi, temanggung):
    document = upload(temanggung, samples.pdf(), "laporan.pdf")
    part = client.get(f"/dokumen/{document.id}/pratinjau", headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert "<img " in part


def test_a_link_is_shown_as_its_address(client, budi, temanggung):
    with unit_of_work():
        document = operations.add_link(
            agency_id=temanggung.id, address="https://jdih.go.id/5", uploaded_by_id=None, at=AT
        )
    page = client.get(f"/dokumen/{document.id}/pratinjau").text
    assert 'href="https://jdih.go.id/5"' in page
    assert 'rel="noopener noreferrer"' in page
    assert client.get(f"/dokumen/{document.id}/unduh").status_code == 404


def test_the_check_asks_again_only_while_it_runs(client, budi, temanggung):
    document = upload(temanggung, samples.pdf(), "rekap.xlsx")
    with unit_of_work():
        run = CheckRun(
            document_id=document.id, claim="data", claimed_kind="data", state=CheckState.WAITING, queued_at=clock.wall()
        )
        db.session.add(run)
    address = f"/dokumen/{document.id}/pengecekan?klaim=data"
    waiting = client.get(address).text
    assert "Menunggu pengecekan" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    with unit_of_work():
        operations.request_check(document_id=document.id, claimed_kind=DocumentKind.DATA)
    done = client.get(address).text
    assert "Wajib diperbaiki" in done
    assert "Berkas bernama .xlsx, tetapi isinya PDF." in done
    assert "hx-trigger" not in done


def test_an_unknown_kind_is_not_found(client, budi, temanggung):
    document = upload(temanggung, samples.pdf(), "laporan.pdf")
    assert client.get(f"/dokumen/{document.id}/pengecekan?klaim=apa").status_code == 404
    assert client.get(f"/dokumen/{document.id}/pengecekan").status_code == 404


def test_the_library_shows_own_documents_with_their_worst_finding(client, budi, temanggung, dewi):
    document = upload(temanggung, samples.pdf(), "rekap.xlsx")
    with unit_of_work():
        operations.request_check(document_id=document.id, claimed_kind=DocumentKind.DATA)
    upload(dewi.memberships[0].agency, samples.text(), "milik-kabupaten-lain.txt")
    page = client.get("/dokumen").text
    assert "rekap.xlsx" in page
    assert "Wajib diperbaiki" in page
    assert document.file.sha256 in client.get(f"/dokumen/{document.id}").text
    assert "milik-kabupaten-lain" not in page


def test_the_library_is_searched_and_paged(client, budi, temanggung):
    for number in range(27):
        upload(temanggung, str(number).encode(), f"berkas-{number:02}.txt")
    assert client.get("/dokumen").text.count("/unduh") == 25
    assert client.get("/dokumen?halaman=2").text.count("/unduh") == 2
    assert client.get("/dokumen?cari=KAS-1").text.count("/unduh") == 10
    assert "Tidak ada dokumen yang cocok" in client.get("/dokumen?cari=100%25").text


def test_the_library_names_where_a_document_is_used(client, budi, temanggung):
    document = used_document(temanggung)
    page = client.get("/dokumen").text
    assert "B18, 1-a" in page
    assert document.name in page


def test_bytes_used_in_an_earlier_quarter_need_an_explanation(budi, temanggung):
    used_document(temanggung)
    again = upload(temanggung, samples.pdf(), "laporan-baru.pdf")
    with unit_of_work():
        operations.request_check(document_id=again.id, claimed_kind=DocumentKind.REPORT)
    (finding,) = queries.check_result(again.id, "laporan").findings
    assert finding.message == "Berkas yang sama sudah dipakai pada Triwulan VI (B18), kewajiban 1-a."


def used_document(agency):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    obligation = factories.make_obligation(agency, target)
    document = upload(agency, samples.pdf(), "laporan.pdf")
    with unit_of_work():
        submission = Submission(obligation_id=obligation.id, status=Status.DRAFT)
        db.session.add(submission)
        db.session.flush()
        db.session.add(
            Evidence(
                submission_id=submission.id,
                requirement_id=target.requirements[0].id,
                document_id=document.id,
                attached_at=AT,
            )
        )
    return document
