"""Stories as rows, in any stage, for tests of what lies around a story."""

from datetime import UTC, datetime
from itertools import count

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.publication.frozen import dumps
from stranas.publication.models import Appearance, Story, StoryEdition, StoryEvent
from stranas.publication.rules import Stage, StoryEventKind, StoryKind
from stranas.reporting.rules import fingerprint
from stranas.system.db import db
from tests.publication.stories import story as frozen_story

PUBLISHED_AT = datetime(2020, 7, 6, 3, tzinfo=UTC)  # Monday, 10.00 WIB
_number = count(1)


def write_story(agency: Agency, person: User, *, stage: Stage = Stage.WRITING, at=PUBLISHED_AT, **columns) -> Story:
    """A working copy that nobody outside saw."""
    story = Story(
        **{
            "agency_id": agency.id,
            "kind": StoryKind.ACHIEVEMENT,
            "slug": f"kisah-{next(_number)}",
            "title": "Temanggung mencabut syarat surat domisili usaha",
            "stage": stage,
            "started_by_id": person.id,
            "changed_by_id": person.id,
            "changed_at": at,
            **columns,
        }
    )
    db.session.add(story)
    db.session.commit()
    return story


def show_story(agency: Agency, person: User, *, at=PUBLISHED_AT, withdrawn_at=None, period=None, **changes) -> Story:
    """One that was published at `at`; `changes`: of its frozen content."""
    stage = Stage.WITHDRAWN if withdrawn_at else Stage.PUBLISHED
    slug = f"kisah-{next(_number)}"
    told = frozen_story(
        **{"slug": slug, "agency": agency.name, "agency_code": agency.code, "published_at": at, **changes}
    )
    story = write_story(
        agency,
        person,
        stage=stage,
        at=at,
        slug=slug,
        title=told.title,
        kind=told.kind,
        action_key=told.action_key,
        period_id=period.id if period else None,
        number=1,
        withdrawn_at=withdrawn_at,
    )
    content = dumps(told)
    db.session.add(
        StoryEdition(
            story_id=story.id,
            number=1,
            content=content,
            sha256=fingerprint(content),
            published_by_id=person.id,
            published_at=at,
        )
    )
    db.session.add(StoryEvent(story_id=story.id, kind=StoryEventKind.PUBLISHED, person_id=person.id, happened_at=at))
    db.session.commit()
    return story


def make_appearance(story: Story) -> Appearance:
    """As the table holds it, whatever the stage of the story."""
    row = Appearance(
        story_id=story.id,
        medium="Instagram",
        address="https://www.instagram.com/p/abc",
        appeared_on=PUBLISHED_AT.date(),
        recorded_by_id=story.started_by_id,
        recorded_at=PUBLISHED_AT,
    )
    db.session.add(row)
    db.session.commit()
    return row
