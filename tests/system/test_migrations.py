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


# What a message of before looked like: (key, state, attempts, sent or not, outcome).
OLD_MESSAGES = (
    ("sent", "sent", 1, "2020-04-01 01:00:00", None),
    ("perhaps", "failed", 1, None, "the connection broke in the act of sending; a person has to look"),
    ("given-up", "failed", 5, None, "550 no such user"),
    ("waiting", "planned", 0, None, None),
)


def test_old_messages_are_read_undecided_or_given_up_as_they_were(seeded_url, tmp_path):
    """The steps of 0014 that write into rows of before."""
    application = make_app(tmp_path / "var", seeded_url)
    with application.app_context():
        db.session.remove()
        downgrade(revision="0013")
        for values in OLD_MESSAGES:
            _insert_old_message(*values)
        db.session.commit()
        db.session.remove()
        upgrade()
        rows = db.session.execute(
            text("SELECT key, seen_at IS NOT NULL, needs_decision, attempts, outcome FROM outbox_message")
        ).all()
        db.session.remove()
        db.engine.dispose()
    read = {key: (bool(seen), bool(asked), attempts) for key, seen, asked, attempts, _ in rows}
    assert read == {
        "sent": (True, False, 1),
        "perhaps": (False, True, 1),
        "given-up": (False, False, 7),
        "waiting": (False, False, 0),
    }
    assert {key: outcome for key, *_, outcome in rows}["perhaps"].startswith("Pengiriman terputus")


def _insert_old_message(key: str, state: str, attempts: int, sent_at: str | None, outcome: str | None) -> None:
    db.session.execute(
        text(
            "INSERT INTO outbox_message (key, channel, template, address, subject, body_text, payload, private, state,"
            " planned_for, sent_at, attempts, outcome) VALUES (:key, 'mail', 'reminder', 'budi@example.com',"
            " 'Pengingat', 'Yth.', '{}', false, :state, '2020-04-01 01:00:00', :sent_at, :attempts, :outcome)"
        ),
        {"key": key, "state": state, "attempts": attempts, "sent_at": sent_at, "outcome": outcome},
    )
