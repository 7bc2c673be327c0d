"""Pictures of a working copy: added, described, moved, taken off. Verbs; they never commit."""

from dataclasses import dataclass
from datetime import datetime

from stranas.accounts.models import User
from stranas.evidence.operations.receiving import stored_file_id
from stranas.publication.images import TakenIn
from stranas.publication.models import Story, StoryPicture
from stranas.publication.operations.stories import locked, need_stage, touch
from stranas.publication.pictures import MOST_PICTURES
from stranas.publication.rules import Stage
from stranas.system import audit, files
from stranas.system.db import db
from stranas.system.errors import Refused


@dataclass(frozen=True)
class Described:
    """What is said about a picture."""

    alt: str
    caption: str = ""
    credit: str = ""
    shows_leader: bool = False


def add_picture(*, story: Story, taken: TakenIn, described: Described, person: User, at: datetime) -> StoryPicture:
    """At the end of the row; sent twice it is one picture. Raises Refused outside of writing, past MOST_PICTURES, and
    for a picture that is there with other words."""
    story = _writing(story)
    file_id = stored_file_id(taken.stored, at)
    if same := next((one for one in story.pictures if one.file_id == file_id), None):
        return _same(same, described)
    if len(story.pictures) >= MOST_PICTURES:
        raise Refused(f"Satu publikasi memuat paling banyak {MOST_PICTURES} gambar.", "Hapus satu gambar lebih dulu.")
    picture = StoryPicture(
        file_id=file_id,
        width=taken.width,
        height=taken.height,
        position=max((one.position for one in story.pictures), default=0) + 1,
        **vars(described),
    )
    story.pictures.append(picture)
    touch(story, person, at)
    audit.record("story.picture_added", f"story:{story.id}", picture=picture.id, sha256=taken.stored.sha256)
    return picture


def _same(picture: StoryPicture, described: Described) -> StoryPicture:
    if any(getattr(picture, name) != value for name, value in vars(described).items()):
        raise Refused("Gambar ini sudah ada pada publikasi ini.", "Ubah keterangannya pada gambar yang sudah ada.")
    return picture


def describe_picture(*, picture: StoryPicture, described: Described, person: User, at: datetime) -> None:
    story = _writing(picture.story)
    for name, value in vars(described).items():
        setattr(picture, name, value)
    touch(story, person, at)
    audit.record("story.picture_described", f"story:{story.id}", picture=picture.id, **vars(described))


def move_picture(*, picture: StoryPicture, up: bool, person: User, at: datetime) -> None:
    """One place up or down; at the end of the row nothing happens."""
    story = _writing(picture.story)
    row = sorted(story.pictures, key=lambda one: one.position)
    here = row.index(picture)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(row):
        return
    other = row[there]
    picture.position, other.position = other.position, picture.position
    touch(story, person, at)
    audit.record("story.picture_moved", f"story:{story.id}", picture=picture.id, up=up)


def remove_picture(*, picture: StoryPicture, person: User, at: datetime) -> str | None:
    """The storage key of bytes that nobody names any more, to be retired after the commit."""
    story, file_id = _writing(picture.story), picture.file_id
    story.pictures.remove(picture)
    db.session.delete(picture)
    touch(story, person, at)
    audit.record("story.picture_removed", f"story:{story.id}", picture=picture.id)
    return files.forget_unused(file_id)


def _writing(story: Story) -> Story:
    story = locked(story)
    need_stage(story, Stage.WRITING)
    return story
