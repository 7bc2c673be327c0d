from datetime import timedelta

import pytest
from sqlalchemy import event

from stranas.agencies.models import AgencyLevel
from stranas.evidence.models import CheckRun, CheckState, Finding, Severity
from stranas.evidence.queries import claim_for
from stranas.reporting.models import Submission
from stranas.reporting.rules import SubmissionKind
from stranas.system.db import db
from stranas.verification.queries.bulk import bulk_rows
from stranas.verification.queries.case import case_of
from stranas.verification.queries.queue import Filter, place_of, queue_ids, queue_rows
from stranas.verification.queries.scope import verifies
from tests import factories
from tests.verification import people
from tests.verification.people import MORNING


@pytest.fixture
def target(app):
    programme = factories.make_programme()
    return factories.make_target(factories.make_item(programme), factories.make_period(programme))


@pytest.fixture
def agencies(target):
    java = factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)
    return [
        factories.make_agency("33.23", "Kabupaten Temanggung", province=java),
        factories.make_agency("33.74", "Kota Semarang", AgencyLevel.CITY, province=java),
        factories.make_agency("91.01", "Kabupaten Merauke", timezone="Asia/Jayapura"),
        java,
    ]


def file_all(agencies, target, *, step=timedelta(hours=1)):
    """Each agency sends an hour before the one before it."""
    return [
        people.file_for(factories.make_obligation(agency, target), at=MORNING - number * step)
        for number, agency in enumerate(agencies)
    ]


def ids_of(verifier, **chosen):
    return queue_ids(scope=verifies(verifier), chosen=Filter(**chosen), now=MORNING)


def names(verifier, **chosen):
    return [row.agency_name for row in queue_rows(ids_of(verifier, **chosen), now=MORNING)]


def test_the_longest_waiting_comes_first(agencies, target):
    file_all(agencies[:3], target)
    citra = people.make_citra(*agencies)
    assert names(citra) == ["Kabupaten Merauke", "Kota Semarang", "Kabupaten Temanggung"]


def test_citra_sees_only_what_is_assigned_to_her(agencies, target):
    file_all(agencies, target)
    assert names(people.make_citra(agencies[0])) == ["Kabupaten Temanggung"]
    assert names(people.make_citra()) == []


def test_filters_narrow_the_queue(agencies, target):
    file_all(agencies, target)
    citra = people.make_citra(*agencies)
    assert names(citra, level=AgencyLevel.CITY) == ["Kota Semarang"]
    assert names(citra, province="33") == ["Provinsi Jawa Tengah", "Kota Semarang", "Kabupaten Temanggung"]
    assert names(citra, search="mera") == ["Kabupaten Merauke"]
    assert names(citra, search="100%") == []
    assert names(citra, period="B15") == []
    assert len(names(citra, period="B18", search="1-a")) == 4


def test_what_is_not_sent_is_not_in_the_queue(agencies, target):
    from stranas.reporting import operations

    obligation = factories.make_obligation(agencies[0], target)
    operations.start_submission(obligation=obligation, person=None, received_at=MORNING)
    assert ids_of(people.make_citra(agencies[0])) == []


def test_a_row_tells_time_kind_and_findings(agencies, target):
    document = people.make_document(agencies[2])
    obligation = factories.make_obligation(agencies[2], target)
    filed = people.file_for(obligation, at=obligation.period.due_at, document=document, kind=SubmissionKind.ACHIEVEMENT)
    run = CheckRun(
        document_id=document.id,
        claim=claim_for(target.requirements[0]),
        claimed_kind=target.requirements[0].kind.value,
        target_id=target.id,
        state=CheckState.DONE,
        queued_at=MORNING,
        findings=[
            Finding(position=n, code="x", severity=severity, message="m", repair="r")
            for n, severity in enumerate((Severity.EXPLAIN, Severity.INFO, Severity.MUST_FIX))
        ],
    )
    db.session.add(run)
    db.session.commit()
    (row,) = queue_rows([filed.submission.id], now=obligation.period.due_at)
    assert (row.on_time, row.ordinal, row.corrections, row.weighty_findings) == (False, 1, 0, 2)
    assert (row.previous_score, row.item_key, row.timezone) == (None, "1-a", "Asia/Jayapura")


