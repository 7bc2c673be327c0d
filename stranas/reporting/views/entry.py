"""The entry form of one obligation: read, save (also by itself), mark ready, open again."""

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.evidence.views.scope import openable
from stranas.reporting import operations
from stranas.reporting.forms import SubmissionForm
from stranas.reporting.models import Approval, ApprovalState, Obligation, Submission
from stranas.reporting.operations import EditConflict, Entry
from stranas.reporting.queries import approvals, evidence, history, places, work
from stranas.reporting.queries.due import needs_approval, rules_of
from stranas.reporting.queries.reopenings import state_of
from stranas.reporting.queries.repeated import hints
from stranas.reporting.rules import Status, SubmissionKind
from stranas.reporting.telling import TOLD
from stranas.reporting.views import blueprint, scope
from stranas.reporting.views.versions import sent_page
from stranas.requests.queries.asked import requests_of_obligation
from stranas.requests.queries.data_letters import letters_of_obligation
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work
from stranas.verification.queries.returns import returns_by_submission
from stranas.verification.queries.spot_checks import spot_checks_of
from stranas.verification.queries.thread import thread_of
from stranas.verification.views.thread import side_of


@blueprint.get("/laporan/<int:obligation_id>")
@needs(Permission.SEE_REPORTS)
def edit_submission(obligation_id: int):
    obligation = scope.known(obligation_id)
    if scope.shows_as_sent(obligation):
        return sent_page(obligation)
    form = SubmissionForm(formdata=None, data=_form_data(obligation.submission))
    if request.args.get("salin") and (before := history.previous_of(obligation)):
        _copy(form, before)
    return _page(obligation, form)


@blueprint.post("/laporan/<int:obligation_id>")
@needs(Permission.WRITE_REPORTS)
def save_submission(obligation_id: int):
    form = SubmissionForm()
    form.validate()
    try:
        with unit_of_work():
            saved = _save(obligation_id, form)
    except EditConflict as conflict:
        return _conflict(obligation_id, form, conflict)
    obligation = scope.writable(obligation_id)
    if request.accept_mimetypes.best == "application/json":
        return _answer_script(saved, form)
    if form.errors:
        form.revision.raw_data = [str(saved.revision)]
        return _page(obligation, form), 422
    if request.form.get("do") == "ready":
        return _make_ready(obligation)
    flash(f"Draf tersimpan {saved.words}.")
    return redirect(url_for(".edit_submission", obligation_id=obligation_id))


@blueprint.post("/laporan/<int:obligation_id>/buka")
@needs(Permission.WRITE_REPORTS)
def unmark_ready(obligation_id: int):
    obligation = scope.writable(obligation_id)
    if obligation.submission is None:
        abort(404)
    operations.unmark_ready(submission=obligation.submission, person=current_user, received_at=received_at())
    return redirect(url_for(".edit_submission", obligation_id=obligation_id))


@dataclass(frozen=True)
class Saved:
    revision: int
    words: str


def _save(obligation_id: int, form: SubmissionForm) -> Saved:
    """Save what can be read; a field with an error keeps its saved value and is named on the page."""
    obligation = scope.writable(obligation_id)
    submission = operations.start_submission(obligation=obligation, person=current_user, received_at=received_at())
    operations.save_draft(
        submission=submission,
        entry=form.entry(before=operations.entry_of(submission)),
        revision=form.revision.data or 0,
        person=current_user,
        received_at=received_at(),
    )
    at = submission.saved_at or received_at()
    return Saved(submission.revision, f"pukul {text.time_of(at, obligation.agency.timezone)}")


def _answer_script(saved: Saved, form: SubmissionForm):
    errors = {name: " ".join(problems) for name, problems in form.errors.items() if name}
    return {"revision": saved.revision, "saved": f"Draf tersimpan {saved.words}", "errors": errors}, (
        422 if errors else 200
    )


def _conflict(obligation_id: int, form: SubmissionForm, conflict: EditConflict):
    """Both versions side by side; the form keeps what was typed and may overwrite only knowingly."""
    obligation = scope.writable(obligation_id)
    theirs = operations.entry_of(obligation.submission)
    if request.accept_mimetypes.best == "application/json":
        return {"error": "Laporan ini sudah disimpan orang lain sejak Anda membukanya."}, 409
    form.revision.raw_data = [str(obligation.submission.revision)]
    mine = form.entry(before=Entry())
    differing = [name for name, value in vars(mine).items() if value != getattr(theirs, name)]
    return render_template(
        "reporting/conflict.html",
        obligation=obligation,
        form=form,
        theirs=SubmissionForm(formdata=None, data=_form_data(obligation.submission)),
        differing=differing,
        saved_by=obligation.submission.saved_by,
    ), 409


