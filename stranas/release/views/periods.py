"""Penetapan hasil: where each period stands, what is not settled, and the release itself."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.release import operations
from stranas.release.forms import CancelForm, ExtendForm, ReleaseForm
from stranas.release.operations.held import release_of
from stranas.release.queries.clarifications import open_of
from stranas.release.queries.minutes import Standing, standings
from stranas.release.queries.periods import PeriodStage, period_stages, undecided_of
from stranas.release.rules import Stage
from stranas.release.views import blueprint, scope
from stranas.system import clock, text
from stranas.system.access import Permission, needs, received_at

# Berita acara shown at once: there are 595 agencies, and the page goes over slow lines.
SHOWN = 100


@blueprint.get("/penetapan")
@needs(Permission.RELEASE_RESULTS)
def periods():
    return render_template("release/periods.html", stages=period_stages(now=clock.now()))


@blueprint.get("/penetapan/<period_key>")
@needs(Permission.RELEASE_RESULTS)
def period(period_key: str):
    return _period_page(scope.stage_of(period_key))


def _period_page(stage: PeriodStage, *, extend: ExtendForm | None = None, cancel: CancelForm | None = None) -> str:
    now, search = clock.now(), request.args.get("cari", "").strip()[:100]
    return render_template(
        "release/period.html",
        stage=stage,
        undecided=undecided_of(stage.id, now=now),
        asked=open_of(stage.id),
        minutes=sought(standings(stage.id, now=now), search) if stage.is_closed else [],
        shown=SHOWN,
        search=search,
        extend=extend or ExtendForm(formdata=None),
        cancel=cancel or CancelForm(formdata=None),
        now=now,
    )


def sought(found: list[Standing], search: str) -> list[Standing]:
    """Those whose agency's name holds the words; those that still lack a signature first."""
    named = [one for one in found if search.casefold() in one.agency.casefold()]
    return sorted(named, key=lambda one: bool(one.agency_stance and one.verifier_stance))


@blueprint.get("/penetapan/<period_key>/tetapkan")
@needs(Permission.RELEASE_RESULTS)
def confirm_release(period_key: str):
    return _release_page(scope.stage_of(period_key), ReleaseForm(formdata=None))


@blueprint.post("/penetapan/<period_key>/tetapkan")
@needs(Permission.RELEASE_RESULTS)
def set_release(period_key: str):
    release = release_of(scope.period_of(period_key).id)
    stage, now = scope.stage_of(period_key), clock.now()
    form = ReleaseForm()
    form.now = now
    if stage.stage is Stage.READY and not stage.is_set:
        form.unfinished = stage.unfinished(release_at=form.instant or now)
        if not form.validate():
            return _release_page(stage, form), 422
    operations.set_release(
        release=release,
        at=form.instant,
        decree=form.decree.data or "",
        note=form.note.data or "",
        reason=form.reason.data or "",
        unfinished=form.unfinished,
        person=current_user,
        received_at=received_at(),
    )
    flash(
        f"Penetapan hasil {stage.key} dijadwalkan {text.instant(form.instant)}."
        if form.instant
        else f"Hasil {stage.key} sudah ditetapkan untuk semua instansi."
    )
    return redirect(url_for(".period", period_key=period_key))


def _release_page(stage: PeriodStage, form: ReleaseForm) -> str:
    now = clock.now()
    left = stage.unfinished(release_at=form.instant or now) if stage.is_closed else None
    return render_template("release/confirm_release.html", stage=stage, form=form, left=left, now=now)


@blueprint.post("/penetapan/<period_key>/batalkan")
@needs(Permission.RELEASE_RESULTS)
def cancel_release(period_key: str):
    form = CancelForm()
    if not form.validate():
        return _period_page(scope.stage_of(period_key), cancel=form), 422
    release = release_of(scope.period_of(period_key).id)
    operations.cancel_release(release=release, reason=form.reason.data, received_at=received_at())
    flash("Jadwal penetapan dibatalkan. Belum ada hasil yang diumumkan.")
    return redirect(url_for(".period", period_key=period_key))


@blueprint.post("/penetapan/<period_key>/perpanjang-klarifikasi")
@needs(Permission.RELEASE_RESULTS)
def extend_clarification(period_key: str):
    stage, form = scope.stage_of(period_key), ExtendForm()
    form.ends_at = stage.clarification_ends_at
    if not form.validate():
        return _period_page(stage, extend=form), 422
    release = release_of(stage.id)
    operations.extend_clarification(
        release=release, until=form.until_at, reason=form.reason.data, received_at=received_at()
    )
    flash(f"Masa klarifikasi {stage.key} diperpanjang. Semua instansi diberi tahu lewat surel.")
    return redirect(url_for(".period", period_key=period_key))
