"""The door of the profile of one agency: a page, and the two pages of A4."""

from dataclasses import replace

from flask import Response, render_template

from reports.profile import Profile, profile_pdf
from stranas.compliance import profile as profiles
from stranas.compliance.forms import Filters
from stranas.compliance.views import blueprint
from stranas.compliance.views.report import asked, places_for, snapshot_for, trend_for
from stranas.system import audit
from stranas.system.access import Permission, needs
from stranas.system.db import read_only, unit_of_work


@blueprint.get("/kepatuhan/profil/<code>")
@needs(Permission.SEE_COMPLIANCE)
def profile(code: str):
    """What the two pages say, for who may see the agency."""
    filters = _of(code)
    shown = _profile(filters, Permission.SEE_COMPLIANCE)
    return render_template("compliance/profile.html", filters=filters, profile=shown)


@blueprint.get("/kepatuhan/profil/<code>.pdf")
@needs(Permission.EXPORT_REPORTS)
def profile_file(code: str):
    """Read in one short transaction, rendered in none, noted in a third."""
    with read_only():
        filters = _of(code)
        shown = _profile(filters, Permission.EXPORT_REPORTS)
    content = profile_pdf(shown)
    with unit_of_work():
        audit.record("export_compliance", shown.file_name, filters=filters.with_cutoff, bytes=len(content))
    headers = {"Content-Disposition": f'attachment; filename="{shown.file_name}"'}
    return Response(content, content_type="application/pdf", headers=headers)


def _of(code: str) -> Filters:
    """The period and cut-off of the address; the agency is in its path."""
    return replace(asked(), agency=code, province="", level="")


def _profile(filters: Filters, permission: Permission) -> Profile:
    own = snapshot_for(filters, permission)
    return profiles.profile(own, trend_for(filters, permission), places=places_for(own, filters))
