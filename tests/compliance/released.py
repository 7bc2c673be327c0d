"""A released quarter of the country of `country.py`, for tests of editions."""

from datetime import UTC, datetime, timedelta

from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.compliance.formats import Format
from stranas.compliance.models import Edition
from stranas.compliance.operations import follow_releases
from stranas.deadlines.models import Outage
from stranas.deadlines.operations import record_outage
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import DUE, settle
from tests.release.people import release

RELEASED = datetime(2020, 7, 10, 3, 0, 0, 250_000, tzinfo=UTC)
AFTER = RELEASED + timedelta(minutes=3)


def settle_released(*, agencies: int = 20) -> Period:
    """Without the outage of the country: here it is written down later."""
    period = settle(agencies=agencies)
    db.session.execute(db.delete(Outage))
    release(period, at=RELEASED)
    return period


def freeze(*, at: datetime = AFTER) -> list[Edition]:
    """As the schedule does it; tasks run at once in tests."""
    with clock.at(at):
        follow_releases()
    return editions()


def editions() -> list[Edition]:
    db.session.rollback()
    query = db.select(Edition).order_by(Edition.period_id, Edition.number).execution_options(populate_existing=True)
    return list(db.session.scalars(query).unique())


def agency(code: str) -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == code)).one()


def forgive_lateness(period: Period, *, at: datetime) -> None:
    """An outage that is written down after the release: what came within two days of the due instant was in time."""
    with clock.at(at):
        record_outage(
            periods=[period],
            began_at=DUE - timedelta(hours=5),
            ended_at=DUE + timedelta(hours=1),
            extends_to=DUE + timedelta(days=2),
            reason="Jaringan pusat data terputus lebih lama daripada yang dicatat semula",
            person=None,
        )
        db.session.commit()


def write_quickly(format: Format, document, to, progress=None) -> None:
    """In place of Format.write: rendering is tested elsewhere and takes seconds."""
    to.write_text(f"{format.value} {document.made_at} {document.facts} {document.stamp}")
