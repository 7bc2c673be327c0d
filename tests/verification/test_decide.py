from datetime import timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Membership, Role
from stranas.catalogue.models import DocumentKind
from stranas.reporting.models import SubmissionEvent
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import OutboxMessage
from stranas.verification import operations
from stranas.verification.models import Decision
from stranas.verification.queries import previous_results, returns_of
from stranas.verification.rules import Incomplete, Part
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING

NOON = MORNING + timedelta(hours=3)


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency())


@pytest.fixture
def citra(budi):
    people.add_reasons()
    return people.make_citra(budi.memberships[0].agency)


@pytest.fixture
def obligation(budi):
    programme = factories.make_programme()
    target = factories.make_target(
        factories.make_item(programme),
        factories.make_period(programme),
        kinds=(DocumentKind.REPORT, DocumentKind.MINUTES),
    )
    return factories.make_obligation(budi.memberships[0].agency, target)


@pytest.fixture
def filed(obligation, budi):
    return people.file_for(obligation, budi)


def decide(filed, verifier, parts, *, score=None, note="", at=NOON, **said):
    with clock.at(at):
        decision = operations.decide(
            submission=filed.submission,
            verifier=verifier,
            parts=parts,
            score=None if score is None else Decimal(score),
            note=note,
            received_at=at,
            version_id=said.pop("version_id", filed.version_id),
            **said,
        )
    db.session.commit()
    return decision


def good(filed):
    return [Part(r.id, True) for r in filed.obligation.target.requirements]


def one_returned(filed):
    first, second = filed.obligation.target.requirements
    return [Part(first.id, True), Part(second.id, False, "W03", "Notulen 9 April, daftar hadir 16 April.")]


def letters():
    """About decisions: filing has sent its receipts before."""
    decisions = OutboxMessage.template == "mail/decision"
    return db.session.scalars(db.select(OutboxMessage).where(decisions).order_by(OutboxMessage.id)).all()


def test_accepting_gives_the_score_to_decision_and_event(filed, citra):
    decision = decide(filed, citra, good(filed), score=75)
    event = db.session.scalars(db.select(SubmissionEvent).order_by(SubmissionEvent.sequence.desc())).first()
    assert (decision.outcome, decision.score) == (EventKind.VERIFIED, 75)
    assert (event.kind, event.score, event.version_id) == (EventKind.VERIFIED, 75, filed.version_id)
    assert filed.submission.status is Status.VERIFIED


def test_returning_keeps_the_reason_of_each_requirement(filed, citra):
    decide(filed, citra, one_returned(filed))
    event = db.session.scalars(db.select(SubmissionEvent).order_by(SubmissionEvent.sequence.desc())).first()
    (returned,) = returns_of(filed.submission.id)
    (part,) = returned.parts
    assert filed.submission.status is Status.RETURNED
    assert (event.reason, event.details["parts"][1]["code"]) == ("W03", "W03")
    assert (part.code, part.repair) == ("W03", people.REPAIR)
    assert part.title.startswith("2. Notulen")
    assert part.note == "Notulen 9 April, daftar hadir 16 April."
    assert returned.by == "Verifikator"


def test_rejecting_needs_a_note_and_leaves_the_score_nought(filed, citra):
    with pytest.raises(Incomplete):
        decide(filed, citra, [], rejected=True)
    decision = decide(filed, citra, [], rejected=True, note="Kegiatan tidak dilaksanakan.")
    assert (filed.submission.status, decision.score, decision.parts) == (Status.REJECTED, 0, [])


@pytest.mark.parametrize("kind", [SubmissionKind.NIL, SubmissionKind.NOT_COMPETENT, SubmissionKind.WAITING])
def test_consent_has_no_score(obligation, budi, citra, kind):
    filed = people.file_for(obligation, budi, kind=kind)
    decision = decide(filed, citra, [Part(None, True)])
    assert (decision.outcome, decision.score) == (EventKind.VERIFIED, None)
    assert letters()[0].subject.startswith(f"{kind.label} disetujui: 1-a")


def test_a_nihil_is_returned_as_a_whole(obligation, budi, citra):
    filed = people.file_for(obligation, budi, kind=SubmissionKind.NIL)
    decide(filed, citra, [Part(None, False, "N01")])
    part = returns_of(filed.submission.id)[0].parts[0]
    assert (part.requirement_id, part.code) == (None, "N01")


def test_an_incomplete_decision_changes_nothing(filed, citra):
    with pytest.raises(Incomplete):
        decide(filed, citra, good(filed))
    db.session.rollback()
    assert filed.submission.status is Status.SENT
    assert db.session.scalars(db.select(Decision)).all() == []


def test_nobody_verifies_the_own_institution(filed, obligation):
    insider = factories.make_person(Role.VERIFIER, obligation.agency, name="Citra")
    with pytest.raises(Refused, match="instansi sendiri"):
        decide(filed, insider, good(filed), score=75)


def test_a_verifier_who_also_coordinates_the_agency_is_refused(filed, citra, obligation):
    db.session.add(Membership(user_id=citra.id, role=Role.COORDINATOR, agency_id=obligation.agency_id))
    db.session.commit()
    db.session.refresh(citra)
    with pytest.raises(Refused, match="instansi sendiri"):
        decide(filed, citra, good(filed), score=75)


