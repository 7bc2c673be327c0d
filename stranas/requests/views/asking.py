"""The Inspektorat asks units, and takes what they send or sends it back."""

from dataclasses import dataclass
from datetime import date, datetime

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import holds
from stranas.agencies.models import Unit
from stranas.agencies.phones import chat_address
from stranas.agencies.queries import unit_of_agency, units_of
from stranas.agencies.rules import unit_word
from stranas.catalogue.models import Requirement
from stranas.deadlines import queries as deadlines
from stranas.evidence import operations as library
from stranas.reporting import operations as reporting
from stranas.reporting.models import Obligation
from stranas.reporting.queries.due import closes_at, due_at
from stranas.reporting.queries.evidence import document_of, requirement_views, requirements_by_target
from stranas.requests import letters, links, operations
from stranas.requests.forms import LONGEST_WORDS
from stranas.requests.models import RequestLink, UnitRequest
from stranas.requests.queries import asked, holding
from stranas.requests.rules import end_of_day, suggested_day
from stranas.requests.views import blueprint, scope
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db
from stranas.system.errors import Refused

OTHER = 0  # asks for something that is none of the requirements


@dataclass(frozen=True)
class Ask:
    """What the form offers for one requirement, or for something else (id OTHER)."""

    id: int
    title: str
    criterion: str
    wanted: str
    chosen: bool


@blueprint.get("/laporan/<int:obligation_id>/minta")
@needs(Permission.MANAGE_REQUESTS)
def ask(obligation_id: int):
    """Ask several units for several requirements at once."""
    obligation = scope.obligation(obligation_id)
    wished = request.args.get("persyaratan", type=int)
    held = holding.unit_holding(agency_id=obligation.agency_id, item_id=obligation.item_id)
    last = _last_day(obligation)
    day = suggested_day(due_day=last, today=_today(obligation))
    needed = {wished} if wished else _needed(obligation)
    offered = [_ask(r, r.id in needed) for r in _requirements(obligation)] + [Ask(OTHER, "", "", "", False)]
    return _ask_page(obligation, offered, units={held} if held else set(), day=day.isoformat())


@blueprint.post("/laporan/<int:obligation_id>/minta")
@needs(Permission.MANAGE_REQUESTS)
def ask_units(obligation_id: int):
    """One request for each chosen unit and requirement. The answer shows the links."""
    obligation = scope.obligation(obligation_id)
    requirements = {r.id: r for r in _requirements(obligation)}
    chosen_ids = set(request.form.getlist("requirement", type=int))
    unit_ids = set(request.form.getlist("unit", type=int))
    offered = [_typed(r, chosen_ids) for r in (*requirements.values(), None)]
    chosen = [one for one in offered if one.chosen]
    units = [unit for unit in (unit_of_agency(unit_id, obligation.agency_id) for unit_id in sorted(unit_ids)) if unit]
    day, errors = _checked_day(obligation, request.form.get("due_on", ""))
    errors |= _missing(chosen, units)
    if errors:
        return _ask_page(obligation, offered, units=unit_ids, day=request.form.get("due_on", ""), errors=errors), 422
    due = end_of_day(day, obligation.agency.timezone)
    try:
        made = [
            _ask_one(obligation, unit, requirements.get(one.id), one.wanted, due) for unit in units for one in chosen
        ]
    except Refused as problem:  # 422 undoes what was asked of the others
        errors["unit"] = f"{problem.sentence} {problem.repair}"
        return _ask_page(obligation, offered, units=unit_ids, day=day.isoformat(), errors=errors), 422
    return render_template("requests/asked.html", obligation=obligation, made=made)


def _ask_one(
    obligation: Obligation, unit: Unit, requirement: Requirement | None, wanted: str, due: datetime
) -> "Handed":
    asking = operations.ask(
        obligation=obligation,
        unit=unit,
        requirement=requirement,
        wanted=wanted,
        due_at=due,
        person=current_user,
        received_at=received_at(),
    )
    db.session.refresh(asking)
    has_account = bool(asked.people_of_unit(unit))
    link = None if has_account else operations.make_link(request=asking, person=current_user)
    mailed = letters.plan_letter(asking, about="asked", key="asked")
    return _handed(asking, link, mailed=bool(mailed))


@dataclass(frozen=True)
class Handed:
    """A request with its link, shown once; without a link the people of the unit see it on their page."""

    request: asked.RequestView
    mailed_to: str
    address: str
    words: str
    chat: str
    link: asked.LinkView | None


def _handed(asking: UnitRequest, link: RequestLink | None, *, mailed: bool) -> Handed:
    people = ", ".join(person.email for person in asked.people_of_unit(asking.unit)) or asking.unit.email
    address = links.address_of(link) if link else ""
    words = letters.chat_words(asking, address) if link else ""
    return Handed(
        request=asked.view_of(asking),
        mailed_to=people if mailed else "",
        address=address,
        words=words,
        chat=chat_address(asking.unit.phone, words) if link else "",
        link=asked.link_view(link) if link else None,
    )


