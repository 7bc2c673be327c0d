"""The door of the list of what was not sent yet: the page, and the files with the same filters."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Response, render_template, request
from flask_login import current_user

from reports import data, excel, paper
from stranas.accounts.policy import holds, visible_agencies
from stranas.agencies.models import AgencyLevel
from stranas.compliance import queries
from stranas.compliance.choices import periods
from stranas.compliance.formats import Format
from stranas.compliance.forms import read_filters
from stranas.compliance.missing import MissingList, missing_list
from stranas.compliance.views import blueprint
from stranas.compliance.views.report import fitting, snapshot_for
from stranas.system import audit
from stranas.system.access import Permission, needs
from stranas.system.db import read_only, unit_of_work

PER_PAGE = 25
IN_FULL = 40  # agencies up to which the paper says every target


@blueprint.get("/kepatuhan/belum-lapor")
@needs(Permission.SEE_COMPLIANCE)
def missing_reports():
    """Which agencies have what still to send."""
    choices = periods()
    if not choices:
        return render_template("compliance/empty.html")
    agencies = queries.agencies_among(visible_agencies(current_user, Permission.SEE_COMPLIANCE))
    filters = fitting(read_filters(request.args, choices), agencies)
    seen = snapshot_for(filters, Permission.SEE_COMPLIANCE)
    found = missing_list(seen)
    pages = max(1, -(-len(found.waiting) // PER_PAGE))
    page = min(max(request.args.get("halaman", 1, type=int), 1), pages)
    return render_template(
        "compliance/missing.html",
        filters=filters,
        choices=choices,
        levels=AgencyLevel,
        agencies=agencies,
        is_national=holds(current_user, Permission.SEE_NATIONAL),
        snapshot=seen,
        found=found,
        waiting=found.waiting[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        pages=pages,
    )


@blueprint.get("/kepatuhan/belum-lapor.<any(xlsx, pdf, csv, json):word>")
@needs(Permission.EXPORT_REPORTS)
def download_missing_reports(word: str):
    """The same list as a file. Read in one short transaction, built in none, noted in a third."""
    with read_only():
        filters = read_filters(request.args, periods())
        found = missing_list(snapshot_for(filters, Permission.EXPORT_REPORTS))
    content = BUILDERS[Format(word)](found)
    name = found.file_name(word)
    with unit_of_work():
        audit.record("export_missing_reports", name, filters=filters.with_cutoff, bytes=len(content))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=Format(word).media_type, headers=headers)


def _workbook(found: MissingList) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "missing.xlsx"
        excel.write_sheets(found.document, found.sheets, to)
        return to.read_bytes()


def _pdf(found: MissingList) -> bytes:
    in_full = len(found.waiting) <= IN_FULL
    return paper.render("missing.html", found=found, in_full=in_full, practice=found.document.practice)


BUILDERS: dict[Format, Callable[[MissingList], bytes]] = {
    Format.XLSX: _workbook,
    Format.PDF: _pdf,
    Format.CSV: lambda found: data.table_as_csv(found.obligations),
    Format.JSON: lambda found: data.tables_as_json(found.document, agencies=found.agencies, missing=found.obligations),
}
