"""What stands beside an agency's figures: earlier periods, agencies of its kind, actions and items."""

from collections import defaultdict
from datetime import timedelta

import pytest

from stranas.agencies.models import AgencyLevel
from stranas.catalogue.models import Programme
from stranas.compliance.peers import peers
from stranas.compliance.queries import Unknown, snapshot, trend
from stranas.compliance.rules import figures, rounded, united
from stranas.compliance.snapshot import Point
from stranas.reporting.rules import Status
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import NOW, settle
from tests.factories import make_period

B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}


@pytest.fixture
def country(app):
    with clock.at(NOW):
        yield settle(agencies=60)


def test_actions_and_items_together_hold_every_obligation_once(country):
    seen = snapshot(**B15)
    for groups in (seen.by_action, seen.by_item):
        assert sum(g.group.pooled.expected for g in groups) == seen.total.pooled.expected > 0
        assert sum(g.group.pooled.received for g in groups) == seen.total.pooled.received


def test_an_item_is_the_mean_of_the_agencies_that_owe_it(country):
    seen = snapshot(**B15)
    of_agency = defaultdict(list)
    one = seen.by_item[0]
    for detail in seen.details:
        if detail.item_key == one.key:
            of_agency[detail.agency.id].append(detail.result)
    rates = [figures(results).compliance for results in of_agency.values()]
    rates = [rate for rate in rates if rate is not None]
    assert one.group.agencies == len(rates) > 1
    assert one.group.compliance == sum(rates) / len(rates)


def test_open_verification_counts_what_was_sent_and_not_decided(country):
    seen = snapshot(**B15)
    assert seen.awaiting == sum(detail.status is Status.SENT for detail in seen.details) > 0


def test_a_trend_ends_with_the_asked_period_and_its_points_are_snapshots(country):
    make_period(db.session.get(Programme, country.programme_id), key="B18", position=6)
    points = trend(programme_key="stranas-2019-2020", until="B15")
    assert [point.period_key for point in points] == ["B15"]
    assert points[-1] == Point.of(snapshot(**B15))


def test_a_trend_of_one_agency_reads_that_agency_alone(country):
    code = snapshot(**B15).agencies[0].agency.code
    (point,) = trend(programme_key="stranas-2019-2020", until="B15", agency_code=code)
    assert len(point.agencies) == 1


@pytest.mark.parametrize(("names", "what"), [(("nihil", "B15"), "programme"), (("stranas-2019-2020", "B99"), "period")])
def test_an_unknown_name_of_a_trend_says_which(country, names, what):
    with pytest.raises(Unknown) as problem:
        trend(programme_key=names[0], until=names[1], cutoff=NOW - timedelta(minutes=3))
    assert problem.value.what == what


def test_over_two_periods_an_agency_has_the_union_of_its_obligations(country):
    details = snapshot(**B15).details
    halves = [figures(d.result for d in details[::2]), figures(d.result for d in details[1::2])]
    whole = figures(d.result for d in details)
    assert united(halves) == whole


def test_an_agency_stands_among_its_level_and_its_province(country):
    seen = snapshot(**B15)
    row = next(r for r in seen.agencies if r.agency.level is AgencyLevel.REGENCY and r.figures.expected)
    level, province = peers(seen, row.agency.id)
    own = rounded(row.figures.compliance)
    like = [r for r in seen.agencies if r.agency.level is AgencyLevel.REGENCY and r.figures.expected]
    assert (level.size, level.group.agencies) == (len(like), len(like))
    assert level.compliance_rank == 1 + sum(rounded(r.figures.compliance) > own for r in like)
    assert province.name == row.agency.province
    assert 1 <= province.compliance_rank <= province.size < level.size + 1


def test_a_ministry_lies_in_no_province(country):
    seen = snapshot(**B15)
    row = next(r for r in seen.agencies if not r.agency.level.is_local and r.figures.expected)
    assert [place.key for place in peers(seen, row.agency.id)] == ["level"]


def test_who_owes_nothing_stands_nowhere(country):
    seen = snapshot(**B15)
    idle = next(r for r in seen.agencies if not r.figures.expected)
    assert peers(seen, idle.agency.id) == ()
