"""Obligations put together into the figures of agencies, provinces, levels, actions and items."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from stranas.agencies.models import AgencyLevel
from stranas.compliance.rules import Figures, figures, group
from stranas.compliance.snapshot import Action, AgencyFigures, Detail, GroupFigures


def counted(
    rows: Iterable[AgencyFigures], details: Sequence[Detail], actions: Sequence[Action], items: Mapping[str, str]
) -> dict[str, Any]:
    """The fields of a snapshot that follow from its agencies' figures and from its obligations. `actions`, `items`
    (names by key): those in the report, in order."""
    # Those who owe come first: agencies without obligations are counted, not read about.
    rows = sorted(rows, key=lambda row: row.figures.expected == 0)
    matrix = figures_by(details, lambda detail: (detail.agency.id, detail.action.key))
    by_item = figures_by(details, lambda detail: (detail.agency.id, detail.item_key))
    return {
        "agencies": tuple(rows),
        "provinces": tuple(provinces(rows)),
        "levels": tuple(levels(rows)),
        "total": group(row.figures for row in rows),
        "actions": tuple(actions),
        "by_action": tuple(groups({action.key: action.name for action in actions}, matrix)),
        "by_item": tuple(groups(items, by_item)),
        "matrix": matrix,
        "details": tuple(details),
    }


def figures_by(
    details: Iterable[Detail], key: Callable[[Detail], Hashable], *, whole: Fraction | None = None
) -> dict[Any, Figures]:
    results = defaultdict(list)
    for detail in details:
        results[key(detail)].append(detail.result)
    return {name: figures(of_it, whole=whole) for name, of_it in results.items()}


def provinces(rows: Iterable[AgencyFigures]) -> Iterator[GroupFigures]:
    members = defaultdict(list)
    for row in rows:
        if row.agency.province_id is not None:
            members[row.agency.province_code, row.agency.province].append(row.figures)
    for (code, name), known in sorted(members.items()):
        yield GroupFigures(key=code, name=name, group=group(known))


def items_of(details: Iterable[Detail], actions: Mapping[int, Action]) -> dict[str, str]:
    """The names of the items in the report by key: action by action, each action's in the catalogue's order."""
    order = {action.key: place for place, action in enumerate(actions.values())}
    known = {d.item_key: (order.get(d.action.key, len(order)), d.item) for d in details}
    return {key: name for key, (_, name) in sorted(known.items(), key=lambda one: one[1][0])}


def groups(names: Mapping[str, str], by_agency: Mapping[tuple[int, str], Figures]) -> Iterator[GroupFigures]:
    """Of each key, the agencies that have figures of it."""
    members = defaultdict(list)
    for (_, key), known in by_agency.items():
        members[key].append(known)
    for key, name in names.items():
        yield GroupFigures(key=key, name=name, group=group(members[key]))


def levels(rows: Sequence[AgencyFigures]) -> Iterator[GroupFigures]:
    for level in AgencyLevel:
        known = [row.figures for row in rows if row.agency.level is level]
        if known:
            yield GroupFigures(key=level.value, name=level.label, group=group(known))
