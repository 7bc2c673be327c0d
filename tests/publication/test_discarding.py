"""A draft that nobody outside ever saw can leave; what was public cannot."""

import pytest

from stranas.accounts.models import Role
from stranas.compliance.formats import Format
from stranas.publication.models import Story, StoryEvent, StoryPicture
from stranas.publication.operations import stories as operations
from stranas.publication.queries.figures import public_figures
from stranas.publication.queries.version import portal_version
from stranas.publication.queries.waiting import waiting
from stranas.publication.rules import Scope, Stage, StoryEventKind
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import AuditEntry
from stranas.system.storage import storage
from tests import factories
from tests.compliance.released import AFTER, agency, write_quickly
from tests.pages import faults
from tests.publication.public import publish
from tests.publication.test_story_operations import add
from tests.publication.test_story_pages import typed
from tests.publication.writing import Room, room

JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(app, monkeypatch) -> Room:
    monkeypatch.setattr(Format, "write", write_quickly)
    publish()
    row = next(row for row in public_figures(scopes=[Scope.AGENCY]) if row.achievement is not None)
    with clock.at(AFTER):
        yield room(agency(row.key))


def press(client, story: Story, **data):
    return client.post(f"/publikasi/{story.id}/hapus", data={"revision": story.version} | data)


def test_its_words_and_pictures_are_gone_and_its_history_stays(client, sign_in, desk):
    story = desk.write(title="Judul yang tidak jadi")
    key = add(desk, story, "red").file.storage_key
    db.session.commit()
    sign_in(desk.galih)
    page = client.get(f"/publikasi/{story.id}").text
    assert "Judul, isi, dan 1 gambar dalam draf ini hilang" in page
    assert faults(page) == []
    assert press(client, story).location == "/publikasi"
    kept = db.session.get(Story, story.id, populate_existing=True)
    assert (kept.stage, kept.title, kept.body, kept.units, kept.pictures) == (Stage.DISCARDED, "", "", [], [])
    assert db.session.scalar(db.select(db.func.count(StoryPicture.id))) == 0
    assert key not in set(storage().keys())
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "story.discarded")).one()
    assert (entry.actor_id, entry.details["remark"]) == (desk.galih.id, "Judul yang tidak jadi (1 gambar)")
    last = db.session.scalars(db.select(StoryEvent.kind).where(StoryEvent.story_id == story.id)).all()[-1]
    assert last is StoryEventKind.DISCARDED


def test_no_page_and_no_list_shows_it_any_more(client, sign_in, desk):
    story = desk.write(title="Judul yang tidak jadi")
    db.session.commit()
    before = portal_version()
    sign_in(desk.galih)
    press(client, story)
    assert "Judul yang tidak jadi" not in client.get("/publikasi").text
    assert "Belum ada publikasi" in client.get("/publikasi").text
    assert "Dihapus" not in client.get("/publikasi?tahap=discarded").text
    for path in ("", "/ubah", "/gambar"):
        assert client.get(f"/publikasi/{story.id}{path}").status_code == 404
    assert press(client, story).status_code == 404
    desk_of_humas = waiting(agency_id=desk.agency.id, agency_code=desk.agency.code)
    assert (desk_of_humas.drafts, [one.key for one in desk_of_humas.untold]) == (0, ["B15"])
    assert portal_version() != before  # it never goes back to one that a reader holds


def test_the_editor_discards_what_it_saved_last(client, sign_in, desk):
    """Its form saves by itself: the version that the page came with is an older one by then."""
    story = desk.write()
    db.session.commit()
    sign_in(desk.galih)
    page = client.get(f"/publikasi/{story.id}/ubah").text
    assert f'form="isian" formaction="/publikasi/{story.id}/hapus"' in page
    saved = client.post(f"/publikasi/{story.id}/ubah", data=typed(story, title="Lain"), headers=JSON).json
    data = typed(story, title="Lain", revision=saved["revision"])
    assert client.post(f"/publikasi/{story.id}/hapus", data=data).location == "/publikasi"


def test_who_still_writes_in_another_window_keeps_his_words(client, sign_in, desk):
    story = desk.write()
    data = typed(story, body="Kalimat panjang yang masih diketik di jendela yang lain, dan belum disimpan.")
    db.session.commit()
    sign_in(desk.galih)
    press(client, story)
    answer = client.post(f"/publikasi/{story.id}/ubah", data=data)
    assert (answer.status_code, "Draf ini sudah dihapus" in answer.text) == (409, True)
    assert "Kalimat panjang yang masih diketik" in answer.text


def test_a_picture_that_another_story_shows_too_is_kept(desk):
    first, second = desk.write(), desk.write(title="Kisah lain")
    key = add(desk, first, "red").file.storage_key
    add(desk, second, "red")
    assert operations.discard_story(story=first, version=first.version, person=desk.galih, at=AFTER) == []
    assert second.pictures[0].file.storage_key == key


def test_what_was_public_once_is_not_discarded(desk):
    story = desk.published()
    operations.start_correction(story=story, person=desk.galih, at=AFTER)
    with pytest.raises(Refused, match="sudah pernah terbit"):
        operations.discard_story(story=story, version=story.version, person=desk.galih, at=AFTER)
    assert story.stage is Stage.WRITING
    assert story.title


def test_what_waits_for_approval_is_taken_back_first(desk):
    story = desk.write()
    desk.ask(story)
    with pytest.raises(Refused, match="menunggu persetujuan"):
        operations.discard_story(story=story, version=story.version, person=desk.galih, at=AFTER)


def test_a_draft_that_changed_meanwhile_stays(client, sign_in, desk):
    story = desk.write()
    db.session.commit()
    sign_in(desk.galih)
    for version in (story.version - 1, "", "x"):
        answer = press(client, story, revision=version)
        assert (answer.status_code, "berubah sejak halaman dibuka" in answer.text) == (409, True)
    assert db.session.get(Story, story.id, populate_existing=True).stage is Stage.WRITING


@pytest.mark.parametrize(("role", "status"), [(Role.STORY_APPROVER, 403), (Role.SECRETARIAT, 403)])
def test_only_humas_of_the_agency_discards(client, sign_in, desk, role, status):
    story = desk.write()
    db.session.commit()
    sign_in(factories.make_person(role, None if role.is_national else desk.agency, name="Lain"))
    assert press(client, story).status_code == status
    sign_in(factories.make_person(Role.HUMAS, factories.make_agency("99.99", "Kabupaten Lain"), name="Dewi"))
    assert press(client, story).status_code == 404


def test_bytes_that_a_dropped_correction_brought_go_with_it(desk):
    story = desk.write()
    kept = add(desk, story, "red").file.storage_key
    desk.ask(story)
    desk.publish(story)
    operations.start_correction(story=story, person=desk.galih, at=AFTER)
    brought = add(desk, story, "blue").file.storage_key
    assert operations.drop_correction(story=story, person=desk.galih, at=AFTER) == [brought]
    assert [one.file.storage_key for one in story.pictures] == [kept]
