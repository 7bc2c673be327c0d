"""Questions about agencies."""

from stranas.agencies.models import Agency, AgencyLevel
from stranas.system.db import db


def agency_ids(*, level: AgencyLevel | None = None) -> dict[str, int]:
    """The row id of every agency by its code, or of those of one level."""
    query = db.select(Agency.code, Agency.id)
    if level:
        query = query.where(Agency.level == level)
    return {code: agency_id for code, agency_id in db.session.execute(query)}
