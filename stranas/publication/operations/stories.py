"""A story from the first word to publication, correction and withdrawal. Verbs; they never commit."""

import secrets
from datetime import datetime

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.publication import letters
from stranas.publication.checking import Problems, problems
from stranas.publication.frozen import loads
from stranas.publication.models import Story, StoryEdition, StoryEvent, StoryPicture
from stranas.publication.queries.leaders import leaders_to_leave_out
from stranas.publication.queries.profiles import profile_of
from stranas.publication.queries.stories import period_id_of, pictures_of, quotable_for, written_of
from stranas.publication.rules import TRANSITIONS, Stage, StoryEventKind, StoryKind, after
from stranas.publication.written import Written, from_plain
from stranas.system import audit, files
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


class StaleCopy(Exception):
    """The story was saved by somebody else since this copy was read; nothing was changed."""


class NotComplete(Exception):
    """What keeps the story from being sent on, by field."""

    def __init__(self, found: Problems) -> None:
        super().__init__("the story has problems")
        self.found = found


def start_story(
    *,
    agency: Agency,
    kind: StoryKind,
    person: User,
    at: datetime,
    title: str = "",
    period_key: str = "",
    action_key: str = "",
) -> Story:
    """A first draft. Its address comes from its title when it is first published."""
    story = Story(
        agency_id=agency.id,
        kind=kind,
        slug=f"draf-{secrets.token_hex(8)}",
        title=title,
        period_id=period_id_of(period_key) if kind.has_figures else None,
        action_key=action_key if kind.has_figures else "",
        source=profile_of(agency.id).drafting_unit or f"Humas {agency.name}",
        units=[],
        partners=[],
        started_by_id=person.id,
        changed_by_id=person.id,
        changed_at=at,
    )
    db.session.add(story)
    db.session.flush()
    _record(story, StoryEventKind.STARTED, person, at)
    return story


def save_story(*, story: Story, written: Written, version: int, person: User, at: datetime) -> Story:
    """Keep a draft as it is typed, complete or not. Raises StaleCopy for an older copy, Refused outside of writing.

    Saying again what stands there changes nothing, however old the copy: a button pressed twice is no second copy.
    """
    story = locked(story)
    if written == written_of(story):
        return story
    need_stage(story, Stage.WRITING)
    if version != story.version:
        raise StaleCopy
    if story.number and written.kind is not story.kind:
        raise Refused(
            "Jenis publikasi yang sudah terbit tidak dapat diganti.", "Tulis publikasi baru dengan jenis itu."
        )
    _put(story, written)
    story.version += 1
    touch(story, person, at)
    audit.record("story.saved", f"story:{story.id}", version=story.version)
    return story


def _put(story: Story, written: Written) -> None:
    quotes = written.kind.has_figures
    for name in Written.__dataclass_fields__:
        if name not in ("period_key", "units", "partners", "action_key"):
            setattr(story, name, getattr(written, name))
    story.units, story.partners = list(written.units), list(written.partners)
    story.period_id = period_id_of(written.period_key) if quotes and written.period_key else None
    story.action_key = written.action_key if quotes else ""
    db.session.flush()
    db.session.refresh(story, ["period"])


def ask_approval(*, story: Story, person: User, at: datetime) -> Story:
    """Raises NotComplete while something lacks or stands wrong. Asking for what is asked already changes nothing.

    Each time it is asked for is a version of its own: a page that an approver opened before publishes nothing.
    """
    story = locked(story)
    if story.stage is Stage.IN_REVIEW:
        return story
    need_stage(story, Stage.WRITING)
    need_complete(story)
    story.version += 1
    event = go(story, StoryEventKind.SUBMITTED, person, at)
    letters.approval_is_asked(story, event)
    return story


def need_complete(story: Story) -> None:
    found = problems(
        written_of(story),
        quotable_for(story).offers,
        is_correction=story.number > 0,
        pictures=pictures_of(story),
        leaders=leaders_to_leave_out(story.agency),
    )
    if found:
        raise NotComplete(found)


def take_back(*, story: Story, person: User, at: datetime) -> Story:
    """The author wants to change it once more before it is decided."""
    story = locked(story)
    go(story, StoryEventKind.TAKEN_BACK, person, at)
    return story


def send_back(*, story: Story, remark: str, person: User, at: datetime) -> Story:
    story = locked(story)
    event = go(story, StoryEventKind.SENT_BACK, person, at, _need_words(remark, "Tulis apa yang perlu diubah."))
    letters.is_sent_back(story, event)
    return story


def start_correction(*, story: Story, person: User, at: datetime) -> Story:
    """The public keeps reading the edition that stands until the next one is published."""
    story = locked(story)
    go(story, StoryEventKind.CORRECTING, person, at)
    story.correction_note = ""
    story.version += 1
    touch(story, person, at)
    return story


