"""Instansi: whether an agency files without approval, and what stands on its letters."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.agencies import operations, queries
from stranas.agencies.forms import ApprovalForm, LetterForm
from stranas.agencies.models import Agency
from stranas.agencies.rules import head, oversight_unit
from stranas.system.access import Permission, needs, received_at

blueprint = Blueprint("agencies", __name__)


@blueprint.get("/instansi")
@needs(Permission.SET_UP_AGENCIES)
def agencies():
    """Found by name; without words those that file without approval. Somebody of one agency comes to its page."""
    scope, search = visible_agencies(current_user, Permission.SET_UP_AGENCIES), request.args.get("cari", "").strip()
    found = queries.agencies_found(scope, search=search)
    if len(found) == 1 and not search and queries.count(scope) == 1:
        return redirect(url_for(".agency_settings", code=found[0].code))
    return render_template("agencies/agencies.html", agencies=found, search=search)


@blueprint.get("/instansi/<code>/pengaturan")
@needs(Permission.SET_UP_AGENCIES)
def agency_settings(code: str):
    return _page(_found(code))


@blueprint.post("/instansi/<code>/persetujuan")
@needs(Permission.SET_UP_AGENCIES)
def switch_approval(code: str):
    agency, form = _found(code), ApprovalForm()
    if not form.validate():
        return _page(agency, approval=form), 422
    operations.switch_approval(
        agency=agency,
        without=form.without.data == "ya",
        reason=form.reason.data,
        by=f"{current_user.name}, {current_user.position or current_user.memberships[0].role.label}"[:200],
        at=received_at(),
    )
    flash("Pengaturan persetujuan sudah disimpan.")
    return redirect(url_for(".agency_settings", code=code))


@blueprint.post("/instansi/<code>/surat")
@needs(Permission.SET_UP_AGENCIES)
def change_letters(code: str):
    agency, form = _found(code), LetterForm()
    if not form.validate():
        return _page(agency, letter=form), 422
    operations.change_letters(
        agency=agency, oversight_unit=form.oversight_unit.data, head=form.head.data, letterhead=form.lines
    )
    flash("Isi kop surat sudah disimpan.")
    return redirect(url_for(".agency_settings", code=code))


def _found(code: str) -> Agency:
    scope = visible_agencies(current_user, Permission.SET_UP_AGENCIES)
    return queries.agency_by_code(code, scope) or abort(404)


def _page(agency: Agency, approval: ApprovalForm | None = None, letter: LetterForm | None = None) -> str:
    names = {"name": agency.name, "level": agency.level.value}
    return render_template(
        "agencies/settings.html",
        agency=agency,
        approval=approval
        or ApprovalForm(formdata=None, data={"without": "ya" if agency.files_without_approval else "tidak"}),
        letter=letter
        or LetterForm(
            formdata=None,
            data={
                "oversight_unit": agency.oversight_unit,
                "head": agency.head,
                "letterhead": "\n".join(agency.letterhead),
            },
        ),
        usual_unit=oversight_unit(**names),
        usual_head=head(**names),
    )
