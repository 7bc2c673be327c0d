"""A story from the first word to publication, correction and withdrawal."""

import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PIL import Image

from stranas.accounts.models import Role
from stranas.compliance.formats import Format
from stranas.compliance.operations import ask_edition
from stranas.compliance.queries.editions import changes_since, released_editions
from stranas.publication.freezing import seen
from stranas.publication.frozen import loads
from stranas.publication.images import PICTURE, BadImage, take_in
from stranas.publication.models import PublicationProfile, StoryEdition, StoryEvent
from stranas.publication.operations import publishing
from stranas.publication.operations import stories as operations
from stranas.publication.operations.figures import publish_figures
from stranas.publication.operations.pictures import Described, add_picture, move_picture, remove_picture
from stranas.publication.operations.publishing import draft_of
from stranas.publication.operations.stories import NotComplete, StaleCopy
from stranas.publication.operations.telling import tell_changed_figures
from stranas.publication.queries.figures import public_figures
from stranas.publication.queries.profiles import profile_of
from stranas.publication.queries.quotable import quotable_of
from stranas.publication.queries.stale import stale_stories
from stranas.publication.queries.stories import written_of
from stranas.publication.rules import Scope, Stage, StoryKind
from stranas.publication.written import Written
from stranas.reporting.rules import fingerprint
from stranas.system import clock, text
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import AuditEntry, OutboxMessage
from stranas.system.storage import storage
from tests import factories
from tests.compliance.released import AFTER, agency, forgive_lateness, write_quickly
from tests.publication.public import publish
from tests.publication.writing import WORDS, Room, photo, room


@pytest.fixture(autouse=True)
def _quick_files(monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)


@pytest.fixture
def period(app):
    return publish()


@pytest.fixture
def desk(period) -> Room:
    """Of an agency whose punctuality a later outage changes."""
    rows = public_figures(scopes=[Scope.AGENCY])
    late = next(row for row in rows if row.on_time < row.received and row.achievement is not None)
    with clock.at(AFTER):
        yield room(agency(late.key))


def edition_of(story) -> StoryEdition:
    query = db.select(StoryEdition).where(StoryEdition.story_id == story.id).order_by(StoryEdition.number.desc())
    return db.session.scalars(query).first()


def mails_to(person) -> list[str]:
    query = db.select(OutboxMessage.subject).where(OutboxMessage.recipient_id == person.id).order_by(OutboxMessage.id)
    return list(db.session.scalars(query))


def test_publishing_freezes_the_figures_of_the_day(desk):
    story = desk.published()
    edition = edition_of(story)
    frozen = loads(edition.content)
    (row,) = public_figures(scopes=[Scope.AGENCY], keys=[desk.agency.code])
    assert (story.stage, story.number, frozen.number) == (Stage.PUBLISHED, 1, 1)
    assert {one.token: one.words for one in frozen.figures} == {
        "{{capaian}}": text.number(row.achievement, places=2),
        "{{diterima}}": text.number(row.received),
        "{{wajib}}": text.number(row.expected),
    }
    assert (frozen.headline.achievement, frozen.headline.expected) == (row.achievement, row.expected)
    assert [point.period_key for point in frozen.trend] == ["B15"]
    assert edition.sha256 == fingerprint(edition.content)
    assert frozen.slug == story.slug == "izin-usaha-selesai-dalam-sehari"


def test_every_step_is_an_event_and_is_audited(desk):
    story = desk.published()
    kinds = db.session.scalars(db.select(StoryEvent.kind).order_by(StoryEvent.id))
    assert [kind.value for kind in kinds] == ["started", "submitted", "published"]
    audited = db.session.scalars(db.select(AuditEntry.action).where(AuditEntry.subject == f"story:{story.id}"))
    assert set(audited) >= {"story.started", "story.saved", "story.submitted", "story.published"}


def test_figures_in_a_title_are_printed_and_stay_out_of_its_address(desk):
    story = desk.published(title="Capaian naik menjadi {{capaian}} persen")
    frozen = loads(edition_of(story).content)
    assert "{{" not in frozen.title
    assert story.slug == "capaian-naik-menjadi-persen"


