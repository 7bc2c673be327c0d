"""The door of catalogue."""

from flask import Blueprint

blueprint = Blueprint("catalogue", __name__)
