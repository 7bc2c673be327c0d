"""The doors of results: the agency's own, clarifications, the berita acara, the release."""

from flask import Blueprint

blueprint = Blueprint("release", __name__)

from stranas.release.views import clarifications, minutes, periods, results  # noqa: E402, F401
