"""What Humas or who approves leaves open in an agency, for the hand-over sheet."""

from collections.abc import Iterable
from datetime import datetime

from stranas.accounts.handing_over import OpenWork, tells_open_work
from stranas.accounts.models import Membership, Role
from stranas.publication.models import Story
from stranas.publication.rules import Stage
from stranas.system.db import db

OPEN = {
    Role.HUMAS: (Stage.WRITING, Stage.IN_REVIEW),
    Role.STORY_APPROVER: (Stage.IN_REVIEW,),
}


@tells_open_work
def stories_in_work(membership: Membership, now: datetime) -> Iterable[OpenWork]:
    """Drafts, corrections among them, and what waits for approval. Nothing of it has an end."""
    stories = db.session.scalars(
        db.select(Story)
        .where(Story.agency_id == membership.agency_id, Story.stage.in_(OPEN.get(membership.role, ())))
        .order_by(Story.changed_at, Story.id)
    ).unique()
    for story in stories:
        yield OpenWork(f"{story.kind.label}: {story.title or 'tanpa judul'}", _state(story))


def _state(story: Story) -> str:
    is_correction = story.stage is Stage.WRITING and story.number > 0
    return f"Koreksi atas edisi {story.number}" if is_correction else story.stage.label