def test_two_stories_of_one_title_have_two_addresses(desk):
    assert [desk.published().slug, desk.published().slug] == [
        "izin-usaha-selesai-dalam-sehari",
        "izin-usaha-selesai-dalam-sehari-2",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "Capaian 87 persen"}, "title"),
        ({"summary": "Nilai kami 62,50."}, "summary"),
        ({"body": "Kepatuhan 100 %"}, "body"),
        ({"quote": "Kami meraih nilai 90."}, "quote"),
        ({"body": "{{capaian:99}}"}, "body"),
        ({"body": "{{capaian:semua:B18}}"}, "body"),
        ({"title": ""}, "title"),
        ({"period_key": ""}, "period_key"),
        ({"quote_office": ""}, "quote_office"),
        ({"video_url": "https://example.com/v"}, "video_url"),
    ],
)
def test_what_is_wrong_is_kept_as_a_draft_and_not_sent_on(desk, changes, field):
    story = desk.write()
    story = desk.change(story, **changes)
    assert getattr(written_of(story), field) == changes.get(field, "") or field in ("body", "period_key")
    with pytest.raises(NotComplete) as lacking:
        desk.ask(story)
    assert field in lacking.value.found


def test_a_kabar_kegiatan_takes_no_figures(desk):
    story = operations.start_story(agency=desk.agency, kind=StoryKind.ACTIVITY, person=desk.galih, at=AFTER)
    story = desk.save(story, replace(WORDS, kind=StoryKind.ACTIVITY))
    with pytest.raises(NotComplete) as lacking:
        desk.ask(story)
    assert lacking.value.found.keys() == {"body"}
    story = desk.change(story, body="Warga hadir dari 12 desa.")
    desk.ask(story)
    frozen = loads(desk.publish(story).content)
    assert (frozen.figures, frozen.headline, frozen.period, frozen.trend) == ((), None, "", ())


def test_another_agencys_figures_are_not_offered(desk):
    offers = quotable_of(desk.agency.code).offers
    own = public_figures(scopes=[Scope.AGENCY], keys=[desk.agency.code], action_keys=None)
    assert offers.keys() == {(row.action_key, row.period_key) for row in own}


def test_before_a_release_nothing_is_offered(app):
    temanggung = factories.make_agency()
    assert quotable_of(temanggung.code).offers == {}


def test_an_older_copy_changes_nothing(desk):
    story = desk.write()
    old = story.version
    desk.change(story, title="Dari jendela lain")
    with pytest.raises(StaleCopy):
        desk.save(story, replace(written_of(story), title="Dari jendela lama"), version=old)
    assert story.title == "Dari jendela lain"


def test_saying_the_same_again_from_an_older_copy_is_no_second_copy(desk):
    story = desk.write()
    old = story.version
    new = replace(written_of(story), title="Judul baru")
    desk.save(story, new, version=old)
    again = desk.save(story, new, version=old)
    assert (again.title, again.version) == ("Judul baru", old + 1)


def test_asking_twice_is_asking_once(desk):
    story = desk.write()
    desk.ask(story)
    version = story.version
    desk.ask(story)
    assert (story.stage, story.version) == (Stage.IN_REVIEW, version)
    assert len(mails_to(desk.hapsari)) == 1


def test_a_page_read_before_a_picture_came_publishes_nothing(desk):
    story = desk.write()
    desk.ask(story)
    read = {"version": story.version, "figures": seen(draft_of(story, at=AFTER))}
    operations.take_back(story=story, person=desk.galih, at=AFTER)
    add(desk, story, "red")
    desk.ask(story)
    with pytest.raises(Refused, match="berubah sejak"):
        publishing.publish(story=story, person=desk.hapsari, at=AFTER, **read)
    assert story.number == 0


def test_an_address_stays_whatever_the_first_title_began_with(desk):
    story = desk.published(title="Draf peraturan daerah disepakati")
    operations.start_correction(story=story, person=desk.galih, at=AFTER)
    desk.change(story, title="Peraturan daerah disepakati", correction_note="Judul diperbaiki.")
    desk.ask(story)
    desk.publish(story)
    assert story.slug == "draf-peraturan-daerah-disepakati"


