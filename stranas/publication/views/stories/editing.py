"""Writing a story: the list, the form with its figures and its preview, asking for approval, correcting."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.policy import visible_agencies
from stranas.publication.checking import Problems, problems, wrong, wrong_pictures
from stranas.publication.freezing import Quotable
from stranas.publication.models import Story
from stranas.publication.operations import stories as operations
from stranas.publication.operations.publishing import draft_of
from stranas.publication.operations.stories import NotComplete, StaleCopy
from stranas.publication.queries import stories as queries
from stranas.publication.queries.leaders import leaders_to_leave_out
from stranas.publication.queries.profiles import profile_of
from stranas.publication.queries.quotable import quotable_of
from stranas.publication.queries.stale import stale_of, stale_stories
from stranas.publication.rules import SHOWN_STAGES, Stage, StoryKind
from stranas.publication.story_forms import StoryForm, form_data
from stranas.publication.tokens import Offer, Place
from stranas.publication.views import blueprint
from stranas.publication.views.stories import scope
from stranas.publication.written import Written
from stranas.system import text
from stranas.system.access import Permission, needs, received_at
from stranas.system.db import read_only, unit_of_work
from stranas.system.errors import Refused


@blueprint.get("/publikasi")
@needs(Permission.SEE_STORIES)
def stories():
    seen = visible_agencies(current_user, Permission.SEE_STORIES)
    chosen = next((stage for stage in SHOWN_STAGES if stage.value == request.args.get("tahap")), None)
    agencies = [m.agency for m in current_user.memberships if m.agency]
    return render_template(
        "publication/stories.html",
        found=queries.stories(seen, stage=chosen, page=request.args.get("halaman", 1, type=int)),
        stale=stale_stories(seen) if agencies else [],  # a reader of the whole country sees it on the story's page
        chosen=chosen,
        stages=SHOWN_STAGES,
        agency=agencies[0] if agencies else None,
        has_figures=bool(agencies) and bool(quotable_of(agencies[0].code).offers),
    )


@blueprint.route("/publikasi/tulis", methods=["GET", "POST"])
@needs(Permission.WRITE_STORIES)
def start_story():
    agency = scope.own_agency()
    quotable = quotable_of(agency.code)
    form = StoryForm(formdata=request.form if request.method == "POST" else None).offer(quotable)
    if request.method == "GET":
        _suggest(form, quotable)
    elif form.kind.validate(form) and form.period_key.validate(form) and form.action_key.validate(form):
        story = operations.start_story(
            agency=agency,
            kind=StoryKind(form.kind.data),
            period_key=form.period_key.data or "",
            action_key=form.action_key.data or "",
            person=current_user,
            at=received_at(),
        )
        return redirect(url_for(".edit_story", story_id=story.id))
    page = render_template("publication/start.html", form=form, agency=agency, has_figures=bool(quotable.offers))
    return page, 200 if request.method == "GET" else 422


def _suggest(form: StoryForm, quotable: Quotable) -> None:
    """The latest period with figures; without any, a kabar kegiatan is possible now."""
    form.kind.data = (StoryKind.ACHIEVEMENT if quotable.offers else StoryKind.ACTIVITY).value
    form.period_key.data = quotable.periods[-1].key if quotable.periods else ""
    form.action_key.data = ""


@blueprint.get("/publikasi/<int:story_id>/ubah")
@needs(Permission.WRITE_STORIES)
def edit_story(story_id: int):
    story = scope.story(story_id, Permission.WRITE_STORIES)
    if story.stage is not Stage.WRITING:
        return redirect(url_for(".story", story_id=story.id))
    return _page(story, _form_of(story))


@blueprint.post("/publikasi/<int:story_id>/ubah")
@needs(Permission.WRITE_STORIES)
def save_story(story_id: int):
    """Keeps what was typed, complete or not; then says what keeps it from being sent on."""
    with read_only():
        _need_kept(story_id)
        form = StoryForm().offer(quotable_of(scope.story(story_id, Permission.WRITE_STORIES).agency.code))
    form.validate()
    try:
        with unit_of_work():
            version, saved = _save(story_id, form)
    except StaleCopy:
        return _conflict(story_id, form)
    if request.accept_mimetypes.best == "application/json":
        return _answer_script(form, version, saved)
    story = scope.story(story_id, Permission.WRITE_STORIES)
    if form.errors:
        form.revision.raw_data = [str(version)]
        return _page(story, form), 422
    if request.form.get("do") == "ask":
        return _ask(story)
    flash(saved)
    return redirect(
        url_for(".edit_story", story_id=story_id) + ("#pratinjau" if request.form.get("do") == "see" else "")
    )


def _need_kept(story_id: int) -> None:
    """Who still writes in another window while the draft is discarded keeps his words: the page of a refusal shows
    them."""
    if queries.was_discarded(story_id, visible_agencies(current_user, Permission.WRITE_STORIES)):
        raise Refused(
            "Draf ini sudah dihapus, jadi isiannya tidak dapat disimpan.",
            "Bila masih diperlukan, salin isian di bawah ke publikasi baru.",
        )


def _save(story_id: int, form: StoryForm) -> tuple[int, str]:
    story = scope.story(story_id, Permission.WRITE_STORIES)
    story = operations.save_story(
        story=story,
        written=form.written(queries.written_of(story)),
        version=form.revision.data or 0,
        person=current_user,
        at=received_at(),
    )
    return story.version, f"Draf tersimpan pukul {text.time_of(received_at(), story.agency.timezone)}"


def _answer_script(form: StoryForm, version: int, saved: str):
    errors = {name: " ".join(said) for name, said in form.errors.items() if name}
    return {"revision": version, "saved": saved, "errors": errors}, 422 if errors else 200


def _conflict(story_id: int, form: StoryForm):
    """Both copies side by side; who goes on with his own does it knowingly."""
    story = scope.story(story_id, Permission.WRITE_STORIES)
    if request.accept_mimetypes.best == "application/json":
        return {"error": "Publikasi ini sudah disimpan orang lain sejak Anda membukanya."}, 409
    theirs = queries.written_of(story)
    mine = form.written(Written(kind=story.kind))
    form.revision.raw_data = [str(story.version)]
    return render_template(
        "publication/conflict.html",
        story=story,
        form=form,
        theirs=_form_of(story),
        differing=[name for name, value in vars(mine).items() if value != getattr(theirs, name)],
    ), 409


def _ask(story: Story):
    story_id = story.id
    try:
        with unit_of_work():
            story = scope.story(story_id, Permission.WRITE_STORIES)
            operations.ask_approval(story=story, person=current_user, at=received_at())
    except NotComplete as lacking:
        story = scope.story(story_id, Permission.WRITE_STORIES)
        return _page(story, _form_of(story), lacking.found, asked=True), 422
    flash("Persetujuan diminta. Penyetuju publikasi instansi Anda diberi tahu.")
    return redirect(url_for(".story", story_id=story_id))


@blueprint.post("/publikasi/<int:story_id>/pratinjau")
@needs(Permission.WRITE_STORIES)
def preview_story(story_id: int):
    """What is typed, as the public would see it; saves nothing and writes nothing."""
    with read_only():
        story = scope.story(story_id, Permission.WRITE_STORIES)
        quotable = queries.quotable_for(story)
        form = StoryForm().offer(quotable)
        form.validate()
        written = form.written(queries.written_of(story))
        return render_template("publication/_side.html", replaces=True, **_side(story, written, quotable))


def _form_of(story: Story) -> StoryForm:
    form = StoryForm(formdata=None, data=form_data(queries.written_of(story), story.version))
    return form.offer(queries.quotable_for(story))


def _page(story: Story, form: StoryForm, found: Problems | None = None, *, asked: bool = False) -> str:
    if story.stage is not Stage.WRITING:
        raise Refused(f"Publikasi ini berstatus {story.stage.label.lower()}.", "Buka halamannya untuk melihatnya.")
    written = (
        form.written(queries.written_of(story)) if form.is_submitted() and not asked else queries.written_of(story)
    )
    quotable = queries.quotable_for(story)
    side = _side(story, written, quotable)
    found = found or side["wrong"]
    for name in found.keys() & form.data.keys():
        form[name].errors = [*form[name].errors, *found[name]]
    return render_template(
        "publication/edit.html",
        form=form,
        asked=asked,
        picture_errors=found.get("pictures", []),
        stale=stale_of(story, quotable),
        remark=_sent_back(story),
        **side,
    )


def _sent_back(story: Story):
    """The approver's remark, as long as it was the last word."""
    last = story.events[-1] if story.events else None
    return last if last and last.kind.value == "sent_back" else None


