"""Kits of a story, as Humas sees them, and the picture that shows when its page is linked."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement

from reports.kit.making import ARCHIVE, what_for
from reports.kit.templates import DEFAULT, TEMPLATES
from stranas.agencies.models import Agency
from stranas.publication.models import Kit, KitFile, KitState, PublicationProfile, Story, StoryEdition
from stranas.system.db import db
from stranas.system.models import StoredFile

OPEN_GRAPH = "tautan.png"


@dataclass(frozen=True)
class KitFileView:
    id: int
    name: str
    what_for: str
    media_type: str
    alt: str
    width: int | None
    height: int | None
    size: int

    @property
    def is_picture(self) -> bool:
        return self.media_type == "image/png"


@dataclass(frozen=True)
class KitView:
    """`id` None: this template was not asked for yet. `is_behind`: made before the agency changed how it publishes."""

    id: int | None
    template: str
    label: str
    says: str
    state: KitState | None
    failure: str
    asked_at: datetime | None
    files: tuple[KitFileView, ...]
    is_behind: bool = False

    @property
    def is_open(self) -> bool:
        return self.state in (KitState.PLANNED, KitState.RUNNING)

    @property
    def is_ready(self) -> bool:
        return self.state is KitState.READY

    def named(self, name: str) -> KitFileView | None:
        return next((file for file in self.files if file.name == name), None)

    @property
    def archive(self) -> KitFileView | None:
        return self.named(ARCHIVE)


def edition_of(story: Story, number: int | None = None) -> StoryEdition | None:
    """The newest, or the one of this number."""
    query = db.select(StoryEdition).where(
        StoryEdition.story_id == story.id, StoryEdition.number == (number or story.number)
    )
    return db.session.scalars(query).unique().one_or_none()


def kits_of(edition: StoryEdition) -> list[KitView]:
    """One for each template, asked for or not."""
    query = db.select(Kit).where(Kit.story_edition_id == edition.id).execution_options(populate_existing=True)
    made = {kit.template: kit for kit in db.session.scalars(query).unique()}
    return [_view(name, made.get(name)) for name in TEMPLATES]


def _view(name: str, kit: Kit | None) -> KitView:
    template = TEMPLATES[name]
    if kit is None:
        return KitView(None, name, template.LABEL, template.SAYS, None, "", None, ())
    files = tuple(_files(kit))
    behind = is_behind(kit)
    return KitView(kit.id, name, template.LABEL, template.SAYS, kit.state, kit.failure, kit.asked_at, files, behind)


def is_behind(kit: Kit) -> bool:
    """Ready, but its logo, colours, contact or masa pilkada are no longer those of the agency."""
    profile = db.session.get(PublicationProfile, kit.edition.story.agency_id)
    return kit.state is KitState.READY and profile is not None and profile.changed_at > kit.asked_at


def _files(kit: Kit) -> Iterator[KitFileView]:
    for one in kit.files:
        yield KitFileView(
            one.id, one.name, what_for(one.name), one.media_type, one.alt, one.width, one.height, one.file.size
        )


def kit_file_in_scope(file_id: int, scope: ColumnElement[bool]) -> KitFile | None:
    query = db.select(KitFile).join(Kit).join(StoryEdition).join(Story).join(Agency)
    return db.session.scalars(query.where(KitFile.id == file_id, scope)).unique().one_or_none()


def open_graph_file(slug: str) -> str | None:
    """The storage key of the picture for links to the newest edition of a public story; of the usual template, where
    it was made in several. None while it is not ready."""
    query = (
        db.select(StoredFile.storage_key)
        .join(KitFile, KitFile.file_id == StoredFile.id)
        .join(Kit, Kit.id == KitFile.kit_id)
        .join(StoryEdition, StoryEdition.id == Kit.story_edition_id)
        .join(Story, Story.id == StoryEdition.story_id)
        .where(
            Story.slug == slug,
            Story.withdrawn_at.is_(None),
            Story.number > 0,
            StoryEdition.number == Story.number,
            Kit.state == KitState.READY,
            KitFile.name == OPEN_GRAPH,
        )
        .order_by(db.case((Kit.template == DEFAULT, 0), else_=1), Kit.id)
        .limit(1)
    )
    return db.session.scalar(query)
