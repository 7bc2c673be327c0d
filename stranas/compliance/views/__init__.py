"""The doors of compliance: the page of figures, and the documents made of them."""

from flask import Blueprint

blueprint = Blueprint("compliance", __name__)

from stranas.compliance.views import checksum, editions, exports, report  # noqa: E402, F401
