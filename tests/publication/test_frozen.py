"""What an edition of a story holds comes back as it went in."""

from dataclasses import replace
from decimal import Decimal

from stranas.publication.frozen import FrozenPicture, dumps, loads
from stranas.publication.rules import StoryKind
from tests.publication.stories import STORY, story, with_headline


def test_a_story_comes_back_as_it_was():
    told = replace(STORY, pictures=(FrozenPicture(1, 800, 600, "Loket pelayanan", "", "Diskominfo", False),))
    assert loads(dumps(told)) == told
    assert dumps(loads(dumps(told))) == dumps(told)


def test_a_missing_figure_stays_missing():
    told = with_headline(achievement=None, before=None, told="", direction=None)
    assert loads(dumps(told)).headline.achievement is None


def test_no_digit_is_lost():
    assert '"100.00"' in dumps(STORY)
    assert loads(dumps(STORY)).headline.compliance == Decimal("100.00")


def test_a_kabar_kegiatan_has_no_figures():
    told = story(kind=StoryKind.ACTIVITY, headline=None, trend=(), figures=(), period="", released_at=None)
    assert loads(dumps(told)) == told
