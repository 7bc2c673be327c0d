"""Pages of Humas and of the approver: nothing typed is lost, and what is published is what was read."""

import re

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.compliance.formats import Format
from stranas.publication.models import Story
from stranas.publication.operations import stories as operations
from stranas.publication.queries.figures import public_figures
from stranas.publication.queries.stories import written_of
from stranas.publication.rules import Scope, Stage
from stranas.publication.story_forms import form_data
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.compliance.released import AFTER, agency, write_quickly
from tests.pages import faults
from tests.publication.public import publish
from tests.publication.writing import Room, photo, room


@pytest.fixture(autouse=True)
def _quick_files(monkeypatch):
    monkeypatch.setattr(Format, "write", write_quickly)


@pytest.fixture
def desk(app) -> Room:
    publish()
    row = next(row for row in public_figures(scopes=[Scope.AGENCY]) if row.achievement is not None)
    with clock.at(AFTER):
        yield room(agency(row.key))


@pytest.fixture
def draft(desk) -> Story:
    story = desk.write()
    db.session.commit()
    return story


def typed(story: Story, **changes) -> dict:
    return form_data(written_of(story), story.version) | changes


def kept(story: Story) -> Story:
    return db.session.get(Story, story.id, populate_existing=True)


def test_a_story_begins_with_its_latest_period(client, sign_in, desk):
    sign_in(desk.galih)
    answer = client.post("/publikasi/tulis", data={"kind": "publikasi_capaian", "period_key": "B15", "action_key": ""})
    story = db.session.scalars(db.select(Story)).one()
    assert answer.location == f"/publikasi/{story.id}/ubah"
    assert (story.period.key, story.agency_id) == ("B15", desk.agency.id)


def test_without_a_released_period_a_kabar_kegiatan_is_offered(app, client, sign_in):
    sign_in(factories.make_person(Role.HUMAS, factories.make_agency(), name="Galih"))
    assert "Kabar kegiatan tanpa angka capaian dapat ditulis sekarang" in client.get("/publikasi").text
    assert "belum ditetapkan" in client.get("/publikasi/tulis").text


def test_the_editor_offers_the_figures_with_their_tokens(client, sign_in, desk, draft):
    sign_in(desk.galih)
    page = client.get(f"/publikasi/{draft.id}/ubah").text
    assert "<code>{{capaian}}</code>" in page
    assert 'data-sisip="{{capaian}}"' in page


def test_a_wrong_draft_is_kept_and_named_at_its_field(client, sign_in, desk, draft):
    sign_in(desk.galih)
    answer = client.post(f"/publikasi/{draft.id}/ubah", data=typed(draft, title="Capaian 87 persen", do="ask"))
    assert answer.status_code == 422
    assert "“87 persen” diketik sendiri" in answer.text
    assert (kept(draft).title, kept(draft).stage) == ("Capaian 87 persen", Stage.WRITING)


def test_what_is_too_long_stays_in_the_form(client, sign_in, desk, draft):
    sign_in(desk.galih)
    data = typed(draft, title="x" * 151, summary="Ringkasan baru")
    answer = client.post(f"/publikasi/{draft.id}/ubah", data=data)
    assert answer.status_code == 422
    assert "x" * 151 in answer.text
    assert (kept(draft).title, kept(draft).summary) == (draft.title, "Ringkasan baru")


def test_who_saves_an_older_copy_sees_both(client, sign_in, desk, draft):
    old = typed(draft, title="Dari jendela lama")
    desk.change(draft, title="Dari jendela lain")
    db.session.commit()
    sign_in(desk.galih)
    answer = client.post(f"/publikasi/{draft.id}/ubah", data=old)
    assert answer.status_code == 409
    assert "Dari jendela lama" in answer.text
    assert "Dari jendela lain" in answer.text
    again = old | {"revision": re.search(r'name="revision" type="hidden" value="(\d+)"', answer.text)[1]}
    assert client.post(f"/publikasi/{draft.id}/ubah", data=again).status_code == 302
    assert kept(draft).title == "Dari jendela lama"


def test_a_save_by_script_answers_with_the_new_version(client, sign_in, desk, draft):
    sign_in(desk.galih)
    data = typed(draft, title="Judul lain")
    answer = client.post(f"/publikasi/{draft.id}/ubah", data=data, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json["revision"]) == (200, kept(draft).version)


