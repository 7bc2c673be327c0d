"""Whom the ladder names on a day, asked of the database in SQL of its own, apart from the product's code."""

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import text

from stranas.system.db import Instant, db

OWED = """
WITH ends AS (
  SELECT o.id AS obligation_id, COALESCE(o.due_at, p.due_at) AS ends_at
  FROM obligation o JOIN period p ON p.id = o.period_id
  UNION ALL
  SELECT o.id, e.until
  FROM obligation o JOIN agency a ON a.id = o.agency_id
  JOIN extension e ON e.period_id = o.period_id
    AND (e.agency_id IS NULL OR e.agency_id = a.id)
    AND (e.province_id IS NULL OR e.province_id = a.id OR e.province_id = a.province_id)
    AND (e.item_id IS NULL OR e.item_id = o.item_id)
  UNION ALL
  SELECT o.id, u.extends_to FROM obligation o JOIN outage u ON u.period_id = o.period_id
), due AS (
  SELECT obligation_id, MAX(ends_at) AS due_at FROM ends GROUP BY obligation_id
)
SELECT u.email, a.code, s.correction_ends_at, due.due_at, p.locks_at
FROM obligation o
JOIN due ON due.obligation_id = o.id
JOIN period p ON p.id = o.period_id
JOIN agency a ON a.id = o.agency_id
JOIN membership m ON m.agency_id = a.id AND m.role = 'koordinator'
JOIN user_account u ON u.id = m.user_id AND u.active = :yes
LEFT JOIN submission s ON s.obligation_id = o.id
WHERE o.in_force_until IS NULL
  AND (s.status IS NULL OR s.status NOT IN ('sent', 'verified', 'rejected'))
"""
OUTBOX = "SELECT address, payload FROM outbox_message WHERE key LIKE 'reminder:%' ORDER BY id"


def named_by_sql(today: date) -> list[tuple[str, str]]:
    """(e-mail, agency code) of everyone to be reminded on a WIB day, sorted."""
    query = text(OWED).bindparams(yes=True).columns(correction_ends_at=Instant, due_at=Instant, locks_at=Instant)
    rows = db.session.execute(query).all()
    return sorted({(row.email, row.code) for row in rows if _falls_on(row, today)})


def _falls_on(row, today: date) -> bool:
    ladder = (-14, -7, -3, -1, 0) if row.correction_ends_at else (-14, -7, -3, -1, 0, 1)
    end = max(row.correction_ends_at, row.due_at) if row.correction_ends_at else row.due_at
    last_day = (end - timedelta(microseconds=1)).astimezone(ZoneInfo("Asia/Jakarta")).date()
    return (today - last_day).days in ladder


def reminded() -> list[tuple[str, str]]:
    """(e-mail, agency code) of every reminder in the outbox, sorted; one entry for each message."""
    rows = db.session.execute(text(OUTBOX)).all()
    payloads = (json.loads(payload) if isinstance(payload, str) else payload for _, payload in rows)
    return sorted((address, payload["agency"]) for (address, _), payload in zip(rows, payloads, strict=True))
