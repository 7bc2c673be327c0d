"""What an officer does with findings: explain them, or move the document to where it belongs."""

import io
from datetime import UTC, datetime

import pytest

from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations as library
from stranas.evidence.models import CheckRun, Finding, FindingAnswer
from stranas.evidence.queries import claim_for
from stranas.evidence.rules import CheckState, Severity
from stranas.reporting import operations
from stranas.reporting.models import Evidence
from stranas.reporting.operations.filing import _content
from stranas.reporting.queries.evidence import requirement_views
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import factories
from tests.evidence import samples
from tests.pages import faults


@pytest.fixture
def temanggung(app):
    clock.start_practice(datetime(2020, 7, 13, 2, tzinfo=UTC))
    return factories.make_agency()


@pytest.fixture
def budi(temanggung, sign_in):
    person = factories.make_person(Role.COORDINATOR, temanggung)
    sign_in(person)
    return person


@pytest.fixture
def targets(app):
    """Two items of one quarter that ask for a report each."""
    programme = factories.make_programme()
    period = factories.make_period(programme)
    kinds = (DocumentKind.REPORT, DocumentKind.DATA)
    items = (
        factories.make_item(programme),
        factories.make_item(programme, "7-a", "Kematangan UKPBJ", position=2),
    )
    return [factories.make_target(item, period, kinds) for item in items]


@pytest.fixture
def obligation(temanggung, targets):
    return factories.make_obligation(temanggung, targets[0])


def attached(obligation, person, *found: Finding) -> Evidence:
    """A document under the first requirement, of which the checks said this."""
    received = library.receive_file(io.BytesIO(samples.pdf()), "laporan.pdf")
    requirement = obligation.target.requirements[0]
    with unit_of_work():
        now = clock.now()
        document = library.register_file(
            agency_id=obligation.agency_id, received=received, uploaded_by_id=person.id, at=now
        )
        submission = operations.start_submission(obligation=obligation, person=person, received_at=now)
        evidence = operations.attach(
            submission=submission, requirement_id=requirement.id, document=document, at=now, person=person
        )
        run = CheckRun(
            document_id=document.id,
            claim=claim_for(requirement),
            claimed_kind=requirement.kind.value,
            target_id=requirement.target_id,
            state=CheckState.DONE,
            queued_at=now,
            findings=list(found),
        )
        db.session.add(run)
    return evidence


def said(code: str, severity: Severity, position: int = 1, **hint) -> Finding:
    return Finding(
        position=position, code=code, severity=severity, message=f"Catatan {code}.", repair="Periksa.", hint=hint
    )


def is_complete(obligation) -> bool:
    db.session.expire_all()
    return requirement_views(obligation)[0].is_complete


def explain(client, evidence, **reasons):
    fields = {f"alasan-{code}": reason for code, reason in reasons.items()}
    return client.post(f"/data-dukung/{evidence.id}/penjelasan", data=fields)


def test_an_explanation_stands_beside_the_finding(client, budi, obligation):
    evidence = attached(obligation, budi, said("other_period", Severity.EXPLAIN))
    page = client.get(f"/laporan/{obligation.id}").text
    assert "Beri penjelasan" in page
    assert faults(page) == []
    assert (
        explain(client, evidence, other_period="Laporan tahunan, bagian triwulan ini pada halaman 4.").status_code
        == 302
    )
    page = client.get(f"/laporan/{obligation.id}").text
    assert "Laporan tahunan, bagian triwulan ini pada halaman 4." in page
    assert "Ubah penjelasan" in page
    assert faults(page) == []


def test_what_must_be_repaired_counts_once_it_is_explained(client, budi, obligation):
    evidence = attached(obligation, budi, said("wrong_type", Severity.MUST_FIX))
    assert not is_complete(obligation)
    explain(client, evidence, wrong_type="Kantor kami hanya menerima berkas ini dari pusat.")
    assert is_complete(obligation)
    explain(client, evidence, wrong_type="")
    assert not is_complete(obligation)
    assert db.session.scalars(db.select(FindingAnswer)).all() == []


