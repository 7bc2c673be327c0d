"""The people of the demo, by fixed names: one source for accounts, memberships and assignments.

Ani (secretariat), Budi (coordinator of Temanggung), Citra (verifier), Dewi (coordinator of Kabupaten Jayapura).
Every other agency of the demo has a coordinator, and every agency a verifier who works elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from uuid import NAMESPACE_URL, uuid5

from stranas.accounts.models import Membership, Role, User, VerifierAssignment
from stranas.demo.approvals import OFFICES, Official, add_capacities
from stranas.demo.book import Book
from stranas.demo.cast import TEMANGGUNG
from stranas.demo.story import Place

SINCE = datetime(2019, 1, 7, 2, tzinfo=UTC)
DEWI_WORKS_IN = "91.03"


@dataclass(frozen=True)
class Person:
    """`works_in` is an agency's code."""

    name: str
    role: Role
    position: str
    works_in: str = ""


_NAMED = (
    Person("Budi", Role.COORDINATOR, "Inspektur Pembantu", TEMANGGUNG),
    Person("Sri Lestari", Role.CERTIFIER, "Plt. Inspektur", TEMANGGUNG),
    Person("Galih", Role.HUMAS, "Pranata Hubungan Masyarakat", TEMANGGUNG),
    Person("Hapsari", Role.STORY_APPROVER, "Kepala Dinas Kominfo", TEMANGGUNG),
    Person("Wening Astuti", Role.PPID, "Kepala Dinas Kominfo, PPID", TEMANGGUNG),
    Person("Lestari Ningsih", Role.UNIT, "Kepala Seksi DPMPTSP", TEMANGGUNG),
    Person("Indah", Role.AGENCY_ADMIN, "Kepala Subbagian Umum", TEMANGGUNG),
    Person("Dewi", Role.COORDINATOR, "Inspektur Pembantu", DEWI_WORKS_IN),
    Person("Citra", Role.VERIFIER, "Verifikator", "kpk"),
    Person("Ani", Role.SECRETARIAT, "Sekretariat Nasional"),
    Person("Tirto", Role.NATIONAL_TEAM, "Tim Nasional"),
    Person("Retno Wulandari", Role.CERTIFIER, "Inspektur", "33"),
    Person("Bonar Siahaan", Role.CERTIFIER, "Inspektur Jenderal", "kemendagri"),
    Person("Oka", Role.OBSERVER, "Pemantau"),
    Person("Agus", Role.ADMIN, "Administrator sistem"),
)
_VERIFIERS = (
    Person("Eko Prasetyo", Role.VERIFIER, "Verifikator", "kementerian-ppn-bappenas"),
    Person("Fitri Handayani", Role.VERIFIER, "Verifikator", "kemendagri"),
    Person("Hendra Wijaya", Role.VERIFIER, "Verifikator", "kementerian-panrb"),
    Person("Joko Santoso", Role.VERIFIER, "Verifikator", "ksp"),
    Person("Kartika Putri", Role.VERIFIER, "Verifikator", "kpk"),
)
CITRA_VERIFIES = ("33", "71")  # provinces, with their kabupaten and kota
# fmt: off
_FIRST_NAMES = (
    "Adi", "Ayu", "Bambang", "Desi", "Endang", "Fajar", "Gusti", "Hasan", "Ika", "Jamal", "Kristina", "Lukman", "Maya",
    "Nur", "Oktavia", "Putu", "Ratna", "Slamet", "Tono", "Umar", "Vera", "Wahyu", "Yohanes", "Zainal",
)
_LAST_NAMES = (
    "Hidayat", "Kurniawan", "Lestari", "Manurung", "Nainggolan", "Purnomo", "Rahman", "Saputra", "Siregar", "Susanto",
    "Utami", "Wibowo",
)
# fmt: on


def email_of(name: str) -> str:
    return re.sub(r"[^a-z0-9.-]+", ".", name.lower()) + "@example.com"


class Staff:
    """Adds the people to the book; knows who coordinates and who verifies each agency."""

    def __init__(self, book: Book, places: Sequence[Place], *, agency_ids: dict[str, int], password: str) -> None:
        self.book, self.agency_ids, self.password = book, agency_ids, password
        self.coordinators: dict[int, int] = {}
        self.verifiers: dict[int, int] = {}
        self.officials: dict[int, Official] = {}
        self.by_name: dict[str, int] = {}
        added = {person: self._person(person) for person in (*_NAMED, *_VERIFIERS)}
        for place in places:
            if place.id not in self.coordinators:
                self._person(_coordinator(place), email=f"inspektorat.{place.code}@example.com")
        self._assign(places, {person: user for person, user in added.items() if person.role is Role.VERIFIER})

    def _person(self, person: Person, *, email: str = "") -> int:
        email = email or email_of(person.name)
        user_id = self.book.add(
            User,
            email=email,
            name=person.name,
            position=person.position,
            phone="",
            password=self.password,
            active=True,
            fs_uniquifier=uuid5(NAMESPACE_URL, f"mailto:{email}").hex,
            create_datetime=SINCE,
            update_datetime=SINCE,
        )
        self.by_name.setdefault(person.name, user_id)
        agency_id = self.agency_ids.get(person.works_in)
        membership_id = self.book.add(Membership, user_id=user_id, role=person.role, agency_id=agency_id, unit_id=None)
        if person.role is Role.CERTIFIER and agency_id:
            offices = OFFICES if person.works_in == TEMANGGUNG else ()
            self.officials[agency_id] = Official(user_id, person.name, person.position, offices)
            add_capacities(self.book, self.officials[agency_id], membership_id, SINCE)
        if person.role is Role.COORDINATOR and agency_id:
            self.coordinators[agency_id] = user_id
        return user_id

    def _assign(self, places: Sequence[Place], verifiers: dict[Person, int]) -> None:
        """Citra has her provinces; the others take the provinces and K/L in turn."""
        citra = next(person for person in verifiers if person.name == "Citra")
        others = [person for person in verifiers if person is not citra]
        provinces = {self.agency_ids[code] for code in CITRA_VERIFIES}
        for turn, place in enumerate(places):
            region = place.province_id or place.id
            of_citra = place.is_local and region in provinces
            order = others[(region if place.is_local else turn) % len(others) :] + others
            person = citra if of_citra else next(p for p in order if p.works_in != place.code)
            self.verifiers[place.id] = verifiers[person]
            self.book.add(VerifierAssignment, user_id=verifiers[person], agency_id=place.id)


def _coordinator(place: Place) -> Person:
    rng = Random(f"coordinator {place.code}")
    name = f"{rng.choice(_FIRST_NAMES)} {rng.choice(_LAST_NAMES)}"
    return Person(name, Role.COORDINATOR, "Inspektur Pembantu" if place.is_local else "Auditor Madya", place.code)
