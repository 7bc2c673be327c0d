"""Unduhan: files that are made in the background, and handed out to the one who asked."""

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from stranas.compliance import operations
from stranas.compliance.choices import periods
from stranas.compliance.exports import KINDS, Kind, Slice
from stranas.compliance.exports.reach import still_holds
from stranas.compliance.forms import read_filters
from stranas.compliance.models import Export, ExportState
from stranas.compliance.queries.exports import exports_of, own_export, view_of
from stranas.compliance.views import blueprint
from stranas.system import clock
from stranas.system.access import Permission, needs
from stranas.system.db import read_only, unit_of_work
from stranas.system.errors import Refused
from stranas.system.storage import MissingObject, storage


def ask_for(kind: Kind, wanted: Slice):
    """A row of its own unit, and the way to it: a GET of a large report ends here, too."""
    with unit_of_work():
        asked = operations.ask_export(kind=kind, parameters=wanted.parameters, person=current_user)
        address = url_for("compliance.exports", _anchor=f"unduhan-{asked.id}")
    flash("Berkas ini besar, jadi dibuat di latar belakang. Anda boleh menutup halaman ini dan kembali nanti.")
    return redirect(address, 303)


@blueprint.get("/kepatuhan/unduhan")
@needs(Permission.EXPORT_REPORTS)
def exports():
    choices = periods()
    return render_template(
        "compliance/exports.html",
        rows=exports_of(current_user),
        kinds=_of_quarters(),
        choices=choices,
        filters=read_filters(request.args, choices) if choices else None,
        now=clock.now(),
    )


@blueprint.post("/kepatuhan/unduhan")
@needs(Permission.EXPORT_REPORTS)
def make_export():
    """Any kind that is of a quarter, of any slice that the reader sees."""
    kind = next((one for one in _of_quarters() if one.name == request.form.get("jenis")), None)
    choices = periods()
    if kind is None or not choices:
        raise Refused("Jenis berkas itu tidak ada.", "Pilih jenis berkas dari daftar di halaman Unduhan.")
    with read_only():
        wanted = read_filters(request.form, choices).slice
        wanted.agencies(current_user)
        return ask_for(kind, wanted)


def _of_quarters() -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.of_quarter]


@blueprint.get("/kepatuhan/unduhan/<int:export_id>")
@needs(Permission.EXPORT_REPORTS)
def export(export_id: int):
    """The part of the page that says how far one file is; it asks again until it is over."""
    found = _own(export_id)
    if "HX-Request" not in request.headers:
        return redirect(url_for(".exports", _anchor=f"unduhan-{export_id}"))
    return render_template("compliance/_export.html", row=view_of(found, current_user), now=clock.now())


@blueprint.post("/kepatuhan/unduhan/<int:export_id>/batalkan")
@needs(Permission.EXPORT_REPORTS)
def cancel_export(export_id: int):
    if not operations.cancel_export(export=_own(export_id)):
        raise Refused("Berkas ini sudah selesai atau sudah dibatalkan.", "Muat ulang halaman Unduhan.")
    flash("Pembuatan berkas dibatalkan.")
    return redirect(url_for(".exports"), 303)


@blueprint.get("/kepatuhan/unduhan/<int:export_id>/berkas")
@needs(Permission.EXPORT_REPORTS)
def take_export(export_id: int):
    """The file, noted in a unit of its own before its first byte goes out."""
    with unit_of_work():
        found = _own(export_id)
        _need_takeable(found)
        operations.note_taken(export=found)
        file, name, media_type = found.file, found.name, KINDS[found.kind].media_type
        try:
            stream = storage().open(file.storage_key)
        except MissingObject:
            abort(404)
    answer = send_file(stream, mimetype=media_type, as_attachment=True, download_name=name)
    answer.content_length = file.size
    return answer


def _own(export_id: int) -> Export:
    return own_export(export_id, current_user) or abort(404)


def _need_takeable(found: Export) -> None:
    if found.state is ExportState.EXPIRED or (found.expires_at and found.expires_at <= clock.now()):
        raise Refused("Berkas ini sudah kedaluwarsa.", "Minta berkas yang sama sekali lagi dari halaman kepatuhan.")
    if found.state is not ExportState.READY or found.file is None:
        raise Refused("Berkas ini belum siap.", "Lihat keadaannya pada halaman Unduhan.")
    if not still_holds(current_user, found.reach):
        raise Refused(
            "Berkas ini dibuat dengan wewenang yang tidak lagi Anda pegang.",
            "Minta berkas yang baru dari halaman kepatuhan.",
        )
