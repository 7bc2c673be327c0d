"""Penugasan: who verifies which agencies and items, and how much lies with whom."""

from flask import abort, flash, redirect, render_template, request, url_for

from stranas.accounts.models import User
from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Item
from stranas.system import clock
from stranas.system.access import Permission, needs
from stranas.system.db import db
from stranas.verification import operations
from stranas.verification.queries import workload
from stranas.verification.views import blueprint


@blueprint.get("/penugasan")
@needs(Permission.ASSIGN_VERIFIERS)
def assignments():
    now, search = clock.now(), request.args.get("cari", "").strip()[:80]
    only = request.args.get("hanya") == "belum"
    loads = workload.loads(now=now)
    return render_template(
        "verification/assignments.html",
        loads=loads,
        suggested=workload.least_burdened(loads),
        unassigned=workload.unassigned_count(now=now),
        agencies=workload.agency_page(
            now=now, search=search, only_unassigned=only, page=request.args.get("halaman", 1, type=int)
        ),
        search=search,
        only=only,
        provinces=workload.provinces(),
        items=workload.items(),
    )


@blueprint.post("/penugasan")
@needs(Permission.ASSIGN_VERIFIERS)
def assign():
    """`bagian` says which of the three forms it was: agencies, a region, or an item."""
    verifier = _verifier(request.form.get("verifikator", 0, type=int))
    what = request.form.get("bagian", "")
    if what == "wilayah":
        province = _row(Agency, "provinsi")
        if province.level is not AgencyLevel.PROVINCE:
            abort(404)
        count = operations.assign_region(verifier=verifier, province=province)
        flash(f"{province.name} dengan kabupaten dan kotanya ditugaskan kepada {verifier.name}: {count} instansi.")
    elif what == "butir":
        item, everywhere = _row(Item, "butir"), request.form.get("jangkauan") == "semua"
        operations.assign_item(verifier=verifier, item=item, everywhere=everywhere)
        where = "di semua instansi" if everywhere else "pada instansi yang ditugaskan kepadanya"
        flash(f"{item.key} ditugaskan kepada {verifier.name} {where}.")
    else:
        asked = request.form.getlist("instansi", type=int)
        known = db.session.scalars(db.select(Agency.id).where(Agency.id.in_(asked))).all()
        count = operations.assign_agencies(verifier=verifier, agency_ids=known)
        flash(f"{count} instansi ditugaskan kepada {verifier.name}.")
    return redirect(url_for(".assignments"))


@blueprint.get("/penugasan/<int:verifier_id>")
@needs(Permission.ASSIGN_VERIFIERS)
def assignments_of(verifier_id: int):
    verifier = _verifier(verifier_id)
    return render_template(
        "verification/assignments_of.html",
        verifier=verifier,
        load=next(load for load in workload.loads(now=clock.now()) if load.person_id == verifier.id),
        agencies=workload.agency_page(now=clock.now(), of=verifier, page=request.args.get("halaman", 1, type=int)),
        items=workload.held_items([verifier.id]).get(verifier.id, []),
    )


@blueprint.post("/penugasan/<int:verifier_id>/lepas")
@needs(Permission.ASSIGN_VERIFIERS)
def unassign(verifier_id: int):
    """Take agencies or an item from a verifier; his decisions stay."""
    verifier = _verifier(verifier_id)
    if request.form.get("butir"):
        item = _row(Item, "butir")
        operations.unassign_item(verifier=verifier, item=item)
        flash(f"{item.key} dilepas dari {verifier.name}.")
    else:
        agency = _row(Agency, "instansi")
        operations.unassign_agency(verifier=verifier, agency=agency)
        flash(f"{agency.name} dilepas dari {verifier.name}.")
    return redirect(url_for(".assignments_of", verifier_id=verifier_id))


def _verifier(person_id: int) -> User:
    return workload.verifier_by_id(person_id) or abort(404)


def _row(model, field: str):
    return db.session.get(model, request.form.get(field, 0, type=int)) or abort(404)
