"""Tanya jawab: questions and answers about an obligation, between the agency and its verifier."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.agencies.models import Agency
from stranas.reporting.models import Obligation
from stranas.reporting.queries import work
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db
from stranas.verification import operations
from stranas.verification.forms import read_question
from stranas.verification.queries import thread as queries
from stranas.verification.rules import Side
from stranas.verification.views import blueprint, scope


@blueprint.get("/tanya-jawab")
@needs(Permission.SEE_REPORTS)
def threads():
    rows = queries.threads(scope=scope.judged_in_sight())
    return render_template("verification/threads.html", rows=rows)


@blueprint.get("/tanya-jawab/<int:obligation_id>")
@needs(Permission.SEE_REPORTS)
def thread(obligation_id: int):
    """The thread alone: what the agency drafts stays its own."""
    obligation = _readable(obligation_id)
    return render_template(
        "verification/thread.html",
        obligation=obligation,
        thread=queries.thread_of(obligation_id),
        side=side_of(obligation),
    )


@blueprint.post("/tanya-jawab/<int:obligation_id>")
@needs(Permission.SEE_REPORTS)
def write_message(obligation_id: int):
    obligation = _readable(obligation_id)
    side = side_of(obligation) or abort(403)
    operations.write_message(
        obligation=obligation,
        side=side,
        author=current_user,
        words=read_question(request.form),
        received_at=received_at(),
    )
    flash("Tulisan Anda disimpan. Pihak lain diberi tahu lewat surel.")
    return redirect(url_for(".thread", obligation_id=obligation_id))


@blueprint.post("/tanya-jawab/<int:obligation_id>/selesai")
@needs(Permission.VERIFY)
def settle_thread(obligation_id: int):
    obligation = work.obligation_in_scope(obligation_id, scope.mine()) or abort(404)
    operations.settle_thread(obligation=obligation, verifier=current_user, received_at=received_at())
    flash("Tanya jawab ditandai selesai.")
    return redirect(url_for(".thread", obligation_id=obligation_id))


def _readable(obligation_id: int) -> Obligation:
    return work.obligation_in_scope(obligation_id, scope.judged_in_sight()) or abort(404)


def side_of(obligation: Obligation) -> Side | None:
    """For whom the signed-in person writes here; None for those who only read."""
    writes = visible_agencies(current_user, Permission.WRITE_REPORTS)
    if db.session.scalar(db.select(Agency.id).where(Agency.id == obligation.agency_id, writes)):
        return Side.AGENCY
    is_mine = db.session.scalar(db.select(Obligation.id).where(Obligation.id == obligation.id, scope.mine()))
    return Side.VERIFIER if is_mine else None
