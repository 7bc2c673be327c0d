"""Straight into the library: several files at once, or a link, before any report asks for them."""

from dataclasses import dataclass

from flask import render_template, request
from flask_login import current_user

from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations
from stranas.evidence.models import Document
from stranas.evidence.operations import NotAccepted, ReceivedFile
from stranas.evidence.queries import DocumentView
from stranas.evidence.queries.documents import copies_of_bytes
from stranas.evidence.rules import BadLink
from stranas.evidence.views import blueprint, scope
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only, unit_of_work

MOST_AT_ONCE = 20


@dataclass(frozen=True)
class Outcome:
    """What became of one file: a new document, one that was there already, or a sentence that says why not."""

    name: str
    document_id: int | None = None
    there: DocumentView | None = None
    sentence: str = ""
    repair: str = ""


@blueprint.get("/dokumen/unggah")
@needs(Permission.WRITE_REPORTS)
def upload_documents():
    return _page([], {})


@blueprint.post("/dokumen/unggah")
@needs(Permission.WRITE_REPORTS)
def add_documents():
    """Each file is a transaction of its own: what was received stays, whatever becomes of the next one."""
    with read_only():
        agency_id = scope.writes_for()
    kind = next((kind for kind in DocumentKind if kind.value == request.form.get("jenis")), None)
    parts = [part for part in request.files.getlist("berkas") if part.filename]
    address = request.form.get("tautan", "").strip()
    problems = _problems(kind, len(parts), address)
    if problems:
        return _page([], problems), 422
    outcomes = [_added(agency_id, part, kind) for part in parts]
    if address:
        outcomes.append(_linked(agency_id, address, request.form.get("nama", ""), kind))
    failed = any(outcome.sentence for outcome in outcomes)
    with read_only():
        return _page(outcomes, {}), (422 if failed else 200)


def _problems(kind: DocumentKind | None, count: int, address: str) -> dict[str, str]:
    problems = {}
    if not count and not address:
        problems["berkas"] = "Pilih berkas, atau tulis alamat tautan."
    if count > MOST_AT_ONCE:
        problems["berkas"] = f"Pilih paling banyak {MOST_AT_ONCE} berkas sekali unggah."
    if kind is None:
        problems["jenis"] = "Pilih jenis dokumen. Berkas dicek menurut jenis ini."
    return problems


def _added(agency_id: int, part, kind: DocumentKind) -> Outcome:
    try:
        received = operations.receive_file(part.stream, part.filename)
    except NotAccepted as problem:
        return Outcome(part.filename, sentence=problem.sentence, repair=problem.repair)
    with unit_of_work():
        there = copies_of_bytes([received.stored.sha256], agency_id=agency_id).get(received.stored.sha256)
        if there:
            return _known(received, there)
        document = operations.register_file(
            agency_id=agency_id, received=received, uploaded_by_id=current_user.id, at=received_at()
        )
        return _checked(document, kind)


def _known(received: ReceivedFile, there: DocumentView) -> Outcome:
    """Told, not doubled. One that was taken off the list comes back with it."""
    if there.removed_at:
        operations.bring_back(document_id=there.id)
    return Outcome(received.name, there=there)


def _linked(agency_id: int, address: str, name: str, kind: DocumentKind) -> Outcome:
    try:
        with unit_of_work():
            document = operations.add_link(
                agency_id=agency_id, address=address, name=name, uploaded_by_id=current_user.id, at=received_at()
            )
            return _checked(document, kind)
    except BadLink as problem:
        return Outcome(address[:200], sentence=problem.sentence)


def _checked(document: Document, kind: DocumentKind) -> Outcome:
    operations.request_check(document_id=document.id, claimed_kind=kind)
    return Outcome(document.name, document_id=document.id)


def _page(outcomes: list[Outcome], problems: dict[str, str]) -> str:
    return render_template(
        "evidence/upload_documents.html",
        outcomes=outcomes,
        problems=problems,
        kinds=list(DocumentKind),
        most=MOST_AT_ONCE,
        typed=request.form,
    )
