"""The words of letters about later instants, pinned by files a person can read (snapshots/*.txt)."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from stranas.accounts.models import Role
from stranas.deadlines import operations
from stranas.deadlines.operations.moves import instants_of
from stranas.deadlines.rules import Instants, end_of
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from tests import factories
from tests.deadlines.asked import AFTER, DUE, FRIDAY, MORNING, make_place, make_request

SNAPSHOTS = Path(__file__).parent / "snapshots"


@pytest.fixture
def place(app):
    with clock.at(AFTER):
        yield make_place()


def granted(place) -> None:
    request = make_request(place.agency, place.period, item=place.one.item)
    operations.grant_request(
        request=request,
        until=end_of(date(2020, 7, 17)),
        answer="Sampai Jumat pekan ini.",
        person=None,
        reached=[place.agency.id],
    )


def declined(place) -> None:
    request = make_request(place.agency, place.period)
    operations.decline_request(request=request, answer="Mohon lampirkan surat keterangan BPBD.", person=None)


def given_in_the_east(place) -> None:
    agency = factories.make_agency("91.03", "Kabupaten Jayapura", timezone="Asia/Jayapura")
    factories.make_person(Role.CERTIFIER, agency, name="Dewi")
    operations.grant_extension(
        period_id=place.period.id,
        agency_id=agency.id,
        until=end_of(FRIDAY),
        reason="Gempa bumi 13 Juli 2020.",
        reached=[agency.id],
    )


def outage(place) -> None:
    operations.record_outage(
        periods=[place.period],
        began_at=DUE - timedelta(hours=2),
        ended_at=DUE + timedelta(hours=1),
        extends_to=DUE + timedelta(days=1),
        reason="Pasokan listrik pusat data terputus.",
        person=None,
        reached=[place.agency.id],
    )


def moved(place) -> None:
    before = instants_of(place.period)
    operations.move_instants(
        period=place.period,
        seen=before,
        to=Instants(DUE + timedelta(days=2), before.locks_at + timedelta(days=2), before.verification_ends_at),
        reason="Cuti bersama digeser.",
        person=None,
        received_at=MORNING,
        reached=[place.agency.id],
    )


@pytest.mark.parametrize("act", [granted, declined, given_in_the_east, outage, moved])
def test_a_letter_says_what_is_done_until_when_and_why(place, act):
    act(place)
    (letter,) = db.session.scalars(db.select(OutboxMessage))
    words = f"{letter.subject}\n\n{letter.body_text}\n".replace("\u00a0", " ")
    assert words == (SNAPSHOTS / f"{act.__name__}.txt").read_text()
