"""Migrations lead to exactly the tables that the models say, and keep the rows that are there."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, upgrade
from sqlalchemy import Enum, inspect, text

from stranas.system.db import db
from tests.conftest import make_app


def test_the_migrated_tables_are_those_of_the_models(app):
    context = MigrationContext.configure(db.session.connection(), opts={"compare_type": True})
    assert compare_metadata(context, db.metadata) == []


def test_every_choice_is_held_by_its_check_in_the_database(app):
    there = inspect(db.session.connection())
    for table in db.metadata.sorted_tables:
        checks = {check["name"]: check["sqltext"] for check in there.get_check_constraints(table.name)}
        for column in table.columns:
            if isinstance(column.type, Enum):
                held = checks[f"ck_{table.name}_{column.type.name}"]
                assert [value for value in column.type.enums if f"'{value}'" not in held] == []


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_database_of_the_first_release_keeps_its_rows(seeded_url, tmp_path):
    """Down to the first tables with the seed in them, and up again."""
    application = make_app(tmp_path / "var", seeded_url)
    with application.app_context():
        db.session.remove()
        downgrade(revision="0001")
        upgrade()
        counts = {name: db.session.scalar(text(f"SELECT count(*) FROM {name}")) for name in ("agency", "obligation")}
        db.session.remove()
        db.engine.dispose()
    assert counts == {"agency": 595, "obligation": 16028}
