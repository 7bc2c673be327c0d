"""The country, a period, a province, an agency, an action, and the lists that lead to them."""

from flask import abort

from reports.charts import CREDIT, small_maps
from stranas.publication.leagues import Row, league, standings
from stranas.publication.queries.figures import PublicFigures, PublicPeriod, public_figures, public_periods
from stranas.publication.queries.public_names import agency_marks, public_actions, public_agencies
from stranas.publication.queries.public_stories import newest
from stranas.publication.rules import Scope
from stranas.publication.views import public_blueprint
from stranas.publication.views.portal.seen import (
    GOVERNMENT_WORDS,
    STORIES,
    chosen_period,
    drawing,
    nothing_yet,
    of_period,
    some_periods,
    trend_of,
)
from stranas.publication.views.portal.shell import page, public

FEW = 5
MOST_ROWS = 10


@public_blueprint.get("/capaian")
@public
def country():
    periods = public_periods()
    if not periods:
        return nothing_yet()
    values = _country(periods, periods[0])
    return page("country.html", **values, few=values["provinces"][:FEW], stories=newest(limit=STORIES))


@public_blueprint.get("/capaian/triwulan/<period_key>")
@public
def period(period_key: str):
    periods = public_periods()
    seen = chosen_period(periods, period_key)
    actions = public_figures(scopes=[Scope.NATIONAL], period_keys=[seen.key], action_keys=None)
    marks = {action.key: action.mark for action in public_actions()}
    shown = [row for row in actions if row.action_key]
    return page("period.html", **_country(periods, seen), actions=_in_order(shown, list(marks)), marks=marks)


def _country(periods: list[PublicPeriod], seen: PublicPeriod) -> dict:
    """Figures, maps and provinces of one period; the trend of all."""
    national = public_figures(scopes=[Scope.NATIONAL])
    groups = public_figures(scopes=[Scope.LEVEL, Scope.PROVINCE], period_keys=[seen.key])
    provinces = [row for row in groups if row.scope is Scope.PROVINCE]
    ranked = league(provinces)
    records = [
        {"code": r.key, "province": r.name, "compliance": r.compliance, "first_pass": r.first_pass, "rank": r.rank}
        for r in provinces
    ]
    return {
        "periods": periods,
        "period": seen,
        "figures": of_period(national, seen) or abort(404),
        "levels": [row for level in GOVERNMENT_WORDS for row in groups if row.key == level],
        "level_words": GOVERNMENT_WORDS,
        "provinces": ranked,
        "maps": [(chart, drawing(chart)) for chart in small_maps(records, address="/capaian/provinsi/")],
        "credit": CREDIT,
        "trend": trend_of(periods, national),
    }


@public_blueprint.get("/capaian/provinsi/<code>")
@public
def province(code: str):
    periods = some_periods()
    seen = chosen_period(periods)
    rows = public_figures(scopes=[Scope.PROVINCE], keys=[code]) or abort(404)
    agencies = public_figures(scopes=[Scope.AGENCY], period_keys=[seen.key], province_code=code)
    return page(
        "province.html",
        name=rows[-1].name,
        code=code,
        periods=periods,
        period=seen,
        figures=of_period(rows, seen),
        trend=trend_of(periods, rows),
        agencies=league(agencies),
    )


@public_blueprint.get("/capaian/instansi/<code>")
@public
def agency(code: str):
    periods = some_periods()
    seen = chosen_period(periods)
    rows = public_figures(scopes=[Scope.AGENCY], keys=[code], action_keys=None) or abort(404)
    whole = [row for row in rows if not row.action_key]
    own = of_period(whole, seen)
    like = public_figures(scopes=[Scope.AGENCY], period_keys=[seen.key]) if own else []
    marks = {action.key: action.mark for action in public_actions()}
    by_action = [row for row in rows if row.action_key and row.period_key == seen.key]
    return page(
        "agency.html",
        latest=whole[-1],
        mark=agency_marks().get(code),
        periods=periods,
        period=seen,
        figures=own,
        by_period=[(one, of_period(whole, one)) for one in periods],
        by_action=_in_order(by_action, list(marks)),
        marks=marks,
        standings=standings(own, like, level=GOVERNMENT_WORDS[own.level]) if own else [],
        trend=trend_of(periods, whole),
        stories=newest(limit=STORIES, agency_code=code),
    )


@public_blueprint.get("/capaian/instansi")
@public
def agencies():
    known = public_agencies()
    if not known:
        return nothing_yet()
    provinces = {row.province_code: row.province for row in known if row.province_code}
    return page(
        "agencies.html",
        national=[row for row in known if not row.province_code],
        marks=agency_marks(),
        provinces=[
            (code, name, [row for row in known if row.province_code == code])
            for code, name in sorted(provinces.items())
        ],
    )


@public_blueprint.get("/capaian/aksi")
@public
def actions():
    periods = public_periods()
    if not periods:
        return nothing_yet()
    seen = chosen_period(periods)
    known = public_actions()
    rows = public_figures(scopes=[Scope.NATIONAL], period_keys=[seen.key], action_keys=[one.key for one in known])
    of = {row.action_key: row for row in rows}
    return page("actions.html", periods=periods, period=seen, rows=[(one, of.get(one.key)) for one in known])


@public_blueprint.get("/capaian/aksi/<key>")
@public
def action(key: str):
    periods = some_periods()
    seen = chosen_period(periods)
    named = next((one for one in public_actions() if one.key == key), None) or abort(404)
    rows = public_figures(scopes=[Scope.NATIONAL], action_keys=[key])
    agencies = public_figures(scopes=[Scope.AGENCY], period_keys=[seen.key], action_keys=[key])
    return page(
        "action.html",
        action=named,
        periods=periods,
        period=seen,
        figures=of_period(rows, seen),
        by_period=[(one, of_period(rows, one)) for one in periods],
        trend=trend_of(periods, rows),
        marks=agency_marks(),
        groups=[_head(level, words, agencies) for level, words in GOVERNMENT_WORDS.items()],
    )


def _head(level: str, words: str, agencies: list[PublicFigures]) -> tuple[str, str, int, list[Row]]:
    """The first few of a level, and how many there are."""
    rows = league([row for row in agencies if row.level == level])
    return level, words, len(rows), rows[:MOST_ROWS]


@public_blueprint.get("/capaian/<path:unknown>")
@public
def unknown(unknown: str):
    """An address of the portal that is none: its own page says so."""
    abort(404)


def _in_order(rows: list, keys: list[str]) -> list:
    """Actions in the catalogue's order."""
    return sorted(rows, key=lambda row: keys.index(row.action_key) if row.action_key in keys else len(keys))
