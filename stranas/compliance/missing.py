"""Daftar belum lapor: what is owed at the cut-off and was not sent yet, agency by agency, for those who follow it up.

Pure: from a snapshot. Extensions and outages count as in every report.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from reports import tables
from reports.document import Document
from reports.tables import Cell, Column, Kind, Table
from stranas.agencies.models import AgencyLevel
from stranas.compliance.document import document
from stranas.compliance.formats import file_stamp
from stranas.compliance.snapshot import AgencyName, Detail, Snapshot
from stranas.system.text import number

TITLE = "Laporan yang belum terkirim"
SENDING = BEFORE_DUE, STILL_OPEN, CLOSED = (
    ("Sebelum batas waktu", "kirim"),
    ("Masih dapat dikirim", "tunggu"),
    ("Pengisian ditutup", "belum"),
)
OFFICE = Column("office", "Unit yang dihubungi", width=44)
AGENCIES = (
    *tables.AGENCIES[:4],
    OFFICE,
    Column("expected", "Kewajiban", Kind.COUNT, 11),
    Column("received", "Diterima", Kind.COUNT, 10),
    Column("missing", "Belum terkirim", Kind.COUNT, 11),
    Column("due_at", "Batas waktu terdekat (WIB)", Kind.DEADLINE, 18),
)
OBLIGATIONS = (
    *tables.DETAILS[:4],
    OFFICE,
    Column("period", "Triwulan", width=10),
    Column("item_key", "Sub-aksi", width=9),
    Column("item", "Nama sub-aksi", width=40),
    Column("target", "Target triwulan", width=50),
    Column("due_at", "Batas waktu (WIB)", Kind.DEADLINE, 18),
    Column("closes_at", "Penutupan pengisian (WIB)", Kind.DEADLINE, 20),
    Column("sending", "Pengiriman", width=20, tones=SENDING),
)


@dataclass(frozen=True)
class NotSent:
    """One obligation without a sent report. `sending`: the word and the mark of whether it can still be sent."""

    item_key: str
    item: str
    text: str
    due_at: datetime
    closes_at: datetime
    sending: tuple[str, str]


@dataclass(frozen=True)
class Waiting:
    """An agency from which something is still to come, by when it is due."""

    agency: AgencyName
    expected: int
    received: int
    parts: tuple[NotSent, ...]

    @property
    def missing(self) -> int:
        return len(self.parts)

    @property
    def due_at(self) -> datetime:
        """The earliest instant by which something of it is or was due."""
        return min(part.due_at for part in self.parts)


def missing(snapshot: Snapshot) -> tuple[Waiting, ...]:
    """By level, province and code: the order in which one writes to them."""
    parts: dict[AgencyName, list[NotSent]] = defaultdict(list)
    for detail in snapshot.details:
        if detail.result.expected and not detail.result.received:
            parts[detail.agency].append(_part(detail, snapshot.cutoff))
    found = [
        Waiting(
            row.agency,
            row.figures.expected,
            row.figures.received,
            tuple(sorted(parts[row.agency], key=lambda part: part.due_at)),
        )
        for row in snapshot.agencies
        if row.agency in parts
    ]
    levels = list(AgencyLevel)
    return tuple(sorted(found, key=lambda w: (levels.index(w.agency.level), w.agency.province_code, w.agency.code)))


def _part(detail: Detail, cutoff: datetime) -> NotSent:
    sending = BEFORE_DUE if cutoff < detail.due_at else STILL_OPEN if cutoff < detail.closes_at else CLOSED
    return NotSent(detail.item_key, detail.item, detail.text, detail.due_at, detail.closes_at, sending)


@dataclass(frozen=True)
class MissingList:
    """The same for every format: the document that a workbook's head is made of, and the two tables."""

    document: Document
    agencies: Table
    obligations: Table
    waiting: tuple[Waiting, ...]

    @property
    def sheets(self) -> tuple[Table, Table]:
        return self.agencies, self.obligations

    def file_name(self, suffix: str) -> str:
        """Like belum-lapor-B15-20200713-0858.pdf: period and cut-off, WIB."""
        return f"belum-lapor-{self.document.identity['period']}-{file_stamp(self.document)}.{suffix}"


def missing_list(snapshot: Snapshot) -> MissingList:
    waiting = missing(snapshot)
    pooled = snapshot.total.pooled
    counted = f"{number(pooled.expected - pooled.received)} dari {number(pooled.expected)} laporan belum terkirim"
    shown = document(snapshot, ranked=False)
    facts = (*shown.facts, ("Jumlah", f"{counted}, dari {number(len(waiting))} instansi"))
    return MissingList(
        document=replace(shown, title=TITLE, facts=facts, notes=(), key_figures=()),
        agencies=Table("Instansi", "Menurut instansi", AGENCIES, tuple(_agency_row(one) for one in waiting)),
        obligations=Table(
            "Belum terkirim",
            "Kewajiban yang laporannya belum terkirim",
            OBLIGATIONS,
            tuple(_row(one, part, snapshot.period_key) for one in waiting for part in one.parts),
            for_pivots=True,
        ),
        waiting=waiting,
    )


def _agency_row(one: Waiting) -> tuple[Cell, ...]:
    return (*_whose(one.agency), one.expected, one.received, one.missing, one.due_at)


def _row(one: Waiting, part: NotSent, period_key: str) -> tuple[Cell, ...]:
    instants = (part.due_at, part.closes_at, part.sending[0])
    return (*_whose(one.agency), period_key, part.item_key, part.item, part.text, *instants)


def _whose(agency: AgencyName) -> tuple[str, ...]:
    return agency.code, agency.name, agency.level.label, agency.province, agency.office
