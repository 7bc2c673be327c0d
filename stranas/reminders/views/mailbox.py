"""The mailbox, where every message of the outbox can be seen, and where people decide what nobody else can."""

from datetime import date

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from stranas.accounts.policy import visible_agencies
from stranas.agencies.queries import agency_by_code
from stranas.reminders.queries import mailbox as queries
from stranas.reminders.queries.kinds import BY_KEY
from stranas.reminders.queries.mailbox import MailView, Sought, Stand
from stranas.reminders.views import blueprint
from stranas.system import audit, channels, clock, mail, outbox, text
from stranas.system.access import Permission, needs
from stranas.system.errors import Refused

FILTERS = ("cari", "keadaan", "jenis", "saluran", "hari", "instansi")
STANDS = {stand.key: stand for stand in Stand if stand is not Stand.KEPT}
MOVED_ON = "Keadaan pesan ini sudah berubah, jadi tidak ada yang dilakukan."
RELOAD = "Muat ulang halaman pesan untuk melihat keadaannya sekarang."


class CancelForm(FlaskForm):
    """Why a message is not sent; it stands on its page."""

    why = StringField(
        "Alasan pembatalan",
        [DataRequired("Tulis alasannya."), Length(max=300, message="Paling panjang 300 huruf.")],
    )


@blueprint.get("/kotak-surat")
@needs(Permission.SEE_MAILBOX)
def mailbox():
    """All messages, filtered and searched; with `instansi` the history of one agency."""
    asked = {name: request.args.get(name, "").strip()[:200] for name in FILTERS}
    args = {name: value for name, value in asked.items() if value}
    sought = Sought(
        stand=STANDS.get(asked["keadaan"]),
        channel=asked["saluran"],
        kind=BY_KEY.get(asked["jenis"]),
        agency=asked["instansi"],
        day=_day(asked["hari"]),
        search=asked["cari"],
    )
    return render_template(
        "reminders/mailbox.html",
        found=queries.mail_page(sought, page=request.args.get("halaman", 1, type=int)),
        sought=sought,
        agency=agency_by_code(sought.agency, visible_agencies(current_user, Permission.SEE_MAILBOX)),
        args=args,
        stands=STANDS,
        kinds=BY_KEY,
        channels=channels.channels(),
        keeps=mail.keeps_mail(),
    )


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@blueprint.get("/kotak-surat/<int:message_id>")
@needs(Permission.SEE_MAILBOX)
def message(message_id: int):
    """One message in full; a private one without its words."""
    return _page(_found(message_id), CancelForm())


def _page(shown: MailView, form: CancelForm):
    return render_template("reminders/message.html", message=shown, row=shown.row, form=form, Stand=Stand)


def _found(message_id: int) -> MailView:
    return queries.mail_view(message_id, reader_id=current_user.id) or abort(404)


@blueprint.post("/kotak-surat/<int:message_id>/kirim-ulang")
@needs(Permission.RESEND_MAIL)
def send_again(message_id: int):
    """Plan a failed message once more, or one of which nobody knew whether it left."""
    was = _found(message_id).row.stand
    if not outbox.send_again(message_id=message_id):
        raise Refused(MOVED_ON, RELOAD)
    audit.record("message.sent_again", f"message:{message_id}", was=was.key)
    flash("Pesan direncanakan untuk dikirim ulang.")
    return redirect(url_for(".message", message_id=message_id))


@blueprint.post("/kotak-surat/<int:message_id>/sudah-sampai")
@needs(Permission.RESEND_MAIL)
def has_arrived(message_id: int):
    """A person found out that a message arrived of which nobody knew whether it left."""
    _found(message_id)
    who = f"Dinyatakan sudah sampai oleh {current_user.name}, {text.instant(clock.now())}."
    if not outbox.has_arrived(message_id=message_id, outcome=who):
        raise Refused(MOVED_ON, RELOAD)
    audit.record("message.has_arrived", f"message:{message_id}")
    flash("Pesan dicatat sudah sampai.")
    return redirect(url_for(".message", message_id=message_id))


@blueprint.post("/kotak-surat/<int:message_id>/batalkan")
@needs(Permission.RESEND_MAIL)
def cancel_message(message_id: int):
    """A message that has not left is not sent any more."""
    shown, form = _found(message_id), CancelForm()
    if not form.validate_on_submit():
        return _page(shown, form), 422
    why = f"Dibatalkan oleh {current_user.name}: {form.why.data.strip()}"
    if not outbox.cancel(message_id=message_id, why=why):
        raise Refused(MOVED_ON, RELOAD)
    audit.record("message.cancelled", f"message:{message_id}", why=form.why.data.strip())
    flash("Pesan dibatalkan dan tidak akan dikirim.")
    return redirect(url_for(".message", message_id=message_id))
