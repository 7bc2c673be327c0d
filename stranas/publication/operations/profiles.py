"""How an agency publishes: who drafts and who approves, its colours, site, press contact and masa pilkada, its logo."""

from datetime import date, datetime
from typing import Any

from stranas.accounts.models import User
from stranas.agencies.models import Agency
from stranas.evidence.operations import stored_file_id
from stranas.publication.images import TakenIn
from stranas.publication.models import PublicationProfile
from stranas.system import audit
from stranas.system.db import db, insert_those_not_there


def set_profile(
    *,
    agency: Agency,
    drafting_unit: str,
    approving_office: str,
    colour: str,
    accent: str,
    website: str,
    press_contact: str,
    election_from: date | None,
    election_until: date | None,
    person: User,
    at: datetime,
) -> None:
    """All of it but the logo. Saying the same again changes nothing."""
    wanted = {
        "drafting_unit": drafting_unit.strip(),
        "approving_office": approving_office.strip(),
        "colour": colour,
        "accent": accent,
        "website": website.strip(),
        "press_contact": press_contact.strip(),
        "election_from": election_from,
        "election_until": election_until,
    }
    _change(agency, wanted, person=person, at=at)


def set_logo(*, agency: Agency, logo: TakenIn | None, person: User, at: datetime) -> None:
    """None takes it away. The bytes of a former one stay: a kit may be reading them."""
    file_id = stored_file_id(logo.stored, at) if logo else None
    _change(agency, {"logo_file_id": file_id}, person=person, at=at)


def _change(agency: Agency, wanted: dict[str, Any], *, person: User, at: datetime) -> None:
    values = {
        "agency_id": agency.id,
        "drafting_unit": "",
        "approving_office": "",
        "colour": "",
        "accent": "",
        "website": "",
        "press_contact": "",
        "changed_at": at,
    }
    insert_those_not_there(PublicationProfile, [values], unique=["agency_id"], told=PublicationProfile.agency_id)
    profile = db.session.get_one(PublicationProfile, agency.id, populate_existing=True)
    before = {name: getattr(profile, name) for name, value in wanted.items() if getattr(profile, name) != value}
    if not before:
        return
    for name in before:
        setattr(profile, name, wanted[name])
    profile.changed_by_id, profile.changed_at = person.id, at
    audit.record(
        "set_up_publication",
        f"agency:{agency.code}",
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(wanted[name]) for name in before},
    )


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
