"""Pictures of a story: taken in, described, moved, removed."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.publication.images import PICTURE, BadImage, TakenIn, let_go, take_in
from stranas.publication.models import Story
from stranas.publication.operations import pictures as operations
from stranas.publication.operations.stories import need_stage
from stranas.publication.pictures import MOST_PICTURES
from stranas.publication.queries.leaders import leaders_to_leave_out
from stranas.publication.queries.profiles import profile_of
from stranas.publication.rules import Stage
from stranas.publication.story_forms import PictureForm
from stranas.publication.views import blueprint
from stranas.publication.views.stories import scope
from stranas.publication.views.stories.approving import jpeg
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only, unit_of_work


@blueprint.get("/publikasi/<int:story_id>/gambar")
@needs(Permission.WRITE_STORIES)
def pictures(story_id: int):
    story = scope.story(story_id, Permission.WRITE_STORIES)
    if story.stage is not Stage.WRITING:
        return redirect(url_for(".story", story_id=story_id))
    return _page(story, PictureForm(formdata=None))


@blueprint.post("/publikasi/<int:story_id>/gambar")
@needs(Permission.WRITE_STORIES)
def add_picture(story_id: int):
    with read_only():
        story = scope.story(story_id, Permission.WRITE_STORIES)
        need_stage(story, Stage.WRITING)
        form = PictureForm().of(leaders_to_leave_out(story.agency))
    taken = _taken(form) if form.validate() else _again(form)
    if taken is None:
        return _page(scope.story(story_id, Permission.WRITE_STORIES), form), 422
    with unit_of_work():
        operations.add_picture(
            story=scope.story(story_id, Permission.WRITE_STORIES),
            taken=taken,
            described=form.described,
            person=current_user,
            at=received_at(),
        )
    flash("Gambar disimpan. Lokasi dan data kamera di dalamnya sudah dibuang.")
    return redirect(url_for(".pictures", story_id=story_id))


def _again(form: PictureForm) -> None:
    """A browser does not keep a chosen file when the page comes back: say so."""
    if request.files.get("file"):
        form.file.errors = ["Foto belum disimpan. Perbaiki isian yang ditandai, lalu pilih fotonya sekali lagi."]


def _taken(form: PictureForm) -> TakenIn | None:
    """The picture, drawn anew with no transaction open; None with the error at the field."""
    part = request.files.get("file")
    if not part or not part.filename:
        form.file.errors = ["Pilih foto JPEG, PNG, atau WebP."]
        return None
    try:
        return take_in(part.stream, PICTURE)
    except BadImage as problem:
        form.file.errors = [str(problem)]
        return None


@blueprint.get("/publikasi/<int:story_id>/gambar/<int:picture_id>")
@needs(Permission.SEE_STORIES)
def picture(story_id: int, picture_id: int):
    with read_only():
        key = scope.picture(story_id, picture_id, Permission.SEE_STORIES).file.storage_key
    return jpeg(key)


@blueprint.post("/publikasi/<int:story_id>/gambar/<int:picture_id>")
@needs(Permission.WRITE_STORIES)
def describe_picture(story_id: int, picture_id: int):
    found = scope.picture(story_id, picture_id, Permission.WRITE_STORIES)
    form = PictureForm(prefix=f"g{picture_id}-").of(leaders_to_leave_out(found.story.agency))
    if not form.validate():
        return _page(found.story, PictureForm(formdata=None), {picture_id: form}), 422
    operations.describe_picture(picture=found, described=form.described, person=current_user, at=received_at())
    flash("Keterangan gambar disimpan.")
    return redirect(url_for(".pictures", story_id=story_id))


@blueprint.post("/publikasi/<int:story_id>/gambar/<int:picture_id>/pindah")
@needs(Permission.WRITE_STORIES)
def move_picture(story_id: int, picture_id: int):
    found = scope.picture(story_id, picture_id, Permission.WRITE_STORIES)
    up = request.form.get("ke") == "atas"
    operations.move_picture(picture=found, up=up, person=current_user, at=received_at())
    return redirect(url_for(".pictures", story_id=story_id) + f"#gambar-{picture_id}")


@blueprint.post("/publikasi/<int:story_id>/gambar/<int:picture_id>/hapus")
@needs(Permission.WRITE_STORIES)
def remove_picture(story_id: int, picture_id: int):
    with unit_of_work():
        found = scope.picture(story_id, picture_id, Permission.WRITE_STORIES)
        key = operations.remove_picture(picture=found, person=current_user, at=received_at())
    let_go([key])
    flash("Gambar dihapus dari draf ini.")
    return redirect(url_for(".pictures", story_id=story_id))


def _page(story: Story, form: PictureForm, typed: dict[int, PictureForm] | None = None) -> str:
    row = sorted(story.pictures, key=lambda one: one.position)
    forms = [(one, (typed or {}).get(one.id) or PictureForm(None, obj=one, prefix=f"g{one.id}-")) for one in row]
    return render_template(
        "publication/pictures.html",
        story=story,
        form=form,
        forms=forms,
        is_full=len(row) >= MOST_PICTURES,
        election=profile_of(story.agency_id).leaves_leaders_out,
        leaders=leaders_to_leave_out(story.agency),
    )
