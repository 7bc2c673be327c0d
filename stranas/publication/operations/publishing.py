"""The act that makes an edition: figures, words and pictures are frozen as they stand. Never commits."""

from datetime import datetime

from stranas.accounts.models import User
from stranas.publication import letters
from stranas.publication.freezing import Quotable, freeze, seen
from stranas.publication.frozen import FrozenStory, dumps
from stranas.publication.models import Story, StoryEdition, StoryEditionFile
from stranas.publication.operations.kits import ask_first_kit
from stranas.publication.operations.stories import go, locked, need_complete, need_stage
from stranas.publication.queries.profiles import profile_of
from stranas.publication.queries.stories import pictures_of, publisher_of, quotable_for, written_of
from stranas.publication.rules import Stage, StoryEventKind
from stranas.publication.slugs import free_slug
from stranas.publication.tokens import without
from stranas.publication.written import Written, plain
from stranas.reporting.rules import fingerprint
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused


def draft_of(
    story: Story, *, at: datetime, written: Written | None = None, quotable: Quotable | None = None
) -> FrozenStory:
    """What would be published now. `written`: words that are not saved yet, for the preview; `quotable`: what may be
    quoted, where it was read already."""
    return freeze(
        written or written_of(story),
        publisher=publisher_of(story.agency),
        quotable=quotable or quotable_for(story),
        pictures=pictures_of(story),
        slug=story.slug,
        number=story.number + 1,
        practice=clock.is_practice(),
        at=at,
    )


def publish(*, story: Story, person: User, at: datetime, version: int, figures: str) -> StoryEdition:
    """Publish what the approver has read: that version, with those figures (freezing.seen).

    Raises Refused for who changed it last, when it was changed since or a figure was, or is not waiting; NotComplete.
    """
    story = locked(story)
    need_stage(story, Stage.IN_REVIEW)
    _need_other(story, person)
    need_complete(story)
    if not story.number:
        story.slug = _slug(story)
    frozen = draft_of(story, at=at)
    _need_seen(story, frozen, version, figures)
    event = go(story, StoryEventKind.PUBLISHED, person, at)
    story.number = frozen.number
    edition = _edition(story, frozen, person, at)
    db.session.add(edition)
    db.session.flush()
    letters.is_published(story, event)
    ask_first_kit(edition=edition, person=person)
    return edition


def _edition(story: Story, frozen: FrozenStory, person: User, at: datetime) -> StoryEdition:
    content = dumps(frozen)
    return StoryEdition(
        story_id=story.id,
        number=frozen.number,
        content=content,
        sha256=fingerprint(content),
        note=story.correction_note if frozen.number > 1 else "",
        approved_as=profile_of(story.agency_id).approving_office or person.position,
        written=plain(written_of(story)),
        published_by_id=person.id,
        published_at=at,
        files=[
            StoryEditionFile(position=position, file_id=picture.file_id)
            for position, picture in enumerate(sorted(story.pictures, key=lambda one: one.position), 1)
        ],
    )


def _need_other(story: Story, person: User) -> None:
    if story.changed_by_id == person.id:
        raise Refused(
            "Anda yang terakhir mengubah publikasi ini, jadi orang lain yang menerbitkannya.",
            "Minta penyetuju publikasi yang lain, atau kembalikan kepada penulis.",
        )


def _need_seen(story: Story, frozen: FrozenStory, version: int, figures: str) -> None:
    if version != story.version or figures != seen(frozen):
        raise Refused(
            "Isi atau angkanya berubah sejak halaman ini dibuka. Publikasi belum terbit.",
            "Baca sekali lagi seperti yang akan dilihat publik, lalu terbitkan.",
        )


def _slug(story: Story) -> str:
    """Out of the title without its figures; with a number where another story has it."""
    title = without(story.title)
    found = db.session.scalars(db.select(Story.slug).where(Story.slug.startswith(free_slug(title, taken=()))))
    return free_slug(title, taken=set(found))
