"""Kits of a story: asked for, built once, looked at and taken; nothing of a withdrawn story is handed out."""

import io
from datetime import timedelta

import pytest
from docx import Document

from reports.kit.making import File
from reports.kit.press import press_release
from stranas.accounts.models import Role
from stranas.publication.models import Kit, KitFile, KitState, PublicationProfile
from stranas.publication.operations import kits as building
from stranas.publication.queries.kits import open_graph_file
from stranas.system import background, clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import AuditEntry
from stranas.system.storage import storage
from tests import factories
from tests.pages import faults
from tests.publication.kits import add_edition, publish_story
from tests.publication.stories import story as a_story


@pytest.fixture
def agency(app):
    return factories.make_agency()


@pytest.fixture
def galih(agency):
    return factories.make_person(Role.HUMAS, agency, name="Galih")


@pytest.fixture
def story(agency, galih):
    made = publish_story(agency, galih)
    db.session.commit()
    return made


@pytest.fixture
def quick(monkeypatch):
    """A kit of three files, drawn by nobody."""

    def make_kit(values, template, progress):
        progress(1, 2)
        return [
            File("tautan.png", "image/png", f"{template} {values.figures.achievement}".encode(), "Capaian", 1200, 630),
            File("teks-x.txt", "text/plain", b"Capaian 81,25 persen."),
            File("kit.zip", "application/zip", b"PK"),
        ]

    monkeypatch.setattr(building, "make_kit", make_kit)


@pytest.fixture
def waiting(monkeypatch):
    """Nothing is built before the test says so."""
    monkeypatch.setattr(background, "defer", lambda *_, **__: None)


def the_kit() -> Kit:
    db.session.rollback()
    return db.session.scalars(db.select(Kit).execution_options(populate_existing=True)).unique().one()


def ask(story, person, template="kawung") -> Kit:
    building.ask_kit(edition=story.editions[-1], template=template, person=person)
    db.session.commit()
    return the_kit()


def actions() -> list[str]:
    return list(db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)))


def test_a_published_edition_gets_its_first_kit_and_the_picture_of_its_link(story, galih, quick):
    assert open_graph_file(story.slug) is None
    building.ask_first_kit(edition=story.editions[0], person=galih)
    db.session.commit()
    assert (the_kit().template, the_kit().state, the_kit().attempts) == ("kawung", KitState.READY, 1)
    with storage().open(open_graph_file(story.slug)) as file:
        assert file.read() == b"kawung 81,25"


def test_the_press_release_names_whom_the_agency_set_for_the_press_and_its_site(story, galih, waiting):
    kit = ask(story, galih)
    values, _ = building._prepare(kit.id)
    assert (values.contact, values.website) == ("", "")
    said = {"press_contact": "Bidang Informasi Publik, (0293) 491234", "website": "https://temanggungkab.go.id"}
    profile = PublicationProfile(agency_id=story.agency_id, changed_at=clock.now(), **said)
    db.session.add(profile)
    db.session.commit()
    values, _ = building._prepare(kit.id)
    release = Document(io.BytesIO(press_release(values)))
    words = [row.text for row in release.paragraphs]
    assert "Narahubung: Bidang Informasi Publik, (0293) 491234" in words
    assert "Situs resmi: https://temanggungkab.go.id" in words


def test_a_kit_is_made_anew_once_the_agency_changed_how_it_publishes(story, galih, waiting, quick, client, sign_in):
    kit = ask(story, galih)
    building.build_kit(kit_id=kit.id)
    sign_in(galih)
    page = f"/publikasi/{story.id}/kit"
    assert "Buat ulang" not in client.get(page).text
    assert ask(story, galih).state is KitState.READY
    profile = PublicationProfile(agency_id=story.agency_id, changed_at=clock.now() + timedelta(seconds=1))
    db.session.add(profile)
    db.session.commit()
    shown = client.get(page).text
    assert "Buat ulang" in shown
    assert faults(shown) == []
    with clock.at(clock.now() + timedelta(seconds=2)):
        assert ask(story, galih).state is KitState.PLANNED
        building.build_kit(kit_id=kit.id)
    assert (the_kit().state, len(the_kit().files)) == (KitState.READY, 3)
    assert "Buat ulang" not in client.get(page).text
    assert actions().count("ask_kit") == 2


