"""The portal: no session, no sign-in, no script that a page cannot do without. Shows what is published, and nothing
else: it asks the tables of publication, where only figures of released editions and approved stories are."""

from stranas.publication.views.portal import (  # noqa: F401
    data,
    definitions,
    feeds,
    leagues,
    pages,
    pictures,
    search,
    stories,
)
