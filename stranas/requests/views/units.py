"""Units of the own agency, and which of them answers for which item."""

from flask import abort, flash, redirect, render_template, request, url_for

from stranas.agencies import operations as agencies
from stranas.agencies.models import Unit
from stranas.agencies.queries import unit_of_agency, units_of
from stranas.agencies.rules import unit_word
from stranas.requests import operations
from stranas.requests.forms import LONGEST_OFFICE, UnitForm
from stranas.requests.queries import holding
from stranas.requests.views import blueprint, scope
from stranas.system.access import Permission, needs


@blueprint.get("/unit")
@needs(Permission.MANAGE_UNITS)
def units():
    agency = scope.own_agency(Permission.MANAGE_UNITS)
    held: dict[int, list[str]] = {}
    for item in holding.items_owed(agency.id):
        if item.unit_id:
            held.setdefault(item.unit_id, []).append(item.key)
    word = unit_word(is_local=agency.level.is_local)
    return render_template("requests/units.html", agency=agency, word=word, units=units_of(agency.id), held=held)


@blueprint.route("/unit/tambah", methods=["GET", "POST"])
@needs(Permission.MANAGE_UNITS)
def add_unit():
    agency = scope.own_agency(Permission.MANAGE_UNITS)
    form = UnitForm().offer(units_of(agency.id, active=True))
    if form.validate_on_submit():
        try:
            unit = agencies.add_unit(agency_id=agency.id, **form.values)
        except agencies.UnitNameTaken as problem:
            form.name.errors = [problem.sentence]
        else:
            return _saved(form, f"{unit.name} ditambahkan.")
    return _unit_page(form, None)


@blueprint.route("/unit/<int:unit_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_UNITS)
def unit(unit_id: int):
    found = _unit(unit_id)
    form = UnitForm(obj=found).offer([u for u in units_of(found.agency_id, active=True) if u.id != unit_id])
    if form.validate_on_submit():
        try:
            agencies.change_unit(unit=found, **form.values)
        except agencies.UnitNameTaken as problem:
            form.name.errors = [problem.sentence]
        except agencies.UnitInsideItself as problem:
            form.parent_id.errors = [problem.sentence]
        else:
            return _saved(form, "Perubahan sudah disimpan.")
    return _unit_page(form, found)


@blueprint.post("/unit/<int:unit_id>/nonaktifkan")
@needs(Permission.MANAGE_UNITS)
def deactivate_unit(unit_id: int):
    return _set_active(unit_id, active=False, done="tidak aktif. Riwayatnya tetap tersimpan.")


@blueprint.post("/unit/<int:unit_id>/aktifkan")
@needs(Permission.MANAGE_UNITS)
def activate_unit(unit_id: int):
    return _set_active(unit_id, active=True, done="aktif kembali.")


@blueprint.route("/unit/penanggung-jawab", methods=["GET", "POST"])
@needs(Permission.MANAGE_UNITS)
def responsibilities():
    """Every item of the agency in one form: the unit that holds it, and the office that answers."""
    agency = scope.own_agency(Permission.MANAGE_UNITS)
    items = holding.items_owed(agency.id)
    if request.method == "POST":
        wanted = {item.item_id: _chosen(item.item_id) for item in items if f"unit-{item.item_id}" in request.form}
        changed = operations.set_responsibilities(agency_id=agency.id, wanted=wanted)
        flash(f"{changed} perubahan disimpan." if changed else "Tidak ada yang berubah.")
        return redirect(url_for(".responsibilities"))
    word = unit_word(is_local=agency.level.is_local)
    units = units_of(agency.id)
    return render_template("requests/responsibilities.html", agency=agency, word=word, items=items, units=units)


def _chosen(item_id: int) -> tuple[int | None, str]:
    office = request.form.get(f"office-{item_id}", "").strip()[:LONGEST_OFFICE]
    return request.form.get(f"unit-{item_id}", type=int), office


def _unit(unit_id: int) -> Unit:
    return unit_of_agency(unit_id, scope.own_agency(Permission.MANAGE_UNITS).id) or abort(404)


def _set_active(unit_id: int, *, active: bool, done: str):
    found = _unit(unit_id)
    agencies.set_unit_active(unit=found, active=active)
    flash(f"{found.name} {done}")
    return redirect(url_for(".units"))


def _saved(form: UnitForm, done: str):
    for words in (done, *form.phone_notes):
        flash(words)
    return redirect(url_for(".units"))


def _unit_page(form: UnitForm, found: Unit | None):
    agency = scope.own_agency(Permission.MANAGE_UNITS)
    word = unit_word(is_local=agency.level.is_local)
    page = render_template("requests/unit.html", agency=agency, word=word, form=form, unit=found)
    return page, 422 if form.errors else 200
