"""The door of compliance: the page, and the files with the same filters."""

from dataclasses import dataclass

from flask import Response, render_template, request
from flask_login import current_user

from reports import charts, tables
from reports.tables import Document, Table
from stranas.accounts.policy import holds, visible_agencies
from stranas.agencies.models import AgencyLevel
from stranas.compliance import exports, queries
from stranas.compliance.choices import periods
from stranas.compliance.document import document
from stranas.compliance.formats import Format, file_name
from stranas.compliance.forms import Filters, read_filters
from stranas.compliance.queries import Unknown
from stranas.compliance.snapshot import Snapshot
from stranas.compliance.views import blueprint
from stranas.compliance.views.exports import ask_for
from stranas.release.queries.released import provisional_scope
from stranas.system import audit
from stranas.system.access import Permission, needs
from stranas.system.db import read_only, unit_of_work

PER_PAGE = 50
FIRST_PROVINCES = 10
NOT_THERE = {
    "period": ("Triwulan {} tidak ada", "Pilih triwulan dari daftar di halaman kepatuhan."),
    "programme": ("Program {} tidak ada", "Pilih triwulan dari daftar di halaman kepatuhan."),
    "province": ("Provinsi dengan kode {} tidak ada", "Pilih provinsi dari daftar di halaman kepatuhan."),
    "agency": ("Instansi dengan kode {} tidak ada", "Pilih instansi dari daftar di halaman kepatuhan."),
    "level": ("Tingkat {} tidak ada", "Pilih tingkat dari daftar di halaman kepatuhan."),
    "cutoff": ("Waktu keadaan {} tidak dapat dibaca", "Buka laporan dari halaman kepatuhan."),
}


@blueprint.errorhandler(Unknown)
def not_there(problem: Unknown):
    title, repair = NOT_THERE[problem.what]
    return render_template("error.html", code=404, title=title.format(problem.word), repair=repair), 404


@dataclass(frozen=True)
class Paged:
    """A slice of a table's rows with where it lies."""

    rows: tuple
    page: int
    pages: int
    first: int
    total: int


@blueprint.get("/kepatuhan")
@needs(Permission.SEE_COMPLIANCE)
def report():
    """The figures of the agencies that the reader may see."""
    choices = periods()
    if not choices:
        return render_template("compliance/empty.html")
    filters = read_filters(request.args, choices)
    seen = snapshot_for(filters, Permission.SEE_COMPLIANCE)
    shown = document(seen, ranked=holds(current_user, Permission.SEE_RANKS))
    return render_template(
        "compliance/report.html",
        filters=filters,
        choices=choices,
        levels=AgencyLevel,
        agencies=queries.agencies_among(visible_agencies(current_user, Permission.SEE_COMPLIANCE)),
        is_national=holds(current_user, Permission.SEE_NATIONAL),
        ranked=shown.provinces.columns[0].key == "rank",
        snapshot=seen,
        document=shown,
        figures=_in_page_order(shown),
        maps=charts.province_maps(shown.provinces) if len(seen.provinces) > 1 else (),
        credit=charts.CREDIT,
        cell=tables.shown,
        distribution=charts.distribution(shown.agencies, judged=shown.judged) if len(seen.agencies) > 1 else None,
        provinces=_first(shown.provinces, everything=bool(request.args.get("semua"))),
        rows=_paged(shown.agencies, request.args.get("halaman", 1, type=int)),
    )


@blueprint.get("/kepatuhan.<any(xlsx, pdf, json, csv):word>")
@needs(Permission.EXPORT_REPORTS)
def download(word: str):
    """The same figures as a file: a small one at once (read in one short transaction, built in none, noted in a
    third), a large one in the background."""
    format = Format(word)
    with read_only():
        filters = read_filters(request.args, periods())
        large = exports.in_background(format, filters.slice.agencies(current_user))
        if large:
            return ask_for(large, filters)
        seen = snapshot_for(filters, Permission.EXPORT_REPORTS)
        ranked = holds(current_user, Permission.SEE_RANKS)
    shown = document(seen, ranked=ranked)
    content = format.build(shown)
    name = file_name(shown, format)
    with unit_of_work():
        audit.record("export_compliance", name, filters=filters.with_cutoff, bytes=len(content))
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=format.media_type, headers=headers)


def snapshot_for(filters: Filters, permission: Permission) -> Snapshot:
    """What the reader may see of it. Raises Unknown."""
    return queries.snapshot(
        programme_key=filters.programme,
        period_key=filters.period,
        cutoff=filters.cutoff,
        agency_code=filters.agency or None,
        province_code=filters.province or None,
        level=AgencyLevel(filters.level) if filters.level else None,
        among=visible_agencies(current_user, permission),
        judged=provisional_scope(current_user),
    )


def _in_page_order(shown: Document) -> list:
    """Compliance and quality stand side by side."""
    found = {figure.key: figure for figure in shown.key_figures}
    return [found[key] for key in ("compliance", "first_pass", "punctuality", "achievement")]


def _first(table: Table, *, everything: bool) -> list[dict]:
    records = table.records()
    return records if everything else records[:FIRST_PROVINCES]


def _paged(table: Table, page: int) -> Paged:
    total = len(table.rows)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PER_PAGE
    return Paged(tuple(table.records()[first : first + PER_PAGE]), page, pages, first + 1, total)
