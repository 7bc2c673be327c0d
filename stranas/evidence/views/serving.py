"""Downloads, previews, and what the checks say: the doors that open a document."""

from flask import Response, abort, render_template, request, send_file

from stranas.evidence import previews, queries
from stranas.evidence.views import blueprint, scope
from stranas.reporting.queries.evidence import FileView, evidence_by_id
from stranas.reporting.queries.places import checklist
from stranas.system.access import Permission, needs
from stranas.system.db import read_only
from stranas.system.errors import Refused
from stranas.system.storage import MissingObject, storage

# Media types that a phone may hand to its reader; everything else is only bytes.
HANDED_ON = ("application/pdf", "image/", "application/vnd.", "application/msword", "text/csv")


@blueprint.get("/dokumen/<int:document_id>/unduh")
@needs(Permission.SEE_REPORTS)
def download(document_id: int):
    """The original bytes, never shown inside our page."""
    document = scope.to_open(document_id)
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
    part = "HX-Request" in request.headers
    try:
        with read_only():
            document = scope.to_open(document_id)
    except Refused as held:
        if not part:
            raise
        return render_template("evidence/_held.html", held=held), 409
    shown = previews.preview_of(document)
    return render_template("evidence/_preview.html" if part else "evidence/preview.html", preview=shown)


@blueprint.get("/dokumen/<int:document_id>/pratinjau/<int:page>.png")
@needs(Permission.SEE_REPORTS)
def preview_page(document_id: int, page: int):
    with read_only():
        document = scope.to_open(document_id)
    picture = previews.page_picture(document, page)
    if picture is None:
        abort(404)
    return Response(picture.read_bytes(), mimetype="image/png", headers={"Cache-Control": "private, max-age=3600"})


@blueprint.get("/dokumen/<int:document_id>/pengecekan")
@needs(Permission.SEE_REPORTS)
def check(document_id: int):
    """The part of a page that says how far the checks are; it asks again until they are done. `bukti`: the evidence
    whose findings the officer may explain there."""
    document = scope.document(document_id)
    run = queries.check_result(document.id, request.args.get("klaim", ""))
    if run is None:
        abort(404)
    file = _explainable(request.args.get("bukti", type=int))
    openable = scope.openable([run.findings])
    return render_template("evidence/_check.html", run=run, file=file, editable=file is not None, openable=openable)


def _explainable(evidence_id: int | None) -> FileView | None:
    found = evidence_by_id(evidence_id) if evidence_id else None
    if found is None or not found.submission.status.is_editable or found.document.agency_id not in scope.own_agencies():
        return None
    files = (file for view in checklist(found.submission.obligation) for file in view.files)
    return next(file for file in files if file.evidence_id == found.id)
