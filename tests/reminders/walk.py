"""The five agencies of the time walk, and the events of events.csv carried out by the product's operations."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from stranas.accounts.models import Role, User
from stranas.agencies.holidays import indonesian_holidays
from stranas.agencies.models import Agency, AgencyLevel, Unit
from stranas.catalogue.models import DocumentKind, Item, Period
from stranas.deadlines.operations import grant_extension, record_outage
from stranas.deadlines.rules import JAKARTA, end_of, instants
from stranas.reporting import operations as reporting
from stranas.reporting.models import Approval, ApprovalState, Obligation, Submission
from stranas.requests import operations as requests
from stranas.requests.models import UnitRequest
from stranas.requests.operations import Doer
from stranas.requests.rules import Party, end_of_day
from stranas.system import clock
from stranas.system.db import db
from stranas.verification import operations as verification
from stranas.verification.rules import Part
from tests import factories
from tests.verification.people import add_reasons, entry, make_citra, make_document

FOLDER = Path(__file__).parent / "time_walk"
JANUARY_2019 = date(2019, 1, 1)
KEYS = ("B03", "B06", "B09", "B12", "B15", "B18", "B21", "B24")


@dataclass(frozen=True)
class Event:
    """One line of events.csv. `until`: the last day that it gives."""

    at: datetime
    agency: str
    period: str
    targets: tuple[str, ...]
    what: str
    until: date | None


def read_events() -> list[Event]:
    with (FOLDER / "events.csv").open(encoding="utf-8", newline="") as file:
        return [_event(row) for row in csv.DictReader(file)]


def _event(row: dict[str, str]) -> Event:
    return Event(
        at=datetime.fromisoformat(row["instant_wib"]).replace(tzinfo=JAKARTA),
        agency=row["agency"],
        period=row["period"],
        targets=tuple(row["target"].split()),
        what=row["what"],
        until=date.fromisoformat(row["until"]) if row["until"] else None,
    )


@dataclass(frozen=True)
class Office:
    """One agency with its people. `eko` approves what it sends; an agency without him sends by itself."""

    agency: Agency
    budi: User
    eko: User | None = None
    unit: Unit | None = None
    lestari: User | None = None


class Country:
    """Five agencies with two targets in each of eight periods. Citra verifies two of them, Ani is the secretariat."""

    def __init__(self) -> None:
        with clock.at(datetime.combine(JANUARY_2019, time(), JAKARTA)):
            add_reasons()
            self.offices = _offices()
            self.periods, self.items = _catalogue(self.offices.values())
            self.ani = factories.make_person(Role.SECRETARIAT, name="Ani")
            self.citra = make_citra(self.offices["Temanggung"].agency, self.offices["Jayapura"].agency)
        self.down_at: dict[str, datetime] = {}

    def whose(self) -> dict[int, tuple[str, str]]:
        """Role and agency of each person by id, in the words of the table."""
        found = {self.ani.id: ("secretariat", ""), self.citra.id: ("verifier", "")}
        for name, office in self.offices.items():
            people = {"coordinator": office.budi, "certifying official": office.eko, "unit": office.lestari}
            found |= {person.id: (role, name) for role, person in people.items() if person}
        return found

    def happen(self, event: Event) -> None:
        """Carried out at its instant, and committed."""
        with clock.at(event.at):
            ACTS[event.what](self, event)
            db.session.commit()

    def obligations(self, event: Event) -> list[Obligation]:
        return [
            db.session.scalars(
                db.select(Obligation).where(
                    Obligation.agency_id == self.offices[event.agency].agency.id,
                    Obligation.period_id == self.periods[event.period].id,
                    Obligation.item_id == self.items[target].id,
                )
            ).one()
            for target in event.targets
        ]

    def request(self, event: Event) -> UnitRequest:
        (obligation,) = self.obligations(event)
        latest = db.select(UnitRequest).where(UnitRequest.obligation_id == obligation.id)
        return db.session.scalars(latest.order_by(UnitRequest.id.desc()).limit(1)).one()

    def send(self, event: Event) -> None:
        office = self.offices[event.agency]
        if not office.eko:
            parts = self.ready(event)
            reporting.file_submissions(**self._together(event, parts), person=office.budi, received_at=event.at)
            return
        waiting = db.select(Approval).where(
            Approval.agency_id == office.agency.id,
            Approval.period_id == self.periods[event.period].id,
            Approval.state == ApprovalState.WAITING,
        )
        approval = db.session.scalars(waiting).one_or_none() or self.ask_approval(event)
        reporting.approve(approval=approval, person=office.eko, received_at=event.at)

    def ask_approval(self, event: Event) -> Approval:
        parts, budi = self.ready(event), self.offices[event.agency].budi
        return reporting.request_approval(**self._together(event, parts), person=budi, received_at=event.at)

    def _together(self, event: Event, parts: list[Submission]) -> dict:
        return {
            "agency": self.offices[event.agency].agency,
            "period": self.periods[event.period],
            "submissions": parts,
        }

    def ready(self, event: Event) -> list[Submission]:
        budi, parts = self.offices[event.agency].budi, []
        for obligation in self.obligations(event):
            part = obligation.submission
            if part is None:
                part = reporting.start_submission(obligation=obligation, person=budi, received_at=event.at)
                written = {"submission": part, "entry": entry(), "revision": 0}
                reporting.save_draft(**written, person=budi, received_at=event.at)
            reporting.mark_ready(submission=part, person=budi, received_at=event.at)
            parts.append(part)
        return parts

    def accept(self, event: Event) -> None:
        self._decide(event, score=Decimal(100))

    def return_(self, event: Event) -> None:
        self._decide(event, reason="K01")

    def _decide(self, event: Event, *, score: Decimal | None = None, reason: str = "") -> None:
        for obligation in self.obligations(event):
            verification.decide(
                submission=obligation.submission,
                verifier=self.citra,
                parts=[Part(r.id, not reason, reason) for r in obligation.target.requirements],
                score=score,
                note="",
                received_at=event.at,
                version_id=obligation.submission.versions[-1].id,
            )

    def extend(self, event: Event) -> None:
        """One target, or all that the agency owes in the period."""
        item = self.items[event.targets[0]].id if len(event.targets) == 1 else None
        grant_extension(
            period_id=self.periods[event.period].id,
            agency_id=self.offices[event.agency].agency.id,
            item_id=item,
            until=end_of(event.until),
            reason="Jaringan internet terputus karena banjir.",
            decided_by_id=self.ani.id,
        )

    def service(self, event: Event) -> None:
        self.down_at[event.what] = event.at

    def record_outage(self, event: Event) -> None:
        record_outage(
            periods=[self.periods[event.period]],
            began_at=self.down_at["service down"],
            ended_at=self.down_at["service up"],
            extends_to=end_of(event.until),
            reason="Pusat data tidak dapat dijangkau.",
            person=self.ani,
        )

    def ask_unit(self, event: Event) -> None:
        office, (obligation,) = self.offices[event.agency], self.obligations(event)
        requests.ask(
            obligation=obligation,
            unit=office.unit,
            wanted="Laporan pemenuhan komitmen triwulan berjalan.",
            due_at=end_of_day(event.until, office.agency.timezone),
            person=office.budi,
            received_at=event.at,
            requirement=obligation.target.requirements[0],
        )

    def send_from_unit(self, event: Event) -> None:
        office, request = self.offices[event.agency], self.request(event)
        requests.add_file(request=request, document=make_document(office.agency), received_at=event.at)
        requests.send(request=request, doer=Doer(Party.UNIT, person=office.lestari), received_at=event.at)

    def send_back_to_unit(self, event: Event) -> None:
        reason, budi = "Halaman 2 belum ada.", self.offices[event.agency].budi
        requests.send_back(request=self.request(event), reason=reason, person=budi, received_at=event.at)

    def take_from_unit(self, event: Event) -> None:
        budi = self.offices[event.agency].budi
        requests.take(request=self.request(event), document_ids=[], person=budi, received_at=event.at)


ACTS = {
    "sends": Country.send,
    "sends again": Country.send,
    "asks for approval": Country.ask_approval,
    "is accepted": Country.accept,
    "is returned": Country.return_,
    "extension until": Country.extend,
    "service down": Country.service,
    "service up": Country.service,
    "outage gives until": Country.record_outage,
    "unit asked until": Country.ask_unit,
    "unit sends": Country.send_from_unit,
    "unit's papers sent back": Country.send_back_to_unit,
    "unit's papers taken": Country.take_from_unit,
}


def _offices() -> dict[str, Office]:
    central_java = factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)
    temanggung = factories.make_agency("33.23", "Kabupaten Temanggung", province=central_java)
    makassar = factories.make_agency("73.71", "Kota Makassar", AgencyLevel.CITY, "Asia/Makassar")
    jayapura = factories.make_agency("91.03", "Kabupaten Jayapura", AgencyLevel.REGENCY, "Asia/Jayapura")
    ministry = factories.make_agency("kemendagri", "Kementerian Dalam Negeri", AgencyLevel.KL)
    for agency in (central_java, ministry):
        agency.files_without_approval = True
    return {
        "Temanggung": _office(temanggung, approved=True),
        "Makassar": _office(makassar, approved=True),
        "Jayapura": _office(jayapura, approved=True, staffed=True),
        "Jawa Tengah": _office(central_java),
        "Kemendagri": _office(ministry),
    }


def _office(agency: Agency, *, approved: bool = False, staffed: bool = False) -> Office:
    unit = factories.make_unit(agency) if staffed else None
    lestari = factories.make_person(Role.UNIT, agency, name="Lestari") if unit else None
    if unit and lestari:
        lestari.memberships[0].unit_id = unit.id
    return Office(
        agency=agency,
        budi=factories.make_person(Role.COORDINATOR, agency),
        eko=factories.make_person(Role.CERTIFIER, agency, name="Eko") if approved else None,
        unit=unit,
        lestari=lestari,
    )


def _catalogue(offices: Iterable[Office]) -> tuple[dict[str, Period], dict[str, Item]]:
    """Periods with the instants of the default rule; every agency owes both targets of each."""
    programme = factories.make_programme(approval_required=True)
    items = {key: factories.make_item(programme, key=key, name=f"Sub-aksi {key}") for key in "AB"}
    periods = {key: _period(programme, position, key) for position, key in enumerate(KEYS, 1)}
    for period in periods.values():
        for item in items.values():
            target = factories.make_target(item, period, (DocumentKind.REPORT,), text=f"Target {item.key}")
            for office in offices:
                factories.make_obligation(office.agency, target)
    return periods, items


def _period(programme, position: int, key: str) -> Period:
    """The quarters follow one another from January 2019 on."""
    year, month = 2019 + (position - 1) // 4, (position - 1) % 4 * 3 + 1
    ends_on = date(year + month // 10, (month + 3) % 12, 1) - timedelta(days=1)
    rule = instants(
        quarter_end=ends_on, due_working_days=10, lock_days=14, verification_days=60, holidays=indonesian_holidays()
    )
    return factories.make_period(
        programme,
        key,
        name=f"Triwulan {position}",
        position=position,
        starts_on=date(year, month, 1),
        ends_on=ends_on,
        **vars(rule),
    )
