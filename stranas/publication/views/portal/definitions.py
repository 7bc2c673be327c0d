"""Arti angka: every figure of the portal, explained."""

from stranas.compliance.definitions import definitions
from stranas.publication.queries.figures import public_periods
from stranas.publication.queries.public_names import rules_of
from stranas.publication.views import public_blueprint
from stranas.publication.views.portal.shell import page, public


@public_blueprint.get("/capaian/arti-angka")
@public
def meanings():
    periods = public_periods()
    rules = rules_of(periods[0].programme_key if periods else "")
    terms = [(term, words, "asumsi" in words) for term, words in definitions(rules)]
    return page("meanings.html", terms=terms, periods=periods)
