"""Letters about decisions, spot checks and questions: rows of the outbox, in the transaction of the act itself."""

from typing import Any

from flask import current_app

from stranas.accounts.models import Role
from stranas.accounts.queries.people import agency_people
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import EventKind
from stranas.system import outbox, text
from stranas.verification.models import Decision, SpotCheck, ThreadEntry
from stranas.verification.queries.thread import verifiers_of
from stranas.verification.rules import Side

TEMPLATE = "mail/decision"


def plan_letters(*, decision: Decision, submission: Submission) -> int:
    """Plan the letters; returns how many are new."""
    obligation = submission.obligation
    people = agency_people(agency_id=obligation.agency_id, role=Role.COORDINATOR)
    if not people:
        return 0
    subject, body = subject_of(decision, submission), body_of(decision, submission)
    return outbox.plan_each(
        people,
        key=f"decision:{decision.id}",
        template=TEMPLATE,
        subject=subject,
        body_text=body,
        payload={"decision": decision.id, "submission": submission.id},
    )


def subject_of(decision: Decision, submission: Submission) -> str:
    """What, who, until when."""
    obligation = submission.obligation
    about = f"{obligation.item.key} {obligation.period.name}, {obligation.agency.name}"
    if decision.outcome is EventKind.RETURNED:
        return f"Perlu perbaikan: {about}, sampai {text.day(text.last_day(submission.correction_ends_at))}"
    if decision.outcome is EventKind.REJECTED:
        return f"Tidak memenuhi: {about}"
    if decision.score is None:
        return f"{submission.kind.label} disetujui: {about}"
    return f"Terverifikasi, nilai {text.number(decision.score)}: {about}"


def body_of(decision: Decision, submission: Submission) -> str:
    obligation = submission.obligation
    settings = current_app.config["SETTINGS"]
    return current_app.jinja_env.get_template(f"{TEMPLATE}.txt").render(
        office=obligation.agency.office,
        outcome=decision.outcome.value,
        decision=decision,
        submission=submission,
        obligation=obligation,
        returned=[part for part in decision.parts if not part.fulfilled],
        ends=_ends(submission, obligation),
        link=f"{settings.base_url}/laporan/{obligation.id}",
        help_contact=settings.help_contact,
    )


def _ends(submission: Submission, obligation: Obligation) -> str:
    """Until when to repair, in the agency's zone and WIB."""
    if submission.correction_ends_at is None:
        return ""
    return text.deadline(submission.correction_ends_at, obligation.agency.timezone)


def tell_of_spot_check(check: SpotCheck, submission: Submission, *, step: str) -> int:
    """To the agency's coordinators, that a check is planned, or that its notes are there; returns how many."""
    obligation = submission.obligation
    about = f"{obligation.item.key} {obligation.period.name}, {obligation.agency.name}"
    what = "Uji petik" if step == "planned" else "Catatan hasil uji petik"
    body = _render("mail/spot_check", obligation, check=check, step=step, path=f"/uji-petik/{check.id}")
    return outbox.plan_each(
        agency_people(agency_id=obligation.agency_id, role=Role.COORDINATOR),
        key=f"spot_check:{check.id}:{step}",
        template="mail/spot_check",
        subject=f"{what} {text.day(check.planned_on if step == 'planned' else check.held_on)}: {about}",
        body_text=body,
        payload={"spot_check": check.id, "submission": submission.id},
    )


def tell_of_message(entry: ThreadEntry, obligation: Obligation) -> int:
    """To the other side, at most once a day for each thread and person; returns how many are new."""
    to_agency = entry.side is Side.VERIFIER
    people = (
        agency_people(agency_id=obligation.agency_id, role=Role.COORDINATOR) if to_agency else verifiers_of(obligation)
    )
    day = entry.written_at.astimezone(text.JAKARTA).date().isoformat()
    body = _render("mail/question", obligation, entry=entry, to_agency=to_agency, path=f"/tanya-jawab/{obligation.id}")
    return outbox.plan_each(
        people,
        key=f"thread:{obligation.id}:{entry.side.value}:{day}",
        template="mail/question",
        subject=f"Tanya jawab {obligation.item.key} {obligation.period.name}, {obligation.agency.name}",
        body_text=body,
        payload={"obligation": obligation.id, "entry": entry.id},
    )


def _render(template: str, obligation: Obligation, *, path: str, **values: Any) -> str:
    settings = current_app.config["SETTINGS"]
    return current_app.jinja_env.get_template(f"{template}.txt").render(
        office=obligation.agency.office,
        obligation=obligation,
        link=f"{settings.base_url}{path}",
        help_contact=settings.help_contact,
        **values,
    )
