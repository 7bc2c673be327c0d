"""The doors of compliance: the page of figures, and the documents made of them."""

from flask import Blueprint

blueprint = Blueprint("compliance", __name__)

from stranas.compliance.views import (  # noqa: E402
    checksum,  # noqa: F401
    editions,  # noqa: F401
    exports,  # noqa: F401
    missing,  # noqa: F401
    profile,  # noqa: F401
    report,  # noqa: F401
    semester,  # noqa: F401
)