def test_nobody_publishes_what_he_changed_last(desk):
    story = desk.write()
    desk.save(story, replace(written_of(story), title="Diubah penyetuju"), person=desk.hapsari)
    desk.ask(story)
    with pytest.raises(Refused, match="terakhir mengubah"):
        desk.publish(story)


def test_what_was_not_seen_is_not_published(desk):
    story = desk.write()
    desk.ask(story)
    for version, figures in ((story.version - 1, "x"), (story.version, "x")):
        with pytest.raises(Refused, match="berubah sejak"):
            publishing.publish(story=story, person=desk.hapsari, at=AFTER, version=version, figures=figures)
    assert (story.stage, story.number) == (Stage.IN_REVIEW, 0)


def test_what_waits_cannot_be_changed(desk):
    story = desk.write()
    desk.ask(story)
    with pytest.raises(Refused):
        desk.change(story, title="Lain")


def test_a_draft_is_published_by_nobody(desk):
    with pytest.raises(Refused):
        desk.publish(desk.write())


def test_sent_back_with_a_remark_it_is_a_draft_again(desk):
    story = desk.write()
    desk.ask(story)
    operations.send_back(story=story, remark="Periksa nama kepala dinas.", person=desk.hapsari, at=AFTER)
    assert story.stage is Stage.WRITING
    assert mails_to(desk.galih) == ["Perlu diubah: Izin usaha selesai dalam sehari"]


def test_taken_back_it_is_a_draft_again(desk):
    story = desk.write()
    desk.ask(story)
    operations.take_back(story=story, person=desk.galih, at=AFTER)
    assert story.stage is Stage.WRITING


def test_the_approver_and_the_author_are_told(desk):
    desk.published()
    assert mails_to(desk.hapsari) == ["Menunggu persetujuan Anda: Izin usaha selesai dalam sehari"]
    assert mails_to(desk.galih) == ["Sudah terbit: Izin usaha selesai dalam sehari"]


def test_a_correction_is_another_edition_with_a_note(desk):
    story = desk.published()
    operations.start_correction(story=story, person=desk.galih, at=AFTER)
    desk.change(story, title="Judul baru")
    with pytest.raises(NotComplete) as lacking:
        desk.ask(story)
    assert lacking.value.found.keys() == {"correction_note"}
    desk.change(story, correction_note="Nama layanan diperbaiki.")
    desk.ask(story)
    edition = desk.publish(story)
    assert (edition.number, edition.note, story.slug) == (
        2,
        "Nama layanan diperbaiki.",
        "izin-usaha-selesai-dalam-sehari",
    )
    numbers = db.session.scalars(db.select(StoryEdition.number).order_by(StoryEdition.number))
    assert list(numbers) == [1, 2]


def test_a_dropped_correction_brings_words_tokens_and_pictures_back(desk):
    story = desk.write(title="Capaian {{capaian}} persen")
    picture = add_picture(story=story, taken=take_in(photo(), PICTURE), described=LOKET, person=desk.galih, at=AFTER)
    desk.ask(story)
    desk.publish(story)
    operations.start_correction(story=story, person=desk.galih, at=AFTER)
    desk.change(story, title="Lain", units=())
    remove_picture(picture=story.pictures[0], person=desk.galih, at=AFTER)
    operations.drop_correction(story=story, person=desk.galih, at=AFTER)
    assert story.stage is Stage.PUBLISHED
    assert (story.title, tuple(story.units)) == ("Capaian {{capaian}} persen", WORDS.units)
    assert [(one.alt, one.file_id) for one in story.pictures] == [(LOKET.alt, picture.file_id)]


def test_withdrawing_needs_a_reason_and_ends_it(desk):
    story = desk.published()
    with pytest.raises(Refused):
        operations.withdraw(story=story, reason=" ", person=desk.hapsari, at=AFTER)
    operations.withdraw(story=story, reason="Salah instansi.", person=desk.hapsari, at=AFTER)
    assert (story.stage, story.withdrawn_at) == (Stage.WITHDRAWN, AFTER)
    with pytest.raises(Refused):
        operations.start_correction(story=story, person=desk.galih, at=AFTER)


