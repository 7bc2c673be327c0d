"""The country, a province, an agency, an action, a period; league tables, what each figure means."""

from flask import abort

from stranas.publication.views import public_blueprint
from stranas.publication.views.portal.shell import page, public


@public_blueprint.get("/capaian")
@public
def country():
    return page("country.html")


@public_blueprint.get("/capaian/<path:unknown>")
@public
def unknown(unknown: str):
    """An address of the portal that is none: its own page says so."""
    abort(404)
