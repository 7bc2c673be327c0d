"""Moving a coming instant: later only, for all, announced and listed; what is past stays."""

from datetime import timedelta

import pytest

from stranas.compliance.queries import snapshot
from stranas.deadlines import operations
from stranas.deadlines.forms import told
from stranas.deadlines.models import InstantMove
from stranas.deadlines.operations.moves import instants_of
from stranas.deadlines.rules import Instants
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import AuditEntry, OutboxMessage
from tests.deadlines.asked import DUE, MORNING, SECOND, make_place

DAY = timedelta(days=1)
REPORT = {"programme_key": "stranas-2019-2020", "period_key": "B18"}


@pytest.fixture
def place(app):
    with clock.at(MORNING):
        yield make_place()


@pytest.fixture
def ani(place, sign_in, client):
    sign_in(place.ani)
    return client


def days(**typed):
    return {"due_at": "2020-07-16", "locks_at": "2020-07-28", "verification_ends_at": "2020-09-14"} | typed


def move(client, place, **typed):
    said = days(reason="Cuti bersama digeser.", seen=told(instants_of(place.period)))
    return client.post("/batas-waktu/B18/ubah", data=said | typed)


def moves():
    return db.session.scalars(db.select(InstantMove)).all()


def test_all_three_are_shown_before_one_is_moved(ani, place):
    page = ani.get("/batas-waktu/B18/ubah", query_string=days()).text
    assert "Kamis, 16 Juli 2020" in page
    assert "Semula Selasa, 14 Juli 2020" in page
    assert "Tetap Selasa, 28 Juli 2020" in page
    assert moves() == []


def test_a_move_is_stored_listed_audited_and_told(ani, place):
    assert move(ani, place).status_code == 302
    (row,) = moves()
    assert (row.due_before, row.due_after) == (DUE, DUE + 2 * DAY)
    assert (row.locks_before, row.decided_by_id) == (row.locks_after, place.ani.id)
    assert place.period.due_at == DUE + 2 * DAY
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "move_instants")).one()
    assert entry.details["before"]["due_at"] == DUE.isoformat()
    (letter,) = db.session.scalars(db.select(OutboxMessage))
    assert letter.key == f"instant_move:{row.id}:{place.budi.id}"
    assert "semula: Selasa, 14 Juli 2020" in letter.body_text
    assert "Perubahan batas waktu" in ani.get("/batas-waktu").text
    with clock.at(MORNING + timedelta(minutes=5)):
        seen = snapshot(**REPORT)
    assert [(e.kind, e.until, e.obligations, e.reason) for e in seen.later_ends] == [
        ("Perubahan batas waktu", DUE + 2 * DAY, 2, "Cuti bersama digeser.")
    ]


def test_a_report_as_of_before_the_move_shows_the_instant_of_then(ani, place):
    with clock.at(MORNING + timedelta(hours=1)):
        move(ani, place)
        assert snapshot(**REPORT, cutoff=MORNING).due_at == DUE
        assert snapshot(**REPORT, cutoff=MORNING).later_ends == ()
        assert {detail.due_at for detail in snapshot(**REPORT, cutoff=MORNING).details} == {DUE}
    with clock.at(MORNING + timedelta(hours=2)):
        assert snapshot(**REPORT).due_at == DUE + 2 * DAY


@pytest.mark.parametrize(("at", "status"), [(DUE - SECOND, 302), (DUE, 422), (DUE + SECOND, 422)])
def test_an_instant_that_is_past_is_not_moved(ani, place, at, status):
    with clock.at(at):
        answer = move(ani, place)
    assert answer.status_code == status
    assert status == 302 or "Waktu ini sudah lewat dan tidak dapat diubah." in answer.text
    assert len(moves()) == (status == 302)


def test_the_lock_may_be_moved_after_due(ani, place):
    with clock.at(DUE + DAY):
        assert move(ani, place, due_at="2020-07-14", locks_at="2020-07-30").status_code == 302
    assert place.period.due_at == DUE
    assert [one for row in moves() for one in (row.due_before == row.due_after,)] == [True]


@pytest.mark.parametrize(
    "typed",
    [
        {"due_at": "2020-07-13"},
        {"due_at": "2020-07-14"},
        {"due_at": "2020-07-28"},
        {"locks_at": "2020-09-14"},
        {"reason": ""},
        {"due_at": "9999-12-31"},
        {"due_at": ""},
    ],
)
def test_a_move_that_breaks_the_order_or_goes_back_is_said_at_its_field(ani, place, typed):
    assert move(ani, place, **typed).status_code == 422
    assert moves() == []


def test_of_two_who_move_the_second_is_told(ani, place):
    seen = told(instants_of(place.period))
    assert move(ani, place).status_code == 302
    assert move(ani, place, due_at="2020-07-20", seen=seen).status_code == 409
    assert len(moves()) == 1


def test_the_operation_itself_compares_what_was_seen(place):
    before = instants_of(place.period)
    with pytest.raises(Refused, match="diubah orang lain"):
        operations.move_instants(
            period=place.period,
            seen=Instants(before.due_at - DAY, before.locks_at, before.verification_ends_at),
            to=Instants(before.due_at + DAY, before.locks_at, before.verification_ends_at),
            reason="Cuti bersama digeser.",
            person=None,
            received_at=MORNING,
        )
