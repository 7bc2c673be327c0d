"""The words in which pages tell what happened to a submission: one table. Standard library only."""

from dataclasses import dataclass

from stranas.reporting.rules import TRANSITIONS, Actor, EventKind, Status


@dataclass(frozen=True)
class Told:
    """`internal`: how the agency prepared its report, which is told to its own people only."""

    sentence: str
    internal: bool = False


TOLD: dict[EventKind, Told] = {
    EventKind.STARTED: Told("Laporan mulai diisi.", internal=True),
    EventKind.MARKED_READY: Told("Laporan ditandai siap dikirim.", internal=True),
    EventKind.UNMARKED_READY: Told("Laporan dibuka kembali untuk diubah sebelum dikirim.", internal=True),
    EventKind.APPROVAL_REQUESTED: Told("Persetujuan pejabat diminta.", internal=True),
    EventKind.APPROVAL_DECLINED: Told("Pejabat tidak menyetujui, laporan kembali ke Inspektorat.", internal=True),
    EventKind.APPROVAL_WITHDRAWN: Told("Permintaan persetujuan ditarik.", internal=True),
    EventKind.FILED: Told("Laporan dikirim"),
    EventKind.VERIFIED: Told("Laporan terverifikasi"),
    EventKind.RETURNED: Told("Laporan dikembalikan untuk diperbaiki."),
    EventKind.REJECTED: Told("Laporan dinyatakan tidak memenuhi."),
    EventKind.REOPENED: Told("Laporan dibuka kembali atas permintaan instansi."),
}
if set(TOLD) != set(EventKind):
    raise LookupError("an event has no words in reporting/telling.py")

ACTOR_WORDS = {
    Actor.AGENCY: "Instansi",
    Actor.CERTIFIER: "Pejabat penyetuju",
    Actor.VERIFIER: "Verifikator",
    Actor.SECOND_VERIFIER: "Verifikator kedua",
    Actor.SECRETARIAT: "Sekretariat Nasional",
}

# Who has to act next while a submission stands somewhere; nobody after a decision.
_HOLDERS = {
    Status.NOT_STARTED: Actor.AGENCY,
    Status.DRAFT: Actor.AGENCY,
    Status.READY: Actor.AGENCY,
    Status.RETURNED: Actor.AGENCY,
    Status.AWAITING_APPROVAL: Actor.CERTIFIER,
    Status.SENT: Actor.VERIFIER,
}


def taken_by(before: Status, event: EventKind, *, clarified: bool = False) -> Actor:
    """Who takes this step, by the table of transitions; `clarified`: it answered a clarification."""
    if clarified:
        return Actor.SECOND_VERIFIER
    return next((row.by for row in TRANSITIONS if (row.status, row.event) == (before, event)), Actor.AGENCY)


def holder(status: Status) -> Actor | None:
    return _HOLDERS.get(status)
