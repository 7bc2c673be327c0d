"""The doors of publication: pages of Humas for those who sign in, the portal for everybody."""

from flask import Blueprint

blueprint = Blueprint("publication", __name__)
public_blueprint = Blueprint("portal", __name__)  # not named as its package, which would take its place here
blueprints = (blueprint, public_blueprint)

from stranas.publication.views import portal, stories  # noqa: E402, F401
