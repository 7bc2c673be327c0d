"""When the public pages last changed: a short word that is another one after every publication or withdrawal."""

import hashlib

from stranas.publication.models import Kit, KitState, PublicationProfile, PublishedEdition, StoryEvent
from stranas.system.db import db


def portal_version() -> str:
    """One question; the same on every worker, because it is asked of the database. Events are counted too: one that
    is saved after a later one (PostgreSQL gives ids out before it saves) would not move the highest id."""
    row = db.session.execute(
        db.select(
            db.select(db.func.max(PublishedEdition.id)).scalar_subquery(),
            db.select(db.func.max(StoryEvent.id)).scalar_subquery(),
            db.select(db.func.count(StoryEvent.id)).scalar_subquery(),
            db.select(db.func.max(PublicationProfile.changed_at)).scalar_subquery(),
            db.select(db.func.count(Kit.id)).where(Kit.state == KitState.READY).scalar_subquery(),
        )
    ).one()
    return hashlib.sha256(repr(tuple(row)).encode()).hexdigest()[:16]
