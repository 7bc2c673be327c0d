"""The doors of reporting: home, the entry form, evidence, the quarter, the receipt."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__)

from stranas.reporting.views import entry, evidence, home, quarter, receipt  # noqa: E402, F401
