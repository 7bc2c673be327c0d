"""Units of two agencies, who answers for what, and what Budi asked his units for in B18."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from zoneinfo import ZoneInfo

from stranas.accounts.models import Membership
from stranas.agencies.models import Unit
from stranas.catalogue.models import DocumentKind
from stranas.demo.book import Book
from stranas.demo.cast import TEMANGGUNG
from stranas.demo.leaves import leaf_of, paper_of
from stranas.demo.library import Library
from stranas.demo.story import Duty
from stranas.demo.words import Reached
from stranas.requests.models import RequestEvent, RequestFile, Responsibility, UnitRequest
from stranas.requests.rules import Act, State, end_of_day

MINISTRY = "kemendagri"


@dataclass(frozen=True)
class Office:
    """A unit; `inside` and `holds` name others by their short name, items by their key."""

    short: str
    name: str
    head: str = ""
    phone: str = ""
    inside: str = ""
    holds: tuple[str, ...] = ()


OFFICES = {
    TEMANGGUNG: (
        Office(
            "DPMPTSP",
            "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
            phone="0293-491001",
            holds=("1-a",),
        ),
        Office("Diskominfo", "Dinas Komunikasi dan Informatika", phone="0812-0000-1001", holds=("9-b",)),
        Office("BKPSDM", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"),
        Office("BPKPD", "Badan Pengelolaan Keuangan, Pendapatan, dan Aset Daerah"),
        Office("DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang"),
        Office("Bappeda", "Badan Perencanaan Pembangunan Daerah"),
        Office("Setda", "Sekretariat Daerah", head="Sekretaris Daerah"),
        Office("Bagian PBJ", "Bagian Pengadaan Barang dan Jasa", inside="Setda", holds=("7-a",)),
        Office("Bagian Organisasi", "Bagian Organisasi", inside="Setda", holds=("9-a",)),
    ),
    MINISTRY: (
        Office("Ditjen Bina Bangda", "Direktorat Jenderal Bina Pembangunan Daerah", head="Direktur Jenderal"),
        Office(
            "Direktorat PEIPD",
            "Direktorat Perencanaan, Evaluasi, dan Informasi Pembangunan Daerah",
            head="Direktur",
            inside="Ditjen Bina Bangda",
            holds=("6-a",),
        ),
        Office("Ditjen Dukcapil", "Direktorat Jenderal Kependudukan dan Pencatatan Sipil", head="Direktur Jenderal"),
        Office(
            "Direktorat Fasilitasi Data",
            "Direktorat Fasilitasi Pemanfaatan Data dan Dokumen Kependudukan",
            head="Direktur",
            inside="Ditjen Dukcapil",
            holds=("3-a",),
        ),
        Office("Ditjen Bina Pemdes", "Direktorat Jenderal Bina Pemerintahan Desa", head="Direktur Jenderal"),
        Office(
            "Direktorat Keuangan Desa",
            "Direktorat Fasilitasi Pengelolaan Keuangan dan Aset Pemerintahan Desa",
            head="Direktur",
            inside="Ditjen Bina Pemdes",
            holds=("10-a",),
        ),
        Office("Setjen", "Sekretariat Jenderal", head="Sekretaris Jenderal"),
        Office("Biro Organisasi", "Biro Organisasi dan Tata Laksana", inside="Setjen", holds=("7-a", "9-a")),
    ),
}


@dataclass(frozen=True)
class Happened:
    """One event: what, when, by whom (the unit's person, the Inspektorat, or nobody with an account)."""

    act: Act
    at: datetime
    by: str = "unit"
    note: str = ""


@dataclass(frozen=True)
class Asked:
    """One request of B18: for which item and requirement, of whom, until which day, and what came of it."""

    item: str
    position: int
    unit: str
    until: date
    events: tuple[Happened, ...]
    description: str = ""
    signer: str = ""
    signing_since: date | None = None
    file: bool = False


def _wib(day: date, hour: int, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZoneInfo("Asia/Jakarta")).astimezone(UTC)


def _asked(day: date, hour: int = 9, minute: int = 12) -> Happened:
    return Happened(Act.ASKED, _wib(day, hour, minute), by="inspectorate")


FIRST, SECOND, FRIDAY = date(2020, 7, 1), date(2020, 7, 6), date(2020, 7, 10)
STATES = {
    Act.ASKED: State.ASKED,
    Act.SEEN: State.SEEN,
    Act.AWAITS_SIGNATURE: State.SIGNING,
    Act.UPLOADED: State.UPLOADED,
    Act.SENT_BACK: State.SENT_BACK,
    Act.TAKEN: State.TAKEN,
}
REQUESTS = (
    Asked(
        "1-a",
        1,
        "DPMPTSP",
        FRIDAY,
        (
            _asked(FIRST),
            Happened(Act.SEEN, _wib(FIRST, 13, 40)),
            Happened(Act.UPLOADED, _wib(date(2020, 7, 9), 15, 5), note="Rekap permohonan April sampai Juni 2020."),
            Happened(
                Act.SENT_BACK,
                _wib(FRIDAY, 8, 20),
                by="inspectorate",
                note="Kolom batas waktu komitmen belum ada. Mohon kirim lembar kerja dengan kolom itu.",
            ),
        ),
        description="Rekap permohonan April sampai Juni 2020.",
        file=True,
    ),
    Asked(
        "1-a",
        2,
        "DPMPTSP",
        date(2020, 7, 13),
        (
            _asked(FIRST),
            Happened(Act.SEEN, _wib(FIRST, 13, 42)),
            Happened(Act.AWAITS_SIGNATURE, _wib(FRIDAY, 14, 31), note="Kepala DPMPTSP"),
        ),
        signer="Kepala DPMPTSP",
        signing_since=FRIDAY,
    ),
    Asked(
        "7-a",
        1,
        "Bagian PBJ",
        FRIDAY,
        (_asked(SECOND, 10, 2), Happened(Act.SEEN, _wib(SECOND, 10, 55))),
    ),
    Asked(
        "7-a",
        2,
        "Bagian PBJ",
        date(2020, 7, 13),
        (
            _asked(SECOND, 10, 3),
            Happened(Act.UPLOADED, _wib(date(2020, 7, 11), 9, 48), note="Rekap variabel per 10 Juli 2020."),
        ),
        description="Rekap variabel per 10 Juli 2020.",
        file=True,
    ),
    Asked("7-a", 3, "BKPSDM", date(2020, 7, 14), (_asked(FRIDAY, 11, 15),)),
)


def add_units(
    book: Book,
    place_id: int,
    code: str,
    duties: Sequence[Duty],
    *,
    asked_by: int,
    unit_person: int | None,
) -> None:
    """The units of an agency of OFFICES, and for Temanggung what was asked of them."""
    units: dict[str, int] = {}
    for office in OFFICES.get(code, ()):
        units[office.short] = _unit(book, place_id, office, units.get(office.inside))
    _hold(book, place_id, OFFICES.get(code, ()), units, duties)
    if code == TEMANGGUNG:
        _place(book, unit_person, units["DPMPTSP"])
        for asked in REQUESTS:
            duty = next(duty for duty in duties if duty.item_key == asked.item)
            by = {"inspectorate": asked_by, "unit": unit_person if asked.unit == "DPMPTSP" else None}
            _ask(book, asked, duty, units[asked.unit], by)


def _unit(book: Book, place_id: int, office: Office, parent_id: int | None) -> int:
    address = office.short.lower().replace(" ", ".")
    return book.add(
        Unit,
        agency_id=place_id,
        parent_id=parent_id,
        name=office.name,
        short_name=office.short,
        head=_head(office),
        email=f"{address}@example.com",
        phone=office.phone,
        active=True,
    )


def _head(office: Office) -> str:
    """ "Kepala DPMPTSP"; "Direktur Fasilitasi …" for a Direktorat."""
    if office.head.startswith("Direktur"):
        return office.head + office.name.removeprefix("Direktorat").removeprefix(" Jenderal")
    return office.head or f"Kepala {office.short}"


def _hold(
    book: Book, place_id: int, offices: Sequence[Office], units: Mapping[str, int], duties: Sequence[Duty]
) -> None:
    items = {duty.item_key: duty.item_id for duty in duties}
    for office in offices:
        for key in office.holds:
            if key in items:
                unit_id = units[office.short]
                book.add(Responsibility, agency_id=place_id, item_id=items[key], unit_id=unit_id, office=_head(office))


def _place(book: Book, person: int | None, unit_id: int) -> None:
    for row in book.rows[Membership]:
        if row["user_id"] == person:
            row["unit_id"] = unit_id


def _ask(book: Book, asked: Asked, duty: Duty, unit_id: int, by: Mapping[str, int | None]) -> None:
    need = next(need for need in duty.needs if need.position == asked.position)
    last = asked.events[-1]
    request_id = book.add(
        UnitRequest,
        obligation_id=duty.id,
        requirement_id=need.id,
        unit_id=unit_id,
        wanted=f"{need.kind.label}: {need.subject}.",
        criterion=need.criterion,
        due_at=end_of_day(asked.until, duty.place.timezone),
        state=STATES[last.act],
        asked_by_id=by["inspectorate"],
        asked_at=asked.events[0].at,
        since=last.at,
        description=asked.description,
        signer=asked.signer,
        signing_since=asked.signing_since,
    )
    for sequence, event in enumerate(asked.events, 1):
        book.add(
            RequestEvent,
            request_id=request_id,
            sequence=sequence,
            act=event.act,
            state=STATES[event.act],
            actor_id=by[event.by],
            link_id=None,
            received_at=event.at,
            recorded_at=event.at,
            note=event.note,
            details={},
        )
    if asked.file:
        sent_at = next(event.at for event in asked.events if event.act is Act.UPLOADED)
        _upload(book, asked, duty, request_id, sent_at, by["unit"])


def _upload(book: Book, asked: Asked, duty: Duty, request_id: int, at: datetime, person: int | None) -> None:
    """A worksheet of the unit, in the agency's library, attached to nothing."""
    need = next(need for need in duty.needs if need.position == asked.position)
    rng = Random(f"unit {duty.seed} {need.position}")
    library = Library(book, agency_id=duty.place.id, person_id=person)
    leaf = leaf_of(duty, need, Reached(3, duty.value, duty.value), rng)
    paper = paper_of(duty, need, leaf, rng, at=at, turn=7)
    document_id = library.document(paper, DocumentKind(need.kind), target_id=need.target_id)
    book.add(RequestFile, request_id=request_id, document_id=document_id, received_at=at, sent_at=at)
