"""What an agency writes about a document: who may, what is asked of the words, and two people at once."""

from datetime import date

import pytest

from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.evidence.models import CheckRun, Document
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import AuditEntry
from stranas.verification.models import SpotCheck
from stranas.verification.rules import SpotForm
from tests import factories
from tests.evidence import samples
from tests.evidence.shelf_of import AT, make_obligation, put, revise
from tests.pages import faults, parse
from tests.verification import people

TYPED = {
    "name": "laporan-semester.pdf",
    "kind": "laporan",
    "number": "700/12/2020",
    "dated_on": "2020-05-04",
    "signatory": "Inspektur",
    "description": "Baris satu\r\nBaris dua",
}


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
    return put(temanggung, samples.pdf(), "laporan.pdf")


def fresh(document) -> Document:
    db.session.rollback()
    return db.session.get_one(Document, document.id, populate_existing=True)


def opened(client, document) -> str:
    """What the form of the page carries along."""
    page = client.get(f"/dokumen/{document.id}/ubah").text
    assert faults(page) == []
    return next(field.get("value") for field in parse(page).iter("input") if field.get("name") == "opened")


def send(client, document, **typed):
    typed = TYPED | {"opened": typed.pop("opened", None) or opened(client, document)} | typed
    return client.post(f"/dokumen/{document.id}/ubah", data=typed)


def test_the_facts_are_kept_audited_and_checked(client, budi, document):
    assert send(client, document).status_code == 302
    kept = fresh(document)
    assert (kept.name, kept.kind, kept.number) == ("laporan-semester.pdf", DocumentKind.REPORT, "700/12/2020")
    assert (kept.dated_on, kept.signatory) == (date(2020, 5, 4), "Inspektur")
    assert kept.description == "Baris satu\nBaris dua"
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "describe_document")).one()
    assert entry.details["number"] == ["", "700/12/2020"]
    assert db.session.scalars(db.select(CheckRun.claim).where(CheckRun.document_id == document.id)).all() == ["laporan"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", " ", "Isi nama dokumen."),
        ("name", "laporan.docx", "Akhiran nama berkas tetap .pdf"),
        ("number", "9" * 201, "Tulis paling banyak 200 huruf."),
        ("signatory", "x" * 201, "Tulis paling banyak 200 huruf."),
        ("description", "x" * 2001, "Tulis paling banyak 2.000 huruf."),
        ("dated_on", "2020-07-14", "Tanggal dokumen tidak boleh sesudah hari ini."),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(client, budi, document, field, value, sentence):
    answer = send(client, document, **{field: value})
    assert answer.status_code == 422
    assert sentence in answer.text
    assert faults(answer.text) == []
    assert fresh(document).number == ""


def test_two_at_once_do_not_overwrite_silently(client, budi, document):
    seen = opened(client, document)
    assert send(client, document, opened=seen).status_code == 302
    answer = send(client, document, opened=seen, number="999/2020")
    assert answer.status_code == 409
    assert "Keterangan ini sudah diubah orang lain" in answer.text
    assert "999/2020" in answer.text
    assert "700/12/2020" in answer.text
    assert faults(answer.text) == []
    assert fresh(document).number == "700/12/2020"
    again = next(f.get("value") for f in parse(answer.text).iter("input") if f.get("name") == "opened")
    assert send(client, document, opened=again, number="999/2020").status_code == 302, "now knowingly"
    assert fresh(document).number == "999/2020"


def test_two_who_write_the_same_have_no_conflict(client, budi, document):
    seen = opened(client, document)
    assert [send(client, document, opened=seen).status_code for _ in range(2)] == [302, 302]


def test_an_earlier_revision_is_not_described_any_more(client, budi, document):
    seen = opened(client, document)
    revise(document, b"other")
    answer = send(client, document, opened=seen)
    assert answer.status_code == 409
    assert "sudah mempunyai revisi 2" in answer.text


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.COORDINATOR])
def test_only_the_own_inspektorat_describes(client, temanggung, document, sign_in, role):
    sign_in(factories.make_person(role, None if role.is_national else temanggung, "Orang"))
    assert client.post(f"/dokumen/{document.id}/ubah", data=TYPED).status_code == 403


def test_dewi_does_not_describe_budis(client, document, sign_in):
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("71.09", "Lain"), "Dewi"))
    assert client.post(f"/dokumen/{document.id}/ubah", data=TYPED).status_code == 404


def test_notes_of_an_uji_petik_are_the_verifiers(client, budi, temanggung, document):
    filed = people.file_for(make_obligation(temanggung))
    check = SpotCheck(
        submission_id=filed.submission.id,
        form=SpotForm.VISIT,
        planned_on=AT.date(),
        subject="Berkas asli.",
        planned_at=AT,
        document_id=document.id,
    )
    with unit_of_work():
        db.session.add(check)
    assert client.get(f"/dokumen/{document.id}").status_code == 200
    for door in ("ubah", "revisi", "klasifikasi", "hapus"):
        assert client.post(f"/dokumen/{document.id}/{door}", data=TYPED).status_code == 404, door


def test_a_document_that_was_not_used_leaves_the_list_and_comes_back(client, budi, document):
    assert client.post(f"/dokumen/{document.id}/hapus").status_code == 302
    assert "laporan.pdf</a>" not in client.get("/dokumen").text
    assert "laporan.pdf</a>" in client.get("/dokumen?dihapus=1").text
    assert client.get(f"/dokumen/{document.id}/unduh").status_code == 200, "bytes are never lost"
    assert client.post(f"/dokumen/{document.id}/kembalikan").status_code == 302
    assert "laporan.pdf</a>" in client.get("/dokumen").text


def test_it_comes_back_for_thirty_days(client, budi, document):
    with unit_of_work():
        document.removed_at = AT.replace(month=6, day=12)
    answer = client.post(f"/dokumen/{document.id}/kembalikan")
    assert answer.status_code == 409
    assert "lebih dari 30 hari" in answer.text


def test_what_was_sent_stays_on_the_list(client, budi, temanggung, document):
    people.file_for(make_obligation(temanggung), document=document)
    revise(document, b"a later revision that nobody used")
    answer = client.post(f"/dokumen/{document.id}/hapus")
    assert answer.status_code == 409
    assert fresh(document).removed_at is None
