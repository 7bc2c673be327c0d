"""How an agency publishes, as pages and kits read it."""

from dataclasses import dataclass
from datetime import date, datetime

from stranas.accounts.models import User
from stranas.publication.models import PublicationProfile
from stranas.publication.rules import names_are_left_out
from stranas.system import clock, text
from stranas.system.db import db
from stranas.system.models import StoredFile


@dataclass(frozen=True)
class Profile:
    """Empty texts and None where the agency said nothing. `logo_key`: where the PNG lies in the storage;
    `changed_by`: the name of the person who changed it last."""

    agency_id: int
    drafting_unit: str = ""
    approving_office: str = ""
    colour: str = ""
    accent: str = ""
    website: str = ""
    press_contact: str = ""
    election_from: date | None = None
    election_until: date | None = None
    logo_key: str = ""
    logo_sha256: str = ""
    changed_by: str = ""
    changed_at: datetime | None = None

    @property
    def leaves_leaders_out(self) -> bool:
        return is_election(self.election_from, self.election_until)


_SAME = (
    "drafting_unit",
    "approving_office",
    "colour",
    "accent",
    "website",
    "press_contact",
    "election_from",
    "election_until",
)


def is_election(since: date | None, until: date | None) -> bool:
    """Whether masa pilkada with these days is on today: the domain's day, by the calendar of Jakarta for everybody."""
    return names_are_left_out(text.local_day(clock.now(), "Asia/Jakarta"), since=since, until=until)


def profile_of(agency_id: int) -> Profile:
    query = (
        db.select(
            *(getattr(PublicationProfile, name) for name in _SAME),
            PublicationProfile.changed_at,
            db.func.coalesce(StoredFile.storage_key, "").label("logo_key"),
            db.func.coalesce(StoredFile.sha256, "").label("logo_sha256"),
            db.func.coalesce(User.name, "").label("changed_by"),
        )
        .select_from(PublicationProfile)
        .outerjoin(StoredFile, StoredFile.id == PublicationProfile.logo_file_id)
        .outerjoin(User, User.id == PublicationProfile.changed_by_id)
        .where(PublicationProfile.agency_id == agency_id)
    )
    row = db.session.execute(query).one_or_none()
    return Profile(agency_id, **row._mapping) if row else Profile(agency_id)
