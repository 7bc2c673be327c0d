"""Pembukaan kembali: the agency asks at its report, the secretariat decides from a list."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.deadlines.rules import RequestState
from stranas.reporting import operations
from stranas.reporting.forms import AskReopeningForm, DecideReopeningForm
from stranas.reporting.models import Obligation, Reopening
from stranas.reporting.queries import reopenings as queries
from stranas.reporting.queries.work import obligation_in_scope
from stranas.reporting.views import blueprint
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db
from stranas.verification.queries.scope import in_sight


@blueprint.get("/laporan/<int:obligation_id>/pembukaan-kembali")
@needs(Permission.ASK_REOPENING)
def ask_reopening(obligation_id: int):
    obligation = _own(obligation_id)
    return _ask_page(obligation, AskReopeningForm(formdata=None))


@blueprint.post("/laporan/<int:obligation_id>/pembukaan-kembali")
@needs(Permission.ASK_REOPENING)
def send_reopening(obligation_id: int):
    obligation, form = _own(obligation_id), AskReopeningForm()
    if not form.validate():
        return _ask_page(obligation, form), 422
    operations.ask_reopening(
        submission=obligation.submission or abort(404),
        person=current_user,
        reason=form.reason.data,
        received_at=received_at(),
    )
    flash("Permintaan terkirim ke Sekretariat Nasional. Putusannya dikirim lewat surel.")
    return redirect(url_for(".edit_submission", obligation_id=obligation_id))


@blueprint.get("/pembukaan-kembali")
@needs(Permission.REOPEN)
def reopenings():
    return render_template(
        "reporting/reopenings.html",
        waiting=queries.reopenings(scope=_scope(), state=RequestState.OPEN),
        decided=queries.reopenings(scope=_scope(), limit=50),
    )


@blueprint.get("/pembukaan-kembali/<int:reopening_id>")
@needs(Permission.REOPEN)
def reopening(reopening_id: int):
    return _decide_page(_row(reopening_id), DecideReopeningForm(formdata=None))


@blueprint.post("/pembukaan-kembali/<int:reopening_id>")
@needs(Permission.REOPEN)
def decide_reopening(reopening_id: int):
    row, form = _row(reopening_id), DecideReopeningForm()
    grants = request.form.get("putusan") == "kabulkan"
    if not grants:
        form.need_answer()
    if not form.validate():
        return _decide_page(row, form), 422
    decide = operations.grant_reopening if grants else operations.decline_reopening
    decide(
        reopening=db.session.get_one(Reopening, reopening_id),
        person=current_user,
        answer=form.answer.data or "",
        received_at=received_at(),
    )
    flash(
        f"Permintaan {row.agency} {'dikabulkan' if grants else 'tidak dikabulkan'}. Instansi diberi tahu lewat surel."
    )
    return redirect(url_for(".reopenings"))


def _own(obligation_id: int) -> Obligation:
    return obligation_in_scope(obligation_id, in_sight(current_user, Permission.ASK_REOPENING)) or abort(404)


def _scope():
    return visible_agencies(current_user, Permission.REOPEN)


def _row(reopening_id: int) -> queries.ReopeningRow:
    return queries.reopening_in_scope(reopening_id, _scope()) or abort(404)


def _ask_page(obligation: Obligation, form: AskReopeningForm) -> str:
    submission = obligation.submission
    can_ask = submission is not None and submission.status in operations.DECIDED
    before_end = received_at() < obligation.period.verification_ends_at
    return render_template(
        "reporting/ask_reopening.html",
        obligation=obligation,
        form=form,
        state=queries.state_of(submission),
        can_ask=can_ask and before_end,
        is_over=not before_end,
    )


def _decide_page(row: queries.ReopeningRow, form: DecideReopeningForm) -> str:
    return render_template("reporting/reopening.html", row=row, form=form, now=received_at())
