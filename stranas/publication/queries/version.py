"""When the public pages last changed: a short word that is another one after everything that a page shows."""

import hashlib

from sqlalchemy import ColumnElement, ScalarSelect, String
from sqlalchemy.orm import InstrumentedAttribute

from stranas.agencies.models import Agency, AgencyAlias
from stranas.catalogue.models import Item, Programme
from stranas.publication.models import Kit, KitState, PublicationProfile, PublishedEdition, StoryEvent
from stranas.publication.queries.public_names import MARKED
from stranas.system.db import db


def _words(*columns: InstrumentedAttribute, where: ColumnElement[bool] | None = None) -> ScalarSelect:
    """What stands in these columns, row by row in one text: for small tables whose rows are changed in place."""
    row = db.literal("")
    for column in columns:
        row = row + db.func.coalesce(db.cast(column, String), "") + db.literal("|")
    rows = db.select(row.label("words")).order_by(*columns)
    its = (rows if where is None else rows.where(where)).subquery()
    return db.select(db.func.aggregate_strings(its.c.words, "\n")).scalar_subquery()


# Rows that are only ever added are counted: one that is saved after a later one (PostgreSQL gives ids out before it
# saves) would move no highest id. The instant of the newest event tells one database from another with as many.
_QUESTION = db.select(
    _words(PublishedEdition.snapshot_sha256, where=PublishedEdition.is_current),
    db.select(db.func.count(PublishedEdition.id)).scalar_subquery(),
    db.select(db.func.count(StoryEvent.id)).scalar_subquery(),
    db.select(db.func.max(StoryEvent.happened_at)).scalar_subquery(),
    _words(PublicationProfile.agency_id, PublicationProfile.changed_at),
    _words(Kit.id, where=Kit.state == KitState.READY),
    # Beside the figures: how actions and agencies are known, the order of actions, other names, rules that are told.
    _words(Item.programme_id, Item.position, Item.key, Item.provenance, where=Item.depth == 1),
    _words(Agency.code, Agency.provenance, where=Agency.provenance.in_(MARKED)),
    _words(AgencyAlias.agency_id, AgencyAlias.alias),
    db.select(db.func.aggregate_strings(db.cast(Programme.settings, String), "\n")).scalar_subquery(),
)


def portal_version() -> str:
    """One question; the same on every worker, because it is asked of the database."""
    row = db.session.execute(_QUESTION).one()
    return hashlib.sha256(repr(tuple(row)).encode()).hexdigest()[:16]
