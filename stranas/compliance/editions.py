"""What an edition is made of: the canonical JSON of a snapshot, and the files that carry its SHA-256."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from reports.data import as_json
from reports.document import Document, Stamp
from stranas.compliance.differences import rules_record
from stranas.compliance.document import document
from stranas.compliance.formats import Format, file_name
from stranas.compliance.snapshot import Snapshot
from stranas.reporting.rules import canonical, fingerprint
from stranas.system import text

CHECK_PAGE = "/periksa-laporan"
FROZEN = (Format.JSON, Format.XLSX, Format.PDF)


@dataclass(frozen=True)
class Wanted:
    """An edition that is to be made."""

    id: int
    period_key: str
    programme_key: str
    number: int
    cutoff: datetime
    reason: str


def canonical_json(shown: Document, seen: Snapshot) -> str:
    """One text for the same figures, with the settings that they were counted by: whoever has it can count again."""
    return canonical(json.loads(as_json(shown)) | {"rules": rules_record(seen.rules)})


def figures_of(seen: Snapshot) -> tuple[Document, str]:
    """The national document that an edition shows, and its canonical JSON."""
    shown = document(seen, ranked=True)
    return shown, canonical_json(shown, seen)


def stamped(shown: Document, wanted: Wanted, content: str, *, base_url: str) -> Document:
    """The document as Excel and PDF print it: which edition it is, and where anybody checks it."""
    said = [("Edisi", edition_words(wanted.number))]
    if wanted.reason:
        said.append(("Alasan edisi ini", wanted.reason))
    stamp = Stamp(fingerprint(content), f"{base_url}{CHECK_PAGE}")
    return replace(shown, facts=(*shown.facts, *said), stamp=stamp)


def edition_words(number: int) -> str:
    return "1, keadaan pada saat penetapan" if number == 1 else f"{number}, menggantikan edisi {number - 1}"


def write_files(shown: Document, wanted: Wanted, content: str, folder: Path) -> Iterator[tuple[Format, Path]]:
    """The files of an edition, one after another, under the names that they are downloaded by."""
    for format in FROZEN:
        path = folder / edition_file_name(shown, wanted, format)
        if format is Format.JSON:
            path.write_text(content, encoding="utf-8")
        else:
            format.write(shown, path)
        yield format, path


def edition_file_name(shown: Document, wanted: Wanted, format: Format) -> str:
    """Like kepatuhan-B15-edisi-1-20200727-1000.xlsx: period, edition, and cut-off in WIB."""
    return file_name(shown, format).replace(f"-{wanted.period_key}-", f"-{wanted.period_key}-edisi-{wanted.number}-", 1)


def cutoff_words(cutoff: datetime) -> str:
    return text.instant(cutoff, seconds=True)
