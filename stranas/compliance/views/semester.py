"""The report of a semester to the President: the page, and the same as PDF and Excel."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby, islice

from flask import Response, render_template, request
from flask_login import current_user

from reports import tables
from reports.tables import Document
from stranas.accounts.policy import holds, visible_agencies
from stranas.compliance import queries
from stranas.compliance.choices import periods
from stranas.compliance.formats import Format
from stranas.compliance.forms import read_cutoff
from stranas.compliance.queries import Unknown
from stranas.compliance.semester import Semester, semester_document, semesters
from stranas.compliance.snapshot import Obstacle, Snapshot
from stranas.compliance.views import blueprint
from stranas.release.queries.released import provisional_scope
from stranas.system import audit
from stranas.system.access import Permission, needs
from stranas.system.db import read_only, unit_of_work
from stranas.system.text import JAKARTA

SHOWN = 3  # obstacles of an action on the page; the files have all


@dataclass(frozen=True)
class Read:
    """Everything that was asked of the database."""

    semester: Semester
    parts: list[Snapshot]
    obstacles: list[Obstacle]
    ranked: bool

    def document(self) -> Document:
        return semester_document(self.semester, self.parts, self.obstacles, ranked=self.ranked)


@blueprint.get("/kepatuhan/semester")
@needs(Permission.SEE_NATIONAL)
def semester():
    choices = semesters(periods())
    if not choices:
        return render_template("compliance/no_semester.html")
    read = _read(choices, Permission.SEE_NATIONAL)
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
    """Read in one short transaction, built in none, noted in a third."""
    format = Format(kind)
    with read_only():
        read = _read(semesters(periods()), Permission.EXPORT_REPORTS)
    content = format.build(read.document())
    cutoff = read.parts[0].cutoff
    name = f"laporan-semester-{read.semester.key}-{cutoff.astimezone(JAKARTA):%Y%m%d-%H%M}.{kind}"
    asked = {"semester": read.semester.key, "keadaan": cutoff.isoformat()}
    with unit_of_work():
        audit.record("export_compliance", name, filters=asked, bytes=len(content))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=format.media_type, headers=headers)


def _read(choices: list[Semester], permission: Permission) -> Read:
    """Raises Unknown."""
    chosen = _chosen(choices, request.args.get("semester", ""))
    cutoff = read_cutoff(request.args.get("keadaan", ""))
    among = visible_agencies(current_user, permission)
    keys = [period.key for period in chosen.periods]
    return Read(
        semester=chosen,
        parts=[_part(chosen, key, cutoff, among) for key in keys],
        obstacles=queries.obstacles(programme_key=chosen.programme_key, period_keys=keys, cutoff=cutoff, among=among),
        ranked=holds(current_user, Permission.SEE_RANKS),
    )


def _part(chosen: Semester, period_key: str, cutoff: datetime, among) -> Snapshot:
    return queries.snapshot(
        programme_key=chosen.programme_key,
        period_key=period_key,
        cutoff=cutoff,
        among=among,
        judged=provisional_scope(current_user),
    )


def _chosen(choices: list[Semester], key: str) -> Semester:
    found = next((one for one in choices if one.key == key), None) if key else next(iter(choices), None)
    if found is None:
        raise Unknown("semester", key)
    return found
