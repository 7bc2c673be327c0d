"""Where a step of a request leads, and the ends of things; without database."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stranas.requests.rules import (
    LONGEST_LINK,
    Act,
    Danger,
    IllegalStep,
    Party,
    State,
    danger,
    end_of_day,
    link_life,
    link_stands,
    next_state,
    suggested_day,
)
from stranas.system import text

INSP, UNIT = Party.INSPECTORATE, Party.UNIT
# Written out by hand, apart from the table of the product: state, act, party → state.
LEGAL = {
    **{
        (s, Act.AWAITS_SIGNATURE, UNIT): State.SIGNING
        for s in (State.ASKED, State.SEEN, State.SIGNING, State.SENT_BACK)
    },
    **{(s, Act.UPLOADED, UNIT): State.UPLOADED for s in (State.ASKED, State.SEEN, State.SIGNING, State.SENT_BACK)},
    **{
        (s, Act.WITHDRAWN, INSP): State.WITHDRAWN
        for s in (State.ASKED, State.SEEN, State.SIGNING, State.UPLOADED, State.SENT_BACK)
    },
    (State.ASKED, Act.SEEN, UNIT): State.SEEN,
    (State.UPLOADED, Act.SENT_BACK, INSP): State.SENT_BACK,
    (State.UPLOADED, Act.TAKEN, INSP): State.TAKEN,
}


@pytest.mark.parametrize("by", Party)
@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("state", State)
def test_every_step_from_every_state_by_everybody(state, act, by):
    wanted = LEGAL.get((state, act, by))
    if wanted:
        assert next_state(state=state, act=act, by=by) is wanted
    else:
        with pytest.raises(IllegalStep):
            next_state(state=state, act=act, by=by)


def test_every_state_has_a_word_and_a_mark():
    assert len({state.label for state in State}) == len(State)
    assert all(state.mark for state in State)


@pytest.mark.parametrize(
    ("zone", "end"),
    [
        ("Asia/Jakarta", datetime(2020, 7, 4, 17, tzinfo=UTC)),
        ("Asia/Makassar", datetime(2020, 7, 4, 16, tzinfo=UTC)),
        ("Asia/Jayapura", datetime(2020, 7, 4, 15, tzinfo=UTC)),
    ],
)
def test_a_day_ends_in_its_own_zone(zone, end):
    assert end_of_day(date(2020, 7, 4), zone) == end


def test_the_end_of_an_own_day_reads_as_its_last_minute():
    end = end_of_day(date(2020, 7, 4), "Asia/Jayapura")
    assert text.deadline(end, "Asia/Jayapura") == "Sabtu, 4 Juli 2020 pukul 23.59\u00a0WIT (21.59\u00a0WIB)"
    assert text.last_day(end) == date(2020, 7, 4)


@pytest.mark.parametrize(
    ("today", "day"),
    [
        (date(2020, 6, 20), date(2020, 7, 4)),
        (date(2020, 7, 10), date(2020, 7, 10)),
        (date(2020, 7, 20), date(2020, 7, 14)),
    ],
)
def test_ten_days_ahead_are_suggested_never_past_and_never_after_the_due_day(today, day):
    assert suggested_day(due_day=date(2020, 7, 14), today=today) == day


def test_a_link_outlives_its_day_by_a_week_and_never_two_months():
    due = datetime(2020, 7, 4, 17, tzinfo=UTC)
    assert link_life(due_at=due, now=due - timedelta(days=3)) == timedelta(days=10)
    assert link_life(due_at=due, now=due - timedelta(days=200)) == LONGEST_LINK
    assert link_life(due_at=due, now=due + timedelta(days=30)) == timedelta(days=1)


@pytest.mark.parametrize(("seconds", "stands"), [(-1, True), (0, False), (1, False)])
def test_a_link_ends_to_the_second(seconds, stands):
    end = datetime(2020, 7, 11, 17, tzinfo=UTC)
    assert link_stands(expires_at=end, revoked_at=None, now=end + timedelta(seconds=seconds)) is stands
    assert not link_stands(expires_at=end, revoked_at=end, now=end + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("left", "word"),
    [
        (timedelta(0), Danger.LATE),
        (timedelta(seconds=1), Danger.TODAY),
        (timedelta(days=2), Danger.SOON),
        (timedelta(days=3), Danger.NONE),
    ],
)
def test_how_much_a_delay_endangers(left, word):
    due = datetime(2020, 7, 4, 17, tzinfo=UTC)
    assert danger(due_at=due, now=due - left) is word
