"""A second before the due instant is in time, the instant itself is too late: in every zone, at the turn of the year,
across Idulfitri; by the rules alone, and by what an agency sends and everybody reads."""

from dataclasses import asdict
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from stranas.accounts.models import Role
from stranas.agencies.holidays import indonesian_holidays
from stranas.catalogue.rules import ProgrammeRules
from stranas.compliance.queries import snapshot
from stranas.compliance.rules import Event, Owed, result
from stranas.deadlines.rules import Instants, due, instants
from stranas.reporting import operations
from stranas.reporting.rules import EventKind
from stranas.system import clock, text
from stranas.system.db import db
from tests import factories
from tests.verification.people import entry

# On the clock of each zone: the first moment that is too late.
ZONES = {
    "Asia/Jakarta": ("33.23", "Kabupaten Temanggung", time(0)),
    "Asia/Makassar": ("72.01", "Kabupaten Banggai", time(1)),
    "Asia/Jayapura": ("91.03", "Kabupaten Jayapura", time(2)),
}
QUARTERS = {
    "B12": (date(2019, 10, 1), date(2019, 12, 31), date(2020, 1, 15)),
    "B24": (date(2020, 10, 1), date(2020, 12, 31), date(2021, 1, 15)),
    "Q1-2024": (date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 22)),  # Idulfitri on 10 April, leave until 15 April
}
SECONDS = {-1: True, 0: False, 1: False}

each_zone = pytest.mark.parametrize("zone", ZONES)
each_quarter = pytest.mark.parametrize("quarter", QUARTERS)
each_second = pytest.mark.parametrize("second", SECONDS)


def by_default_rule(quarter: str) -> Instants:
    rules = ProgrammeRules()
    return instants(
        quarter_end=QUARTERS[quarter][1],
        due_working_days=rules.due_working_days,
        lock_days=rules.lock_days,
        verification_days=rules.verification_days,
        holidays=indonesian_holidays(),
    )


def on_the_clock_of(zone: str, quarter: str, second: int) -> datetime:
    """So many seconds after the due instant, read off a clock on the wall of the agency."""
    first_too_late = datetime.combine(QUARTERS[quarter][2] + timedelta(days=1), ZONES[zone][2], ZoneInfo(zone))
    return first_too_late + timedelta(seconds=second)


@each_zone
@each_quarter
@each_second
def test_the_rules_judge_to_the_second(zone, quarter, second):
    at = on_the_clock_of(zone, quarter, second).astimezone(UTC)
    due_at = due(own_due_at=None, period_due_at=by_default_rule(quarter).due_at, later=(), cutoff=at)
    filed = Event(1, EventKind.FILED, received_at=at, recorded_at=at + timedelta(seconds=2))
    owed = Owed(weight=Decimal(1), due_at=due_at, in_force_from=factories.JAN_2019, events=(filed,))
    judged = result(owed, cutoff=at + timedelta(minutes=2))
    assert judged.received
    assert judged.on_time is SECONDS[second]


@pytest.mark.parametrize(
    ("quarter", "zone", "words"),
    [
        ("B12", "Asia/Jakarta", "Rabu, 15 Januari 2020 pukul 23.59 WIB"),
        ("B12", "Asia/Makassar", "Kamis, 16 Januari 2020 pukul 00.59 WITA (15 Januari 2020 pukul 23.59 WIB)"),
        ("B24", "Asia/Jayapura", "Sabtu, 16 Januari 2021 pukul 01.59 WIT (15 Januari 2021 pukul 23.59 WIB)"),
        ("Q1-2024", "Asia/Jayapura", "Selasa, 23 April 2024 pukul 01.59 WIT (22 April 2024 pukul 23.59 WIB)"),
    ],
)
def test_the_last_minute_is_told_in_the_own_zone_and_in_wib(quarter, zone, words):
    assert text.deadline(by_default_rule(quarter).due_at, zone).replace(text.NBSP, " ") == words


@pytest.fixture
def ready(app, sign_in):
    """`ready(zone, quarter)`: an agency of that zone with one report ready to be sent; its coordinator is signed in."""

    def prepare(zone: str, quarter: str):
        code, name, _ = ZONES[zone]
        starts_on, ends_on, _ = QUARTERS[quarter]
        instants = by_default_rule(quarter)
        agency = factories.make_agency(code=code, name=name, timezone=zone)
        budi = factories.make_person(Role.COORDINATOR, agency)
        programme = factories.make_programme()
        period = factories.make_period(programme, key=quarter, starts_on=starts_on, ends_on=ends_on, **asdict(instants))
        obligation = factories.make_obligation(agency, factories.make_target(factories.make_item(programme), period))
        with clock.at(instants.due_at - timedelta(hours=1)):
            submission = operations.start_submission(obligation=obligation, person=budi, received_at=clock.now())
            operations.save_draft(
                submission=submission, entry=entry(), revision=0, person=budi, received_at=clock.now()
            )
            operations.mark_ready(submission=submission, person=budi, received_at=clock.now())
        db.session.commit()
        sign_in(budi)
        return submission, period

    return prepare


@each_zone
@each_quarter
@each_second
def test_what_an_agency_sends_is_judged_to_the_second_everywhere(ready, client, zone, quarter, second):
    submission, period = ready(zone, quarter)
    at = on_the_clock_of(zone, quarter, second)
    with clock.at(at):
        answer = client.post(f"/laporan-triwulan/{period.key}/kirim", data={"submission": submission.id})
        assert answer.status_code == 302
        receipt = client.get(answer.location).text
        page = client.get(f"/laporan-triwulan/{period.key}").text
    assert text.instant(at, zone, weekday=True, seconds=True) in receipt
    for read in (receipt, page):
        assert ("Tepat waktu" in read) is SECONDS[second]
        assert ("Setelah batas waktu" in read) is not SECONDS[second]
    with clock.at(at + timedelta(minutes=3)):
        seen = snapshot(programme_key="stranas-2019-2020", period_key=period.key).agencies[0].figures
    assert (seen.expected, seen.received, seen.on_time) == (1, 1, int(SECONDS[second]))
