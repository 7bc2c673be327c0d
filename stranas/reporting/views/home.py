"""Beranda: what is due, returned, waiting."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from flask import redirect, render_template, url_for
from flask_login import current_user

from stranas.accounts.policy import POLICY, holds
from stranas.agencies.models import Agency
from stranas.agencies.rules import oversight_unit
from stranas.catalogue.models import Period
from stranas.compliance import queries as compliance
from stranas.compliance.rules import Figures, rounded
from stranas.deadlines.queries.notes import notes_for
from stranas.publication.queries.waiting import Waiting, waiting
from stranas.reporting.queries import approvals, periods, work
from stranas.reporting.queries.due import asks_approval
from stranas.reporting.queries.reopenings import granted_at
from stranas.reporting.queries.work import WorkRow
from stranas.reporting.rules import Status, SubmissionKind
from stranas.reporting.views import blueprint, scope
from stranas.system import clock
from stranas.system.access import Permission, needs
from stranas.verification.queries.returns import returns_by_submission

# Where those begin who write no reports: the first permission that they hold decides.
OTHER_HOMES = (
    (Permission.VERIFY, "verification.queue"),
    (Permission.APPROVE_FILINGS, "reporting.approvals"),
    (Permission.FIX_PUBLICITY, "evidence.proposals"),
    (Permission.SEE_NATIONAL, "compliance.report"),
    (Permission.MANAGE_PEOPLE, "accounts.people"),
    (Permission.ANSWER_REQUESTS, "requests.own_requests"),
    (Permission.SEE_COMPLIANCE, "compliance.report"),
)


@blueprint.get("/")
@needs(Permission.SEE_HOME)
def home():
    if not holds(current_user, Permission.WRITE_REPORTS):
        place = next((endpoint for right, endpoint in OTHER_HOMES if holds(current_user, right)), None)
        return redirect(url_for(place)) if place else render_template("reporting/reader_home.html", desk=_desk())
    agency, period, now = scope.own_agency(), scope.chosen_period(None), clock.now()
    rows = work.work_of(agency_id=agency.id, period=period, now=now)
    elsewhere = work.returned_elsewhere(agency_id=agency.id, period=period, now=now)
    ready = [row for row in rows if row.status is Status.READY]
    owed = [row for row in rows if row.status.is_owed and row.status is not Status.RETURNED]
    return render_template(
        "reporting/home.html",
        agency=agency,
        office=agency.oversight_unit or oversight_unit(name=agency.name, level=agency.level.value),
        period=period,
        rows=rows,
        groups=grouped(rows, elsewhere),
        repairs=repairs_of([*rows, *elsewhere]),
        next_due=min((row.due_at for row in owed), default=period.due_at),
        closes=max((row.closes_at for row in owed), default=period.locks_at),
        now=now,
        notes=notes_for(agency, now=now),
        zone=agency.timezone,
        sent=[row for row in rows if row.filing_number],
        ready=ready,
        approval_needed=asks_approval(agency, period),
        declined=approvals.declined_of([row.submission_id for row in [*ready, *elsewhere]]),
        counts=status_counts(rows),
        last=last_result(agency, period),
    )


def _desk() -> Waiting | None:
    """What waits for those who write or approve publications; None for anybody else."""
    for membership in current_user.memberships:
        if membership.agency and Permission.SEE_STORIES in POLICY[membership.role].permissions:
            return waiting(agency_id=membership.agency_id, agency_code=membership.agency.code)
    return None


@dataclass(frozen=True)
class LastResult:
    """The agency's own figures of the period before; rounded, for the panel."""

    period: Period
    provisional: bool
    figures: Figures
    compliance: Decimal | None
    first_pass: Decimal | None
    achievement: Decimal | None


def last_result(agency: Agency, period: Period) -> LastResult | None:
    before = periods.period_before(period)
    if before is None:
        return None
    report = compliance.snapshot(period_key=before.key, programme_key=before.programme.key, agency_code=agency.code)
    figures = report.agencies[0].figures
    return LastResult(
        before,
        report.provisional,
        figures,
        rounded(figures.compliance),
        rounded(figures.first_pass),
        rounded(figures.achievement),
    )


def repairs_of(rows: list[WorkRow]) -> dict[int, int]:
    """Submission id → how many requirements its latest return names; one that was opened
    again since then has none."""
    returned = [row.submission_id for row in rows if row.submission_id and row.status is Status.RETURNED]
    found, reopened = returns_by_submission(returned), granted_at(returned)
    return {
        submission_id: sum(part.requirement_id is not None for part in returns[0].parts)
        for submission_id, returns in found.items()
        if submission_id not in reopened or reopened[submission_id] < returns[0].decided_at
    }


def grouped(rows: list[WorkRow], elsewhere: list[WorkRow]) -> list[tuple[str, str, list[WorkRow]]]:
    """The groups of the work list in their order on the page; empty ones are left out."""
    groups = (
        ("Dikembalikan", "perlu diperbaiki", [r for r in [*rows, *elsewhere] if r.status is Status.RETURNED]),
        ("Harus dikerjakan", "", [r for r in rows if r.status in (Status.NOT_STARTED, Status.DRAFT)]),
        ("Siap dikirim", "", [r for r in [*rows, *elsewhere] if r.status is Status.READY]),
        ("Menunggu persetujuan", "", [r for r in [*rows, *elsewhere] if r.status is Status.AWAITING_APPROVAL]),
        ("Terkirim", "", [r for r in rows if r.status in (Status.SENT, Status.VERIFIED, Status.REJECTED)]),
    )
    return [group for group in groups if group[2]]


def status_counts(rows: list[WorkRow]) -> list[tuple[str, str, int]]:
    """(mark, words, count) for the progress bar, in the order of the workflow."""
    counts = Counter((row.status, row.kind is SubmissionKind.WAITING) for row in rows)
    order = list(Status)
    return [
        ("tunggu" if waiting else status.mark, _words(status, waiting), count)
        for (status, waiting), count in sorted(counts.items(), key=lambda item: (order.index(item[0][0]), item[0][1]))
    ]


def _words(status: Status, waiting: bool) -> str:
    return f"{SubmissionKind.WAITING.label} ({status.label.lower()})" if waiting else status.label
