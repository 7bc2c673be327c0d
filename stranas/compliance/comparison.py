"""The same figures of another period at the same cut-off, to stand beside those of this one.

What is subtracted is what is printed: rounded figures, so that anybody can check the difference by hand.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from reports.document import Document
from stranas.compliance.breakdown import rows
from stranas.compliance.snapshot import Snapshot
from stranas.system.text import number

Figure = Decimal | None


@dataclass(frozen=True)
class Comparison:
    """`figures` by (kind of row, its key, name of the figure); kinds: total, province, level, action, item, agency."""

    period: str
    key: str
    status: str
    figures: Mapping[tuple[str, str, str], Figure]

    def before(self, kind: str, key: str, figure: str) -> Figure:
        return self.figures.get((kind, key, figure))

    def difference(self, now: Figure, kind: str, key: str, figure: str) -> str:
        """+3,25 or −2,10 percentage points; – where either has no figure."""
        return signed(now, self.before(kind, key, figure))


RATES = ("compliance", "punctuality", "achievement", "first_pass")


def signed(now: Figure, before: Figure) -> str:
    if now is None or before is None:
        return "–"
    by = now - before
    sign = "+" if by > 0 else "−" if by < 0 else ""
    return f"{sign}{number(abs(by), places=2)}"


def comparison(snapshot: Snapshot, shown: Document) -> Comparison:
    """Of the other period's snapshot and document."""
    kinds = {
        "total": [{"key": f.key, f.key: f.mean} for f in shown.key_figures],
        "province": _keyed(shown.provinces.records(), "code"),
        "level": _keyed(shown.levels.records(), "level"),
        "agency": _keyed(shown.agencies.records(), "code"),
        "action": [vars(row) for row in rows(snapshot.by_action)],
        "item": [vars(row) for row in rows(snapshot.by_item)],
    }
    figures = {
        (kind, record["key"], name): record[name]
        for kind, records in kinds.items()
        for record in records
        for name in RATES
        if name in record
    }
    return Comparison(shown.period, snapshot.period_key, shown.status, figures)


def _keyed(records: Iterable[Mapping[str, Any]], key: str) -> list[dict[str, Any]]:
    return [{**record, "key": record[key]} for record in records]
