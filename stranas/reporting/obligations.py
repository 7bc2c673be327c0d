"""Who owes what: obligations follow from the scopes of a programme's targets."""

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from stranas.agencies.models import AgencyLevel
from stranas.catalogue.models import Period, Programme, Target
from stranas.catalogue.queries import agency_facts
from stranas.catalogue.rules import AgencyFacts, owing
from stranas.deadlines.rules import JAKARTA
from stranas.reporting.models import Obligation
from stranas.system import clock
from stranas.system.db import db, learn_sizes
from stranas.system.loading import Loaded


def create_obligations(*, programme: Programme) -> Loaded:
    """One obligation for each target and agency in its scope; those that are there already stay as they are.

    In force from the first day of the programme, 00.00 WIB. What a period that has obligations already gets later is
    in force from now on: a report as of an earlier cut-off never knew it.
    """
    since, known = _start(programme), set(db.session.scalars(db.select(Obligation.period_id).distinct()))
    late = max(since, clock.now())
    rows = list(_owed(programme, agency_facts()))
    there = {tuple(pair) for pair in db.session.execute(db.select(Obligation.agency_id, Obligation.target_id))}
    new = [
        row | {"in_force_from": late if row["period_id"] in known else since}
        for row in rows
        if (row["agency_id"], row["target_id"]) not in there
    ]
    if new:
        db.session.execute(db.insert(Obligation), new)
        learn_sizes(Obligation.__table__)
    return Loaded(len(rows), len(new))


def _start(programme: Programme) -> datetime:
    first = db.session.scalar(db.select(db.func.min(Period.starts_on)).filter_by(programme_id=programme.id))
    return datetime.combine(first, time(), JAKARTA)


def _owed(programme: Programme, agencies: list[AgencyFacts]) -> Iterator[dict[str, Any]]:
    query = (
        db.select(Target)
        .join(Target.period)
        .where(Period.programme_id == programme.id)
        .options(db.selectinload(Target.scopes))
        .order_by(Target.id)
    )
    for target in db.session.scalars(query):
        for agency in _agencies_of(target, agencies):
            yield {
                "agency_id": agency.id,
                "target_id": target.id,
                "period_id": target.period_id,
                "item_id": target.item_id,
                "text": target.text,
                "unit": target.unit,
                "value": target.value,
                "weight": target.weight,
                "agency_level": AgencyLevel(agency.level),
            }


def _agencies_of(target: Target, agencies: list[AgencyFacts]) -> list[AgencyFacts]:
    """Each agency once, though several scopes of the target may name it."""
    named = {agency.id: agency for scope in target.scopes for agency in owing(scope.expression, agencies)}
    return list(named.values())


def owing_counts(*, item_id: int) -> dict[int, int]:
    """How many agencies owe each target of an item, by the target's row id."""
    query = (
        db.select(Obligation.target_id, db.func.count())
        .where(Obligation.item_id == item_id)
        .group_by(Obligation.target_id)
    )
    return {target_id: count for target_id, count in db.session.execute(query)}
