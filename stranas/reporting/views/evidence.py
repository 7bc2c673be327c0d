"""Data dukung of one requirement: upload a file, give a link, choose from the library, take off."""

from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations as library
from stranas.evidence.models import Document
from stranas.evidence.operations import NotAccepted
from stranas.evidence.queries.library import Sought, list_documents
from stranas.evidence.rules import BadLink
from stranas.evidence.views.library import beside
from stranas.reporting import operations
from stranas.reporting.models import Obligation
from stranas.reporting.queries import evidence, work
from stranas.reporting.queries.places import checklist
from stranas.reporting.views import blueprint, scope
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work

WHERE = "/laporan/<int:obligation_id>/data-dukung/<int:requirement_id>"


@dataclass(frozen=True)
class Place:
    """Where a document is to be attached, remembered while its bytes arrive."""

    obligation_id: int
    requirement_id: int
    agency_id: int


@blueprint.post(WHERE)
@needs(Permission.WRITE_REPORTS)
def add_evidence(obligation_id: int, requirement_id: int):
    """Files of a form without a script (field `berkas`), or a link (`tautan`). The page's script uploads by tus."""
    with read_only():
        place = _place(obligation_id, requirement_id)
    try:
        if request.form.get("tautan"):
            _attach_link(place, request.form["tautan"])
        else:
            for stream, name in _incoming():
                received = library.receive_file(stream, name)
                _attach_file(place, received, at=clock.now())
    except (NotAccepted, BadLink) as problem:
        return _not_accepted(place, problem)
    return _answer(place)


@blueprint.get(f"{WHERE}/pilih")
@needs(Permission.WRITE_REPORTS)
def choose_document(obligation_id: int, requirement_id: int):
    """The agency's library, to attach a document that is there already."""
    obligation = scope.writable(obligation_id)
    view = _requirement(obligation, requirement_id)
    sought = Sought(words=request.args.get("cari", "").strip(), kind=_kind_asked(view.kind))
    own = Agency.id == obligation.agency_id
    found = list_documents(sought, scope=own, page=request.args.get("halaman", 1, type=int))
    return render_template(
        "reporting/choose_document.html",
        obligation=obligation,
        view=view,
        found=found,
        sought=sought,
        args={"cari": sought.words or None, "jenis": sought.kind and sought.kind.value},
        attached={file.document_id for file in view.files},
        **beside(found),
    )


def _kind_asked(kind: DocumentKind) -> DocumentKind | None:
    """Only documents of the kind that the requirement asks for, where the reader says so."""
    return kind if request.args.get("jenis") == kind.value else None


@blueprint.post(f"{WHERE}/pilih")
@needs(Permission.WRITE_REPORTS)
def attach_document(obligation_id: int, requirement_id: int):
    place = _place(obligation_id, requirement_id)
    document = evidence.document_of(
        agency_id=place.agency_id, document_id=request.form.get("dokumen", type=int, default=0)
    )
    _attach(place, document or abort(404), at=received_at())
    return redirect(_back(place))


@blueprint.post("/data-dukung/<int:evidence_id>/lepas")
@needs(Permission.WRITE_REPORTS)
def detach_evidence(evidence_id: int):
    found = evidence.evidence_by_id(evidence_id) or abort(404)
    obligation = scope.writable(found.submission.obligation_id)
    operations.detach(evidence=found, submission=obligation.submission, at=received_at(), person=current_user)
    db.session.flush()
    place = _place(obligation.id, found.requirement_id)
    if request.headers.get("HX-Request"):
        return _fragment(place)
    flash(f"{found.document.name} dilepas dari laporan ini. Berkasnya tetap ada di halaman Dokumen.")
    return redirect(_back(place))


@blueprint.get(WHERE)
@needs(Permission.SEE_REPORTS)
def requirement(obligation_id: int, requirement_id: int):
    """One requirement with its files and findings: what a script shows after an upload."""
    obligation = scope.readable(obligation_id)
    view = _requirement(obligation, requirement_id)
    editable = scope.may_write(obligation.agency_id) and (
        obligation.submission is None or obligation.submission.status.is_editable
    )
    return render_template("reporting/_requirement.html", obligation=obligation, view=view, editable=editable)


def _incoming() -> list[tuple[BinaryIO, str | None]]:
    parts = [(part.stream, part.filename) for part in request.files.getlist("berkas") if part.filename]
    if not parts:
        raise NotAccepted("Belum ada berkas atau tautan.", "Pilih berkas atau tulis tautannya terlebih dahulu.")
    return parts


def _place(obligation_id: int, requirement_id: int) -> Place:
    obligation = scope.writable(obligation_id)
    operations.need_editable(obligation.submission)
    view = _requirement(obligation, requirement_id)
    return Place(obligation.id, view.id, obligation.agency_id)


def _requirement(obligation: Obligation, requirement_id: int) -> evidence.RequirementView:
    views = checklist(obligation)
    return next((view for view in views if view.id == requirement_id), None) or abort(404)


def _attach_file(place: Place, received: library.ReceivedFile, *, at: datetime) -> None:
    """`at`: when the last byte came, as for a resumable upload."""
    with unit_of_work():
        document = library.register_file(
            agency_id=place.agency_id, received=received, uploaded_by_id=current_user.id, at=at
        )
        _attach(place, document, at=at)


def _attach_link(place: Place, address: str) -> None:
    with unit_of_work():
        document = library.add_link(
            agency_id=place.agency_id, address=address, uploaded_by_id=current_user.id, at=received_at()
        )
        _attach(place, document, at=received_at())


def _attach(place: Place, document: Document, *, at: datetime) -> None:
    attach(scope.writable(place.obligation_id), place.requirement_id, document, person=current_user, at=at)


def attach(obligation: Obligation, requirement_id: int, document: Document, *, person: User, at: datetime) -> None:
    """Attach inside the running transaction and have the document checked once it commits."""
    view = _requirement(obligation, requirement_id)
    submission = operations.start_submission(obligation=obligation, person=person, received_at=at)
    operations.attach(submission=submission, requirement_id=view.id, document=document, at=at, person=person)
    library.request_check(document_id=document.id, claimed_kind=view.kind, target_id=obligation.target_id)


def _answer(place: Place):
    if _is_script():
        with read_only():
            return _fragment(place)
    flash("Berkas diterima dan sedang dicek.")
    return redirect(_back(place))


def _not_accepted(place: Place, problem: NotAccepted | BadLink):
    sentence, repair = problem.sentence, getattr(problem, "repair", "")
    if _is_script():
        return {"error": sentence, "repair": repair}, 422
    obligation = work.obligation_in_scope(place.obligation_id, db.true())
    return render_template(
        "reporting/not_accepted.html", obligation=obligation, sentence=sentence, repair=repair, back=_back(place)
    ), 422


def _is_script() -> bool:
    return bool(request.headers.get("HX-Request"))


def _fragment(place: Place):
    obligation = scope.writable(place.obligation_id)
    view = _requirement(obligation, place.requirement_id)
    return render_template("reporting/_requirement.html", obligation=obligation, view=view, editable=True)


def _back(place: Place) -> str:
    return url_for(".edit_submission", obligation_id=place.obligation_id, _anchor=f"syarat-{place.requirement_id}")
