"""The mailbox, where every message of the outbox can be seen."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.reminders import queries
from stranas.reminders.views import blueprint
from stranas.system import audit, mail, outbox
from stranas.system.access import Permission, needs
from stranas.system.errors import Refused
from stranas.system.models import MessageState

# What the filter says in the address, and which state it means.
STATES = {
    "direncanakan": MessageState.PLANNED,
    "terkirim": MessageState.SENT,
    "gagal": MessageState.FAILED,
    "dibatalkan": MessageState.CANCELLED,
}


@blueprint.get("/kotak-surat")
@needs(Permission.SEE_MAILBOX)
def mailbox():
    """All messages, filtered by state and searched by address and subject."""
    state, search = request.args.get("keadaan", ""), request.args.get("cari", "").strip()[:200]
    found = queries.mail_page(
        reader_id=current_user.id,
        state=STATES.get(state),
        search=search,
        page=request.args.get("halaman", 1, type=int),
    )
    chosen = {"keadaan": state if state in STATES else "", "cari": search}
    return render_template(
        "reminders/mailbox.html",
        found=found,
        states={name: queries.word_of(value).words for name, value in STATES.items()},
        chosen=chosen,
        args={name: value for name, value in chosen.items() if value},
        keeps=mail.keeps_mail(),
    )


@blueprint.get("/kotak-surat/<int:message_id>")
@needs(Permission.SEE_MAILBOX)
def message(message_id: int):
    """One message in full; a private one without its words."""
    shown = queries.mail_view(message_id, reader_id=current_user.id)
    if shown is None:
        abort(404)
    return render_template("reminders/message.html", message=shown)


@blueprint.post("/kotak-surat/<int:message_id>/kirim-ulang")
@needs(Permission.RESEND_MAIL)
def send_again(message_id: int):
    """Plan a failed message once more."""
    if queries.mail_view(message_id, reader_id=current_user.id) is None:
        abort(404)
    if not outbox.send_again(message_id=message_id):
        raise Refused("Surel ini tidak berstatus gagal, jadi tidak dikirim ulang.", "Muat ulang kotak surat.")
    audit.record("send_again", f"message:{message_id}")
    flash("Surel direncanakan untuk dikirim ulang.")
    return redirect(url_for("reminders.message", message_id=message_id))
