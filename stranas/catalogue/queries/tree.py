"""The catalogue as pages show it: the tree, the periods, one item with its targets."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from stranas.agencies.models import Provenance
from stranas.catalogue.models import Item, Period, Programme, Target
from stranas.catalogue.queries.scopes import agency_facts
from stranas.catalogue.rules import AgencyFacts, programme_rules, scope_words
from stranas.system.db import db


@dataclass(frozen=True)
class PeriodLine:
    """A period with its three instants (exclusive ends)."""

    key: str
    name: str
    starts_on: date
    ends_on: date
    due_at: datetime
    locks_at: datetime
    verification_ends_at: datetime


@dataclass(frozen=True)
class ItemLine:
    """A node of the tree. `children` are its nodes one level deeper, `targets` how many it has itself."""

    key: str
    name: str
    level: str
    provenance: Provenance
    targets: int
    children: tuple["ItemLine", ...]


@dataclass(frozen=True)
class Catalogue:
    programme: str
    key: str
    below: str  # the name of the lowest level, where the targets are
    items: tuple[ItemLine, ...]
    periods: tuple[PeriodLine, ...]
    assumptions: tuple[str, ...]


@dataclass(frozen=True)
class RequirementLine:
    title: str
    criterion: str


@dataclass(frozen=True)
class TargetLine:
    """A quarterly target. `owed_by` says its scope in words."""

    id: int
    track: str
    text: str
    unit: str
    value: Decimal
    weight: Decimal
    provenance: Provenance
    note: str
    owed_by: str
    requirements: tuple[RequirementLine, ...]


@dataclass(frozen=True)
class ItemPage:
    """One node: `above` from the top down, targets by period. An empty text means: not found."""

    id: int
    line: ItemLine
    above: tuple[ItemLine, ...]
    lead_agencies: str
    scope_text: str
    indicator: str
    sources: tuple[str, ...]
    note: str
    quarters: tuple[tuple[PeriodLine, tuple[TargetLine, ...]], ...]


def catalogue(*, key: str | None = None) -> Catalogue | None:
    """The tree and the periods of a programme, or of the first one; None without one."""
    programme = _programme(key)
    if programme is None:
        return None
    tree = _tree(programme)
    return Catalogue(
        programme=programme.name,
        key=programme.key,
        below=programme.level_names[-1],
        items=_lines(tree, None, programme),
        periods=tuple(_period(period) for period in _periods(programme)),
        assumptions=programme_rules(programme.settings).assumptions,
    )


def item_page(*, item: str, programme: str | None = None) -> ItemPage | None:
    """One node of a programme's catalogue (of the first programme without a name); None where there is none."""
    plan = _programme(programme)
    tree = _tree(plan) if plan else []
    found = {node.key: node for node, _ in tree}.get(item)
    if found is None:
        return None
    return ItemPage(
        id=found.id,
        line=_line(tree, found, plan),
        above=tuple(_line(tree, node, plan) for node in _above(tree, found)),
        lead_agencies=found.lead_agencies,
        scope_text=found.scope_text,
        indicator=found.indicator,
        sources=tuple(found.source.split()),
        note=found.note,
        quarters=_quarters(found, plan),
    )


def _programme(key: str | None) -> Programme | None:
    query = db.select(Programme).order_by(Programme.id).limit(1)
    return db.session.scalar(query.filter_by(key=key) if key else query)


def _periods(programme: Programme) -> list[Period]:
    query = db.select(Period).filter_by(programme_id=programme.id).order_by(Period.position)
    return list(db.session.scalars(query))


def _period(period: Period) -> PeriodLine:
    return PeriodLine(
        key=period.key,
        name=period.name,
        starts_on=period.starts_on,
        ends_on=period.ends_on,
        due_at=period.due_at,
        locks_at=period.locks_at,
        verification_ends_at=period.verification_ends_at,
    )


def _tree(programme: Programme) -> list[tuple[Item, int]]:
    """Every item with the number of its targets, in the order of the tree."""
    query = (
        db.select(Item, db.func.count(Target.id))
        .outerjoin(Target, Target.item_id == Item.id)
        .where(Item.programme_id == programme.id)
        .group_by(Item.id)
        .order_by(Item.position)
    )
    return [(item, targets) for item, targets in db.session.execute(query)]


def _lines(tree: list[tuple[Item, int]], parent_id: int | None, programme: Programme) -> tuple[ItemLine, ...]:
    return tuple(_line(tree, item, programme) for item, _ in tree if item.parent_id == parent_id)


def _line(tree: list[tuple[Item, int]], item: Item, programme: Programme) -> ItemLine:
    return ItemLine(
        key=item.key,
        name=item.name,
        level=programme.level_names[item.depth],
        provenance=item.provenance,
        targets=next(targets for node, targets in tree if node is item),
        children=_lines(tree, item.id, programme),
    )


def _above(tree: list[tuple[Item, int]], item: Item) -> list[Item]:
    nodes = {node.id: node for node, _ in tree}
    found: list[Item] = []
    while item.parent_id is not None:
        item = nodes[item.parent_id]
        found.insert(0, item)
    return found


def _quarters(item: Item, programme: Programme) -> tuple[tuple[PeriodLine, tuple[TargetLine, ...]], ...]:
    query = (
        db.select(Target)
        .where(Target.item_id == item.id)
        .options(db.selectinload(Target.requirements), db.selectinload(Target.scopes))
        .order_by(Target.track)
    )
    targets = list(db.session.scalars(query))
    agencies = agency_facts() if targets else []
    return tuple(
        (_period(period), tuple(_target(t, agencies) for t in targets if t.period_id == period.id))
        for period in _periods(programme)
        if any(t.period_id == period.id for t in targets)
    )


def _target(target: Target, agencies: list[AgencyFacts]) -> TargetLine:
    return TargetLine(
        id=target.id,
        track=target.track,
        text=target.text,
        unit=target.unit,
        value=target.value,
        weight=target.weight,
        provenance=target.provenance,
        note=target.note,
        owed_by="; ".join(scope_words(scope.expression, agencies) for scope in target.scopes),
        requirements=tuple(RequirementLine(each.title, each.criterion) for each in target.requirements),
    )
