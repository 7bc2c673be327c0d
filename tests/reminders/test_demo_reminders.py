"""It must show, 3: on the demo's day `remind` twice leaves one message for each person that the query names."""

from stranas.reminders.operations import plan_reminders
from stranas.system import clock
from stranas.system.text import JAKARTA
from tests.reminders.owed import named_by_sql, reminded


def test_the_demo_reminds_each_person_once(demo_app):
    today = clock.now().astimezone(JAKARTA).date()
    expected = named_by_sql(today)
    assert expected, "the demo has people who owe"
    plan_reminders(today=today)
    plan_reminders(today=today)
    assert reminded() == expected
