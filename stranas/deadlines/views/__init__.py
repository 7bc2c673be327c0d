"""The doors of deadlines: the page, requests, extensions, outages, moved instants."""

from flask import Blueprint

blueprint = Blueprint("deadlines", __name__, url_prefix="/batas-waktu")

from stranas.deadlines.views import extensions, moves, outages, page, requests  # noqa: E402, F401
