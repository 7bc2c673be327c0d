"""What the officer does with the findings of a file: explain them, or move the document where it belongs."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.evidence import operations as library
from stranas.evidence.queries import claim_for
from stranas.evidence.rules import LONGEST_ANSWER
from stranas.evidence.views.scope import openable
from stranas.reporting import operations
from stranas.reporting.models import Evidence
from stranas.reporting.queries import evidence
from stranas.reporting.queries.places import checklist
from stranas.reporting.views import blueprint, scope
from stranas.reporting.views.evidence import attach
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db


@blueprint.post("/data-dukung/<int:evidence_id>/penjelasan")
@needs(Permission.WRITE_REPORTS)
def explain_findings(evidence_id: int):
    """One field per code (`alasan-CODE`); an emptied one takes the explanation back."""
    found = _editable(evidence_id)
    file = _file(found)
    codes = {finding.code for finding in file.run.findings if finding.is_answerable} if file.run else set()
    said = {code: request.form.get(f"alasan-{code}", "").replace("\r\n", "\n").strip() for code in codes}
    if any(len(reason) > LONGEST_ANSWER for reason in said.values()):
        return _answer(found, problem=f"Tulis penjelasan paling panjang {LONGEST_ANSWER:,} huruf.".replace(",", "."))
    for code, reason in sorted(said.items()):
        library.answer_finding(
            document_id=found.document_id,
            claim=claim_for(found.requirement),
            code=code,
            reason=reason,
            person=current_user,
            at=received_at(),
        )
    db.session.flush()
    return _answer(found)


@blueprint.post("/data-dukung/<int:evidence_id>/pindah")
@needs(Permission.WRITE_REPORTS)
def move_evidence(evidence_id: int):
    """Off this report and onto the one that the check named, in one step."""
    found = _editable(evidence_id)
    here = found.submission.obligation
    place = next((p for p in _file(found).moves.values() if p.requirement_id == _wanted()), None) or abort(404)
    operations.detach(evidence=found, submission=found.submission, at=received_at(), person=current_user)
    obligation = scope.writable(place.obligation_id)
    attach(obligation, place.requirement_id, found.document, person=current_user, at=received_at())
    flash(f"{found.document.name} dipindahkan ke {place.words}.")
    return redirect(url_for(".edit_submission", obligation_id=here.id, _anchor=f"syarat-{found.requirement_id}"))


def _wanted() -> int:
    return request.form.get("persyaratan", type=int, default=0)


def _editable(evidence_id: int) -> Evidence:
    found = evidence.evidence_by_id(evidence_id) or abort(404)
    scope.writable(found.submission.obligation_id)
    operations.need_editable(found.submission)
    return found


def _file(found: Evidence) -> evidence.FileView:
    files = (file for view in checklist(found.submission.obligation) for file in view.files)
    return next((file for file in files if file.evidence_id == found.id), None) or abort(404)


def _answer(found: Evidence, problem: str = ""):
    """For a script the part that says what was found; otherwise back to the requirement."""
    if request.headers.get("HX-Request"):
        file = _file(found)
        page = render_template(
            "evidence/_check.html",
            run=file.run,
            file=file,
            editable=True,
            problem=problem,
            openable=openable([file.run.findings]),
        )
        return page, 422 if problem else 200
    flash(problem or "Penjelasan disimpan.")
    return redirect(
        url_for(
            ".edit_submission",
            obligation_id=found.submission.obligation_id,
            _anchor=f"syarat-{found.requirement_id}",
        )
    )
