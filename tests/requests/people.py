"""An agency that asks its units: Budi asks, Lestari of DPMPTSP answers, one unit has no account."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency, Unit
from stranas.reporting.models import Obligation
from stranas.requests import operations
from stranas.requests.models import RequestLink, UnitRequest
from stranas.system.db import db
from tests import factories

NOW = datetime(2020, 7, 1, 3, tzinfo=UTC)
DUE = datetime(2020, 7, 4, 17, tzinfo=UTC)  # end of 4 July 2020 in Jakarta
CSV = b"izin,jumlah\n" + b"".join(b"IMB,%d\n" % n for n in range(9))


@dataclass(frozen=True)
class Office:
    """`unit` has no account; `staffed` is where Lestari works."""

    agency: Agency
    obligation: Obligation
    unit: Unit
    staffed: Unit
    budi: User
    lestari: User


def make_office(code: str = "33.23", name: str = "Kabupaten Temanggung", target=None) -> Office:
    agency = factories.make_agency(code, name)
    if target is None:
        programme = factories.make_programme()
        target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    unit = factories.make_unit(agency, "Dinas Sosial", short_name="Dinsos", phone="0812-3456-789")
    staffed = factories.make_unit(agency)
    lestari = factories.make_person(Role.UNIT, agency, name="Lestari")
    lestari.memberships[0].unit_id = staffed.id
    db.session.commit()
    return Office(
        agency=agency,
        obligation=factories.make_obligation(agency, target),
        unit=unit,
        staffed=staffed,
        budi=factories.make_person(Role.COORDINATOR, agency),
        lestari=lestari,
    )


def make_request(
    office: Office, unit: Unit | None = None, *, due: datetime = DUE, at: datetime = NOW, **more
) -> UnitRequest:
    """One of the office's first requirement, just asked."""
    asked = {
        "requirement": office.obligation.target.requirements[0],
        "wanted": "Laporan pemenuhan komitmen triwulan berjalan.",
    }
    request = operations.ask(
        obligation=office.obligation,
        unit=unit or office.unit,
        due_at=due,
        person=office.budi,
        received_at=at,
        **(asked | more),
    )
    db.session.commit()
    return request


def make_link(request: UnitRequest) -> RequestLink:
    link = operations.make_link(request=request, person=None)
    db.session.commit()
    return link


def upload(name: str = "rekap.csv", content: bytes = CSV):
    return io.BytesIO(content), name
