"""Klarifikasi: what a verifier may answer as a second one, and the berita acara that wait for him."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from stranas.release import operations
from stranas.release.forms import AnswerForm
from stranas.release.models import Clarification
from stranas.release.queries import clarifications as queries
from stranas.release.queries.minutes import to_sign_by_verifier
from stranas.release.rules import choices
from stranas.release.views import blueprint, scope
from stranas.reporting.queries.due import rules_of
from stranas.reporting.queries.work import last_scores
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.verification.queries.case import case_of


@blueprint.get("/klarifikasi")
@needs(Permission.VERIFY)
def clarifications():
    now = clock.now()
    return render_template(
        "release/clarifications.html",
        waiting=queries.to_answer(current_user, now=now),
        answered=queries.answered_by(current_user),
        minutes=to_sign_by_verifier(current_user, now=now),
    )


@blueprint.get("/klarifikasi/<int:clarification_id>")
@needs(Permission.VERIFY)
def clarification(clarification_id: int):
    found = _found(clarification_id)
    return _page(found, _form(found, AnswerForm(formdata=None)))


@blueprint.post("/klarifikasi/<int:clarification_id>")
@needs(Permission.VERIFY)
def answer_clarification(clarification_id: int):
    found = _found(clarification_id)
    form = _form(found, AnswerForm())
    if not form.validate():
        return _page(found, form), 422
    operations.answer_clarification(
        clarification=found,
        verifier=current_user,
        chosen=form.chosen,
        answer=form.answer.data,
        received_at=received_at(),
    )
    flash("Jawaban tersimpan. Instansi diberi tahu lewat surel.")
    return redirect(url_for(".clarifications"))


def _found(clarification_id: int) -> Clarification:
    return queries.clarification_in_scope(clarification_id, current_user) or abort(404)


def _form(found: Clarification, form: AnswerForm) -> AnswerForm:
    submission = found.submission
    return form.offer(
        choices(
            status=submission.status,
            kind=submission.kind,
            score=last_scores([submission.id]).get(submission.id),
            scores=rules_of(submission.obligation).scores,
        )
    )


def _page(found: Clarification, form: AnswerForm) -> str:
    (view,) = queries.clarification_views(Clarification.id == found.id)
    return render_template(
        "release/clarification.html",
        view=view,
        case=case_of(found.submission, now=clock.now()),
        stage=scope.stage_of(view.period_key),
        form=form,
    )
