"""League tables, by level, province, action and period; all filters in the address."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import abort, request

from stranas.publication.leagues import Order, league
from stranas.publication.queries.figures import PublicFigures, PublicPeriod, public_figures, public_periods
from stranas.publication.queries.public_names import PublicAction, agency_marks, public_actions
from stranas.publication.rules import Scope
from stranas.publication.views import public_blueprint
from stranas.publication.views.portal.seen import GOVERNMENT_WORDS, chosen_period, nothing_yet
from stranas.publication.views.portal.shell import page, public

REGIONS = "wilayah"
INSIDE = ("kabupaten", "kota")  # what lies in a province
GROUPS = {REGIONS: "Provinsi, dengan kabupaten dan kotanya"} | GOVERNMENT_WORDS


@dataclass(frozen=True)
class Asked:
    """What the address says; empty is no narrowing. A word that is none answers 404."""

    group: str
    order: Order
    province: str
    action: str


@dataclass(frozen=True)
class Choices:
    """(value, words) of every field of the form."""

    groups: list[tuple[str, str]]
    periods: list[tuple[str, str]]
    orders: list[tuple[str, str]]
    provinces: list[tuple[str, str]]
    actions: list[tuple[str, str]]

    @classmethod
    def of(cls, periods: list[PublicPeriod], provinces: list[PublicFigures], actions: list[PublicAction]) -> "Choices":
        return cls(
            groups=list(GROUPS.items()),
            periods=[(period.key, f"{period.name} ({period.key})") for period in periods],
            orders=[(order.value, order.label) for order in Order],
            provinces=[("", "Semua provinsi"), *((row.key, row.name) for row in provinces)],
            actions=[("", "Semua aksi"), *((action.key, action.title) for action in actions)],
        )


@public_blueprint.get("/capaian/peringkat")
@public
def league_tables():
    periods = public_periods()
    if not periods:
        return nothing_yet()
    seen = chosen_period(periods)
    asked = _asked()
    provinces = public_figures(scopes=[Scope.PROVINCE], period_keys=[seen.key])
    actions = public_actions()
    choices = Choices.of(periods, provinces, actions)
    province, action = _known(asked.province, choices.provinces), _known(asked.action, choices.actions)
    return page(
        "league.html",
        periods=periods,
        period=seen,
        asked=asked,
        choices=choices,
        rows=league(provinces if asked.group == REGIONS else _agencies(asked, seen.key), order=asked.order),
        marks=agency_marks(),
        is_regional=asked.group == REGIONS,
        narrows=asked.group in INSIDE,
        who=f"{GROUPS[asked.group]} di {province}" if asked.group in INSIDE and asked.province else GROUPS[asked.group],
        action=action if asked.action and asked.group != REGIONS else "",
        canonical=_address(asked, "" if seen.key == periods[0].key else seen.key),
    )


def _asked() -> Asked:
    group, order = request.args.get("kelompok") or REGIONS, request.args.get("urut") or Order.COMPLIANCE.value
    _known(group, GROUPS.items())
    _known(order, ((one.value, one.label) for one in Order))
    return Asked(group, Order(order), request.args.get("provinsi", ""), request.args.get("aksi", ""))


def _known(value: str, options: Iterable[tuple[str, str]]) -> str:
    """Its words; 404 for one that is no choice."""
    return dict(options).get(value) or abort(404)


def _agencies(asked: Asked, period_key: str) -> list[PublicFigures]:
    """Figures of whole provinces are not counted by action; a province narrows kabupaten and kota alone."""
    return public_figures(
        scopes=[Scope.AGENCY],
        period_keys=[period_key],
        action_keys=[asked.action],
        levels=[asked.group],
        province_code=asked.province if asked.province and asked.group in INSIDE else None,
    )


def _address(asked: Asked, period_key: str) -> str:
    """One address for one table: without what is the default, and without what does not narrow."""
    named = {
        "kelompok": asked.group if asked.group != REGIONS else "",
        "triwulan": period_key,
        "urut": asked.order.value if asked.order is not Order.COMPLIANCE else "",
        "provinsi": asked.province if asked.group in INSIDE else "",
        "aksi": asked.action if asked.group != REGIONS else "",
    }
    query = urlencode({name: value for name, value in named.items() if value})
    return f"/capaian/peringkat?{query}" if query else "/capaian/peringkat"
