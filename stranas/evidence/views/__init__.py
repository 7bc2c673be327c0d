"""The door of evidence: the library of an agency, its downloads and previews, and what the checks say."""

from flask import Blueprint

import stranas.evidence.handing_over  # noqa: F401 (tells what a role leaves open)

blueprint = Blueprint("evidence", __name__)

from stranas.evidence.views import (  # noqa: E402
    adding,  # noqa: F401
    classifying,  # noqa: F401
    document,  # noqa: F401
    into_library,  # noqa: F401
    library,  # noqa: F401
    revising,  # noqa: F401
    serving,  # noqa: F401
    uploading,  # noqa: F401
    weights,  # noqa: F401
)
