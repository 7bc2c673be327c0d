"""Stories of an agency: the working copy, the editions that the public saw, their pictures, where they appeared."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.publication.rules import Stage, StoryEventKind, StoryKind
from stranas.system.db import Code, Key, Long, Sha256, Short, choice, db
from stranas.system.models import StoredFile


class PublicationProfile(db.Model):
    """How an agency publishes: who drafts and who approves (names of a unit and of an office, never of persons), its
    logo and colours (hex, with the mark), its site, whom the press asks (with a phone number or an address), and the
    days of masa pilkada (both included, open without an end)."""

    __tablename__ = "publication_profile"
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), primary_key=True)
    drafting_unit: Mapped[Short] = mapped_column(default="")
    approving_office: Mapped[Short] = mapped_column(default="")
    logo_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"), index=True)
    colour: Mapped[Code] = mapped_column(default="")
    accent: Mapped[Code] = mapped_column(default="")
    website: Mapped[Short] = mapped_column(default="")
    press_contact: Mapped[Short] = mapped_column(default="")
    election_from: Mapped[date | None]
    election_until: Mapped[date | None]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    changed_by: Mapped[User | None] = relationship()
    logo: Mapped[StoredFile | None] = relationship(lazy="joined")


class Story(db.Model):
    """The working copy of a publikasi capaian or kabar kegiatan. The public never sees it, only its editions.

    `slug` is its address for ever. `action_key` empty: about all actions. `body` is Markdown, with tokens where
    figures stand. `number` counts the editions. `version` counts saves and requests for approval: who saves an older
    one is told, and who approves publishes the one he read.
    """

    __tablename__ = "story"
    id: Mapped[Key]
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    kind: Mapped[StoryKind] = mapped_column(choice(StoryKind, "kind"))
    slug: Mapped[Code] = mapped_column(unique=True)
    stage: Mapped[Stage] = mapped_column(choice(Stage, "stage"), default=Stage.WRITING)
    period_id: Mapped[int | None] = mapped_column(ForeignKey("period.id"))
    action_key: Mapped[Code] = mapped_column(default="")
    title: Mapped[Short] = mapped_column(default="")
    summary: Mapped[Long] = mapped_column(default="")
    body: Mapped[Long] = mapped_column(default="")
    quote: Mapped[Long] = mapped_column(default="")
    quote_name: Mapped[Short] = mapped_column(default="")
    quote_office: Mapped[Short] = mapped_column(default="")
    units: Mapped[list[str]] = mapped_column(default=list)
    partners: Mapped[list[str]] = mapped_column(default=list)
    video_url: Mapped[Short] = mapped_column(default="")
    source: Mapped[Short] = mapped_column(default="")
    correction_note: Mapped[Long] = mapped_column(default="")
    number: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)
    started_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    changed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

    agency: Mapped[Agency] = relationship(lazy="joined", innerjoin=True)
    period: Mapped[Period | None] = relationship(lazy="joined")
    changed_by: Mapped[User] = relationship(foreign_keys=changed_by_id)
    pictures: Mapped[list["StoryPicture"]] = relationship(order_by="StoryPicture.position", back_populates="story")
    editions: Mapped[list["StoryEdition"]] = relationship(order_by="StoryEdition.number", back_populates="story")
    events: Mapped[list["StoryEvent"]] = relationship(order_by="StoryEvent.id", back_populates="story")


class StoryPicture(db.Model):
    """A picture of the working copy, re-encoded without its hidden data. `alt` says what it shows; `shows_leader`: it
    is left out in masa pilkada."""

    __tablename__ = "story_picture"
    id: Mapped[Key]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)
    width: Mapped[int]
    height: Mapped[int]
    alt: Mapped[Long]
    caption: Mapped[Long] = mapped_column(default="")
    credit: Mapped[Short] = mapped_column(default="")
    shows_leader: Mapped[bool] = mapped_column(default=False, server_default=false())
    position: Mapped[int]

    story: Mapped[Story] = relationship(back_populates="pictures")
    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class StoryEdition(db.Model):
    """What was published, frozen: `content` is canonical JSON (stranas/publication/frozen.py says its shape), with
    every figure as it stood. A later one has a `note` that says what was corrected; the older stay. `written`: the
    words with their tokens (stranas/publication/written.py), to which a dropped correction goes back."""

    __tablename__ = "story_edition"
    __table_args__ = (UniqueConstraint("story_id", "number"),)
    id: Mapped[Key]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"))
    number: Mapped[int]
    content: Mapped[Long]
    sha256: Mapped[Sha256]
    note: Mapped[Long] = mapped_column(default="")
    approved_as: Mapped[Short] = mapped_column(default="")
    written: Mapped[dict[str, Any]] = mapped_column(default=dict)
    published_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime]

    story: Mapped[Story] = relationship(back_populates="editions", lazy="joined", innerjoin=True)
    files: Mapped[list["StoryEditionFile"]] = relationship(order_by="StoryEditionFile.position")


class StoryEditionFile(db.Model):
    """A picture of an edition: names the bytes, so that they are kept as long as the edition."""

    __tablename__ = "story_edition_file"
    __table_args__ = (UniqueConstraint("story_edition_id", "position"),)
    id: Mapped[Key]
    story_edition_id: Mapped[int] = mapped_column(ForeignKey("story_edition.id"))
    position: Mapped[int]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)


class StoryEvent(db.Model):
    """What happened to a story; never changed. The portal's version is counted by these rows."""

    __tablename__ = "story_event"
    id: Mapped[Key]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    kind: Mapped[StoryEventKind] = mapped_column(choice(StoryEventKind, "kind"))
    remark: Mapped[Long] = mapped_column(default="")
    person_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    happened_at: Mapped[datetime]

    story: Mapped[Story] = relationship(back_populates="events")
    person: Mapped[User] = relationship()


class Appearance(db.Model):
    """Where a story appeared: a link or a place, the day, and how many it reached where that is known; `counted` says
    of what (viewers, copies …). One that was recorded wrongly is removed and recorded anew; its row stays."""

    __tablename__ = "appearance"
    id: Mapped[Key]
    story_id: Mapped[int] = mapped_column(ForeignKey("story.id"), index=True)
    medium: Mapped[Short]
    address: Mapped[Long] = mapped_column(default="")
    appeared_on: Mapped[date]
    reach: Mapped[int | None]
    counted: Mapped[Short] = mapped_column(default="")
    note: Mapped[Long] = mapped_column(default="")
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    recorded_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    story: Mapped[Story] = relationship()
    recorded_by: Mapped[User] = relationship()
