"""The publication kit: made by one click, looked at, downloaded."""

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask_login import current_user

from reports.kit.captions import counted
from reports.kit.making import TEXT
from stranas.accounts.policy import visible_agencies
from stranas.publication.models import KitFile, Story, StoryEdition
from stranas.publication.operations.kits import WITHDRAWN, ask_kit, note_taken
from stranas.publication.queries.kits import KitView, edition_of, kit_file_in_scope, kits_of
from stranas.publication.views import blueprint
from stranas.publication.views.stories import scope
from stranas.system.access import Permission, needs
from stranas.system.db import db, unit_of_work
from stranas.system.errors import Refused
from stranas.system.storage import MissingObject, storage

NOT_PUBLISHED = "Kit dibuat dari cerita yang sudah terbit, dan cerita ini belum terbit."


@blueprint.get("/publikasi/<int:story_id>/kit")
@needs(Permission.SEE_STORIES)
def kit(story_id: int):
    story = scope.story(story_id, Permission.SEE_STORIES)
    edition = _edition(story)
    kits = kits_of(edition) if edition else []
    shown = next((one for one in kits if one.is_ready and one.template == request.args.get("templat")), None)
    shown = shown or next((one for one in kits if one.is_ready), None)
    return render_template(
        "publication/kit.html",
        story=story,
        edition=edition,
        kits=kits,
        shown=shown,
        captions=_captions(shown),
        may_make=scope.may(story, Permission.WRITE_STORIES),
        is_open=any(one.is_open for one in kits),
    )


@blueprint.get("/publikasi/<int:story_id>/kit/keadaan")
@needs(Permission.SEE_STORIES)
def kit_states(story_id: int):
    """The part of the page that says how far the kits are; once none is open any more, the whole page comes anew."""
    story = scope.story(story_id, Permission.SEE_STORIES)
    edition = _edition(story) or abort(404)
    address = url_for(".kit", story_id=story.id, edisi=edition.number)
    if "HX-Request" not in request.headers:
        return redirect(address)
    kits = kits_of(edition)
    if not any(one.is_open for one in kits):
        return "", 200, {"HX-Redirect": address}
    return render_template(
        "publication/_kit_states.html",
        story=story,
        edition=edition,
        kits=kits,
        shown=None,
        may_make=scope.may(story, Permission.WRITE_STORIES),
        is_open=True,
    )


@blueprint.post("/publikasi/<int:story_id>/kit")
@needs(Permission.WRITE_STORIES)
def make_kit(story_id: int):
    story = scope.story(story_id, Permission.WRITE_STORIES)
    edition = edition_of(story)
    if edition is None:
        raise Refused(NOT_PUBLISHED, "Terbitkan ceritanya lebih dahulu.")
    ask_kit(edition=edition, template=request.form.get("templat", ""), person=current_user)
    flash("Kit sedang dibuat. Halaman ini memperbarui diri.")
    return redirect(url_for(".kit", story_id=story.id), 303)


@blueprint.get("/publikasi/kit/<int:kit_file_id>")
@needs(Permission.SEE_STORIES)
def take_kit_file(kit_file_id: int):
    """The file, noted in a unit of its own before its first byte goes out; `lihat` shows a picture in the page."""
    looked_at = "lihat" in request.args
    with unit_of_work():
        found = _kit_file(kit_file_id)
        if not looked_at:
            note_taken(file=found)
        name, media_type, key, size = _name(found), found.media_type, found.file.storage_key, found.file.size
    try:
        stream = storage().open(key)
    except MissingObject:
        abort(404)
    as_attachment = not (looked_at and media_type == "image/png")
    answer = send_file(stream, mimetype=media_type, as_attachment=as_attachment, download_name=name)
    answer.content_length = size
    return answer


def _edition(story: Story) -> StoryEdition | None:
    """The one that is asked for (`edisi`), else the newest; None before the first."""
    number = request.args.get("edisi", type=int)
    return edition_of(story, number) or (abort(404) if number else None)


def _kit_file(kit_file_id: int) -> KitFile:
    found = kit_file_in_scope(kit_file_id, visible_agencies(current_user, Permission.SEE_STORIES)) or abort(404)
    if found.kit.edition.story.withdrawn_at is not None:
        raise Refused(WITHDRAWN, "Lihat alasannya pada riwayat cerita.")
    return found


def _name(file: KitFile) -> str:
    """Known again in a folder of downloads."""
    edition = file.kit.edition
    return f"{edition.story.slug}-{edition.number}-{file.kit.template}-{file.name}"


def _captions(shown: KitView | None) -> list[tuple[str, str, int, int]]:
    """Each place with its text as the kit holds it, its length as the place counts, and the limit."""
    texts = [one for one in (shown.files if shown else ()) if one.media_type == TEXT and one.name.startswith("teks-")]
    return [(one.name[5:-4], words, *counted(one.name[5:-4], words)) for one in texts for words in (_words(one.id),)]


def _words(file_id: int) -> str:
    with storage().open(db.session.get_one(KitFile, file_id).file.storage_key) as stream:
        return stream.read().decode()
