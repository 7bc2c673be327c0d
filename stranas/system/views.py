"""Doors of the machinery: whether the service lives."""

from flask import Blueprint

from stranas.system import clock
from stranas.system.access import open_to_all
from stranas.system.db import db

blueprint = Blueprint("system", __name__)


@blueprint.get("/healthz")
@open_to_all
def healthz():
    """200 when the application and its database answer."""
    db.session.execute(db.select(1))
    return {"status": "ok", "now": clock.now().isoformat()}
