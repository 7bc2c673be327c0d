"""The papers of reporting: receipt and printed quarter, as plain values for page and PDF alike.

A receipt says what was sent, from the frozen versions alone: later changes cannot reach it.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from flask import current_app

from reports import paper
from stranas.accounts.rules import heading_words
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.deadlines import queries as deadlines
from stranas.evidence.rules import Severity
from stranas.reporting.models import Filing, SubmissionVersion
from stranas.reporting.queries.approvals import approval_of_filing
from stranas.reporting.queries.due import due_at
from stranas.reporting.queries.history import obligations_for_print
from stranas.reporting.queries.work import WorkRow, work_of
from stranas.reporting.rules import SubmissionKind
from stranas.system import clock, text


@dataclass(frozen=True)
class ReceiptLine:
    item: str
    text: str
    beside: str
    target: str
    realised: str
    version: int
    sha256: str

    @property
    def short_sha256(self) -> str:
        return shortened(self.sha256)


@dataclass(frozen=True)
class ReceiptFile:
    item: str
    requirement: str
    name: str
    size: str
    sha256: str | None

    @property
    def short_sha256(self) -> str:
        return shortened(self.sha256) if self.sha256 else "tautan"


@dataclass(frozen=True)
class ReceiptNote:
    severity: str
    name: str
    message: str
    answer: str = ""


@dataclass(frozen=True)
class Receipt:
    """One filing as its receipt tells it; every value is a finished word."""

    number: str
    programme: str
    agency: str
    agency_code: str
    period: str
    ordinal: int
    received: str
    due: str
    on_time: bool
    on_time_words: str
    filed_by: str
    lines: tuple[ReceiptLine, ...]
    files: tuple[ReceiptFile, ...]
    notes: tuple[ReceiptNote, ...]
    address: str
    address_words: str
    qr: str

    @property
    def remark(self) -> str:
        """What stands beside its timeliness; empty without notes."""
        return "Terkirim dengan catatan" if self.notes else ""


def receipt_of(filing: Filing) -> Receipt:
    """The receipt of a filing."""
    contents = [(version, json.loads(version.content)) for version in filing.versions]
    zone = filing.agency.timezone
    dues, on_time = _timeliness(filing)
    address = check_address(filing.number)
    return Receipt(
        number=filing.number,
        programme=filing.period.programme.name,
        agency=filing.agency.name,
        agency_code=filing.agency.code,
        period=period_words(filing.period),
        ordinal=filing.ordinal,
        received=text.instant_both(filing.received_at, zone, weekday=True, seconds=True),
        due="; ".join(text.deadline(due, zone) for due in dues),
        on_time=on_time,
        on_time_words=_on_time_words(filing, dues, on_time=on_time),
        filed_by=_office(filing),
        lines=tuple(_line(version, content) for version, content in contents),
        files=tuple(file for _, content in contents for file in _files(content)),
        notes=tuple(note for _, content in contents for note in _notes(content)),
        address=address,
        address_words=address.split("://", 1)[1],
        qr=paper.qr_svg(address),
    )


def check_address(number: str) -> str:
    """Where anybody may check a receipt; needs no request, for mail and QR codes."""
    return f"{current_app.config['SETTINGS'].base_url}/tanda-terima/{number}"


def shortened(sha256: str) -> str:
    """7d1f0c5e…a94b21: enough to compare by eye; the full value stands elsewhere."""
    return f"{sha256[:8]}…{sha256[-6:]}"


def period_words(period: Period) -> str:
    return f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}"


def _timeliness(filing: Filing) -> tuple[list[datetime], bool]:
    """The due instants of what was sent, each once, and whether every part came before its own.

    A corrected part was on time when its first filing was.
    """
    covers = deadlines.covers([filing.period_id])[filing.period_id]
    dues, on_time = [], True
    for version in filing.versions:
        due = due_at(version.submission.obligation, covers=covers, cutoff=clock.now())
        first = min(v.filing.received_at for v in version.submission.versions)
        dues.append(due)
        on_time = on_time and first < due
    return sorted(set(dues)), on_time


def _on_time_words(filing: Filing, dues: list[datetime], *, on_time: bool) -> str:
    """A correction that comes after the due instant says why it is on time all the same."""
    if not on_time:
        return "Setelah batas waktu"
    return "Tepat waktu" if filing.received_at < dues[0] else "Perbaikan, pertama dikirim tepat waktu"


def _office(filing: Filing) -> str:
    """Who sent it, in the capacity in which he approved: "Tono, a.n. Bupati Temanggung, Plh. Inspektur"."""
    person, approval = filing.filed_by, approval_of_filing(filing.id)
    if person and approval:
        return f"{person.name}, {heading_words(approval.signature)}"
    if person is None:
        return filing.agency.name
    return ", ".join(part for part in (person.name, person.position) if part)


def _line(version: SubmissionVersion, content: dict) -> ReceiptLine:
    obligation, entry = content["obligation"], content["entry"]
    kind = SubmissionKind(entry["kind"])
    return ReceiptLine(
        item=obligation["item"],
        text=obligation["text"],
        beside="" if kind is SubmissionKind.ACHIEVEMENT else kind.label,
        target=_amount(obligation["value"], obligation["unit"]),
        realised=_amount(entry["realised_value"], obligation["unit"]),
        version=version.number,
        sha256=version.sha256,
    )


def _amount(value: str | None, unit: str) -> str:
    return "–" if value is None else f"{text.number(Decimal(value))} {unit}"


def _files(content: dict) -> list[ReceiptFile]:
    item = content["obligation"]["item"]
    return [
        ReceiptFile(
            item=item,
            requirement=f["title"],
            name=f["name"],
            size="–" if f["size"] is None else text.size(f["size"]),
            sha256=f["sha256"],
        )
        for f in content["evidence"]
    ]


def _notes(content: dict) -> list[ReceiptNote]:
    return [
        ReceiptNote(Severity(n["severity"]).label, file["name"], n["message"], n.get("answer", ""))
        for file in content["evidence"]
        for n in file["findings"]
        if n["severity"] != Severity.INFO.value
    ]


def receipt_pdf(receipt: Receipt) -> bytes:
    """Needs no transaction: everything is in the values."""
    return paper.render("receipt.html", r=receipt, practice=clock.is_practice())


@dataclass(frozen=True)
class QuarterLine:
    item: str
    text: str
    status: str
    mark: str
    target: str
    realised: str
    score: str
    sent: str
    texts: tuple[tuple[str, str], ...]
    files: tuple[ReceiptFile, ...]

    @property
    def has_text(self) -> bool:
        return bool(self.texts or self.files)


def quarter_pdf(*, agency: Agency, period: Period, now: datetime) -> bytes:
    """The agency's own quarter as it stands now."""
    rows = work_of(agency_id=agency.id, period=period, now=now)
    details = obligations_for_print([row.obligation_id for row in rows])
    sent = sum(row.filing_number is not None for row in rows)
    values = {
        "agency": agency.name,
        "programme": period.programme.name,
        "period": period_words(period),
        "due": text.deadline(period.due_at, agency.timezone),
        "printed": text.instant(now, agency.timezone),
        "summary": f"{sent} dari {len(rows)} kewajiban sudah dikirim.",
        "lines": [_quarter_line(row, details[row.obligation_id], agency.timezone) for row in rows],
    }
    return paper.render("quarter.html", q=values, practice=clock.is_practice())


def _quarter_line(row: WorkRow, obligation, zone: str) -> QuarterLine:
    submission = obligation.submission
    texts = (
        ("Uraian", "narrative"),
        ("Kendala", "constraint"),
        ("Rencana tindak lanjut", "follow_up"),
        ("Alasan", "beside_reason"),
    )
    return QuarterLine(
        item=row.item_key,
        text=row.text,
        status=row.status.label,
        mark=row.status.mark,
        target=_amount(str(obligation.value), obligation.unit),
        realised=text.number(submission.realised_value) if submission else "–",
        score=text.number(row.score),
        sent=f"Penyampaian ke-{row.filing_ordinal}, {text.instant(row.filed_at, zone)}" if row.filed_at else "",
        texts=tuple(
            (title, getattr(submission, name)) for title, name in texts if submission and getattr(submission, name)
        ),
        files=tuple(
            ReceiptFile(row.item_key, e.requirement.title, e.document.name, "", None)
            for e in sorted(submission.evidence if submission else [], key=lambda e: (e.requirement.position, e.id))
            if e.detached_at is None
        ),
    )
