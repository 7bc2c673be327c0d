"""What the worker adds to a demo: public figures of the latest released quarter, and what Humas told of it."""

import pytest

from stranas.compliance.formats import Format
from stranas.demo.publishing import publish_practice
from stranas.publication.models import Appearance, Story
from stranas.publication.operations import kits
from stranas.publication.queries.figures import public_periods
from stranas.publication.rules import Stage, StoryKind
from stranas.system.db import db
from tests.compliance.released import write_quickly


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)
    monkeypatch.setattr(kits, "make_kit", lambda values, template, progress: [])


def stories() -> list[Story]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Story).order_by(Story.id)).unique())


def test_the_worker_tells_the_first_stories_of_a_demo(demo_app, client):
    publish_practice()
    assert "B12" in {period.key for period in public_periods()}
    told = stories()
    assert {(story.kind, story.stage) for story in told} >= {
        (StoryKind.ACHIEVEMENT, Stage.PUBLISHED),
        (StoryKind.ACTIVITY, Stage.PUBLISHED),
    }
    assert Stage.IN_REVIEW in {story.stage for story in told}
    assert db.session.scalar(db.select(db.func.count(Appearance.id))) > 0
    for story in told:
        assert client.get(f"/kabar/{story.slug}").status_code == (200 if story.number else 404)


def test_it_tells_them_once(demo_app):
    publish_practice()
    publish_practice()
    assert len({story.title for story in stories()}) == len(stories())
