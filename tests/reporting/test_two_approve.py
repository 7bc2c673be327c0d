"""Two officials decide the same request at the same moment, each in a transaction of his own, on both databases."""

from datetime import UTC, datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.reporting import operations
from stranas.reporting.models import Approval, ApprovalState, Filing, Obligation
from stranas.reporting.operations import Entry
from stranas.system import clock
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.errors import Refused
from tests import factories
from tests.conftest import make_app

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)


@pytest.fixture
def house(seeded_url, tmp_path):
    application = make_app(tmp_path / "var", seeded_url)
    with application.app_context(), unit_of_work(), clock.at(MORNING):
        agency = db.session.scalars(db.select(Agency).filter_by(code="33.23")).one()
        budi = factories.make_person(Role.COORDINATOR, agency)
        for name in ("Sri", "Tono"):
            factories.make_person(Role.CERTIFIER, agency, name=name)
        _ask(agency, budi)
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


def _ask(agency: Agency, budi: User) -> None:
    period = db.session.scalars(db.select(Period).filter_by(key="B18")).one()
    obligation = db.session.scalars(
        db.select(Obligation).filter_by(agency_id=agency.id, period_id=period.id).limit(1)
    ).one()
    submission = operations.start_submission(obligation=obligation, person=budi, received_at=MORNING)
    entry = Entry(progress_percent=Decimal(90), realised_value=Decimal(1), narrative="Selesai.")
    operations.save_draft(submission=submission, entry=entry, revision=0, person=budi, received_at=MORNING)
    operations.mark_ready(submission=submission, person=budi, received_at=MORNING)
    operations.request_approval(
        agency=agency, period=period, submissions=[submission], person=budi, received_at=MORNING
    )


def approve(approval: Approval, person: User) -> None:
    operations.approve(approval=approval, person=person, received_at=MORNING)


def decline(approval: Approval, person: User) -> None:
    operations.decline(approval=approval, person=person, reason="Belum cocok.", received_at=MORNING)


@pytest.mark.parametrize("acts", [(approve, approve), (approve, decline)])
def test_one_wins_and_the_other_is_refused(house, acts):
    start, ends = Barrier(2), []

    def decide(act, name: str) -> None:
        with house.app_context(), clock.at(MORNING):
            with read_only():
                approval_id = db.session.scalar(db.select(Approval.id))
                person_id = db.session.scalar(db.select(User.id).where(User.name == name))
            start.wait()
            try:
                with unit_of_work():
                    act(db.session.get_one(Approval, approval_id), db.session.get_one(User, person_id))
                ends.append(act.__name__)
            except Refused as refusal:
                ends.append(refusal.sentence)
            db.session.remove()

    threads = [Thread(target=decide, args=pair) for pair in zip(acts, ("Sri", "Tono"), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    refused = [end for end in ends if end.startswith("Permintaan ini sudah")]
    assert len(refused) == 1
    with house.app_context(), read_only():
        state = db.session.scalar(db.select(Approval.state))
        count = db.session.scalar(db.select(db.func.count(Filing.id)))
    won = next(end for end in ends if end not in refused)
    assert (state, count) == ((ApprovalState.APPROVED, 1) if won == "approve" else (ApprovalState.DECLINED, 0))
