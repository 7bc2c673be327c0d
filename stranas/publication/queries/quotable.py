"""Which figures an agency may quote: its own ones of released, public periods, and nothing else."""

from collections.abc import Sequence
from decimal import Decimal

from stranas.publication.figures import COUNTS, RATES
from stranas.publication.freezing import Quotable, QuotablePeriod
from stranas.publication.queries.figures import PublicFigures, PublicPeriod, public_figures, public_periods
from stranas.publication.rules import Direction, Scope, class_is_told, direction
from stranas.publication.tokens import Offer
from stranas.system import text


def quotable_of(agency_code: str) -> Quotable:
    """Two questions, whatever the number of periods and actions."""
    periods = list(reversed(public_periods()))
    known = {period.key: period for period in periods}
    figures = public_figures(scopes=[Scope.AGENCY], keys=[agency_code], action_keys=None)
    before: dict[str, Decimal | None] = {}
    offers = {}
    for row in figures:  # in the order of periods
        offer = _offer(row, known[row.period_key], before.get(row.action_key))
        offers[row.action_key, row.period_key] = offer
        before[row.action_key] = row.achievement
    return Quotable(offers, _periods(periods))


def _offer(row: PublicFigures, period: PublicPeriod, before: Decimal | None) -> Offer:
    told, way = _told(row, period.class_names, before)
    return Offer(
        action_key=row.action_key,
        action=row.action,
        period_key=row.period_key,
        period=f"{period.name} ({period.key})",
        edition=period.number,
        values={name: getattr(row, name) for name in (*RATES, *COUNTS)},
        told=told,
        direction=way,
    )


def _told(row: PublicFigures, classes: Sequence[str], before: Decimal | None) -> tuple[str, Direction | None]:
    if row.achievement is None:
        return "", None
    if class_is_told(row.score_class, classes):
        return row.score_class, None
    way = direction(row.achievement, before)
    return way.value, way


def _periods(periods: Sequence[PublicPeriod]) -> list[QuotablePeriod]:
    return [
        QuotablePeriod(
            key=period.key,
            words=f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}",
            released_at=period.released_at,
        )
        for period in periods
    ]
