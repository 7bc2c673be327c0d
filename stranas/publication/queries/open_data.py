"""The rows of the open data, in pieces; and which edition became public when, with what it changed."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from stranas.catalogue.models import Item, Programme
from stranas.compliance.differences import Difference
from stranas.compliance.models import Edition
from stranas.publication.models import PublishedEdition, PublishedFigure
from stranas.publication.open_data import COLUMNS
from stranas.publication.rules import Scope
from stranas.system.db import db, read_only

PIECE = 1000  # rows that are in memory at once
_OF = {
    **PublishedEdition.__mapper__.columns,
    **PublishedFigure.__mapper__.columns,
    "action_provenance": Item.__table__.c.provenance,
}
_COLUMNS = [_OF[column.source].label(column.source) for column in COLUMNS]


def pieces(
    *, period_keys: Collection[str] | None = None, scopes: Collection[Scope] | None = None
) -> Iterator[list[Mapping[str, Any]]]:
    """All figures of the editions that are current now, the earliest period first; None does not narrow.

    Each piece is a short read of its own, so that a slow reader keeps no transaction open. Figures of an edition never
    change, so the whole stays one state.
    """
    with read_only():
        editions = _current(period_keys)
    for edition_id in editions:
        yield from _of_edition(edition_id, scopes)


def _current(period_keys: Collection[str] | None) -> list[int]:
    query = db.select(PublishedEdition.id).where(PublishedEdition.is_current).order_by(PublishedEdition.starts_on)
    if period_keys is not None:
        query = query.where(PublishedEdition.period_key.in_(period_keys))
    return list(db.session.scalars(query))


def _of_edition(edition_id: int, scopes: Collection[Scope] | None) -> Iterator[list[Mapping[str, Any]]]:
    query = (
        db.select(PublishedFigure.id, *_COLUMNS)
        .join(PublishedEdition, PublishedFigure.published_edition_id == PublishedEdition.id)
        .outerjoin(Programme, Programme.key == PublishedEdition.programme_key)
        .outerjoin(
            Item, (Item.programme_id == Programme.id) & (Item.key == PublishedFigure.action_key) & (Item.depth == 1)
        )
        .where(PublishedFigure.published_edition_id == edition_id)
        .order_by(PublishedFigure.id)
        .limit(PIECE)
    )
    if scopes is not None:
        query = query.where(PublishedFigure.scope.in_(scopes))
    after = 0
    while True:
        with read_only():
            rows = db.session.execute(query.where(PublishedFigure.id > after)).mappings().all()
        if rows:
            yield rows
        if len(rows) < PIECE:
            return
        after = rows[-1]["id"]


@dataclass(frozen=True)
class Change:
    """An edition became public. `differences`: what it says otherwise than the edition before it."""

    programme_key: str
    period_key: str
    period: str
    starts_on: date
    ends_on: date
    number: int
    reason: str
    cutoff: datetime
    released_at: datetime
    published_at: datetime
    snapshot_sha256: str
    is_current: bool
    differences: tuple[Difference, ...]


def changes() -> list[Change]:
    """Every edition that ever was public, the latest first."""
    query = (
        db.select(PublishedEdition, Edition.differences)
        .join(Edition, PublishedEdition.edition_id == Edition.id)
        .order_by(PublishedEdition.published_at.desc(), PublishedEdition.id.desc())
    )
    return [_change(edition, differences) for edition, differences in db.session.execute(query)]


def _change(edition: PublishedEdition, differences: str) -> Change:
    same = (name for name in Change.__dataclass_fields__ if name != "differences")
    return Change(
        **{name: getattr(edition, name) for name in same},
        differences=tuple(Difference(**one) for one in json.loads(differences)),
    )
