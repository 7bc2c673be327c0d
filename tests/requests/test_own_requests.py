"""Somebody of a unit sees and answers what his unit, and those inside it, are asked for; nothing else."""

import pytest

from stranas.requests.models import RequestEvent
from stranas.requests.rules import Act, State
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.requests.people import NOW, make_office, make_request, upload


@pytest.fixture
def office(app, sign_in):
    with clock.at(NOW):
        office = make_office()
        sign_in(office.lestari)
        yield office


def test_the_own_unit_and_those_inside_it(client, office):
    inner = factories.make_unit(office.agency, "Seksi Perizinan", parent_id=office.staffed.id)
    own, nested, foreign = (make_request(office, unit) for unit in (office.staffed, inner, office.unit))
    page = client.get("/permintaan-saya").text
    assert f"/permintaan-saya/{own.id}" in page
    assert f"/permintaan-saya/{nested.id}" in page
    assert f"/permintaan-saya/{foreign.id}" not in page
    assert client.get(f"/permintaan-saya/{nested.id}").status_code == 200
    assert client.get(f"/permintaan-saya/{foreign.id}").status_code == 404
    assert client.post(f"/permintaan-saya/{foreign.id}", data={"do": "kirim"}).status_code == 404


def test_answering_names_the_person(client, office):
    request = make_request(office, office.staffed)
    client.get(f"/permintaan-saya/{request.id}")
    data = {"do": "kirim", "berkas": [upload()], "description": "Rekap"}
    answer = client.post(f"/permintaan-saya/{request.id}", data=data, content_type="multipart/form-data")
    assert answer.status_code == 303
    db.session.expire_all()
    assert request.state is State.UPLOADED
    events = db.session.execute(db.select(RequestEvent.act, RequestEvent.actor_id).order_by(RequestEvent.sequence))
    assert [tuple(event) for event in events][1:] == [(Act.SEEN, office.lestari.id), (Act.UPLOADED, office.lestari.id)]


def test_somebody_placed_nowhere_is_told_what_to_do(client, office):
    office.lestari.memberships[0].unit_id = None
    db.session.commit()
    assert "belum dihubungkan dengan unit" in client.get("/permintaan-saya").text
