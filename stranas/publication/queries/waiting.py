"""What waits at the desk of Humas and of who approves, in one agency."""

from dataclasses import dataclass

from stranas.publication.models import PublishedEdition, PublishedFigure, Story
from stranas.publication.rules import Scope, Stage
from stranas.system.db import db


@dataclass(frozen=True)
class PeriodName:
    key: str
    name: str


@dataclass(frozen=True)
class Waiting:
    """`untold`: public periods with figures of the agency about which nobody began a story, the latest first;
    `drafts`: in work, corrections too; `to_approve`: asked for and not decided."""

    untold: tuple[PeriodName, ...]
    drafts: int
    to_approve: int


def waiting(*, agency_id: int, agency_code: str) -> Waiting:
    stages = dict(
        db.session.execute(
            db.select(Story.stage, db.func.count(Story.id)).where(Story.agency_id == agency_id).group_by(Story.stage)
        ).all()
    )
    return Waiting(
        untold=_untold(agency_id, agency_code),
        drafts=stages.get(Stage.WRITING, 0),
        to_approve=stages.get(Stage.IN_REVIEW, 0),
    )


def _untold(agency_id: int, agency_code: str) -> tuple[PeriodName, ...]:
    """A story that was withdrawn tells nothing any more."""
    has_figures = db.exists().where(
        PublishedFigure.published_edition_id == PublishedEdition.id,
        PublishedFigure.scope == Scope.AGENCY,
        PublishedFigure.scope_key == agency_code,
        PublishedFigure.action_key == "",
        PublishedFigure.expected > 0,
    )
    is_told = db.exists().where(
        Story.agency_id == agency_id,
        Story.period_id == PublishedEdition.period_id,
        Story.stage != Stage.WITHDRAWN,
    )
    rows = db.session.execute(
        db.select(PublishedEdition.period_key, PublishedEdition.period)
        .where(PublishedEdition.is_current, has_figures, ~is_told)
        .order_by(PublishedEdition.starts_on.desc())
    )
    return tuple(PeriodName(*row) for row in rows)
