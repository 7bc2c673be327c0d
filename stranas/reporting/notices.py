"""Mail about approval: to the officials who may approve, and to the coordinators when they do not."""

from collections.abc import Sequence

from flask import current_app

from stranas.accounts.models import Role, User
from stranas.accounts.queries.people import agency_people
from stranas.accounts.rules import Signatory
from stranas.agencies.models import Agency
from stranas.reporting.models import Approval, ApprovalState
from stranas.reporting.queries.approvals import approval_row
from stranas.system import clock, outbox, text
from stranas.system.db import db

TEMPLATE = "mail/approval"


def approval_requested(approval: Approval, able: Sequence[Signatory]) -> int:
    """To everybody who may approve today; returns how many messages are new."""
    people = db.session.scalars(db.select(User).where(User.id.in_([s.person_id for s in able]))).all()
    subject = f"Mohon persetujuan: laporan triwulan {approval.period.key}, {approval.agency.name}"
    titles = {s.person_id: s.title for s in able}
    return sum(
        _plan(approval, person, subject, step="requested", to=_addressed(titles[person.id], approval.agency))
        for person in people
    )


def approval_declined(approval: Approval) -> int:
    """To the agency's coordinators; returns how many messages are new. What is approved they learn by the receipt."""
    subject = f"Laporan triwulan belum disetujui: {approval.period.key}, {approval.agency.name}"
    to = f"{approval.agency.office}\nu.p. Admin Aksi PK"
    people = agency_people(agency_id=approval.agency_id, role=Role.COORDINATOR)
    return sum(_plan(approval, person, subject, step="declined", to=to) for person in people)


def _addressed(title: str, agency: Agency) -> str:
    """The office, never the person: "Plt. Inspektur Kabupaten Temanggung"."""
    return f"{title or 'Pejabat penyetuju'} {agency.name}"


def _plan(approval: Approval, person: User, subject: str, *, step: str, to: str) -> bool:
    return outbox.plan(
        key=f"approval:{approval.id}:{step}:{person.id}",
        recipient_id=person.id,
        address=person.email,
        template=TEMPLATE,
        subject=subject,
        body_text=_body(approval, to),
        payload={"approval": approval.id},
    )


def _body(approval: Approval, to: str) -> str:
    settings = current_app.config["SETTINGS"]
    zone, period = approval.agency.timezone, approval.period
    row = approval_row(approval, now=clock.now())
    waits = approval.state is ApprovalState.WAITING
    path = f"persetujuan/{approval.id}" if waits else f"laporan-triwulan/{period.key}"
    return current_app.jinja_env.get_template(f"{TEMPLATE}.txt").render(
        to=to,
        row=row,
        state=approval.state.value,
        period=f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}",
        since=text.instant_both(approval.received_at, zone),
        due=text.deadline(row.due_at, zone) if row.due_at else "",
        until=text.deadline(row.until, zone) if row.until else "",
        decided=text.instant_both(approval.decided_at, zone) if approval.decided_at else "",
        link=f"{settings.base_url}/{path}",
        help_contact=settings.help_contact,
    )
