"""What the library says of the demo's papers: the facts that stand on them, their class, and their words."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from stranas.catalogue.models import DocumentKind
from stranas.demo.book import Book
from stranas.demo.offices import short
from stranas.demo.papers.words import NUMBERED, closing, heading, is_signed
from stranas.demo.story import Leaf, Paper
from stranas.evidence.models import Document, FileText
from stranas.evidence.rules import Publicity, TextSource, folded
from stranas.evidence.words import digest

# What an Inspektorat opens to everybody without being asked twice.
OPEN_KINDS = (DocumentKind.REGULATION, DocumentKind.DECREE, DocumentKind.SOP)
GROUNDS = (
    "Memuat nama dan nomor identitas pemohon izin. UU 14/2008 Pasal 17 huruf h: rahasia pribadi.",
    "Memuat rincian harga perkiraan sendiri yang belum diumumkan. UU 14/2008 Pasal 17 huruf b.",
)
FIXED = "UU 14/2008 Pasal 17 huruf h: memuat data pribadi. Uji konsekuensi sudah dilakukan."


def facts_of(paper: Paper, kind: DocumentKind) -> dict[str, Any]:
    """As an officer copies them from the paper; some leave them for later."""
    empty = {"number": "", "dated_on": None, "signatory": "", "description": ""}
    if len(paper.leaves) > 1:
        return empty | {"description": f"Bundel {len(paper.leaves)} berkas data dukung."}
    if not paper.leaves or Random(f"facts {paper.document}").random() < 0.2:
        return empty
    (leaf,) = paper.leaves
    signs = paper.form == "pdf" and is_signed(leaf)
    return {
        "number": leaf.number if kind in NUMBERED and leaf.flaw != "S03" else "",
        "dated_on": _dated(leaf, paper),
        "signatory": f"Pimpinan {short(leaf.office)}" if signs else "",
        "description": leaf.subject[:1].upper() + leaf.subject[1:],
    }


def _dated(leaf: Leaf, paper: Paper) -> date | None:
    """Nobody writes down a date that has not come."""
    return leaf.dated if leaf.flaw != "S03" and leaf.dated <= paper.at.date() else None


def class_of(paper: Paper, kind: DocumentKind, person_id: int | None) -> dict[str, Any]:
    """A third of what is open by its nature was made publik the day after."""
    opened = kind in OPEN_KINDS and Random(f"class {paper.document}").random() < 0.33
    return {
        "publicity": Publicity.PUBLIC if opened else Publicity.INTERNAL,
        "publicity_ground": "",
        "publicity_fixed_by_id": None,
        "publicity_fixed_at": None,
        "classified_by_id": person_id if opened else None,
        "classified_at": paper.at + timedelta(days=1) if opened else None,
    }


def add_words(book: Book, file_id: int, paper: Paper) -> None:
    """The words of a paper as its text layer has them."""
    text = "\f".join(_text(leaf) for leaf in paper.leaves)
    book.add(
        FileText,
        file_id=file_id,
        source=TextSource.LAYER,
        text=text,
        folded=folded(text),
        digest=digest(text),
        read_at=paper.at,
    )


def _text(leaf: Leaf) -> str:
    rows = (" ".join(row) for row in leaf.table)
    return "\n".join((leaf.agency.upper(), leaf.office, *heading(leaf), *leaf.lines, *rows, *closing(leaf)))


def propose_exempt(book: Book, *, agency_id: int, coordinator: int, ppid: int) -> None:
    """Two documents of an agency wait for its PPID, and one was fixed."""
    own = [row for row in book.rows[Document] if row["agency_id"] == agency_id and row["kind"] is DocumentKind.DATA]
    last = list({row["series"]: row for row in own}.values())[-3:]
    for row, ground in zip(last[1:], GROUNDS, strict=False):
        at = row["uploaded_at"] + timedelta(hours=2)
        _set(
            own,
            row["series"],
            publicity=Publicity.PROPOSED_EXEMPT,
            publicity_ground=ground,
            classified_by_id=coordinator,
            classified_at=at,
        )
    for row in last[:1]:
        at = row["uploaded_at"] + timedelta(days=1)
        _set(
            own,
            row["series"],
            publicity=Publicity.EXEMPT,
            publicity_ground=FIXED,
            publicity_fixed_by_id=ppid,
            publicity_fixed_at=at,
        )


def _set(rows: Sequence[dict[str, Any]], series: str, **columns: Any) -> None:
    for row in rows:
        if row["series"] == series:
            row.update(columns)
