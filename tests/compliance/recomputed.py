"""The nine figures once more, from plain rows and the written rules (docs/rules.md, "Figures") alone.

Knows table and column names, and nothing of the product's code: what both agree on is no shared mistake.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

Rows = Callable[[str], Iterable[tuple]]
DECISIONS = ("verified", "returned", "rejected")
WIB = timedelta(hours=7)


def recomputed(rows: Rows, period: str, cutoff: datetime) -> dict[str, dict[str, tuple]]:
    """{"agency" | "province" | "level": {code: nine figures}} and {"national": {"": …}}; every rate rounded.

    A group's five sets are sums; then come its agencies' mean rates, then the same four rates pooled.
    """
    judged = defaultdict(list)
    events = _events(rows)
    for one in _obligations(rows, period, cutoff):
        answer = _judge(one, events.get(one["id"], []), cutoff)
        if answer:
            judged[one["agency"]].append(answer)
    agencies = list(_dicts(rows, "agency", "id, code, level, province_id"))
    codes = {a["id"]: a["code"] for a in agencies}
    sums = {a["code"]: _sum(judged[a["id"]]) for a in agencies}
    groups = defaultdict(lambda: defaultdict(list))
    for a in agencies:
        own = sums[a["code"]]
        groups["agency"][a["code"]].append(own)
        groups["level"][a["level"]].append(own)
        groups["national"][""].append(own)
        province = a["id"] if a["level"] == "provinsi" else a["province_id"]
        if province:
            groups["province"][codes[province]].append(own)
    found = {name: {code: _group(own) for code, own in known.items()} for name, known in groups.items()}
    found["agency"] = {code: nine[:9] for code, nine in found["agency"].items()}
    return found


def _dicts(rows: Rows, table: str, columns: str) -> Iterable[dict[str, Any]]:
    for row in rows(f"SELECT {columns} FROM {table}"):
        yield dict(zip(columns.split(", "), row, strict=True))


def _instant(value: Any) -> datetime | None:
    """SQLite gives text in UTC without saying so, PostgreSQL an aware datetime."""
    if value is None:
        return None
    value = datetime.fromisoformat(value) if isinstance(value, str) else value
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _obligations(rows: Rows, period: str, cutoff: datetime) -> Iterable[dict[str, Any]]:
    (period_id, due_at), *_ = rows(f"SELECT id, due_at FROM period WHERE key = '{period}'")
    moves = rows(
        f"SELECT due_before, decided_at FROM instant_move WHERE period_id = {period_id} ORDER BY decided_at DESC"
    )
    due_at = _instant(due_at)
    for before, decided in moves:  # back to what was known at the cut-off
        if _instant(decided) >= cutoff:
            due_at = _instant(before)
    extensions = list(
        _later(rows, "extension", "agency_id, province_id, item_id, until, decided_at", period_id, cutoff)
    )
    outages = list(_later(rows, "outage", "began_at, ended_at, extends_to, decided_at", period_id, cutoff))
    query = (
        "SELECT o.id, o.agency_id, o.item_id, o.weight, o.due_at, o.in_force_from, o.in_force_until,"
        " a.level, a.province_id, a.id FROM obligation o JOIN agency a ON a.id = o.agency_id"
        f" WHERE o.period_id = {period_id}"
    )
    for id, agency, item, weight, own_due, since, until, level, province, _ in rows(query):
        until = _instant(until)
        if _instant(since) > cutoff or (until is not None and cutoff >= until):
            continue
        region = agency if level == "provinsi" else province
        ends = [_instant(own_due) or due_at]
        ends += [
            _instant(e["until"])
            for e in extensions
            if e["agency_id"] in (None, agency) and e["province_id"] in (None, region) and e["item_id"] in (None, item)
        ]
        for o in sorted(outages, key=lambda o: _instant(o["began_at"])):
            if any(_instant(o["began_at"]) < end <= _instant(o["ended_at"]) for end in ends):
                ends.append(_instant(o["extends_to"]))
        yield {"id": id, "agency": agency, "weight": Fraction(str(weight)), "due": max(ends)}


def _later(rows: Rows, table: str, columns: str, period_id: int, cutoff: datetime) -> Iterable[dict[str, Any]]:
    for row in _dicts(rows, f"{table} WHERE period_id = {period_id}", columns):
        if _instant(row["decided_at"]) < cutoff:
            yield row


def _events(rows: Rows) -> dict[int, list[tuple]]:
    found = defaultdict(list)
    query = (
        "SELECT s.obligation_id, e.kind, e.received_at, e.recorded_at, e.score, e.details FROM submission_event e"
        " JOIN submission s ON s.id = e.submission_id ORDER BY s.obligation_id, e.sequence"
    )
    for obligation, *event in rows(query):
        found[obligation].append(tuple(event))
    return found


def _judge(obligation: dict, events: list[tuple], cutoff: datetime) -> dict[str, Any] | None:
    """None: it left every set."""
    events = [e for e in events if _instant(e[2]) < cutoff]
    filings = [e for e in events if e[0] == "filed"]
    decisions = [e for e in events if e[0] in DECISIONS]
    claim = {}
    consent = {}
    for kind, _, _, _, details in events:
        if kind == "filed":
            claim = json.loads(details) if isinstance(details, str) else details
        elif kind in DECISIONS:
            consent = claim if kind == "verified" else {}
    beside = consent.get("kind", "achievement")
    if beside == "not_competent":
        return None
    aside = beside == "nil" or (beside == "waiting" and consent["review_on"] > f"{cutoff + WIB:%Y-%m-%d}")
    final = [e for e in decisions if e[0] != "returned"]
    score = Fraction(str(final[-1][3])) if final and final[-1][0] == "verified" and final[-1][3] is not None else 0
    return {
        "expected": 1,
        "received": int(bool(filings)),
        "on_time": int(bool(filings) and _instant(filings[0][1]) < obligation["due"]),
        "verified": int(bool(decisions)),
        "accepted": int(bool(decisions) and decisions[-1][0] == "verified"),
        "first": int(bool(decisions) and decisions[0][0] == "verified"),
        "weight": Fraction(0) if aside else obligation["weight"],
        "points": Fraction(0) if aside else obligation["weight"] * score,
    }


NAMES = ("expected", "received", "on_time", "verified", "accepted", "first", "weight", "points")


def _sum(judged: Iterable[dict]) -> dict[str, Any]:
    judged = list(judged)
    return {name: sum(one[name] for one in judged) for name in NAMES}


def _rates(own: dict) -> tuple[Fraction | None, ...]:
    """kepatuhan, ketepatan waktu, capaian, lolos verifikasi pertama, in percent."""
    whole = own["expected"]
    return (
        _share(own["received"], whole),
        _share(own["on_time"], whole),
        own["points"] / own["weight"] if own["weight"] else None,
        _share(own["first"], own["verified"]),
    )


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(100 * part, whole) if whole else None


def _group(members: list[dict]) -> tuple:
    pooled = _sum(members)
    each = [_rates(own) for own in members if own["expected"]]
    means = []
    for place in range(4):
        known = [rates[place] for rates in each if rates[place] is not None]
        means.append(sum(known) / len(known) if known else None)
    return (*(Decimal(pooled[n]) for n in NAMES[:5]), *map(_rounded, means), *map(_rounded, _rates(pooled)))


def _rounded(value: Fraction | None) -> Decimal | None:
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)  # 28 digits: ties are exact at two places
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)


def as_columns(nine: tuple) -> dict[str, Decimal | None]:
    """By the names that a report's columns have."""
    rates = ("compliance", "punctuality", "achievement", "first_pass")
    return dict(zip((*NAMES[:5], *rates, *(f"pooled_{rate}" for rate in rates)), nine, strict=False))