@blueprint.get("/permintaan/<int:request_id>")
@needs(Permission.SEE_BOARD)
def unit_request(request_id: int):
    return _request_page(request_id)


@blueprint.post("/permintaan/<int:request_id>/terima")
@needs(Permission.MANAGE_REQUESTS)
def take(request_id: int):
    """Take what the unit sent: the chosen documents become evidence of the requirement."""
    asking = scope.request_row(request_id, Permission.MANAGE_REQUESTS)
    requirement = _to_attach(asking)
    sent = {file.document_id for file in asked.view_of(asking).sent}
    chosen = [d for d in request.form.getlist("dokumen", type=int) if d in sent]
    if requirement is None or not chosen:
        return _request_page(request_id, errors={"dokumen": "Pilih berkas dan persyaratannya lebih dahulu."}), 422
    operations.take(request=asking, document_ids=chosen, person=current_user, received_at=received_at())
    obligation = scope.obligation(asking.obligation_id)
    submission = reporting.start_submission(obligation=obligation, person=current_user, received_at=received_at())
    for document_id in chosen:
        document = document_of(agency_id=obligation.agency_id, document_id=document_id) or abort(404)
        reporting.attach(
            submission=submission,
            requirement_id=requirement.id,
            document=document,
            at=received_at(),
            person=current_user,
        )
        library.request_check(document_id=document_id, claimed_kind=requirement.kind, target_id=requirement.target_id)
    flash(f"{len(chosen)} berkas dilampirkan pada persyaratan {requirement.position}.")
    return redirect(
        url_for("reporting.edit_submission", obligation_id=obligation.id, _anchor=f"syarat-{requirement.id}")
    )


@blueprint.post("/permintaan/<int:request_id>/kembalikan")
@needs(Permission.MANAGE_REQUESTS)
def send_back(request_id: int):
    asking = scope.request_row(request_id, Permission.MANAGE_REQUESTS)
    reason = request.form.get("alasan", "").strip()
    if not reason or len(reason) > LONGEST_WORDS:
        return _request_page(request_id, errors={"alasan": "Tulis apa yang perlu dilengkapi unit."}), 422
    event = operations.send_back(request=asking, reason=reason, person=current_user, received_at=received_at())
    mailed = letters.plan_letter(asking, about="sent_back", key=f"sent_back:{event.sequence}", note=reason)
    if mailed:
        flash(f"Dikembalikan kepada {asking.unit.name}. Surel sudah direncanakan.")
    else:
        flash(f"Dikembalikan kepada {asking.unit.name}. Surel tidak dapat dikirim: buat tautan baru, lalu teruskan.")
    return redirect(url_for(".unit_request", request_id=request_id))


@blueprint.post("/permintaan/<int:request_id>/tarik")
@needs(Permission.MANAGE_REQUESTS)
def withdraw(request_id: int):
    """No longer needed: the unit is told, and its link stops working."""
    asking = scope.request_row(request_id, Permission.MANAGE_REQUESTS)
    reason = request.form.get("alasan", "").strip()[:LONGEST_WORDS]
    operations.withdraw(request=asking, reason=reason, person=current_user, received_at=received_at())
    letters.plan_letter(asking, about="withdrawn", key="withdrawn", note=reason)
    operations.revoke_link(request=asking)
    flash("Permintaan ditarik.")
    return redirect(url_for(".unit_request", request_id=request_id))


@blueprint.post("/permintaan/<int:request_id>/tautan")
@needs(Permission.MANAGE_REQUESTS)
def make_link(request_id: int):
    """A new link in the place of the old one; the answer shows it."""
    asking = scope.request_row(request_id, Permission.MANAGE_REQUESTS)
    link = operations.make_link(request=asking, person=current_user)
    told = asked.people_of_unit(asking.unit)  # they were led to their page when they were asked
    mailed = 0 if told else letters.plan_letter(asking, about="asked", key=f"link:{link.id}")
    made = [_handed(asking, link, mailed=bool(mailed))]
    return render_template("requests/asked.html", obligation=asking.obligation, made=made)


@blueprint.post("/permintaan/<int:request_id>/tautan/cabut")
@needs(Permission.MANAGE_REQUESTS)
def revoke_link(request_id: int):
    asking = scope.request_row(request_id, Permission.MANAGE_REQUESTS)
    flash("Tautan dicabut." if operations.revoke_link(request=asking) else "Tidak ada tautan yang berlaku.")
    return redirect(url_for(".unit_request", request_id=request_id))


