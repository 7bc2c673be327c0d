"""A write transaction ends within its bound, or leaves nothing."""

from datetime import timedelta

import pytest

from stranas.agencies.models import Agency
from stranas.system.db import TooLong, db, unit_of_work
from tests.conftest import make_app

NONE = timedelta(0)


@pytest.fixture
def own_app(seeded_url, tmp_path):
    application = make_app(tmp_path / "var", seeded_url)
    with application.app_context():
        yield application
        db.session.remove()
        db.engine.dispose()


def name_of(code: str) -> str:
    return db.session.scalars(db.select(Agency.name).where(Agency.code == code)).one()


def rename(code: str, name: str) -> None:
    db.session.execute(db.update(Agency).where(Agency.code == code).values(name=name))


def test_what_took_too_long_is_not_kept(own_app):
    with pytest.raises(TooLong), unit_of_work(longest=NONE):
        rename("33.23", "Terlambat")
    assert name_of("33.23") == "Kabupaten Temanggung"


def test_the_next_transaction_is_free_of_it(own_app):
    with pytest.raises(TooLong), unit_of_work(longest=NONE):
        rename("33.23", "Terlambat")
    with unit_of_work():
        rename("33.23", "Tepat")
    assert name_of("33.23") == "Tepat"


def test_filling_a_database_has_no_bound(own_app):
    with unit_of_work(longest=None):
        rename("33.23", "Lama")
    assert name_of("33.23") == "Lama"
