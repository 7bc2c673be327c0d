"""The application with two small doors: one receives a file as the docstring of evidence.operations says, one saves."""

from flask import Blueprint, request

from stranas import create_app
from stranas.accounts.models import Membership
from stranas.evidence import operations
from stranas.system import audit, clock
from stranas.system.access import Permission, needs
from stranas.system.db import db, read_only, unit_of_work

doors = Blueprint("held", __name__)


@doors.post("/unggah")
@needs(Permission.WRITE_REPORTS)
def upload():
    with read_only():
        agency_id = db.session.scalar(db.select(Membership.agency_id).where(Membership.agency_id.is_not(None)))
    part = request.files["berkas"]
    received = operations.receive_file(part.stream, part.filename)
    with unit_of_work():
        document = operations.register_file(agency_id=agency_id, received=received, uploaded_by_id=None, at=clock.now())
    return {"size": document.file.size if document.file else received.stored.size}


@doors.post("/simpan")
@needs(Permission.WRITE_REPORTS)
def save():
    audit.record("save", "draft")
    return {"saved": True}


app = create_app()
app.register_blueprint(doors)
