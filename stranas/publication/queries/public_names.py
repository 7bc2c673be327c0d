"""Whose figures are public, by name: agencies with what else they are called, provinces, actions with their mark."""

from collections import defaultdict
from dataclasses import dataclass

from stranas.agencies.models import Agency, AgencyAlias, Provenance
from stranas.catalogue.models import Item, Programme
from stranas.catalogue.rules import ProgrammeRules, programme_rules
from stranas.publication.models import PublishedEdition, PublishedFigure
from stranas.publication.rules import Scope
from stranas.system.db import db

MARKED = [one for one in Provenance if one.mark]


@dataclass(frozen=True)
class PublicAgency:
    """As its latest public figures name it."""

    code: str
    name: str
    level: str
    province_code: str
    province: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class PublicAction:
    """`mark`: words of where its text comes from, empty where it is shown plainly."""

    key: str
    name: str
    mark: str

    @property
    def title(self) -> str:
        """For what has room for words alone."""
        return f"Aksi {self.key}. {self.name}" + (f" ({self.mark})" if self.mark else "")


def public_agencies() -> list[PublicAgency]:
    """All that have a figure in any public period, by level's order of names."""
    figure = PublishedFigure
    query = (
        db.select(figure.scope_key, figure.name, figure.level, figure.province_code, figure.province)
        .join(PublishedEdition, figure.published_edition_id == PublishedEdition.id)
        .where(PublishedEdition.is_current, figure.scope == Scope.AGENCY, figure.action_key == "")
        .order_by(PublishedEdition.starts_on)
    )
    latest = {row.scope_key: row for row in db.session.execute(query)}
    aliases = _aliases()
    agencies = [
        PublicAgency(row.scope_key, row.name, row.level, row.province_code, row.province, tuple(aliases[code]))
        for code, row in latest.items()
    ]
    return sorted(agencies, key=lambda agency: agency.name)


def agency_marks() -> dict[str, str]:
    """Words of how it is known that an agency takes part; those that are shown plainly are not in it."""
    query = db.select(Agency.code, Agency.provenance).where(Agency.provenance.in_(MARKED))
    return {code: provenance.mark for code, provenance in db.session.execute(query)}


def _aliases() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    query = db.select(Agency.code, AgencyAlias.alias).join(AgencyAlias, AgencyAlias.agency_id == Agency.id)
    for code, alias in db.session.execute(query):
        found[code].append(alias)
    return found


def public_actions() -> list[PublicAction]:
    """The actions with public figures, in the order of the catalogue."""
    figure = PublishedFigure
    query = (
        db.select(figure.action_key, figure.action, PublishedEdition.programme_key)
        .join(PublishedEdition, figure.published_edition_id == PublishedEdition.id)
        .where(PublishedEdition.is_current, figure.scope == Scope.NATIONAL, figure.action_key != "")
        .order_by(PublishedEdition.starts_on)
    )
    named = {row.action_key: row for row in db.session.execute(query)}
    items = _items({row.programme_key for row in named.values()})
    actions = [
        PublicAction(key, row.action, items[key].provenance.mark if key in items else "") for key, row in named.items()
    ]
    order = list(items)
    return sorted(actions, key=lambda action: order.index(action.key) if action.key in items else len(order))


def _items(programme_keys: set[str]) -> dict:
    query = (
        db.select(Item.key, Item.provenance)
        .join(Programme, Item.programme_id == Programme.id)
        .where(Programme.key.in_(programme_keys), Item.depth == 1)
        .order_by(Item.position)
    )
    return {row.key: row for row in db.session.execute(query)}


def rules_of(programme_key: str) -> ProgrammeRules:
    """The programme's own settings; the defaults for one that is not there."""
    settings = db.session.scalar(db.select(Programme.settings).where(Programme.key == programme_key))
    return programme_rules(settings or {})
