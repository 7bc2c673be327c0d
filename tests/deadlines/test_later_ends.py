"""What extensions, outages and returns do to the end of one obligation; standard library only."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stranas.deadlines.rules import (
    Cover,
    CoverKind,
    Instants,
    correction_closes,
    due,
    filing_closes,
    move_problem,
    prolonged,
    reaching,
    until_problem,
)

DUE = datetime(2020, 7, 14, 17, tzinfo=UTC)
LOCKS = datetime(2020, 7, 28, 17, tzinfo=UTC)
VERIFIED = datetime(2020, 9, 14, 17, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)


def extension(until, *, decided_at=DUE, **whom):
    return Cover(until=until, decided_at=decided_at, reason="banjir", **whom)


def outage(began_at, ended_at, until, *, decided_at=DUE):
    return Cover(
        until=until,
        decided_at=decided_at,
        reason="pusat data",
        kind=CoverKind.OUTAGE,
        began_at=began_at,
        ended_at=ended_at,
    )


def due_with(*covers, cutoff=DUE + 30 * DAY):
    its = reaching(covers, due_at=DUE, agency_id=1, province_id=2, item_id=3, cutoff=cutoff)
    return due(own_due_at=None, period_due_at=DUE, later=its, cutoff=cutoff)


def test_an_outage_moves_what_was_due_in_it_and_nothing_else():
    for ended_at, moved in ((DUE - SECOND, False), (DUE, True), (DUE + SECOND, True)):
        assert (due_with(outage(DUE - HOUR, ended_at, DUE + DAY)) > DUE) is moved
    for began_at, moved in ((DUE - SECOND, True), (DUE, False), (DUE + SECOND, False)):
        assert (due_with(outage(began_at, DUE + HOUR, DUE + DAY)) > DUE) is moved


def test_an_outage_during_an_extended_end_moves_that_agency_only():
    until = DUE + 3 * DAY
    own = extension(until, agency_id=1)
    down = outage(until - HOUR, until + HOUR, until + DAY)
    assert due_with(own, down) == until + DAY
    assert due_with(extension(until, agency_id=9), down) == DUE


def test_a_second_outage_catches_the_end_of_the_first():
    first = outage(DUE - HOUR, DUE + HOUR, DUE + DAY)
    second = outage(DUE + DAY - HOUR, DUE + DAY + HOUR, DUE + 2 * DAY)
    assert due_with(second, first) == due_with(first, second) == DUE + 2 * DAY


def test_one_more_extension_never_takes_an_outage_away():
    down = outage(DUE - HOUR, DUE + HOUR, DUE + 2 * DAY)
    assert due_with(down, extension(DUE + DAY)) == DUE + 2 * DAY


def test_what_was_decided_at_the_cutoff_is_not_known_yet():
    for decided_at, known in ((DUE - SECOND, True), (DUE, False), (DUE + SECOND, False)):
        assert (due_with(extension(DUE + DAY, decided_at=decided_at), cutoff=DUE) > DUE) is known


def test_a_lock_and_a_correction_window_are_prolonged_by_the_outage_in_which_they_ended():
    down = outage(LOCKS - HOUR, LOCKS + HOUR, LOCKS + DAY)
    known = {"verification_ends_at": VERIFIED, "cutoff": LOCKS + DAY}
    assert prolonged(LOCKS, [down], **known) == LOCKS + DAY
    assert prolonged(LOCKS, [down], **(known | {"cutoff": DUE})) == LOCKS
    assert prolonged(DUE, [down], **known) == DUE
    assert prolonged(LOCKS, [down], **(known | {"verification_ends_at": LOCKS + HOUR})) == LOCKS + HOUR


def test_a_correction_never_closes_before_its_part_is_due():
    """So a later extension moves an open window, and never shortens one."""
    window = LOCKS + DAY
    assert filing_closes(correction_ends_at=window, locks_at=LOCKS, due_at=DUE) == window
    assert filing_closes(correction_ends_at=window, locks_at=LOCKS, due_at=LOCKS + 2 * DAY) == LOCKS + 2 * DAY
    assert filing_closes(correction_ends_at=None, locks_at=LOCKS, due_at=DUE) == LOCKS


def closes(returned_at, filing_closes_at=LOCKS):
    return correction_closes(
        returned_at=returned_at, days=14, filing_closes_at=filing_closes_at, verification_ends_at=VERIFIED
    )


@pytest.mark.parametrize(
    ("returned_at", "filing_closes_at", "ends_at"),
    [
        (datetime(2020, 7, 2, 3, tzinfo=UTC), LOCKS, LOCKS),  # who filed early has no less time than the others
        (datetime(2020, 7, 14, 3, tzinfo=UTC), LOCKS, LOCKS),
        (datetime(2020, 7, 15, 3, tzinfo=UTC), LOCKS, LOCKS + DAY),
        (datetime(2020, 7, 15, 3, tzinfo=UTC), LOCKS + 5 * DAY, LOCKS + 5 * DAY),  # extended beyond the lock
        (datetime(2020, 9, 10, 3, tzinfo=UTC), LOCKS, VERIFIED),
        (datetime(2020, 9, 10, 3, tzinfo=UTC), VERIFIED + DAY, VERIFIED),
    ],
)
def test_a_correction_window_closes_no_earlier_than_filing_and_no_later_than_verification(
    returned_at, filing_closes_at, ends_at
):
    assert closes(returned_at, filing_closes_at) == ends_at


def test_an_extension_ends_after_due_and_no_later_than_verification():
    bounds = {"due_at": DUE, "verification_ends_at": VERIFIED}
    assert until_problem(DUE, **bounds)
    assert until_problem(DUE + SECOND, **bounds) is None
    assert until_problem(VERIFIED, **bounds) is None
    assert until_problem(VERIFIED + SECOND, **bounds)


NOW = Instants(DUE, LOCKS, VERIFIED)


def moved(**to):
    return Instants(**(vars(NOW) | to))


@pytest.mark.parametrize(("at", "allowed"), [(DUE - SECOND, True), (DUE, False), (DUE + SECOND, False)])
def test_an_instant_is_moved_only_before_it_is_past(at, allowed):
    assert (move_problem(NOW, moved(due_at=DUE + DAY), at=at) is None) is allowed
    assert move_problem(NOW, moved(locks_at=LOCKS + DAY), at=at) is None


@pytest.mark.parametrize(
    ("to", "field"),
    [
        ({"due_at": DUE - SECOND}, "due_at"),
        ({"locks_at": LOCKS - SECOND}, "locks_at"),
        ({}, "due_at"),
        ({"due_at": LOCKS}, "locks_at"),
        ({"locks_at": VERIFIED}, "verification_ends_at"),
        ({"due_at": LOCKS, "locks_at": LOCKS + DAY}, None),
    ],
)
def test_instants_move_later_only_and_keep_their_order(to, field):
    problem = move_problem(NOW, moved(**to), at=DUE - DAY)
    assert (problem and problem[0]) == field


# A few hours around the due instant, so that ends and outages often meet.
hours = st.integers(-1, 5).map(lambda count: DUE + count * HOUR)
extensions = st.builds(extension, hours, decided_at=hours)
outages = st.builds(
    lambda began_at, lasted, **known: outage(began_at, began_at + lasted * HOUR, **known),
    hours,
    st.integers(1, 4),
    until=hours,
    decided_at=hours,
)
covers = st.lists(extensions | outages, max_size=4)


@given(covers, covers, hours)
def test_more_extensions_and_outages_never_make_anything_due_earlier(some, more, cutoff):
    assert due_with(*some, *more, cutoff=cutoff) >= due_with(*some, cutoff=cutoff) >= DUE


@given(covers, hours)
def test_what_is_decided_from_the_cutoff_on_moves_no_end(some, cutoff):
    known = [cover for cover in some if cover.decided_at < cutoff]
    assert due_with(*some, cutoff=cutoff) == due_with(*known, cutoff=cutoff)
