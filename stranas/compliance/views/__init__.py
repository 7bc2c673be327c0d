"""The doors of compliance: the page of figures, and the documents made of them."""

from flask import Blueprint

blueprint = Blueprint("compliance", __name__)

from stranas.compliance.views import missing, profile, report, semester  # noqa: E402, F401
