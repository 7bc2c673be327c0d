"""What officials approved in the demo: asked, perhaps declined once, then sent in the capacity of that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from stranas.accounts.models import Capacity, CapacityKind
from stranas.accounts.rules import Signatory, Span, signature_block
from stranas.catalogue.models import DocumentKind
from stranas.demo import hours
from stranas.demo.book import Book
from stranas.demo.cast import TEMANGGUNG
from stranas.demo.library import Library
from stranas.demo.story import Attempt, Duty, Leaf, Paper, Story
from stranas.reporting.models import Approval, ApprovalPart, ApprovalState, CoverLetter
from stranas.reporting.operations import scan_due

# Between the arrival of a request and its row.
RECORDED_AFTER = timedelta(seconds=1)
# (agency, quarter) → why the official did not approve at first, and what the coordinator answered.
DECLINED = {
    (TEMANGGUNG, "B15"): (
        "Realisasi 7-a turun dari triwulan lalu. Mohon dijelaskan dahulu sebabnya sebelum saya setujui.",
        "Variabel keenam baru dinilai LKPP pada Mei 2020; penjelasannya sudah ada dalam kolom kendala 7-a.",
    )
}
# Letters are kept from this quarter on.
LETTERS_SINCE = 5
# The first letter of the quarter, signed and scanned: its number, its day, when the scan came.
SCANNED = {
    (TEMANGGUNG, "B15"): ("700/214/2020", date(2020, 4, 14), datetime(2020, 4, 15, 3, 41, 9, tzinfo=UTC)),
    ("33", "B15"): ("700/0388/2020", date(2020, 4, 15), datetime(2020, 4, 20, 6, 2, 30, tzinfo=UTC)),
}


@dataclass(frozen=True)
class Office:
    """A capacity of an official of the demo."""

    kind: CapacityKind
    office: str
    span: Span
    chain: tuple[str, ...] = ()
    legal_basis: str = ""


RANK, NUMBER = "Pembina Tingkat I", "19710508 199603 2 004"
# Sri Lestari signed for the inspector as his secretary until she stood in for him.
OFFICES = (
    Office(
        CapacityKind.DEFINITIVE,
        "Sekretaris Inspektorat",
        Span(date(2019, 1, 7), date(2019, 12, 31)),
        ("Inspektur",),
        "Surat kuasa Inspektur Kabupaten Temanggung Nomor 700/004/2019",
    ),
    Office(
        CapacityKind.PLT,
        "Inspektur",
        Span(date(2020, 1, 1)),
        (),
        "Surat perintah Bupati Temanggung Nomor 821.2/012/2020",
    ),
)


@dataclass(frozen=True)
class Official:
    """Who approves for an agency of the demo."""

    person_id: int
    name: str
    position: str
    offices: tuple[Office, ...] = ()

    def signatory(self, day: date) -> Signatory:
        held = next((office for office in self.offices if office.span.covers(day)), None)
        if held is None:
            return Signatory(self.person_id, self.name, self.position)
        return Signatory(
            self.person_id,
            self.name,
            held.office,
            prefix=held.kind.prefix,
            chain=held.chain,
            rank=RANK,
            employee_number=NUMBER,
            legal_basis=held.legal_basis,
        )


def add_capacities(book: Book, official: Official, membership_id: int, recorded_at: datetime) -> None:
    for held in official.offices:
        book.add(
            Capacity,
            membership_id=membership_id,
            kind=held.kind,
            office=held.office,
            chain=list(held.chain),
            rank=RANK,
            employee_number=NUMBER,
            legal_basis=held.legal_basis,
            starts_on=held.span.starts_on,
            ends_on=held.span.ends_on,
            named_by_id=None,
            recorded_at=recorded_at,
        )


@dataclass(frozen=True)
class Ask:
    """One request for approval, and its answer; `id` is the row's."""

    id: int
    at: datetime
    state: ApprovalState
    answered_at: datetime | None
    reason: str = ""


