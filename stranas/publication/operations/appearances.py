"""Where a story appeared is recorded; a record that is wrong is removed, and its row stays."""

from datetime import date, datetime

from stranas.accounts.models import User
from stranas.publication.models import Appearance, Story
from stranas.system import audit
from stranas.system.db import db
from stranas.system.errors import Refused


def record_appearance(
    *,
    story: Story,
    medium: str,
    address: str,
    appeared_on: date,
    reach: int | None,
    counted: str,
    note: str,
    person: User,
    at: datetime,
) -> Appearance:
    """Raises Refused for a story that was never published, and for what is recorded already."""
    if not story.number:
        raise Refused("Publikasi ini belum terbit.", "Catat penayangan sesudah publikasi terbit.")
    same = (
        Appearance.story_id == story.id,
        Appearance.medium == medium,
        Appearance.address == address,
        Appearance.appeared_on == appeared_on,
        Appearance.removed_at.is_(None),
    )
    if db.session.scalar(db.select(db.exists().where(*same))):
        raise Refused("Penayangan ini sudah tercatat.", "Hapus catatan yang lama bila isinya perlu diganti.")
    row = Appearance(
        story_id=story.id,
        medium=medium,
        address=address,
        appeared_on=appeared_on,
        reach=reach,
        counted=counted.strip() if reach is not None else "",
        note=note.strip(),
        recorded_by_id=person.id,
        recorded_at=at,
    )
    db.session.add(row)
    db.session.flush()
    audit.record("record_appearance", f"story:{story.id}", appearance=row.id, medium=medium, address=address)
    return row


def remove_appearance(*, appearance: Appearance, at: datetime) -> None:
    """Removing it again changes nothing."""
    if appearance.removed_at is None:
        appearance.removed_at = at
        audit.record("remove_appearance", f"story:{appearance.story_id}", appearance=appearance.id)
