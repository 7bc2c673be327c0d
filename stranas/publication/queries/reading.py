"""One story as everybody reads it: an edition, its place among the others, its bytes. Never the working copy."""

from dataclasses import dataclass
from datetime import datetime

from stranas.agencies.models import Agency
from stranas.publication.frozen import FrozenStory, loads
from stranas.publication.models import (
    Kit,
    KitFile,
    KitState,
    PublicationProfile,
    Story,
    StoryEdition,
    StoryEditionFile,
)
from stranas.publication.queries.profiles import is_election
from stranas.publication.rules import StoryKind
from stranas.publication.showing import shown
from stranas.system.db import db
from stranas.system.models import StoredFile

PAGE = 20
CARD = "tautan.png"


class Gone(Exception):
    """The story was public once and was withdrawn."""


@dataclass(frozen=True)
class Heading:
    number: int
    published_at: datetime
    note: str


@dataclass(frozen=True)
class Readable:
    """`story`: the edition that was asked for, as it may be shown today. `editions`: all of them, the newest first."""

    story: FrozenStory
    editions: tuple[Heading, ...]
    edition_id: int
    has_card: bool

    @property
    def newest(self) -> Heading:
        return self.editions[0]

    @property
    def first(self) -> Heading:
        return self.editions[-1]

    @property
    def is_replaced(self) -> bool:
        return self.story.number != self.newest.number


def readable(slug: str, number: int | None = None) -> Readable | None:
    """The newest edition, or one by its number; None without one. Raises Gone. Two questions, whatever there is."""
    rows = _editions(slug)
    if rows and rows[0].withdrawn_at is not None:
        raise Gone(slug)
    wanted = next((row for row in rows if number in (None, row.number)), None)
    if wanted is None:
        return None
    content, has_card = db.session.execute(
        db.select(StoryEdition.content, _card(wanted.id).exists()).where(StoryEdition.id == wanted.id)
    ).one()
    whole = loads(content)
    seen = shown(whole, without_leaders=is_election(wanted.election_from, wanted.election_until))
    return Readable(
        story=seen,
        editions=tuple(Heading(row.number, row.published_at, row.note) for row in rows),
        edition_id=wanted.id,
        has_card=has_card and seen == whole,  # the card may show whom masa pilkada leaves out
    )


def _editions(slug: str):
    """Nothing of a story that was never published: an edition makes it one."""
    query = (
        db.select(
            StoryEdition.id,
            StoryEdition.number,
            StoryEdition.published_at,
            StoryEdition.note,
            Story.withdrawn_at,
            PublicationProfile.election_from,
            PublicationProfile.election_until,
        )
        .join(Story, StoryEdition.story_id == Story.id)
        .outerjoin(PublicationProfile, PublicationProfile.agency_id == Story.agency_id)
        .where(Story.slug == slug, Story.number > 0, StoryEdition.number <= Story.number)
        .order_by(StoryEdition.number.desc())
    )
    return db.session.execute(query).all()


def _card(edition_id: int):
    return (
        db.select(StoredFile.storage_key)
        .join(KitFile, KitFile.file_id == StoredFile.id)
        .join(Kit, KitFile.kit_id == Kit.id)
        .where(Kit.story_edition_id == edition_id, Kit.state == KitState.READY, KitFile.name == CARD)
        .order_by(Kit.id.desc())
        .limit(1)
    )


def card_key(found: Readable) -> str | None:
    """Where the Open Graph picture of its kit lies; None without one, and where it may show what is left out today."""
    return db.session.scalar(_card(found.edition_id)) if found.has_card else None


def picture_key(found: Readable, position: int) -> str | None:
    """Where a picture of the edition lies; None for one that it does not have or that is not shown today."""
    if all(picture.position != position for picture in found.story.pictures):
        return None
    return db.session.scalar(
        db.select(StoredFile.storage_key)
        .join(StoryEditionFile, StoryEditionFile.file_id == StoredFile.id)
        .where(StoryEditionFile.story_edition_id == found.edition_id, StoryEditionFile.position == position)
    )


@dataclass(frozen=True)
class Listed:
    """`first_at`: when the story was published first; `published_at`: its newest edition."""

    story: FrozenStory
    first_at: datetime
    published_at: datetime


def listed(
    *, kind: StoryKind | None = None, agency_code: str | None = None, page: int = 1, size: int = PAGE
) -> tuple[list[Listed], int]:
    """Public stories, the latest first, and how many pages there are. Two questions."""
    first = db.aliased(StoryEdition)
    query = (
        db.select(StoryEdition.content, first.published_at.label("first_at"), StoryEdition.published_at)
        .join(Story, StoryEdition.story_id == Story.id)
        .join(first, (first.story_id == Story.id) & (first.number == 1))
        .join(PublicationProfile, PublicationProfile.agency_id == Story.agency_id, isouter=True)
        .add_columns(PublicationProfile.election_from, PublicationProfile.election_until)
        .where(Story.number > 0, Story.withdrawn_at.is_(None), StoryEdition.number == Story.number)
        .order_by(first.published_at.desc(), Story.id.desc())
    )
    if kind is not None:
        query = query.where(Story.kind == kind)
    if agency_code is not None:
        query = query.join(Agency, Story.agency_id == Agency.id).where(Agency.code == agency_code)
    total = db.session.scalar(db.select(db.func.count()).select_from(query.order_by(None).subquery()))
    rows = db.session.execute(query.limit(size).offset((page - 1) * size))
    stories = [
        Listed(shown(loads(content), without_leaders=is_election(since, until)), first_at, at)
        for content, first_at, at, since, until in rows
    ]
    return stories, max(1, -(-total // size))


def addresses() -> list[tuple[str, datetime]]:
    """Slug and newest edition's instant of every public story."""
    query = (
        db.select(Story.slug, StoryEdition.published_at)
        .join(StoryEdition, (StoryEdition.story_id == Story.id) & (StoryEdition.number == Story.number))
        .where(Story.number > 0, Story.withdrawn_at.is_(None))
        .order_by(Story.id)
    )
    return [(slug, at) for slug, at in db.session.execute(query)]