@pytest.mark.parametrize(("code", "severity"), [("macro_runs_itself", Severity.MUST_FIX), ("locked", Severity.REFUSED)])
def test_no_explanation_lifts_what_endangers_or_cannot_be_read(client, budi, obligation, code, severity):
    evidence = attached(obligation, budi, said(code, severity))
    explain(client, evidence, **{code: "Sudah kami periksa sendiri."})
    assert not is_complete(obligation)


def test_too_long_an_explanation_is_told_and_keeps_what_stood_before(client, budi, obligation):
    evidence = attached(obligation, budi, said("other_period", Severity.EXPLAIN))
    explain(client, evidence, other_period="Pendek.")
    answer = client.post(
        f"/data-dukung/{evidence.id}/penjelasan",
        data={"alasan-other_period": "x" * 2001},
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 422
    assert "paling panjang 2.000 huruf" in answer.text
    assert [row.reason for row in db.session.scalars(db.select(FindingAnswer))] == ["Pendek."]


def test_a_code_that_was_not_found_gets_no_answer(client, budi, obligation):
    evidence = attached(obligation, budi, said("other_period", Severity.EXPLAIN))
    explain(client, evidence, reused="Tidak ada catatan ini.")
    assert db.session.scalars(db.select(FindingAnswer)).all() == []


def test_nobody_explains_for_another_agency(client, sign_in, budi, obligation):
    evidence = attached(obligation, budi, said("other_period", Severity.EXPLAIN))
    elsewhere = factories.make_agency(code="71.09", name="Kabupaten Lain")
    sign_in(factories.make_person(Role.COORDINATOR, elsewhere, "Dewi"))
    assert explain(client, evidence, other_period="Bukan milik saya.").status_code == 404
    assert client.post(f"/data-dukung/{evidence.id}/pindah", data={"persyaratan": 1}).status_code == 404


def test_the_explanation_is_frozen_with_what_is_sent(client, budi, obligation):
    evidence = attached(obligation, budi, said("other_period", Severity.EXPLAIN))
    explain(client, evidence, other_period="Dibuat setelah triwulan.")
    (frozen,) = _content(evidence.submission)["evidence"]
    assert frozen["findings"] == [
        {
            "code": "other_period",
            "severity": "explain",
            "message": "Catatan other_period.",
            "answer": "Dibuat setelah triwulan.",
        }
    ]


def test_a_document_moves_to_the_item_that_the_check_names(client, budi, temanggung, obligation, targets):
    other = factories.make_obligation(temanggung, targets[1])
    evidence = attached(obligation, budi, said("other_item", Severity.EXPLAIN, item="7-a"))
    assert "Pindahkan ke 7-a, persyaratan 1" in client.get(f"/laporan/{obligation.id}").text
    wanted = targets[1].requirements[0].id
    answer = client.post(f"/data-dukung/{evidence.id}/pindah", data={"persyaratan": wanted}, follow_redirects=True)
    assert "laporan.pdf dipindahkan ke 7-a, persyaratan 1." in answer.text
    db.session.expire_all()
    assert evidence.detached_at is not None
    (moved,) = [e for e in other.submission.evidence if e.detached_at is None]
    assert (moved.document_id, moved.requirement_id) == (evidence.document_id, wanted)
    claims = {run.claim for run in db.session.scalars(db.select(CheckRun))}
    assert claim_for(targets[1].requirements[0]) in claims


def test_no_place_is_offered_where_the_agency_owes_nothing(client, budi, obligation):
    evidence = attached(obligation, budi, said("other_item", Severity.EXPLAIN, item="7-a"))
    assert "Pindahkan" not in client.get(f"/laporan/{obligation.id}").text
    assert client.post(f"/data-dukung/{evidence.id}/pindah", data={"persyaratan": 1}).status_code == 404
    db.session.expire_all()
    assert evidence.detached_at is None
