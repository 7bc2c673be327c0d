"""Published stories that quote a figure which a later edition of the report changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.publication.freezing import Quotable
from stranas.publication.frozen import FrozenFigure, FrozenStory, loads
from stranas.publication.models import Story, StoryEdition
from stranas.publication.queries.quotable import quotable_of
from stranas.publication.rules import Stage, StoryKind
from stranas.publication.tokens import NAMES, Offers
from stranas.system import text
from stranas.system.db import db

_NAME_OF = {figure: (name, words) for name, (figure, words) in NAMES.items()}


@dataclass(frozen=True)
class Change:
    """One figure as the story prints it and as it is now, both in words. `edition`: that of the report now."""

    name: str
    period_key: str
    before: str
    now: str
    edition: int

    @property
    def sentence(self) -> str:
        return f"{self.name} {self.period_key} dikoreksi: {self.before} menjadi {self.now}."


@dataclass(frozen=True)
class StaleStory:
    id: int
    title: str
    agency_id: int
    agency: str
    number: int
    stage: Stage
    changes: tuple[Change, ...]


def stale_stories(scope: ColumnElement[bool] | None = None) -> list[StaleStory]:
    """Public stories in scope (None: everywhere) whose quoted figures are others by now."""
    query = (
        db.select(Story, StoryEdition.content)
        .join(Story.agency)
        .join(StoryEdition, (StoryEdition.story_id == Story.id) & (StoryEdition.number == Story.number))
        .where(Story.withdrawn_at.is_(None), Story.kind == StoryKind.ACHIEVEMENT)
        .order_by(Story.id)
    )
    if scope is not None:
        query = query.where(scope)
    by_agency: dict[Agency, list[tuple[Story, FrozenStory]]] = defaultdict(list)
    for story, content in db.session.execute(query):
        by_agency[story.agency].append((story, loads(content)))
    return [
        stale for agency, its in by_agency.items() for stale in _stale(agency, its, quotable_of(agency.code).offers)
    ]


def stale_of(story: Story, quotable: Quotable) -> StaleStory | None:
    """The same for one story; None of a draft, of a withdrawn one, and where every figure is still as it is told."""
    if not story.number or story.withdrawn_at or not story.kind.has_figures:
        return None
    content = db.session.scalar(
        db.select(StoryEdition.content).where(StoryEdition.story_id == story.id, StoryEdition.number == story.number)
    )
    return next(_stale(story.agency, [(story, loads(content))], quotable.offers), None)


def _stale(agency: Agency, its: Iterable[tuple[Story, FrozenStory]], offers: Offers) -> Iterator[StaleStory]:
    for story, frozen in its:
        if changes := changes_of(frozen, offers):
            yield StaleStory(story.id, frozen.title, agency.id, agency.name, frozen.number, story.stage, changes)


def changes_of(story: FrozenStory, offers: Offers) -> tuple[Change, ...]:
    """Of the quoted figures, and of capaian, which every card shows; each once."""
    found = [change for figure in (*story.figures, *_on_cards(story)) if (change := _change(figure, offers))]
    return tuple(dict.fromkeys(found))


def _on_cards(story: FrozenStory) -> Iterator[FrozenFigure]:
    """Capaian and kepatuhan of the headline, quoted or not; the edition is not known of them and not needed."""
    if story.headline is None:
        return
    for figure in ("achievement", "compliance"):
        value = getattr(story.headline, figure)
        words = text.number(value, places=2)
        yield FrozenFigure("", figure, words, value, story.action_key, story.period_key, 0)


def _change(figure: FrozenFigure, offers: Offers) -> Change | None:
    name, label = _NAME_OF[figure.figure]
    offer = offers.get((figure.action_key, figure.period_key))
    now = offer.words(name) if offer else "–"
    if now == figure.words:
        return None
    return Change(label, figure.period_key, figure.words, now, offer.edition if offer else 0)
