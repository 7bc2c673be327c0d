"""The library searched: by words (also those of the files), by class, kind, and what the checks found."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, or_, true

from stranas.agencies.models import Agency
from stranas.catalogue.models import DocumentKind
from stranas.evidence.models import CheckRun, Document, FileText, Finding
from stranas.evidence.queries.documents import DOCUMENTS, DocumentView
from stranas.evidence.rules import Excerpt, Publicity, Severity, excerpt, folded, search_words
from stranas.system.db import db

PAGE_SIZE = 25
FACTS = (Document.name, Document.number, Document.signatory, Document.description)


class Marked(enum.Enum):
    """How the checks judged a document, by its heaviest finding."""

    MUST_FIX = "perbaiki"
    EXPLAIN = "jelaskan"
    CLEAN = "bersih"

    @property
    def label(self) -> str:
        return {
            "perbaiki": "Wajib diperbaiki",
            "jelaskan": "Perlu penjelasan",
            "bersih": "Tanpa catatan yang perlu ditindaklanjuti",
        }[self.value]


@dataclass(frozen=True)
class Sought:
    """What a reader looks for. `kind` "kosong": those of which nobody said what they are. `contents`: whether the words
    of the files are searched too, which costs time where there are very many."""

    words: str = ""
    kind: DocumentKind | str | None = None
    publicity: Publicity | None = None
    marked: Marked | None = None
    removed: bool = False
    contents: bool = True

    @property
    def terms(self) -> tuple[str, ...]:
        return search_words(self.words)


@dataclass(frozen=True)
class DocumentPage:
    """One page of a list: its rows, the number of all, which page this is, and how many there are. `excerpts`: document
    id → where its file holds the words, for rows that were not found by their facts alone."""

    rows: tuple[DocumentView, ...]
    total: int
    number: int
    pages: int
    excerpts: dict[int, Excerpt]


def list_documents(
    sought: Sought,
    *,
    scope: ColumnElement[bool],
    more: Sequence[ColumnElement[bool]] = (),
    told: ColumnElement[bool] | None = None,
    page: int = 1,
) -> DocumentPage:
    """The newest revision in scope of each document that fits, the latest first. `scope` and `more`: conditions on
    Document and Agency; `told`: a condition on CheckRun, which checks the reader may know of."""
    chosen = _chosen(sought, scope, more, told if told is not None else true())
    page, total, ids = _page_of(chosen, max(1, page))
    rows = _views(ids)
    return DocumentPage(rows, total, page, _pages(total), _excerpts(rows, sought))


def _pages(total: int) -> int:
    return max(1, -(-total // PAGE_SIZE))


def _page_of(chosen: Select, page: int) -> tuple[int, int, list[int]]:
    """The page, the number of all rows, and the ids on it: found and counted in one go. Beyond the end: the last."""
    ordered = chosen.add_columns(db.func.count().over()).order_by(Document.uploaded_at.desc(), Document.id.desc())
    rows = db.session.execute(ordered.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)).all()
    if rows or page == 1:
        return page, rows[0][1] if rows else 0, [row.id for row in rows]
    total = db.session.scalar(db.select(db.func.count()).select_from(chosen.subquery())) or 0
    return _page_of(chosen, min(page - 1, _pages(total)))


def _chosen(sought: Sought, scope: ColumnElement[bool], more: Sequence[ColumnElement[bool]], told) -> Select:
    removed = Document.removed_at.is_not(None) if sought.removed else Document.removed_at.is_(None)
    newest = (
        db.select(Document.series, db.func.max(Document.revision).label("revision"))
        .join(Agency, Agency.id == Document.agency_id)
        .where(scope, removed)
        .group_by(Document.series)
        .subquery()
    )
    return (
        db.select(Document.id)
        .join(Agency, Agency.id == Document.agency_id)
        .join(newest, and_(newest.c.series == Document.series, newest.c.revision == Document.revision))
        .where(*_conditions(sought, told), *more)
    )


def _conditions(sought: Sought, told: ColumnElement[bool]):
    yield from (_holds(word, sought.contents) for word in sought.terms)
    if sought.kind:
        yield Document.kind.is_(None) if sought.kind == "kosong" else Document.kind == sought.kind
    if sought.publicity:
        yield Document.publicity == sought.publicity
    if sought.marked:
        yield _marked(sought.marked, told)


def _holds(word: str, contents: bool) -> ColumnElement[bool]:
    places = [column.icontains(word, autoescape=True) for column in FACTS]
    if contents:
        said = db.exists().where(
            FileText.file_id == Document.file_id, FileText.folded.contains(folded(word), autoescape=True)
        )
        places.append(said)
    return or_(*places)


def _marked(marked: Marked, told: ColumnElement[bool]) -> ColumnElement[bool]:
    blocks, explains = (Severity.REFUSED, Severity.MUST_FIX), (Severity.EXPLAIN,)
    if marked is Marked.MUST_FIX:
        return _has(blocks, told)
    if marked is Marked.EXPLAIN:
        return and_(_has(explains, told), ~_has(blocks, told))
    return ~_has((*blocks, *explains), told)


def _has(severities: Sequence[Severity], told: ColumnElement[bool]) -> ColumnElement[bool]:
    return db.exists().where(
        CheckRun.document_id == Document.id,
        Finding.check_run_id == CheckRun.id,
        Finding.severity.in_(severities),
        told,
    )


def _views(ids: Sequence[int]) -> tuple[DocumentView, ...]:
    """In the order of the ids."""
    rows = db.session.execute(DOCUMENTS.where(Document.id.in_(ids)))
    views = {row.id: DocumentView(**row._mapping) for row in rows}
    return tuple(views[document_id] for document_id in ids)


def _excerpts(rows: Sequence[DocumentView], sought: Sought) -> dict[int, Excerpt]:
    """For the rows of one page: the first word that no fact of the document holds, where its file says it."""
    wanted = {row.id: _beside_facts(row, sought.terms) for row in rows} if sought.contents else {}
    files = [row.file_id for row in rows if row.file_id and wanted.get(row.id)]
    if not files:
        return {}
    texts = dict(
        db.session.execute(db.select(FileText.file_id, FileText.text).where(FileText.file_id.in_(files))).all()
    )
    found = {row.id: excerpt(texts.get(row.file_id, ""), wanted[row.id]) for row in rows if wanted.get(row.id)}
    return {document_id: place for document_id, place in found.items() if place}


def _beside_facts(row: DocumentView, terms: Sequence[str]) -> list[str]:
    facts = " \n".join((row.name, row.number, row.signatory, row.description)).casefold()
    return [term for term in terms if term.casefold() not in facts]
