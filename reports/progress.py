"""How a builder of a large file tells how far it is."""

from collections.abc import Callable

# (rows or pages done, of how many). It may raise to stop the work: builders let it pass and leave no half file behind.
Progress = Callable[[int, int], None]


def silent(done: int, total: int) -> None:
    """For whoever does not watch."""
