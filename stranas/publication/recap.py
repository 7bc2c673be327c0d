"""Rekap publikasi: what was published and where it appeared, for the page and for the files. Pure.

A file of it is handed in as evidence, so it says as of when it stands and carries the SHA-256 of what it lists.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from reports.tables import Cell, Column, Cover, Kind, Table
from stranas.publication.queries.appearances import AppearanceView, PublishedStory
from stranas.reporting.rules import canonical, fingerprint
from stranas.system import text

TITLE = "Rekap publikasi"
_WHOSE = (
    Column("agency_code", "Kode instansi", width=14),
    Column("agency", "Instansi", width=34),
    Column("story", "Publikasi", width=48),
    Column("story_kind", "Jenis", width=20),
    Column("about", "Tentang triwulan", width=36),
    Column("published_on", "Terbit", Kind.DAY, 12),
)
APPEARANCES = (
    *_WHOSE,
    Column("medium", "Media", width=20),
    Column("place", "Tautan atau tempat", width=50),
    Column("appeared_on", "Tanggal tayang", Kind.DAY, 14),
    Column("reach", "Jangkauan", Kind.COUNT, 12),
    Column("counted", "Yang dihitung", width=16),
    Column("note", "Catatan", width=34),
    Column("public_address", "Halaman publik", width=50),
)
TOTALS = (
    Column("month", "Bulan", width=18),
    Column("medium", "Media", width=24),
    Column("appearances", "Penayangan", Kind.COUNT, 12),
    Column("known_reach", "Jangkauan tercatat", Kind.COUNT, 14),
    Column("counted", "Yang dihitung", width=18),
)


@dataclass(frozen=True)
class Span:
    """Days of a recap, both included; without any it reaches from the first publication to today. `key`: as file
    names carry it."""

    key: str = "semua"
    words: str = "Sejak publikasi pertama"
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Line:
    """A story and where it appeared within the span."""

    story: PublishedStory
    appearances: tuple[AppearanceView, ...]


@dataclass(frozen=True)
class Total:
    """Of one month and medium; `reach` adds up what was recorded of one kind, None where nothing was."""

    month: str
    medium: str
    appearances: int
    reach: int | None
    counted: str


@dataclass(frozen=True)
class Recap:
    """`untold`: published within the span, not withdrawn, and recorded nowhere until now."""

    whom: str
    whom_key: str
    span: Span
    lines: tuple[Line, ...]
    untold: tuple[PublishedStory, ...]
    made_at: datetime
    practice: bool
    base_url: str

    @property
    def appearances(self) -> int:
        return sum(len(line.appearances) for line in self.lines)

    @property
    def totals(self) -> tuple[Total, ...]:
        """By month, then by medium; reach of different kinds is never added up."""
        found: dict[tuple, list[AppearanceView]] = defaultdict(list)
        for line in self.lines:
            for one in line.appearances:
                found[one.appeared_on.replace(day=1), one.medium, one.counted].append(one)
        return tuple(_total(key, found[key]) for key in sorted(found))

    @property
    def tables(self) -> tuple[Table, Table, Table]:
        note = "Menurut catatan Humas. Penayangan yang dihapus karena salah catat tidak ikut."
        untold = "Terbit dalam rentang ini, tidak ditarik, dan belum dicatat tayang di media mana pun."
        return (
            Table("Penayangan", "Penayangan", APPEARANCES, tuple(self._rows()), note),
            Table("Media dan bulan", "Menurut media dan bulan", TOTALS, tuple(_total_row(t) for t in self.totals)),
            Table("Belum dicatat tayang", "Belum dicatat tayang", _WHOSE, tuple(map(_whose, self.untold)), untold),
        )

    def _rows(self):
        for line in self.lines:
            for one in line.appearances:
                address = "" if line.story.is_withdrawn else self.address_of(line.story)
                told = (one.medium, one.address, one.appeared_on, one.reach, one.counted, one.note, address)
                yield (*_whose(line.story), *told)

    def address_of(self, story: PublishedStory) -> str:
        return f"{self.base_url}/kabar/{story.slug}"

    @property
    def sha256(self) -> str:
        """Of what is listed, whatever the format."""
        listed = [[[_plain(cell) for cell in row] for row in table.rows] for table in self.tables]
        return fingerprint(canonical({"whom": self.whom, "span": self.span.words, "tables": listed}))

    @property
    def cover(self) -> Cover:
        return Cover(
            title=TITLE,
            subtitle=f"{self.whom}. {self.span.words}",
            period=self.span.words,
            status=f"Keadaan {text.instant(self.made_at)}",
            practice=self.practice,
            made_at=self.made_at,
            facts=self.facts,
            category=TITLE,
            notes=("Tautan dan jangkauan menurut catatan Humas instansi, tidak diperiksa oleh sistem.",),
        )

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        count = len({line.story.id for line in self.lines if line.appearances})
        return (
            ("Instansi", self.whom),
            ("Rentang tayang", self.span.words),
            ("Penayangan", f"{text.number(self.appearances)}, dari {text.number(count)} publikasi"),
            ("Belum dicatat tayang", f"{text.number(len(self.untold))} publikasi"),
            ("Keadaan", text.instant(self.made_at)),
            ("SHA-256 isi", self.sha256),
        )

    def file_name(self, suffix: str) -> str:
        """Like rekap-publikasi-kabupaten-temanggung-B18-20200713.pdf: agency, span, day (WIB)."""
        day = text.local_day(self.made_at, "Asia/Jakarta")
        return f"rekap-publikasi-{self.whom_key}-{self.span.key}-{day:%Y%m%d}.{suffix}"


def recap(
    stories: Sequence[PublishedStory],
    appearances: Mapping[int, Sequence[AppearanceView]],
    *,
    whom: str,
    span: Span,
    made_at: datetime,
    practice: bool,
    base_url: str,
) -> Recap:
    """`appearances`: all of these stories, whenever they were. A story stands in the recap when it appeared within
    the span, or was published in it."""
    lines = tuple(
        Line(story, tuple(one for one in appearances.get(story.id, ()) if span.holds(one.appeared_on)))
        for story in stories
    )
    untold = tuple(
        story
        for story in stories
        if span.holds(story.published_on) and not story.is_withdrawn and not appearances.get(story.id)
    )
    shown = tuple(line for line in lines if line.appearances)
    return Recap(whom, _key(whom), span, shown, untold, made_at, practice, base_url)


def _key(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def _total(key: tuple, found: Sequence[AppearanceView]) -> Total:
    month, medium, counted = key
    reached = [one.reach for one in found if one.reach is not None]
    return Total(text.month(month), medium, len(found), sum(reached) if reached else None, counted)


def _total_row(one: Total) -> tuple[Cell, ...]:
    return one.month, one.medium, one.appearances, one.reach, one.counted


def _whose(story: PublishedStory) -> tuple[Cell, ...]:
    return story.agency_code, story.agency, story.title, story.kind, story.period, story.published_on


def _plain(cell: Cell) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell
