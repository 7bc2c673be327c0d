"""Uji petik: planned from a case, read by both sides, closed by notes."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.evidence import operations as library
from stranas.evidence.operations import NotAccepted
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work
from stranas.verification import operations
from stranas.verification.forms import NotesForm, SpotCheckForm, read_notes, read_spot_check
from stranas.verification.models import SpotCheck
from stranas.verification.queries import case as cases
from stranas.verification.queries import spot_checks as queries
from stranas.verification.rules import SpotForm
from stranas.verification.views import blueprint, scope


@blueprint.get("/uji-petik")
@needs(Permission.SEE_REPORTS)
def spot_checks():
    found = queries.spot_check_page(scope=scope.judged_in_sight(), page=request.args.get("halaman", 1, type=int))
    return render_template("verification/spot_checks.html", found=found)


@blueprint.get("/uji-petik/<int:check_id>")
@needs(Permission.SEE_REPORTS)
def spot_check(check_id: int):
    return _page(check_id, NotesForm())


@blueprint.get("/verifikasi/<int:submission_id>/uji-petik")
@needs(Permission.VERIFY)
def new_spot_check(submission_id: int):
    return _new_page(submission_id, SpotCheckForm())


@blueprint.post("/verifikasi/<int:submission_id>/uji-petik")
@needs(Permission.VERIFY)
def plan_spot_check(submission_id: int):
    submission = scope.submission(submission_id)
    form = read_spot_check(request.form, today=_today())
    if form.problems:
        return _new_page(submission_id, form), 422
    check = operations.plan_spot_check(
        submission=submission,
        verifier=current_user,
        form=form.form,
        planned_on=form.planned_on,
        subject=form.subject,
        received_at=received_at(),
    )
    flash("Uji petik direncanakan. Instansi diberi tahu lewat surel.")
    return redirect(url_for(".spot_check", check_id=check.id))


@blueprint.post("/uji-petik/<int:check_id>")
@needs(Permission.VERIFY)
def note_spot_check(check_id: int):
    """Notes, with one document if there is one; its bytes come before the write transaction."""
    with read_only():
        agency_id = _mine(check_id).agency_id
        form = read_notes(request.form, today=_today())
        if form.problems:
            return _page(check_id, form), 422
    part, received = request.files.get("dokumen"), None
    if part and part.filename:
        try:
            received = library.receive_file(part.stream, part.filename)
        except NotAccepted as problem:
            with read_only():
                problems = {"dokumen": f"{problem.sentence} {problem.repair}"}
                return _page(check_id, NotesForm(**(vars(form) | {"problems": problems}))), 422
    with unit_of_work():
        _mine(check_id)
        document = received and library.register_file(
            agency_id=agency_id, received=received, uploaded_by_id=current_user.id, at=received_at()
        )
        operations.note_spot_check(
            check=db.session.get_one(SpotCheck, check_id),
            verifier=current_user,
            notes=form.notes,
            document=document,
            received_at=received_at(),
        )
    flash("Catatan hasil uji petik disimpan. Instansi diberi tahu lewat surel.")
    return redirect(url_for(".spot_check", check_id=check_id))


def _mine(check_id: int) -> queries.SpotCheckView:
    return queries.spot_check(check_id, scope=scope.mine()) or abort(404)


def _today():
    return clock.now().astimezone(text.JAKARTA).date()


def _page(check_id: int, form: NotesForm) -> str:
    check = queries.spot_check(check_id, scope=scope.judged_in_sight()) or abort(404)
    mine = queries.spot_check(check_id, scope=scope.mine()) is not None
    return render_template("verification/spot_check.html", check=check, mine=mine, form=form)


def _new_page(submission_id: int, form: SpotCheckForm) -> str:
    case = cases.case_of(scope.submission(submission_id), now=clock.now())
    return render_template("verification/new_spot_check.html", case=case, form=form, forms=list(SpotForm))
