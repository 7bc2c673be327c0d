"""The ladder of a programme, who would get what on which day, and what an agency is told beforehand."""

from datetime import date, timedelta

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from stranas.accounts.models import User
from stranas.accounts.policy import holds
from stranas.agencies.models import Agency
from stranas.catalogue.models import Programme
from stranas.reminders import letters
from stranas.reminders.editing import fingerprint, set_ladder
from stranas.reminders.ladder_forms import LadderForm, filled
from stranas.reminders.planning import Digest, digests_due
from stranas.reminders.queries.ladders import ladder_of
from stranas.reminders.queries.people import ZONES
from stranas.reminders.queries.schedule import schedule_of
from stranas.reminders.rules import DEFAULT_LADDER, Anchor, sent_at
from stranas.reminders.views import blueprint
from stranas.system import clock, text
from stranas.system.access import Permission, needs
from stranas.system.db import db

PAGE = 50
FARTHEST = timedelta(days=400)
MOVED_ON = (
    "Tangga diubah orang lain selagi halaman ini terbuka. Isian Anda masih ada di bawah; periksa, lalu simpan lagi."
)


@blueprint.get("/tangga-pengingat")
@needs(Permission.EDIT_LADDER)
def ladder():
    programme = _programme()
    steps = DEFAULT_LADDER if "baku" in request.args else ladder_of(programme.id)
    return _page(filled(steps, fingerprint(ladder_of(programme.id))))


@blueprint.post("/tangga-pengingat")
@needs(Permission.EDIT_LADDER)
def edit_ladder():
    programme, form = _programme(), LadderForm()
    form.offer()
    standing = fingerprint(ladder_of(programme.id))
    if not form.validate():
        return _page(form), 422
    if form.seen.data != standing:
        form.seen.data = form.seen.raw_data = standing
        form.form_errors = [MOVED_ON]
        return _page(form), 409
    set_ladder(programme=programme, steps=form.steps, reason=form.reason.data.strip())
    flash("Tangga pengingat disimpan. Berlaku mulai pengingat berikutnya.")
    return redirect(url_for(".ladder"))


def _programme() -> Programme:
    return db.session.scalars(db.select(Programme).order_by(Programme.id)).first() or abort(404)


def _page(form: LadderForm) -> str:
    form.add_empty_lines()
    usual = ladder_of(_programme().id) == DEFAULT_LADDER
    tomorrow = text.last_day(clock.now()) + timedelta(days=1)
    return render_template("reminders/ladder.html", form=form, anchors=Anchor, usual=usual, tomorrow=tomorrow)


@blueprint.get("/tangga-pengingat/pratinjau")
@needs(Permission.EDIT_LADDER)
def preview():
    """Who would get what on a day, as things stand now: nothing is planned by looking."""
    day = _day()
    digests = _digests(day)
    search = request.args.get("cari", "").strip()[:200]
    people = _people(digests)
    found = [digest for digest in digests if _matches(digest, people, search)]
    pages = max(-(-len(found) // PAGE), 1)
    page = min(max(request.args.get("halaman", 1, type=int), 1), pages)
    return render_template(
        "reminders/preview.html",
        day=day,
        rows=found[(page - 1) * PAGE : page * PAGE],
        total=len(found),
        all=len(digests),
        people=people,
        page=page,
        pages=pages,
        search=search,
        sent_at=sent_at,
    )


@blueprint.get("/tangga-pengingat/pratinjau/<recipient>")
@needs(Permission.EDIT_LADDER)
def preview_letter(recipient: str):
    """The words that one person would get. One with a link that opens without an account is not shown."""
    day = _day()
    digest = next((one for one in _digests(day) if one.recipient.key == recipient), None) or abort(404)
    with clock.at(sent_at(day, digest.recipient.zone)):
        letter = letters.write(digest.content)
    return render_template(
        "reminders/preview_letter.html", day=day, digest=digest, letter=letter, people=_people([digest])
    )


def _day() -> date:
    """The day of the address; today without one, or with one that is no day within reach."""
    today = text.last_day(clock.now())
    try:
        day = date.fromisoformat(request.args.get("hari", ""))
    except ValueError:
        return today
    return day if abs(day - today) <= FARTHEST else today


def _digests(day: date) -> list[Digest]:
    with clock.at(sent_at(day, ZONES[-1])):
        return [digest for digest in digests_due(today=day) if digest.calls]


def _people(digests: list[Digest]) -> dict[str, str]:
    """Name by recipient."""
    ids = [digest.recipient.id for digest in digests if digest.recipient.id]
    rows = db.session.execute(db.select(User.id, User.name).where(User.id.in_(ids)))
    return {str(user_id): name for user_id, name in rows}


def _matches(digest: Digest, people: dict[str, str], search: str) -> bool:
    about = [agency.name for agency in digest.content.agencies]
    about += [r.agency for r in (*digest.content.awaited, *digest.content.asked)]
    words = " ".join([people.get(digest.recipient.key, ""), digest.recipient.address, *about])
    return search.lower() in words.lower()


@blueprint.get("/pengingat")
@needs(Permission.SEE_DEADLINES)
def schedule():
    """The coming reminders of the own agency, and who hears when. Who works for the country reads the usual ladder."""
    agency = _own_agency()
    if agency is None and holds(current_user, Permission.EDIT_LADDER):
        return redirect(url_for(".ladder"))
    now = clock.now()
    return render_template(
        "reminders/schedule.html", agency=agency, schedule=schedule_of(agency, now=now) if agency else None, now=now
    )


def _own_agency() -> Agency | None:
    return next((m.agency for m in current_user.memberships if m.agency and not m.role.is_national), None)
