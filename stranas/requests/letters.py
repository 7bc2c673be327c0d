"""What units and the Inspektorat are told by mail: a row of the outbox in the transaction of the act.

A unit whose people have accounts is led to its page; one without gets its link, in a private message.
"""

from dataclasses import dataclass

from flask import current_app

from stranas.accounts.models import Role, User
from stranas.accounts.queries.people import agency_people
from stranas.agencies.models import Agency
from stranas.agencies.rules import oversight_unit
from stranas.requests import links
from stranas.requests.models import UnitRequest
from stranas.requests.queries.asked import LinkView, Recipient, is_standing, link_view, people_of_unit, standing_link
from stranas.system import clock, outbox, text

TEMPLATE = "mail/request"


def inspectorate(agency: Agency) -> str:
    """Who asks: "Inspektorat Kabupaten Temanggung"."""
    return f"{agency.oversight_unit or oversight_unit(name=agency.name, level=agency.level.value)} {agency.name}"


@dataclass(frozen=True)
class Way:
    """Where the unit answers, who is written to, and the end of the link where it is one."""

    address: str
    recipients: tuple[Recipient, ...]
    link: LinkView | None

    @property
    def private(self) -> bool:
        """A message with a link is shown to nobody but its reader."""
        return self.link is not None


def way_to(request: UnitRequest) -> Way | None:
    """None when nobody can be written to: no account, and no address or no link that stands."""
    people = people_of_unit(request.unit)
    if people:
        return Way(f"{_base()}/permintaan-saya/{request.id}", tuple(people), None)
    link = standing_link(request.id)
    if request.unit.email and link and is_standing(link):
        return Way(links.address_of(link), (Recipient(None, request.unit.email),), link_view(link))
    return None


def plan_letter(request: UnitRequest, *, about: str, key: str, note: str = "") -> int:
    """Write to the unit; `about`: asked, sent_back or withdrawn. `key` says which message it is. Returns
    how many are new."""
    way = way_to(request)
    if way is None:
        return 0
    subject, body = _subject(request, about), body_of(request, way, about=about, note=note)
    return sum(
        outbox.plan(
            key=f"request:{request.id}:{key}:{person.id or 'unit'}",
            recipient_id=person.id,
            address=person.email,
            template=TEMPLATE,
            subject=subject,
            body_text=body,
            payload={"request": request.id, "about": about},
            private=way.private,
        )
        for person in way.recipients
    )


def body_of(request: UnitRequest, way: Way, *, about: str, note: str = "") -> str:
    obligation, zone = request.obligation, request.obligation.agency.timezone
    return current_app.jinja_env.get_template(f"{TEMPLATE}.txt").render(
        about=about,
        office=request.unit.head or f"Pimpinan {request.unit.name}",
        agency=obligation.agency.name,
        asking=inspectorate(obligation.agency),
        request=request,
        item=obligation.item,
        period=obligation.period,
        until=text.deadline(request.due_at, zone),
        late=clock.now() >= request.due_at,
        note=note,
        address=way.address,
        link_until=text.instant_both(way.link.ends_at, zone) if way.link else "",
        help_contact=current_app.config["SETTINGS"].help_contact,
    )


def _subject(request: UnitRequest, about: str) -> str:
    what = f"data dukung {request.obligation.item.key} {request.obligation.period.name}"
    until = text.day(text.last_day(request.due_at))
    return {
        "asked": f"Permintaan {what}, sampai {until}",
        "sent_back": f"Perlu dilengkapi: {what}",
        "withdrawn": f"Tidak diperlukan lagi: {what}",
    }[about]


def plan_arrival(request: UnitRequest, *, sequence: int) -> int:
    """Tell who asked, or else every coordinator, that the unit sent something."""
    agency = request.obligation.agency
    subject = f"Berkas dari {request.unit.short_name or request.unit.name}: {request.obligation.item.key}"
    body = current_app.jinja_env.get_template("mail/request_arrived.txt").render(
        asking=inspectorate(agency),
        unit=request.unit.name,
        request=request,
        item=request.obligation.item,
        address=f"{_base()}/permintaan/{request.id}",
        help_contact=current_app.config["SETTINGS"].help_contact,
    )
    return outbox.plan_each(
        _askers(request),
        key=f"request:{request.id}:arrived:{sequence}",
        template="mail/request_arrived",
        subject=subject,
        body_text=body,
        payload={"request": request.id},
    )


def _askers(request: UnitRequest) -> list[User]:
    coordinators = agency_people(agency_id=request.obligation.agency_id, role=Role.COORDINATOR)
    return [person for person in coordinators if person.id == request.asked_by_id] or coordinators


def chat_words(request: UnitRequest, address: str) -> str:
    """What the coordinator pastes into a chat: who asks, what, until when, where."""
    obligation = request.obligation
    return (
        f"Yth. {request.unit.head or 'Pimpinan ' + request.unit.name}. {inspectorate(obligation.agency)} meminta data "
        f"dukung {obligation.item.key} {obligation.period.name}: {request.wanted} Mohon diunggah sampai "
        f"{text.deadline(request.due_at, obligation.agency.timezone)} melalui tautan ini, tanpa perlu akun: {address}"
    )


def _base() -> str:
    return current_app.config["SETTINGS"].base_url
