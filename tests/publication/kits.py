"""A published story in the database, for tests of its kit."""

import io

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.evidence.operations.receiving import stored_file_id
from stranas.publication import frozen
from stranas.publication.frozen import FrozenStory
from stranas.publication.models import Kit, KitFile, KitState, Story, StoryEdition
from stranas.publication.rules import Stage
from stranas.reporting.rules import fingerprint
from stranas.system import clock
from stranas.system.db import db
from stranas.system.storage import storage
from tests.publication.stories import story as a_story


def publish_story(agency: Agency, person: User, frozen_story: FrozenStory | None = None) -> Story:
    """Its first edition."""
    content = frozen_story or a_story(agency=agency.name, agency_code=agency.code, slug=f"cerita-{agency.id}")
    story = Story(
        agency_id=agency.id,
        kind=content.kind,
        slug=content.slug,
        stage=Stage.PUBLISHED,
        title=content.title,
        summary=content.summary,
        started_by_id=person.id,
        changed_by_id=person.id,
        changed_at=clock.now(),
    )
    db.session.add(story)
    db.session.flush()
    add_edition(story, person, content)
    return story


def add_edition(story: Story, person: User, content: FrozenStory) -> StoryEdition:
    story.number += 1
    words = frozen.dumps(content)
    edition = StoryEdition(
        story_id=story.id,
        number=story.number,
        content=words,
        sha256=fingerprint(words),
        published_by_id=person.id,
        published_at=clock.now(),
    )
    db.session.add(edition)
    db.session.flush()
    return edition


def published_with_kit(agency: Agency, person: User) -> tuple[Story, KitFile]:
    """A kit of one small file, that nobody drew."""
    story = publish_story(agency, person)
    return story, add_card(story, person)


def add_card(story: Story, person: User) -> KitFile:
    """The picture of its link, in a kit of its first edition."""
    kit = Kit(
        story_edition_id=story.editions[0].id,
        template="kawung",
        state=KitState.READY,
        asked_by_id=person.id,
        asked_at=clock.now(),
    )
    db.session.add(kit)
    db.session.flush()
    file_id = stored_file_id(storage().put(io.BytesIO(b"\x89PNG")), clock.now())
    file = KitFile(kit_id=kit.id, name="tautan.png", media_type="image/png", width=1200, height=630, file_id=file_id)
    db.session.add(file)
    db.session.flush()
    return file
