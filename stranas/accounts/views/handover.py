"""Serah terima: choose the successor, see what is open, hand the role over, print the sheet."""

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from reports import paper
from stranas.accounts import handing_over, operations
from stranas.accounts.forms import HandoverForm
from stranas.accounts.models import Handover, Membership, User
from stranas.accounts.policy import roles_to_give
from stranas.accounts.queries import people
from stranas.accounts.views import blueprint
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db


@blueprint.get("/orang/<int:person_id>/serah-terima")
@needs(Permission.MANAGE_PEOPLE)
def hand_over(person_id: int):
    """`peran`: which membership; without it the person's first one that can be handed over."""
    seen = people.find_person(viewer=current_user, person_id=person_id) or abort(404)
    held = _held(seen)
    chosen = request.args.get("peran", type=int)
    membership = next((m for m in held if m.id == chosen), held[0] if held and chosen is None else None)
    if membership is None and chosen is not None:
        abort(404)
    return _page(seen, held, membership, HandoverForm(formdata=None).offer(membership))


@blueprint.post("/orang/<int:person_id>/serah-terima")
@needs(Permission.MANAGE_PEOPLE)
def hand_role_over(person_id: int):
    seen = people.find_person(viewer=current_user, person_id=person_id) or abort(404)
    held = _held(seen)
    membership = next((m for m in held if m.id == request.form.get("peran", type=int)), None) or abort(404)
    form = HandoverForm().offer(membership)
    successor = _successor(form, membership) if form.validate() else None
    if successor is None:
        return _page(seen, held, membership, form), 422
    is_new = successor.password is None and not form.successor.data
    handover = handing_over.hand_over(
        membership=membership,
        successor=successor,
        person=current_user,
        received_at=received_at(),
        deactivate=form.deactivate.data and seen.wholly,
    )
    if is_new:
        operations.invite(person=successor)
    said = f"{handover.content['role']} diserahkan kepada {successor.name}."
    flash(f"{said} Cetak lembarnya untuk ditandatangani kedua pihak.")
    return redirect(url_for(".handovers"))


@blueprint.get("/serah-terima")
@needs(Permission.MANAGE_PEOPLE)
def handovers():
    return render_template("accounts/handovers.html", rows=people.handovers(viewer=current_user))


@blueprint.get("/serah-terima/<int:handover_id>.pdf")
@needs(Permission.MANAGE_PEOPLE)
def handover_sheet(handover_id: int):
    row = people.handover_in_scope(viewer=current_user, handover_id=handover_id) or abort(404)
    return _sheet(row)


def _sheet(row: Handover) -> Response:
    pdf = paper.render("handover.html", h=row.content, number=row.id, practice=clock.is_practice())
    name = f"serah-terima-{row.id}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _held(seen: people.Person) -> list[Membership]:
    """The roles of the person that the viewer may give, and so hand over."""
    giveable = roles_to_give(current_user)
    ids = [role.membership_id for role in seen.roles]
    rows = db.session.scalars(db.select(Membership).where(Membership.id.in_(ids)).order_by(Membership.id))
    return [row for row in rows if row.role in giveable]


def _successor(form: HandoverForm, membership: Membership) -> User | None:
    """Whoever was chosen, or a new account; None with the error at its field."""
    if form.successor.data:
        return db.session.get_one(User, form.successor.data)
    try:
        return operations.create_person(
            name=form.name.data,
            email=form.email.data,
            position=form.position.data or "",
            role=membership.role,
            agency_id=membership.agency_id,
        )
    except operations.EmailTaken as problem:
        form.email.errors = [*form.email.errors, problem.sentence]
        return None


def _page(seen: people.Person, held: list[Membership], membership: Membership | None, form: HandoverForm) -> str:
    return render_template(
        "accounts/hand_over.html",
        person=seen,
        held=held,
        chosen=membership,
        form=form,
        open_work=handing_over.open_work(membership, now=clock.now()) if membership else [],
        own=seen.id == current_user.id,
    )