def test_the_preview_saves_nothing(client, sign_in, desk, draft):
    sign_in(desk.galih)
    version = draft.version
    answer = client.post(f"/publikasi/{draft.id}/pratinjau", data=typed(draft, title="Belum disimpan"))
    assert "Belum disimpan" in answer.text
    assert "<data value=" in answer.text
    assert (kept(draft).version, kept(draft).title != "Belum disimpan") == (version, True)


def test_the_approver_publishes_what_he_read(client, sign_in, desk, draft):
    desk.ask(draft)
    db.session.commit()
    sign_in(desk.hapsari)
    page = client.get(f"/publikasi/{draft.id}").text
    read = {name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("version", "figures")}
    assert client.post(f"/publikasi/{draft.id}/terbitkan", data=read | {"figures": "x"}).status_code == 409
    assert client.post(f"/publikasi/{draft.id}/terbitkan", data=read).status_code == 302
    assert (kept(draft).stage, kept(draft).number) == (Stage.PUBLISHED, 1)
    assert client.get(f"/publikasi/{draft.id}/edisi/1").status_code == 200


def test_sending_back_asks_for_a_remark(client, sign_in, desk, draft):
    desk.ask(draft)
    db.session.commit()
    sign_in(desk.hapsari)
    assert "Tulis apa yang perlu diubah" in client.post(f"/publikasi/{draft.id}/kembalikan", data={}).text
    assert client.post(f"/publikasi/{draft.id}/kembalikan", data={"remark": "Ubah."}).status_code == 302
    assert kept(draft).stage is Stage.WRITING


def test_withdrawing_asks_for_a_reason(client, sign_in, desk):
    story = desk.published()
    db.session.commit()
    sign_in(factories.make_person(Role.SECRETARIAT, name="Ani"))
    assert "Tulis alasannya" in client.post(f"/publikasi/{story.id}/tarik", data={}).text
    assert client.post(f"/publikasi/{story.id}/tarik", data={"reason": "Salah instansi."}).status_code == 302
    assert kept(story).withdrawn_at == AFTER
    assert "Salah instansi." in client.get(f"/publikasi/{story.id}").text


def test_a_correction_shows_what_differs(client, sign_in, desk):
    story = desk.published()
    operations.start_correction(story=story, person=desk.galih, at=AFTER)
    desk.change(story, title="Judul yang baru", correction_note="Judul diperbaiki.")
    desk.ask(story)
    db.session.commit()
    sign_in(desk.hapsari)
    page = client.get(f"/publikasi/{story.id}").text
    assert "Berubah dari edisi 1" in page
    assert "<ins>" in page
    assert faults(page) == []


def test_a_picture_needs_its_words(client, sign_in, desk, draft):
    sign_in(desk.galih)
    address = f"/publikasi/{draft.id}/gambar"
    refused = client.post(address, data={"file": (photo(), "a.jpg"), "alt": "IMG_2039.jpg"})
    assert refused.status_code == 422
    assert "Ini nama berkas" in refused.text
    done = client.post(address, data={"file": (photo(), "a.jpg"), "alt": "Warga mengurus izin di loket"})
    assert done.status_code == 302
    (picture,) = kept(draft).pictures
    assert client.get(f"{address}/{picture.id}").mimetype == "image/jpeg"
    assert client.post(f"{address}/{picture.id}/hapus").status_code == 302
    assert kept(draft).pictures == []


def test_the_number_of_questions_does_not_grow_with_figures_and_other_stories(client, sign_in, desk):
    few = desk.published(body="Capaian {{capaian}} persen.")
    db.session.commit()
    sign_in(desk.galih)
    pages = ("/publikasi/{}", "/publikasi")
    before = [questions(lambda page=page: client.get(page.format(few.id))) for page in pages]
    many = desk.published(body="{{capaian}} {{kepatuhan}} {{ketepatan}} {{lolos}} {{wajib}} {{diterima}} {{tepat}}")
    db.session.commit()
    assert [questions(lambda page=page: client.get(page.format(many.id))) for page in pages] == before


def questions(work) -> int:
    asked = []

    def note(*args):
        asked.append(args[2])

    event.listen(db.engines[None], "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(db.engines[None], "before_cursor_execute", note)
    return len(asked)


def test_another_agency_sees_no_draft(client, sign_in, draft):
    sign_in(factories.make_person(Role.HUMAS, factories.make_agency("99.99", "Kabupaten Lain"), name="Dewi"))
    assert client.get(f"/publikasi/{draft.id}").status_code == 404
    assert draft.title not in client.get("/publikasi").text
