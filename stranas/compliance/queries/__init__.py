"""The questions behind the snapshot: columns instead of ORM rows."""

from stranas.compliance.queries.assembly import latest_cutoff, snapshot
from stranas.compliance.queries.returned import reasons_by_agency
from stranas.compliance.queries.scope import Unknown, agencies_among
from stranas.compliance.queries.trend import trend

__all__ = ["Unknown", "agencies_among", "latest_cutoff", "reasons_by_agency", "snapshot", "trend"]
