"""The charts of a snapshot and of a trend: which numbers go into which picture."""

from collections.abc import Sequence

from reports import charts
from reports.charts import Chart, Progress, Timeliness, TrendPoint
from stranas.compliance.breakdown import rows
from stranas.compliance.rules import Figures, Group, rounded
from stranas.compliance.snapshot import Point, Snapshot


def progress(snapshot: Snapshot) -> Chart:
    """Per action, over all agencies in the snapshot."""
    bars = [Progress(f"Aksi {r.key}", r.expected, r.received, r.verified, r.accepted) for r in rows(snapshot.by_action)]
    return charts.progress(bars, title="Kemajuan per aksi")


def timeliness(snapshot: Snapshot) -> Chart:
    """Per level of agencies."""
    return charts.timeliness([_timeliness(level.name, level.group.pooled) for level in snapshot.levels])


def _timeliness(name: str, pooled: Figures) -> Timeliness:
    late = pooled.received - pooled.on_time
    return Timeliness(name, pooled.on_time, late, pooled.expected - pooled.received)


def trend(points: Sequence[Point], *, agency_id: int | None = None) -> Chart:
    """Of the mean of all agencies in the points, or of one of them."""
    return charts.trend([trend_point(point, agency_id=agency_id) for point in points])


def trend_point(point: Point, *, agency_id: int | None = None) -> TrendPoint:
    of: Figures | Group = point.total if agency_id is None else point.agencies.get(agency_id, Figures())
    return TrendPoint(point.period_key, rounded(of.compliance), rounded(of.first_pass), point.provisional)


def heatmap(snapshot: Snapshot) -> Chart | None:
    """Agencies × actions where there are several, and all that owe something fit into one picture."""
    owing = [row for row in snapshot.agencies if row.figures.expected]
    if len(snapshot.agencies) < 2 or len(owing) > charts.MOST_ROWS:
        return None
    keys = [action.key for action in snapshot.actions]
    cells = [
        (
            row.agency.name,
            [
                rounded(found.compliance) if (found := snapshot.matrix.get((row.agency.id, key))) else None
                for key in keys
            ],
        )
        for row in owing
    ]
    return charts.heatmap([f"Aksi {key}" for key in keys], cells)
