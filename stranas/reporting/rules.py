"""The workflow of a submission: every transition is one row of one table. Standard library only."""

import enum
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class Status(enum.Enum):
    """Where a submission stands. `label` is the word on screen, `mark` the class of tokens.css."""

    NOT_STARTED = "not_started"
    DRAFT = "draft"
    READY = "ready"
    AWAITING_APPROVAL = "awaiting_approval"
    SENT = "sent"
    VERIFIED = "verified"
    RETURNED = "returned"
    REJECTED = "rejected"

    @property
    def label(self) -> str:
        return _STATUS_WORDS[self][0]

    @property
    def mark(self) -> str:
        return _STATUS_WORDS[self][1]

    @property
    def is_editable(self) -> bool:
        return self in (Status.NOT_STARTED, Status.DRAFT, Status.RETURNED)

    @property
    def is_owed(self) -> bool:
        """The agency still has to act: these are the ones that reminders name."""
        return self in (
            Status.NOT_STARTED,
            Status.DRAFT,
            Status.READY,
            Status.AWAITING_APPROVAL,
            Status.RETURNED,
        )

    @property
    def unjudged(self) -> "Status":
        """The same without what verification made of it: for readers before the results are released."""
        judged = self in (Status.VERIFIED, Status.RETURNED, Status.REJECTED)
        return Status.SENT if judged else self


_STATUS_WORDS = {
    Status.NOT_STARTED: ("Belum diisi", "belum"),
    Status.DRAFT: ("Draf", "draf"),
    Status.READY: ("Siap dikirim", "siap"),
    Status.AWAITING_APPROVAL: ("Menunggu persetujuan", "setuju"),
    Status.SENT: ("Terkirim", "kirim"),
    Status.VERIFIED: ("Terverifikasi", "verif"),
    Status.RETURNED: ("Dikembalikan", "kembali"),
    Status.REJECTED: ("Tidak memenuhi", "gagal"),
}


class SubmissionKind(enum.Enum):
    """What a submission claims: an achievement, or one of the states beside the main line."""

    ACHIEVEMENT = "achievement"
    NIL = "nil"
    NOT_COMPETENT = "not_competent"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        return {
            "achievement": "Capaian",
            "nil": "Nihil",
            "not_competent": "Bukan kewenangan",
            "waiting": "Menunggu instansi lain",
        }[self.value]

    @property
    def needs_basis(self) -> bool:
        """A letter or decree must prove it; for nihil the reason is enough."""
        return self in (SubmissionKind.NOT_COMPETENT, SubmissionKind.WAITING)


class EventKind(enum.Enum):
    """What may happen to a submission, in the past tense."""

    STARTED = "started"
    MARKED_READY = "marked_ready"
    UNMARKED_READY = "unmarked_ready"
    APPROVAL_REQUESTED = "approval_requested"
    APPROVAL_DECLINED = "approval_declined"
    APPROVAL_WITHDRAWN = "approval_withdrawn"
    FILED = "filed"
    VERIFIED = "verified"
    RETURNED = "returned"
    REJECTED = "rejected"
    REOPENED = "reopened"

    @property
    def label(self) -> str:
        return _EVENT_WORDS[self]


_EVENT_WORDS = {
    EventKind.STARTED: "Mulai diisi",
    EventKind.MARKED_READY: "Ditandai siap dikirim",
    EventKind.UNMARKED_READY: "Dibuka kembali sebelum dikirim",
    EventKind.APPROVAL_REQUESTED: "Dimintakan persetujuan",
    EventKind.APPROVAL_DECLINED: "Persetujuan ditolak",
    EventKind.APPROVAL_WITHDRAWN: "Permintaan persetujuan ditarik",
    EventKind.FILED: "Dikirim",
    EventKind.VERIFIED: "Terverifikasi",
    EventKind.RETURNED: "Dikembalikan",
    EventKind.REJECTED: "Tidak memenuhi",
    EventKind.REOPENED: "Dibuka kembali",
}


class Actor(enum.Enum):
    AGENCY = "agency"
    CERTIFIER = "certifier"
    VERIFIER = "verifier"
    SECOND_VERIFIER = "second_verifier"  # answers a clarification of a score; never the one who decided
    SECRETARIAT = "secretariat"


