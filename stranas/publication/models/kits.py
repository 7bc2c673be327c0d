"""Publication kits: pictures, poster, film, texts and letters made of one edition of a story."""

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from stranas.publication.models.stories import StoryEdition
from stranas.system.db import Code, Key, Long, Short, choice, db
from stranas.system.models import StoredFile


class KitState(enum.Enum):
    PLANNED = "planned"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"

    @property
    def label(self) -> str:
        return {
            "planned": "Menunggu giliran",
            "running": "Sedang dibuat",
            "ready": "Siap diunduh",
            "failed": "Tidak dapat dibuat",
        }[self.value]

    @property
    def mark(self) -> str:
        """The class of its status on screen."""
        return {"planned": "tunggu", "running": "draf", "ready": "verif", "failed": "gagal"}[self.value]


class Kit(db.Model):
    """The kit of one edition in one template. `attempts` numbers the builder: only the latest may finish.
    `started_at` and `beat_at` follow the machine's clock, the others the domain's."""

    __tablename__ = "kit"
    __table_args__ = (UniqueConstraint("story_edition_id", "template"),)
    id: Mapped[Key]
    story_edition_id: Mapped[int] = mapped_column(ForeignKey("story_edition.id"))
    template: Mapped[Code]
    state: Mapped[KitState] = mapped_column(choice(KitState, "state"), default=KitState.PLANNED)
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[Long] = mapped_column(default="")
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    asked_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    beat_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    edition: Mapped[StoryEdition] = relationship(lazy="joined", innerjoin=True)
    files: Mapped[list["KitFile"]] = relationship(order_by="KitFile.id", back_populates="kit")


class KitFile(db.Model):
    """One file of a kit; the ZIP of all is the one named kit.zip. `alt` of a picture, width and height in pixels."""

    __tablename__ = "kit_file"
    __table_args__ = (UniqueConstraint("kit_id", "name"),)
    id: Mapped[Key]
    kit_id: Mapped[int] = mapped_column(ForeignKey("kit.id"))
    name: Mapped[Short]
    media_type: Mapped[Code]
    alt: Mapped[Long] = mapped_column(default="")
    width: Mapped[int | None]
    height: Mapped[int | None]
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)

    kit: Mapped[Kit] = relationship(back_populates="files")
    file: Mapped[StoredFile] = relationship(lazy="joined", innerjoin=True)
