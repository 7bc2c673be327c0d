"""Released figures of a demo become public, and Humas has told something: what the portal shows.

Told after the play, by the operations that officers use. Pictures are patterns drawn here, marked as such.
"""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

from PIL import Image, ImageDraw

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.compliance.models import Edition
from stranas.compliance.operations.editions import ask_first_editions, freeze_edition
from stranas.demo.cast import TEMANGGUNG
from stranas.demo.told import APPEARED, STORIES, Told
from stranas.publication.freezing import seen
from stranas.publication.images import TakenIn
from stranas.publication.models import Story
from stranas.publication.operations import publishing
from stranas.publication.operations import stories as operations
from stranas.publication.operations.appearances import record_appearance
from stranas.publication.operations.figures import publish_figures
from stranas.publication.operations.pictures import Described, add_picture
from stranas.publication.operations.profiles import set_profile
from stranas.publication.queries.stories import written_of
from stranas.system import background, clock, storage
from stranas.system.db import db, read_only, unit_of_work

PUBLIC_AT = datetime(2020, 7, 6, 1, tzinfo=UTC)  # Monday, 08.00 WIB
WRITTEN_AT = datetime(2020, 7, 7, 2, tzinfo=UTC)
PALETTE = ((14, 80, 87), (201, 138, 27), (223, 238, 236), (9, 58, 64))


@background.task
def publish_practice() -> None:
    """Once, by the worker, whatever is there already. Without it the clock work makes the figures public a little
    later, and there are no stories."""
    with read_only():
        if db.session.scalar(db.select(db.exists().where(Story.id.is_not(None)))):
            return
    publish_latest()
    tell_stories()


def publish_latest() -> None:
    """The edition of the released period that the stories are about, frozen and public. The printed report takes half
    a minute, so the worker makes those of the earlier periods, one after the other."""
    with clock.at(PUBLIC_AT):
        ask_first_editions()
        with read_only():
            query = db.select(Edition.id).join(Period, Period.id == Edition.period_id).order_by(Period.position.desc())
            latest = db.session.scalars(query).first()
        freeze_edition(edition_id=latest)
        publish_figures()


def tell_stories() -> int:
    """Of Temanggung; how many the public sees."""
    with unit_of_work():
        agency = db.session.scalars(db.select(Agency).where(Agency.code == TEMANGGUNG)).one()
        galih, hapsari = _person(agency, Role.HUMAS), _person(agency, Role.STORY_APPROVER)
        _set_up(agency, hapsari)
    drawn = [_drawn(turn) for turn in range(len(STORIES))]
    with unit_of_work():
        for turn, (told, picture) in enumerate(zip(STORIES, drawn, strict=True)):
            _tell(told, picture, agency.id, galih.id, hapsari.id, at=WRITTEN_AT + timedelta(days=turn))
    return sum(told.is_published for told in STORIES)


def _person(agency: Agency, role: Role) -> User:
    return db.session.scalars(
        db.select(User).where(User.memberships.any(role=role, agency_id=agency.id)).order_by(User.id)
    ).first()


def _set_up(agency: Agency, person: User) -> None:
    set_profile(
        agency=agency,
        drafting_unit="Dinas Komunikasi dan Informatika",
        approving_office="Kepala Dinas Komunikasi dan Informatika",
        colour="#1b5f32",
        accent="#f0c368",
        website="https://example.go.id",
        press_contact="Kepala Bidang Informasi Publik, humas@example.com",
        election_from=None,
        election_until=None,
        person=person,
        at=PUBLIC_AT,
    )


def _tell(told: Told, picture: TakenIn, agency_id: int, writer_id: int, approver_id: int, *, at: datetime) -> None:
    agency = db.session.get_one(Agency, agency_id)
    galih, hapsari = db.session.get_one(User, writer_id), db.session.get_one(User, approver_id)
    with clock.at(at):
        story = operations.start_story(agency=agency, kind=told.written.kind, person=galih, at=at)
        add_picture(story=story, taken=picture, described=Described(**told.picture), person=galih, at=at)
        written = replace(told.written, source=written_of(story).source)
        operations.save_story(story=story, written=written, version=story.version, person=galih, at=at)
        operations.ask_approval(story=story, person=galih, at=at + timedelta(hours=1))
    if told.is_published:
        _publish(story, hapsari, at=at + timedelta(hours=3))
        _appear(story, galih, told, day=at.date())


def _publish(story: Story, person: User, *, at: datetime) -> None:
    with clock.at(at):
        figures = seen(publishing.draft_of(story, at=at))
        publishing.publish(story=story, person=person, at=at, version=story.version, figures=figures)


def _appear(story: Story, person: User, told: Told, *, day: date) -> None:
    for medium, address, after, reach, counted in APPEARED.get(told.written.title, ()):
        appeared_on = day + timedelta(days=after)
        record_appearance(
            story=story,
            medium=medium,
            address=address,
            appeared_on=appeared_on,
            reach=reach,
            counted=counted,
            note="Contoh",
            person=person,
            at=datetime(appeared_on.year, appeared_on.month, appeared_on.day, 8, tzinfo=UTC),
        )


def _drawn(turn: int) -> TakenIn:
    """A pattern of overlapping ellipses, as in the house's ornament; nothing of anybody else's."""
    width, height, step = 1200, 800, 200
    image = Image.new("RGB", (width, height), PALETTE[turn % 4])
    draw = ImageDraw.Draw(image)
    for column, row in product(range(-1, width // step + 1), range(-1, height // step + 1)):
        x, y, colour = column * step, row * step, PALETTE[(turn + 1 + (column + row) % 2) % 4]
        draw.ellipse((x + 20, y + 60, x + step - 20, y + step - 60), fill=colour)
        draw.ellipse((x + step - 40, y + step - 80, x + step + 40, y + step + 80), outline=colour, width=10)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    out.seek(0)
    return TakenIn(storage.storage().put(out), width, height)
