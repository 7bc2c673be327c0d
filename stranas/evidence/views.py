"""The door of evidence."""

from flask import Blueprint

blueprint = Blueprint("evidence", __name__)
