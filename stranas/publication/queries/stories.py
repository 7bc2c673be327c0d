"""Stories as those who sign in see them: lists, one story, how its agency publishes, which ones are overtaken."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import joinedload, selectinload

from stranas.agencies.models import Agency
from stranas.publication.freezing import Publisher, Quotable
from stranas.publication.frozen import FrozenPicture, FrozenStory, loads
from stranas.publication.models import PublishedEdition, Story, StoryEdition
from stranas.publication.queries.quotable import quotable_of
from stranas.publication.rules import SHOWN_STAGES, Stage, StoryKind
from stranas.publication.tokens import find
from stranas.publication.written import Written
from stranas.system.db import db

PAGE = 50
_IS_SHOWN = Story.stage.in_(SHOWN_STAGES)


@dataclass(frozen=True)
class StoryRow:
    """A line of the list. `published_at`: of the newest edition, None before the first."""

    id: int
    title: str
    kind: StoryKind
    stage: Stage
    agency: str
    period_key: str
    number: int
    changed_at: datetime
    changed_by: str
    published_at: datetime | None
    withdrawn_at: datetime | None


@dataclass(frozen=True)
class Found:
    rows: Sequence[StoryRow]
    total: int
    page: int
    pages: int


def stories(scope: ColumnElement[bool], *, stage: Stage | None = None, page: int = 1) -> Found:
    """Those of the agencies in scope, the latest changed first."""
    conditions = [scope, Story.stage == stage if stage else _IS_SHOWN]
    total = db.session.scalar(db.select(db.func.count(Story.id)).join(Story.agency).where(*conditions))
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    published = db.select(db.func.max(StoryEdition.published_at)).where(StoryEdition.story_id == Story.id)
    query = (
        db.select(Story, published.scalar_subquery())
        .join(Story.agency)
        .where(*conditions)
        .order_by(Story.changed_at.desc(), Story.id.desc())
        .options(joinedload(Story.changed_by))
        .limit(PAGE)
        .offset((page - 1) * PAGE)
    )
    return Found([_row(story, at) for story, at in db.session.execute(query)], total, page, pages)


def _row(story: Story, published_at: datetime | None) -> StoryRow:
    return StoryRow(
        id=story.id,
        title=shown_title(story),
        kind=story.kind,
        stage=story.stage,
        agency=story.agency.name,
        period_key=story.period.key if story.period else "",
        number=story.number,
        changed_at=story.changed_at,
        changed_by=story.changed_by.name,
        published_at=published_at,
        withdrawn_at=story.withdrawn_at,
    )


def shown_title(story: Story) -> str:
    """The title of the working copy, in which tokens are still dots: lists ask for no figures."""
    title = story.title
    for token in find(story.title):
        title = title.replace(token.raw, "…")
    return title.strip() or "Tanpa judul"


def story_in_scope(story_id: int, scope: ColumnElement[bool]) -> Story | None:
    query = (
        db.select(Story)
        .join(Story.agency)
        .where(Story.id == story_id, scope, _IS_SHOWN)
        .options(selectinload(Story.pictures), joinedload(Story.changed_by))
        .execution_options(populate_existing=True)
    )
    return db.session.scalars(query).unique().one_or_none()


def was_discarded(story_id: int, scope: ColumnElement[bool]) -> bool:
    query = db.select(Story.id).join(Story.agency).where(Story.id == story_id, Story.stage == Stage.DISCARDED, scope)
    return db.session.scalar(query) is not None


def written_of(story: Story) -> Written:
    return Written(
        **{
            name: getattr(story, name)
            for name in Written.__dataclass_fields__
            if name not in ("period_key", "units", "partners")
        },
        period_key=story.period.key if story.period else "",
        units=tuple(story.units),
        partners=tuple(story.partners),
    )


def quotable_for(story: Story) -> Quotable:
    return quotable_of(story.agency.code)


def publisher_of(agency: Agency) -> Publisher:
    province = agency.code.partition(".")[0] if agency.level.is_local else ""
    return Publisher(agency.code, agency.name, agency.level.value, province)


def pictures_of(story: Story) -> tuple[FrozenPicture, ...]:
    """Those of the working copy; positions count from 1 without gaps."""
    return tuple(
        FrozenPicture(
            position=position,
            **{name: getattr(picture, name) for name in FrozenPicture.__dataclass_fields__ if name != "position"},
        )
        for position, picture in enumerate(sorted(story.pictures, key=lambda one: one.position), 1)
    )


def editions_of(story_id: int) -> list[StoryEdition]:
    """The newest first."""
    query = db.select(StoryEdition).where(StoryEdition.story_id == story_id).order_by(StoryEdition.number.desc())
    return list(db.session.scalars(query.options(selectinload(StoryEdition.files))).unique())


def last_edition(story: Story) -> FrozenStory | None:
    """What the public sees of it, or would if it were not withdrawn."""
    query = db.select(StoryEdition.content).where(
        StoryEdition.story_id == story.id, StoryEdition.number == story.number
    )
    content = db.session.scalar(query)
    return loads(content) if content else None


def period_id_of(key: str) -> int | None:
    """Of a released, public period; None for any other key."""
    query = db.select(PublishedEdition.period_id).where(PublishedEdition.period_key == key, PublishedEdition.is_current)
    return db.session.scalars(query).first()
