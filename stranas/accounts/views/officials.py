"""Pejabat: who signs for an agency, in what capacity, from when until when; naming a deputy, ending a term."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from stranas.accounts import operations
from stranas.accounts.forms import CapacityForm, EndForm
from stranas.accounts.models import User
from stranas.accounts.queries import officials as known
from stranas.accounts.queries import people
from stranas.accounts.rules import Span, chain_of
from stranas.accounts.views import blueprint
from stranas.agencies.models import Agency
from stranas.agencies.rules import head
from stranas.system import clock, text
from stranas.system.access import Permission, needs
from stranas.system.db import db
from stranas.system.errors import Refused


@blueprint.get("/pejabat")
@needs(Permission.MANAGE_CAPACITIES)
def officials():
    now = clock.now()
    agencies = known.agencies_with_officials(current_user)
    return render_template(
        "accounts/officials.html",
        groups=[(agency, known.officials(agency.id), text.local_day(now, agency.timezone)) for agency in agencies],
    )


@blueprint.route("/pejabat/<code>/tunjuk", methods=["GET", "POST"])
@needs(Permission.MANAGE_CAPACITIES)
def name_official(code: str):
    agency = known.agency_with_officials(current_user, code) or abort(404)
    form = CapacityForm().offer(people.colleagues(agency.id))
    if form.validate_on_submit():
        try:
            _name(agency, form)
        except Refused as problem:
            form.office.errors = [f"{problem.sentence} {problem.repair}"]
        else:
            flash("Pejabat sudah ditunjuk. Wewenangnya mulai dan berakhir sendiri menurut tanggalnya.")
            return redirect(url_for(".officials"))
    page = render_template(
        "accounts/name_official.html",
        agency=agency,
        form=form,
        head=agency.head or head(name=agency.name, level=agency.level.value),
    )
    return page, 422 if form.errors else 200


def _name(agency: Agency, form: CapacityForm) -> None:
    operations.name_official(
        person=db.session.get_one(User, form.person.data),
        agency_id=agency.id,
        kind=form.chosen_kind,
        office=form.office.data,
        span=Span(form.starts_on.data, form.ends_on.data),
        chain=chain_of([form.top.data or "", form.middle.data or ""]),
        rank=form.rank.data or "",
        employee_number=form.employee_number.data or "",
        legal_basis=form.legal_basis.data or "",
        named_by=current_user,
    )


@blueprint.post("/pejabat/<int:capacity_id>/akhiri")
@needs(Permission.MANAGE_CAPACITIES)
def end_capacity(capacity_id: int):
    capacity = known.capacity_in_scope(current_user, capacity_id) or abort(404)
    form = EndForm()
    if not form.validate():
        raise Refused("Tanggal itu tidak dapat dibaca.", "Isi hari terakhir pejabat itu bertugas.")
    operations.end_capacity(capacity=capacity, last_day=form.last_day.data)
    flash("Jangka waktunya sudah diakhiri.")
    return redirect(url_for(".officials"))
