"""It must show, 3: on the demo's day `remind` twice leaves one message for each person that the query names."""

import pytest

from stranas.reminders.operations import plan_reminders
from stranas.system import clock
from stranas.system.text import JAKARTA
from tests.reminders.owed import named_by_sql, reminded


@pytest.fixture
def demo(request):
    """The demo's database, where the tests have one."""
    try:
        return request.getfixturevalue("demo_app")
    except pytest.FixtureLookupError:
        pytest.skip("there is no demo yet")


def test_the_demo_reminds_each_person_once(demo):
    today = clock.now().astimezone(JAKARTA).date()
    expected = named_by_sql(today)
    assert expected, "the demo has people who owe"
    plan_reminders(today=today)
    plan_reminders(today=today)
    assert reminded() == expected
