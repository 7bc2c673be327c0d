"""Two people decide the same request at the same moment, each in a transaction of his own, on both databases."""

from threading import Barrier, Thread

import pytest

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.deadlines import operations
from stranas.deadlines.models import Extension, ExtensionRequest
from stranas.deadlines.rules import RequestState, end_of
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.errors import Refused
from tests.conftest import make_app
from tests.deadlines.asked import FRIDAY


@pytest.fixture
def house(seeded_url, tmp_path):
    application = make_app(tmp_path / "var", seeded_url)
    with application.app_context(), unit_of_work():
        operations.ask_extension(
            period=db.session.scalars(db.select(Period).filter_by(key="B18")).one(),
            agency=db.session.scalars(db.select(Agency).filter_by(code="33.23")).one(),
            item=None,
            until=end_of(FRIDAY),
            reason="Banjir bandang.",
            letter="",
            person=None,
            received_at=end_of(FRIDAY),
        )
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


def grant(request: ExtensionRequest, person: User | None) -> None:
    operations.grant_request(request=request, until=request.until, answer="", person=person, reached=())


def decline(request: ExtensionRequest, person: User | None) -> None:
    operations.decline_request(request=request, answer="Belum dapat dikabulkan.", person=person)


@pytest.mark.parametrize("acts", [(grant, grant), (grant, decline)])
def test_one_wins_and_the_other_is_refused(house, acts):
    start, ends = Barrier(2), []

    def decide(act) -> None:
        with house.app_context():
            with read_only():
                request_id = db.session.scalar(db.select(ExtensionRequest.id))
            start.wait()
            try:
                with unit_of_work():
                    act(db.session.get_one(ExtensionRequest, request_id), None)
                ends.append(act.__name__)
            except Refused:
                ends.append("refused")
            db.session.remove()

    threads = [Thread(target=decide, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert ends.count("refused") == 1
    with house.app_context(), read_only():
        state = db.session.scalar(db.select(ExtensionRequest.state))
        count = db.session.scalar(db.select(db.func.count(Extension.id)))
    won = next(end for end in ends if end != "refused")
    assert (state, count) == ((RequestState.GRANTED, 1) if won == "grant" else (RequestState.DECLINED, 0))


def test_the_same_extension_given_by_two_clicks_is_one(house):
    start, ends = Barrier(2), []

    def give() -> None:
        with house.app_context():
            with read_only():
                asked = db.session.execute(db.select(ExtensionRequest.period_id, ExtensionRequest.agency_id)).one()
            start.wait()
            try:
                with unit_of_work():
                    operations.grant_extension(
                        period_id=asked.period_id, agency_id=asked.agency_id, until=end_of(FRIDAY), reason="Banjir."
                    )
                ends.append("given")
            except Refused:
                ends.append("refused")
            db.session.remove()

    threads = [Thread(target=give) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert sorted(ends) == ["given", "refused"]
