"""Whom the ladder names on a day, asked of the database in SQL of its own, apart from the product's code."""

import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from holidays import country_holidays
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
SELECT u.email, a.code, a.timezone, m.role, s.correction_ends_at, due.due_at, p.locks_at, p.verification_ends_at,
  (
    SELECT MAX(e.received_at) FROM submission_event e
    WHERE e.submission_id = s.id AND e.kind IN ('returned', 'reopened')
  ) AS returned_at
FROM obligation o
JOIN due ON due.obligation_id = o.id
JOIN period p ON p.id = o.period_id
JOIN agency a ON a.id = o.agency_id
JOIN membership m ON m.agency_id = a.id AND m.role IN ('koordinator', 'pejabat')
JOIN user_account u ON u.id = m.user_id AND u.active = :yes
LEFT JOIN submission s ON s.obligation_id = o.id
WHERE o.in_force_until IS NULL
  AND (s.status IS NULL OR s.status NOT IN ('sent', 'verified', 'rejected'))
"""
OUTBOX = """
SELECT address, payload FROM outbox_message
WHERE key LIKE 'reminder:%' AND channel = 'mail' AND state <> 'cancelled' ORDER BY id
"""
JAKARTA = ZoneInfo("Asia/Jakarta")
HOLIDAYS = country_holidays("ID", categories=("public", "government"), years=range(2019, 2022))
# By (role, anchor): days around it.
LADDER = {
    ("koordinator", "due"): (-14, -7, -3, -1, 0, 1),
    ("pejabat", "due"): (-3, -1, 0, 1),
    ("koordinator", "lock"): (-3, -1),
    ("pejabat", "lock"): (-3, -1),
    ("koordinator", "return"): (1,),
    ("pejabat", "return"): (),
    ("koordinator", "correction"): (-7, -3, -1, 0),
    ("pejabat", "correction"): (-1, 0),
}


def named_by_sql(today: date) -> list[tuple[str, str]]:
    """(e-mail, agency code) of everyone of an agency to be reminded on a WIB day, sorted."""
    instants = {
        name: Instant for name in ("correction_ends_at", "due_at", "locks_at", "verification_ends_at", "returned_at")
    }
    rows = db.session.execute(text(OWED).bindparams(yes=True).columns(**instants)).all()
    return sorted({(row.email, row.code) for row in rows if _falls_on(row, today)})


def _falls_on(row, today: date) -> bool:
    end = max(row.correction_ends_at, row.due_at) if row.correction_ends_at else max(row.locks_at, row.due_at)
    morning = datetime.combine(today, time(8), JAKARTA)
    if end <= morning:
        return False
    if row.correction_ends_at:
        anchors = [("correction", _last_day(end))]
        anchors += [("return", row.returned_at.astimezone(JAKARTA).date())] if row.returned_at else []
    else:
        anchors = [("due", _last_day(row.due_at)), ("lock", _last_day(end))]
    return any(_sent_on(day, step) == today for anchor, day in anchors for step in LADDER[row.role, anchor])


def _last_day(end: datetime) -> date:
    return (end - timedelta(microseconds=1)).astimezone(JAKARTA).date()


def _sent_on(anchor: date, step: int) -> date:
    day = anchor + timedelta(days=step)
    while day.weekday() > 4 or day in HOLIDAYS:
        day += timedelta(days=1 if step > 0 else -1)
    return day


def reminded() -> list[tuple[str, str]]:
    """(e-mail, agency code) of every reminder in the outbox, for each agency that it is about."""
    rows = db.session.execute(text(OUTBOX)).all()
    payloads = ((row[0], json.loads(row[1]) if isinstance(row[1], str) else row[1]) for row in rows)
    return sorted((address, code) for address, payload in payloads for code in payload["agency"].split(", ") if code)
