"""What a document is checked against: the claim of its agency, kind and target, and what it may be about instead."""

from datetime import date

from stranas.agencies.models import Agency, AgencyAlias
from stranas.catalogue.models import DocumentKind, Item, Period, Requirement, Target
from stranas.catalogue.queries import agency_facts
from stranas.catalogue.rules import HOLDS_SEAT
from stranas.evidence.checks.finding import Claim, Office, Quarter, Subject, Surroundings
from stranas.evidence.models import Document
from stranas.system import text
from stranas.system.db import db


def claim_of(document: Document, *, kind: DocumentKind, target: Target | None) -> Claim:
    """The claim of a document; without a target only the kind and the agency are judged."""
    agency = db.session.get_one(Agency, document.agency_id)
    uploaded = text.local_day(document.uploaded_at, agency.timezone)
    return claim(document.name, kind, agency_code=agency.code, target=target, uploaded_on=uploaded)


def claim(
    name: str,
    kind: DocumentKind,
    *,
    agency_code: str = "",
    target: Target | None = None,
    uploaded_on: date | None = None,
) -> Claim:
    """`uploaded_on`: a correction may be dated after the due day, though never after it was uploaded."""
    if target is None:
        return Claim(name, kind.value, kind.label, agency=agency_code)
    period = target.period
    until = text.last_day(period.verification_ends_at)
    in_time = max(text.last_day(period.due_at), period.ends_on, min(uploaded_on or date.min, until))
    return Claim(
        name,
        kind.value,
        kind.label,
        period_from=period.starts_on.isoformat(),
        period_to=in_time.isoformat(),
        period_words=text.month_span(period.starts_on, period.ends_on),
        agency=agency_code,
        item=target.item.key,
        period=period.key,
    )


def surroundings(target: Target | None) -> Surroundings:
    """All agencies; with a target also the items of its quarter and the quarters of its programme."""
    if target is None:
        return Surroundings(_offices())
    return Surroundings(_offices(), _subjects(target.period), _quarters(target.period.programme_id))


def _offices() -> tuple[Office, ...]:
    also: dict[int, list[str]] = {}
    for agency_id, alias in db.session.execute(
        db.select(AgencyAlias.agency_id, AgencyAlias.alias)
        .where(AgencyAlias.kind != HOLDS_SEAT)
        .order_by(AgencyAlias.id)
    ):
        also.setdefault(agency_id, []).append(alias)
    return tuple(
        Office(
            facts.code,
            facts.level,
            facts.code if facts.level == "provinsi" else facts.province_code,
            tuple(dict.fromkeys((facts.name, facts.short_name, *also.get(facts.id, ())))),
            facts.seats,
        )
        for facts in agency_facts()
    )


def _subjects(period: Period) -> tuple[Subject, ...]:
    """The words of an item in a quarter: its targets of all tracks, and what they ask for."""
    rows = db.session.execute(
        db.select(Item.key, Item.name, Target.text, Requirement.subject)
        .join(Target, Target.item_id == Item.id)
        .outerjoin(Requirement, Requirement.target_id == Target.id)
        .where(Target.period_id == period.id)
        .order_by(Item.position, Target.id, Requirement.position)
    )
    words: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for key, title, target, subject in rows:
        titles[key] = title
        words.setdefault(key, []).extend(part for part in (target, subject) if part)
    return tuple(Subject(key, titles[key], " ".join(dict.fromkeys(parts))) for key, parts in words.items())


def _quarters(programme_id: int) -> tuple[Quarter, ...]:
    rows = db.session.scalars(db.select(Period).where(Period.programme_id == programme_id).order_by(Period.position))
    return tuple(
        Quarter(
            period.key,
            period.starts_on.isoformat(),
            period.ends_on.isoformat(),
            text.month_span(period.starts_on, period.ends_on),
        )
        for period in rows
    )
