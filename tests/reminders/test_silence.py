"""A morning on which reminders were due and none came is told to the administrators."""

from datetime import UTC, date, datetime

import pytest

from stranas.accounts.models import Role
from stranas.reminders import silence
from stranas.reminders.operations import plan_reminders
from stranas.system import clock
from stranas.system.db import db
from tests import factories

TEN = datetime(2020, 7, 13, 3, tzinfo=UTC)  # 10.00 WIB, the day before the last day of B18


@pytest.fixture(autouse=True)
def _nothing_known(monkeypatch):
    monkeypatch.setattr(silence, "_quiet", set())


@pytest.fixture
def budi(app):
    agency, programme = factories.make_agency(), factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    factories.make_obligation(agency, target)
    return factories.make_person(Role.COORDINATOR, agency)


def told(now: datetime) -> list[str]:
    with clock.at(now):
        return [problem.what for problem in silence.silent_morning(now)]


def test_a_silent_morning_is_a_problem_from_ten_on(budi):
    assert told(datetime(2020, 7, 13, 2, 59, tzinfo=UTC)) == []
    assert told(TEN) == ["1 pengingat semestinya keluar Senin, 13 Juli 2020, tetapi tidak ada yang direncanakan."]


def test_a_morning_with_its_reminders_is_none(budi):
    db.session.commit()
    with clock.at(datetime(2020, 7, 13, 1, tzinfo=UTC)):
        plan_reminders(today=date(2020, 7, 13))
    assert told(TEN) == []


def test_a_day_without_steps_is_none(budi):
    assert told(datetime(2020, 7, 12, 3, tzinfo=UTC)) == []