def _make_ready(obligation: Obligation):
    """What is missing is asked while the row is held: nobody takes a file off in between."""
    with unit_of_work():
        operations.locked(db.select(Submission).where(Submission.obligation_id == obligation.id))
        obligation = scope.writable(obligation.id)
        is_complete = not work.missing_of(obligation)
        if is_complete:
            operations.mark_ready(submission=obligation.submission, person=current_user, received_at=received_at())
        item, period, asks = obligation.item.key, obligation.period.key, needs_approval(obligation)
    if not is_complete:
        obligation = scope.writable(obligation.id)
        form = SubmissionForm(formdata=None, data=_form_data(obligation.submission))
        return _page(obligation, form, asked_ready=True), 422
    flash(
        f"Laporan {item} siap dikirim. {'Minta persetujuan' if asks else 'Kirim'} sekarang atau bersama laporan lain."
    )
    with read_only():
        obligation = scope.writable(obligation.id)
        told = _repeated(obligation, obligation.submission.narrative, history.previous_of(obligation))
    for hint in told:
        flash(f"{item}: {hint} Laporan dapat dibuka kembali untuk diubah.")
    return redirect(url_for(".quarter", period_key=period))


def _declined(submission: Submission | None) -> Approval | None:
    """The official's answer that the agency still has to follow."""
    if submission is None or submission.status not in (Status.READY, Status.DRAFT, Status.RETURNED):
        return None
    last = approvals.latest_of_submission(submission.id)
    return last if last and last.state is ApprovalState.DECLINED else None


def _form_data(submission: Submission | None) -> dict:
    if submission is None:
        return {"revision": 0, "kind": SubmissionKind.ACHIEVEMENT.value}
    entry = vars(operations.entry_of(submission))
    return entry | {"kind": submission.kind.value, "revision": submission.revision}


def _copy(form: SubmissionForm, before: history.PreviousView) -> None:
    """Last quarter's words into the empty fields only: nothing typed is overwritten."""
    for name in ("narrative", "constraint", "follow_up"):
        if not form[name].data:
            form[name].data = getattr(before, name)


def _repeated(obligation: Obligation, narrative: str | None, previous: history.PreviousView | None) -> list[str]:
    return hints(
        narrative or "",
        agency_id=obligation.agency_id,
        previous_key=previous.period_key if previous else "",
        previous=previous.narrative if previous else "",
    )


def _page(obligation: Obligation, form: SubmissionForm, *, asked_ready: bool = False) -> str:
    submission = obligation.submission
    now = clock.now()
    previous = history.previous_of(obligation, as_sent=not scope.works_in(obligation.agency_id))
    row = next(r for r in work.rows_of([obligation], now=now))
    events = history.events_of(submission)
    sees = scope.sees_judgement(obligation)
    sees_before = previous is not None and scope.sees_judgement(db.session.get_one(Obligation, previous.obligation_id))
    if not sees:
        row, events = row.without_judgement(), history.before_judgement(events)
    if previous and not sees_before:  # released in its own time
        previous = previous.without_judgement()
    judged = [submission.id] if sees and submission else []
    judged += [previous.submission_id] if previous and sees_before else []
    if not scope.works_in(obligation.agency_id):
        events = [event for event in events if not TOLD[event.kind].internal]
    returns = returns_by_submission(judged)
    requirements = evidence.requirement_views(obligation)
    editable = scope.may_write(obligation.agency_id) and (submission is None or submission.status.is_editable)
    requirements = places.checklist(obligation) if editable else evidence.requirement_views(obligation)
    return render_template(
        "reporting/entry.html",
        obligation=obligation,
        submission=submission,
        row=row,
        form=form,
        editable=editable,
        can_reopen=scope.may_write(obligation.agency_id) and row.status is Status.READY,
        requirements=requirements,
        closed=scope.closed_documents(obligation, [f.document_id for view in requirements for f in view.files]),
        missing=work.missing_of(obligation) if editable and (submission or asked_ready) else [],
        asked_ready=asked_ready,
        rules=rules_of(obligation),
        repeated=_repeated(obligation, form.narrative.data, previous) if editable else [],
        openable=openable(file.run.findings for view in requirements for file in view.files if file.run),
        approval_needed=needs_approval(obligation),
        declined=_declined(submission),
        previous=previous,
        returns=returns.get(submission.id, []) if submission else [],
        previous_returns=returns.get(previous.submission_id, []) if previous else [],
        events=events,
        judged=sees,
        reopening=state_of(submission) if sees and scope.works_in(obligation.agency_id) else None,
        thread=thread_of(obligation.id) if sees else None,
        side=side_of(obligation),
        spot_checks=spot_checks_of(submission.id) if sees and submission else [],
        asked=requests_of_obligation(obligation.id) if scope.may_write(obligation.agency_id) else [],
        data_letters=letters_of_obligation(obligation.id) if scope.may_write(obligation.agency_id) else [],
        now=now,
    )
