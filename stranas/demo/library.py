"""Papers become files in the storage, documents, and what the checks say about them."""

import io
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from stranas.catalogue.models import DocumentKind
from stranas.demo.book import Book
from stranas.demo.facts import add_words, class_of, facts_of
from stranas.demo.papers import MEDIA_TYPES, content
from stranas.demo.story import Need, Paper
from stranas.evidence.checks import Claim, Finding, Surroundings, judge, judge_address
from stranas.evidence.checks.real_type import FITS
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.models import Finding as FindingRow
from stranas.evidence.rules import CheckState, claim_key
from stranas.evidence.weighing import weighed
from stranas.reporting.frozen import FrozenEvidence, FrozenFinding
from stranas.system.models import StoredFile
from stranas.system.storage import Stored, storage

# The demo ends with B18: rules that count in full from a later quarter on are soft in all of it.
QUARTERS = ("B18", "B21", "B24")
CHECK_TOOK = timedelta(seconds=2)


class Library:
    """The documents of one agency. No transaction may be open: bytes are stored here."""

    def __init__(self, book: Book, *, agency_id: int, person_id: int | None, keeps_words: bool = True) -> None:
        self.book, self.agency_id, self.person_id = book, agency_id, person_id
        self.keeps_words = keeps_words
        self.documents: dict[str, int] = {}
        self.findings: dict[tuple[int, str], tuple[Finding, ...]] = {}
        self.stored: dict[str, Stored] = {}
        self.series: dict[str, dict[str, Any]] = {}

    def document(self, paper: Paper, kind: DocumentKind, *, target_id: int | None = None) -> int:
        """The document of a paper, checked against the kind and the target that ask for it."""
        if paper.key not in self.documents:
            self.documents[paper.key] = self._register(paper, kind)
        document_id = self.documents[paper.key]
        claim = claim_key(kind.value, target_id)
        if (document_id, claim) not in self.findings:
            self.findings[document_id, claim] = self._checked(document_id, paper, kind, target_id)
        return document_id

    def frozen(self, paper: Paper, need: Need) -> FrozenEvidence:
        """The document as a filing freezes it."""
        document_id, stored = self.documents[paper.key], self.stored.get(paper.key)
        findings = self.findings[document_id, claim_key(need.kind.value, need.target_id)]
        return FrozenEvidence(
            requirement=need.position,
            title=need.title,
            document=document_id,
            name=paper.name,
            url=paper.url or None,
            sha256=stored.sha256 if stored else None,
            size=stored.size if stored else None,
            findings=tuple(FrozenFinding(f.code, f.severity.value, f.message) for f in findings),
        )

    def _register(self, paper: Paper, kind: DocumentKind) -> int:
        common: dict[str, Any] = {
            "agency_id": self.agency_id,
            "name": paper.name,
            "media_type": MEDIA_TYPES[paper.form],
            "uploaded_by_id": self.person_id,
            "uploaded_at": paper.at,
            "kind": kind,
            **facts_of(paper, kind),
            **self._revision(paper, kind),
            "removed_by_id": None,
            "removed_at": None,
        }
        if paper.form == "link":
            return self.book.add(Document, file_id=None, url=paper.url, **common)
        stored = self.stored[paper.key] = storage().put(io.BytesIO(content(paper)))
        file_id = self.book.add(
            StoredFile,
            sha256=stored.sha256,
            size=stored.size,
            backend=stored.backend,
            storage_key=stored.key,
            stored_at=paper.at,
        )
        if paper.form == "pdf" and self.keeps_words:
            add_words(self.book, file_id, paper)
        return self.book.add(Document, file_id=file_id, url=None, **common)

    def _revision(self, paper: Paper, kind: DocumentKind) -> dict[str, Any]:
        """What repairs an earlier paper is its next revision, with its class."""
        before = self.series.get(paper.document)
        if before is None:
            series = f"demo-{len(self.book.rows[Document]) + 1}"
            found = {"series": series, "revision": 1} | class_of(paper, kind, self.person_id)
        else:
            found = before | {"revision": before["revision"] + 1}
        self.series[paper.document] = found
        return found

    def _checked(
        self, document_id: int, paper: Paper, kind: DocumentKind, target_id: int | None
    ) -> tuple[Finding, ...]:
        found = _findings(paper, kind)
        run_id = self.book.add(
            CheckRun,
            document_id=document_id,
            claim=claim_key(kind.value, target_id),
            claimed_kind=kind.value,
            target_id=target_id,
            state=CheckState.DONE,
            attempts=1,
            queued_at=paper.at,
            started_at=paper.at,
            ended_at=paper.at + CHECK_TOOK,
            failure=None,
        )
        for position, one in enumerate(found, 1):
            self.book.add(
                FindingRow,
                check_run_id=run_id,
                position=position,
                code=one.code,
                severity=one.severity,
                message=one.message,
                repair=one.repair,
                hint=one.hint,
            )
        return found


def _findings(paper: Paper, kind: DocumentKind) -> tuple[Finding, ...]:
    """The real checks, for whatever is not plainly in order: what the demo writes opens, and is written once."""
    if paper.form == "link":
        found = judge_address(paper.url, Claim(paper.name, kind.value, kind.label))
        return weighed(found, own={}, period=QUARTERS[0], order=QUARTERS)
    if paper.form in FITS[kind.value].good and paper.name.endswith(f".{paper.form}"):
        return ()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bytes"
        file.write_bytes(content(paper))
        return judge(file, Claim(paper.name, kind.value, kind.label), Surroundings()).findings