def test_writer_and_approver_are_told_that_the_secretariat_withdrew_it(desk):
    ani = factories.make_person(Role.SECRETARIAT, name="Ani")
    operations.withdraw(story=desk.published(), reason="Salah instansi.", person=ani, at=AFTER)
    said = "Ditarik dari publik: Izin usaha selesai dalam sehari"
    assert (mails_to(desk.galih)[-1], mails_to(desk.hapsari)[-1], mails_to(ani)) == (said, said, [])


def test_what_was_never_public_is_not_withdrawn(desk):
    with pytest.raises(Refused, match="belum pernah terbit"):
        operations.withdraw(story=desk.write(), reason="x", person=desk.hapsari, at=AFTER)


def test_the_approving_office_is_data(desk):
    profile = PublicationProfile(agency_id=desk.agency.id, approving_office="Kabag Prokopim", changed_at=AFTER)
    db.session.add(profile)
    assert edition_of(desk.published()).approved_as == "Kabag Prokopim"


@pytest.mark.parametrize(
    ("since", "until", "is_on"),
    [(date(2020, 7, 1), None, True), (date(2020, 7, 1), date(2020, 7, 9), False), (None, None, False)],
)
def test_masa_pilkada_follows_the_domains_day(desk, since, until, is_on):
    db.session.add(
        PublicationProfile(agency_id=desk.agency.id, election_from=since, election_until=until, changed_at=AFTER)
    )
    db.session.flush()
    assert profile_of(desk.agency.id).leaves_leaders_out is is_on


def test_a_quoted_figure_that_a_later_edition_changed_is_told(desk, period):
    story = desk.published(body="Ketepatan {{ketepatan}} persen.")
    other = desk.published(body="Kepatuhan {{kepatuhan}} persen.")
    db.session.commit()
    assert stale_stories() == []
    forgive_lateness(period, at=AFTER)
    later = AFTER + timedelta(minutes=4)
    with clock.at(later):
        (known,) = released_editions()
        changes = changes_since(known, cutoff=AFTER + timedelta(minutes=1))
        ani = factories.make_person(Role.SECRETARIAT, name="Ani")
        ask_edition(period=period, cutoff=AFTER + timedelta(minutes=1), reason="Gangguan", changes=changes, person=ani)
        db.session.commit()
        publish_figures()
        (stale,) = stale_stories()
        first, again = tell_changed_figures(), tell_changed_figures()
    frozen = loads(edition_of(story).content)
    now = quotable_of(desk.agency.code).offers["", "B15"].words("ketepatan")
    assert (stale.id, stale.id != other.id) == (story.id, True)
    assert [one.sentence for one in stale.changes] == [
        f"Ketepatan waktu B15 dikoreksi: {frozen.figures[0].words} menjadi {now}."
    ]
    assert (first, again) == (1, 0)
    assert mails_to(desk.galih)[-1] == f"Angka dikoreksi: {WORDS.title}"


LOKET = Described("Warga mengurus izin di loket pelayanan", "Loket baru", "Diskominfo", shows_leader=True)


def add(desk, story, colour: str):
    taken = take_in(photo(colour=colour), PICTURE)
    return add_picture(story=story, taken=taken, described=LOKET, person=desk.galih, at=AFTER)


def test_pictures_are_frozen_in_their_order(desk):
    story = desk.write()
    first, second = add(desk, story, "red"), add(desk, story, "blue")
    move_picture(picture=second, up=True, person=desk.galih, at=AFTER)
    move_picture(picture=second, up=True, person=desk.galih, at=AFTER)  # the first goes no higher
    desk.ask(story)
    edition = desk.publish(story)
    assert [(one.position, one.file_id) for one in edition.files] == [(1, second.file_id), (2, first.file_id)]
    (one, _) = loads(edition.content).pictures
    assert (one.alt, one.caption, one.credit, one.shows_leader, one.width) == (*vars(LOKET).values(), 1200)


