"""The doors of requests: units, asking, answering (by account or by link), the board, letters to other offices."""

from flask import Blueprint

blueprint = Blueprint("requests", __name__)

from stranas.requests.views import units  # noqa: E402, F401