def _request_page(request_id: int, *, errors: dict[str, str] | None = None) -> str:
    asking = scope.request_row(request_id, Permission.SEE_BOARD)
    link = asked.standing_link(asking.id)
    return render_template(
        "requests/request.html",
        r=asked.view_of(asking),
        link=asked.link_view(link) if link else None,
        has_account=bool(asked.people_of_unit(asking.unit)),
        requirements=_requirements(asking.obligation),
        manages=holds(current_user, Permission.MANAGE_REQUESTS),
        errors=errors or {},
        reason=request.form.get("alasan", ""),
        now=clock.now(),
    )


def _requirements(obligation: Obligation) -> list[Requirement]:
    return requirements_by_target([obligation.target_id])[obligation.target_id]


def _needed(obligation: Obligation) -> set[int]:
    """Requirements without a fitting file that no unit is asked for yet."""
    running = {one.requirement_id for one in asked.requests_by_obligation([obligation.id])[obligation.id]}
    return {view.id for view in requirement_views(obligation) if not view.is_complete} - running


def _to_attach(asking: UnitRequest) -> Requirement | None:
    """The requirement of the request, or the one that the coordinator chose."""
    if asking.requirement:
        return asking.requirement
    chosen = request.form.get("requirement", type=int)
    return next((r for r in _requirements(asking.obligation) if r.id == chosen), None)


def _ask(requirement: Requirement, chosen: bool) -> Ask:
    wanted = f"{requirement.kind.label}: {requirement.subject}."
    return Ask(requirement.id, requirement.title, requirement.criterion, wanted, chosen)


def _typed(requirement: Requirement | None, chosen_ids: set[int]) -> Ask:
    offered = _ask(requirement, False) if requirement else Ask(OTHER, "", "", "", False)
    wanted = request.form.get(f"wanted-{offered.id}", "").replace("\r\n", "\n").strip()
    return Ask(offered.id, offered.title, offered.criterion, wanted, offered.id in chosen_ids)


def _missing(chosen: list[Ask], units: list[Unit]) -> dict[str, str]:
    errors = {}
    if not chosen:
        errors["requirement"] = "Pilih sekurang-kurangnya satu hal yang diminta."
    if any(not one.wanted for one in chosen):
        errors["requirement"] = "Tulis apa yang diminta pada setiap hal yang dipilih."
    if any(len(one.wanted) > LONGEST_WORDS for one in chosen):
        errors["requirement"] = f"Tulis paling banyak {text.number(LONGEST_WORDS)} huruf."
    if not units:
        errors["unit"] = "Pilih sekurang-kurangnya satu unit."
    if len(chosen) * len(units) > 50:
        errors["unit"] = "Paling banyak 50 permintaan sekali jalan. Kurangi unit atau hal yang diminta."
    return errors


def _checked_day(obligation: Obligation, typed: str) -> tuple[date, dict[str, str]]:
    """The internal due day: from today to the last day of the obligation."""
    first, last = _today(obligation), _last_day(obligation)
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return first, {"due_on": "Isi tanggal batas waktu internal."}
    if not first <= day <= last:
        words = f"Pilih tanggal dari {text.day(first)} sampai {text.day(last)}, hari terakhir kewajiban ini."
        return first, {"due_on": words}
    return day, {}


def _today(obligation: Obligation) -> date:
    return text.local_day(clock.now(), obligation.agency.timezone)


def _last_day(obligation: Obligation) -> date:
    """The last day on which evidence still helps: due, or the end of filing or correction. Raises Refused later."""
    now = clock.now()
    covers = deadlines.covers([obligation.period_id])[obligation.period_id]
    due = due_at(obligation, covers=covers, cutoff=now)
    submission = obligation.submission
    ends = due
    if submission and submission.correction_ends_at:
        ends = submission.correction_ends_at
    elif now >= due:
        ends = max(due, obligation.period.locks_at)
    if now >= ends or (submission and now >= closes_at(submission, covers, cutoff=now)):
        raise Refused("Waktu pengisian kewajiban ini sudah lewat.", "Permintaan kepada unit tidak lagi diperlukan.")
    return text.last_day(ends)


def _ask_page(obligation: Obligation, offered: list[Ask], *, units: set[int], day: str, errors=None) -> str:
    is_local = obligation.agency.level.is_local
    return render_template(
        "requests/ask.html",
        obligation=obligation,
        offered=offered,
        units=units_of(obligation.agency_id, active=True),
        chosen_units=units,
        word=unit_word(is_local=is_local),
        day=day,
        first=_today(obligation).isoformat(),
        last=_last_day(obligation),
        until=_until(obligation),
        errors=errors or {},
    )


def _until(obligation: Obligation) -> str:
    """What the agency itself must keep: the window of a correction, or else the due instant, in words."""
    submission, zone = obligation.submission, obligation.agency.timezone
    if submission and submission.correction_ends_at:
        return f"Batas waktu perbaikan {text.deadline(submission.correction_ends_at, zone)}"
    covers = deadlines.covers([obligation.period_id])[obligation.period_id]
    return f"Batas waktu {text.deadline(due_at(obligation, covers=covers, cutoff=clock.now()), zone)}"
