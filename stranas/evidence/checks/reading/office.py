"""The words of Word, PowerPoint and OpenDocument files, read from their XML parts with bounds."""

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from stranas.evidence.checks.reading import limits

_SLIDE = re.compile(r"ppt/slides/slide(\d+)\.xml")
_HEADERS = re.compile(r"word/(?:header|footer)\d*\.xml")
_PARAGRAPHS, _CELLS, _ROWS = {"p", "h"}, {"tc", "table-cell"}, {"tr", "table-row"}
# Word keeps a second copy of what old versions cannot show, and what was deleted.
_HIDDEN = {"Fallback", "del", "moveFrom", "tracked-changes"}
_SILENT = {"delText", "instrText"}
_SPACES = {"tab": " ", "br": " ", "cr": " ", "s": " ", "line-break": " "}


def words(path: Path) -> str:
    out: list[str] = []
    left = limits.MOST_SIGNS
    with zipfile.ZipFile(path) as archive:
        for name in _parts(archive.namelist()):
            with archive.open(name) as stream:
                for line in lines(stream):
                    out.append(line)
                    left -= len(line) + 1
                    if left < 0:
                        return "\n".join(out)
    return "\n".join(out)


def _parts(names: Iterable[str]) -> list[str]:
    """In reading order: letterheads stand in Word's headers."""
    there = set(names)
    slides = sorted((int(match[1]), name) for name in there if (match := _SLIDE.fullmatch(name)))
    heads = sorted(name for name in there if _HEADERS.fullmatch(name))
    body = [name for name in ("word/document.xml", "content.xml") if name in there]
    return [*(name for name in heads if "header" in name), *body, *(name for _, name in slides)]


@dataclass
class _Place:
    """Where the reader stands: inside of hidden parts and cells, and what it gathered of the row."""

    hidden: int = 0
    cells: int = 0
    cell: list[str] = field(default_factory=list)
    row: list[str] = field(default_factory=list)


def lines(stream: IO[bytes]) -> Iterator[str]:
    """Paragraphs, and rows of tables with tabs between their cells. Raises etree.XMLSyntaxError."""
    from lxml import etree

    place = _Place()
    for event, element in etree.iterparse(stream, events=("start", "end"), resolve_entities=False, no_network=True):
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if event == "start":
            place.hidden += name in _HIDDEN
            place.cells += name in _CELLS
        else:
            yield from _ended(place, name, element)


def _ended(place: _Place, name: str, element: Any) -> Iterator[str]:
    if name in _HIDDEN:
        place.hidden -= 1
        element.clear(keep_tail=True)
    elif name in _PARAGRAPHS:
        text = " ".join("".join(_spoken(element)).split())
        element.clear(keep_tail=True)
        if place.hidden or not text:
            return
        if place.cells:
            place.cell.append(text)
        else:
            yield text
    elif name in _CELLS:
        place.cells -= 1
        if place.cells == 0:
            place.row.append(" ".join(place.cell))
            place.cell = []
    elif name in _ROWS and place.cells == 0:
        if any(place.row):
            yield "\t".join(place.row)
        place.row = []
        element.clear(keep_tail=True)


def _spoken(paragraph: Any) -> Iterator[str]:
    for part in paragraph.iter():
        name = part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""
        if name in _SPACES:
            yield _SPACES[name]
        if part.text and name not in _SILENT and isinstance(part.tag, str):
            yield part.text
        if part.tail and part is not paragraph:
            yield part.tail
