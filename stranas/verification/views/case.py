"""One case: what was sent, and the decision on it."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.evidence.views.scope import openable
from stranas.reporting.rules import EventKind
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work
from stranas.verification import operations
from stranas.verification.forms import DecisionForm, empty_decision, read_decision, read_question, with_problems
from stranas.verification.models import Decision
from stranas.verification.queries import case as cases
from stranas.verification.queries.alike import alike_to
from stranas.verification.queries.spot_checks import spot_checks_of
from stranas.verification.queries.thread import thread_of
from stranas.verification.rules import CONSENT_WORDS, Incomplete, Side, is_scored
from stranas.verification.views import blueprint, scope


@blueprint.get("/verifikasi/<int:submission_id>")
@needs(Permission.VERIFY)
def case(submission_id: int):
    case = cases.case_of(scope.submission(submission_id), now=clock.now())
    return _page(case, empty_decision(case))


@blueprint.post("/verifikasi/<int:submission_id>/lihat")
@needs(Permission.VERIFY)
def look(submission_id: int):
    """Another document beside the decision, which keeps every choice and word: nothing is saved."""
    case = cases.case_of(scope.submission(submission_id), now=clock.now())
    return _page(case, read_decision(request.form, case))


@blueprint.post("/verifikasi/<int:submission_id>/tanya")
@needs(Permission.VERIFY)
def ask(submission_id: int):
    """A question from within the decision, which keeps every choice and word."""
    with unit_of_work():
        submission = scope.submission(submission_id)
        operations.write_message(
            obligation=submission.obligation,
            side=Side.VERIFIER,
            author=current_user,
            words=read_question(request.form),
            received_at=received_at(),
        )
    with read_only():
        case = cases.case_of(scope.submission(submission_id), now=clock.now())
        form = read_decision(request.form, case)
        return _page(case, DecisionForm(**(vars(form) | {"question": ""})), asked=True)


@blueprint.post("/verifikasi/<int:submission_id>")
@needs(Permission.VERIFY)
def decide(submission_id: int):
    submission = scope.submission(submission_id)
    case = cases.case_of(submission, now=received_at())
    typed = read_decision(request.form, case)
    next_id = scope.place(submission_id).next_id
    try:
        decision = operations.decide(
            submission=submission,
            verifier=current_user,
            parts=typed.decided,
            score=typed.score,
            note=typed.note,
            received_at=received_at(),
            version_id=typed.version_id,
            rejected=typed.rejected,
            spot_check_id=typed.spot_check_id,
        )
    except Incomplete as error:
        db.session.rollback()
        with read_only():
            return _page(case, with_problems(typed, error.problems)), 422
    flash(_told(case, decision))
    args = scope.args()
    if next_id is None:
        return redirect(url_for(".queue", **args))
    return redirect(url_for(".case", submission_id=next_id, **args))


def _page(case: cases.Case, form: DecisionForm, *, asked: bool = False) -> str:
    tabs = case.tabs
    shown = _chosen(tabs, "dokumen")
    earlier = case.counterparts(shown)
    alike = alike_to(case, reader=current_user)
    return render_template(
        "verification/case.html",
        case=case,
        form=form,
        shown=shown,
        earlier=earlier,
        beside=_chosen(earlier, "sebelum") if request.args.get("banding") else None,
        queue_place=scope.place(case.submission_id),
        args=scope.args(),
        groups=cases.reason_groups(),
        alike=alike,
        openable=openable(document.findings for document in case.documents),
        scored=is_scored(case.entry.kind),
        consent=CONSENT_WORDS.get(case.entry.kind, "Sesuai"),
        thread=thread_of(case.obligation_id),
        spot_checks=spot_checks_of(case.submission_id),
        asked=asked,
    )


def _chosen(documents, argument: str):
    """The document that the address names, or else the first."""
    asked = request.args.get(argument, type=int)
    return next((one for one in documents if one.id == asked), documents[0] if documents else None)


def _told(case: cases.Case, decision: Decision) -> str:
    """The message on the next page."""
    what = {
        EventKind.RETURNED: "dikembalikan",
        EventKind.REJECTED: "diputus tidak memenuhi",
        EventKind.VERIFIED: "disetujui"
        if decision.score is None
        else f"terverifikasi, nilai {text.number(decision.score)}",
    }[decision.outcome]
    return f"{case.item_key} {case.agency_name} {what}. Instansi diberi tahu lewat surel."
