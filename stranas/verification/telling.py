"""What the history of a report is told by verification: uji petik, and the questions around it."""

from collections.abc import Iterable

from stranas.evidence.holds import holds_documents
from stranas.reporting.models import Obligation
from stranas.reporting.queries.timeline import Moment, tells_moments
from stranas.system import text
from stranas.verification.queries.spot_checks import documents_of_notes, spot_checks_of
from stranas.verification.queries.thread import thread_of
from stranas.verification.rules import EntryKind, Side

_SIDES = {Side.AGENCY: "Instansi", Side.VERIFIER: "Verifikator"}


holds_documents(documents_of_notes)


@tells_moments
def spot_checks(obligation: Obligation) -> Iterable[Moment]:
    for check in spot_checks_of(obligation.submission.id) if obligation.submission else ():
        what = f"Uji petik ({check.form.label.lower()})"
        yield Moment(
            at=check.planned_at,
            sentence=f"{what} direncanakan pada {text.day(check.planned_on)}.",
            by="Verifikator",
            reason=check.subject,
        )
        if check.noted_at and check.held_on:
            yield Moment(
                at=check.noted_at,
                sentence=f"{what} dilaksanakan pada {text.day(check.held_on)}.",
                by="Verifikator",
                reason=check.conclusion,
            )


@tells_moments
def questions(obligation: Obligation) -> Iterable[Moment]:
    for line in thread_of(obligation.id).entries:
        settled = line.kind is EntryKind.SETTLED
        yield Moment(
            at=line.written_at,
            sentence="Tanya jawab ditandai selesai." if settled else "Tulisan pada tanya jawab.",
            by=_SIDES[line.side],
            reason=line.words,
        )
