from datetime import timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Role
from stranas.evidence.models import CheckRun, CheckState, Finding, Severity
from stranas.evidence.queries import claim_for
from stranas.reporting.models import SubmissionEvent
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from stranas.verification import operations
from stranas.verification.models import Decision
from stranas.verification.rules import Method, Part, Side
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING

NOON = MORNING + timedelta(hours=3)


@pytest.fixture
def target(app):
    programme = factories.make_programme()
    return factories.make_target(factories.make_item(programme), factories.make_period(programme))


@pytest.fixture
def agencies(target):
    made = [factories.make_agency(f"33.0{n}", f"Kabupaten Contoh {n}") for n in range(1, 4)]
    factories.make_person(Role.COORDINATOR, made[0])
    return made


@pytest.fixture
def citra(agencies, sign_in):
    people.add_reasons()
    citra = people.make_citra(*agencies)
    sign_in(citra)
    return citra


@pytest.fixture
def filed(agencies, target, citra):
    """One of each agency, evidenced."""
    return [
        people.file_for(factories.make_obligation(agency, target), document=people.make_document(agency))
        for agency in agencies
    ]


def see(client):
    with clock.at(NOON):
        return client.get("/antrean/bersama").text


def accept(client, filed, *, nilai="100", yakin="1"):
    batch = [f"{one.submission.id}:{one.version_id}" for one in filed]
    with clock.at(NOON):
        return client.post("/antrean/bersama", data={"laporan": batch, "nilai": nilai, "yakin": yakin})


def status_of(one):
    db.session.refresh(one.submission)
    return one.submission.status


def test_the_chosen_are_accepted_with_one_score_and_recorded_as_such(client, filed):
    answer = accept(client, filed[:2], nilai="75")
    assert "2 dari 2 laporan diterima dengan nilai 75" in answer.text
    assert [status_of(one) for one in filed] == [Status.VERIFIED, Status.VERIFIED, Status.SENT]
    decisions = db.session.scalars(db.select(Decision)).all()
    assert {(d.method, d.score) for d in decisions} == {(Method.BULK, Decimal(75))}
    event = db.session.scalars(db.select(SubmissionEvent).where(SubmissionEvent.kind == EventKind.VERIFIED)).first()
    assert event.details["method"] == "bulk"
    with clock.at(NOON):
        assert "diterima bersama" in client.get(f"/verifikasi/{filed[0].submission.id}").text
    (letter,) = db.session.scalars(db.select(OutboxMessage.body_text).where(OutboxMessage.template == "mail/decision"))
    assert "diterima bersama dengan laporan lain" in letter


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"nilai": ""}, "Pilih satu nilai"),
        ({"nilai": "60"}, "Pilih satu nilai"),
        ({"yakin": ""}, "Nyatakan bahwa Anda"),
    ],
)
def test_a_score_and_a_confirmation_are_asked_for(client, filed, words, said):
    answer = accept(client, filed[:1], **words)
    assert answer.status_code == 422
    assert said in answer.text
    assert f'value="{filed[0].submission.id}:{filed[0].version_id}"' in answer.text
    assert status_of(filed[0]) is Status.SENT


def test_nothing_chosen_is_an_error_of_the_form(client, filed):
    assert "Pilih sekurang-kurangnya satu laporan" in accept(client, []).text


def weighty_finding(one):
    evidence = one.submission.evidence[0]
    run = CheckRun(
        document_id=evidence.document_id,
        claim=claim_for(evidence.requirement),
        claimed_kind=evidence.requirement.kind.value,
        target_id=evidence.requirement.target_id,
        state=CheckState.DONE,
        queued_at=MORNING,
        findings=[Finding(position=0, code="x", severity=Severity.EXPLAIN, message="m", repair="r")],
    )
    factories._add(run)


def no_evidence(one):
    one.submission.evidence[0].detached_at = MORNING
    db.session.commit()


def question(one):
    operations.write_message(
        obligation=one.obligation, side=Side.AGENCY, author=people.make_citra(), words="Apa?", received_at=MORNING
    )
    db.session.commit()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (weighty_finding, "Ada 1 catatan pengecekan berkas."),
        (no_evidence, "Ada persyaratan tanpa data dukung."),
        (question, "Ada pertanyaan yang belum selesai."),
    ],
)
def test_what_must_be_read_alone_is_listed_with_the_reason_and_skipped(client, filed, spoil, said):
    spoil(filed[0])
    assert said in see(client)
    answer = accept(client, filed)
    assert "2 dari 3 laporan diterima" in answer.text
    assert said in answer.text
    assert status_of(filed[0]) is Status.SENT


def test_a_correction_and_a_nihil_are_read_alone(client, filed, citra, agencies, target):
    with clock.at(NOON):
        operations.decide(
            submission=filed[0].submission,
            verifier=citra,
            parts=[Part(target.requirements[0].id, False, "W03")],
            score=None,
            note="",
            received_at=NOON,
            version_id=filed[0].version_id,
        )
    again = people.file_again(filed[0], at=NOON)
    other = factories.make_agency("33.09", "Kabupaten Contoh 9")
    people.assign(citra, other)
    nihil = people.file_for(factories.make_obligation(other, target), kind=SubmissionKind.NIL)
    page = see(client)
    assert "Perbaikan atas pengembalian diputus satu per satu." in page
    assert "Pengajuan nihil diputus satu per satu." in page
    assert "0 dari 2 laporan diterima" in accept(client, [again, nihil]).text


def test_one_that_moved_on_is_skipped_and_the_others_are_not(client, filed, citra):
    accept(client, filed[:1])
    answer = accept(client, filed)
    assert "2 dari 3 laporan diterima" in answer.text
    assert "sudah berstatus terverifikasi" in answer.text
    assert len(db.session.scalars(db.select(Decision)).all()) == 3


def test_nobody_accepts_the_own_institution_or_a_foreign_report(client, filed, agencies, sign_in, target):
    insider = factories.make_person(Role.VERIFIER, agencies[0], name="Eko")
    people.assign(insider, agencies[0])
    sign_in(insider)
    answer = accept(client, filed[:2])
    assert "0 dari 2 laporan diterima" in answer.text
    assert "tidak ada dalam antrean Anda" in answer.text
    assert [status_of(one) for one in filed[:2]] == [Status.SENT, Status.SENT]
