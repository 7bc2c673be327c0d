"""What the writer does with a story as a whole: take it back, correct it, drop the correction, discard the draft."""

from flask import flash, redirect, url_for
from flask_login import current_user

from stranas.publication.images import let_go
from stranas.publication.operations import stories as operations
from stranas.publication.story_forms import DiscardForm
from stranas.publication.views import blueprint
from stranas.publication.views.stories import scope
from stranas.publication.views.stories.acting import act
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import unit_of_work


@blueprint.post("/publikasi/<int:story_id>/tarik-kembali")
@needs(Permission.WRITE_STORIES)
def take_back_story(story_id: int):
    said = "Ditarik dari pemeriksaan. Setelah diubah, minta persetujuan sekali lagi."
    return act(story_id, Permission.WRITE_STORIES, operations.take_back, said=said, then=".edit_story")


@blueprint.post("/publikasi/<int:story_id>/koreksi")
@needs(Permission.WRITE_STORIES)
def correct_story(story_id: int):
    said = "Koreksi mulai ditulis. Publik tetap membaca edisi yang terbit sampai koreksinya disetujui."
    return act(story_id, Permission.WRITE_STORIES, operations.start_correction, said=said, then=".edit_story")


@blueprint.post("/publikasi/<int:story_id>/batal-koreksi")
@needs(Permission.WRITE_STORIES)
def drop_correction(story_id: int):
    with unit_of_work():
        story = scope.story(story_id, Permission.WRITE_STORIES)
        keys = operations.drop_correction(story=story, person=current_user, at=received_at())
    let_go(keys)
    flash("Koreksi dibatalkan. Isinya kembali seperti edisi yang terbit.")
    return redirect(url_for(".story", story_id=story_id))


@blueprint.post("/publikasi/<int:story_id>/hapus")
@needs(Permission.WRITE_STORIES)
def discard_story(story_id: int):
    version = DiscardForm().revision.data or 0
    with unit_of_work():
        story = scope.story(story_id, Permission.WRITE_STORIES)
        keys = operations.discard_story(story=story, version=version, person=current_user, at=received_at())
    let_go(keys)
    flash("Draf dihapus bersama gambarnya.")
    return redirect(url_for(".stories"))
