"""The door of reporting."""

from flask import Blueprint

blueprint = Blueprint("reporting", __name__)
