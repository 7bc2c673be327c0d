"""Where stories appeared: of one story, and the recap of an agency or of the country."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from stranas.agencies.models import Agency
from stranas.publication.frozen import loads
from stranas.publication.models import Appearance, Story, StoryEdition
from stranas.system.db import db
from stranas.system.text import local_day


@dataclass(frozen=True)
class AppearanceView:
    """`reach` None where nobody knows it; `counted`: of what it is the number."""

    id: int
    story_id: int
    medium: str
    address: str
    appeared_on: date
    reach: int | None
    counted: str
    note: str
    recorded_at: datetime

    @property
    def is_link(self) -> bool:
        return self.address.startswith("https://")


@dataclass(frozen=True)
class PublishedStory:
    """A story as its newest edition says it. `published_on`: the day of its first edition, in the agency's zone."""

    id: int
    agency_id: int
    agency_code: str
    agency: str
    timezone: str
    kind: str
    title: str
    slug: str
    action_key: str
    action: str
    period: str
    published_on: date
    number: int
    is_withdrawn: bool


_COLUMNS = tuple(getattr(Appearance, name) for name in AppearanceView.__dataclass_fields__)


def appearances_of(story_ids: list[int], *, since: date | None = None, until: date | None = None):
    """By story id, the earliest first; days included. Removed ones are left out."""
    query = (
        db.select(*_COLUMNS)
        .where(Appearance.story_id.in_(story_ids), Appearance.removed_at.is_(None))
        .order_by(Appearance.appeared_on, Appearance.id)
    )
    if since:
        query = query.where(Appearance.appeared_on >= since)
    if until:
        query = query.where(Appearance.appeared_on <= until)
    found: dict[int, list[AppearanceView]] = defaultdict(list)
    for row in db.session.execute(query):
        found[row.story_id].append(AppearanceView(**row._mapping))
    return found


def published_stories(
    scope: ColumnElement[bool], *, agency_code: str = "", action_key: str | None = None, story_id: int | None = None
) -> list[PublishedStory]:
    """Stories of these agencies that the public saw once, withdrawn ones too; by agency, then the earliest first."""
    first = aliased(StoryEdition)
    query = (
        db.select(
            Story.id,
            Story.withdrawn_at,
            Agency.id.label("agency_id"),
            Agency.code,
            Agency.name,
            Agency.timezone,
            StoryEdition.content,
            first.published_at.label("first"),
        )
        .join(Agency, Agency.id == Story.agency_id)
        .join(StoryEdition, (StoryEdition.story_id == Story.id) & (StoryEdition.number == Story.number))
        .join(first, (first.story_id == Story.id) & (first.number == 1))
        .where(scope)
        .order_by(Agency.name, first.published_at, Story.id)
    )
    if agency_code:
        query = query.where(Agency.code == agency_code)
    if story_id is not None:
        query = query.where(Story.id == story_id)
    found = [_published(row) for row in db.session.execute(query)]
    return [story for story in found if action_key is None or story.action_key == action_key]


def _published(row) -> PublishedStory:
    told = loads(row.content)
    return PublishedStory(
        id=row.id,
        agency_id=row.agency_id,
        agency_code=row.code,
        agency=row.name,
        timezone=row.timezone,
        kind=told.kind.label,
        title=told.title,
        slug=told.slug,
        action_key=told.action_key,
        action=told.action,
        period=told.period,
        published_on=local_day(row.first, row.timezone),
        number=told.number,
        is_withdrawn=row.withdrawn_at is not None,
    )


def appearance_of(story_id: int, appearance_id: int) -> Appearance | None:
    return db.session.scalars(
        db.select(Appearance).where(Appearance.id == appearance_id, Appearance.story_id == story_id)
    ).one_or_none()
