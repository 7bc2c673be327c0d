"""The secretariat gives an extension by itself: first what it would change, then the reason and the decision."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Period
from stranas.deadlines import operations
from stranas.deadlines.forms import ExtensionForm, GrantExtensionForm
from stranas.deadlines.queries import register
from stranas.deadlines.rules import Cover
from stranas.deadlines.views import blueprint, scope
from stranas.reporting.queries.reach import Reach, items_owed, reach
from stranas.system import clock, text
from stranas.system.access import Permission, needs
from stranas.system.db import db


@blueprint.get("/perpanjangan/baru")
@needs(Permission.DECIDE_EXTENSIONS)
def new_extension():
    form = _offered(ExtensionForm(request.args if scope.chosen() else None, meta={"csrf": False}))
    if not scope.chosen():
        form.period_key.data = request.args.get("period_key", form.period_key.data)
        return _page(form)
    if not form.validate():
        return _page(form), 422
    return _page(form, _reach(form))


@blueprint.post("/perpanjangan/baru")
@needs(Permission.DECIDE_EXTENSIONS)
def grant_extension():
    form = _offered(GrantExtensionForm())
    if not form.validate():
        chosen_well = not set(form.errors) - {"reason"}
        return _page(form, _reach(form) if chosen_well else None), 422
    found = _reach(form)
    if not found.obligations:
        return _page(form, found), 422
    cover = _cover(form)
    operations.grant_extension(
        period_id=form.period.id,
        until=cover.until,
        reason=form.reason.data,
        agency_id=cover.agency_id,
        province_id=cover.province_id,
        item_id=cover.item_id,
        decided_by_id=current_user.id,
        reached=found.agency_ids,
    )
    flash(
        f"Perpanjangan sampai {text.day(form.until.data)} diberikan. {len(found.agency_ids)} instansi diberi tahu. "
        f"{scope.IN_REPORTS}"
    )
    return redirect(url_for(".deadlines"))


def _offered(form: ExtensionForm) -> ExtensionForm:
    now = clock.now()
    begun = [one for one in register.period_instants(now=now) if one.has_begun]
    form.offer(begun, _places(), items_owed(now=now))
    period = db.session.scalars(db.select(Period).where(Period.key == form.period_key.data)).first()
    return form.of(period) if period else form


def _places() -> dict[str, list[tuple[str, str]]]:
    """Provinces first: what a disaster asks for."""
    rows = db.session.execute(db.select(Agency.id, Agency.name, Agency.level).order_by(Agency.code)).all()
    provinces = [
        (f"province:{row.id}", f"Semua instansi di wilayah {row.name}")
        for row in rows
        if row.level is AgencyLevel.PROVINCE
    ]
    return {"Wilayah": provinces, "Instansi": [(f"agency:{row.id}", row.name) for row in rows]}


def _cover(form: ExtensionForm) -> Cover:
    kind, _, row_id = form.whom.data.partition(":")
    return Cover(
        until=form.until_at,
        decided_at=clock.now(),
        reason="",
        agency_id=int(row_id) if kind == "agency" else None,
        province_id=int(row_id) if kind == "province" else None,
        item_id=form.item.data or None,
    )


def _reach(form: ExtensionForm) -> Reach:
    return reach(period=form.period, cover=_cover(form), now=clock.now())


def _page(form: ExtensionForm, found: Reach | None = None) -> str:
    reason = form if isinstance(form, GrantExtensionForm) else GrantExtensionForm(formdata=None)
    return render_template("deadlines/new_extension.html", form=form, confirm=reason, seen=found, zone=scope.zone())
