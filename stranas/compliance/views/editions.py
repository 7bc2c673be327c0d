"""Edisi resmi: the frozen reports of released periods, and a new edition where figures changed."""

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from stranas.accounts.policy import holds
from stranas.catalogue.models import Period
from stranas.compliance import operations
from stranas.compliance.forms import EditionForm
from stranas.compliance.queries import latest_cutoff
from stranas.compliance.queries.editions import PeriodEditions, changes_since, released_editions
from stranas.compliance.views import blueprint
from stranas.system import audit
from stranas.system.access import Permission, needs
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.storage import MissingObject, storage

SHOWN = 100  # differences at once: one outage may change thousands


@blueprint.get("/kepatuhan/edisi")
@needs(Permission.SEE_NATIONAL)
def editions():
    return render_template("compliance/editions.html", periods=released_editions())


@blueprint.get("/kepatuhan/edisi/<period_key>")
@needs(Permission.SEE_NATIONAL)
def period_editions(period_key: str):
    """The editions of a period; the secretariat also learns what changed since the newest."""
    return _page(_period(period_key), EditionForm(formdata=None))


def _page(period: PeriodEditions, form: EditionForm) -> str:
    may_make = holds(current_user, Permission.RELEASE_RESULTS) and not period.is_making
    cutoff = form.cutoff_at or latest_cutoff()
    form.cutoff.data = cutoff.isoformat()
    return render_template(
        "compliance/period_editions.html",
        period=period,
        changes=changes_since(period, cutoff=cutoff) if may_make else (),
        cutoff=cutoff,
        form=form,
        shown=None if request.args.get("semua") else SHOWN,
    )


@blueprint.post("/kepatuhan/edisi/<period_key>")
@needs(Permission.RELEASE_RESULTS)
def ask_edition(period_key: str):
    """Counts the country in a read of its own, before the write begins."""
    form = EditionForm()
    is_valid = form.validate()
    with read_only():
        period = _period(period_key)
        if not is_valid:
            return _page(period, form), 422
        changes = changes_since(period, cutoff=form.cutoff_at)
    with unit_of_work():
        edition = operations.ask_edition(
            period=db.session.get_one(Period, period.id),
            cutoff=form.cutoff_at,
            reason=form.reason.data,
            changes=changes,
            person=current_user,
        )
        number = edition.number
    flash(f"Edisi {number} sedang dibuat. Edisi sebelumnya tetap tersimpan.")
    return redirect(url_for(".period_editions", period_key=period_key), 303)


@blueprint.get("/kepatuhan/edisi/<period_key>/<int:edition>/<any(json, xlsx, pdf):word>")
@needs(Permission.SEE_NATIONAL)
def edition_file(period_key: str, edition: int, word: str):
    """A frozen file, byte by byte as it was frozen."""
    with read_only():
        files = [f for one in _period(period_key).editions if one.number == edition for f in one.files]
    found = next((one for one in files if one.format == word), None) or abort(404)
    try:
        stream = storage().open(found.storage_key)
    except MissingObject:
        abort(404)
    with unit_of_work():
        audit.record("take_edition", found.name, sha256=found.sha256, bytes=found.size)
    answer = send_file(stream, mimetype=found.media_type, as_attachment=True, download_name=found.name)
    answer.content_length = found.size
    return answer


def _period(period_key: str) -> PeriodEditions:
    return next(iter(released_editions(period_key)), None) or abort(404)