@pytest.mark.parametrize(
    ("submission", "position", "following"),
    [(7, 1, 5), (5, 2, 9), (9, 3, 7), (4, 0, 7)],
)
def test_place_and_the_next_one(submission, position, following):
    place = place_of(submission, [7, 5, 9])
    assert (place.position, place.total, place.next_id) == (position, 3, following)


def test_after_the_last_one_there_is_no_next():
    assert place_of(7, [7]).next_id is None
    assert place_of(7, []).next_id is None


def questions(work):
    asked = []

    def count(*args):
        asked.append(args[2])

    event.listen(db.engine, "before_cursor_execute", count)
    try:
        db.session.expunge_all()
        work()
    finally:
        event.remove(db.engine, "before_cursor_execute", count)
    return len(asked)


def test_the_number_of_questions_does_not_grow_with_the_queue(agencies, target):
    filed = file_all(agencies, target)
    ids = [f.submission.id for f in filed]
    few = questions(lambda: queue_rows(ids[:1], now=MORNING))
    many = questions(lambda: queue_rows(ids, now=MORNING))
    assert few == many <= 10


def test_the_number_of_questions_does_not_grow_with_a_case(agencies, target):
    obligation = factories.make_obligation(agencies[0], target)
    one = people.file_for(obligation, document=people.make_document(agencies[0]))
    other = factories.make_obligation(agencies[1], target)
    many = people.file_for(other, document=people.make_document(agencies[1]), more=4)

    def look(filed):
        submission = db.session.get(Submission, filed.submission.id)
        assert case_of(submission, now=MORNING).documents

    assert questions(lambda: look(one)) == questions(lambda: look(many)) <= 20


def test_the_queue_by_closeness_of_the_end_of_verification(agencies, target):
    later = factories.make_period(target.period.programme, "B21", position=7)
    later.verification_ends_at = target.period.verification_ends_at + timedelta(days=90)
    other = factories.make_target(target.item, later)
    people.file_for(factories.make_obligation(agencies[0], other), at=MORNING - timedelta(days=2))
    people.file_for(factories.make_obligation(agencies[1], target), at=MORNING)
    citra = people.make_citra(*agencies)
    assert names(citra) == ["Kabupaten Temanggung", "Kota Semarang"]
    assert names(citra, by_end=True) == ["Kota Semarang", "Kabupaten Temanggung"]


def test_the_queue_by_item_and_by_what_is_overdue(agencies, target):
    programme = target.period.programme
    before = factories.make_period(programme, "B15", position=5)
    aksi = factories.make_item(programme, "7", depth=1)
    other = factories.make_target(factories.make_item(programme, "7-a", parent_id=aksi.id), before)
    people.file_for(factories.make_obligation(agencies[0], other), at=MORNING - timedelta(days=14))
    people.file_for(factories.make_obligation(agencies[1], target), at=MORNING - timedelta(days=13))
    citra = people.make_citra(*agencies)
    assert names(citra, item="7") == names(citra, item="7-a") == names(citra, overdue=True) == ["Kabupaten Temanggung"]
    assert names(citra, item="1-a") == ["Kota Semarang"]
    (row,) = queue_rows(ids_of(citra, overdue=True), now=MORNING)
    assert (row.is_overdue, row.verification_ends_at) == (True, before.verification_ends_at)


def test_the_number_of_questions_does_not_grow_with_what_is_accepted_together(agencies, target):
    ids = [f.submission.id for f in file_all(agencies, target)]
    few = questions(lambda: bulk_rows(ids[:1], now=MORNING))
    many = questions(lambda: bulk_rows(ids, now=MORNING))
    assert few == many <= 20
