"""What several pages of the portal need: the period that is looked at, the trend, the names of levels."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, request
from markupsafe import Markup

from reports.charts import Chart, Legend, TrendPoint, small_trend
from reports.charts.small_trend import PHONE
from reports.charts.trend import legend_of, words_of
from stranas.agencies.models import AgencyLevel
from stranas.publication.queries.figures import PublicFigures, PublicPeriod, public_periods
from stranas.publication.queries.public_stories import newest
from stranas.publication.telling import points
from stranas.publication.views.portal.shell import page

STORIES = 4
LEVELS = {level.value: level.label for level in AgencyLevel}
GOVERNMENT_WORDS = {"kl": "Kementerian dan lembaga", "provinsi": "Pemerintah provinsi"} | {
    level: label for level, label in LEVELS.items() if level not in ("kl", "provinsi")
}


@dataclass(frozen=True)
class Trend:
    """Drawn twice, so that its words can be read on a phone too; a page shows what has room. Empty without figures."""

    drawing: Markup
    narrow: Markup
    words: str
    legend: tuple[Legend, ...]


def chosen_period(periods: Sequence[PublicPeriod], key: str | None = None) -> PublicPeriod:
    """The one of the address (or of ?triwulan=), else the latest. 404 for one that is not public, or is none."""
    wanted = key or request.args.get("triwulan") or (periods[0].key if periods else "")
    return next((period for period in periods if period.key == wanted), None) or abort(404)


def some_periods() -> list[PublicPeriod]:
    """The public periods; 404 as long as there is none."""
    return public_periods() or abort(404)


def nothing_yet() -> str:
    """What a page of figures shows before the first release: when they come, and the stories that are there."""
    return page("empty.html", stories=newest(limit=STORIES))


def trend_of(periods: Sequence[PublicPeriod], rows: Sequence[PublicFigures]) -> Trend:
    return drawn_trend(points(periods, rows))


def drawn_trend(known: Sequence[TrendPoint]) -> Trend:
    return Trend(
        drawing=_drawn(small_trend(known)),
        narrow=_drawn(small_trend(known, width=PHONE)),
        words=words_of(known),
        legend=legend_of(known),
    )


def drawing(chart: Chart) -> Markup:
    return _drawn(chart.svg)


def _drawn(svg: str) -> Markup:
    return Markup(svg)  # noqa: S704 - drawn by us, escaped


def of_period(rows: Sequence[PublicFigures], period: PublicPeriod) -> PublicFigures | None:
    return next((row for row in rows if row.period_key == period.key), None)
