"""Which agencies and which period a report is about, and how they are called."""

from typing import Any

from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.orm import aliased

from stranas.agencies.models import Agency, AgencyLevel
from stranas.agencies.rules import oversight_unit
from stranas.catalogue.models import Period, Programme
from stranas.compliance.snapshot import AgencyName
from stranas.release.models import Release
from stranas.system.db import db


class Unknown(LookupError):
    """No such programme, period, agency or province. Carries which of them, and the word that was given."""

    def __init__(self, what: str, word: str) -> None:
        super().__init__(f"unknown {what}: {word}")
        self.what = what
        self.word = word


def agencies_among(condition: ColumnElement[bool]) -> list[AgencyName]:
    """Agencies under a condition: K/L first, then provinces with their kabupaten and kota, by code."""
    province = aliased(Agency)
    rows = db.session.execute(
        db.select(
            Agency.id,
            Agency.code,
            Agency.name,
            Agency.level,
            Agency.oversight_unit,
            province.id,
            province.code,
            province.name,
        )
        .outerjoin(province, Agency.province_id == province.id)
        .where(condition)
    )
    found = [_named(*row) for row in rows]
    return sorted(found, key=lambda agency: (agency.level.is_local, agency.code))


def agency_ids(condition: ColumnElement[bool]) -> set[int]:
    return set(db.session.scalars(db.select(Agency.id).where(condition)))


def _named(own_id: int, code: str, name: str, level: AgencyLevel, unit: str, *province: Any) -> AgencyName:
    """A province lies in itself, so that its own government stands in the province's figures."""
    province_id, province_code, province_name = (own_id, code, name) if level is AgencyLevel.PROVINCE else province
    return AgencyName(
        id=own_id,
        code=code,
        name=name,
        level=level,
        province_id=province_id,
        province_code=province_code or "",
        province=(province_name or "").removeprefix("Provinsi "),
        oversight_unit=unit or oversight_unit(name=name, level=level.value),
    )


def period_of(programme_key: str, period_key: str) -> Any:
    programme = db.session.execute(
        db.select(Programme.id, Programme.name, Programme.settings).where(Programme.key == programme_key)
    ).one_or_none()
    if programme is None:
        raise Unknown("programme", programme_key)
    period = db.session.execute(
        db.select(
            Period.id,
            Period.programme_id,
            Period.key,
            Period.name,
            Period.starts_on,
            Period.ends_on,
            Period.due_at,
            Period.locks_at,
            Period.verification_ends_at,
            Programme.name.label("programme"),
            Programme.settings,
            Release.released_at,
            Release.decree,
        )
        .join(Programme, Period.programme_id == Programme.id)
        .outerjoin(Release, Release.period_id == Period.id)
        .where(Programme.id == programme.id, Period.key == period_key)
    ).one_or_none()
    if period is None:
        raise Unknown("period", period_key)
    return period


def narrowed(
    visible: ColumnElement[bool], agency_code: str | None, province_code: str | None, level: AgencyLevel | None
) -> tuple[ColumnElement[bool], str]:
    """The condition on Agency, and the scope in words (empty: everything that is visible). An agency outside the
    province or level that is given with it is not there: a report of nobody says nothing."""
    conditions, words = [visible], []
    if province_code:
        province_id, name = _one(visible, "province", province_code, Agency.level == AgencyLevel.PROVINCE)
        conditions.append(or_(Agency.id == province_id, Agency.province_id == province_id))
        words.append(f"wilayah {name}")
    if level:
        conditions.append(Agency.level == level)
        words.append(f"tingkat {level.label}")
    if agency_code:
        agency_id, name = _one(and_(*conditions), "agency", agency_code)
        conditions.append(Agency.id == agency_id)
        words.append(name)
    return and_(*conditions), ", ".join(words)


def _one(visible: ColumnElement[bool], what: str, code: str, *more: ColumnElement[bool]) -> Any:
    row = db.session.execute(db.select(Agency.id, Agency.name).where(visible, Agency.code == code, *more)).one_or_none()
    if row is None:
        raise Unknown(what, code)
    return row
