"""What one person chose about his reminders: how often, a pause, and his calendar."""

from datetime import date

from flask import current_app, flash, redirect, render_template, url_for
from flask_login import current_user

import stranas.reminders.handing_over  # noqa: F401 (tells the accounts what a role leaves)
from stranas.reminders import choosing
from stranas.reminders.forms import EACH, WEEKLY, DigestForm, PauseForm
from stranas.reminders.queries import calendar, choices
from stranas.reminders.standing_in import LONGEST_PAUSE
from stranas.reminders.views import blueprint
from stranas.system import clock, text
from stranas.system.access import Permission, needs


@blueprint.get("/pengingat-saya")
@needs(Permission.SEE_OWN_ACCOUNT)
def own_reminders():
    return _page()


@blueprint.post("/pengingat-saya/ringkasan")
@needs(Permission.SEE_OWN_ACCOUNT)
def choose_own_digest():
    form = DigestForm()
    if not form.validate():
        return _page(digest=form), 422
    choosing.choose_digest(person=current_user, weekly=form.weekly)
    flash("Pilihan sudah disimpan.")
    return redirect(url_for(".own_reminders"))


@blueprint.post("/pengingat-saya/jeda")
@needs(Permission.SEE_OWN_ACCOUNT)
def pause_own_reminders():
    form = PauseForm().offer(choices.possible_substitutes(current_user), _today())
    if form.validate():
        try:
            choosing.pause(
                person=current_user,
                first=form.paused_from.data,
                last=form.paused_until.data,
                substitute_id=form.substitute.data,
                today=_today(),
            )
        except choosing.CannotPause as problem:
            form[problem.field].errors = [problem.sentence]
        else:
            flash("Jeda sudah disimpan. Pengganti Anda diberi tahu melalui surel.")
            return redirect(url_for(".own_reminders"))
    return _page(pause=form), 422


@blueprint.post("/pengingat-saya/jeda/akhiri")
@needs(Permission.SEE_OWN_ACCOUNT)
def end_own_pause():
    ended = choosing.end_pause(person=current_user)
    flash("Jeda sudah diakhiri. Pengingat dikirim kepada Anda kembali." if ended else "Tidak ada jeda yang berjalan.")
    return redirect(url_for(".own_reminders"))


def _page(*, digest: DigestForm | None = None, pause: PauseForm | None = None) -> str:
    today, stored = _today(), choices.own_choice(current_user.id)
    people = choices.possible_substitutes(current_user)
    standing = choosing.choices_of([current_user.id]).get(current_user.id, stored)
    ahead = stored.paused_until is not None and stored.paused_until >= today
    token = calendar.token_of(current_user.id)
    path = url_for(".feed", token=token) if token else ""
    return render_template(
        "reminders/choices.html",
        is_reminded=bool(choices.places_of(current_user)),
        digest=digest or DigestForm(formdata=None, often=WEEKLY if stored.weekly else EACH),
        pause=pause or PauseForm(formdata=None).offer(people, today),
        has_substitutes=bool(people),
        stored=stored if ahead else None,
        is_void=ahead and standing.paused_from is None,
        substitute=choices.name_of(stored.substitute_id) if ahead else "",
        today=today,
        stands_in=[one for one in choices.substituted_by(current_user) if one.choice.paused_until >= today],
        last_steps=choices.last_steps(current_user),
        longest=LONGEST_PAUSE,
        address=f"{current_app.config['SETTINGS'].base_url}{path}" if token else "",
    )


def _today() -> date:
    """The day where the person works."""
    zone = next((m.agency.timezone for m in current_user.memberships if m.agency), "Asia/Jakarta")
    return text.local_day(clock.now(), zone)
