"""Published stories as rows, for tests of what everybody reads."""

import io
from datetime import UTC, datetime, timedelta

from PIL import Image

from stranas.agencies.models import Agency
from stranas.publication.frozen import FrozenPicture, FrozenStory, dumps
from stranas.publication.models import Story, StoryEdition, StoryEditionFile, StoryEvent
from stranas.publication.rules import Stage, StoryEventKind
from stranas.reporting.rules import fingerprint
from stranas.system.db import db
from stranas.system.models import StoredFile
from stranas.system.storage import storage
from tests.publication.stories import story as frozen

AT = datetime(2020, 7, 12, 3, tzinfo=UTC)
PICTURE = FrozenPicture(1, 320, 240, "Loket pelayanan", "Loket baru", "Diskominfo", False)


def tell(agency: Agency, person, *, editions: int = 1, note: str = "Angka diperbaiki", **changes) -> Story:
    """A public story of an agency with that many editions, each with a picture."""
    known = frozen(**{"agency_code": agency.code, "agency": agency.name, "pictures": (PICTURE,), **changes})
    row = Story(
        agency_id=agency.id,
        kind=known.kind,
        slug=known.slug,
        stage=Stage.PUBLISHED,
        number=editions,
        title="KONSEP YANG TIDAK PERNAH TERBIT",
        started_by_id=person.id,
        changed_by_id=person.id,
        changed_at=AT,
    )
    db.session.add(row)
    db.session.flush()
    for number in range(1, editions + 1):
        _edition(row, known, number, person, note if number > 1 else "")
    db.session.add(StoryEvent(story_id=row.id, kind=StoryEventKind.PUBLISHED, person_id=person.id, happened_at=AT))
    db.session.commit()
    return row


def _edition(row: Story, known: FrozenStory, number: int, person, note: str) -> None:
    at = AT + timedelta(hours=number)
    words = {"number": number, "published_at": at, "title": f"{known.title} ({number})"}
    content = dumps(FrozenStory(**{**{n: getattr(known, n) for n in FrozenStory.__dataclass_fields__}, **words}))
    edition = StoryEdition(
        story_id=row.id,
        number=number,
        content=content,
        sha256=fingerprint(content),
        note=note,
        published_by_id=person.id,
        published_at=at,
    )
    db.session.add(edition)
    db.session.flush()
    db.session.add(StoryEditionFile(story_edition_id=edition.id, position=1, file_id=_picture(number)))


def _picture(number: int) -> int:
    out = io.BytesIO()
    Image.effect_noise((320, 240), 20 + number).convert("RGB").save(out, "JPEG")
    out.seek(0)
    stored = storage().put(out)
    known = db.session.scalar(db.select(StoredFile).where(StoredFile.sha256 == stored.sha256))
    if known is None:
        known = StoredFile(sha256=stored.sha256, size=stored.size, backend=stored.backend, storage_key=stored.key)
        known.stored_at = AT
        db.session.add(known)
        db.session.flush()
    return known.id


def withdraw(row: Story, person) -> None:
    row.withdrawn_at, row.stage = AT + timedelta(days=1), Stage.WITHDRAWN
    db.session.add(StoryEvent(story_id=row.id, kind=StoryEventKind.WITHDRAWN, person_id=person.id, happened_at=AT))
    db.session.commit()
