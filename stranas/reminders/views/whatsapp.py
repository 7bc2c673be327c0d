"""Texts for units that the Inspektorat sends through its own chat."""

from flask import abort, current_app, flash, redirect, render_template, url_for
from flask_login import current_user

from stranas.agencies.phones import mobile
from stranas.agencies.queries import unit_of_agency
from stranas.agencies.rules import unit_word
from stranas.reminders import pasting
from stranas.reminders.queries.pasting import units_owing
from stranas.reminders.views import blueprint
from stranas.requests import operations as requests
from stranas.requests.models import UnitRequest
from stranas.requests.rules import danger
from stranas.requests.views import scope
from stranas.system import clock
from stranas.system.access import Permission, needs
from stranas.system.db import db


@blueprint.get("/pengingat/unit")
@needs(Permission.MANAGE_REQUESTS)
def unit_texts():
    agency, now = scope.own_agency(Permission.MANAGE_REQUESTS), clock.now()
    owing = units_owing(agency.id, base_url=_base_url(), now=now)
    return render_template(
        "reminders/whatsapp.html",
        agency=agency,
        word=unit_word(is_local=agency.level.is_local),
        units=[
            (one, pasting.paste_for(one, agency, now=now), danger(due_at=one.awaited[0].due_at, now=now))
            for one in owing
        ],
        mobile=mobile,
    )


@blueprint.post("/pengingat/unit/<int:unit_id>/terkirim")
@needs(Permission.MANAGE_REQUESTS)
def record_unit_text(unit_id: int):
    """Somebody says that he sent the unit its text."""
    agency, owing = _owing(unit_id)
    if owing is None:
        flash("Unit ini sudah mengirim semua yang diminta, jadi tidak ada yang dicatat.")
    elif pasting.record_pasted(owing=owing, agency=agency, person=current_user):
        flash(f"Tercatat: pengingat kepada {owing.name} sudah Anda kirim.")
    else:
        flash(f"Pengingat kepada {owing.name} sudah tercatat hari ini.")
    return redirect(url_for(".unit_texts"))


@blueprint.post("/pengingat/unit/<int:unit_id>/tautan")
@needs(Permission.MANAGE_REQUESTS)
def make_unit_links(unit_id: int):
    """A link for each request of a unit that could not answer otherwise."""
    _, owing = _owing(unit_id)
    lacking = owing.without_way if owing else []
    for one in lacking:
        requests.make_link(request=db.session.get_one(UnitRequest, one.request_id), person=current_user)
    flash(f"{len(lacking)} tautan dibuat." if lacking else "Semua permintaan unit ini sudah mempunyai tautan.")
    return redirect(url_for(".unit_texts", _anchor=f"unit-{unit_id}"))


def _owing(unit_id: int) -> tuple:
    agency = scope.own_agency(Permission.MANAGE_REQUESTS)
    unit = unit_of_agency(unit_id, agency.id) or abort(404)
    found = units_owing(agency.id, base_url=_base_url(), now=clock.now())
    return agency, next((one for one in found if one.unit_id == unit.id), None)


def _base_url() -> str:
    return current_app.config["SETTINGS"].base_url