def test_asking_twice_gives_one_kit(story, galih, waiting):
    assert ask(story, galih).id == ask(story, galih).id
    assert actions().count("ask_kit") == 1


def test_two_workers_build_one_kit(story, galih, waiting):
    kit = ask(story, galih)
    assert [building._claim(kit.id), building._claim(kit.id)] == [1, None]


def test_what_a_dead_builder_left_is_built_again_and_his_ghost_cannot_finish(story, galih, waiting, quick):
    kit = ask(story, galih)
    ghost = building._claim(kit.id)
    assert building.take_up() == 0
    kit = the_kit()
    kit.beat_at = clock.wall() - building.LOST_AFTER - timedelta(seconds=1)
    db.session.commit()
    assert building.take_up() == 1
    with pytest.raises(building.Stopped):
        building._record(kit.id, ghost, [])
    building.build_kit(kit_id=kit.id)
    assert (the_kit().state, the_kit().attempts, len(the_kit().files)) == (KitState.READY, 2, 3)


def test_a_kit_that_breaks_three_times_says_so_and_can_be_asked_for_again(story, galih, waiting, monkeypatch, quick):
    kit = ask(story, galih)
    with monkeypatch.context() as broken:
        broken.setattr(building, "make_kit", lambda *_: 1 / 0)
        for _ in range(4):
            building.build_kit(kit_id=kit.id)
    assert (the_kit().state, the_kit().failure, the_kit().files) == (KitState.FAILED, building.BROKEN, [])
    ask(story, galih)
    building.build_kit(kit_id=kit.id)
    assert (the_kit().state, the_kit().failure) == (KitState.READY, "")


def test_the_page_shows_what_there_is_and_takes_are_noted(story, galih, quick, client, sign_in):
    sign_in(galih)
    assert client.post(f"/publikasi/{story.id}/kit", data={"templat": "lembar"}).status_code == 303
    page = client.get(f"/publikasi/{story.id}/kit").text
    assert "21 dari paling banyak 280 karakter" in page
    assert 'alt="Capaian"' in page
    assert faults(page) == []
    file = db.session.scalars(db.select(KitFile).where(KitFile.name == "kit.zip")).one()
    taken = client.get(f"/publikasi/kit/{file.id}")
    assert (taken.data, actions()[-1]) == (b"PK", "take_kit_file")


def test_the_part_that_asks_again_leads_to_the_whole_page_when_it_is_over(
    story, galih, waiting, quick, client, sign_in
):
    kit = ask(story, galih)
    sign_in(galih)
    part = {"HX-Request": "true"}
    assert "hx-get" in client.get(f"/publikasi/{story.id}/kit").text
    assert "Menunggu giliran" in client.get(f"/publikasi/{story.id}/kit/keadaan", headers=part).text
    building.build_kit(kit_id=kit.id)
    assert "HX-Redirect" in client.get(f"/publikasi/{story.id}/kit/keadaan", headers=part).headers


def test_nothing_of_a_withdrawn_story_is_handed_out_or_made(story, galih, quick, client, sign_in):
    file_id = ask(story, galih).files[0].id
    story.withdrawn_at = clock.now()
    db.session.commit()
    sign_in(galih)
    assert client.get(f"/publikasi/kit/{file_id}").status_code == 409
    assert f"/publikasi/kit/{file_id}" not in client.get(f"/publikasi/{story.id}/kit").text
    assert open_graph_file(story.slug) is None
    with pytest.raises(Refused):
        building.ask_kit(edition=story.editions[0], template="sorot", person=galih)


def test_an_old_editions_kit_stays_and_says_that_it_is_old(story, galih, quick, client, sign_in):
    old = ask(story, galih).files[0].id
    add_edition(story, galih, a_story(slug=story.slug, number=2))
    db.session.commit()
    sign_in(galih)
    assert "sudah digantikan" in client.get(f"/publikasi/{story.id}/kit?edisi=1").text
    assert client.get(f"/publikasi/kit/{old}").status_code == 200
    assert open_graph_file(story.slug) is None
