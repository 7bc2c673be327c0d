"""Searching agencies, actions and stories by name."""

from flask import request

from stranas.publication.queries.public_names import agency_marks, public_actions, public_agencies
from stranas.publication.queries.public_stories import told
from stranas.publication.searching import matches, words_of
from stranas.publication.views import public_blueprint
from stranas.publication.views.portal.seen import GOVERNMENT_WORDS
from stranas.publication.views.portal.shell import page, public

MOST_AGENCIES, MOST_STORIES = 40, 10


@public_blueprint.get("/capaian/cari")
@public
def search():
    asked = " ".join(request.args.get("q", "")[:100].split())
    words = words_of(asked)
    agencies = [one for one in public_agencies() if matches(words, (one.name, *one.aliases))]
    return page(
        "search.html",
        asked=asked,
        agencies=agencies[:MOST_AGENCIES],
        more=max(0, len(agencies) - MOST_AGENCIES),
        actions=[one for one in public_actions() if matches(words, (one.name, f"aksi {one.key}"))],
        stories=told(words=words, limit=MOST_STORIES),
        marks=agency_marks(),
        level_words=GOVERNMENT_WORDS,
    )
