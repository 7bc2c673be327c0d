"""The catalogue of coded reasons, and what returns tell over a period."""

from flask import abort, flash, redirect, render_template, request, url_for

from stranas.reporting.queries import periods
from stranas.system import clock
from stranas.system.access import Permission, needs
from stranas.verification import operations
from stranas.verification.forms import ReasonForm, read_reason
from stranas.verification.queries import reasons as queries
from stranas.verification.views import blueprint


@blueprint.get("/alasan")
@needs(Permission.EDIT_REASONS)
def reasons():
    return _page(ReasonForm())


@blueprint.post("/alasan")
@needs(Permission.EDIT_REASONS)
def add_reason():
    form = read_reason(request.form)
    if form.problems:
        return _page(form), 422
    operations.add_reason(code=form.code, reason=form.reason, repair=form.repair)
    flash(f"Alasan {form.code} ditambahkan.")
    return redirect(url_for(".reasons"))


@blueprint.get("/alasan/<int:reason_id>")
@needs(Permission.EDIT_REASONS)
def reason(reason_id: int):
    row = queries.reason_by_id(reason_id) or abort(404)
    return render_template("verification/reason.html", row=row, form=ReasonForm(row.code, row.reason, row.repair))


@blueprint.post("/alasan/<int:reason_id>")
@needs(Permission.EDIT_REASONS)
def edit_reason(reason_id: int):
    row = queries.reason_by_id(reason_id) or abort(404)
    form = read_reason(request.form, code=row.code)
    if form.problems:
        return render_template("verification/reason.html", row=row, form=form), 422
    operations.edit_reason(reason=row, words=form.reason, repair=form.repair)
    flash(f"Alasan {row.code} disimpan. Putusan yang sudah ada memakai kalimat lama.")
    return redirect(url_for(".reasons"))


@blueprint.post("/alasan/<int:reason_id>/tawarkan")
@needs(Permission.EDIT_REASONS)
def offer_reason(reason_id: int):
    row = queries.reason_by_id(reason_id) or abort(404)
    active = request.form.get("aktif") == "1"
    operations.offer_reason(reason=row, active=active)
    flash(f"Alasan {row.code} {'ditawarkan kembali' if active else 'tidak lagi ditawarkan'} kepada verifikator.")
    return redirect(url_for(".reasons"))


@blueprint.get("/alasan/statistik")
@needs(Permission.SEE_NATIONAL)
def reason_statistics():
    chosen = periods.period_by_key(request.args.get("triwulan", "")[:80]) or periods.current_period(clock.now())
    return render_template(
        "verification/reason_statistics.html",
        period=chosen,
        periods=periods.periods(),
        statistics=queries.statistics(chosen) if chosen else None,
    )


def _page(form: ReasonForm) -> str:
    rows = queries.reason_rows()
    groups = {row.group: [other for other in rows if other.group == row.group] for row in rows}
    return render_template("verification/reasons.html", groups=groups, form=form)
