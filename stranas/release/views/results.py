"""Hasil: the agency's own result of a period, and asking for clarification of it."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.compliance import queries as compliance
from stranas.compliance.document import nine
from stranas.release import operations
from stranas.release.forms import AskForm
from stranas.release.queries.minutes import minutes_of
from stranas.release.queries.periods import period_stages
from stranas.release.queries.results import ResultRow, documents_to_add, result_rows
from stranas.release.rules import Side, Stage
from stranas.release.views import blueprint, scope
from stranas.reporting.models import Obligation
from stranas.reporting.queries.work import obligation_in_scope
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at


@blueprint.get("/hasil")
@blueprint.get("/hasil/<period_key>")
@needs(Permission.SEE_OWN_RESULT)
def own_result(period_key: str | None = None):
    agency, now = scope.own_agency(), clock.now()
    stage = scope.stage_of(period_key) if period_key else scope.latest_result()
    period = scope.period_of(stage.key)
    report = compliance.snapshot(period_key=stage.key, programme_key=period.programme.key, agency_code=agency.code)
    figures = report.agencies[0].figures
    minutes = minutes_of(period_id=period.id, agency_id=agency.id)
    return render_template(
        "release/own_result.html",
        agency=agency,
        stage=stage,
        periods=period_stages(now=now),
        rows=result_rows(agency_id=agency.id, period=period, now=now),
        figures=figures,
        nine=nine(figures),
        score_class=report.rules.class_of(nine(figures)[7]) if not report.provisional else "",
        minutes=minutes,
        sides=[(side, minutes.by(side) if minutes else None) for side in Side],
        may_ask=stage.stage is Stage.CLARIFICATION,
        now=now,
    )


@blueprint.get("/hasil/klarifikasi/<int:obligation_id>")
@needs(Permission.SEE_OWN_RESULT)
def ask(obligation_id: int):
    return _ask_page(_obligation(obligation_id), AskForm(formdata=None))


@blueprint.post("/hasil/klarifikasi/<int:obligation_id>")
@needs(Permission.SEE_OWN_RESULT)
def ask_clarification(obligation_id: int):
    obligation = _obligation(obligation_id)
    form = AskForm().offer(documents_to_add(obligation.agency_id))
    if not form.validate():
        return _ask_page(obligation, form), 422
    operations.ask_clarification(
        obligation=obligation,
        person=current_user,
        reason=form.reason.data,
        document_id=form.document_id,
        received_at=received_at(),
    )
    flash(f"Klarifikasi nilai {obligation.item.key} terkirim. Jawabannya dikirim lewat surel dan tampil di sini.")
    return redirect(url_for(".own_result", period_key=obligation.period.key))


def _obligation(obligation_id: int) -> Obligation:
    condition = visible_agencies(current_user, Permission.SEE_OWN_RESULT)
    return obligation_in_scope(obligation_id, condition) or abort(404)


def _ask_page(obligation: Obligation, form: AskForm) -> str:
    rows = result_rows(agency_id=obligation.agency_id, period=obligation.period, now=clock.now())
    row: ResultRow = next((row for row in rows if row.obligation_id == obligation.id), None) or abort(404)
    return render_template(
        "release/ask.html",
        obligation=obligation,
        row=row,
        stage=scope.stage_of(obligation.period.key),
        form=form.offer(documents_to_add(obligation.agency_id)),
    )
