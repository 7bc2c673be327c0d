"""The verifier's queue."""

from flask import render_template, request

from stranas.agencies.models import AgencyLevel
from stranas.system import clock
from stranas.system.access import Permission, needs
from stranas.verification.forms import read_filter
from stranas.verification.queries import queue as queues
from stranas.verification.views import blueprint, scope

PAGE = 50


@blueprint.get("/antrean")
@needs(Permission.VERIFY)
def queue():
    ids = scope.ids()
    pages = max(-(-len(ids) // PAGE), 1)
    page = min(max(request.args.get("halaman", 1, type=int), 1), pages)
    return render_template(
        "verification/queue.html",
        rows=queues.queue_rows(ids[(page - 1) * PAGE : page * PAGE], now=clock.now()),
        total=len(ids),
        first_id=ids[0] if ids else None,
        page=page,
        pages=pages,
        first=(page - 1) * PAGE + 1,
        chosen=read_filter(request.args),
        args=scope.args(),
        choices=queues.choices(scope=scope.mine(), now=clock.now()),
        levels=list(AgencyLevel),
    )
