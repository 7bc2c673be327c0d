"""The people page, for an administrator and for each agency's own people."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts import operations
from stranas.accounts.forms import NewPersonForm, PersonForm, RoleForm
from stranas.accounts.models import Membership, Role, User
from stranas.accounts.queries.people import Person, find_person, people_page
from stranas.accounts.views import blueprint
from stranas.agencies.queries import units_of
from stranas.system.access import Permission, needs
from stranas.system.db import db
from stranas.system.errors import Refused


@blueprint.get("/orang")
@needs(Permission.MANAGE_PEOPLE)
def people():
    search = request.args.get("cari", "")[:100]
    number = request.args.get("halaman", 1, type=int)
    page = people_page(viewer=current_user, search=search, number=number)
    return render_template("accounts/people.html", page=page, search=search)


@blueprint.route("/orang/tambah", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def add_person():
    form = NewPersonForm().offer(current_user)
    if form.validate_on_submit():
        try:
            person = operations.create_person(
                name=form.name.data,
                email=form.email.data,
                position=form.position.data,
                phone=form.phone.data or "",
                role=form.chosen_role,
                agency_id=form.agency.data,
            )
        except operations.EmailTaken as problem:
            form.email.errors = [problem.sentence]
        except operations.RoleNeedsAgency as problem:
            form.agency.errors = [f"{problem.sentence} {problem.repair}"]
        else:
            operations.invite(person=person)
            flash(f"Akun {person.name} sudah dibuat. Tautan untuk membuat sandi dikirim ke {person.email}.")
            if form.chosen_role is Role.UNIT:
                flash("Pilih unit tempat orang ini bekerja.")
                return redirect(url_for(".person", person_id=person.id))
            return redirect(url_for(".people"))
    return render_template("accounts/add_person.html", form=form), 422 if form.errors else 200


@blueprint.route("/orang/<int:person_id>", methods=["GET", "POST"])
@needs(Permission.MANAGE_PEOPLE)
def person(person_id: int):
    seen = _seen(person_id)
    form = PersonForm(obj=seen)
    if form.is_submitted() and not seen.wholly:
        abort(403)
    if form.validate_on_submit():
        try:
            operations.change_person(
                person=_row(person_id),
                name=form.name.data,
                email=form.email.data,
                position=form.position.data,
                phone=form.phone.data or "",
            )
        except operations.EmailTaken as problem:
            form.email.errors = [problem.sentence]
        else:
            flash("Perubahan sudah disimpan.")
            return redirect(url_for(".person", person_id=person_id))
    return _person_page(seen, form), 422 if form.errors else 200


@blueprint.post("/orang/<int:person_id>/peran")
@needs(Permission.MANAGE_PEOPLE)
def give_role(person_id: int):
    seen = _changeable(person_id)
    form = RoleForm().offer(current_user)
    if not form.validate():
        return _person_page(seen, PersonForm(formdata=None, obj=seen), form), 422
    try:
        operations.add_membership(person=_row(person_id), role=form.chosen_role, agency_id=form.agency.data)
    except operations.RoleNeedsAgency as problem:
        form.agency.errors = [f"{problem.sentence} {problem.repair}"]
        return _person_page(seen, PersonForm(formdata=None, obj=seen), form), 422
    flash("Peran sudah diberikan.")
    return redirect(url_for(".person", person_id=person_id))


@blueprint.post("/orang/<int:person_id>/peran/<int:membership_id>/hapus")
@needs(Permission.MANAGE_PEOPLE)
def remove_role(person_id: int, membership_id: int):
    seen = _seen(person_id)
    if membership_id not in {role.membership_id for role in seen.roles}:
        abort(404)
    membership = db.session.get_one(Membership, membership_id)
    return _act(
        person_id, operations.remove_membership, "Peran sudah dihapus.", membership=membership, actor_id=current_user.id
    )


@blueprint.post("/orang/<int:person_id>/peran/<int:membership_id>/unit")
@needs(Permission.MANAGE_PEOPLE)
def place_in_unit(person_id: int, membership_id: int):
    """Name the unit of somebody who holds the role of one; nothing chosen takes it away."""
    seen = _seen(person_id)
    if membership_id not in {role.membership_id for role in seen.roles}:
        abort(404)
    membership = db.session.get_one(Membership, membership_id)
    unit_id = request.form.get("unit", type=int)
    return _act(person_id, operations.place_in_unit, "Unit sudah disimpan.", membership=membership, unit_id=unit_id)


@blueprint.post("/orang/<int:person_id>/nonaktifkan")
@needs(Permission.MANAGE_PEOPLE)
def deactivate_person(person_id: int):
    _changeable(person_id)
    done = "Akun sudah dinonaktifkan."
    return _act(person_id, operations.deactivate_person, done, person=_row(person_id), actor_id=current_user.id)


@blueprint.post("/orang/<int:person_id>/aktifkan")
@needs(Permission.MANAGE_PEOPLE)
def activate_person(person_id: int):
    _changeable(person_id)
    return _act(person_id, operations.activate_person, "Akun sudah diaktifkan kembali.", person=_row(person_id))


@blueprint.post("/orang/<int:person_id>/undangan")
@needs(Permission.MANAGE_PEOPLE)
def invite_person(person_id: int):
    seen = _changeable(person_id)
    if not seen.active:
        raise Refused("Akun ini tidak aktif.", "Aktifkan dahulu, lalu kirim tautannya.")
    return _act(person_id, operations.invite, f"Tautan dikirim ke {seen.email}.", person=_row(person_id))


def _act(person_id: int, operation, done: str, **values):
    operation(**values)
    flash(done)
    if find_person(viewer=current_user, person_id=person_id) is None:
        return redirect(url_for(".people"))
    return redirect(url_for(".person", person_id=person_id))


def _seen(person_id: int) -> Person:
    return find_person(viewer=current_user, person_id=person_id) or abort(404)


def _changeable(person_id: int) -> Person:
    """An account that also belongs elsewhere is changed by an administrator only."""
    seen = _seen(person_id)
    if not seen.wholly:
        abort(403)
    return seen


def _row(person_id: int) -> User:
    return db.session.get_one(User, person_id)


def _person_page(seen: Person, form: PersonForm, role_form: RoleForm | None = None) -> str:
    role_form = role_form or RoleForm(formdata=None).offer(current_user)
    return render_template(
        "accounts/person.html",
        person=seen,
        form=form,
        role_form=role_form,
        units={role.agency_id: units_of(role.agency_id, active=True) for role in seen.roles if role.in_unit},
    )
