"""Why the reports of each agency were returned in a period."""

from datetime import datetime

from sqlalchemy import ColumnElement, true

from stranas.compliance import causes
from stranas.compliance.queries.scope import period_of
from stranas.compliance.snapshot import ReasonCount
from stranas.release.rules import is_released


def reasons_by_agency(
    *, programme_key: str, period_key: str, cutoff: datetime, judged: ColumnElement[bool] | None = None
) -> dict[int, tuple[ReasonCount, ...]]:
    """By agency id, the most frequent first. `judged` as `snapshot` takes it: before the release, of those agencies
    alone (None: of all). Raises Unknown."""
    period = period_of(programme_key, period_key)
    shown = true() if judged is None or is_released(period.released_at, cutoff) else judged
    return causes.reasons_by_agency(period.id, shown, cutoff)
