"""Rekap publikasi: where a story appeared, and the same as a file for the Inspektorat."""

import tempfile
from pathlib import Path
from typing import Any

from flask import Response, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user

from reports import excel, paper
from stranas.accounts.policy import holds, visible_agencies
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item
from stranas.compliance.choices import PeriodChoice, periods
from stranas.compliance.formats import Format
from stranas.publication.appearance_forms import AppearanceForm
from stranas.publication.appearing import COUNTED, MEDIA
from stranas.publication.models import Story
from stranas.publication.operations.appearances import record_appearance as record
from stranas.publication.operations.appearances import remove_appearance as remove
from stranas.publication.queries.appearances import (
    PublishedStory,
    appearance_of,
    appearances_of,
    published_stories,
)
from stranas.publication.recap import Recap, Span
from stranas.publication.recap import recap as recap_of
from stranas.publication.views import blueprint
from stranas.system import audit, clock, text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.errors import Refused

PER_PAGE = 25


@blueprint.get("/publikasi/<int:story_id>/penayangan")
@needs(Permission.SEE_STORIES)
def appearances(story_id: int):
    return _page(_published(story_id, Permission.SEE_STORIES))


@blueprint.post("/publikasi/<int:story_id>/penayangan")
@needs(Permission.WRITE_STORIES)
def record_appearance(story_id: int):
    story = _published(story_id, Permission.WRITE_STORIES)
    form = _form(story)
    if not form.validate():
        return _page(story, form), 422
    values = {field.name: field.data for field in form if field.name != "csrf_token"}
    values |= {"counted": values["counted"] or "", "note": values["note"] or ""}
    try:
        record(story=db.session.get_one(Story, story.id), **values, person=current_user, at=received_at())
    except Refused as refused:
        form.address.errors = [f"{refused.sentence} {refused.repair}"]
        return _page(story, form), 422
    flash("Penayangan sudah dicatat.")
    return redirect(url_for(".appearances", story_id=story_id))


@blueprint.post("/publikasi/<int:story_id>/penayangan/<int:appearance_id>/hapus")
@needs(Permission.WRITE_STORIES)
def remove_appearance(story_id: int, appearance_id: int):
    story = _published(story_id, Permission.WRITE_STORIES)
    remove(appearance=appearance_of(story.id, appearance_id) or abort(404), at=received_at())
    flash("Catatan penayangan sudah dihapus. Catat ulang bila perlu.")
    return redirect(url_for(".appearances", story_id=story_id))


@blueprint.get("/publikasi/rekap")
@needs(Permission.SEE_STORIES)
def recap():
    found, filters = _recap()
    pages = max(1, -(-len(found.lines) // PER_PAGE))
    page = min(max(request.args.get("halaman", 1, type=int), 1), pages)
    agencies = _agencies()
    return render_template(
        "publication/recap.html",
        found=found,
        filters=filters,
        lines=found.lines[(page - 1) * PER_PAGE : page * PER_PAGE],
        page=page,
        pages=pages,
        periods=periods(),
        agencies=agencies,
        actions=_actions(),
        writes=holds(current_user, Permission.WRITE_STORIES),
    )


@blueprint.get("/publikasi/rekap.<any(xlsx, pdf):kind>")
@needs(Permission.SEE_STORIES)
def download_recap(kind: str):
    """Read in one short transaction, built in none, noted in a third."""
    with read_only():
        found, filters = _recap()
    content = _workbook(found) if kind == "xlsx" else paper.render("recap.html", found=found, practice=found.practice)
    name = found.file_name(kind)
    with unit_of_work():
        audit.record("export_recap", name, filters=filters, bytes=len(content), listed=found.sha256)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, content_type=Format(kind).media_type, headers=headers)


def _workbook(found: Recap) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "recap.xlsx"
        excel.write_sheets(found.cover, found.tables, to)
        return to.read_bytes()


def _published(story_id: int, permission: Permission) -> PublishedStory:
    """404 for one of another agency, and for one that nobody outside ever saw."""
    found = published_stories(visible_agencies(current_user, permission), story_id=story_id)
    return found[0] if found else abort(404)


def _form(story: PublishedStory) -> AppearanceForm:
    return AppearanceForm().of(published_on=story.published_on, today=text.local_day(clock.now(), story.timezone))


def _page(story: PublishedStory, form: AppearanceForm | None = None) -> str:
    may_write = holds(current_user, Permission.WRITE_STORIES) and any(
        m.agency_id == story.agency_id for m in current_user.memberships
    )
    today = text.local_day(clock.now(), story.timezone)
    return render_template(
        "publication/appearances.html",
        story=story,
        appearances=appearances_of([story.id])[story.id],
        form=form or (AppearanceForm(formdata=None, data={"appeared_on": today}) if may_write else None),
        media=MEDIA,
        counted=COUNTED,
    )


def _recap() -> tuple[Recap, dict[str, str]]:
    """By the address: `triwulan` (of the days on which it appeared), `instansi`, `aksi`; what nobody knows is left
    out. With the filters that count."""
    scope, asked = visible_agencies(current_user, Permission.SEE_STORIES), request.args
    period = next((one for one in periods() if one.key == asked.get("triwulan")), None)
    agency = _agency(scope, asked.get("instansi", ""))
    action = asked.get("aksi", "") if asked.get("aksi", "") in dict(_actions()) else ""
    stories = published_stories(scope, agency_code=agency.code if agency else "", action_key=action or None)
    found = recap_of(
        stories,
        appearances_of([story.id for story in stories]),
        whom=_whom(agency, action),
        span=_span(period),
        made_at=clock.now().replace(microsecond=0),
        practice=clock.is_practice(),
        base_url=current_app.config["SETTINGS"].base_url,
    )
    filters = {
        "triwulan": period.key if period else "",
        "instansi": agency.code if agency and _sees_many() else "",
        "aksi": action,
    }
    return found, {name: value for name, value in filters.items() if value}


def _sees_many() -> bool:
    return holds(current_user, Permission.SEE_NATIONAL)


def _agency(scope: Any, code: str) -> Agency | None:
    """The one that is asked for, or the own; None is all of them."""
    query = db.select(Agency).where(scope)
    if _sees_many():
        return db.session.scalar(query.where(Agency.code == code)) if code else None
    return db.session.scalars(query.order_by(Agency.id)).first() or abort(404)


def _agencies() -> list[tuple[str, str]]:
    """(code, name) of those that published, for who sees more than one."""
    if not _sees_many():
        return []
    published = db.select(Story.agency_id).where(Story.number > 0)
    rows = db.session.execute(db.select(Agency.code, Agency.name).where(Agency.id.in_(published)).order_by(Agency.name))
    return [(code, name) for code, name in rows]


def _actions() -> list[tuple[str, str]]:
    rows = db.session.execute(db.select(Item.key, Item.name).where(Item.depth == 1).order_by(Item.position))
    return [(key, name) for key, name in rows]


def _whom(agency: Agency | None, action: str) -> str:
    whom = agency.name if agency else "Semua instansi"
    return f"{whom}, aksi {action}" if action else whom


def _span(period: PeriodChoice | None) -> Span:
    if period is None:
        return Span()
    words = f"{period.name} ({period.key}), {text.month_span(period.starts_on, period.ends_on)}"
    return Span(period.key, words, period.starts_on, period.ends_on)