def drop_correction(*, story: Story, person: User, at: datetime) -> list[str]:
    """Back to the words and pictures of the published edition; the storage keys of bytes that nobody names any more,
    to be let go after the commit. Raises Refused before a first one."""
    story = locked(story)
    if not story.number:
        raise Refused("Publikasi ini belum pernah terbit.", "Draf dapat dilanjutkan kapan saja.")
    go(story, StoryEventKind.DROPPED, person, at)
    edition = db.session.scalars(
        db.select(StoryEdition).where(StoryEdition.story_id == story.id, StoryEdition.number == story.number)
    ).one()
    _put(story, from_plain(edition.written))
    story.version += 1
    its = {file.position: file.file_id for file in edition.files}
    return _put_pictures(
        story, [StoryPicture(file_id=its[one.position], **vars(one)) for one in loads(edition.content).pictures]
    )


def discard_story(*, story: Story, version: int, person: User, at: datetime) -> list[str]:
    """A draft leaves with its words and pictures; the storage keys of bytes that nobody names any more, to be let go
    after the commit. Raises Refused for what was ever public, and for an older copy than the one that stands.

    The row stays: its number is never given to another story, and the portal's version counts its events.
    """
    story = locked(story)
    if story.number:
        raise Refused(
            "Publikasi ini sudah pernah terbit, jadi tidak dapat dihapus.",
            "Batalkan koreksinya, atau minta penyetuju publikasi menariknya dari publik.",
        )
    if version != story.version:
        raise Refused("Draf ini berubah sejak halaman dibuka.", "Baca sekali lagi, lalu hapus bila tidak dipakai.")
    go(story, StoryEventKind.DISCARDED, person, at, f"{story.title or 'Tanpa judul'} ({len(story.pictures)} gambar)")
    _put(story, Written(kind=story.kind))
    touch(story, person, at)
    return _put_pictures(story, [])


def _put_pictures(story: Story, pictures: list[StoryPicture]) -> list[str]:
    before = {picture.file_id for picture in story.pictures}
    db.session.execute(db.delete(StoryPicture).where(StoryPicture.story_id == story.id))
    db.session.expire(story, ["pictures"])
    story.pictures.extend(pictures)
    db.session.flush()
    return [key for file_id in sorted(before) if (key := files.forget_unused(file_id))]


def withdraw(*, story: Story, reason: str, person: User, at: datetime) -> Story:
    """Off every public address at once; editions and history stay. Raises Refused for what was never public."""
    story = locked(story)
    if not story.number:
        raise Refused("Publikasi ini belum pernah terbit.", "Yang belum terbit tidak terlihat oleh publik.")
    event = go(story, StoryEventKind.WITHDRAWN, person, at, _need_words(reason, "Tulis alasannya."))
    story.withdrawn_at = at
    letters.is_withdrawn(story, event)
    return story


def locked(story: Story) -> Story:
    """The row as it stands now, held until the transaction ends."""
    query = db.select(Story).where(Story.id == story.id).execution_options(populate_existing=True)
    return db.session.scalars(lock_row(query, of=Story)).unique().one()


def need_stage(story: Story, stage: Stage) -> None:
    if story.stage is not stage:
        raise Refused(
            f"Publikasi ini berstatus {story.stage.label.lower()}, jadi tidak dapat diubah dengan cara itu.",
            "Buka kembali halamannya untuk melihat keadaan terbaru.",
        )


def touch(story: Story, person: User, at: datetime) -> None:
    """Who changed it last may not publish it himself."""
    story.changed_by_id, story.changed_at = person.id, at
    db.session.flush()
    db.session.refresh(story, ["changed_by"])


def go(story: Story, kind: StoryEventKind, person: User, at: datetime, remark: str = "") -> StoryEvent:
    try:
        story.stage = after(story.stage, kind)
    except LookupError:
        need_stage(story, _stage_before(kind))
        raise
    return _record(story, kind, person, at, remark)


def _stage_before(kind: StoryEventKind) -> Stage | None:
    return next(row.before for row in TRANSITIONS if row.event is kind)


def _record(story: Story, kind: StoryEventKind, person: User, at: datetime, remark: str = "") -> StoryEvent:
    event = StoryEvent(story_id=story.id, kind=kind, remark=remark, person_id=person.id, happened_at=at)
    db.session.add(event)
    db.session.flush()
    audit.record(f"story.{kind.value}", f"story:{story.id}", number=story.number, remark=remark)
    return event


def _need_words(words: str, sentence: str) -> str:
    if not words.strip():
        raise Refused(sentence, "Isi kolomnya, lalu tekan sekali lagi.")
    return words.strip()
