"""The register of outages: first what would be moved, then the reason and the record."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.catalogue.models import Period
from stranas.deadlines import operations
from stranas.deadlines.forms import OutageForm, RecordOutageForm
from stranas.deadlines.rules import Cover, CoverKind
from stranas.deadlines.views import blueprint, scope
from stranas.reporting.queries.reach import NOTHING, Reach, periods_stopped, reach
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at


@blueprint.get("/gangguan/baru")
@needs(Permission.DECIDE_EXTENSIONS)
def new_outage():
    if not scope.chosen():
        return _page(OutageForm(formdata=None, meta={"csrf": False}))
    form = OutageForm(request.args, meta={"csrf": False}).at(received_at())
    if not form.validate():
        return _page(form), 422
    periods, found = _stopped(form)
    if not form.fits(periods):
        return _page(form), 422
    return _page(form, periods, found)


@blueprint.post("/gangguan/baru")
@needs(Permission.DECIDE_EXTENSIONS)
def record_outage():
    form = RecordOutageForm().at(received_at())
    if not form.validate():
        chosen_well = not set(form.errors) - {"reason"}
        return _page(form, *(_stopped(form) if chosen_well else ())), 422
    periods, found = _stopped(form)
    if not form.fits(periods):
        return _page(form), 422
    began_at, ended_at = form.window
    operations.record_outage(
        periods=periods,
        began_at=began_at,
        ended_at=ended_at,
        extends_to=form.until_at,
        reason=form.reason.data,
        person=current_user,
        reached=found.agency_ids,
    )
    flash(
        f"Gangguan layanan dicatat; yang jatuh di antaranya diperpanjang sampai {text.day(form.until.data)}. "
        f"{len(found.agency_ids)} instansi diberi tahu. {scope.IN_REPORTS}"
    )
    return redirect(url_for(".deadlines"))


def _stopped(form: OutageForm) -> tuple[list[Period], Reach]:
    """The periods in which something ended meanwhile, and what of it would end later."""
    began_at, ended_at = form.window
    cover = Cover(
        until=form.until_at,
        decided_at=clock.now(),
        reason="",
        kind=CoverKind.OUTAGE,
        began_at=began_at,
        ended_at=ended_at,
    )
    reached = [
        (period, reach(period=period, cover=cover, now=clock.now()))
        for period in periods_stopped(began_at=began_at, ended_at=ended_at)
    ]
    found = NOTHING
    for _, one in reached:
        found |= one
    return [period for period, one in reached if one.obligations], found


def _page(form: OutageForm, periods: list[Period] | None = None, found: Reach | None = None) -> str:
    confirm = form if isinstance(form, RecordOutageForm) else RecordOutageForm(formdata=None)
    return render_template(
        "deadlines/new_outage.html",
        form=form,
        confirm=confirm,
        titles=[f"{period.name} ({period.key})" for period in periods or ()],
        seen=found,
        zone=scope.zone(),
    )
