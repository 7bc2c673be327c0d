"""The stories that everybody may read, as lines of a list: from their newest editions, never from working copies."""

from dataclasses import dataclass
from datetime import datetime

from stranas.agencies.models import Agency
from stranas.publication.frozen import FrozenStory, loads
from stranas.publication.models import Story, StoryEdition
from stranas.publication.rules import StoryKind
from stranas.system.db import db


@dataclass(frozen=True)
class StoryLine:
    """`published_at`: of its newest edition."""

    slug: str
    title: str
    kind: StoryKind
    agency: str
    agency_code: str
    published_at: datetime
    summary: str


def newest(*, limit: int, agency_code: str | None = None) -> list[StoryLine]:
    """The latest first; of one agency or of all. A withdrawn story is in no list."""
    query = _editions().order_by(StoryEdition.published_at.desc(), StoryEdition.id.desc()).limit(limit)
    if agency_code is not None:
        query = query.where(Agency.code == agency_code)
    return [_line(loads(content), at) for content, at in db.session.execute(query)]


def told(*, words: list[str], limit: int) -> list[StoryLine]:
    """Stories whose title, summary or agency holds every word (small letters), the latest first."""
    if not words:
        return []
    query = _editions().order_by(StoryEdition.published_at.desc(), StoryEdition.id.desc())
    lines = (_line(loads(content), at) for content, at in db.session.execute(query))
    fitting = (line for line in lines if _holds(line, words))
    return [line for line, _ in zip(fitting, range(limit), strict=False)]


def _editions():
    """The newest edition of each public story."""
    return (
        db.select(StoryEdition.content, StoryEdition.published_at)
        .join(Story, StoryEdition.story_id == Story.id)
        .join(Agency, Story.agency_id == Agency.id)
        .where(Story.number > 0, Story.withdrawn_at.is_(None), StoryEdition.number == Story.number)
    )


def _line(story: FrozenStory, published_at: datetime) -> StoryLine:
    return StoryLine(
        slug=story.slug,
        title=story.title,
        kind=story.kind,
        agency=story.agency,
        agency_code=story.agency_code,
        published_at=published_at,
        summary=story.summary,
    )


def _holds(line: StoryLine, words: list[str]) -> bool:
    text = f"{line.title} {line.summary} {line.agency}".lower()
    return all(word in text for word in words)
