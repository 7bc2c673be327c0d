"""The audit trail's seals."""

from datetime import timedelta

import pytest

from stranas.system import audit, clock
from stranas.system.db import db
from stranas.system.models import AuditEntry


@pytest.fixture
def three_entries(session):
    with clock.at(clock.now() - timedelta(minutes=5)):
        for subject in ("one", "two", "three"):
            audit.record("test", subject, number=1)
            session.flush()
    session.commit()
    return session.scalars(db.select(AuditEntry).order_by(AuditEntry.id)).all()


def test_sealed_rows_are_verified(three_entries):
    assert audit.seal() == 3
    assert audit.seal() == 0
    assert audit.verify() == audit.Trail(sealed=3, unsealed=0, broken_at=None)


def test_a_changed_row_is_found(session, three_entries):
    audit.seal()
    three_entries[1].subject = "changed"
    session.commit()
    assert audit.verify().broken_at == three_entries[1].id


def test_a_removed_row_is_found(session, three_entries):
    audit.seal()
    session.delete(three_entries[1])
    session.commit()
    assert audit.verify().broken_at == three_entries[2].id


def test_a_fresh_row_waits_for_the_next_seal(session, three_entries):
    audit.record("test", "fresh")
    session.commit()
    assert audit.seal() == 3
    assert audit.verify() == audit.Trail(sealed=3, unsealed=1, broken_at=None)
