"""The snapshot against an independent recomputation, and what a cut-off and a scope do to it."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import event, text

from stranas.agencies.models import AgencyLevel
from stranas.compliance.document import nine
from stranas.compliance.queries import Unknown, snapshot
from stranas.compliance.rules import Group, rounded
from stranas.deadlines.operations import grant_extension, move_instants
from stranas.deadlines.operations.moves import instants_of
from stranas.reporting import operations as reporting
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.rules import EventKind, Status
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import DUE, NOW, settle
from tests.compliance.recomputed import recomputed

B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}


@pytest.fixture
def country(app):
    with clock.at(NOW):
        yield settle(agencies=60)


def test_every_figure_equals_a_recomputation_written_apart(country):
    cutoff = NOW - timedelta(minutes=2)
    seen = snapshot(**B15, cutoff=cutoff)
    again = recomputed(lambda query: db.session.execute(text(query)).all(), "B15", cutoff)
    assert len(seen.agencies) == 60
    assert sum(row.figures.expected for row in seen.agencies) > 150
    assert {row.agency.code: nine(row.figures) for row in seen.agencies} == again["agency"]
    for name, groups in (("province", seen.provinces), ("level", seen.levels)):
        assert {found.key: _nine_and_pooled(found.group) for found in groups} == again[name]
    assert _nine_and_pooled(seen.total) == again["national"][""]


def _nine_and_pooled(group: Group) -> tuple:
    pooled = nine(group.pooled)
    means = (group.compliance, group.punctuality, group.achievement, group.first_pass)
    return (*pooled[:5], *map(rounded, means), *pooled[5:])


def test_groups_are_means_of_their_agencies(country):
    seen = snapshot(**B15, cutoff=NOW - timedelta(minutes=2))
    counted = [row.figures for row in seen.agencies if row.figures.expected]
    assert seen.total.compliance == sum((f.compliance for f in counted), Fraction(0)) / len(counted)
    assert seen.total.without == 60 - len(counted) > 0
    assert {level.key for level in seen.levels} == {"kl", "provinsi", "kabupaten", "kota"}
    aceh = next(p for p in seen.provinces if p.key == "11")
    inside = [r.figures for r in seen.agencies if r.agency.province_code == "11"]
    assert aceh.group.agencies + aceh.group.without == len(inside)
    assert aceh.group.pooled.expected == sum(f.expected for f in inside)
    assert AgencyLevel.PROVINCE in {r.agency.level for r in seen.agencies if r.agency.province_code == "11"}


def test_an_event_recorded_after_the_cutoff_changes_nothing(country):
    before = snapshot(**B15, cutoff=NOW - timedelta(minutes=2))
    submission = db.session.scalars(db.select(Submission).where(Submission.status == Status.SENT)).first()
    db.session.add(
        SubmissionEvent(
            submission_id=submission.id,
            sequence=99,
            kind=EventKind.VERIFIED,
            status=Status.VERIFIED,
            received_at=NOW - timedelta(minutes=5),
            recorded_at=NOW - timedelta(minutes=1),
            score=Decimal(100),
        )
    )
    db.session.flush()
    assert snapshot(**B15, cutoff=NOW - timedelta(minutes=2)) == before
    with clock.at(NOW + timedelta(hours=1)):
        assert snapshot(**B15) != before


def test_a_past_cutoff_stays_while_the_quarter_goes_on(country):
    """By the real operations: a decision, a correction, an extension for somebody late, a filing that it allows."""
    cutoff = NOW - timedelta(minutes=2)
    before = snapshot(**B15, cutoff=cutoff)
    late = next(d for d in before.details if d.result.received and not d.result.on_time)
    silent = db.session.scalars(db.select(Obligation).where(~Obligation.submission.has())).first()
    sent = db.session.scalars(db.select(Submission).where(Submission.status == Status.SENT)).first()
    with clock.at(NOW + timedelta(hours=1)):
        country.verification_ends_at = NOW + timedelta(days=30)
        for agency_id in (late.agency.id, silent.agency_id):
            grant_extension(
                period_id=country.id, agency_id=agency_id, until=NOW + timedelta(days=5), reason="Banjir bandang"
            )
    with clock.at(NOW + timedelta(hours=2)):
        reporting.record_decision(
            submission=sent, outcome=EventKind.RETURNED, person=None, received_at=clock.now(), reason="K01"
        )
        _send(sent)
        _send(reporting.start_submission(obligation=silent, person=None, received_at=clock.now()))
    with clock.at(NOW + timedelta(hours=3)):
        assert snapshot(**B15, cutoff=cutoff) == before
        after = snapshot(**B15)
    was, now = before.total.pooled, after.total.pooled
    assert (now.received, now.verified) == (was.received + 1, was.verified + 1)
    assert now.on_time >= was.on_time + 2
    assert late not in after.details


def test_moving_the_due_instant_changes_no_figure_of_a_past_cutoff(country):
    cutoff = DUE - timedelta(days=2)
    with clock.at(cutoff + timedelta(hours=1)):
        before = snapshot(**B15, cutoff=cutoff)
        seen = instants_of(country)
        later = replace(seen, due_at=seen.due_at + timedelta(days=3))
        move_instants(period=country, seen=seen, to=later, reason="Gempa bumi", person=None, received_at=clock.now())
        after = snapshot(**B15, cutoff=cutoff)
    assert before.total.pooled.on_time > 0
    assert (after.agencies, after.total, after.matrix) == (before.agencies, before.total, before.matrix)


def _send(submission: Submission) -> None:
    obligation, at = submission.obligation, clock.now()
    reporting.mark_ready(submission=submission, person=None, received_at=at)
    reporting.file_submissions(
        agency=obligation.agency, period=obligation.period, submissions=[submission], person=None, received_at=at
    )


def test_a_return_counts_its_reason_from_when_it_was_recorded(country):
    before = sum(reason.count for reason in snapshot(**B15).reasons)
    event = db.session.scalars(db.select(SubmissionEvent).where(SubmissionEvent.kind == EventKind.RETURNED)).first()
    event.recorded_at = NOW - timedelta(minutes=1)
    db.session.flush()
    assert sum(reason.count for reason in snapshot(**B15).reasons) == before - 1


def test_a_cutoff_younger_than_two_minutes_is_refused(country):
    with pytest.raises(ValueError, match="two minutes"):
        snapshot(**B15, cutoff=NOW - timedelta(seconds=119))


def test_extensions_and_outages_are_listed_and_make_on_time(country):
    seen = snapshot(**B15)
    assert [e.kind for e in seen.later_ends].count("Gangguan layanan") == 1
    assert [e.kind for e in seen.later_ends].count("Perpanjangan batas waktu") == 2
    assert "Diputuskan sesudah" not in " ".join(e.reason for e in seen.later_ends)
    assert all(detail.due_at >= DUE + timedelta(hours=12) for detail in seen.details)
    saved = [d for d in seen.details if d.result.on_time and d.result.first_submitted_at >= DUE]
    assert saved


def test_scopes_narrow_to_agency_province_and_level(country):
    one = snapshot(**B15, agency_code="11")
    assert [row.agency.code for row in one.agencies] == ["11"]
    assert one.scope == "Provinsi Aceh"
    region = snapshot(**B15, province_code="11")
    assert {row.agency.province_code for row in region.agencies} == {"11"}
    cities = snapshot(**B15, level=AgencyLevel.CITY)
    assert {row.agency.level for row in cities.agencies} == {AgencyLevel.CITY}


@pytest.mark.parametrize(
    ("names", "what"),
    [
        ({"period_key": "B99"}, "period"),
        ({"programme_key": "mcp"}, "programme"),
        ({"agency_code": "99.99"}, "agency"),
        ({"province_code": "11.01"}, "province"),
    ],
)
def test_an_unknown_name_says_which(country, names, what):
    with pytest.raises(Unknown) as caught:
        snapshot(**(B15 | names))
    assert caught.value.what == what


def test_the_number_of_questions_does_not_grow_with_agencies(app):
    with clock.at(NOW):
        settle(agencies=30)
        few = _questions(lambda: snapshot(**B15, province_code="11"))
        many = _questions(lambda: snapshot(**B15))
    assert many <= few
    assert many <= 13


def _questions(work) -> int:
    seen = []

    def count(*args):
        seen.append(args[2])

    connection = db.session.connection()
    event.listen(connection, "before_cursor_execute", count)
    try:
        work()
    finally:
        event.remove(connection, "before_cursor_execute", count)
    return len(seen)


def test_reasons_are_counted_most_frequent_first(country):
    counts = [reason.count for reason in snapshot(**B15).reasons]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 0


def test_figures_are_rounded_only_at_the_end(country):
    total = snapshot(**B15).total
    assert total.compliance != rounded(total.compliance)
