"""kill -9 while a kit is made: nothing of it is seen, and the next worker makes it whole."""

import os
import signal
from datetime import timedelta
from multiprocessing.connection import Connection

import pytest

from reports.kit.making import File
from stranas import create_app
from stranas.accounts.models import Role
from stranas.publication.models import Kit, KitState, Story
from stranas.publication.operations import kits
from stranas.publication.queries.kits import kits_of, open_graph_file
from stranas.system import clock, fsck, storage
from stranas.system.db import db, unit_of_work
from stranas.system.models import StoredFile
from tests.children import child
from tests.factories import make_agency, make_person
from tests.publication.kits import publish_story

pytestmark = pytest.mark.process

FILES = [
    File("tautan.png", "image/png", b"picture", "Capaian", 1200, 630),
    File("teks-x.txt", "text/plain", b"Capaian 81,25 persen."),
    File("kit.zip", "application/zip", b"PK"),
]


def put_one_and_die(line: Connection, kit_id: int) -> None:
    """Makes the kit that it is told, but is killed when the first of its files lies in the storage and the second is
    on its way there."""
    with create_app().app_context():
        kits.make_kit, put, taken = lambda *_: FILES, storage.storage().put, []

        def put_or_die(content):
            if taken:
                os.kill(os.getpid(), signal.SIGKILL)
            taken.append(put(content))
            return taken[0]

        storage.storage().put = put_or_die
        kits.build_kit(kit_id=kit_id)


@pytest.fixture
def dies(shared_settings, tmp_path):
    """`dies(kit_id)`: in a process of its own, in an installation with one published story."""
    with unit_of_work():
        agency = make_agency()
        galih = make_person(Role.HUMAS, agency)
        kits.ask_first_kit(edition=publish_story(agency, galih).editions[0], person=galih)

    def start(kit_id: int) -> None:
        with child(put_one_and_die, shared_settings, tmp_path / "maker.log", kit_id) as maker:
            assert maker.ended() == -signal.SIGKILL, maker.log.read_text()

    return start


def the(model):
    db.session.rollback()
    return db.session.scalars(db.select(model).execution_options(populate_existing=True)).unique().one()


def seen() -> tuple:
    """What Humas and the public see of it: its state, how many files, whether the link has a picture."""
    story = the(Story)
    shown = next(view for view in kits_of(story.editions[0]) if view.template == "kawung")
    return shown.state, len(shown.files), open_graph_file(story.slug) is not None


def test_a_killed_kit_shows_nothing_half_made_and_is_made_whole_by_the_next_worker(dies, monkeypatch):
    dies(the(Kit).id)
    assert seen() == (KitState.RUNNING, 0, False)
    assert kits.take_up() == 0  # its maker may be alive
    with unit_of_work():
        the_row = db.session.scalars(db.select(Kit)).unique().one()
        the_row.beat_at = clock.wall() - kits.LOST_AFTER - timedelta(seconds=1)
    assert kits.take_up() == 1
    monkeypatch.setattr(kits, "make_kit", lambda *_: FILES)
    kits.build_kit(kit_id=the(Kit).id)
    assert (seen(), the(Kit).attempts) == ((KitState.READY, len(FILES), True), 2)
    assert db.session.scalar(db.select(db.func.count(StoredFile.id))) == len(FILES)
    assert list(fsck.problems()) == []
