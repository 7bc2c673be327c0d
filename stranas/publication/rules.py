"""Publication: what a figure of the portal is about, what a story is, and how it goes. Standard library only."""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


class Scope(enum.Enum):
    """Whom a published figure is about."""

    NATIONAL = "nasional"
    LEVEL = "tingkat"
    PROVINCE = "provinsi"  # the provincial government with its kabupaten and kota
    AGENCY = "instansi"


class StoryKind(enum.Enum):
    """With figures of a released period, or without any."""

    ACHIEVEMENT = "publikasi_capaian"
    ACTIVITY = "kabar_kegiatan"

    @property
    def label(self) -> str:
        return {"publikasi_capaian": "Publikasi capaian", "kabar_kegiatan": "Kabar kegiatan"}[self.value]

    @property
    def has_figures(self) -> bool:
        return self is StoryKind.ACHIEVEMENT


class Stage(enum.Enum):
    """Where the working copy of a story stands. What the public sees is its newest edition, whatever the stage."""

    WRITING = "writing"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"  # never public; its words and pictures are gone, its row keeps its number and its events

    @property
    def label(self) -> str:
        return {
            "writing": "Draf",
            "in_review": "Menunggu persetujuan",
            "published": "Terbit",
            "withdrawn": "Ditarik",
            "discarded": "Dihapus",
        }[self.value]

    @property
    def mark(self) -> str:
        """The class of its status on screen."""
        return {
            "writing": "draf",
            "in_review": "setuju",
            "published": "verif",
            "withdrawn": "gagal",
            "discarded": "gagal",
        }[self.value]


# What lists offer: a discarded draft is shown to nobody.
SHOWN_STAGES = (Stage.WRITING, Stage.IN_REVIEW, Stage.PUBLISHED, Stage.WITHDRAWN)


class StoryEventKind(enum.Enum):
    STARTED = "started"
    SUBMITTED = "submitted"
    TAKEN_BACK = "taken_back"
    SENT_BACK = "sent_back"
    PUBLISHED = "published"
    CORRECTING = "correcting"
    DROPPED = "dropped"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"

    @property
    def words(self) -> str:
        return {
            "started": "Mulai ditulis",
            "submitted": "Diminta persetujuan",
            "taken_back": "Ditarik dari pemeriksaan oleh penulis",
            "sent_back": "Dikembalikan kepada penulis",
            "published": "Terbit",
            "correcting": "Koreksi mulai ditulis",
            "dropped": "Koreksi dibatalkan",
            "withdrawn": "Ditarik dari publik",
            "discarded": "Draf dihapus",
        }[self.value]


@dataclass(frozen=True)
class Transition:
    before: Stage | None
    event: StoryEventKind
    after: Stage


# The whole workflow. DROPPED leaves the published edition as it is; only what was never public is DISCARDED.
TRANSITIONS = (
    Transition(None, StoryEventKind.STARTED, Stage.WRITING),
    Transition(Stage.WRITING, StoryEventKind.SUBMITTED, Stage.IN_REVIEW),
    Transition(Stage.IN_REVIEW, StoryEventKind.TAKEN_BACK, Stage.WRITING),
    Transition(Stage.IN_REVIEW, StoryEventKind.SENT_BACK, Stage.WRITING),
    Transition(Stage.IN_REVIEW, StoryEventKind.PUBLISHED, Stage.PUBLISHED),
    Transition(Stage.PUBLISHED, StoryEventKind.CORRECTING, Stage.WRITING),
    Transition(Stage.WRITING, StoryEventKind.DROPPED, Stage.PUBLISHED),
    Transition(Stage.WRITING, StoryEventKind.WITHDRAWN, Stage.WITHDRAWN),
    Transition(Stage.IN_REVIEW, StoryEventKind.WITHDRAWN, Stage.WITHDRAWN),
    Transition(Stage.PUBLISHED, StoryEventKind.WITHDRAWN, Stage.WITHDRAWN),
    Transition(Stage.WRITING, StoryEventKind.DISCARDED, Stage.DISCARDED),
)


def after(stage: Stage | None, event: StoryEventKind) -> Stage:
    """Raises LookupError where the story cannot go that way."""
    for transition in TRANSITIONS:
        if transition.before is stage and transition.event is event:
            return transition.after
    raise LookupError(f"no {event.value} from {stage and stage.value}")


class Direction(enum.Enum):
    """How a low figure is told: where it goes, instead of its class."""

    UP = "naik"
    STEADY = "bertahan"
    MENDING = "sedang diperbaiki"


def direction(now: Decimal | None, before: Decimal | None) -> Direction:
    """Of two rounded figures of consecutive periods. Without one of them nothing can be said to rise."""
    if now is None or before is None or now < before:
        return Direction.MENDING
    return Direction.UP if now > before else Direction.STEADY


def class_is_told(score_class: str, classes: Sequence[str]) -> bool:
    """Humas tells a class unless it is the lowest; `classes` from the highest to the lowest."""
    return bool(score_class) and score_class != classes[-1]


def names_are_left_out(on: date, *, since: date | None, until: date | None) -> bool:
    """Whether masa pilkada leaves leaders' names and pictures out on a day; both days included, an open end too."""
    return since is not None and since <= on and (until is None or on <= until)
