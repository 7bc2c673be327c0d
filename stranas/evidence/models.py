"""Documents, what the checks said about them, and what officers answered."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.catalogue.models import DocumentKind
from stranas.evidence.rules import CheckState, Publicity, ScanState, Severity, TextSource
from stranas.system.db import Code, Key, Long, Sha256, Short, choice, db
from stranas.system.models import StoredFile


def _new_series() -> str:
    return secrets.token_hex(8)


class Document(db.Model):
    """A file or a link in an agency's library. Exactly one of `file_id` and `url` is there.

    Revisions of one document share a `series` and count on in `revision`; each keeps its own bytes, so that what was
    sent stays as it was. `number`, `dated_on`, `signatory` are those of the paper. A document is internal until
    somebody says otherwise (`classified_…`: the Inspektorat's word); `publicity_fixed_…`: the PPID's own word, which
    nobody else changes. Class and word are those of the series. `removed_…`: taken off the list, bytes and rows stay.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("series", "revision"),
        Index("ix_document_agency_uploaded", "agency_id", "uploaded_at"),
    )
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"))
    series: Mapped[Code] = mapped_column(default=_new_series)
    revision: Mapped[int] = mapped_column(default=1)
    name: Mapped[Short]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    url: Mapped[str | None] = mapped_column(String(2000))
    media_type: Mapped[Code] = mapped_column(default="application/octet-stream")
    uploaded_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    uploaded_at: Mapped[datetime]
    kind: Mapped[DocumentKind | None] = mapped_column(choice(DocumentKind, "kind"))
    number: Mapped[Short] = mapped_column(default="")
    dated_on: Mapped[date | None]
    signatory: Mapped[Short] = mapped_column(default="")
    description: Mapped[Long] = mapped_column(default="")
    publicity: Mapped[Publicity] = mapped_column(choice(Publicity, "publicity"), default=Publicity.INTERNAL)
    publicity_ground: Mapped[Long] = mapped_column(default="")
    publicity_fixed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    publicity_fixed_at: Mapped[datetime | None]
    classified_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    classified_at: Mapped[datetime | None]
    removed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    removed_at: Mapped[datetime | None]

    file: Mapped[StoredFile | None] = relationship(lazy="joined")


class FileText(db.Model):
    """The words of a stored file, read once: for the search, and for checks that compare. `digest`: the SHA-256 of
    the letters alone (evidence.layout), empty where there are none. `folded`: the text in small letters, one
    space between words: what the search looks through, five times faster than comparing letters of both sizes."""

    __tablename__ = "file_text"
    id: Mapped[Key]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    source: Mapped[TextSource] = mapped_column(choice(TextSource, "source"))
    text: Mapped[Long]
    folded: Mapped[Long] = mapped_column(default="")
    digest: Mapped[Sha256] = mapped_column(index=True)
    read_at: Mapped[datetime]


class TextPrint(db.Model):
    """What is kept of a text so that its like is found (evidence.sketch): of the words of a file, or of what an agency
    wrote. `kind` says of what `owner_id` is the id; `slots` is empty where the text is too short to be compared."""

    __tablename__ = "text_print"
    __table_args__ = (UniqueConstraint("kind", "owner_id"),)
    id: Mapped[Key]
    kind: Mapped[Code]
    owner_id: Mapped[int]
    method: Mapped[Code]
    size: Mapped[int]
    slots: Mapped[bytes] = mapped_column(LargeBinary)


class PrintBand(db.Model):
    """Texts that have a key in common may be alike."""

    __tablename__ = "print_band"
    __table_args__ = {"sqlite_with_rowid": False}
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    print_id: Mapped[int] = mapped_column(
        ForeignKey("text_print.id", ondelete="CASCADE"), primary_key=True, index=True, autoincrement=False
    )


class DocumentLikeness(db.Model):
    """A document repeats an earlier one of another agency. Only for those who verify either: see decision 0011.

    `share`: percent of its words, 100 for the same words or bytes.
    """

    __tablename__ = "document_likeness"
    __table_args__ = (UniqueConstraint("document_id", "earlier_id"),)
    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    earlier_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    share: Mapped[int]


class FileScan(db.Model):
    """What ClamAV said of a stored file; `signature`: the name it gave to malware (evidence/malware.py)."""

    __tablename__ = "file_scan"
    id: Mapped[Key]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    state: Mapped[ScanState] = mapped_column(choice(ScanState, "state"), index=True)
    signature: Mapped[Short]
    attempts: Mapped[int]
    scanned_at: Mapped[datetime | None]


class CheckRun(db.Model):
    """The checks of one document against one claim: the kind of document that is asked for, and the target that asks
    (none: only the kind is judged). `claim` is both in one word (evidence.rules.claim_key)."""

    __tablename__ = "check_run"
    __table_args__ = (UniqueConstraint("document_id", "claim"),)
    id: Mapped[Key]
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    claim: Mapped[Code]
    claimed_kind: Mapped[Code]
    target_id: Mapped[int | None] = mapped_column(ForeignKey("target.id"), index=True)
    state: Mapped[CheckState] = mapped_column(choice(CheckState, "state"), default=CheckState.WAITING, index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    queued_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    failure: Mapped[str | None] = mapped_column(Text)

    document: Mapped[Document] = relationship(lazy="joined")
    findings: Mapped[list["Finding"]] = relationship(
        order_by="Finding.position", lazy="selectin", cascade="all, delete-orphan"
    )


class Finding(db.Model):
    """What a check says about a document: code, severity, a sentence, and how to repair it. `hint` says where the
    document seems to belong, or which earlier one it repeats (checks.finding.Finding)."""

    __tablename__ = "finding"
    __table_args__ = (UniqueConstraint("check_run_id", "position"),)
    id: Mapped[Key]
    check_run_id: Mapped[int] = mapped_column(ForeignKey("check_run.id"))
    position: Mapped[int]
    code: Mapped[Code]
    severity: Mapped[Severity] = mapped_column(choice(Severity, "severity"))
    message: Mapped[Long]
    repair: Mapped[Long]
    hint: Mapped[dict[str, Any]] = mapped_column(default=dict)

    @property
    def document(self) -> int | None:
        """The earlier document of the same agency that it hints at."""
        return self.hint.get("document")


class FindingAnswer(db.Model):
    """What an officer says to a finding. It belongs to the code, not to the row: a check that runs again keeps it."""

    __tablename__ = "finding_answer"
    __table_args__ = (UniqueConstraint("check_run_id", "code"),)
    id: Mapped[Key]
    check_run_id: Mapped[int] = mapped_column(ForeignKey("check_run.id"))
    code: Mapped[Code]
    reason: Mapped[Long]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime]
