"""What was sent: the frozen versions of a submission, and two of them side by side."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from stranas.evidence.rules import Severity
from stranas.reporting.comparison import Compared, compared, sorted_out
from stranas.reporting.models import Submission, SubmissionEvent, SubmissionVersion
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system import text
from stranas.system.db import db

DECISIONS = (EventKind.VERIFIED, EventKind.RETURNED, EventKind.REJECTED)
# The fields of a frozen entry in the order of the form.
TITLES = {
    "kind": "Keadaan laporan",
    "realised_value": "Realisasi",
    "progress_percent": "Kemajuan pekerjaan (%)",
    "narrative": "Uraian",
    "constraint": "Kendala",
    "follow_up": "Rencana tindak lanjut",
    "beside_reason": "Alasan dan dasarnya",
    "waiting_for": "Instansi yang ditunggu",
    "waiting_letter": "Nomor surat permintaan",
    "waiting_since": "Tanggal surat",
    "review_on": "Tinjau kembali tanggal",
}


@dataclass(frozen=True)
class VersionLine:
    """One version and what became of it; no outcome while it waits for its decision."""

    number: int
    filing_number: str
    ordinal: int
    received_at: datetime
    sha256: str
    outcome: EventKind | None
    status: Status
    score: Decimal | None
    decided_at: datetime | None


@dataclass(frozen=True)
class SentFile:
    """`notes`: (severity, what was found, what the agency said to it) as they stood when it was sent."""

    requirement: int
    title: str
    document_id: int
    name: str
    url: str | None
    size: int | None
    sha256: str | None
    notes: tuple[tuple[Severity, str, str], ...]

    @property
    def key(self) -> tuple[int, str]:
        """The same bytes (or address) for the same requirement are the same file, whatever its name."""
        return self.requirement, self.sha256 or self.url or self.name


@dataclass(frozen=True)
class SentVersion:
    """A version as it was frozen; `fields` are (title, finished words), empty ones too."""

    number: int
    filing_number: str
    ordinal: int
    received_at: datetime
    fields: tuple[tuple[str, str], ...]
    files: tuple[SentFile, ...]

    @property
    def filled(self) -> tuple[tuple[str, str], ...]:
        return tuple((title, words) for title, words in self.fields if words)


@dataclass(frozen=True)
class Comparison:
    fields: tuple[Compared, ...]
    only_left: tuple[SentFile, ...]
    only_right: tuple[SentFile, ...]
    both: tuple[SentFile, ...]

    @property
    def is_same(self) -> bool:
        return all(field.is_same for field in self.fields) and not (self.only_left or self.only_right)


def versions_of(submission: Submission | None) -> list[VersionLine]:
    """Every version, the oldest first, with the latest decision on each."""
    if submission is None:
        return []
    decisions = {
        event.version_id: event
        for event in db.session.scalars(
            db.select(SubmissionEvent)
            .where(SubmissionEvent.submission_id == submission.id, SubmissionEvent.kind.in_(DECISIONS))
            .order_by(SubmissionEvent.sequence)
        )
    }
    return [_line(version, decisions.get(version.id)) for version in _rows(submission)]


def _rows(submission: Submission) -> Sequence[SubmissionVersion]:
    return db.session.scalars(
        db.select(SubmissionVersion)
        .where(SubmissionVersion.submission_id == submission.id)
        .order_by(SubmissionVersion.number)
    ).all()


def _line(version: SubmissionVersion, decision: SubmissionEvent | None) -> VersionLine:
    filing = version.filing
    return VersionLine(
        number=version.number,
        filing_number=filing.number,
        ordinal=filing.ordinal,
        received_at=filing.received_at,
        sha256=version.sha256,
        outcome=decision.kind if decision else None,
        status=decision.status if decision else Status.SENT,
        score=decision.score if decision else None,
        decided_at=decision.received_at if decision else None,
    )


def last_sent(submission: Submission | None) -> SentVersion | None:
    rows = _rows(submission) if submission else []
    return _sent(rows[-1]) if rows else None


def two_versions(submission: Submission | None, *numbers: int) -> list[SentVersion] | None:
    """The versions of these numbers, in this order; None unless all are there."""
    rows = {row.number: row for row in _rows(submission)} if submission else {}
    return [_sent(rows[number]) for number in numbers] if set(numbers) <= set(rows) else None


def _sent(version: SubmissionVersion) -> SentVersion:
    content = json.loads(version.content)
    return SentVersion(
        number=version.number,
        filing_number=version.filing.number,
        ordinal=version.filing.ordinal,
        received_at=version.filing.received_at,
        fields=tuple((title, _words(name, content)) for name, title in TITLES.items()),
        files=tuple(_file(one) for one in sorted(content["evidence"], key=lambda one: one["requirement"])),
    )


def _words(name: str, content: dict[str, Any]) -> str:
    value = content["entry"].get(name)
    if value in (None, ""):
        return ""
    if name == "kind":
        return SubmissionKind(value).label
    if name == "realised_value":
        return f"{text.number(Decimal(value))} {content['obligation']['unit']}"
    if name == "progress_percent":
        return text.number(Decimal(value))
    return text.day(date.fromisoformat(value)) if name in ("waiting_since", "review_on") else value


def _file(one: dict[str, Any]) -> SentFile:
    return SentFile(
        requirement=one["requirement"],
        title=one["title"],
        document_id=one["document"],
        name=one["name"],
        url=one["url"],
        size=one["size"],
        sha256=one["sha256"],
        notes=tuple((Severity(f["severity"]), f["message"], f.get("answer", "")) for f in one["findings"]),
    )


def compare(left: SentVersion, right: SentVersion) -> Comparison:
    """Fields that both sides left empty are not there."""
    pairs = zip(left.fields, right.fields, strict=True)
    only_left, only_right, both = sorted_out({f.key: f for f in left.files}, {f.key: f for f in right.files})
    return Comparison(
        fields=tuple(compared(title, old, new) for (title, old), (_, new) in pairs if old or new),
        only_left=tuple(only_left),
        only_right=tuple(only_right),
        both=tuple(both),
    )
