"""Moving a coming instant of a period: all three are shown, what changes is shown again before the decision."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.catalogue.models import Period
from stranas.deadlines import operations
from stranas.deadlines.forms import MoveForm, MoveWithReasonForm, told
from stranas.deadlines.operations.moves import instants_of
from stranas.deadlines.rules import Instants
from stranas.deadlines.views import blueprint, scope
from stranas.reporting.queries.reach import agencies_owing
from stranas.system import clock
from stranas.system.access import Permission, needs, received_at
from stranas.system.errors import Refused

WORDS = {
    "due_at": "Batas waktu",
    "locks_at": "Penutupan pengisian",
    "verification_ends_at": "Batas akhir verifikasi",
}


@blueprint.get("/<period_key>/ubah")
@needs(Permission.MOVE_INSTANTS)
def move_instants(period_key: str):
    period = scope.period(period_key)
    before = instants_of(period)
    if "due_at" not in request.args:
        return _page(period, MoveForm(formdata=None, meta={"csrf": False}).start_from(before))
    form = MoveForm(request.args, meta={"csrf": False})
    if not form.validate() or not form.allowed(before, at=received_at()):
        return _page(period, form), 422
    return _page(period, form, form.to(before))


@blueprint.post("/<period_key>/ubah")
@needs(Permission.MOVE_INSTANTS)
def confirm_move(period_key: str):
    period = scope.period(period_key)
    before, form = instants_of(period), MoveWithReasonForm()
    if form.seen.data != told(before):
        raise Refused(
            "Waktu triwulan ini baru saja diubah orang lain. Perubahan Anda tidak disimpan.",
            "Buka kembali halaman Batas waktu dan periksa waktu yang baru.",
        )
    if not form.validate() or not form.allowed(before, at=received_at()):
        chosen_well = not set(form.errors) - {"reason"}
        return _page(period, form, form.to(before) if chosen_well else None), 422
    agencies = agencies_owing(period_id=period.id, now=clock.now())
    operations.move_instants(
        period=period,
        seen=before,
        to=form.to(before),
        reason=form.reason.data,
        person=current_user,
        received_at=received_at(),
        reached=agencies,
    )
    flash(f"Waktu {period.name} ({period.key}) diubah. {len(agencies)} instansi diberi tahu.")
    return redirect(url_for(".deadlines"))


def _page(period: Period, form: MoveForm, to: Instants | None = None) -> str:
    before = instants_of(period)
    changes = [(WORDS[name], value, getattr(to or before, name)) for name, value in vars(before).items()]
    return render_template(
        "deadlines/move_instants.html",
        period=period,
        form=form,
        confirm=form if isinstance(form, MoveWithReasonForm) else MoveWithReasonForm(formdata=None),
        seen=told(before),
        changes=changes if to else None,
        past={name for name, value in vars(before).items() if value <= clock.now()},
        agencies=len(agencies_owing(period_id=period.id, now=clock.now())) if to else 0,
        zone=scope.zone(),
    )
