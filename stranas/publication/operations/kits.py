"""Publication kits: asked for, built with nothing open, kept as long as their edition.

The row's state is the truth. A builder claims it by a conditional update; the sweep that believes him dead gives it
to another, and he notices at his next word. One kit is built at a time: drawing takes a whole core.
"""

import io
import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import ColumnElement
from sqlalchemy.orm import aliased

from reports.kit.making import File, make_kit
from reports.kit.templates import DEFAULT, TEMPLATES
from reports.kit.values import Identity, KitValues
from stranas.accounts.models import User
from stranas.evidence.operations.receiving import stored_file_id
from stranas.publication import frozen
from stranas.publication.frozen import FrozenStory
from stranas.publication.kit_values import Publisher, kit_values
from stranas.publication.markdown import story_html
from stranas.publication.models import Kit, KitFile, KitState, PublicationProfile, StoryEdition
from stranas.publication.queries.kits import is_behind
from stranas.system import audit, background, clock, text
from stranas.system.db import db, insert_unless_there, read_only, unit_of_work
from stranas.system.errors import Refused
from stranas.system.storage import Stored, storage

MOST_ATTEMPTS = 3
# A builder that said nothing for so long is dead: the longest part, the film, takes seconds.
LOST_AFTER = timedelta(minutes=5)
BROKEN = "Kit tidak dapat dibuat karena kesalahan pada sistem. Minta sekali lagi, atau hubungi bantuan."
WITHDRAWN = "Cerita ini sudah ditarik, jadi kitnya tidak dibuat dan tidak dapat diunduh."

log = logging.getLogger(__name__)


class Stopped(Exception):
    """The row is no longer this builder's, or its story was withdrawn."""


def ask_kit(*, edition: StoryEdition, template: str, person: User) -> Kit:
    """A row that a worker will take up; the one that there is, where it was asked for. One that failed starts anew, and
    one that was made before the agency changed how it publishes.

    Raises Refused for a template that there is not, and for a withdrawn story.
    """
    if template not in TEMPLATES:
        raise Refused("Templat itu tidak ada.", "Pilih salah satu templat pada halaman kit.")
    if edition.story.withdrawn_at is not None:
        raise Refused(WITHDRAWN, "Tulis publikasi baru bila ceritanya akan disampaikan lagi.")
    kit = _planned(edition, template, person)
    if kit.state is KitState.PLANNED:
        background.defer(build_kit, kit_id=kit.id)
    return kit


def ask_first_kit(*, edition: StoryEdition, person: User) -> Kit:
    """In the usual template, when an edition is published: the picture of its link comes from it."""
    return ask_kit(edition=edition, template=DEFAULT, person=person)


def _planned(edition: StoryEdition, template: str, person: User) -> Kit:
    values = {
        "story_edition_id": edition.id,
        "template": template,
        "state": KitState.PLANNED,
        "attempts": 0,
        "failure": "",
        "asked_by_id": person.id,
        "asked_at": clock.now(),
    }
    added = insert_unless_there(Kit, values, unique=["story_edition_id", "template"])
    found = db.select(Kit).where(Kit.story_edition_id == edition.id, Kit.template == template)
    kit = db.session.scalars(found.execution_options(populate_existing=True)).unique().one()
    again = kit.state is KitState.FAILED or is_behind(kit)
    if again:
        _change(kit.id, Kit.state == kit.state, **values, ended_at=None)
        db.session.refresh(kit)
    if added is not None or again:
        audit.record("ask_kit", f"story:{edition.story.slug}", edition=edition.number, template=template)
    return kit


def note_taken(*, file: KitFile) -> None:
    """Who took what."""
    edition = file.kit.edition
    audit.record(
        "take_kit_file",
        f"story:{edition.story.slug}",
        edition=edition.number,
        template=file.kit.template,
        name=file.name,
        sha256=file.file.sha256,
    )


def _change(kit_id: int, *conditions: ColumnElement[bool], **values: object) -> bool:
    """A conditional update: exactly one process changes the row."""
    changed = db.session.execute(
        db.update(Kit).where(Kit.id == kit_id, *conditions).values(**values),
        execution_options={"synchronize_session": False},
    ).rowcount
    return changed == 1


@background.task
def build_kit(*, kit_id: int) -> None:
    """Build one kit if this process wins the claim. Safe to run any number of times."""
    attempt = _claim(kit_id)
    if attempt is None:
        return
    try:
        with read_only():
            values, template = _prepare(kit_id)
        files = make_kit(values, template, lambda done, total: _say(kit_id, attempt))
        stored = [(file, storage().put(io.BytesIO(file.content))) for file in files]
        _record(kit_id, attempt, stored)
    except Stopped:
        log.info("kit %s was stopped", kit_id)
    except Exception:
        log.exception("kit %s could not be built", kit_id)
        _try_again(kit_id, attempt)
    _take_up_next(Kit.attempts == 0)


