from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Role
from stranas.deadlines.models import Extension
from stranas.reporting import operations
from stranas.reporting.operations import EditConflict, Entry
from stranas.reporting.rules import (
    TRANSITIONS,
    Actor,
    EventKind,
    IllegalTransition,
    Status,
    fingerprint,
    next_status,
)
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from tests import factories

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
ENTRY = Entry(progress_percent=Decimal(90), realised_value=Decimal("64.5"), narrative="129 dari 200 permohonan")


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency())


@pytest.fixture
def obligation(budi):
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    return factories.make_obligation(budi.memberships[0].agency, target)


def saved(obligation, budi, entry=ENTRY):
    submission = operations.start_submission(obligation=obligation, person=budi, received_at=clock.now())
    operations.save_draft(submission=submission, entry=entry, revision=0, person=budi, received_at=clock.now())
    return submission


def filed(obligation, budi):
    submission = saved(obligation, budi)
    operations.mark_ready(submission=submission, person=budi, received_at=clock.now())
    return submission, operations.file_submissions(
        agency=obligation.agency,
        period=obligation.period,
        submissions=[submission],
        person=budi,
        received_at=clock.now(),
    )


def give(*, period, agency, until):
    db.session.add(
        Extension(period_id=period.id, agency_id=agency.id, until=until, reason="Banjir", decided_at=clock.now())
    )
    db.session.commit()


def test_a_filing_freezes_what_was_written(obligation, budi):
    with clock.at(MORNING):
        submission, filing = filed(obligation, budi)
    version = filing.versions[0]
    assert filing.number == "B18-33.23-0001"
    assert submission.status is Status.SENT
    assert '"realised_value":"64.5"' in version.content
    assert version.sha256 == fingerprint(version.content)


def test_events_say_what_the_stored_status_says(obligation, budi):
    with clock.at(MORNING):
        submission, _ = filed(obligation, budi)
    kinds = [event.kind for event in submission.events]
    assert kinds == [EventKind.STARTED, EventKind.MARKED_READY, EventKind.FILED]
    assert submission.events[-1].status is submission.status


def test_a_second_save_from_an_old_revision_is_a_conflict(obligation, budi):
    with clock.at(MORNING):
        submission = saved(obligation, budi)
        other = Entry(narrative="isi lain")
        with pytest.raises(EditConflict):
            operations.save_draft(submission=submission, entry=other, revision=0, person=budi, received_at=clock.now())
    assert submission.narrative == ENTRY.narrative


def test_saving_the_same_words_again_is_no_conflict(obligation, budi):
    with clock.at(MORNING):
        submission = saved(obligation, budi)
        operations.save_draft(submission=submission, entry=ENTRY, revision=0, person=budi, received_at=clock.now())
    assert submission.revision == 1


def test_filing_closes_at_the_lock_to_the_second(obligation, budi):
    closes = obligation.period.locks_at
    with clock.at(closes):
        submission = saved(obligation, budi)
        operations.mark_ready(submission=submission, person=budi, received_at=clock.now())
        send = {"agency": obligation.agency, "period": obligation.period, "submissions": [submission], "person": budi}
        with pytest.raises(Refused, match="sudah lewat"):
            operations.file_submissions(**send, received_at=closes)
        operations.file_submissions(**send, received_at=closes - timedelta(seconds=1))
    assert submission.status is Status.SENT


def test_a_return_opens_a_correction_window_that_outlasts_the_lock(obligation, budi):
    locks_at = obligation.period.locks_at
    with clock.at(locks_at - timedelta(hours=1)):
        submission, _ = filed(obligation, budi)
    with clock.at(locks_at + timedelta(days=1)):
        operations.record_decision(
            submission=submission, outcome=EventKind.RETURNED, person=None, received_at=clock.now(), reason="K01"
        )
    with clock.at(locks_at + timedelta(days=10)):
        operations.mark_ready(submission=submission, person=budi, received_at=clock.now())
        second = operations.file_submissions(
            agency=obligation.agency,
            period=obligation.period,
            submissions=[submission],
            person=budi,
            received_at=clock.now(),
        )
    assert second.ordinal == 2
    assert submission.status is Status.SENT


def test_an_extension_granted_later_keeps_the_correction_open(obligation, budi):
    locks_at = obligation.period.locks_at
    with clock.at(MORNING):
        submission, _ = filed(obligation, budi)
        operations.record_decision(
            submission=submission, outcome=EventKind.RETURNED, person=None, received_at=clock.now(), reason="K01"
        )
    window, until = submission.correction_ends_at, locks_at + timedelta(days=10)
    assert window < until
    with clock.at(window - timedelta(days=1)):
        give(period=obligation.period, agency=obligation.agency, until=until)
    with clock.at(until - timedelta(hours=1)):
        operations.mark_ready(submission=submission, person=budi, received_at=clock.now())
        send = {"agency": obligation.agency, "period": obligation.period, "submissions": [submission], "person": budi}
        with pytest.raises(Refused, match="sudah lewat"):
            operations.file_submissions(**send, received_at=until)
        operations.file_submissions(**send, received_at=until - timedelta(seconds=1))
    assert submission.status is Status.SENT


def test_a_sent_report_cannot_be_edited(obligation, budi):
    with clock.at(MORNING):
        submission, _ = filed(obligation, budi)
        with pytest.raises(Refused, match="tidak dapat diubah"):
            operations.save_draft(
                submission=submission, entry=Entry(), revision=1, person=budi, received_at=clock.now()
            )


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("event", EventKind)
@pytest.mark.parametrize("by", Actor)
def test_every_step_outside_the_table_is_refused(status, event, by):
    legal = {(row.status, row.event, row.by) for row in TRANSITIONS}
    if (status, event, by) in legal:
        approval = event is EventKind.APPROVAL_REQUESTED
        assert next_status(status=status, event=event, by=by, approval=approval) in Status
    else:
        with pytest.raises(IllegalTransition):
            next_status(status=status, event=event, by=by)
