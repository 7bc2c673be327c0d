"""Berita acara hasil verifikasi: what is frozen, who signed, who still may."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stranas.accounts.models import Role, User
from stranas.accounts.queries.officials import signatories
from stranas.accounts.queries.people import agency_people
from stranas.accounts.rules import signature_block, titles
from stranas.agencies.models import Agency
from stranas.catalogue.models import Period
from stranas.release.models import Minutes, MinutesSignature, Release
from stranas.release.rules import Side, Stance
from stranas.reporting.models import Obligation
from stranas.reporting.queries.work import in_force
from stranas.system.db import db
from stranas.system.text import local_day
from stranas.verification.queries.scope import verifies


@dataclass(frozen=True)
class Signature:
    """One side under a berita acara; `signer`: the lines of its block, without room for ink."""

    side: Side
    stance: Stance
    remark: str
    signer: tuple[str, ...]
    signed_at: datetime


@dataclass(frozen=True)
class MinutesView:
    """A berita acara that at least one side signed. `content` as it was frozen."""

    id: int
    number: str
    agency: str
    agency_code: str
    content: dict[str, Any]
    sha256: str
    frozen_at: datetime
    signatures: tuple[Signature, ...]

    def by(self, side: Side) -> Signature | None:
        return next((signature for signature in self.signatures if signature.side is side), None)


def minutes_of(*, period_id: int, agency_id: int) -> MinutesView | None:
    row = db.session.scalars(
        db.select(Minutes).where(Minutes.period_id == period_id, Minutes.agency_id == agency_id)
    ).one_or_none()
    if row is None:
        return None
    return MinutesView(
        id=row.id,
        number=row.number,
        agency=row.agency.name,
        agency_code=row.agency.code,
        content=json.loads(row.content),
        sha256=row.sha256,
        frozen_at=row.frozen_at,
        signatures=tuple(_signature(one) for one in row.signatures),
    )


def _signature(row: MinutesSignature) -> Signature:
    return Signature(row.side, row.stance, row.remark, tuple(row.signer), row.received_at)


@dataclass(frozen=True)
class Standing:
    """How far the berita acara of one agency is."""

    agency: str
    agency_code: str
    period_key: str
    agency_stance: Stance | None
    verifier_stance: Stance | None


def standings(period_id: int, *, now: datetime) -> list[Standing]:
    """Of every agency that owed something in the period, by code."""
    owing = db.select(Obligation.agency_id).where(Obligation.period_id == period_id, in_force(now))
    return _standings(db.select(Agency, Period).join(Period, Period.id == period_id).where(Agency.id.in_(owing)))


def to_sign_by_verifier(user: User, *, now: datetime) -> list[Standing]:
    """Where the user verifies something and no verifier signed yet, of periods whose masa klarifikasi has ended."""
    his = (
        db.select(Obligation.agency_id)
        .where(Obligation.period_id == Period.id, verifies(user), in_force(now))
        .correlate(Period)
    )
    query = (
        db.select(Agency, Period)
        .select_from(Release)
        .join(Period, Period.id == Release.period_id)
        .join(Agency, Agency.id.in_(his))
        .where(Release.clarification_ends_at <= now)
    )
    return [found for found in _standings(query) if found.verifier_stance is None]


def _standings(query: Any) -> list[Standing]:
    """`query` selects pairs of Agency and Period."""
    signed = db.select(Minutes.agency_id, Minutes.period_id, MinutesSignature.side, MinutesSignature.stance).join(
        MinutesSignature, MinutesSignature.minutes_id == Minutes.id
    )
    stances = {(agency, period, side): stance for agency, period, side, stance in db.session.execute(signed)}
    rows = db.session.execute(query.order_by(Period.position.desc(), Agency.code)).all()
    return [
        Standing(
            agency.name,
            agency.code,
            period.key,
            stances.get((agency.id, period.id, Side.AGENCY)),
            stances.get((agency.id, period.id, Side.VERIFIER)),
        )
        for agency, period in rows
    ]


def verifies_agency(user: User, *, agency_id: int, period_id: int) -> bool:
    """Whether the user, as a verifier, is responsible for something of the agency in the period."""
    found = db.exists().where(Obligation.agency_id == agency_id, Obligation.period_id == period_id, verifies(user))
    return bool(db.session.scalar(db.select(found)))


def agency_signer(user: User, *, agency: Agency, now: datetime) -> tuple[str, ...]:
    """The lines under which the user signs for the agency today; empty when he may not.

    An official in office signs in his capacity. Where the agency has none, its coordinator signs: he is the one who
    sends the reports then.
    """
    officials = signatories(agency_id=agency.id, day=local_day(now, agency.timezone))
    for official in officials:
        if official.person_id == user.id:
            return tuple(line for line in signature_block(official) if line)
    coordinators = {person.id for person in agency_people(agency_id=agency.id, role=Role.COORDINATOR)}
    if officials or user.id not in coordinators:
        return ()
    return tuple(line for line in (f"{user.position}," if user.position else "", user.name) if line)


def agency_signers(agency: Agency, *, now: datetime) -> str:
    """Who may sign for the agency today, in words."""
    officials = signatories(agency_id=agency.id, day=local_day(now, agency.timezone))
    return titles(officials) if officials else "koordinator Inspektorat"


def verifier_signer(user: User) -> tuple[str, ...]:
    """The lines under which a verifier signs."""
    return (f"{user.position or Role.VERIFIER.label},", user.name)