def _side(story: Story, written: Written, quotable: Quotable) -> dict:
    """The figures that may be inserted, what is to be mended, and the preview."""
    is_election, leaders = profile_of(story.agency_id).leaves_leaders_out, leaders_to_leave_out(story.agency)
    pictures = queries.pictures_of(story)
    return {
        "story": story,
        "groups": _groups(written, quotable),
        "about": written.about,
        "quotes": written.kind.has_figures,
        "election": is_election,
        "leaders": leaders,
        "wrong": wrong(written, quotable.offers, leaders) | wrong_pictures(pictures, leaders),
        "lacking": problems(
            written, quotable.offers, is_correction=story.number > 0, pictures=pictures, leaders=leaders
        ),
        "draft": draft_of(story, at=received_at(), written=written, quotable=quotable),
    }


def _groups(written: Written, quotable: Quotable) -> list[tuple[str, Offer]]:
    """Of the chosen action and period; of all actions; of the period before."""
    if not written.kind.has_figures:
        return []
    action, period = written.action_key, written.period_key
    before = quotable.before(period)
    places = [Place(action, period), Place("", period), Place(action, before)]
    return [
        (offer.where, offer)
        for place in dict.fromkeys(places)
        if (offer := quotable.offers.get((place.action_key, place.period_key)))
    ]
