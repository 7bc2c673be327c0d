"""How periods and figures are said on public pages. Pure."""

from collections.abc import Sequence
from decimal import Decimal

from reports.charts import TrendPoint
from stranas.publication.frozen import TrendPoint as FrozenPoint
from stranas.publication.queries.figures import PublicFigures, PublicPeriod
from stranas.system import text


def months(period: PublicPeriod) -> str:
    """Oktober–Desember 2019."""
    return text.month_span(period.starts_on, period.ends_on)


def period_title(period: PublicPeriod) -> str:
    """Triwulan IV (B12), Oktober–Desember 2019."""
    return f"{period.name} ({period.key}), {months(period)}"


def points(periods: Sequence[PublicPeriod], rows: Sequence[PublicFigures]) -> list[TrendPoint]:
    """From the oldest period on; a period without figures keeps its place. `rows`: one of each period at most."""
    of = {row.period_key: row for row in rows}
    return [_point(period.key, of.get(period.key)) for period in reversed(periods)]


def _point(key: str, row: PublicFigures | None) -> TrendPoint:
    return TrendPoint(key, row and row.compliance, row and row.first_pass, provisional=False)


def frozen_points(trend: Sequence[FrozenPoint]) -> list[TrendPoint]:
    """The trend of a story as it was when it was published; only released periods are in it."""
    return [TrendPoint(point.period_key, point.compliance, point.first_pass, provisional=False) for point in trend]


def percent(value: Decimal | None) -> str:
    """92,50 persen; "belum ada angka" without a value."""
    return "belum ada angka" if value is None else f"{text.number(value, places=2)} persen"


def summary(figures: PublicFigures | None) -> str:
    """One sentence for link previews and search engines: kepatuhan never without its quality."""
    if figures is None:
        return "Tidak ada angka pada triwulan ini"
    return (
        f"Kepatuhan {percent(figures.compliance)}, lolos verifikasi pertama {percent(figures.first_pass)}, "
        f"capaian {percent(figures.achievement)}"
    )