def _claim(kit_id: int) -> int | None:
    """The number of this attempt, or None: somebody else has it, it is over, or another kit is being built."""
    other, now = aliased(Kit), clock.wall()
    busy = db.exists().where(other.state == KitState.RUNNING, other.beat_at >= now - LOST_AFTER, other.id != kit_id)
    with unit_of_work():
        return db.session.execute(
            db.update(Kit)
            .where(Kit.id == kit_id, Kit.state == KitState.PLANNED, ~busy)
            .values(state=KitState.RUNNING, started_at=now, beat_at=now, attempts=Kit.attempts + 1)
            .returning(Kit.attempts),
            execution_options={"synchronize_session": False},
        ).scalar_one_or_none()


def _prepare(kit_id: int, *, html: Callable[[FrozenStory], str] = story_html) -> tuple[KitValues, str]:
    """Everything that is drawn, read once. Nothing but the edition says a figure."""
    kit = db.session.get_one(Kit, kit_id, populate_existing=True)
    story = frozen.loads(kit.edition.content)
    profile = db.session.get(PublicationProfile, kit.edition.story.agency_id)
    pictures = [_bytes(one.file.storage_key) for one in kit.edition.files]
    values = kit_values(
        story,
        base_url=_base_url(),
        body=html(story),
        pictures=pictures,
        publisher=_publisher(profile) if profile else Publisher(),
        on=text.local_day(clock.now(), "Asia/Jakarta"),
    )
    return values, kit.template


def _publisher(profile: PublicationProfile) -> Publisher:
    logo = _bytes(profile.logo.storage_key) if profile.logo else None
    return Publisher(
        identity=Identity(profile.colour, profile.accent, logo),
        contact=profile.press_contact,
        website=profile.website,
        election_from=profile.election_from,
        election_until=profile.election_until,
    )


def _bytes(key: str) -> bytes:
    with storage().open(key) as stream:
        return stream.read()


def _base_url() -> str:
    from flask import current_app

    return current_app.config["SETTINGS"].base_url


def _mine(attempt: int) -> ColumnElement[bool]:
    return (Kit.state == KitState.RUNNING) & (Kit.attempts == attempt)


def _say(kit_id: int, attempt: int) -> None:
    with unit_of_work():
        if not _change(kit_id, _mine(attempt), beat_at=clock.wall()):
            raise Stopped


def _record(kit_id: int, attempt: int, stored: list[tuple[File, Stored]]) -> None:
    """All files at once, or none: a kit is never half there."""
    now = clock.now()
    with unit_of_work():
        if not _change(kit_id, _mine(attempt), state=KitState.READY, ended_at=now):
            raise Stopped
        db.session.execute(db.delete(KitFile).where(KitFile.kit_id == kit_id))  # of a kit that is made anew
        for file, place in stored:
            db.session.add(
                KitFile(
                    kit_id=kit_id,
                    name=file.name,
                    media_type=file.media_type,
                    alt=file.alt,
                    width=file.width,
                    height=file.height,
                    file_id=stored_file_id(place, now),
                )
            )


def _try_again(kit_id: int, attempt: int) -> None:
    """Back to the queue, or after the last attempt to the person with a sentence. The sweep takes it up."""
    over = {"state": KitState.FAILED, "failure": BROKEN, "ended_at": clock.now()}
    with unit_of_work():
        _change(kit_id, _mine(attempt), **(over if attempt >= MOST_ATTEMPTS else {"state": KitState.PLANNED}))


def _take_up_next(*conditions: ColumnElement[bool]) -> int:
    """Nothing is written, or locked, when nobody waits."""
    planned = db.select(Kit.id).where(Kit.state == KitState.PLANNED, *conditions)
    with read_only():
        waiting = db.session.scalar(planned.order_by(Kit.attempts, Kit.id).limit(1))
    if waiting is None:
        return 0
    with unit_of_work():
        background.defer(build_kit, kit_id=waiting)
    return 1


def take_up() -> int:
    """The sweep: what dead builders left goes back to the queue, and the next in line is deferred."""
    with read_only():
        lost = db.session.execute(
            db.select(Kit.id, Kit.attempts).where(
                Kit.state == KitState.RUNNING, Kit.beat_at < clock.wall() - LOST_AFTER
            )
        ).all()
    for row in lost:
        log.error("kit %s: its builder ended before it was done", row.id)
        _try_again(row.id, row.attempts)
    return _take_up_next()