def test_bytes_of_a_removed_picture_go_unless_an_edition_holds_them(desk):
    story = desk.write()
    add(desk, story, "red")
    gone = add(desk, story, "blue")
    key = gone.file.storage_key
    assert remove_picture(picture=gone, person=desk.galih, at=AFTER) == key
    desk.ask(story)
    desk.publish(story)
    operations.start_correction(story=story, person=desk.galih, at=AFTER)
    assert remove_picture(picture=story.pictures[0], person=desk.galih, at=AFTER) is None


def test_a_picture_sent_twice_is_one_picture(desk):
    story = desk.write()
    assert add(desk, story, "red") is add(desk, story, "red")
    other = Described(**vars(LOKET) | {"caption": "Loket lama"})
    with pytest.raises(Refused, match="sudah ada"):
        add_picture(
            story=story, taken=take_in(photo(colour="red"), PICTURE), described=other, person=desk.galih, at=AFTER
        )
    assert len(story.pictures) == 1


def test_adding_a_picture_is_a_change(desk):
    story = desk.write()
    add_picture(story=story, taken=take_in(photo(), PICTURE), described=LOKET, person=desk.hapsari, at=AFTER)
    assert story.changed_by_id == desk.hapsari.id


def test_a_published_picture_holds_nothing_beside_its_pixels(app):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Kamera rahasia"
    exif.get_ifd(0x8825)[1] = "S"
    sent = photo(width=2000, height=1000, exif=exif, comment=b"rahasia", xmp=b"<x:xmpmeta>rahasia</x:xmpmeta>")
    taken = take_in(sent, PICTURE)
    content = storage().open(taken.stored.key).read()
    shown = Image.open(io.BytesIO(content))
    assert (shown.format, shown.size) == ("JPEG", (taken.width, taken.height))
    assert shown.width < shown.height  # upright
    assert max(taken.width, 0) <= 1600
    assert b"rahasia" not in content
    assert not shown.getexif()
    assert not shown.info.keys() & {"exif", "icc_profile", "comment", "xmp", "photoshop"}


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_other_formats_become_jpeg(app, format):
    taken = take_in(photo(width=3000, format=format), PICTURE)
    assert (taken.width, Image.open(storage().open(taken.stored.key)).format) == (1600, "JPEG")


def animation() -> io.BytesIO:
    frames = [Image.new("RGB", (400, 400), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return io.BytesIO(out.getvalue())


def bomb() -> io.BytesIO:
    """A PNG of a few kilobytes that unpacks to 400 million pixels."""
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return io.BytesIO(out.getvalue())


@pytest.mark.parametrize(
    ("sent", "reason"),
    [
        (animation, "animated"),
        (bomb, "large"),
        (lambda: io.BytesIO(b""), "empty"),
        (lambda: io.BytesIO(b"<svg onload=alert(1)>"), "unreadable"),
        (lambda: io.BytesIO(photo().getvalue()[:2000]), "unreadable"),
        (lambda: photo(width=40, height=40), "small"),
        (lambda: photo(format="GIF"), "unreadable"),
    ],
)
def test_what_is_no_picture_for_a_page_is_refused_with_a_sentence(app, sent, reason):
    before = set(storage().keys())
    with pytest.raises(BadImage) as problem:
        take_in(sent(), PICTURE)
    assert problem.value.reason == reason
    assert str(problem.value).endswith(".")
    assert set(storage().keys()) == before


def test_a_dead_child_is_a_sentence(app, monkeypatch):
    monkeypatch.setattr("stranas.evidence.runner.COMMAND", ("false",))
    with pytest.raises(BadImage) as problem:
        take_in(photo(), PICTURE)
    assert problem.value.reason == "failed"


def test_an_empty_draft_lacks_everything_that_a_page_needs(desk):
    story = operations.start_story(agency=desk.agency, kind=StoryKind.ACTIVITY, person=desk.galih, at=AFTER)
    story = desk.save(story, Written(kind=StoryKind.ACTIVITY))
    with pytest.raises(NotComplete) as lacking:
        desk.ask(story)
    assert lacking.value.found.keys() == {"title", "summary", "body", "source"}
