"""Revisions: other bytes of the same document; what was sent keeps its own, what is written takes the new one."""

import io
import json

import pytest

from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.rules import CheckState
from stranas.reporting.models import Evidence, Submission, SubmissionVersion
from stranas.reporting.rules import Status
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import factories
from tests.evidence import samples
from tests.evidence.shelf_of import AT, draft_with, make_obligation, put, revise
from tests.pages import faults
from tests.verification import people

FACTS = {"kind": DocumentKind.REPORT, "number": "700/1/2020", "signatory": "Inspektur", "description": "Semester I"}


@pytest.fixture
def temanggung(app):
    with clock.at(AT):
        yield factories.make_agency()


@pytest.fixture
def budi(temanggung, sign_in):
    person = factories.make_person(Role.COORDINATOR, temanggung)
    sign_in(person)
    return person


@pytest.fixture
def document(temanggung):
    return put(temanggung, samples.pdf(), "laporan.pdf", **FACTS)


def upload(client, document, content: bytes | None = None, *places: int, query: str = "", name: str = "laporan-2.pdf"):
    content = samples.pdf(pages=2) if content is None else content
    data = {"berkas": (io.BytesIO(content), name), "tempat": [str(place) for place in places]}
    return client.post(f"/dokumen/{document.id}/revisi{query}", data=data, content_type="multipart/form-data")


def series_of(document) -> list[Document]:
    db.session.rollback()
    query = db.select(Document).where(Document.series == document.series).order_by(Document.revision)
    return list(db.session.scalars(query.execution_options(populate_existing=True)))


def attached(submission_id: int) -> list[int]:
    """The revisions that the report holds now."""
    return list(
        db.session.scalars(
            db.select(Document.revision)
            .join(Evidence, Evidence.document_id == Document.id)
            .where(Evidence.submission_id == submission_id, Evidence.detached_at.is_(None))
            .order_by(Document.revision)
        )
    )


def test_a_revision_inherits_the_facts(client, budi, document):
    assert faults(client.get(f"/dokumen/{document.id}/revisi").text) == []
    answer = upload(client, document)
    assert answer.status_code == 302
    first, second = series_of(document)
    assert answer.location == f"/dokumen/{second.id}"
    assert second.revision == 2
    assert {name: getattr(second, name) for name in FACTS} == FACTS
    assert first.file_id != second.file_id
    assert second.uploaded_by_id == budi.id


def test_its_page_names_the_others(client, budi, document):
    second = revise(document, samples.pdf(pages=2))
    assert "Ini revisi 1." in client.get(f"/dokumen/{document.id}").text
    page = client.get(f"/dokumen/{second.id}").text
    assert "Revisi 2, yang terbaru" in page
    assert f'href="/dokumen/{document.id}"' in page
    assert faults(page) == []


def test_the_same_bytes_are_no_revision(client, budi, document):
    answer = upload(client, document, samples.pdf())
    assert answer.status_code == 422
    assert "sama persis dengan revisi 1" in answer.text
    assert faults(answer.text) == []
    assert len(series_of(document)) == 1


@pytest.mark.parametrize(("content", "sentence"), [(b"", "Berkas kosong")])
def test_what_cannot_be_received_is_said_at_the_field(client, budi, document, content, sentence):
    answer = upload(client, document, content)
    assert answer.status_code == 422
    assert sentence in answer.text