def test_the_second_of_two_verifiers_changes_nothing(filed, citra):
    decide(filed, citra, good(filed), score=75)
    other = factories.make_person(Role.VERIFIER, name="Eka")
    with pytest.raises(Refused, match="sudah berstatus terverifikasi"):
        decide(filed, other, one_returned(filed))
    assert filed.submission.status is Status.VERIFIED


def test_a_decision_on_an_old_version_is_refused(filed, citra):
    decide(filed, citra, one_returned(filed))
    people.file_again(filed, at=NOON + timedelta(days=1))
    with pytest.raises(Refused, match="versi yang lebih baru"):
        decide(filed, citra, one_returned(filed), at=NOON + timedelta(days=2))
    assert filed.submission.status is Status.SENT


def test_a_return_just_before_the_end_of_verification_has_no_time_left(filed, citra, obligation):
    ends_at = obligation.period.verification_ends_at
    decide(filed, citra, one_returned(filed), at=ends_at - timedelta(seconds=1))
    assert filed.submission.correction_ends_at == ends_at


@pytest.mark.parametrize("seconds", [0, 1])
def test_from_the_end_of_verification_on_nothing_is_decided(filed, citra, obligation, seconds):
    at = obligation.period.verification_ends_at + timedelta(seconds=seconds)
    with pytest.raises(Refused, match="Batas akhir verifikasi sudah lewat"):
        decide(filed, citra, good(filed), score=75, at=at)
    assert filed.submission.status is Status.SENT


def test_each_coordinator_gets_exactly_one_letter(filed, citra, obligation, budi):
    other = factories.make_person(Role.COORDINATOR, obligation.agency, name="Bayu")
    factories.make_person(Role.CERTIFIER, obligation.agency, name="Fajar")
    gone = factories.make_person(Role.COORDINATOR, obligation.agency, name="Gita")
    gone.active = False
    factories.make_person(Role.COORDINATOR, factories.make_agency("33.08", "Kabupaten Magelang"), name="Dewi")
    db.session.commit()
    decision = decide(filed, citra, one_returned(filed))
    assert [(m.key, m.address) for m in letters()] == [
        (f"decision:{decision.id}:{person.id}", person.email) for person in (budi, other)
    ]


def test_a_silent_decision_writes_no_letter(filed, citra):
    decide(filed, citra, good(filed), score=100, tell=False)
    assert letters() == []


def test_the_letter_of_a_return_says_what_why_and_until_when(filed, citra, obligation):
    obligation.agency.timezone = "Asia/Jayapura"
    db.session.commit()
    decide(filed, citra, one_returned(filed), note="Persyaratan lain sudah baik.")
    letter = letters()[0]
    assert letter.subject == "Perlu perbaikan: 1-a Triwulan VI, Kabupaten Temanggung, sampai 28 Juli 2020"
    assert (
        letter.body_text
        == f"""\
Yth. Inspektur Kabupaten Temanggung
u.p. Admin Aksi PK

Laporan capaian 1-a untuk Triwulan VI (B18) sudah diverifikasi dan perlu diperbaiki pada bagian berikut.

Target: Terpenuhinya komitmen perizinan berusaha tepat waktu

2. Notulen: pemenuhan komitmen triwulan berjalan
  Alasan: W03, Tanggal tidak saling sesuai.
  Perbaikan: {people.REPAIR}
  Keterangan verifikator: Notulen 9 April, daftar hadir 16 April.

Keterangan verifikator: Persyaratan lain sudah baik.

Batas waktu perbaikan: Rabu, 29 Juli 2020 pukul 01.59\xa0WIT (28 Juli 2020 pukul 23.59\xa0WIB).
Perbaikan yang diminta verifikator tidak membuat laporan tercatat terlambat.

Buka laporan: http://127.0.0.1:5000/laporan/{obligation.id}

Perlu bantuan? Sekretariat Nasional, hari kerja pukul 08.00–16.00 WIB, bantuan@example.com"""
    )


def test_the_letter_of_a_score_says_that_it_is_not_final(filed, citra):
    decide(filed, citra, good(filed), score=75)
    letter = letters()[0]
    assert letter.subject == "Terverifikasi, nilai 75: 1-a Triwulan VI, Kabupaten Temanggung"
    assert "berlaku sementara sampai penetapan hasil" in letter.body_text


def test_the_quarter_before_shows_text_score_and_returns(filed, citra, obligation):
    decide(filed, citra, one_returned(filed))
    decide(people.file_again(filed, at=NOON + timedelta(days=1)), citra, good(filed), score=50)
    later = factories.make_period(obligation.period.programme, "B21", position=7)
    (previous,) = previous_results(agency_id=obligation.agency_id, item_id=obligation.item_id, before=later)
    assert (previous.period_key, previous.score, previous.codes) == ("B18", 50, ("W03",))
    assert previous.narrative == people.entry().narrative
    assert previous_results(agency_id=obligation.agency_id, item_id=obligation.item_id, before=obligation.period) == []
