"""The door of compliance: the pages of country, region and agency, and the files with the same filters."""

from dataclasses import replace

from flask import Response, render_template, request
from flask_login import current_user

from stranas.accounts.policy import holds, visible_agencies
from stranas.agencies.models import AgencyLevel
from stranas.compliance import drawing, exports, queries
from stranas.compliance.choices import periods
from stranas.compliance.document import document
from stranas.compliance.formats import Format, file_name
from stranas.compliance.forms import Filters, read_filters
from stranas.compliance.peers import Place, peers
from stranas.compliance.queries import Unknown
from stranas.compliance.snapshot import AgencyName, Point, Snapshot
from stranas.compliance.views import blueprint, pages
from stranas.compliance.views.exports import ask_for
from stranas.release.queries.released import provisional_scope
from stranas.system import audit
from stranas.system.access import Permission, needs
from stranas.system.db import read_only, unit_of_work

NOT_THERE = {
    "semester": ("Semester {} tidak ada", "Pilih semester dari daftar di halaman laporan semester."),
    "period": ("Triwulan {} tidak ada", "Pilih triwulan dari daftar di halaman kepatuhan."),
    "programme": ("Program {} tidak ada", "Pilih triwulan dari daftar di halaman kepatuhan."),
    "province": ("Provinsi dengan kode {} tidak ada", "Pilih provinsi dari daftar di halaman kepatuhan."),
    "agency": ("Instansi dengan kode {} tidak ada", "Pilih instansi dari daftar di halaman kepatuhan."),
    "choice": ("Instansi belum dipilih", "Pilih satu instansi dari daftar di halaman kepatuhan."),
    "level": ("Tingkat {} tidak ada", "Pilih tingkat dari daftar di halaman kepatuhan."),
    "cutoff": ("Waktu keadaan {} tidak dapat dibaca", "Buka laporan dari halaman kepatuhan."),
}

LONGEST_WORD = 60


@blueprint.errorhandler(Unknown)
def not_there(problem: Unknown):
    title, repair = NOT_THERE[problem.what]
    words = " ".join(title.format(_readable(problem.word)).split())  # of an empty word no gap is left
    return render_template("error.html", code=404, title=words, repair=repair), 404


def _readable(word: str) -> str:
    """As it can stand in a heading: short, and without signs that turn the direction of what follows."""
    seen = "".join(letter for letter in word if letter.isprintable())
    return seen if len(seen) <= LONGEST_WORD else f"{seen[: LONGEST_WORD - 1]}…"


@blueprint.get("/kepatuhan")
@needs(Permission.SEE_COMPLIANCE)
def report():
    """The figures of the agencies that the reader may see: of all, of a region, or of one."""
    choices = periods()
    if not choices:
        return render_template("compliance/empty.html")
    places = queries.agencies_among(visible_agencies(current_user, Permission.SEE_COMPLIANCE))
    filters = fitting(read_filters(request.args, choices), places)
    seen = snapshot_for(filters, Permission.SEE_COMPLIANCE)
    beside = (
        snapshot_for(replace(filters, period=filters.beside), Permission.SEE_COMPLIANCE) if filters.beside else None
    )
    ranked = holds(current_user, Permission.SEE_RANKS)
    template, values = pages.page_of(seen, beside, filters, ranked=ranked)
    return render_template(
        template,
        choices=choices,
        levels=AgencyLevel,
        places=places,
        is_national=holds(current_user, Permission.SEE_NATIONAL),
        **values,
    )


@blueprint.get("/kepatuhan/tren")
@needs(Permission.SEE_COMPLIANCE)
def trend():
    """The same figures period by period: one snapshot each, so it comes after the page (htmx), or as its own page."""
    filters = asked()
    points = trend_for(filters, Permission.SEE_COMPLIANCE)
    return _part("trend", filters=filters, chart=drawing.trend(points), points=pages.trend_rows(points))


@blueprint.get("/kepatuhan/posisi")
@needs(Permission.SEE_COMPLIANCE)
def position():
    """Where one agency stands among its like: ranks, and figures of the groups, of nobody else."""
    filters = asked()
    own = snapshot_for(filters, Permission.SEE_COMPLIANCE)
    if len(own.agencies) != 1:
        raise Unknown("choice", filters.agency)
    places = places_for(own, filters)
    return _part(
        "position",
        filters=filters,
        agency=own.agencies[0].agency,
        places=pages.place_rows(places or ()),
        shows=places is not None,
        provisional=own.provisional,
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
            return ask_for(large, filters.slice)
        seen = snapshot_for(filters, Permission.EXPORT_REPORTS)
        ranked = holds(current_user, Permission.SEE_RANKS)
        before = _before(filters) if format is Format.PDF else []  # only the PDF tells in words what changed
    shown = document(seen, ranked=ranked, trend=[*before, Point.of(seen)])
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
        **_narrowing(filters, permission),
    )


def _before(filters: Filters) -> list[Point]:
    """The period before, of the same slice for the same reader."""
    return queries.point_before(
        programme_key=filters.programme,
        period_key=filters.period,
        cutoff=filters.cutoff,
        **_narrowing(filters, Permission.EXPORT_REPORTS),
    )


def trend_for(filters: Filters, permission: Permission) -> list[Point]:
    """The same from the first period on. Raises Unknown."""
    return queries.trend(
        programme_key=filters.programme,
        until=filters.period,
        cutoff=filters.cutoff,
        **_narrowing(filters, permission),
    )


def places_for(own: Snapshot, filters: Filters) -> tuple[Place, ...] | None:
    """Where the one agency stands in the country; None for who may not see ranks yet. The country is asked without
    the reader's narrowing: only ranks and figures of groups leave here."""
    if own.provisional and not holds(current_user, Permission.SEE_RANKS):
        return None
    country = queries.snapshot(programme_key=filters.programme, period_key=filters.period, cutoff=filters.cutoff)
    return peers(country, own.agencies[0].agency.id)


def _narrowing(filters: Filters, permission: Permission) -> dict:
    return {
        "agency_code": filters.agency or None,
        "province_code": filters.province or None,
        "level": AgencyLevel(filters.level) if filters.level else None,
        "among": visible_agencies(current_user, permission),
        "judged": provisional_scope(current_user),
    }


def asked() -> Filters:
    return read_filters(request.args, periods())


def _part(name: str, **values) -> str:
    """What another page loads into itself; for who asks for it alone a page of its own."""
    part = "HX-Request" in request.headers
    return render_template(f"compliance/{'_' if part else ''}{name}.html", **values)


def fitting(filters: Filters, places: list[AgencyName]) -> Filters:
    """Without an agency that lies outside the province or level chosen with it: the form keeps the last agency when
    a reader goes on to another province."""
    agency = next((place for place in places if place.code == filters.agency), None)
    if agency is None:
        return filters
    in_province = filters.province in ("", agency.province_code)
    return filters if in_province and filters.level in ("", agency.level.value) else replace(filters, agency="")
