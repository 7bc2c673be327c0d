"""The report of a semester to the President: the page, and the same as PDF and Excel."""

from datetime import datetime
from itertools import groupby, islice

from flask import Response, render_template, request
from flask_login import current_user

from reports import tables
from stranas.compliance.choices import periods
from stranas.compliance.exports import Slice, in_background, semesters
from stranas.compliance.exports.semesters import Read
from stranas.compliance.formats import Format
from stranas.compliance.forms import read_cutoff
from stranas.compliance.semester import Semester
from stranas.compliance.semester import semesters as known_semesters
from stranas.compliance.views import blueprint
from stranas.compliance.views.exports import ask_for
from stranas.system import audit
from stranas.system.access import Permission, needs
from stranas.system.db import read_only, unit_of_work

SHOWN = 3  # obstacles of an action on the page; the files have all


@blueprint.get("/kepatuhan/semester")
@needs(Permission.SEE_NATIONAL)
def semester():
    choices = known_semesters(periods())
    if not choices:
        return render_template("compliance/no_semester.html")
    read = _read(*_asked())
    shown = read.document()
    return render_template(
        "compliance/semester.html",
        choices=choices,
        semester=read.semester,
        document=shown,
        cutoff=shown.made_at,
        obstacles=_first_of_each(shown.obstacles.records()),
        cell=tables.shown,
    )


def _first_of_each(obstacles: list[dict]) -> list[dict]:
    of_actions = groupby(obstacles, key=lambda one: one["action"])
    return [one for _, of_it in of_actions for one in islice(of_it, SHOWN)]


@blueprint.get("/kepatuhan/semester.<any(xlsx, pdf):kind>")
@needs(Permission.SEE_NATIONAL)
def semester_file(kind: str):
    """A small one at once (read in one short transaction, built in none, noted in a third), a large one in the
    background."""
    format = Format(kind)
    with read_only():
        chosen, cutoff = _asked()
        wanted = Slice(chosen.programme_key, chosen.key, cutoff)
        if large := in_background(format, wanted.agencies(current_user), of="semester"):
            return ask_for(large, wanted)
        read = _read(chosen, cutoff)
    content = format.build(read.document())
    name = read.file_name(format)
    asked = {"semester": chosen.key, "keadaan": cutoff.isoformat()}
    with unit_of_work():
        audit.record("export_compliance", name, filters=asked, bytes=len(content))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=format.media_type, headers=headers)


def _asked() -> tuple[Semester, datetime]:
    """Raises Unknown."""
    return semesters.chosen(request.args.get("semester", "")), read_cutoff(request.args.get("keadaan", ""))


def _read(chosen: Semester, cutoff: datetime) -> Read:
    return semesters.read(chosen, cutoff, current_user)
