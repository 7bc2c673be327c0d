"""The report as an Excel workbook for people who work on in Excel: tables with filters, frozen heads, real numbers.

Written row by row: a sheet's rows go straight to a file, so the memory does not grow with them.
"""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.dictionary import dictionary
from reports.document import Document
from reports.excel.archive import save, thrown_away
from reports.excel.looks import Looks
from reports.excel.sheets import Sheet
from reports.progress import Progress, silent
from reports.tables import Cell, Cover, Table, clean

EVERY = 250  # rows between two reports of progress


@dataclass(frozen=True)
class Stream:
    """A sheet whose rows are read while it is written. `table` has no rows of its own; `expected`: about how many.

    first: filled before the sheets that are not, wherever it stands, so that a later stream can say what it saw.
    """

    table: Table
    rows: Callable[[], Iterator[tuple[Cell, ...]]]
    expected: int
    first: bool = False


def workbook(document: Document) -> bytes:
    """An .xlsx of all tables of the document, for a document that is small enough to hold."""
    with tempfile.TemporaryDirectory() as folder:
        to = Path(folder) / "workbook.xlsx"
        write(document, to)
        return to.read_bytes()


def write(document: Document, to: Path, *, progress: Progress = silent) -> None:
    """An .xlsx of all tables of the document. What `progress` raises stops it, and leaves no file."""
    write_sheets(document, document.sheets(), to, progress=progress)


def write_sheets(
    document: Document | Cover, sheets: Sequence[Table | Stream], to: Path, *, progress: Progress = silent
) -> None:
    """An .xlsx of these sheets in this order, and of what their columns mean; the first has the document's cover."""
    streams = [s if isinstance(s, Stream) else _held(s) for s in sheets]
    streams.append(_held(dictionary(s.table for s in streams)))
    book = _book(document)
    looks = Looks()
    total = sum(stream.expected for stream in streams)
    with thrown_away(book):
        places = [(stream, book.create_sheet(stream.table.name)) for stream in streams]
        covered = places[0][1]
        done = 0
        for stream, place in sorted(places, key=lambda one: not one[0].first):
            sheet = Sheet(place, document, stream.table, looks, is_cover=place is covered)
            for row in stream.rows():
                sheet.add(row)
                done += 1
                if done % EVERY == 0:
                    progress(done, max(done, total))
            sheet.end()
        progress(done, done)
        save(book, to)


def _held(table: Table) -> Stream:
    return Stream(table, lambda: iter(table.rows), len(table.rows))


def _book(document: Document | Cover) -> Any:
    from openpyxl import Workbook
    from openpyxl.packaging.custom import DateTimeProperty, StringProperty

    book = Workbook(write_only=True)
    stamp = document.made_at.replace(tzinfo=None, microsecond=0)
    about = book.properties
    about.title, about.subject, about.creator = clean(document.title), clean(document.subtitle), "Pelaporan Aksi PK"
    about.description, about.category, about.language = clean(document.status), document.category, "id-ID"
    about.keywords = ", ".join(
        str(document.identity[key]) for key in ("programme", "period") if key in document.identity
    )
    about.created = about.modified = stamp
    book.custom_doc_props.append(DateTimeProperty(name="Keadaan (UTC)", value=stamp))
    for label, words in document.facts:
        book.custom_doc_props.append(StringProperty(name=label, value=clean(words)))
    return book
