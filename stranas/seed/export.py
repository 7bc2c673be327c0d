"""Write the database's agencies, reasons and programmes as seed files: a fresh seed gives seed_data/ again."""

from collections.abc import Iterator
from dataclasses import fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from stranas.agencies.models import Agency, AgencyAlias, AgencyLevel
from stranas.catalogue.models import Item, Period, Programme, Requirement, Target
from stranas.catalogue.operations import BETWEEN
from stranas.catalogue.rules import ProgrammeRules
from stranas.seed.files import write_rows, write_table
from stranas.system.db import db
from stranas.verification.models import ReturnReason

AGENCY = ("code", "name", "short_name", "level", "province", "timezone", "seat", "provenance")
ALIAS = ("code", "alias", "kind", "source")
REASON = ("code", "reason", "repair")
PERIOD = ("key", "name", "starts_on", "ends_on")
ITEM = (
    *("key", "parent", "level", "name", "name_en", "lead_agencies", "scope_text", "indicator"),
    *("provenance", "source", "note"),
)
TARGET = (
    *("item", "track", "period", "text", "unit", "value", "weight", "requirements", "owed_by"),
    *("provenance", "note"),
)


def export_seed(*, folder: Path) -> list[Path]:
    """Write every file; returns them in the order written."""
    folder.mkdir(parents=True, exist_ok=True)
    written = [folder / name for name in ("agencies.csv", "agency_aliases.csv", "return_reasons.csv")]
    write_rows(written[0], AGENCY, _agencies())
    write_rows(written[1], ALIAS, _aliases())
    write_rows(written[2], REASON, _reasons())
    for programme in db.session.scalars(db.select(Programme).order_by(Programme.key)):
        written += _export_programme(programme, folder / "programmes" / programme.key)
    return written


def _export_programme(programme: Programme, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    names = ("programme.toml", "periods.csv", "items.csv", "targets.csv")
    table, periods, items, targets = (folder / name for name in names)
    write_table(table, _programme(programme))
    write_rows(periods, PERIOD, _periods(programme))
    write_rows(items, ITEM, _items(programme))
    write_rows(targets, TARGET, _targets(programme))
    return [table, periods, items, targets]


def _plain(row: Any, columns: tuple[str, ...]) -> dict[str, str]:
    """The columns that the table has under the file's own name."""
    return {name: _text(getattr(row, name)) for name in columns if name in row.__table__.columns}


def _text(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(getattr(value, "value", value))


def _agencies() -> Iterator[dict[str, str]]:
    """K/L, then each level of local government, by code."""
    order = list(AgencyLevel)
    rows = db.session.scalars(db.select(Agency).options(db.joinedload(Agency.province)))
    for agency in sorted(rows, key=lambda agency: (order.index(agency.level), agency.code)):
        yield _plain(agency, AGENCY) | {"province": agency.province.code if agency.province else ""}


def _aliases() -> Iterator[dict[str, str]]:
    query = db.select(AgencyAlias, Agency.code).join(Agency)
    rows = sorted(db.session.execute(query), key=lambda pair: (pair[1], pair[0].alias))
    for alias, code in rows:
        yield {"code": code, **_plain(alias, ALIAS)}


def _reasons() -> Iterator[dict[str, str]]:
    for reason in db.session.scalars(db.select(ReturnReason).order_by(ReturnReason.code)):
        yield _plain(reason, REASON)


def _programme(programme: Programme) -> dict[str, Any]:
    """The settings in the order in which ProgrammeRules says them."""
    stored = programme.settings
    settings = {rule.name: stored[rule.name] for rule in fields(ProgrammeRules) if rule.name in stored}
    return {
        "key": programme.key,
        "name": programme.name,
        "level_names": programme.level_names,
        "settings": settings,
    }


def _periods(programme: Programme) -> Iterator[dict[str, str]]:
    query = db.select(Period).filter_by(programme_id=programme.id).order_by(Period.position)
    for period in db.session.scalars(query):
        yield _plain(period, PERIOD)


def _items(programme: Programme) -> Iterator[dict[str, str]]:
    query = db.select(Item).filter_by(programme_id=programme.id).order_by(Item.position)
    for item in db.session.scalars(query.options(db.joinedload(Item.parent))):
        parent = item.parent.key if item.parent else ""
        yield _plain(item, ITEM) | {"parent": parent, "level": programme.level_names[item.depth]}


def _targets(programme: Programme) -> Iterator[dict[str, str]]:
    query = (
        db.select(Target)
        .join(Target.period)
        .where(Period.programme_id == programme.id)
        .options(db.selectinload(Target.requirements), db.selectinload(Target.scopes))
    )
    rows = sorted(db.session.scalars(query), key=lambda t: (t.item.position, t.track, t.period.position))
    for target in rows:
        yield _plain(target, TARGET) | {
            "item": target.item.key,
            "period": target.period.key,
            "requirements": BETWEEN.join(_requirement(each) for each in target.requirements),
            "owed_by": BETWEEN.join(scope.expression for scope in target.scopes),
        }


def _requirement(requirement: Requirement) -> str:
    return f"{requirement.kind.value}:{requirement.subject}; {requirement.criterion}"
