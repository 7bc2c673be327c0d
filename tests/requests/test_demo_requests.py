"""The requests of the demo: histories that the table of steps allows, and people who find their own."""

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.agencies.queries import units_of
from stranas.requests.models import RequestEvent, UnitRequest
from stranas.requests.rules import Act, Party, State, next_state
from stranas.system.db import db

BY = {Act.SENT_BACK: Party.INSPECTORATE, Act.TAKEN: Party.INSPECTORATE, Act.WITHDRAWN: Party.INSPECTORATE}


def test_every_history_is_one_that_the_table_allows(demo_app):
    requests = db.session.scalars(db.select(UnitRequest)).unique().all()
    assert len({request.state for request in requests}) >= 5
    for request in requests:
        state = State.ASKED
        history = db.select(RequestEvent).filter_by(request_id=request.id).order_by(RequestEvent.sequence)
        events = db.session.scalars(history).all()
        for event in events[1:]:
            state = next_state(state=state, act=event.act, by=BY.get(event.act, Party.UNIT))
            assert event.state is state
        assert (request.state, request.since) == (state, events[-1].received_at)


def test_lestari_finds_what_dpmptsp_is_asked_for(demo_app, client, sign_in):
    sign_in(db.session.scalars(db.select(User).where(User.name == "Lestari Ningsih")).one())
    page = client.get("/permintaan-saya").text
    assert page.count("Dinas Penanaman Modal") == 2
    assert "Dikembalikan Inspektorat" in page


def test_units_of_a_ministry_nest(demo_app):
    ministry = db.session.scalars(db.select(Agency.id).where(Agency.code == "kemendagri")).one()
    assert {unit.depth for unit in units_of(ministry)} == {0, 1}
