"""Mail about reopening: to the secretariat when an agency asks, to the agency's coordinators when it is decided."""

from collections.abc import Iterable

from flask import current_app

from stranas.accounts.models import Role, User
from stranas.accounts.queries.people import agency_people, national_people
from stranas.deadlines.rules import RequestState
from stranas.reporting.models import Reopening
from stranas.system import outbox, text

TEMPLATE = "mail/reopening"


def tell_asked(reopening: Reopening) -> int:
    subject = f"Permintaan pembukaan kembali: {_about(reopening)}"
    return _plan(reopening, national_people(Role.SECRETARIAT), subject, to="Sekretariat Nasional", link=_list())


def tell_decided(reopening: Reopening) -> int:
    agency = reopening.submission.obligation.agency
    said = "Dibuka kembali" if reopening.state is RequestState.GRANTED else "Pembukaan kembali tidak dikabulkan"
    people = agency_people(agency_id=agency.id, role=Role.COORDINATOR)
    to = f"{agency.office}\nu.p. Admin Aksi PK"
    link = f"{_base()}/laporan/{reopening.submission.obligation_id}"
    return _plan(reopening, people, f"{said}: {_about(reopening)}", to=to, link=link)


def _about(reopening: Reopening) -> str:
    obligation = reopening.submission.obligation
    return f"{obligation.item.key} {obligation.period.name}, {obligation.agency.name}"


def _plan(reopening: Reopening, people: Iterable[User], subject: str, *, to: str, link: str) -> int:
    body = _body(reopening, to=to, link=link)
    return outbox.plan_each(
        people,
        key=f"reopening:{reopening.id}:{reopening.state.value}",
        template=TEMPLATE,
        subject=subject,
        body_text=body,
        payload={"reopening": reopening.id},
    )


def _body(reopening: Reopening, *, to: str, link: str) -> str:
    submission = reopening.submission
    obligation = submission.obligation
    zone = obligation.agency.timezone
    granted = reopening.state is RequestState.GRANTED
    return current_app.jinja_env.get_template(f"{TEMPLATE}.txt").render(
        to=to,
        state=reopening.state.value,
        obligation=obligation,
        status=submission.status,
        reason=reopening.reason,
        answer=reopening.answer,
        asked=text.instant_both(reopening.received_at, zone),
        until=text.deadline(submission.correction_ends_at, zone) if granted else "",
        ends=text.deadline(obligation.period.verification_ends_at, zone),
        link=link,
        help_contact=current_app.config["SETTINGS"].help_contact,
    )


def _base() -> str:
    return current_app.config["SETTINGS"].base_url


def _list() -> str:
    return f"{_base()}/pembukaan-kembali"
