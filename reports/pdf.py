"""The report as PDF: Jinja and WeasyPrint, without network, without an app."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from reports import charts, paper
from reports.tables import NINE, PRACTICE, Cell, Column, Document, Table, cut, shown

FONT = paper.STATIC / "fonts" / "source-sans-3-latin-wght-normal.woff2"
NO_PROVINCE = "Kementerian/Lembaga"


def compliance_report(document: Document) -> bytes:
    """A4 landscape, tagged. The detail rows stay in Excel."""
    return paper.pdf(compliance_html(document))


def compliance_html(document: Document) -> str:
    """The page that WeasyPrint prints; complete in itself."""
    return paper.html(
        "compliance.html",
        font=_font(),
        document=document,
        practice=PRACTICE if document.practice else "",
        maps=charts.province_maps(document.provinces),
        distribution=charts.distribution(document.agencies, judged=document.judged),
        credit=charts.CREDIT,
        levels=_printed(cut(document.levels, ("level", "agencies", *NINE_KEYS))),
        provinces=_printed(
            cut(document.provinces, _with_first_and_last(document.provinces, "code", "province", "agencies"))
        ),
        by_province=list(_by_province(document.agencies)),
        later_ends=_printed(document.later_ends),
        reasons=_printed(document.reasons),
        definitions=_printed(document.definitions),
    )


@cache
def _font() -> str:
    """The font inside the page: the report's markup is complete in itself."""
    return "data:font/woff2;base64," + base64.b64encode(FONT.read_bytes()).decode()


@dataclass(frozen=True)
class Printed:
    """A table as words: (class, share of the width in percent, title) per column, rows of (class, words)."""

    title: str
    note: str
    columns: tuple[tuple[str, float, str], ...]
    rows: tuple[tuple[tuple[str, str], ...], ...]


def _printed(table: Table, title: str = "") -> Printed:
    total = sum(column.width for column in table.columns)
    looks = [_look(column) for column in table.columns]
    return Printed(
        title=title or table.title,
        note=table.note,
        columns=tuple(
            (look, round(100 * c.width / total, 2), c.title) for look, c in zip(looks, table.columns, strict=True)
        ),
        rows=tuple(_words(row, table.columns, looks) for row in table.rows),
    )


def _words(row: tuple[Cell, ...], columns: tuple[Column, ...], looks: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((look, shown(v, c.kind)) for v, c, look in zip(row, columns, looks, strict=True))


def _look(column: Column) -> str:
    if column.key == "code":
        return "txt kode"
    return "num" if column.kind.is_number else "txt"


NINE_KEYS = tuple(column.key for column in NINE)


def _with_first_and_last(table: Table, *keys: str) -> tuple[str, ...]:
    """Rank stands before, class after the figures, where the document has them at all."""
    there = {column.key for column in table.columns}
    return tuple(key for key in ("rank", *keys, *NINE_KEYS, "class") if key in there)


def _by_province(agencies: Table) -> Iterator[Printed]:
    """K/L, then each province: the rows come in that order of their codes."""
    place = next(n for n, column in enumerate(agencies.columns) if column.key == "province")
    keys = _with_first_and_last(agencies, "code", "agency")
    ordered = sorted(agencies.rows, key=lambda row: (row[place] != "", _province_code(row, place)))
    for name, rows in groupby(ordered, key=lambda row: row[place]):
        part = replace(agencies, rows=tuple(rows), note="")
        yield _printed(cut(part, keys), title=str(name) or NO_PROVINCE)


def _province_code(row: tuple[Cell, ...], place: int) -> str:
    return str(row[0]).split(".")[0] if row[place] else ""
