"""What a printed compliance report consists of: sections that are printed apart, each of blocks that flow on.

A report of few agencies is one section; one of many begins each chapter on a page of its own, and prints the
agencies in portions, so that no portion grows with the country.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from reports import charts, paper
from reports.document import Document
from reports.tables import NINE, Cell, Column, Kind, Table, cut, shown

FEW = 50  # so many agencies, those of a province, still make one section
PORTION = 100  # agencies printed together: about five pages
WHOLE = 12  # a table of so many rows is not torn
MET = 6  # so many obstacles of an action are printed
NO_PROVINCE = "Kementerian/Lembaga"
OF_OBSTACLES = ("constraint", "follow_up", "agencies", "whom")
NINE_KEYS = tuple(column.key for column in NINE)


@dataclass(frozen=True)
class Block:
    """A piece of a section: its template in templates/print/report, and what that is given as `v`."""

    template: str
    v: dict[str, Any]


@dataclass(frozen=True)
class Section:
    """`continues`: it goes on with the chapter of the section before."""

    blocks: tuple[Block, ...]
    continues: bool = False


@dataclass(frozen=True)
class Printed:
    """A table as words: (class, share of the width in percent, title) per column, rows of (class, words).

    label: what contents and outline call it, where the title is too long for them.
    """

    title: str
    note: str
    columns: tuple[tuple[str, float, str], ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]
    label: str = ""


def cover_html(document: Document) -> str:
    return paper.html("report/letter.html" if document.addressee else "report/cover.html", document=document)


def sections(document: Document) -> tuple[Section, ...]:
    """In the order of the book."""
    chapters = tuple(_chapters(document))
    if len(document.agencies.rows) > FEW:
        return chapters
    return (Section(tuple(block for chapter in chapters for block in chapter.blocks)),)


def _chapters(document: Document) -> Iterator[Section]:
    one = len(document.agencies.rows) == 1
    yield Section((Block("overview", {"document": document, "one": one}),))
    yield from (Section((_table(table),)) for table in document.changes)
    if not one:
        yield from _of_many(document)
    if document.obstacles is not None:
        yield Section((_obstacles(document.obstacles),))
    yield from _agencies(document)
    if document.unreported is not None and not one:
        yield Section((_unreported(document.unreported),))
    if one:
        yield Section((_reasons(document),))
    yield Section((_table(document.definitions, look="definitions"), Block("notes", {"notes": document.notes})))
    yield Section((_later_ends(document), Block("sign", {"signatures": document.signatures})))


def _of_many(document: Document) -> Iterator[Section]:
    """What compares agencies: charts, then groups from large to small, then the league tables."""
    if len(document.provinces.rows) > 1:
        maps = charts.province_maps(document.provinces)
        yield Section((Block("maps", {"maps": maps, "credit": charts.CREDIT}),))
    chart = charts.distribution(document.agencies, judged=document.judged)
    yield Section((Block("spread", {"chart": chart}), _group(document.levels, "level")))
    yield Section((_group(document.actions, "key", "name"), _reasons(document)))
    yield Section((_group(document.items, "key", "name"),))
    if len(document.provinces.rows) > 1:
        yield Section((_group(document.provinces, "code", "province"),))
    if document.leagues:
        parts = tuple(printed(table) for table in document.leagues)
        yield Section((_parts("Peringkat menurut tingkat", parts, document.leagues[0].note, look="compact"),))


def _table(table: Table, *, empty: str = "", look: str = "") -> Block:
    return Block("table", {"title": table.title, "table": printed(table), "empty": empty, "look": look, "whole": WHOLE})


def _group(table: Table, *names: str) -> Block:
    """Of a table of groups what fits a page: the pooled rates stay in Excel."""
    return _table(cut(table, _with_first_and_last(table, *names, "agencies")))


def _parts(title: str, parts: Iterable[Printed], note: str = "", *, look: str = "", whole: int = WHOLE) -> Block:
    return Block("parts", {"title": title, "note": note, "parts": tuple(parts), "whole": whole, "look": look})


def _reasons(document: Document) -> Block:
    hidden = document.identity.get("withheld")
    empty = document.reasons.note if hidden else "Belum ada persyaratan yang dikembalikan."
    return _table(document.reasons, empty=empty)


def _later_ends(document: Document) -> Block:
    return _table(
        document.later_ends, empty="Tidak ada perpanjangan batas waktu, gangguan layanan, dan perubahan waktu."
    )


def _obstacles(table: Table) -> Block:
    """Action by action, of each what most agencies meet; the rest is in Excel."""
    parts = []
    for (action, name), group in groupby(table.rows, key=lambda row: row[:2]):
        rows = tuple(group)
        kept = "" if len(rows) <= MET else f" ({MET} dari {len(rows)}; selebihnya dalam berkas Excel)"
        part = cut(replace(table, rows=rows[:MET], note=""), OF_OBSTACLES)
        parts.append(printed(part, f"Aksi {action}: {name}{kept}", f"Aksi {action}"))
    return _parts(table.title, parts, table.note, whole=0)


def _unreported(table: Table) -> Block:
    """Those of whom nothing was received apart from those of whom something is missing."""
    place = _place(table, "received")
    names = (("Belum ada laporan yang diterima", True), ("Sebagian belum diterima", False))
    parts = []
    for name, nothing in names:
        rows = tuple(row for row in table.rows if (row[place] == 0) is nothing)
        if rows:
            parts.append(printed(replace(table, rows=rows, note=""), f"{name}: {len(rows)} instansi", name))
    return _parts(table.title, parts, table.note)


def _agencies(document: Document) -> Iterator[Section]:
    """K/L, then each province, in portions; at the end those who owe nothing, by name."""
    note = f"{document.agencies.note} Rincian setiap kewajiban ada dalam berkas Excel dan dalam lampiran berkas ini."
    title = document.agencies.title
    owing, without = _apart(document.agencies)
    for portion in _portions(_by_province(owing)):
        yield Section((_parts(title, portion, note),), continues=not title)
        title = note = ""
    if without.rows:
        yield Section((Block("without", {"count": len(without.rows), "groups": _names(without)}),), continues=True)


def _apart(agencies: Table) -> tuple[Table, Table]:
    """Those who owe, and those who do not: of them a row would say nothing but zeros, on most pages of the book. An
    agency that is alone has its row."""
    place, alone = _place(agencies, "expected"), len(agencies.rows) == 1
    owing = tuple(row for row in agencies.rows if row[place] or alone)
    without = tuple(row for row in agencies.rows if not (row[place] or alone))
    return replace(agencies, rows=owing), replace(agencies, rows=without)


def _names(agencies: Table) -> list[tuple[str, str]]:
    """(province, its agencies with their codes)."""
    code, name = _place(agencies, "code"), _place(agencies, "agency")
    return [
        (province, ", ".join(f"{shown(row[name], Kind.TEXT)} ({shown(row[code], Kind.TEXT)})" for row in rows))
        for province, rows in _of_provinces(agencies)
    ]


def _portions(tables: Iterable[Printed]) -> Iterator[list[Printed]]:
    portion: list[Printed] = []
    for table in tables:
        if portion and sum(len(one.rows) for one in portion) + len(table.rows) > PORTION:
            yield portion
            portion = []
        portion.append(table)
    yield portion


def _by_province(agencies: Table) -> Iterator[Printed]:
    keys = _with_first_and_last(agencies, "code", "agency")
    for name, rows in _of_provinces(agencies):
        yield printed(cut(replace(agencies, rows=tuple(rows), note=""), keys), name)


def _of_provinces(agencies: Table) -> Iterator[tuple[str, Iterator[tuple[Cell, ...]]]]:
    """K/L, then the provinces by their codes; the rows come in the order of theirs."""
    place = _place(agencies, "province")
    ordered = sorted(agencies.rows, key=lambda row: (row[place] != "", _province_code(row, place)))
    for name, rows in groupby(ordered, key=lambda row: row[place]):
        yield str(name) or NO_PROVINCE, rows


def _province_code(row: tuple[Cell, ...], place: int) -> str:
    return str(row[0]).split(".")[0] if row[place] else ""


def _place(table: Table, key: str) -> int:
    return next(n for n, column in enumerate(table.columns) if column.key == key)


def _with_first_and_last(table: Table, *keys: str) -> tuple[str, ...]:
    """Rank stands before, class after the figures, where the document has them at all."""
    there = {column.key for column in table.columns}
    return tuple(key for key in ("rank", *keys, *NINE_KEYS, "class") if key in there)


def printed(table: Table, title: str = "", label: str = "") -> Printed:
    total = sum(column.width for column in table.columns)
    looks = [_look(column) for column in table.columns]
    return Printed(
        title=title or table.title,
        note=table.note,
        columns=tuple(
            (look, round(100 * c.width / total, 2), c.title) for look, c in zip(looks, table.columns, strict=True)
        ),
        rows=tuple(_words(row, table.columns, looks) for row in table.rows),
        label=label or title or table.title,
    )


def _words(row: tuple[Cell, ...], columns: tuple[Column, ...], looks: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((look, shown(v, c.kind)) for v, c, look in zip(row, columns, looks, strict=True))


def _look(column: Column) -> str:
    if column.key in ("code", "key"):
        return "txt kode"
    return "num" if column.kind.is_number else "txt"
