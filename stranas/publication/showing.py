"""What is shown of an edition: all of it, or in masa pilkada without leaders. The edition itself keeps everything."""

from dataclasses import replace

from stranas.publication.frozen import FrozenStory


def shown(story: FrozenStory, *, without_leaders: bool) -> FrozenStory:
    """Without the name under the quote and without pictures that show leaders. Positions of pictures stay."""
    if not without_leaders:
        return story
    kept = tuple(picture for picture in story.pictures if not picture.shows_leader)
    return replace(story, quote_name="", pictures=kept)
