"""Tables of publication: figures of released periods, stories, kits."""

from stranas.publication.models.figures import PublishedEdition, PublishedFigure
from stranas.publication.models.kits import Kit, KitFile, KitState
from stranas.publication.models.stories import (
    Appearance,
    PublicationProfile,
    Story,
    StoryEdition,
    StoryEditionFile,
    StoryEvent,
    StoryPicture,
)

__all__ = [
    "Appearance",
    "Kit",
    "KitFile",
    "KitState",
    "PublicationProfile",
    "PublishedEdition",
    "PublishedFigure",
    "Story",
    "StoryEdition",
    "StoryEditionFile",
    "StoryEvent",
    "StoryPicture",
]
