"""Why the reports of each agency were returned in a period."""

from datetime import datetime

from sqlalchemy import true

from stranas.compliance import causes
from stranas.compliance.queries.scope import period_of
from stranas.compliance.snapshot import ReasonCount


def reasons_by_agency(*, programme_key: str, period_key: str, cutoff: datetime) -> dict[int, tuple[ReasonCount, ...]]:
    """By agency id, the most frequent first; of all agencies. Raises Unknown."""
    return causes.reasons_by_agency(period_of(programme_key, period_key).id, true(), cutoff)
