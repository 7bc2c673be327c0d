"""The library, downloads, previews, and what the checks say."""

from collections.abc import Iterable

from flask import Response, abort, render_template, request, send_file
from flask_login import current_user
from sqlalchemy import ColumnElement, or_

from stranas.accounts.models import Role
from stranas.accounts.policy import visible_agencies
from stranas.agencies.models import Agency
from stranas.evidence import previews, queries
from stranas.evidence.queries import DocumentView, FindingView
from stranas.evidence.views import blueprint
from stranas.release.queries.clarifications import documents_to_clarify
from stranas.reporting.queries.evidence import FileView, evidence_by_id
from stranas.reporting.queries.places import checklist
from stranas.reporting.uses import uses_of_documents, was_sent
from stranas.requests.queries.asked import origins
from stranas.system.access import Permission, needs
from stranas.system.db import read_only
from stranas.system.storage import MissingObject, storage
from stranas.verification.queries.scope import documents_to_verify

# Media types that a phone may hand to its reader; everything else is only bytes.
HANDED_ON = ("application/pdf", "image/", "application/vnd.", "application/msword", "text/csv")


@blueprint.get("/dokumen")
@needs(Permission.SEE_REPORTS)
def library():
    """Documents of the own agency; a reader without one sees those of the agencies in scope."""
    words = request.args.get("cari", "").strip()
    found = queries.list_documents(scope=_library_scope(), words=words, page=request.args.get("halaman", 1, type=int))
    ids = [row.id for row in found.rows]
    uses: dict[int, list] = {}
    for use in uses_of_documents(ids):
        uses.setdefault(use.document_id, []).append(use)
    return render_template(
        "evidence/library.html",
        found=found,
        words=words,
        uses=uses,
        findings=queries.worst_findings(ids),
        units=origins(ids),
        several=len({row.agency_id for row in found.rows}) > 1 or not _own_agencies(),
    )


@blueprint.get("/dokumen/<int:document_id>/unduh")
@needs(Permission.SEE_REPORTS)
def download(document_id: int):
    """The original bytes, never shown inside our page."""
    document = _document(document_id)
    if document.is_link:
        abort(404)
    try:
        stream = storage().open(document.storage_key)
    except MissingObject:
        abort(404)
    media_type = document.media_type if document.media_type.startswith(HANDED_ON) else "application/octet-stream"
    answer = send_file(stream, mimetype=media_type, as_attachment=True, download_name=document.name)
    answer.content_length = document.size
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@blueprint.get("/dokumen/<int:document_id>/pratinjau")
@needs(Permission.SEE_REPORTS)
def preview(document_id: int):
    """A page of its own; for htmx the part that another page puts beside its form."""
    with read_only():
        document = _document(document_id)
    shown = previews.preview_of(document)
    part = "HX-Request" in request.headers
    return render_template("evidence/_preview.html" if part else "evidence/preview.html", preview=shown)


@blueprint.get("/dokumen/<int:document_id>/pratinjau/<int:page>.png")
@needs(Permission.SEE_REPORTS)
def preview_page(document_id: int, page: int):
    with read_only():
        document = _document(document_id)
    picture = previews.page_picture(document, page)
    if picture is None:
        abort(404)
    return Response(picture.read_bytes(), mimetype="image/png", headers={"Cache-Control": "private, max-age=3600"})


@blueprint.get("/dokumen/<int:document_id>/pengecekan")
@needs(Permission.SEE_REPORTS)
def check(document_id: int):
    """The part of a page that says how far the checks are; it asks again until they are done. `bukti`: the evidence
    whose findings the officer may explain there."""
    document = _document(document_id)
    run = queries.check_result(document.id, request.args.get("klaim", ""))
    if run is None:
        abort(404)
    file = _explainable(request.args.get("bukti", type=int))
    return render_template(
        "evidence/_check.html", run=run, file=file, editable=file is not None, openable=openable([run.findings])
    )


def _explainable(evidence_id: int | None) -> FileView | None:
    found = evidence_by_id(evidence_id) if evidence_id else None
    if found is None or not found.submission.status.is_editable or found.document.agency_id not in _own_agencies():
        return None
    files = (file for view in checklist(found.submission.obligation) for file in view.files)
    return next(file for file in files if file.evidence_id == found.id)


def openable(findings: Iterable[Iterable[FindingView]]) -> frozenset[int]:
    """Of the earlier documents that findings hint at, those that the reader may open. At most one question."""
    hinted = {one.document for some in findings for one in some if one.document}
    return queries.visible_of(hinted, scope=_scope()) if hinted else frozenset()


def _document(document_id: int) -> DocumentView:
    document = queries.find_document(document_id, scope=_scope())
    if document is None:
        abort(404)
    return document


def _scope() -> ColumnElement[bool]:
    """Documents of the own agency; of another in scope only those of reports that were sent; of a verifier only
    those of reports that he verifies, or whose result he clarifies."""
    own_or_sent = or_(Agency.id.in_(_own_agencies()), was_sent())
    agencies = visible_agencies(current_user, Permission.SEE_REPORTS, besides={Role.VERIFIER})
    verified = or_(documents_to_verify(current_user), documents_to_clarify(current_user))
    return or_(agencies & own_or_sent, verified)


def _library_scope() -> ColumnElement[bool]:
    own = _own_agencies()
    return _scope() & Agency.id.in_(own) if own else _scope()


def _own_agencies() -> list[int]:
    """A verifier's membership names where he works: that is not his library."""
    return [m.agency_id for m in current_user.memberships if m.agency_id and not m.role.is_national]
