"""The questions behind the snapshot: columns instead of ORM rows."""

from stranas.compliance.queries.assembly import latest_cutoff, snapshot
from stranas.compliance.queries.obstacles import obstacles
from stranas.compliance.queries.returned import reasons_by_agency
from stranas.compliance.queries.scope import Unknown, agencies_among
from stranas.compliance.queries.trend import obligations_in, period_keys, point_before, trend

__all__ = [
    "Unknown",
    "agencies_among",
    "latest_cutoff",
    "obligations_in",
    "obstacles",
    "period_keys",
    "point_before",
    "reasons_by_agency",
    "snapshot",
    "trend",
]
