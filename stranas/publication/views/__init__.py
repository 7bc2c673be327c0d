"""The doors of publication: pages of Humas for those who sign in, the portal for everybody."""

from flask import Blueprint

blueprint = Blueprint("publication", __name__)
portal = Blueprint("portal", __name__)
blueprints = (blueprint, portal)

from stranas.publication.views import portal as _portal_pages  # noqa: E402, F401
from stranas.publication.views import stories as _story_pages  # noqa: E402, F401
