"""kill -9 while a file is made: nothing half-made is left, and the next turn of the schedule makes it whole."""

import os
import signal
from datetime import timedelta
from multiprocessing.connection import Connection

import pytest

from stranas import create_app
from stranas.accounts.models import Role
from stranas.compliance import operations
from stranas.compliance.exports import Slice, kind_named
from stranas.compliance.formats import Format
from stranas.compliance.models import Edition, Export, ExportState
from stranas.compliance.operations import editions, exports
from stranas.system import clock, fsck
from stranas.system.db import db, unit_of_work
from tests.children import child
from tests.compliance.country import NOW, settle
from tests.compliance.released import RELEASED
from tests.factories import make_person
from tests.release.people import release

pytestmark = pytest.mark.process


def die_writing(line: Connection, operation: str, name: str, row_id: int) -> None:
    """Makes what it is told, but is killed once its Excel file lies half-written in its folder."""

    def die(format, document, to, progress=None):
        to.write_bytes(b"half a file")
        if progress:
            progress(1, 2)
        os.kill(os.getpid(), signal.SIGKILL)

    Format.write = die
    with create_app().app_context():
        getattr(operations, operation)(**{name: row_id})


@pytest.fixture
def dies(shared_settings, tmp_path):
    """`dies(operation, name, row_id)`: in a process of its own, in the same installation."""
    clock.start_practice(NOW)
    release(settle(agencies=12), at=RELEASED)

    def start(operation: str, name: str, row_id: int) -> None:
        with child(die_writing, shared_settings, tmp_path / "maker.log", operation, name, row_id) as maker:
            assert maker.ended() == -signal.SIGKILL, maker.log.read_text()

    return start


def the(model):
    db.session.rollback()
    return db.session.scalars(db.select(model).execution_options(populate_existing=True)).unique().one()


def test_a_killed_export_is_built_again_whole(dies):
    with unit_of_work():
        ani = make_person(Role.SECRETARIAT, name="Ani")
    asked = Slice("stranas-2019-2020", "B15", NOW - timedelta(hours=1))
    with unit_of_work():
        operations.ask_export(kind=kind_named("report-xlsx"), parameters=asked.parameters, person=ani)
    dies("build_export", "export_id", the(Export).id)
    assert (the(Export).state, the(Export).done, the(Export).file_id) == (ExportState.RUNNING, 1, None)
    assert list(fsck.problems()) == []
    with unit_of_work():
        the_row = db.session.scalars(db.select(Export)).unique().one()
        the_row.beat_at = clock.wall() - exports.LOST_AFTER - timedelta(seconds=1)
    assert operations.take_up() == 1
    operations.build_export(export_id=the(Export).id)
    assert (the(Export).state, the(Export).attempts) == (ExportState.READY, 2)
    assert list(fsck.problems()) == []


def test_a_killed_edition_is_made_again_whole(dies):
    operations.follow_releases()
    dies("freeze_edition", "edition_id", the(Edition).id)
    assert (the(Edition).made_at, the(Edition).files) == (None, [])
    assert operations.follow_releases() == {"asked": 0, "deferred": 0}  # its maker may be alive
    with unit_of_work():
        the_row = db.session.scalars(db.select(Edition)).unique().one()
        the_row.begun_at = clock.wall() - editions.LOST_AFTER - timedelta(seconds=1)
    assert operations.follow_releases() == {"asked": 0, "deferred": 1}
    operations.freeze_edition(edition_id=the(Edition).id)
    assert [file.format for file in the(Edition).files] == ["json", "xlsx", "pdf"]
    assert list(fsck.problems()) == []
