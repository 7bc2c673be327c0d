"""One case: what was sent, and the decision on it."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.reporting.rules import EventKind
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only
from stranas.verification import operations
from stranas.verification.forms import DecisionForm, empty_decision, read_decision, with_problems
from stranas.verification.models import Decision
from stranas.verification.queries import case as cases
from stranas.verification.rules import CONSENT_WORDS, Incomplete, is_scored
from stranas.verification.views import blueprint, scope


@blueprint.get("/verifikasi/<int:submission_id>")
@needs(Permission.VERIFY)
def case(submission_id: int):
    case = cases.case_of(scope.submission(submission_id), now=clock.now())
    return _page(case, empty_decision(case))


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


def _page(case: cases.Case, form: DecisionForm) -> str:
    asked = request.args.get("dokumen", type=int)
    tabs = case.tabs
    shown = next((tab for tab in tabs if tab.id == asked), tabs[0] if tabs else None)
    return render_template(
        "verification/case.html",
        case=case,
        form=form,
        shown=shown,
        queue_place=scope.place(case.submission_id),
        args=scope.args(),
        groups=cases.reason_groups(),
        scored=is_scored(case.entry.kind),
        consent=CONSENT_WORDS.get(case.entry.kind, "Sesuai"),
    )


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
