"""The tables of the compliance report, said once: page, Excel, PDF, JSON and CSV all read these columns.

A cell is a plain value: text, int, Decimal (rounded already), aware datetime, day, bool, or None for "no figure".
"""

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from stranas.system import text

PRACTICE = "Mode latihan. Dokumen contoh, tidak berlaku sebagai bukti."
Cell = str | int | Decimal | datetime | date | bool | None


class Kind(enum.Enum):
    """How a cell is written in every format."""

    TEXT = "text"
    COUNT = "count"
    RATE = "rate"  # percent, two places
    NUMBER = "number"  # the digits that are there
    ORDINAL = "ordinal"  # a year or a quarter's number: never grouped
    DEADLINE = "deadline"  # an exclusive end
    MOMENT = "moment"
    DAY = "day"
    FLAG = "flag"

    @property
    def is_number(self) -> bool:
        return self in (Kind.COUNT, Kind.RATE, Kind.NUMBER, Kind.ORDINAL)


@dataclass(frozen=True)
class Column:
    """`key` names it in JSON and CSV; `width` is in characters, for Excel and for the share of a printed page.

    tones: (word, mark) for words that stand out; the mark is a class of tokens.css ("verif", "gagal" …).
    """

    key: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 12
    tones: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """`name` is the sheet's; `note` says once what the numerators and denominators are.

    for_pivots: in a workbook the head is the first row, and a cell without a value is empty.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    for_pivots: bool = False

    def records(self) -> list[dict[str, Cell]]:
        keys = [column.key for column in self.columns]
        return [dict(zip(keys, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class Cover:
    """What a workbook that is no compliance report says of itself; the names are those of Document."""

    title: str
    subtitle: str
    period: str
    status: str
    practice: bool
    made_at: datetime
    facts: tuple[tuple[str, str], ...]
    category: str
    notes: tuple[str, ...] = ()
    identity: Mapping[str, Any] = field(default_factory=dict)


NINE = (
    Column("expected", "Kewajiban", Kind.COUNT, 11),
    Column("received", "Diterima", Kind.COUNT, 10),
    Column("on_time", "Tepat waktu", Kind.COUNT, 9),
    Column("verified", "Diverifikasi", Kind.COUNT, 12),
    Column("accepted", "Terverifikasi", Kind.COUNT, 13),
    Column("compliance", "Kepatuhan (%)", Kind.RATE, 11),
    Column("punctuality", "Ketepatan waktu (%)", Kind.RATE, 11),
    Column("achievement", "Capaian (%)", Kind.RATE, 10),
    Column("first_pass", "Lolos verifikasi pertama (%)", Kind.RATE, 13),
)
RATES = NINE[5:]
POOLED = tuple(
    Column(f"pooled_{c.key}", f"{c.title.removesuffix(' (%)')} gabungan (%)", Kind.RATE, c.width + 2) for c in RATES
)
RANK = Column("rank", "Peringkat", Kind.COUNT, 11)
PROVISIONAL_RANK = Column("rank", "Peringkat sementara", Kind.COUNT, 11)
CLASS = Column("class", "Kelas capaian", Kind.TEXT, 12)
PROVISIONAL_CLASS = Column("class", "Kelas capaian sementara", Kind.TEXT, 12)
_GROUP = (
    Column("agencies", "Instansi", Kind.COUNT, 9),
    Column("without", "Tanpa kewajiban", Kind.COUNT, 11),
    *NINE,
    *POOLED,
)
PROVINCES = (Column("code", "Kode", width=7), Column("province", "Provinsi", width=26), *_GROUP)
LEVELS = (Column("level", "Tingkat", width=22), *_GROUP)
ACTIONS = (Column("key", "Aksi", width=8), Column("name", "Nama aksi", width=40), *_GROUP)
ITEMS = (Column("key", "Sub-aksi", width=10), Column("name", "Nama sub-aksi", width=40), *_GROUP)
AGENCIES = (
    Column("code", "Kode", width=23),
    Column("agency", "Instansi", width=44),
    Column("level", "Tingkat", width=20),
    Column("province", "Provinsi", width=24),
    *NINE,
)
TREND = (
    Column("period", "Triwulan", width=11),
    Column("period_name", "Nama triwulan", width=36),
    Column("nature", "Sifat angka", width=14, tones=(("Ditetapkan", "verif"), ("Sementara", "tunggu"))),
    *_GROUP,
)
SUMMARY = (
    Column("figure", "Angka", width=30),
    Column("mean", "Rata-rata instansi (%)", Kind.RATE, 14),
    Column("pooled", "Gabungan (%)", Kind.RATE, 12),
    Column("words", "Pembilang dan penyebut gabungan", width=60),
)
TIMELINESS = (("Tepat waktu", "verif"), ("Terlambat", "kembali"), ("Belum dikirim", "tunggu"))
DETAILS = (
    Column("agency_code", "Kode instansi", width=18),
    Column("agency", "Instansi", width=34),
    Column("level", "Tingkat", width=18),
    Column("province", "Provinsi", width=22),
    Column("period", "Triwulan", width=10),
    Column("year", "Tahun", Kind.ORDINAL, 8),
    Column("quarter", "Triwulan ke", Kind.ORDINAL, 10),
    Column("action", "Aksi", width=8),
    Column("item_key", "Sub-aksi", width=9),
    Column("item", "Nama sub-aksi", width=40),
    Column("target", "Target triwulan", width=50),
    Column("unit", "Satuan", width=12),
    Column("value", "Nilai target", Kind.NUMBER, 10),
    Column("weight", "Bobot", Kind.NUMBER, 8),
    Column("due_at", "Batas waktu (WIB)", Kind.DEADLINE, 18),
    Column("first_submitted_at", "Pertama dikirim (WIB)", Kind.MOMENT, 22),
    Column("timeliness", "Ketepatan", width=14, tones=TIMELINESS),
    Column("status", "Keadaan", width=20),
    Column("expected", "Kewajiban", Kind.FLAG, 10),
    Column("received", "Diterima", Kind.FLAG, 9),
    Column("on_time", "Tepat waktu", Kind.FLAG, 9),
    Column("verified", "Diverifikasi", Kind.FLAG, 11),
    Column("accepted", "Terverifikasi", Kind.FLAG, 12),
    Column("first_accepted", "Lolos pertama", Kind.FLAG, 10),
    Column("score", "Nilai", Kind.NUMBER, 8),
    Column("beside", "Keterangan", width=26),
)
MISSING = Column("missing", "Belum diterima", Kind.COUNT, 10)
LEAGUE = (*AGENCIES[:2], AGENCIES[3], NINE[0], MISSING, NINE[5], NINE[8], NINE[6], NINE[7])
UNREPORTED = (
    *AGENCIES[:3],
    NINE[0],
    NINE[1],
    MISSING,
    Column("items", "Sub-aksi yang belum diterima", width=44),
)
CHANGES = (
    Column("group", "Kelompok", width=40),
    *(
        Column(f"{rate.key}_{when}", f"{rate.title.removesuffix(' (%)')} {words}", Kind.RATE, 13)
        for rate in (NINE[5], NINE[8], NINE[7])
        for when, words in (("before", "sebelumnya"), ("after", "sesudahnya"), ("change", "selisih"))
    ),
)
OBSTACLES = (
    Column("action", "Aksi", width=8),
    Column("action_name", "Nama aksi", width=34),
    Column("constraint", "Kendala", width=60),
    Column("follow_up", "Rencana tindak lanjut", width=60),
    Column("agencies", "Instansi", Kind.COUNT, 9),
    Column("whom", "Dilaporkan oleh", width=44),
)
LATER_ENDS = (
    Column("kind", "Jenis", width=26),
    Column("whom", "Untuk", width=40),
    Column("until", "Sampai", Kind.DEADLINE, 24),
    Column("decided_at", "Diputuskan", Kind.MOMENT, 24),
    Column("obligations", "Kewajiban", Kind.COUNT, 14),
    Column("reason", "Alasan", width=60),
)
REASONS = (
    Column("code", "Kode", width=7),
    Column("reason", "Alasan pengembalian", width=80),
    Column("count", "Jumlah", Kind.COUNT, 12),
)
DEFINITIONS = (Column("term", "Istilah", width=30), Column("meaning", "Arti", width=110))


def shown(value: Cell, kind: Kind) -> str:
    """A cell as people read it, in Indonesian; – without a value."""
    if value is None or value == "":
        return "–"
    if kind is Kind.RATE:
        return text.number(value, places=2)
    if kind is Kind.COUNT:
        return text.number(value, places=0)
    if kind is Kind.NUMBER:
        return text.number(value)
    if kind is Kind.ORDINAL:
        return str(value)
    if kind is Kind.DEADLINE:
        return text.deadline(value, weekday=False)
    if kind is Kind.MOMENT:
        return text.instant(value)
    if kind is Kind.DAY:
        return text.day(value)
    if kind is Kind.FLAG:
        return "Ya" if value else "Tidak"
    return clean(str(value))


CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def clean(words: str) -> str:
    """Without control characters and what XML refuses, which cannot stand in a workbook and break the text of a PDF;
    and without what turns the direction of writing, which would show a figure backwards."""
    return CONTROLS.sub("", words)


def matrix_columns(actions: Iterable[tuple[str, str]]) -> tuple[Column, ...]:
    """Agencies × actions: one rate per action, by (key, name)."""
    return (*AGENCIES[:2], *(Column(f"action_{key}", f"Aksi {key}: {name}", Kind.RATE, 14) for key, name in actions))


def cut(table: Table, keys: Sequence[str]) -> Table:
    """The same table with some of its columns, in that order: for a page or a printed sheet with less room."""
    places = [next(n for n, c in enumerate(table.columns) if c.key == key) for key in keys]
    return Table(
        name=table.name,
        title=table.title,
        columns=tuple(table.columns[n] for n in places),
        rows=tuple(tuple(row[n] for n in places) for row in table.rows),
        note=table.note,
    )
