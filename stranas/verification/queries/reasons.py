"""The coded reasons with how often they were used, and what returns tell over a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Item, Period
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import EventKind
from stranas.system.db import db
from stranas.verification.models import Decision, DecisionPart, ReturnReason
from stranas.verification.rules import REASON_GROUPS, share


@dataclass(frozen=True)
class ReasonRow:
    id: int
    code: str
    reason: str
    repair: str
    active: bool
    used: int

    @property
    def group(self) -> str:
        return REASON_GROUPS.get(self.code[:1], "Lainnya")


@dataclass(frozen=True)
class Share:
    """How many returned requirements, and how many per cent of all returned ones (two places, half up)."""

    name: str
    count: int
    percent: Decimal


@dataclass(frozen=True)
class Statistics:
    """Of one period: `returned` requirements in `returns` returns."""

    returned: int
    returns: int
    reasons: tuple[Share, ...]
    items: tuple[Share, ...]
    levels: tuple[Share, ...]


def reason_rows() -> list[ReasonRow]:
    used = (
        db.select(DecisionPart.reason_id, db.func.count().label("used"))
        .where(DecisionPart.reason_id.is_not(None))
        .group_by(DecisionPart.reason_id)
        .subquery()
    )
    rows = db.session.execute(
        db.select(ReturnReason, db.func.coalesce(used.c.used, 0))
        .outerjoin(used, used.c.reason_id == ReturnReason.id)
        .order_by(ReturnReason.code)
    )
    return [ReasonRow(r.id, r.code, r.reason, r.repair, r.active, count) for r, count in rows]


def reason_by_id(reason_id: int) -> ReturnReason | None:
    return db.session.get(ReturnReason, reason_id)


def statistics(period: Period) -> Statistics:
    """Counts of returned requirements by reason (its words as last said), item and level of agency."""
    returns = db.session.scalar(_parts(db.func.count(db.func.distinct(Decision.id)), period))
    reasons = _counted(period, ReturnReason.code, db.func.max(DecisionPart.reason_words))
    items = _counted(period, Item.key, db.func.max(Item.name))
    levels = [
        (AgencyLevel(level).label, "", count) for level, _, count in _counted(period, Agency.level, db.literal(""))
    ]
    total = sum(count for *_, count in reasons)
    return Statistics(total, returns or 0, _shares(reasons, total), _shares(items, total), _shares(levels, total))


def _shares(rows: Sequence[tuple[str, str, int]], total: int) -> tuple[Share, ...]:
    return tuple(Share(f"{key} {words}".strip(), count, share(count, total)) for key, words, count in rows)


def _counted(period: Period, key: Any, words: Any) -> list[tuple[Any, str, int]]:
    count = db.func.count(DecisionPart.id)
    rows = db.session.execute(_parts((key, words, count), period).group_by(key).order_by(count.desc(), key))
    return [tuple(row) for row in rows]


def _parts(columns: Any, period: Period) -> Any:
    return (
        db.select(*(columns if isinstance(columns, tuple) else (columns,)))
        .select_from(DecisionPart)
        .join(ReturnReason, ReturnReason.id == DecisionPart.reason_id)
        .join(Decision, Decision.id == DecisionPart.decision_id)
        .join(Submission, Submission.id == Decision.submission_id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .join(Agency, Agency.id == Obligation.agency_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(
            Obligation.period_id == period.id,
            Decision.outcome == EventKind.RETURNED,
            DecisionPart.fulfilled.is_(False),
        )
    )
