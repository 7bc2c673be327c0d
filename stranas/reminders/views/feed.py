"""Calendar addresses: the deadlines of one person for his own calendar program, which keeps no cookies."""

from flask import Response, current_app, flash, redirect, request, url_for
from flask_login import current_user

from stranas.agencies.holidays import indonesian_holidays
from stranas.reminders import addresses, agenda, calendars
from stranas.reminders.queries import calendar as queries
from stranas.reminders.views import blueprint
from stranas.system import clock
from stranas.system.access import Permission, needs, open_to_all


@blueprint.get("/kalender/<token>.ics")
@open_to_all
def feed(token: str):
    """The calendar of whoever made the address, by the rights that he has now. Any other address is answered alike."""
    owner = queries.owner_of(token)
    if owner is None:
        return Response("Kalender tidak ditemukan.\n", 404, mimetype="text/plain")
    now = clock.now()
    words = agenda.Words(current_app.config["SETTINGS"].base_url, indonesian_holidays(), now)
    entries = agenda.entries_of(queries.agenda(owner, now=now), words)
    answer = Response(
        calendars.feed(entries, practice=clock.is_practice()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["Content-Disposition"] = 'inline; filename="aksi-pk.ics"'
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.post("/pengingat-saya/kalender")
@needs(Permission.SEE_OWN_ACCOUNT)
def make_own_calendar():
    """A new address; one that was there before stops at once."""
    replaced = addresses.make_address(person=current_user)
    flash(
        "Alamat kalender sudah diganti. Alamat lama tidak berlaku lagi."
        if replaced
        else "Alamat kalender sudah dibuat."
    )
    return redirect(url_for(".own_reminders", _anchor="kalender"))


@blueprint.post("/pengingat-saya/kalender/hapus")
@needs(Permission.SEE_OWN_ACCOUNT)
def delete_own_calendar():
    addresses.delete_address(person=current_user)
    flash("Alamat kalender sudah dihapus dan tidak berlaku lagi.")
    return redirect(url_for(".own_reminders", _anchor="kalender"))
