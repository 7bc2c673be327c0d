"""The stages by the clock, to the second; what may be answered; what a release waits for."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from stranas.agencies.holidays import indonesian_holidays
from stranas.deadlines.rules import end_of
from stranas.release.rules import (
    Answer,
    Outcome,
    Stage,
    Unfinished,
    choices,
    clarification_ends,
    is_released,
    minutes_due,
    stage,
    unfinished,
)
from stranas.reporting.rules import EventKind, Status, SubmissionKind

LOCKS = end_of(date(2020, 4, 29))
VERIFIED = end_of(date(2020, 6, 15))
CLARIFIED = end_of(date(2020, 6, 24))
RELEASED = datetime(2020, 7, 1, 3, tzinfo=UTC)
SCORES = (0, 25, 50, 75, 100)


def _at(now, *, closed=True, released=RELEASED):
    return stage(
        now=now,
        locks_at=LOCKS,
        verification_ends_at=VERIFIED,
        clarification_ends_at=CLARIFIED if closed else None,
        released_at=released,
    )


@pytest.mark.parametrize(
    ("instant", "before", "after"),
    [
        (LOCKS, Stage.FILLING, Stage.VERIFICATION),
        (VERIFIED, Stage.VERIFICATION, Stage.CLARIFICATION),
        (CLARIFIED, Stage.CLARIFICATION, Stage.READY),
        (RELEASED, Stage.READY, Stage.RELEASED),
    ],
)
def test_a_stage_begins_with_its_instant(instant, before, after):
    second = timedelta(seconds=1)
    assert [_at(instant - second), _at(instant), _at(instant + second)] == [before, after, after]


def test_until_the_schedule_wrote_the_closing_it_is_being_closed():
    assert _at(VERIFIED, closed=False, released=None) is Stage.CLOSING
    assert _at(VERIFIED - timedelta(seconds=1), closed=False, released=None) is Stage.VERIFICATION


@pytest.mark.parametrize(("seconds", "released"), [(-1, False), (0, True), (1, True)])
def test_a_release_counts_from_its_instant_on(seconds, released):
    assert is_released(RELEASED, RELEASED + timedelta(seconds=seconds)) is released
    assert not is_released(None, RELEASED)


def _ends(closed_at, *, verified=VERIFIED, days=7):
    return clarification_ends(
        verification_ends_at=verified, closed_at=closed_at, working_days=days, holidays=indonesian_holidays()
    )


def test_seven_working_days_begin_with_the_day_after_verification():
    assert _ends(VERIFIED) == _ends(VERIFIED + timedelta(hours=20)) == CLARIFIED


def test_a_closing_that_was_written_later_gives_its_days_from_then_on():
    late = VERIFIED + timedelta(days=3, hours=2)  # Friday 19 June: that day and six more
    assert _ends(late) == end_of(date(2020, 6, 29))


def test_holidays_and_the_turn_of_the_year_are_no_working_days():
    ends = _ends(end_of(date(2019, 12, 23)), verified=end_of(date(2019, 12, 23)))
    assert ends == end_of(date(2020, 1, 6))  # Christmas with its leave day, New Year, two weekends


def test_the_release_waits_five_working_days_for_signatures():
    assert minutes_due(clarification_ends_at=CLARIFIED, working_days=5, holidays=indonesian_holidays()) == end_of(
        date(2020, 7, 1)
    )


def _offered(status, *, kind=SubmissionKind.ACHIEVEMENT, score=None):
    return {c.word: c.answer for c in choices(status=status, kind=kind, score=score, scores=SCORES)}


def test_a_score_may_stay_become_another_or_none():
    offered = _offered(Status.VERIFIED, score=Decimal(50))
    assert list(offered) == ["tetap", "nilai-0", "nilai-25", "nilai-75", "nilai-100", "tidak-memenuhi"]
    assert offered["nilai-75"] == Answer(EventKind.VERIFIED, Decimal(75))
    assert offered["tidak-memenuhi"] == Answer(EventKind.REJECTED, Decimal(0))
    assert (offered["tetap"].outcome, offered["nilai-0"].outcome) == (Outcome.KEPT, Outcome.CHANGED)


def test_what_was_rejected_or_not_decided_may_get_every_score():
    assert list(_offered(Status.REJECTED, score=Decimal(0)))[1:] == [f"nilai-{score}" for score in SCORES]
    assert list(_offered(Status.SENT))[1:] == [*(f"nilai-{score}" for score in SCORES), "tidak-memenuhi"]


@pytest.mark.parametrize("kind", [SubmissionKind.NIL, SubmissionKind.NOT_COMPETENT, SubmissionKind.WAITING])
def test_a_state_beside_the_main_line_has_no_score(kind):
    assert list(_offered(Status.VERIFIED, kind=kind)) == ["tetap"]
    assert list(_offered(Status.SENT, kind=kind)) == ["tetap", "setuju"]


@pytest.mark.parametrize("status", [Status.RETURNED, Status.DRAFT, Status.READY])
def test_what_was_reopened_meanwhile_can_only_stay(status):
    assert list(_offered(status)) == ["tetap"]


def test_signatures_are_waited_for_until_their_day_only():
    due = end_of(date(2020, 7, 1))
    said = {"undecided": 0, "open_clarifications": 0, "unsigned": 4, "minutes_due_at": due}
    assert unfinished(**said, release_at=due - timedelta(seconds=1)) == Unfinished(unsigned_in_time=4)
    assert unfinished(**said, release_at=due).is_empty
    assert not unfinished(**(said | {"undecided": 1}), release_at=due).is_empty
