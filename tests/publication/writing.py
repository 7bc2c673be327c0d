"""Stories in the database, and the people who write and approve them."""

import io
from dataclasses import dataclass, replace
from datetime import datetime

from PIL import Image

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.publication.freezing import seen
from stranas.publication.models import Story, StoryEdition, StoryPicture
from stranas.publication.operations import publishing
from stranas.publication.operations import stories as operations
from stranas.publication.operations.publishing import draft_of
from stranas.publication.queries.stories import written_of
from stranas.publication.rules import StoryKind
from stranas.publication.written import Written
from stranas.system.db import db
from stranas.system.models import StoredFile
from tests import factories
from tests.compliance.released import AFTER

WORDS = Written(
    title="Izin usaha selesai dalam sehari",
    summary="Pelaku usaha tidak perlu lagi membawa surat keterangan domisili.",
    body="Capaian kami {{capaian}} persen.\n\n- Diterima {{diterima}} dari {{wajib}} laporan.",
    quote="Warga cukup datang sekali.",
    quote_name="Bambang Sutrisno",
    quote_office="Kepala DPMPTSP",
    units=("DPMPTSP",),
    partners=("Universitas Tidar",),
    source="Diskominfo",
)


@dataclass(frozen=True)
class Room:
    """An agency with its Humas, who writes, and its approver."""

    agency: Agency
    galih: User
    hapsari: User
    period_key: str

    def write(self, **changes) -> Story:
        """A complete draft about all actions, written by Galih."""
        story = operations.start_story(agency=self.agency, kind=StoryKind.ACHIEVEMENT, person=self.galih, at=AFTER)
        return self.save(story, replace(WORDS, period_key=self.period_key, **changes))

    def save(self, story: Story, written: Written, *, version: int | None = None, person: User | None = None) -> Story:
        return operations.save_story(
            story=story,
            written=written,
            version=story.version if version is None else version,
            person=person or self.galih,
            at=AFTER,
        )

    def change(self, story: Story, **changes) -> Story:
        return self.save(story, replace(written_of(story), **changes))

    def ask(self, story: Story) -> Story:
        return operations.ask_approval(story=story, person=self.galih, at=AFTER)

    def publish(self, story: Story, *, at: datetime = AFTER, person: User | None = None) -> StoryEdition:
        """As the approver sees it now."""
        figures = seen(draft_of(story, at=at))
        return publishing.publish(
            story=story, person=person or self.hapsari, at=at, version=story.version, figures=figures
        )

    def published(self, **changes) -> Story:
        story = self.write(**changes)
        self.ask(story)
        self.publish(story)
        return story


def room(agency: Agency, *, period_key: str = "B15") -> Room:
    return Room(
        agency,
        factories.make_person(Role.HUMAS, agency, name="Galih"),
        factories.make_person(Role.STORY_APPROVER, agency, name="Hapsari"),
        period_key,
    )


def make_story(agency: Agency, person: User) -> Story:
    """A draft with one picture, as the tables hold it; its bytes are nowhere."""
    story = operations.start_story(agency=agency, kind=StoryKind.ACTIVITY, person=person, at=AFTER, title="Kabar desa")
    file = StoredFile(
        sha256=f"{story.id:064x}", size=1, backend="memory", storage_key=f"none/{story.id}", stored_at=AFTER
    )
    db.session.add(file)
    db.session.flush()
    picture = StoryPicture(file_id=file.id, width=800, height=600, alt="Warga di loket pelayanan", position=1)
    story.pictures.append(picture)
    db.session.commit()
    return story


def photo(*, width: int = 1200, height: int = 900, format: str = "JPEG", colour: str = "teal", **saved) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, format, **saved)
    out.seek(0)
    return out
