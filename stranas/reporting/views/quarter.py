"""Laporan triwulan: everything of one period, sending what is ready, printing the quarter."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.queries.officials import signatories
from stranas.accounts.rules import titles
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.reporting import letters, operations
from stranas.reporting.forms import LONGEST
from stranas.reporting.models import Approval, ApprovalState, Submission
from stranas.reporting.queries import approvals, covering, history, periods, waiting, work
from stranas.reporting.queries.approvals import ApprovalRow
from stranas.reporting.queries.due import asks_approval
from stranas.reporting.rules import Status
from stranas.reporting.views import blueprint, scope
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.errors import Refused


@blueprint.get("/laporan-triwulan")
@blueprint.get("/laporan-triwulan/<period_key>")
@needs(Permission.WRITE_REPORTS)
def quarter(period_key: str | None = None):
    agency, period, now = scope.own_agency(), scope.chosen_period(period_key), clock.now()
    rows = work.work_of(agency_id=agency.id, period=period, now=now)
    requests = approvals.approval_rows(Approval.agency_id == agency.id, Approval.period_id == period.id, now=now)
    filings = history.filings_of(agency_id=agency.id, period=period)
    able = signatories(agency_id=agency.id, day=text.local_day(now, agency.timezone))
    return render_template(
        "reporting/quarter.html",
        agency=agency,
        period=period,
        approval_needed=asks_approval(agency, period),
        can_ask=bool(able),
        approver=titles(able) or waiting.NOBODY,
        requests=[r for r in requests if r.state is ApprovalState.WAITING],
        declined=_last_declined(requests),
        periods=periods.periods(),
        rows=rows,
        ready=[row for row in rows if row.status is Status.READY and row.closes_at > now],
        filings=filings,
        letters=covering.letters_of([filing.id for filing in filings]),
        now=now,
    )


def _last_declined(requests: list[ApprovalRow]) -> ApprovalRow | None:
    """The latest answer, as long as it is a refusal that nobody followed up with another request."""
    return requests[0] if requests and requests[0].state is ApprovalState.DECLINED else None


@blueprint.post("/laporan-triwulan/<period_key>/kirim")
@needs(Permission.WRITE_REPORTS)
def file_submissions(period_key: str):
    """Send the chosen ready submissions together, or ask for approval; leads to the receipt, or back."""
    agency, period = scope.own_agency(), scope.chosen_period(period_key)
    submissions = _chosen(agency, period)
    values = {"agency": agency, "period": period, "submissions": submissions, "person": current_user}
    if asks_approval(agency, period):
        note = request.form.get("catatan", "").replace("\r\n", "\n")[:LONGEST]
        operations.request_approval(**values, received_at=received_at(), note=note)
        flash(f"Persetujuan untuk {len(submissions)} laporan sudah diminta. Laporan terkirim pada saat disetujui.")
        return redirect(url_for(".quarter", period_key=period.key))
    filing = operations.file_submissions(**values, received_at=received_at())
    flash(f"{len(submissions)} laporan terkirim. Simpan tanda terima ini sebagai bukti.")
    return redirect(url_for(".receipt", number=filing.number))


def _chosen(agency: Agency, period: Period) -> list[Submission]:
    chosen = request.form.getlist("submission", type=int)
    submissions = history.ready_submissions(agency_id=agency.id, period_id=period.id, submission_ids=chosen)
    if len(submissions) != len(set(chosen)):
        raise Refused(
            "Sebagian laporan yang dipilih tidak lagi berstatus siap dikirim.",
            "Muat ulang halaman laporan triwulan, periksa statusnya, lalu kirim kembali.",
        )
    return submissions


@blueprint.get("/laporan-triwulan/<period_key>/cetak")
@needs(Permission.WRITE_REPORTS)
def print_quarter(period_key: str):
    """The agency's own quarter as PDF."""
    agency, period = scope.own_agency(), scope.chosen_period(period_key)
    pdf = letters.quarter_pdf(agency=agency, period=period, now=clock.now())
    name = f"laporan-triwulan-{period.key}-{agency.code}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})
