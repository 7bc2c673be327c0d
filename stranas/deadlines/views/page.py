"""Batas waktu: the instants of every period, requests, and everything that gave more time."""

from flask import render_template, request
from flask_login import current_user

from stranas.accounts.policy import holds
from stranas.catalogue.rules import programme_rules
from stranas.deadlines.queries import notes, register
from stranas.deadlines.views import blueprint, scope
from stranas.reporting.queries.periods import current_period
from stranas.system import clock
from stranas.system.access import Permission, needs


@blueprint.get("")
@needs(Permission.SEE_DEADLINES)
def deadlines():
    now, agency, seen = clock.now(), scope.own_agency(), scope.seen()
    periods = register.period_instants(now=now, agency=agency)
    current = current_period(now)
    return render_template(
        "deadlines/deadlines.html",
        now=now,
        zone=scope.zone(),
        agency=agency,
        periods=periods,
        coming=register.coming(periods, now=now),
        current=current,
        assumptions=programme_rules(current.programme.settings).assumptions if current else (),
        notes=notes.notes_for(agency, now=now) if agency else [],
        waiting=register.open_requests(seen, number=_number("menunggu")),
        closed=register.closed_requests(seen, number=_number("selesai")),
        lines=register.later_lines(seen, number=_number("daftar")),
        asks=agency is not None and holds(current_user, Permission.ASK_EXTENSIONS),
    )


def _number(of: str) -> int:
    """Which page of a list is asked for."""
    return request.args.get(of, 1, type=int)


@blueprint.get("/jam")
@needs(Permission.SEE_HOME)
def server_clock():
    """The domain's instant: countdowns of open pages ask for it after a sleep of the machine, and now and then."""
    return {"now": clock.now().isoformat()}
