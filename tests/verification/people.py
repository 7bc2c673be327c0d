"""A submission that was sent, and the people around it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from stranas.accounts.models import Role, User, VerifierAssignment
from stranas.agencies.models import Agency
from stranas.evidence.models import Document
from stranas.reporting import operations
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.operations import Entry
from stranas.reporting.rules import SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from stranas.verification.models import ReturnReason
from tests import factories

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
REPAIR = "Mohon memeriksa kembali tanggal pada setiap dokumen."


def add_reasons() -> None:
    for code, reason, repair in (
        ("K01", "Data dukung belum diunggah", "Mohon mengunggah dokumen yang diminta."),
        ("W03", "Tanggal tidak saling sesuai", REPAIR),
        ("N01", "Alasan pengajuan belum didukung dasar yang cukup", "Mohon melampirkan dasar hukumnya."),
    ):
        db.session.add(ReturnReason(code=code, reason=reason, repair=repair))
    db.session.commit()


def assign(verifier: User, agency: Agency) -> None:
    db.session.add(VerifierAssignment(user_id=verifier.id, agency_id=agency.id))
    db.session.commit()


@dataclass(frozen=True)
class Filed:
    obligation: Obligation
    submission: Submission
    version_id: int


def entry(kind: SubmissionKind = SubmissionKind.ACHIEVEMENT) -> Entry:
    beside = {} if kind is SubmissionKind.ACHIEVEMENT else {"beside_reason": "Tidak ada izin yang diterbitkan."}
    if kind is SubmissionKind.WAITING:
        beside |= {
            "waiting_for": "Badan Kepegawaian Negara",
            "waiting_letter": "045/12/2020",
            "waiting_since": date(2020, 6, 1),
            "review_on": date(2020, 7, 31),
        }
    return Entry(
        kind=kind,
        progress_percent=Decimal(90),
        realised_value=Decimal("64.5"),
        narrative="129 dari 200 permohonan selesai tepat waktu.",
        **beside,
    )


def file_for(
    obligation: Obligation,
    person: User | None = None,
    *,
    at: datetime = MORNING,
    kind: SubmissionKind = SubmissionKind.ACHIEVEMENT,
    document: Document | None = None,
    more: int = 0,
) -> Filed:
    """A submission of the obligation, sent at an instant; the document (and more) proves the first requirement."""
    with clock.at(at):
        submission = operations.start_submission(obligation=obligation, person=person, received_at=at)
        operations.save_draft(submission=submission, entry=entry(kind), revision=0, person=person, received_at=at)
        if document:
            requirement = obligation.target.requirements[0]
            others = [make_document(obligation.agency, f"lampiran-{number}.pdf") for number in range(more)]
            for one in (document, *others):
                operations.attach(submission=submission, requirement_id=requirement.id, document=one, at=at)
            db.session.expire(submission, ["evidence"])
        operations.mark_ready(submission=submission, person=person, received_at=at)
        filing = operations.file_submissions(
            agency=obligation.agency,
            period=obligation.period,
            submissions=[submission],
            person=person,
            received_at=at,
        )
    db.session.commit()
    return Filed(obligation, submission, filing.versions[0].id)


def file_again(filed: Filed, *, at: datetime) -> Filed:
    with clock.at(at):
        operations.mark_ready(submission=filed.submission, person=None, received_at=at)
        filing = operations.file_submissions(
            agency=filed.obligation.agency,
            period=filed.obligation.period,
            submissions=[filed.submission],
            person=None,
            received_at=at,
        )
    db.session.commit()
    return Filed(filed.obligation, filed.submission, filing.versions[0].id)


def make_document(agency: Agency, name: str = "notulen-tim.pdf") -> Document:
    document = Document(agency_id=agency.id, name=name, url="https://contoh.go.id/notulen", uploaded_at=MORNING)
    db.session.add(document)
    db.session.commit()
    return document


def make_citra(*agencies: Agency) -> User:
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    for agency in agencies:
        assign(citra, agency)
    return citra