@dataclass(frozen=True)
class Transition:
    """One legal step. `approval` and `correcting` narrow it; None means either way."""

    status: Status
    event: EventKind
    by: Actor
    then: Status
    approval: bool | None = None
    correcting: bool | None = None


TRANSITIONS = (
    Transition(Status.NOT_STARTED, EventKind.STARTED, Actor.AGENCY, Status.DRAFT),
    Transition(Status.DRAFT, EventKind.MARKED_READY, Actor.AGENCY, Status.READY),
    Transition(Status.RETURNED, EventKind.MARKED_READY, Actor.AGENCY, Status.READY),
    Transition(Status.READY, EventKind.UNMARKED_READY, Actor.AGENCY, Status.DRAFT, correcting=False),
    Transition(Status.READY, EventKind.UNMARKED_READY, Actor.AGENCY, Status.RETURNED, correcting=True),
    Transition(Status.READY, EventKind.FILED, Actor.AGENCY, Status.SENT, approval=False),
    Transition(Status.READY, EventKind.APPROVAL_REQUESTED, Actor.AGENCY, Status.AWAITING_APPROVAL, approval=True),
    Transition(Status.AWAITING_APPROVAL, EventKind.APPROVAL_DECLINED, Actor.CERTIFIER, Status.READY),
    Transition(Status.AWAITING_APPROVAL, EventKind.APPROVAL_WITHDRAWN, Actor.AGENCY, Status.READY),
    Transition(Status.AWAITING_APPROVAL, EventKind.FILED, Actor.CERTIFIER, Status.SENT),
    Transition(Status.SENT, EventKind.VERIFIED, Actor.VERIFIER, Status.VERIFIED),
    Transition(Status.SENT, EventKind.RETURNED, Actor.VERIFIER, Status.RETURNED),
    Transition(Status.SENT, EventKind.REJECTED, Actor.VERIFIER, Status.REJECTED),
    Transition(Status.SENT, EventKind.VERIFIED, Actor.SECOND_VERIFIER, Status.VERIFIED),
    Transition(Status.SENT, EventKind.REJECTED, Actor.SECOND_VERIFIER, Status.REJECTED),
    Transition(Status.VERIFIED, EventKind.VERIFIED, Actor.SECOND_VERIFIER, Status.VERIFIED),
    Transition(Status.VERIFIED, EventKind.REJECTED, Actor.SECOND_VERIFIER, Status.REJECTED),
    Transition(Status.REJECTED, EventKind.VERIFIED, Actor.SECOND_VERIFIER, Status.VERIFIED),
    Transition(Status.VERIFIED, EventKind.REOPENED, Actor.SECRETARIAT, Status.RETURNED),
    Transition(Status.REJECTED, EventKind.REOPENED, Actor.SECRETARIAT, Status.RETURNED),
)


class IllegalTransition(Exception):
    """The submission does not stand where this step begins. Carries the status and the event."""

    def __init__(self, status: Status, event: EventKind) -> None:
        super().__init__(f"{event.value} is not possible from {status.value}")
        self.status = status
        self.event = event


def next_status(
    *, status: Status, event: EventKind, by: Actor, approval: bool = False, correcting: bool = False
) -> Status:
    """Where the step leads. Raises IllegalTransition when the table has no such row."""
    for row in TRANSITIONS:
        if (
            (row.status, row.event, row.by) == (status, event, by)
            and row.approval in (None, approval)
            and row.correcting in (None, correcting)
        ):
            return row.then
    raise IllegalTransition(status, event)


def canonical(content: Mapping[str, Any]) -> str:
    """One text for one content: sorted keys, no spaces, UTF-8 as it is. What a filing freezes and hashes."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def fingerprint(text: str) -> str:
    """SHA-256 (hex) of a canonical text."""
    return hashlib.sha256(text.encode()).hexdigest()


def receipt_number(*, period_key: str, agency_code: str, ordinal: int) -> str:
    """Like B18-33.23-0001: period, agency, penyampaian ke-n. Unique because the ordinal is, per agency and period."""
    return f"{period_key}-{agency_code}-{ordinal:04d}"
