"""The page of one story: as the public sees it, its figures with their source, its history; publish, send back,
withdraw."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from stranas.publication.freezing import Quotable, seen
from stranas.publication.frozen import FrozenFigure, FrozenStory, loads
from stranas.publication.models import Story, StoryEdition
from stranas.publication.operations import stories as operations
from stranas.publication.operations.publishing import draft_of, publish
from stranas.publication.operations.stories import NotComplete
from stranas.publication.queries import stories as queries
from stranas.publication.queries.leaders import leaders_to_leave_out
from stranas.publication.queries.profiles import profile_of
from stranas.publication.queries.stale import stale_of
from stranas.publication.rules import Stage
from stranas.publication.showing import shown
from stranas.publication.story_forms import DiscardForm, ReasonForm, SendBackForm, WithdrawForm
from stranas.publication.tokens import NAMES, filled
from stranas.publication.views import blueprint
from stranas.publication.views.stories import scope
from stranas.publication.views.stories.acting import act
from stranas.reporting.comparison import Compared, compared
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only
from stranas.system.storage import MissingObject, storage

_LABELS = {figure: words for figure, words in NAMES.values()}


@dataclass(frozen=True)
class QuotedFigure:
    """A figure of the story beside its source, for the approver."""

    name: str
    words: str
    action: str
    period: str
    edition: int


@blueprint.get("/publikasi/<int:story_id>")
@needs(Permission.SEE_STORIES)
def story(story_id: int):
    return _page(scope.story(story_id))


@blueprint.post("/publikasi/<int:story_id>/terbitkan")
@needs(Permission.APPROVE_STORIES)
def publish_story(story_id: int):
    """What the approver has read: the page tells which version with which figures that was."""
    read = {"version": request.form.get("version", 0, type=int), "figures": request.form.get("figures", "")}
    try:
        return act(story_id, Permission.APPROVE_STORIES, publish, said="Sudah terbit.", **read)
    except NotComplete as lacking:
        return _page(scope.story(story_id), lacking=lacking), 409


@blueprint.post("/publikasi/<int:story_id>/kembalikan")
@needs(Permission.APPROVE_STORIES)
def send_back_story(story_id: int):
    said = "Dikembalikan kepada penulis bersama catatan Anda."
    return _for_a_reason(story_id, Permission.APPROVE_STORIES, SendBackForm(), operations.send_back, said=said)


@blueprint.post("/publikasi/<int:story_id>/tarik")
@needs(Permission.WITHDRAW_STORIES)
def withdraw_story(story_id: int):
    said = "Ditarik. Halaman, gambar, dan umpannya tidak dapat dibuka lagi oleh publik."
    return _for_a_reason(story_id, Permission.WITHDRAW_STORIES, WithdrawForm(), operations.withdraw, said=said)


def _for_a_reason(
    story_id: int, permission: Permission, form: ReasonForm, operation: Callable[..., Any], *, said: str
) -> ResponseReturnValue:
    """Done with the words of the form; without them the page asks for them."""
    if not form.validate():
        return _page(scope.story(story_id, permission), typed=form), 422
    return act(story_id, permission, operation, said=said, **form.said)


@blueprint.get("/publikasi/<int:story_id>/edisi/<int:edition>")
@needs(Permission.SEE_STORIES)
def story_edition(story_id: int, edition: int):
    story, found = scope.story(story_id), _edition(story_id, edition)
    return render_template("publication/edition.html", story=story, edition=found, frozen=loads(found.content))


@blueprint.get("/publikasi/<int:story_id>/edisi/<int:edition>/gambar/<int:position>")
@needs(Permission.SEE_STORIES)
def edition_picture(story_id: int, edition: int, position: int):
    with read_only():
        scope.story(story_id)
        file = next((one for one in _edition(story_id, edition).files if one.position == position), None)
        key = file.file.storage_key if file else abort(404)
    return jpeg(key)


def jpeg(key: str) -> Response:
    """Bytes that never change, for who may see the story; with no transaction open."""
    try:
        with storage().open(key) as stream:
            content = stream.read()
    except MissingObject:
        abort(404)
    return Response(content, mimetype="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


def _edition(story_id: int, number: int) -> StoryEdition:
    return next((one for one in queries.editions_of(story_id) if one.number == number), None) or abort(404)


def _page(story: Story, *, typed: ReasonForm | None = None, lacking: NotComplete | None = None) -> str:
    quotable = queries.quotable_for(story)
    is_draft = story.stage in (Stage.WRITING, Stage.IN_REVIEW)
    draft = draft_of(story, at=received_at(), quotable=quotable) if is_draft else queries.last_edition(story)
    before = queries.last_edition(story) if is_draft and story.number else None
    return render_template(
        "publication/story.html",
        story=story,
        draft=draft,
        is_draft=is_draft,
        seen=seen(draft),
        figures=[_quoted(figure, quotable) for figure in draft.figures],
        changes=_changes(before, draft) if before else [],
        editions=queries.editions_of(story.id),
        election=profile_of(story.agency_id).leaves_leaders_out,
        leaders=leaders_to_leave_out(story.agency),
        without_leaders=shown(draft, without_leaders=True) != draft,
        stale=stale_of(story, quotable),
        may_write=scope.may(story, Permission.WRITE_STORIES),
        may_approve=scope.may(story, Permission.APPROVE_STORIES) and story.stage is Stage.IN_REVIEW,
        is_author=story.changed_by_id == current_user.id,
        may_withdraw=scope.may(story, Permission.WITHDRAW_STORIES) and story.number and not story.withdrawn_at,
        send_back=typed if isinstance(typed, SendBackForm) else SendBackForm(formdata=None),
        withdraw=typed if isinstance(typed, WithdrawForm) else WithdrawForm(formdata=None),
        discard=DiscardForm(formdata=None, data={"revision": story.version}),
        lacking=lacking.found if lacking else {},
    )


def _quoted(figure: FrozenFigure, quotable: Quotable) -> QuotedFigure:
    offer = quotable.offers.get((figure.action_key, figure.period_key))
    action = offer.action if offer and offer.action else "Semua aksi"
    return QuotedFigure(_LABELS[figure.figure], figure.words, action, figure.period_key, figure.edition)


def _changes(before: FrozenStory, draft: FrozenStory) -> list[Compared]:
    """What differs from the edition that stands, field by field, figures as they are printed."""
    pairs = [
        ("Judul", before.title, draft.title),
        ("Ringkasan", before.summary, draft.summary),
        ("Isi", filled(before.body, before.figures), filled(draft.body, draft.figures)),
        ("Kutipan", before.quote, draft.quote),
        ("Pemberi kutipan", f"{before.quote_name} {before.quote_office}", f"{draft.quote_name} {draft.quote_office}"),
        ("Unit dan mitra", "\n".join(before.units + before.partners), "\n".join(draft.units + draft.partners)),
        ("Video", before.video_url, draft.video_url),
        ("Sumber", before.source, draft.source),
        ("Gambar", "\n".join(p.alt for p in before.pictures), "\n".join(p.alt for p in draft.pictures)),
    ]
    return [one for title, left, right in pairs if not (one := compared(title, left, right)).is_same]
