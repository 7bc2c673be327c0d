"""League tables, by level, province, action and period; all filters in the address."""

from dataclasses import dataclass

from flask import abort, request

from stranas.publication.leagues import Order, league
from stranas.publication.queries.figures import PublicFigures, PublicPeriod, public_figures, public_periods
from stranas.publication.queries.public_names import PublicAction, public_actions
from stranas.publication.rules import Scope
from stranas.publication.views import public_blueprint
from stranas.publication.views.portal.seen import GOVERNMENT_WORDS, chosen_period
from stranas.publication.views.portal.shell import page, public

REGIONS = "wilayah"
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
            actions=[("", "Semua aksi"), *((action.key, f"Aksi {action.key}. {action.name}") for action in actions)],
        )


@public_blueprint.get("/capaian/peringkat")
@public
def league_tables():
    periods = public_periods()
    if not periods:
        return page("empty.html", stories=[])
    seen = chosen_period(periods)
    asked = _asked()
    provinces = public_figures(scopes=[Scope.PROVINCE], period_keys=[seen.key])
    actions = public_actions()
    _known(asked.province, [row.key for row in provinces])
    _known(asked.action, [action.key for action in actions])
    return page(
        "league.html",
        periods=periods,
        period=seen,
        asked=asked,
        groups=GROUPS,
        choices=Choices.of(periods, provinces, actions),
        rows=league(_rows(asked, seen.key), order=asked.order),
        is_regional=asked.group == REGIONS,
        narrows=asked.group in ("kabupaten", "kota"),
    )


def _asked() -> Asked:
    group, order = request.args.get("kelompok") or REGIONS, request.args.get("urut") or Order.COMPLIANCE.value
    _known(group, GROUPS)
    _known(order, [one.value for one in Order])
    return Asked(group, Order(order), request.args.get("provinsi", ""), request.args.get("aksi", ""))


def _known(word: str, words) -> None:
    if word and word not in words:
        abort(404)


def _rows(asked: Asked, period_key: str) -> list:
    """Figures of whole provinces are not counted by action; a province narrows kabupaten and kota alone."""
    if asked.group == REGIONS:
        return public_figures(scopes=[Scope.PROVINCE], period_keys=[period_key])
    rows = public_figures(
        scopes=[Scope.AGENCY],
        period_keys=[period_key],
        action_keys=[asked.action],
        province_code=asked.province if asked.province and asked.group in ("kabupaten", "kota") else None,
    )
    return [row for row in rows if row.level == asked.group]
