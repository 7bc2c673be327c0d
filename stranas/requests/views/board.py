"""Who holds the ball, and the one page for the head of the secretariat."""

from flask import Response, abort, render_template, request
from flask_login import current_user

from reports import paper
from stranas.accounts.policy import holds
from stranas.agencies.models import Agency
from stranas.agencies.queries import units_of, units_within
from stranas.agencies.rules import unit_word
from stranas.catalogue.models import Period
from stranas.reporting.queries import periods
from stranas.requests.queries import board as queries
from stranas.requests.views import blueprint, scope
from stranas.system import clock, text
from stranas.system.access import Permission, needs

MOST_LINES = 18  # so many units fit on one sheet; further ones are counted


@blueprint.get("/permintaan")
@needs(Permission.SEE_BOARD)
def board():
    agency, period = _chosen()
    units = units_of(agency.id)
    unit_id = request.args.get("unit", type=int)
    unit = next((unit for unit in units if unit.id == unit_id), None)
    found = queries.board(
        agency_id=agency.id,
        period=period,
        now=clock.now(),
        unit_ids=units_within([unit.id]) if unit else None,
    )
    return render_template(
        "requests/board.html",
        agency=agency,
        period=period,
        periods=periods.periods(),
        units=units,
        unit=unit,
        found=found,
        word=unit_word(is_local=agency.level.is_local),
        manages=holds(current_user, Permission.MANAGE_REQUESTS),
        now=clock.now(),
    )


@blueprint.get("/permintaan/ringkasan")
@needs(Permission.SEE_BOARD)
def summary():
    """Which unit holds which target, on one page."""
    agency, period = _chosen()
    return render_template("requests/summary.html", s=_summary(agency, period), period=period)


@blueprint.get("/permintaan/ringkasan.pdf")
@needs(Permission.SEE_BOARD)
def summary_pdf():
    agency, period = _chosen()
    pdf = paper.render("unit_summary.html", s=_summary(agency, period), practice=clock.is_practice())
    name = f"ringkasan-unit-{period.key}-{agency.code}.pdf"
    return Response(pdf, mimetype="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def _chosen() -> tuple[Agency, Period]:
    key = request.args.get("triwulan")
    period = periods.period_by_key(key) if key else periods.current_period(clock.now())
    return scope.own_agency(Permission.SEE_BOARD), period or abort(404)


def _summary(agency: Agency, period: Period) -> dict:
    """Finished words for page and paper alike."""
    now, zone = clock.now(), agency.timezone
    found = queries.summary(agency_id=agency.id, period=period, now=now)
    return {
        "agency": agency.name,
        "reader": "Sekretaris Daerah" if agency.level.is_local else "Sekretaris Jenderal",
        "word": unit_word(is_local=agency.level.is_local),
        "period": f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}",
        "due": text.deadline(period.due_at, zone),
        "printed": text.instant_both(now, zone),
        "total": found.total,
        "done": found.done,
        "waiting": found.waiting,
        "unheld": found.unheld,
        "lines": [_line(line) for line in found.lines[:MOST_LINES]],
        "more": len(found.lines) - MOST_LINES,
    }


def _line(line: queries.UnitLine) -> dict:
    first = min(line.awaited, key=lambda one: one[1], default=None)
    awaited = f"{first[0]} Sejak {text.day(first[1])}." if first else ""
    if len(line.awaited) > 1:
        awaited += f" Dan {len(line.awaited) - 1} hal lain."
    return {
        "unit": line.unit,
        "head": line.head,
        "items": line.items,
        "targets": line.targets,
        "done": line.done,
        "awaited": awaited or ("Laporan belum dikirim." if line.done < line.targets else ""),
        "nearest": text.day(text.last_day(line.nearest)) if line.nearest else "",
        "danger": line.danger,
    }
