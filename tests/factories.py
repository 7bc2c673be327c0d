"""Plain typed functions that put one row into the test's database each. Names are those of the demo."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from stranas.accounts.models import Membership, Role, User
from stranas.agencies.models import Agency, AgencyLevel, Provenance, Unit
from stranas.catalogue.models import DocumentKind, Item, Period, Programme, Requirement, Target
from stranas.reporting.models import Obligation
from stranas.system import clock
from stranas.system.db import db

_number = count(1)
JAN_2019 = datetime(2018, 12, 31, 17, tzinfo=UTC)


def _add(row):
    """Committed, because a request begins by letting go whatever was not."""
    db.session.add(row)
    db.session.commit()
    return row


def make_agency(
    code: str = "33.23",
    name: str = "Kabupaten Temanggung",
    level: AgencyLevel = AgencyLevel.REGENCY,
    timezone: str = "Asia/Jakarta",
    province: Agency | None = None,
) -> Agency:
    return _add(
        Agency(
            code=code,
            name=name,
            short_name=name,
            level=level,
            timezone=timezone,
            province_id=province.id if province else None,
            provenance=Provenance.VERIFIED,
        )
    )


def make_unit(agency: Agency, name: str = "Dinas Penanaman Modal", **columns) -> Unit:
    values = {"short_name": "DPMPTSP", "head": "Kepala DPMPTSP", "email": "dpmptsp@example.com"}
    return _add(Unit(agency_id=agency.id, name=name, **(values | columns)))


def make_programme(**settings) -> Programme:
    return _add(
        Programme(
            key="stranas-2019-2020",
            name="Aksi Pencegahan Korupsi 2019–2020",
            level_names=["Fokus", "Aksi", "Sub-aksi"],
            settings=settings,
        )
    )


def make_period(programme: Programme, key: str = "B18", **columns) -> Period:
    """B18 by default: due at the end of 14 July 2020 WIB, locks 28 July, verification ends 14 September."""
    values = {
        "name": "Triwulan VI",
        "position": 6,
        "starts_on": date(2020, 4, 1),
        "ends_on": date(2020, 6, 30),
        "due_at": datetime(2020, 7, 14, 17, tzinfo=UTC),
        "locks_at": datetime(2020, 7, 28, 17, tzinfo=UTC),
        "verification_ends_at": datetime(2020, 9, 14, 17, tzinfo=UTC),
    }
    return _add(Period(programme_id=programme.id, key=key, **(values | columns)))


def make_item(programme: Programme, key: str = "1-a", name: str = "Percepatan OSS", **columns) -> Item:
    values = {"depth": 2, "position": next(_number), "provenance": Provenance.VERIFIED}
    return _add(Item(programme_id=programme.id, key=key, name=name, **(values | columns)))


def make_target(item: Item, period: Period, kinds: tuple[DocumentKind, ...] = (DocumentKind.REPORT,), **columns):
    values = {
        "track": "daerah",
        "text": "Terpenuhinya komitmen perizinan berusaha tepat waktu",
        "unit": "persen",
        "value": Decimal(60),
        "weight": Decimal(1),
        "provenance": Provenance.SAMPLE,
    }
    target = _add(Target(item_id=item.id, period_id=period.id, **(values | columns)))
    for position, kind in enumerate(kinds, 1):
        make_requirement(target, position=position, kind=kind)
    return target


def make_requirement(target: Target, position: int = 1, kind: DocumentKind = DocumentKind.REPORT) -> Requirement:
    return _add(
        Requirement(
            target_id=target.id,
            position=position,
            kind=kind,
            subject="pemenuhan komitmen triwulan berjalan",
            criterion="ditandatangani pimpinan unit",
        )
    )


def make_obligation(agency: Agency, target: Target, **columns) -> Obligation:
    return _add(
        Obligation(
            agency_id=agency.id,
            target_id=target.id,
            period_id=target.period_id,
            item_id=target.item_id,
            text=target.text,
            unit=target.unit,
            value=target.value,
            weight=target.weight,
            agency_level=agency.level,
            in_force_from=columns.pop("in_force_from", JAN_2019),
            **columns,
        )
    )


def make_person(role: Role, agency: Agency | None = None, name: str = "Budi", email: str | None = None) -> User:
    """A person with one membership. Nobody signs in with a password in tests: see `sign_in` in conftest."""
    user = _add(
        User(
            name=name,
            email=email or f"{name.lower()}{next(_number)}@example.com",
            password=None,
            fs_uniquifier=f"person-{next(_number)}",
            create_datetime=clock.wall(),
            update_datetime=clock.wall(),
        )
    )
    _add(Membership(user_id=user.id, role=role, agency_id=agency.id if agency else None))
    db.session.refresh(user)
    return user
