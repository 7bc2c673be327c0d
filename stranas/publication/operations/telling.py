"""The clock work that tells Humas which published stories quote figures that are others by now."""

from stranas.publication import letters
from stranas.publication.queries.stale import StaleStory, stale_stories
from stranas.system.db import read_only, unit_of_work


def tell_changed_figures() -> int:
    """A notice for each story and each edition of the report that changed a figure of it; how many are new.

    Reads with nothing open, and writes once per story. Safe at any time, any number of times.
    """
    with read_only():
        stale = stale_stories()
    return sum(_tell(one) for one in stale)


def _tell(stale: StaleStory) -> int:
    with unit_of_work():
        return letters.figures_changed(stale)
