"""What the checks look for and what each finding weighs: everybody may read it, the secretariat sets it."""

from itertools import groupby

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import holds
from stranas.catalogue.models import Period, Programme
from stranas.catalogue.operations import set_checks
from stranas.catalogue.rules import programme_rules
from stranas.evidence.checks import WORDS
from stranas.evidence.checks.codes import CODES, Code
from stranas.evidence.rules import Severity
from stranas.evidence.views import blueprint
from stranas.evidence.weighing import CHOICES, Weight, weights
from stranas.system.access import Permission, needs
from stranas.system.db import db

LONGEST_REASON = 1000


@blueprint.get("/pengecekan-berkas")
@needs(Permission.SEE_CATALOGUE)
def check_weights():
    return _page(weights(programme_rules(_programme().settings).checks))


@blueprint.post("/pengecekan-berkas")
@needs(Permission.EDIT_CHECKS)
def set_check_weights():
    """A field per code and setting: `bobot-CODE`, `sejak-CODE`; left as usual it is not kept."""
    programme, reason = _programme(), request.form.get("alasan", "").strip()
    typed = {key: _typed(code) for key, code in CODES.items() if not code.is_fixed}
    chosen = {key: one for key, one in typed.items() if one}
    if not reason or len(reason) > LONGEST_REASON:
        return _page(weights(chosen), problem="Tulis alasan perubahan, paling panjang 1.000 huruf.", reason=reason), 422
    set_checks(programme=programme, checks=chosen, reason=reason)
    flash("Bobot catatan disimpan. Berlaku bagi pengecekan sesudah ini; catatan yang sudah ada tidak berubah.")
    return redirect(url_for(".check_weights"))


def _typed(code: Code) -> dict[str, str]:
    """What differs from the register; an unknown word counts as left alone."""
    severity, since = request.form.get(f"bobot-{code.key}", ""), request.form.get(f"sejak-{code.key}", code.since)
    found: dict[str, str] = {}
    if severity in {choice.value for choice in CHOICES} and severity != code.severity.value:
        found["severity"] = severity
    if since != code.since and since in {"", *(period.key for period in _periods())}:
        found["since"] = since
    return found


def _programme() -> Programme:
    return db.session.scalars(db.select(Programme).order_by(Programme.id)).first() or abort(404)


def _periods() -> list[Period]:
    return list(db.session.scalars(db.select(Period).where(Period.programme_id == _programme().id)))


def _page(own: dict[str, Weight], *, problem: str = "", reason: str = "") -> str:
    groups = [(WORDS[check], list(codes)) for check, codes in groupby(CODES.values(), key=lambda code: code.check)]
    return render_template(
        "evidence/weights.html",
        groups=groups,
        own=own,
        usual=Weight(),
        choices=CHOICES,
        periods=sorted(_periods(), key=lambda period: period.position),
        must_fix=Severity.MUST_FIX,
        problem=problem,
        reason=reason,
        editable=holds(current_user, Permission.EDIT_CHECKS),
    )
