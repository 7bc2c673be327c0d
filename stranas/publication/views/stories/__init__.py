"""Pages of Humas: writing, approving, the kit, where a story appeared, how an agency publishes."""

from stranas.publication.views.stories import (  # noqa: F401
    appearances,
    approving,
    editing,
    kits,
    pictures,
    settings,
    stages,
    words,
)
