"""Periods on their way to release, for tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period, Programme
from stranas.release.models import Release
from stranas.reporting.models import Obligation, Submission
from stranas.system import clock
from stranas.system.db import db
from stranas.verification.operations import decide
from stranas.verification.rules import Part
from tests import factories
from tests.verification.people import add_reasons, file_for, make_citra


def close(period: Period, *, clarification_ends_at: datetime | None = None) -> Release:
    """As the schedule closes it."""
    ends = clarification_ends_at or period.verification_ends_at + timedelta(days=9)
    row = Release(period_id=period.id, closed_at=period.verification_ends_at, clarification_ends_at=ends)
    db.session.add(row)
    db.session.commit()
    return row


def release(period: Period, *, at: datetime, decree: str = "Keputusan Nomor 7 Tahun 2020") -> Release:
    """Closed, and released at an instant, which may lie ahead."""
    row = close(period)
    row.released_at, row.decree = at, decree
    db.session.commit()
    return row


@dataclass(frozen=True)
class Judged:
    """One agency with one report that a verifier decided, of a period whose verification has ended."""

    agency: Agency
    period: Period
    obligation: Obligation
    submission: Submission
    budi: User
    sri: User
    citra: User
    eko: User


ENDED = datetime(2020, 6, 15, 17, tzinfo=UTC)
CLARIFIED = datetime(2020, 6, 24, 17, tzinfo=UTC)


def make_b15(programme: Programme) -> Period:
    return factories.make_period(
        programme,
        key="B15",
        name="Triwulan V",
        position=5,
        starts_on=date(2020, 1, 1),
        ends_on=date(2020, 3, 31),
        due_at=datetime(2020, 4, 15, 17, tzinfo=UTC),
        locks_at=datetime(2020, 4, 29, 17, tzinfo=UTC),
        verification_ends_at=ENDED,
    )


def judged(*, score: int | None = 50) -> Judged:
    """Temanggung's report of B15, decided by Citra (or not yet, without a score); Eko is another verifier."""
    programme = factories.make_programme()
    period = make_b15(programme)
    target = factories.make_target(factories.make_item(programme), period)
    agency = factories.make_agency()
    obligation = factories.make_obligation(agency, target)
    add_reasons()
    budi = factories.make_person(Role.COORDINATOR, agency, name="Budi")
    sri = factories.make_person(Role.CERTIFIER, agency, name="Sri")
    sri.position = "Inspektur"
    filed = file_for(obligation, budi, at=datetime(2020, 4, 10, 3, tzinfo=UTC))
    citra, eko = make_citra(agency), factories.make_person(Role.VERIFIER, name="Eko")
    if score is not None:
        at = datetime(2020, 5, 4, 3, tzinfo=UTC)
        with clock.at(at):
            decide(
                submission=filed.submission,
                verifier=citra,
                parts=[Part(r.id, True) for r in target.requirements],
                score=Decimal(score),
                note="",
                received_at=at,
                version_id=filed.version_id,
                tell=False,
            )
    db.session.commit()
    return Judged(agency, period, obligation, filed.submission, budi, sri, citra, eko)
