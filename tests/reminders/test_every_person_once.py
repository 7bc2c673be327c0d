"""It must show, 1: on the due day of B18, 595 agencies with two people each, every person who owes gets exactly one
mail over a real mail server, and nobody else gets any. The names come from SQL of the test's own."""

from datetime import UTC, date, datetime
from email import message_from_bytes
from email.message import Message

import pytest

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.reminders.operations import plan_reminders
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status, SubmissionKind
from stranas.system import clock, outbox
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from tests import smtp
from tests.reminders.owed import named_by_sql

DUE_DAY = date(2020, 7, 14)
MORNING = datetime(2020, 7, 14, 1, tzinfo=UTC)


@pytest.fixture
def country(seeded_app):
    """A coordinator and a certifying official in each agency; every third agency has sent everything, of the others
    every second one target; the people of every eleventh are not active any more."""
    with unit_of_work():
        make_people()
        make_submissions()
    with clock.at(MORNING):
        yield seeded_app


def make_people() -> None:
    for number, agency in enumerate(db.session.scalars(db.select(Agency).order_by(Agency.code)).all()):
        for role in (Role.COORDINATOR, Role.CERTIFIER):
            name = f"{role.value}{number}"
            user = User(
                name=name,
                email=f"{name}@example.com",
                fs_uniquifier=name,
                active=number % 11 > 0,
                create_datetime=MORNING,
                update_datetime=MORNING,
            )
            user.memberships = [Membership(role=role, agency_id=agency.id)]
            db.session.add(user)


def make_submissions() -> None:
    b18 = db.session.scalars(db.select(Period).where(Period.key == "B18")).one()
    agencies = db.session.scalars(db.select(Agency.id).order_by(Agency.code)).all()
    number_of = {agency_id: number for number, agency_id in enumerate(agencies)}
    obligations = db.session.scalars(db.select(Obligation).where(Obligation.period_id == b18.id)).unique()
    for position, obligation in enumerate(obligations):
        if number_of[obligation.agency_id] % 3 == 0 or position % 2:
            values = {"status": Status.SENT, "kind": SubmissionKind.ACHIEVEMENT, "revision": 0}
            db.session.add(Submission(obligation_id=obligation.id, **values))


def test_everybody_who_owes_gets_one_mail_that_names_it_and_nobody_else(country, monkeypatch):
    owing = sorted({address for address, _ in named_by_sql(DUE_DAY)})
    people = db.session.scalar(db.select(db.func.count(User.id)))
    assert people == 1190
    assert 500 < len(owing) < 1000
    with smtp.server() as box:
        monkeypatch.setattr(country.config["SETTINGS"], "mail", f"smtp://127.0.0.1:{box.port}")
        plan_reminders(today=DUE_DAY)
        plan_reminders(today=DUE_DAY)
        outbox.deliver_waiting()
    arrived = [message_from_bytes(content) for content in box.contents]
    assert sorted(letter["To"] for letter in arrived) == owing
    assert set(_states()) == {MessageState.SENT}
    awaited = _awaited_by_address()
    assert {letter["To"]: _named(letter) for letter in arrived} == {to: awaited[to] for to in owing}


def _named(letter: Message) -> list[str]:
    """The keys of the targets that the text part names."""
    plain = next(part for part in letter.walk() if part.get_content_type() == "text/plain")
    lines = plain.get_payload(decode=True).decode().splitlines()
    return sorted(line.removeprefix("- ").partition(":")[0] for line in lines if line.startswith("- "))


def _states() -> list[MessageState]:
    return list(db.session.scalars(db.select(OutboxMessage.state)))


def _awaited_by_address() -> dict[str, list[str]]:
    """E-mail → the keys of what was not sent of B18, in SQL of its own."""
    rows = db.session.execute(
        db.text(
            """
            SELECT u.email, i.key FROM obligation o
            JOIN period p ON p.id = o.period_id AND p.key = 'B18'
            JOIN item i ON i.id = o.item_id
            JOIN membership m ON m.agency_id = o.agency_id
            JOIN user_account u ON u.id = m.user_id
            LEFT JOIN submission s ON s.obligation_id = o.id
            WHERE s.id IS NULL ORDER BY i.key
            """
        )
    ).all()
    found: dict[str, list[str]] = {}
    for email, key in rows:
        found.setdefault(email, []).append(key)
    return {email: sorted(keys) for email, keys in found.items()}
