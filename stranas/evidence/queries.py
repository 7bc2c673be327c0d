"""What the checks said."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import tuple_

from stranas.evidence.models import CheckRun, Finding
from stranas.system.db import db


def findings_of(pairs: Iterable[tuple[int, str]]) -> dict[tuple[int, str], list[Finding]]:
    """Findings by (document id, claimed kind), in order; pairs without any are left out."""
    wanted = list(pairs)
    if not wanted:
        return {}
    rows = db.session.execute(
        db.select(CheckRun.document_id, CheckRun.claimed_kind, Finding)
        .join(Finding, Finding.check_run_id == CheckRun.id)
        .where(tuple_(CheckRun.document_id, CheckRun.claimed_kind).in_(wanted))
        .order_by(Finding.position)
    )
    found: dict[tuple[int, str], list[Finding]] = defaultdict(list)
    for document_id, kind, finding in rows:
        found[document_id, kind].append(finding)
    return dict(found)
