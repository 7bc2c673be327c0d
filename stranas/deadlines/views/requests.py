"""Requests for extensions: an agency asks and may withdraw, the secretariat grants or declines."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import holds
from stranas.deadlines import operations
from stranas.deadlines.forms import AskForm, DeclineForm, GrantForm
from stranas.deadlines.models import ExtensionRequest
from stranas.deadlines.queries import register
from stranas.deadlines.rules import Cover, RequestState
from stranas.deadlines.views import blueprint, scope
from stranas.reporting.queries.reach import Reach, items_owed, reach
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.errors import Refused


@blueprint.route("/<period_key>/permintaan/baru", methods=["GET", "POST"])
@needs(Permission.ASK_EXTENSIONS)
def ask_extension(period_key: str):
    agency, period, now = scope.asking_agency(), scope.period(period_key), clock.now()
    items = items_owed(period_id=period.id, agency_id=agency.id, now=now)
    form = AskForm().of(period).offer(items)
    if form.validate_on_submit():
        operations.ask_extension(
            period=period,
            agency=agency,
            item=scope.item(form.item.data),
            until=form.until_at,
            reason=form.reason.data,
            letter=form.letter.data or "",
            person=current_user,
            received_at=received_at(),
        )
        flash("Permintaan terkirim ke Sekretariat Nasional. Jawabannya tampil di halaman ini dan dikirim lewat surel.")
        return redirect(url_for(".deadlines"))
    begun = (one for one in register.period_instants(now=now, agency=agency) if one.has_begun)
    periods = sorted(begun, key=lambda one: one.starts_on)
    return render_template(
        "deadlines/ask_extension.html",
        form=form,
        agency=agency,
        items=items,
        periods=periods,
        period=next((one for one in periods if one.id == period.id), None),
        now=now,
    ), 422 if form.errors else 200


@blueprint.get("/permintaan/<int:extension_request_id>")
@needs(Permission.SEE_DEADLINES)
def extension_request(extension_request_id: int):
    asked = scope.request_of(extension_request_id, Permission.SEE_DEADLINES)
    form = GrantForm(request.args, meta={"csrf": False}).of(asked.period)
    if "until" not in request.args:
        form.until.data = text.last_day(asked.until)
    elif not form.validate():
        return _page(asked, form), 422
    return _page(asked, form)


def _page(asked: ExtensionRequest, form: GrantForm, decline: DeclineForm | None = None) -> str:
    decides = asked.state is RequestState.OPEN and holds(current_user, Permission.DECIDE_EXTENSIONS)
    own = scope.own_agency()
    return render_template(
        "deadlines/extension_request.html",
        asked=asked,
        whom=f"{asked.item.key} {asked.item.name}" if asked.item else "Seluruh kewajiban pada triwulan ini",
        asker=asked.asked_by.name if asked.asked_by else "",
        granted_until=register.granted_until(asked.id),
        zone=asked.agency.timezone,
        form=form,
        decline=decline or DeclineForm(formdata=None),
        decides=decides,
        may_withdraw=asked.state is RequestState.OPEN and own is not None and own.id == asked.agency_id,
        seen=_reach(asked, form) if decides and form.until.data and not form.until.errors else None,
    )


def _reach(asked: ExtensionRequest, form: GrantForm) -> Reach:
    now = clock.now()
    cover = Cover(form.until_at, now, asked.reason, agency_id=asked.agency_id, item_id=asked.item_id)
    return reach(period=asked.period, cover=cover, now=now)


@blueprint.post("/permintaan/<int:extension_request_id>/tarik")
@needs(Permission.ASK_EXTENSIONS)
def withdraw_request(extension_request_id: int):
    asked = scope.request_of(extension_request_id, Permission.ASK_EXTENSIONS)
    operations.withdraw_request(request=asked, person=current_user)
    flash("Permintaan ditarik.")
    return redirect(url_for(".deadlines"))


@blueprint.post("/permintaan/<int:extension_request_id>/kabulkan")
@needs(Permission.DECIDE_EXTENSIONS)
def grant_request(extension_request_id: int):
    asked = scope.request_of(extension_request_id, Permission.DECIDE_EXTENSIONS)
    form = GrantForm().of(asked.period)
    if not form.validate():
        return _page(asked, form), 422
    found = _reach(asked, form)
    if not found.obligations and asked.state is RequestState.OPEN:
        raise Refused(
            "Tidak ada batas waktu yang berubah sampai hari itu, jadi keputusan tidak disimpan.",
            "Pilih hari yang lebih lambat, atau jawab permintaan itu tanpa mengabulkannya.",
        )
    operations.grant_request(
        request=asked,
        until=form.until_at,
        answer=form.note.data or "",
        person=current_user,
        reached=found.agency_ids,
    )
    flash(
        f"Permintaan {asked.agency.name} dikabulkan sampai {text.day(form.until.data)}. Instansi diberi tahu. "
        f"{scope.IN_REPORTS}"
    )
    return redirect(url_for(".deadlines"))


@blueprint.post("/permintaan/<int:extension_request_id>/tolak")
@needs(Permission.DECIDE_EXTENSIONS)
def decline_request(extension_request_id: int):
    asked = scope.request_of(extension_request_id, Permission.DECIDE_EXTENSIONS)
    decline = DeclineForm()
    if not decline.validate():
        form = GrantForm(formdata=None).of(asked.period)
        form.until.data = text.last_day(asked.until)
        return _page(asked, form, decline), 422
    operations.decline_request(request=asked, answer=decline.answer.data, person=current_user)
    flash(f"Jawaban untuk {asked.agency.name} disimpan dan dikirim.")
    return redirect(url_for(".deadlines"))