def test_no_file_is_said_at_the_field(client, budi, document):
    answer = client.post(f"/dokumen/{document.id}/revisi", data={}, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "Pilih berkas revisinya" in answer.text


def test_a_draft_takes_the_new_revision_where_it_was_ticked(client, budi, temanggung, document):
    obligation = make_obligation(temanggung, kinds=(DocumentKind.REPORT, DocumentKind.PLAN))
    (evidence,) = draft_with(obligation, document)
    submission_id, target_id = evidence.submission_id, obligation.target_id
    page = client.get(f"/dokumen/{document.id}/revisi").text
    assert f'value="{evidence.id}" checked' in page
    assert upload(client, document, None, evidence.id).status_code == 302
    assert attached(submission_id) == [2]
    second = series_of(document)[1]
    run = db.session.scalars(
        db.select(CheckRun).where(CheckRun.document_id == second.id, CheckRun.target_id == target_id)
    ).one()
    assert run.state is CheckState.DONE, "it was checked for what the requirement asks"


def test_what_was_not_ticked_keeps_the_old_one_and_may_take_the_new_one_later(client, budi, temanggung, document):
    (evidence,) = draft_with(make_obligation(temanggung), document)
    submission_id, evidence_id = evidence.submission_id, evidence.id
    assert upload(client, document).status_code == 302
    assert attached(submission_id) == [1]
    second = series_of(document)[1]
    assert "masih memakai revisi lama" in client.get(f"/dokumen/{second.id}").text
    answer = client.post(f"/dokumen/{second.id}/pasang", data={"tempat": evidence_id})
    assert answer.status_code == 302
    assert attached(submission_id) == [2]
    assert "masih memakai revisi lama" not in client.get(f"/dokumen/{second.id}").text


def test_ganti_on_the_entry_page_comes_back_to_its_requirement(client, budi, temanggung, document):
    obligation = make_obligation(temanggung)
    (evidence,) = draft_with(obligation, document)
    requirement_id, submission_id = evidence.requirement_id, evidence.submission_id
    query = f"?laporan={obligation.id}&persyaratan={requirement_id}"
    page = client.get(f"/laporan/{obligation.id}").text
    assert f'href="/dokumen/{document.id}/revisi{query.replace("&", "&amp;")}"' in page
    answer = upload(client, document, None, evidence.id, query=query)
    assert answer.location == f"/laporan/{obligation.id}#syarat-{requirement_id}"
    assert attached(submission_id) == [2]


def in_state(submission_id: int, status: Status) -> None:
    with unit_of_work():
        db.session.get_one(Submission, submission_id).status = status


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.NOT_STARTED])
def test_only_a_report_that_can_be_changed_takes_it(client, budi, temanggung, document, status):
    (evidence,) = draft_with(make_obligation(temanggung), document)
    submission_id, evidence_id = evidence.submission_id, evidence.id
    in_state(submission_id, status)
    assert upload(client, document, None, evidence_id).status_code == 302, "the revision is never lost"
    editable = status in (Status.DRAFT, Status.RETURNED)
    assert attached(submission_id) == [2 if editable else 1]
    assert len(series_of(document)) == 2


def test_what_was_sent_stays_frozen(client, budi, temanggung, document):
    filed = people.file_for(make_obligation(temanggung), document=document)
    before = db.session.get_one(SubmissionVersion, filed.version_id).content
    upload(client, document)
    after = db.session.get_one(SubmissionVersion, filed.version_id, populate_existing=True).content
    assert after == before
    assert json.loads(after)["evidence"][0]["document"] == document.id
    assert attached(filed.submission.id) == [1]


def test_places_of_other_documents_and_agencies_are_not_touched(client, budi, temanggung, document):
    other = put(temanggung, b"other", "lain.pdf")
    obligation = make_obligation(temanggung)
    (own,) = draft_with(obligation, other)
    lain = factories.make_agency("71.09", "Kabupaten Lain")
    (foreign,) = draft_with(factories.make_obligation(lain, obligation.target), put(lain, b"x", "asing.pdf"))
    assert upload(client, document, None, own.id, foreign.id).status_code == 302
    db.session.rollback()
    assert [db.session.get_one(Evidence, one.id).detached_at for one in (own, foreign)] == [None, None]


