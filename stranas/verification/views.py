"""The door of verification: the queue, and one case with its decision."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.agencies.models import AgencyLevel
from stranas.reporting.models import Submission
from stranas.reporting.rules import EventKind
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only
from stranas.verification import operations
from stranas.verification.forms import (
    DecisionForm,
    empty_decision,
    filter_args,
    read_decision,
    read_filter,
    with_problems,
)
from stranas.verification.models import Decision
from stranas.verification.queries import case as cases
from stranas.verification.queries import queue as queues
from stranas.verification.rules import CONSENT_WORDS, Incomplete, is_scored

blueprint = Blueprint("verification", __name__)
PAGE = 50


@blueprint.get("/antrean")
@needs(Permission.VERIFY)
def queue():
    chosen, scope = read_filter(request.args), _scope()
    ids = queues.queue_ids(scope=scope, chosen=chosen)
    page = min(max(request.args.get("halaman", 1, type=int), 1), max(-(-len(ids) // PAGE), 1))
    return render_template(
        "verification/queue.html",
        rows=queues.queue_rows(ids[(page - 1) * PAGE : page * PAGE], now=clock.now()),
        total=len(ids),
        first_id=ids[0] if ids else None,
        page=page,
        pages=max(-(-len(ids) // PAGE), 1),
        first=(page - 1) * PAGE + 1,
        chosen=chosen,
        args=filter_args(chosen),
        choices=queues.choices(scope=scope),
        levels=list(AgencyLevel),
    )


@blueprint.get("/verifikasi/<int:submission_id>")
@needs(Permission.VERIFY)
def case(submission_id: int):
    case = cases.case_of(_submission(submission_id), now=clock.now())
    return _page(case, empty_decision(case))


@blueprint.post("/verifikasi/<int:submission_id>")
@needs(Permission.VERIFY)
def decide(submission_id: int):
    submission = _submission(submission_id)
    case = cases.case_of(submission, now=received_at())
    typed = read_decision(request.form, case)
    next_id = _place(submission_id).next_id
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
    args = filter_args(read_filter(request.args))
    if next_id is None:
        return redirect(url_for(".queue", **args))
    return redirect(url_for(".case", submission_id=next_id, **args))


def _scope():
    return visible_agencies(current_user, Permission.VERIFY)


def _submission(submission_id: int) -> Submission:
    return cases.submission_in_scope(submission_id, _scope()) or abort(404)


def _place(submission_id: int) -> queues.Place:
    return queues.place_of(submission_id, queues.queue_ids(scope=_scope(), chosen=read_filter(request.args)))


def _page(case: cases.Case, form: DecisionForm) -> str:
    asked = request.args.get("dokumen", type=int)
    tabs = case.tabs
    shown = next((tab for tab in tabs if tab.id == asked), tabs[0] if tabs else None)
    return render_template(
        "verification/case.html",
        case=case,
        form=form,
        shown=shown,
        queue_place=_place(case.submission_id),
        args=filter_args(read_filter(request.args)),
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
