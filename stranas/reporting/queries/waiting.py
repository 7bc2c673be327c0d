"""Since when a submission waits for approval, and for which office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stranas.accounts.queries.officials import signatories_of
from stranas.accounts.rules import titles
from stranas.agencies.models import Agency
from stranas.reporting.models import Approval, ApprovalPart, ApprovalState, Submission
from stranas.reporting.rules import Status
from stranas.system import text
from stranas.system.db import db

NOBODY = "pejabat penyetuju (belum ada yang bertugas hari ini)"


@dataclass(frozen=True)
class Waiting:
    """`office`: who may approve today, as offices are called: "Plt. Inspektur"."""

    approval_id: int
    since: datetime
    office: str


def waiting_of(submissions: Sequence[Submission], *, now: datetime) -> dict[int, Waiting]:
    """By submission id; those that wait for no approval are left out."""
    ids = [s.id for s in submissions if s.status is Status.AWAITING_APPROVAL]
    if not ids:
        return {}
    rows = db.session.execute(
        db.select(ApprovalPart.submission_id, Approval.id, Approval.received_at, Agency.id, Agency.timezone)
        .join(Approval, Approval.id == ApprovalPart.approval_id)
        .join(Agency, Agency.id == Approval.agency_id)
        .where(ApprovalPart.submission_id.in_(ids), Approval.state == ApprovalState.WAITING)
    ).all()
    offices = offices_of({agency_id: timezone for *_, agency_id, timezone in rows}, now=now)
    return {
        submission_id: Waiting(approval_id, since, offices[agency_id])
        for submission_id, approval_id, since, agency_id, _ in rows
    }


def offices_of(zones: dict[int, str], *, now: datetime) -> dict[int, str]:
    """Agency id → who may approve today, in words. `zones`: agency id → time zone."""
    days = {agency_id: text.local_day(now, zone) for agency_id, zone in zones.items()}
    able = signatories_of(list(zones), days=days)
    return {agency_id: titles(able[agency_id]) or NOBODY for agency_id in zones}