def test_a_link_is_revised_by_another_address(client, budi, temanggung):
    with unit_of_work():
        link = operations.add_link(agency_id=temanggung.id, address="https://a.go.id/1", uploaded_by_id=None, at=AT)
    assert "Alamat tautan yang baru" in client.get(f"/dokumen/{link.id}/revisi").text
    assert client.post(f"/dokumen/{link.id}/revisi", data={"tautan": "bukan"}).status_code == 422
    assert client.post(f"/dokumen/{link.id}/revisi", data={"tautan": "https://a.go.id/1"}).status_code == 422
    assert client.post(f"/dokumen/{link.id}/revisi", data={"tautan": "https://a.go.id/2"}).status_code == 302
    assert [one.url for one in series_of(link)] == ["https://a.go.id/1", "https://a.go.id/2"]


def test_dewi_does_not_revise_budis(client, document, sign_in):
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("71.09", "Lain"), "Dewi"))
    assert upload(client, document).status_code == 404
    assert len(series_of(document)) == 1


def unggah(client, *files: tuple[bytes, str], **fields):
    data = {"jenis": "laporan", "berkas": [(io.BytesIO(content), name) for content, name in files]} | fields
    return client.post("/dokumen/unggah", data=data, content_type="multipart/form-data")


def test_several_files_come_straight_into_the_library(client, budi, temanggung):
    assert faults(client.get("/dokumen/unggah").text) == []
    answer = unggah(client, (samples.pdf(), "satu.pdf"), (samples.pdf(pages=2), "dua.pdf"))
    assert answer.status_code == 200
    assert faults(answer.text) == []
    found = db.session.scalars(db.select(Document).order_by(Document.id)).all()
    assert [(one.name, one.kind, one.agency_id) for one in found] == [
        ("satu.pdf", DocumentKind.REPORT, temanggung.id),
        ("dua.pdf", DocumentKind.REPORT, temanggung.id),
    ]
    assert set(db.session.scalars(db.select(CheckRun.claim))) == {"laporan"}


def test_the_same_bytes_are_told_not_doubled(client, budi, temanggung):
    old = put(temanggung, samples.pdf(), "lama.pdf", at=AT.replace(year=2019))
    answer = unggah(client, (samples.pdf(), "baru.pdf"))
    assert "sudah ada dalam daftar, jadi tidak digandakan" in answer.text
    assert f'href="/dokumen/{old.id}"' in answer.text
    assert db.session.scalar(db.select(db.func.count(Document.id))) == 1


def test_the_same_bytes_of_another_agency_are_nobodys_business(client, budi, temanggung):
    put(factories.make_agency("71.09", "Kabupaten Lain"), samples.pdf(), "rahasia-lain.pdf")
    answer = unggah(client, (samples.pdf(), "baru.pdf"))
    assert "rahasia-lain" not in answer.text
    assert "diterima dan sedang dicek" in answer.text


def test_what_was_taken_off_comes_back_with_the_same_bytes(client, budi, temanggung):
    old = put(temanggung, samples.pdf(), "lama.pdf", removed_at=AT)
    unggah(client, (samples.pdf(), "lama.pdf"))
    assert [one.removed_at for one in series_of(old)] == [None]


def test_one_bad_file_does_not_cost_the_others(client, budi):
    answer = unggah(client, (b"", "kosong.pdf"), (samples.pdf(), "baik.pdf"))
    assert answer.status_code == 422
    assert "Berkas kosong" in answer.text
    assert db.session.scalars(db.select(Document.name)).all() == ["baik.pdf"]


def test_a_link_comes_into_the_library(client, budi):
    answer = unggah(client, tautan="https://jdih.go.id/5", nama="JDIH", berkas=[])
    assert answer.status_code == 200
    assert db.session.scalars(db.select(Document.name)).all() == ["JDIH"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({"berkas": []}, "Pilih berkas, atau tulis alamat tautan."), ({"jenis": ""}, "Pilih jenis dokumen.")],
)
def test_what_is_missing_is_said_at_the_field(client, budi, fields, sentence):
    answer = unggah(client, (samples.pdf(), "satu.pdf"), **fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert faults(answer.text) == []
    assert db.session.scalar(db.select(db.func.count(Document.id))) == 0
