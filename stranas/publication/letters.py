"""Mail about a story: to those who may approve it, and to its authors when it is published or sent back."""

from collections.abc import Iterable

from flask import current_app

from stranas.accounts.models import Role, User
from stranas.accounts.queries.people import agency_people
from stranas.publication.models import Story, StoryEdition, StoryEvent
from stranas.publication.queries.stale import StaleStory
from stranas.publication.queries.stories import shown_title
from stranas.publication.rules import Stage
from stranas.system import outbox, text
from stranas.system.db import db
from stranas.system.models import OutboxMessage

TEMPLATE = "mail/story"


def approval_is_asked(story: Story, event: StoryEvent) -> int:
    """To those who may approve, except who asks; returns how many messages are new."""
    approvers = agency_people(agency_id=story.agency_id, role=Role.STORY_APPROVER)
    to = [person for person in approvers if person.id != event.person_id]
    return _tell(story, event, to, f"Menunggu persetujuan Anda: {shown_title(story)}")


def is_published(story: Story, event: StoryEvent) -> int:
    return _tell(story, event, _authors(story, event), f"Sudah terbit: {shown_title(story)}")


def is_sent_back(story: Story, event: StoryEvent) -> int:
    return _tell(story, event, _authors(story, event), f"Perlu diubah: {shown_title(story)}")


def is_withdrawn(story: Story, event: StoryEvent) -> int:
    """To its authors and to who published it: the secretariat may have withdrawn it."""
    return _tell(
        story, event, _authors(story, event, also=_publisher_id(story)), f"Ditarik dari publik: {shown_title(story)}"
    )


def figures_changed(stale: StaleStory) -> int:
    """A notice to the agency's Humas, once for each edition of the report that changed figures of this story."""
    edition = max(change.edition for change in stale.changes)
    subject = f"Angka dikoreksi: {stale.title}"[:300]
    body = current_app.jinja_env.get_template("mail/story_figures.txt").render(
        stale=stale, link=f"{current_app.config['SETTINGS'].base_url}/publikasi/{stale.id}"
    )
    return sum(
        outbox.plan(
            key=f"story-figures:{stale.id}:{stale.number}:{edition}:{person.id}",
            channel="notice",
            recipient_id=person.id,
            address=person.email,
            template="mail/story_figures",
            subject=subject,
            body_text=body,
            agency_id=stale.agency_id,
        )
        for person in agency_people(agency_id=stale.agency_id, role=Role.HUMAS)
    )


def _publisher_id(story: Story) -> int | None:
    query = db.select(StoryEdition.published_by_id).where(StoryEdition.story_id == story.id)
    return db.session.scalar(query.where(StoryEdition.number == story.number))


def _authors(story: Story, event: StoryEvent, *, also: int | None = None) -> list[User]:
    """Who began it and who changed it last, as long as they have accounts; never who acts."""
    ids = {story.started_by_id, story.changed_by_id, also} - {event.person_id, None}
    return list(db.session.scalars(db.select(User).where(User.id.in_(ids), User.active.is_(True)).order_by(User.id)))


def _tell(story: Story, event: StoryEvent, people: Iterable[User], subject: str) -> int:
    settings = current_app.config["SETTINGS"]
    body = current_app.jinja_env.get_template(f"{TEMPLATE}.txt").render(
        title=shown_title(story),
        kind=story.kind.label.lower(),
        agency=story.agency.name,
        event=event.kind.value,
        by=event.person.name,
        at=text.instant_both(event.happened_at, story.agency.timezone),
        remark=event.remark,
        link=f"{settings.base_url}/publikasi/{story.id}",
        help_contact=settings.help_contact,
    )
    return outbox.plan_each(
        people,
        key=f"story:{event.id}",
        template=TEMPLATE,
        subject=subject[:300],
        body_text=body,
        agency_id=story.agency_id,
        payload={"story": story.id, "event": event.kind.value},
    )


@outbox.recheck(TEMPLATE)
def _still_waits(message: OutboxMessage) -> str | None:
    if message.payload.get("event") != "submitted":
        return None
    story = db.session.get(Story, message.payload["story"])
    return None if story and story.stage is Stage.IN_REVIEW else "Publikasi ini tidak menunggu persetujuan lagi."
