"""Laporan triwulan: everything of one period, sending what is ready, printing the quarter."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.reporting import letters, operations
from stranas.reporting.queries import history, periods, work
from stranas.reporting.rules import Status
from stranas.reporting.views import blueprint, scope
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.system.errors import Refused


@blueprint.get("/laporan-triwulan")
@blueprint.get("/laporan-triwulan/<period_key>")
@needs(Permission.WRITE_REPORTS)
def quarter(period_key: str | None = None):
    agency, period, now = scope.own_agency(), scope.chosen_period(period_key), clock.now()
    rows = work.work_of(agency_id=agency.id, period=period, now=now)
    return render_template(
        "reporting/quarter.html",
        agency=agency,
        period=period,
        periods=periods.periods(),
        rows=rows,
        ready=[row for row in rows if row.status is Status.READY and row.closes_at > now],
        filings=history.filings_of(agency_id=agency.id, period=period),
        now=now,
    )


@blueprint.post("/laporan-triwulan/<period_key>/kirim")
@needs(Permission.WRITE_REPORTS)
def file_submissions(period_key: str):
    """Send the chosen ready submissions together; leads to the receipt."""
    agency, period = scope.own_agency(), scope.chosen_period(period_key)
    chosen = request.form.getlist("submission", type=int)
    submissions = history.ready_submissions(agency_id=agency.id, period_id=period.id, submission_ids=chosen)
    if len(submissions) != len(set(chosen)):
        raise Refused(
            "Sebagian laporan yang dipilih tidak lagi berstatus siap dikirim.",
            "Muat ulang halaman laporan triwulan, periksa statusnya, lalu kirim kembali.",
        )
    filing = operations.file_submissions(
        agency=agency, period=period, submissions=submissions, person=current_user, received_at=received_at()
    )
    flash(f"{len(submissions)} laporan terkirim. Simpan tanda terima ini sebagai bukti.")
    return redirect(url_for(".receipt", number=filing.number))


@blueprint.get("/laporan-triwulan/<period_key>/cetak")
@needs(Permission.WRITE_REPORTS)
def print_quarter(period_key: str):
    """The agency's own quarter as PDF."""
    agency, period = scope.own_agency(), scope.chosen_period(period_key)
    pdf = letters.quarter_pdf(agency=agency, period=period, now=clock.now())
    name = f"laporan-triwulan-{period.key}-{agency.code}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
