"""Persetujuan: what waits for the certifying official, each request on its own page, his answer."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.reporting import operations
from stranas.reporting.forms import DecliningForm
from stranas.reporting.models import Approval, ApprovalState
from stranas.reporting.queries import approvals as queries
from stranas.reporting.queries import covering
from stranas.reporting.views import blueprint
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at


@blueprint.get("/persetujuan")
@needs(Permission.APPROVE_FILINGS)
def approvals():
    now, scope = clock.now(), visible_agencies(current_user, Permission.APPROVE_FILINGS)
    rows = queries.approval_rows(scope, now=now)
    waiting = queries.approval_rows(scope, Approval.state == ApprovalState.WAITING, now=now)
    return render_template(
        "reporting/approvals.html",
        waiting=sorted(waiting, key=lambda row: (row.until or row.since, row.id)),
        decided=[row for row in rows if row.state is not ApprovalState.WAITING],
        letters=covering.awaited_letters(scope),
        now=now,
    )


@blueprint.get("/persetujuan/<int:approval_id>")
@needs(Permission.APPROVE_FILINGS)
def approval(approval_id: int):
    return _page(_found(approval_id, Permission.APPROVE_FILINGS), DecliningForm(formdata=None))


@blueprint.post("/persetujuan/<int:approval_id>/setujui")
@needs(Permission.APPROVE_FILINGS)
def approve_filing(approval_id: int):
    """Send it; leads to the receipt."""
    found = _found(approval_id, Permission.APPROVE_FILINGS)
    filing = operations.approve(approval=found, person=current_user, received_at=received_at())
    flash(f"{len(found.parts)} laporan disetujui dan terkirim.")
    return redirect(url_for(".receipt", number=filing.number))


@blueprint.post("/persetujuan/<int:approval_id>/tolak")
@needs(Permission.APPROVE_FILINGS)
def decline_filing(approval_id: int):
    found = _found(approval_id, Permission.APPROVE_FILINGS)
    form = DecliningForm()
    if not form.validate():
        return _page(found, form), 422
    operations.decline(approval=found, person=current_user, reason=form.reason.data, received_at=received_at())
    flash("Laporan dikembalikan ke Inspektorat dengan alasan Anda. Tidak ada yang terkirim.")
    return redirect(url_for(".approvals"))


@blueprint.post("/persetujuan/<int:approval_id>/tarik")
@needs(Permission.WRITE_REPORTS)
def withdraw_approval(approval_id: int):
    """The coordinator takes the request back."""
    found = _found(approval_id, Permission.WRITE_REPORTS)
    operations.withdraw(approval=found, person=current_user, received_at=received_at())
    flash("Permintaan persetujuan ditarik. Laporan kembali berstatus siap dikirim.")
    return redirect(url_for(".quarter", period_key=found.period.key))


def _found(approval_id: int, permission: Permission) -> Approval:
    return queries.approval_in_scope(approval_id, visible_agencies(current_user, permission)) or abort(404)


def _page(found: Approval, form: DecliningForm) -> str:
    now = clock.now()
    return render_template(
        "reporting/approval.html",
        row=queries.approval_row(found, now=now),
        reports=queries.prepared_reports(found, now=now),
        signature=found.signature,
        hindrance=operations.hindrance(approval=found, person=current_user, at=now)
        if found.state is ApprovalState.WAITING
        else None,
        form=form,
        now=now,
    )
