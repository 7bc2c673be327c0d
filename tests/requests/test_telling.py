"""What a report's history and a hand-over sheet are told of requests."""

import pytest

from stranas.accounts.handing_over import open_work
from stranas.accounts.models import Role
from stranas.reporting.queries.timeline import timeline_of
from stranas.system import clock
from tests import factories
from tests.requests.people import NOW, make_office, make_request


@pytest.fixture
def office(app):
    with clock.at(NOW):
        yield make_office()


def test_a_request_stands_in_the_history_of_its_report_for_the_agency_alone(office):
    request = make_request(office)
    told = [timeline_of(request.obligation, own=own, judged=True, now=NOW).moments for own in (True, False)]
    sentence = f"Permintaan kepada {request.unit.name}: diminta."
    assert [sentence in [moment.sentence for moment in moments] for moments in told] == [True, False]


def test_an_open_request_is_on_the_sheet_of_the_inspectorate_and_of_its_unit(office):
    request = make_request(office)
    agency = request.obligation.agency
    coordinator = factories.make_person(Role.COORDINATOR, agency, name="Wulan")
    person = factories.make_person(Role.UNIT, agency, name="Tika")
    person.memberships[0].unit_id = request.unit_id
    humas = factories.make_person(Role.HUMAS, agency, name="Galih")
    listed = [
        [line.what for line in open_work(one.memberships[0], now=NOW) if line.what.startswith("Permintaan")]
        for one in (coordinator, person, humas)
    ]
    words = f"Permintaan kepada {request.unit.name}, {request.obligation.item.key} {request.obligation.period.key}"
    assert listed == [[words], [words], []]
