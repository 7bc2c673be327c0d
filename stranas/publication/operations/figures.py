"""Figures become public: each made edition of a released period is read once, and its figures are kept as rows."""

import logging
from datetime import datetime
from typing import Any

from stranas.catalogue.models import Period, Programme
from stranas.compliance.models import Edition
from stranas.compliance.queries.editions import content_of
from stranas.publication.figures import Classes, read, rows
from stranas.publication.models import PublishedEdition, PublishedFigure
from stranas.release.models import Release
from stranas.reporting.rules import fingerprint
from stranas.system import audit, clock
from stranas.system.db import db, lock_row, read_only, unit_of_work

log = logging.getLogger(__name__)


class Tampered(Exception):
    """The stored JSON is not the one that the edition was frozen with. Carries the edition's id."""


def publish_figures() -> dict[str, int]:
    """The clock work: every edition that is made, of a period that is released, and not public yet; oldest first.

    Safe at any time, any number of times, by any number of workers. One that cannot be published keeps no other
    waiting; its error (Tampered, ValueError) is raised after them.
    """
    with read_only():
        waiting = _waiting()
    published, refused = 0, []
    for edition_id in waiting:
        try:
            published += publish_edition(edition_id=edition_id)
        except (Tampered, ValueError) as problem:
            log.exception("edition with id %s is not published", edition_id)
            refused.append(problem)
    if refused:
        raise refused[0]
    return {"editions": published}


def _waiting() -> list[int]:
    is_public = db.exists().where(PublishedEdition.edition_id == Edition.id)
    query = (
        db.select(Edition.id)
        .join(Release, Release.period_id == Edition.period_id)
        .where(Edition.made_at.is_not(None), Release.released_at <= clock.now(), ~is_public)
        .order_by(Edition.period_id, Edition.number)
    )
    return list(db.session.scalars(query))


def publish_edition(*, edition_id: int) -> bool:
    """Read with nothing open, write at once. False when another worker was first. Raises Tampered."""
    with read_only():
        head, content = _head(edition_id), content_of(edition_id=edition_id)
    text = content.decode()
    if fingerprint(text) != head["snapshot_sha256"]:
        raise Tampered(edition_id)
    edition = read(text)
    values = [dict(row) for row in rows(edition)]
    head["class_names"] = Classes.of(edition["rules"]).names
    with unit_of_work():
        return _record(head, values, at=clock.now())


def _head(edition_id: int) -> dict[str, Any]:
    query = (
        db.select(
            Edition.id.label("edition_id"),
            Edition.period_id,
            Edition.number,
            Edition.reason,
            Edition.cutoff,
            Edition.snapshot_sha256,
            Programme.key.label("programme_key"),
            Programme.name.label("programme"),
            Period.key.label("period_key"),
            Period.name.label("period"),
            Period.starts_on,
            Period.ends_on,
            Release.released_at,
            Release.decree,
        )
        .join(Period, Edition.period_id == Period.id)
        .join(Programme, Period.programme_id == Programme.id)
        .join(Release, Release.period_id == Period.id)
        .where(Edition.id == edition_id)
    )
    return dict(db.session.execute(query).one()._mapping)


def _record(head: dict[str, Any], values: list[dict[str, Any]], *, at: datetime) -> bool:
    """The newest edition of a period is its current one, whichever is read first."""
    db.session.execute(lock_row(db.select(Release.id).where(Release.period_id == head["period_id"])))
    if db.session.scalar(db.select(db.exists().where(PublishedEdition.edition_id == head["edition_id"]))):
        return False
    its = PublishedEdition.period_id == head["period_id"]
    is_current = not db.session.scalar(db.select(db.exists().where(its, PublishedEdition.number > head["number"])))
    if is_current:
        db.session.execute(db.update(PublishedEdition).where(its).values(is_current=False))
    published = PublishedEdition(**head, published_at=at, is_current=is_current)
    db.session.add(published)
    db.session.flush()
    db.session.execute(db.insert(PublishedFigure), [{"published_edition_id": published.id, **row} for row in values])
    audit.record(
        "publish_figures", f"period:{head['period_key']}", number=head["number"], snapshot=head["snapshot_sha256"]
    )
    log.info("figures of edition %s of %s are public", head["number"], head["period_key"])
    return True
