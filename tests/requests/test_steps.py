"""Every verb from every state, on the database: it leads where the table says, or is refused and changes nothing."""

from datetime import date

import pytest

from stranas.requests import operations
from stranas.requests.models import RequestEvent, UnitRequest
from stranas.requests.operations import Doer
from stranas.requests.rules import IllegalStep, Party, State
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry
from tests.requests.people import NOW, make_office, make_request
from tests.verification.people import make_document

UNIT = Doer(Party.UNIT)
VERBS = {
    "see": (lambda r: operations.see(request=r, doer=UNIT, received_at=NOW), {State.ASKED: State.SEEN}),
    "sign": (
        lambda r: operations.await_signature(
            request=r, signer="Kepala Dinas", since=date(2020, 7, 1), doer=UNIT, received_at=NOW
        ),
        {s: State.SIGNING for s in State if s.waits_for_unit},
    ),
    "send": (
        lambda r: operations.send(request=r, doer=UNIT, received_at=NOW),
        {s: State.UPLOADED for s in State if s.waits_for_unit},
    ),
    "take": (
        lambda r: operations.take(request=r, document_ids=[], person=None, received_at=NOW),
        {State.UPLOADED: State.TAKEN},
    ),
    "send_back": (
        lambda r: operations.send_back(request=r, reason="Belum lengkap", person=None, received_at=NOW),
        {State.UPLOADED: State.SENT_BACK},
    ),
    "withdraw": (
        lambda r: operations.withdraw(request=r, reason="", person=None, received_at=NOW),
        {s: State.WITHDRAWN for s in State if s.is_open},
    ),
}


@pytest.fixture
def asked(app) -> UnitRequest:
    with clock.at(NOW):
        request = make_request(make_office())
        document = make_document(request.unit and request.obligation.agency)
        operations.add_file(request=request, document=document, received_at=NOW)
        db.session.commit()
        yield request


def picture(request: UnitRequest) -> tuple:
    db.session.expire_all()
    events = db.session.scalar(db.select(db.func.count(RequestEvent.id)))
    audited = db.session.scalar(db.select(db.func.count(AuditEntry.id)))
    return (request.state, request.since, request.signer, events, audited)


def refused(act, request: UnitRequest) -> bool:
    """Refused by the table; opening a request once more is no event at all."""
    try:
        return act(request) is None
    except IllegalStep:
        return True


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_from_every_state(asked, verb):
    act, leads = VERBS[verb]
    for state in State:
        asked.state = state
        db.session.commit()
        before = picture(asked)
        with db.session.begin_nested() as undo:
            if state in leads:
                act(asked)
                assert asked.state is leads[state]
                assert picture(asked)[3] == before[3] + 1
                last = db.session.scalars(db.select(RequestEvent).order_by(RequestEvent.id.desc())).first()
                assert last.state is leads[state]
            else:
                assert refused(act, asked)
                assert picture(asked) == before
            undo.rollback()


def test_who_acted_is_kept(asked):
    lestari = asked.asked_by
    operations.see(request=asked, doer=Doer(Party.UNIT, person=lestari), received_at=NOW)
    first, second = db.session.scalars(db.select(RequestEvent).order_by(RequestEvent.sequence))
    assert (first.act.value, second.act.value, second.actor_id) == ("asked", "seen", lestari.id)
