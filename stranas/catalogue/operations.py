"""Load a programme, its periods, its tree and its quarterly targets."""

from dataclasses import asdict
from typing import Any

from stranas.agencies.models import Provenance
from stranas.catalogue.models import DocumentKind, Item, Period, Programme, Requirement, Target, TargetScope
from stranas.catalogue.queries import agency_facts, item_ids, period_ids
from stranas.catalogue.rules import AgencyFacts, ScopeError, owing, programme_rules
from stranas.system import audit
from stranas.system.db import db, lock_row
from stranas.system.loading import Loaded, LoadError, Row, is_official, load_rows

BETWEEN = " | "  # stands between the requirements and between the scopes of a target


def load_programme(*, values: dict[str, Any], place: str) -> Programme:
    """The programme of this key; made when it is not there, and never changed: its settings belong to people."""
    found = db.session.scalar(db.select(Programme).filter_by(key=values["key"]))
    if found:
        return found
    try:
        programme_rules(values["settings"])
    except (TypeError, KeyError, ArithmeticError) as problem:
        raise LoadError(f"{place}: the settings are not understood ({problem})") from None
    programme = Programme(**values)
    db.session.add(programme)
    db.session.flush()
    return programme


def set_checks(*, programme: Programme, checks: dict[str, dict[str, str]], reason: str) -> None:
    """What findings of the evidence checks weigh in a programme (evidence.weighing). Meets new runs only."""
    db.session.execute(lock_row(db.select(Programme.id).where(Programme.id == programme.id)))
    before = programme.settings.get("checks", {})
    programme.settings = {**programme.settings, "checks": checks}
    audit.record("set_checks", f"programme:{programme.key}", before=before, after=checks, reason=reason)


def load_periods(*, programme: Programme, rows: list[Row], instants: list[Any]) -> Loaded:
    """One period per row; `instants` (deadlines.rules.Instants, in the same order) are stored once, never derived
    again."""
    wanted = [
        {
            "programme_id": programme.id,
            "key": row["key"],
            "name": row["name"],
            "position": position,
            "starts_on": row.day("starts_on"),
            "ends_on": row.day("ends_on"),
            **asdict(three),
        }
        for position, (row, three) in enumerate(zip(rows, instants, strict=True), 1)
    ]
    return load_rows(Period, wanted, key=("programme_id", "key"), update=False)


def load_items(*, programme: Programme, rows: list[Row]) -> Loaded:
    """The tree, level by level; the order of the rows is the order on screen."""
    placed = [(position, row, _depth(row, programme)) for position, row in enumerate(rows, 1)]
    loaded = Loaded()
    for depth in range(len(programme.level_names)):
        parents: dict[str, int | None] = {"": None, **item_ids(programme=programme)}
        wanted = [_item(programme, row, position, depth, parents) for position, row, its in placed if its == depth]
        loaded += load_rows(Item, wanted, key=("programme_id", "key"))
    return loaded


def _depth(row: Row, programme: Programme) -> int:
    """A level's own name says how deep an item stands."""
    return int(row.find("level", {name: depth for depth, name in enumerate(programme.level_names)}, "level"))


def _item(programme: Programme, row: Row, position: int, depth: int, parents: dict[str, int | None]) -> dict[str, Any]:
    plain = ("key", "name", "name_en", "lead_agencies", "scope_text", "indicator", "source", "note")
    return {
        "programme_id": programme.id,
        "parent_id": row.find("parent", parents, "item"),
        "depth": depth,
        "position": position,
        "provenance": row.choice("provenance", Provenance),
        **{name: row[name] for name in plain},
    }


def load_targets(*, programme: Programme, rows: list[Row]) -> Loaded:
    """Targets with their requirements and scopes. Where the official matrix has come in, the samples of the same
    item and period stay out."""
    items, periods = item_ids(programme=programme), period_ids(programme=programme)
    official = _official(programme)
    agencies = agency_facts()
    wanted: dict[tuple[int, int, str], tuple[Row, dict[str, Any]]] = {}
    for row in rows:
        values = _target(row, items, periods)
        _check_scopes(row, agencies)
        if (values["item_id"], values["period_id"]) not in official:
            wanted[values["item_id"], values["period_id"], values["track"]] = (row, values)
    targets = [values for _, values in wanted.values()]
    loaded = load_rows(Target, targets, key=("item_id", "period_id", "track"))
    parts = _load_parts({key: row for key, (row, _) in wanted.items()})
    return Loaded(len(rows), loaded.added, loaded.changed + parts)


def _official(programme: Programme) -> set[tuple[int, int]]:
    query = db.select(Target).join(Period).where(Period.programme_id == programme.id)
    return {(t.item_id, t.period_id) for t in db.session.scalars(query) if is_official(t)}


def _target(row: Row, items: dict[str, int], periods: dict[str, int]) -> dict[str, Any]:
    return {
        "item_id": row.find("item", items, "item"),
        "period_id": row.find("period", periods, "period"),
        "track": row["track"],
        "text": row["text"],
        "unit": row["unit"],
        "value": row.number("value"),
        "weight": row.number("weight"),
        "provenance": row.choice("provenance", Provenance),
        "note": row["note"],
    }


def _check_scopes(row: Row, agencies: list[AgencyFacts]) -> None:
    try:
        for expression in row["owed_by"].split(BETWEEN):
            owing(expression, agencies)
    except ScopeError as problem:
        raise row.refuse(str(problem)) from None


def _load_parts(rows: dict[tuple[int, int, str], Row]) -> int:
    """Requirements and scopes of the targets; how many parts of targets that were there before had to change."""
    ids = {(t.item_id, t.period_id, t.track): t.id for t in db.session.scalars(db.select(Target))}
    requirements = [part for key, row in rows.items() for part in _requirements(row, ids[key])]
    scopes = [part for key, row in rows.items() for part in _scopes(row, ids[key])]
    key = ("target_id", "position")
    return load_rows(Requirement, requirements, key=key).changed + load_rows(TargetScope, scopes, key=key).changed


def _requirements(row: Row, target_id: int) -> list[dict[str, Any]]:
    """ "kind:subject; criterion", several of them between bars."""
    kinds = {kind.value: kind for kind in DocumentKind}
    found = []
    for position, text in enumerate(row["requirements"].split(BETWEEN), 1):
        kind, _, rest = text.partition(":")
        subject, _, criterion = rest.partition("; ")
        if kind not in kinds or not subject or not criterion:
            raise row.refuse(f"the requirement {text!r} is not of the form kind:subject; criterion")
        values = {"kind": kinds[kind], "subject": subject, "criterion": criterion}
        found.append({"target_id": target_id, "position": position, **values})
    return found


def _scopes(row: Row, target_id: int) -> list[dict[str, Any]]:
    expressions = enumerate(row["owed_by"].split(BETWEEN), 1)
    return [{"target_id": target_id, "position": number, "expression": text} for number, text in expressions]
