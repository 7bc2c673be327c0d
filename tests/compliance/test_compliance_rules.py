"""The arithmetic on paper: golden cases first, then properties that must hold for any history."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from stranas.compliance.rules import PERCENT, Beside, Event, Figures, Owed, figures, group, ranks, result, rounded
from stranas.reporting.rules import EventKind, SubmissionKind

DUE = datetime(2020, 4, 15, 17, tzinfo=UTC)
CUTOFF = datetime(2020, 7, 1, tzinfo=UTC)
START = datetime(2018, 12, 31, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def history(*steps: tuple, first: datetime = DUE - timedelta(days=3)) -> tuple[Event, ...]:
    """Events one day apart: ("filed", kind, review_on), ("verified", score), ("returned",) …"""
    events = []
    for number, (kind, *rest) in enumerate(steps):
        at = first + timedelta(days=number)
        more = {}
        if kind == "filed" and rest:
            more = {"claimed": SubmissionKind(rest[0]), "review_on": rest[1] if len(rest) > 1 else None}
        elif rest:
            more = {"score": Decimal(rest[0])}
        events.append(Event(sequence=number + 1, kind=EventKind(kind), received_at=at, recorded_at=at, **more))
    return tuple(events)


def owed(*steps: tuple, weight: str = "1", **columns) -> Owed:
    first = columns.pop("first", DUE - timedelta(days=3))
    values = {"weight": Decimal(weight), "due_at": DUE, "in_force_from": START, "events": history(*steps, first=first)}
    return Owed(**(values | columns))


def judged(*steps: tuple, cutoff: datetime = CUTOFF, **columns):
    return result(owed(*steps, **columns), cutoff=cutoff)


def test_nothing_sent_is_expected_and_nothing_else():
    r = judged(("started",), ("marked_ready",))
    assert (r.expected, r.received, r.on_time, r.verified, r.accepted, r.score) == (True, *[False] * 4, None)
    assert r.weighed


def test_sent_a_second_before_the_due_instant_is_on_time_and_at_it_is_late():
    assert judged(("filed",), first=DUE - SECOND).on_time
    assert not judged(("filed",), first=DUE).on_time
    assert not judged(("filed",), first=DUE + SECOND).on_time


def test_a_correction_never_makes_late():
    r = judged(("filed",), ("returned",), ("filed",), ("verified", 75), first=DUE - SECOND)
    assert r.on_time
    assert (r.accepted, r.first_accepted, r.score) == (True, False, 75)


def test_being_on_time_is_judged_by_receiving_and_counting_by_recording():
    late_record = replace(history(("filed",), first=DUE - SECOND)[0], recorded_at=CUTOFF)
    assert not judged(events=(late_record,)).received
    assert judged(events=(late_record,), cutoff=CUTOFF + SECOND).on_time


def test_a_score_stands_while_reopened_and_acceptance_too():
    r = judged(("filed",), ("verified", 75), ("reopened",))
    assert (r.accepted, r.score) == (True, 75)


def test_a_return_after_reopening_ends_acceptance_but_keeps_the_final_score():
    r = judged(("filed",), ("verified", 75), ("reopened",), ("filed",), ("returned",))
    assert (r.verified, r.accepted, r.first_accepted, r.score) == (True, False, True, 75)


def test_rejected_is_verified_with_score_zero():
    r = judged(("filed",), ("verified", 75), ("reopened",), ("filed",), ("rejected",))
    assert (r.verified, r.accepted, r.score) == (True, False, 0)


def test_consented_not_competent_leaves_every_set():
    r = judged(("filed", "not_competent"), ("verified",))
    assert (r.expected, r.received, r.verified, r.weighed, r.beside) == (*[False] * 4, Beside.NOT_COMPETENT)


def test_not_competent_without_consent_is_an_ordinary_report():
    assert judged(("filed", "not_competent")).expected
    r = judged(("filed", "not_competent"), ("returned",))
    assert (r.expected, r.received, r.verified, r.weighed) == (True,) * 4


def test_accepted_nil_counts_everywhere_but_in_capaian():
    r = judged(("filed", "nil"), ("verified",))
    assert (r.expected, r.received, r.accepted, r.first_accepted, r.weighed) == (True, True, True, True, False)


def test_waiting_is_left_out_until_its_review_date_by_the_calendar_of_jakarta():
    steps = ("filed", "waiting", date(2020, 7, 1)), ("verified",)
    assert not judged(*steps, cutoff=datetime(2020, 6, 30, 16, 59, 59, tzinfo=UTC)).weighed
    r = judged(*steps, cutoff=datetime(2020, 6, 30, 17, tzinfo=UTC))
    assert (r.weighed, r.score, r.beside) == (True, None, None)


def test_what_was_consented_stands_until_the_next_decision():
    steps = ("filed", "nil"), ("verified",), ("reopened",), ("filed", "achievement")
    assert judged(*steps).beside is Beside.NIL
    assert judged(*steps, ("verified", 50)).beside is None


def test_an_obligation_not_in_force_at_the_cutoff_is_not_expected():
    assert not judged(("filed",), in_force_from=CUTOFF + SECOND).expected
    assert not judged(("filed",), in_force_until=CUTOFF).expected
    assert judged(("filed",), in_force_from=CUTOFF, in_force_until=CUTOFF + SECOND).expected


def test_the_nine_figures_of_an_agency():
    f = figures(
        [
            judged(("filed",), ("verified", 75), weight="2"),
            judged(("filed",), ("returned",), first=DUE, weight="1.5"),
            judged(("filed", "nil"), ("verified",)),
            judged(),
            judged(("filed", "not_competent"), ("verified",)),
        ]
    )
    assert (f.expected, f.received, f.on_time, f.verified, f.accepted) == (4, 3, 2, 3, 2)
    assert (f.compliance, f.punctuality, f.first_pass) == (75, 50, Fraction(200, 3))
    assert f.achievement == Fraction(150) / Fraction("4.5")
    assert [rounded(x) for x in (f.first_pass, f.achievement)] == [Decimal("66.67"), Decimal("33.33")]
    assert (f.nil, f.waiting, f.not_competent) == (1, 0, 1)


def test_without_obligations_there_are_no_rates():
    f = figures([])
    assert (f.compliance, f.punctuality, f.achievement, f.first_pass) == (None,) * 4


def percent(*obligations) -> Figures:
    return figures(obligations, whole=PERCENT)


def test_weights_that_are_not_renormalised_are_parts_of_a_hundred():
    full, nothing = judged(("filed",), ("verified", 100), weight="16.67"), judged(weight="16.67")
    assert percent(*[full] * 5, nothing).achievement == Fraction("83.35")
    assert figures([*[full] * 5, nothing]).achievement == Fraction(500, 6)
    assert percent(*[full] * 6).achievement == 100  # not 100.02


def test_what_is_left_out_by_consent_leaves_the_hundred_too():
    half = judged(("filed",), ("verified", 50), weight="50")
    for kind in ("nil", "not_competent"):
        consented = judged(("filed", kind), ("verified",), weight="50")
        assert percent(half, consented).achievement == 50
        assert percent(consented).achievement is None
        assert percent(half, replace(consented, weight=Decimal(100))).achievement == 50


def test_a_group_is_the_mean_of_exact_figures_with_the_pooled_beside_it():
    a = figures([judged(("filed",))] + [judged()] * 2)
    b = figures([judged(("filed",))])
    g = group([a, b, figures([])])
    assert (g.agencies, g.without, g.judged) == (2, 1, 0)
    assert g.compliance == Fraction(200, 3)
    assert g.pooled.compliance == 50
    assert g.first_pass is None


def test_rounding_is_half_up_and_keeps_two_places():
    assert rounded(Fraction(1, 200)) == Decimal("0.01")
    assert rounded(Fraction(66665, 1000)) == Decimal("66.67")
    assert str(rounded(Fraction(100))) == "100.00"
    assert rounded(Fraction(20, 3) * 3 - Fraction(1, 10**30)) == Decimal("20.00")


def test_equal_rounded_figures_share_a_rank():
    assert ranks([Decimal("90.00"), Decimal("95.50"), None, Decimal("90.00"), Decimal("10.00")]) == [2, 1, None, 2, 4]


# Any history that could be stored, legal or not: the arithmetic must not trust the workflow.
instants = st.datetimes(datetime(2020, 3, 1), datetime(2020, 9, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


@st.composite
def anything(draw) -> Owed:
    count = draw(st.integers(0, 7))
    recorded = sorted(draw(st.lists(instants, min_size=count, max_size=count)))
    events = [
        Event(
            sequence=number,
            kind=draw(st.sampled_from(EventKind)),
            received_at=at - timedelta(seconds=draw(st.integers(0, 60))),
            recorded_at=at,
            score=draw(st.sampled_from([None, *map(Decimal, (0, 25, 50, 75, 100))])),
            claimed=draw(st.sampled_from(SubmissionKind)),
            review_on=draw(st.none() | st.dates(date(2020, 3, 1), date(2020, 12, 1))),
        )
        for number, at in enumerate(recorded, 1)
    ]
    weight = draw(st.decimals(Decimal("0.01"), 20, places=2))
    return Owed(weight=weight, due_at=DUE, in_force_from=START, events=tuple(events))


@given(anything(), instants)
def test_the_sets_nest(obligation, cutoff):
    r = result(obligation, cutoff=cutoff)
    chain = [r.expected, r.received, r.verified, r.accepted]
    assert all(wide or not narrow for wide, narrow in pairwise(chain))
    assert r.received or not r.on_time
    assert r.verified or not r.first_accepted
    assert r.expected or not r.weighed


@given(st.lists(anything(), max_size=8), instants)
def test_every_rate_lies_between_0_and_100(obligations, cutoff):
    f = figures(result(o, cutoff=cutoff) for o in obligations)
    for rate in (f.compliance, f.punctuality, f.achievement, f.first_pass):
        assert rate is None or 0 <= rate <= 100


@given(anything(), instants, st.sampled_from(EventKind))
def test_what_is_recorded_later_changes_no_past_cutoff(obligation, cutoff, kind):
    later = Event(sequence=99, kind=kind, received_at=cutoff - SECOND, recorded_at=cutoff, score=Decimal(100))
    extended = replace(obligation, events=(*obligation.events, later))
    assert result(extended, cutoff=cutoff) == result(obligation, cutoff=cutoff)


@given(anything(), st.lists(st.sampled_from(EventKind), max_size=5))
def test_nothing_after_the_first_filing_changes_being_on_time(obligation, kinds):
    end = datetime(2021, 1, 1, tzinfo=UTC)
    before = result(obligation, cutoff=end)
    more = tuple(
        Event(sequence=100 + n, kind=kind, received_at=end - SECOND, recorded_at=end - SECOND)
        for n, kind in enumerate(kinds)
    )
    after = result(replace(obligation, events=(*obligation.events, *more)), cutoff=end)
    if before.received and after.expected:
        assert after.on_time == before.on_time


@given(st.lists(st.lists(anything(), max_size=3), max_size=6), instants)
def test_pooling_a_group_equals_one_agency_with_all_obligations(agencies, cutoff):
    judged_by_agency = [[result(o, cutoff=cutoff) for o in obligations] for obligations in agencies]
    pooled = group(figures(results) for results in judged_by_agency).pooled
    assert pooled == figures(r for results in judged_by_agency for r in results)
    assert isinstance(pooled, Figures)
