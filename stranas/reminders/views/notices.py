"""The notice centre: what one person was told."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.reminders.queries.notices import notice_page, notice_view
from stranas.reminders.views import blueprint
from stranas.system import outbox
from stranas.system.access import Permission, needs
from stranas.system.db import unit_of_work


@blueprint.get("/pemberitahuan")
@needs(Permission.SEE_OWN_ACCOUNT)
def notices():
    """All that was told to the reader, newest first."""
    found = notice_page(person_id=current_user.id, page=request.args.get("halaman", 1, type=int))
    return render_template("reminders/notices.html", found=found)


@blueprint.get("/pemberitahuan/<int:message_id>")
@needs(Permission.SEE_OWN_ACCOUNT)
def notice(message_id: int):
    """One of them in full; to open it is to read it."""
    reader_id = current_user.id
    with unit_of_work():
        outbox.mark_read(person_id=reader_id, message_id=message_id)
    shown = notice_view(message_id, person_id=reader_id)
    if shown is None:
        abort(404)
    return render_template("reminders/notice.html", notice=shown)


@blueprint.post("/pemberitahuan/dibaca")
@needs(Permission.SEE_OWN_ACCOUNT)
def read_all():
    """All up to the newest that the reader saw: what came since is still new to him."""
    count = outbox.mark_all_read(person_id=current_user.id, up_to=request.form.get("sampai", 0, type=int))
    flash(f"{count} pemberitahuan ditandai sudah dibaca." if count else "Semua pemberitahuan sudah dibaca.")
    return redirect(url_for("reminders.notices"))