class Desk:
    """The requests of one agency and quarter, by the instant at which the answer was to send (None: still waits)."""

    def __init__(self, book: Book, library: Library, official: Official, *, coordinator: int) -> None:
        self.book, self.library, self.official, self.coordinator = book, library, official, coordinator
        self.asks: dict[datetime | None, list[Ask]] = {}

    def open(self, stories: Sequence[Story], filings: dict[datetime, int]) -> None:
        """`filings`: instant → id of its row."""
        self.asks = {}
        duty = stories[0].duty
        for turn, (at, filing_id) in enumerate(filings.items()):
            ready_at = max(a.ready_at for a in _attempts(stories) if a.filed_at == at and a.ready_at)
            declined = DECLINED.get((duty.place.code, duty.quarter.key)) if turn == 0 else None
            self.asks[at] = list(self._asked(duty, ready_at, at, filing_id, declined))
            self._letter(duty, at, filing_id, first=turn == 0)
        self._waiting(duty, [a for a in _attempts(stories) if a.asked_at])

    def _asked(self, duty: Duty, ready_at: datetime, at: datetime, filing_id: int, declined: tuple[str, str] | None):
        note, step = "", (at - ready_at) / 4
        if declined:
            reason, note = declined
            yield self._add(duty, ready_at + step, ApprovalState.DECLINED, ready_at + 2 * step, reason=reason)
        yield self._add(duty, ready_at + 3 * step, ApprovalState.APPROVED, at, note=note, filing_id=filing_id)

    def _waiting(self, duty: Duty, attempts: Sequence[Attempt]) -> None:
        if attempts:
            self.asks[None] = [self._add(duty, max(a.asked_at for a in attempts), ApprovalState.WAITING, None)]

    def _add(
        self,
        duty: Duty,
        at: datetime,
        state: ApprovalState,
        answered_at: datetime | None,
        *,
        note: str = "",
        reason: str = "",
        filing_id: int | None = None,
    ) -> Ask:
        signatory = self.official.signatory(hours.day_of(answered_at or at, duty.place.timezone))
        approval_id = self.book.add(
            Approval,
            agency_id=duty.place.id,
            period_id=duty.quarter.id,
            state=state,
            requested_by_id=self.coordinator,
            note=note,
            received_at=at,
            recorded_at=at + RECORDED_AFTER,
            decided_by_id=self.official.person_id if answered_at else None,
            decided_at=answered_at,
            reason=reason,
            office=signatory.title if answered_at else "",
            filing_id=filing_id,
            signature=list(signature_block(signatory)) if filing_id else [],
        )
        return Ask(approval_id, at, state, answered_at, reason)

    def _letter(self, duty: Duty, at: datetime, filing_id: int, *, first: bool) -> None:
        """Some signed letters came in; the others are still out."""
        if duty.quarter.position < LETTERS_SINCE:
            return
        number, dated_on, scanned_at = SCANNED.get(
            (duty.place.code, duty.quarter.key) if first else "", ("", None, None)
        )
        self.book.add(
            CoverLetter,
            filing_id=filing_id,
            number=number,
            nature="Biasa",
            dated_on=dated_on,
            due_at=scan_due(at),
            document_id=self._scan(duty, number, dated_on, scanned_at) if scanned_at else None,
            scanned_at=scanned_at,
            scanned_by_id=self.coordinator if scanned_at else None,
        )

    def _scan(self, duty: Duty, number: str, dated_on: date, at: datetime) -> int:
        leaf = Leaf(
            kind=DocumentKind.LETTER,
            agency=duty.place.name,
            office="Inspektorat",
            place=duty.place.seat,
            subject=f"penyampaian laporan {duty.quarter.name} ({duty.quarter.key}) Aksi Pencegahan Korupsi",
            number=number,
            dated=dated_on,
        )
        name = f"surat-pengantar-{duty.quarter.key.lower()}-bertanda-tangan.pdf"
        paper = Paper(f"{duty.place.code} {duty.quarter.key} surat pengantar", name, "pdf", at, (leaf,))
        return self.library.document(paper, DocumentKind.LETTER)

    def attach(self, ask: Ask, submission_id: int) -> None:
        self.book.add(ApprovalPart, approval_id=ask.id, submission_id=submission_id)


def _attempts(stories: Sequence[Story]) -> list[Attempt]:
    return [attempt for story in stories for attempt in story.attempts]
