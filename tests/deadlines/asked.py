"""An agency with two obligations of B18, and somebody who asks for more time."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.deadlines import operations
from stranas.deadlines.models import ExtensionRequest
from stranas.deadlines.rules import end_of
from stranas.reporting.models import Obligation
from stranas.system.db import db
from tests import factories

DUE = datetime(2020, 7, 14, 17, tzinfo=UTC)
MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
AFTER = DUE + timedelta(days=2)
FRIDAY = date(2020, 7, 24)
SECOND = timedelta(seconds=1)


def make_request(
    agency: Agency, period: Period, *, item: Item | None = None, until: date = FRIDAY, at: datetime = MORNING
) -> ExtensionRequest:
    request = operations.ask_extension(
        period=period,
        agency=agency,
        item=item,
        until=end_of(until),
        reason="Banjir bandang merusak kantor.",
        letter="700/12/2020",
        person=None,
        received_at=at,
    )
    db.session.commit()
    return request


@dataclass(frozen=True)
class Place:
    """`one` and `two`: obligations of 1-a and 2-a in B18."""

    agency: Agency
    period: Period
    one: Obligation
    two: Obligation
    budi: User
    ani: User


def make_place() -> Place:
    programme = factories.make_programme()
    period = factories.make_period(programme)
    province = factories.make_agency("33", "Provinsi Jawa Tengah", level=factories.AgencyLevel.PROVINCE)
    agency = factories.make_agency(province=province)
    targets = [factories.make_target(factories.make_item(programme, key), period) for key in ("1-a", "2-a")]
    one, two = (factories.make_obligation(agency, target) for target in targets)
    return Place(
        agency=agency,
        period=period,
        one=one,
        two=two,
        budi=factories.make_person(Role.COORDINATOR, agency),
        ani=factories.make_person(Role.SECRETARIAT, name="Ani"),
    )
