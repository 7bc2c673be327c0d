"""The door of evidence: the library of an agency, its downloads and previews, and what the checks say."""

from flask import Blueprint

import stranas.evidence.handing_over  # noqa: F401 (tells what a role leaves open)

blueprint = Blueprint("evidence", __name__)

from stranas.evidence.views import adding, classifying, document, library, revising, serving  # noqa: E402, F401
