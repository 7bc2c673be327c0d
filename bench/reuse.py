"""How long it takes to find what a new document repeats, in a library of 5,000 and of 50,000 documents.

    .venv/bin/python -m bench.reuse [--postgres] [--documents 5000 50000]

Papers of 595 agencies, each its own words in a frame that all share. Asked: sixty new papers that repeat one of
another agency, with another year and one other sentence. `question`: what the check asks the database and compares,
median; `bare`: reading 199 prints by their keys in the same run; `on disk`: prints and keys with their indexes.
docs/performance.md keeps what was measured.
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stranas.agencies.models import Agency, AgencyLevel, Provenance
from stranas.evidence import neighbours
from stranas.evidence.checks.finding import Claim, Reading
from stranas.evidence.likeness import Text
from stranas.evidence.models import Document, FileText, PrintBand, TextPrint
from stranas.evidence.rules import TextSource
from stranas.evidence.sketch import METHOD, Sketch, sketch_of
from stranas.evidence.words import digest
from stranas.system import clock
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.models import StoredFile
from tests import postgres
from tests.conftest import make_app
from tests.evidence.shelf.prose import AGENCIES, prose, report

ASKED, BATCH, MB = 60, 500, 1_000_000
ALL_AGENCIES = 595


COLUMNS = ("library", "documents", "one print", "question", "slowest", "bare", "found", "keys", "on disk", "memory")


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--postgres", action="store_true")
    options.add_argument("--form", action="store_true", help="three fifths of each paper are one form that all fill in")
    options.add_argument("--documents", type=int, nargs="+", default=[5_000, 50_000])
    chosen = options.parse_args()
    print(f"| {' | '.join(COLUMNS)} |\n|{'---|' * len(COLUMNS)}")
    for documents in chosen.documents:
        with _url(chosen.postgres) as url, tempfile.TemporaryDirectory() as folder:
            app = make_app(Path(folder), url or f"sqlite:///{folder}/bench.db")
            with app.app_context():
                library = Library("PostgreSQL" if url else "SQLite", documents, chosen.form)
                print(f"| {' | '.join(library.measured())} |", flush=True)
                db.session.remove()
                db.engine.dispose()


@contextmanager
def _url(on_postgres: bool) -> Iterator[str]:
    if not on_postgres:
        yield ""
        return
    with postgres.server() as url:
        yield url


@dataclass(frozen=True)
class Library:
    """Documents of 595 agencies, numbered from 1."""

    database: str
    documents: int
    is_form: bool

    def measured(self) -> list[str]:
        """One line of the table."""
        made = self.fill()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        results = [_timed(lambda one=one: _compared(*one)) for one in self.asked()]
        seconds = sorted(took for took, _ in results)
        bare = statistics.median(_timed(_bare)[0] for _ in range(10))
        keys = db.session.scalar(db.select(db.func.count()).select_from(PrintBand))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        return [
            f"{self.database}{', one form' if self.is_form else ''}",
            f"{self.documents:,}",
            f"{1000 * made:.1f} ms",
            f"{1000 * statistics.median(seconds):.0f} ms",
            f"{1000 * seconds[-1]:.0f} ms",
            f"{1000 * bare:.1f} ms",
            f"{sum(found for _, found in results)} of {len(results)}",
            f"{keys:,}",
            f"{_size(self.database) / MB:.0f} MB",
            f"+{grown:.0f} MB",
        ]

    def paper(self, number: int) -> tuple[int, list[str]]:
        """Whose paper, and its lines."""
        agency = 1 + number % ALL_AGENCIES
        if self.is_form:
            return agency, [*prose(1, 15), *prose(number + 2, 10)]
        return agency, report(AGENCIES[agency % len(AGENCIES)], number % 3, number, sentences=12 + number % 30)

    def asked(self) -> Iterator[tuple[Document, str]]:
        """New papers that repeat one of each part of the library: the quarter and one sentence are others."""
        for number in range(1, self.documents, self.documents // ASKED):
            agency_id, lines = self.paper(number)
            words = "\n".join([*lines[:5], *prose(-number, 1), *lines[6:]]).replace("2020", "2021")
            yield Document(id=self.documents + 1, agency_id=agency_id % ALL_AGENCIES + 1, series="new"), words

    def fill(self) -> float:
        """Rows as the product writes them, in large statements; returns the seconds of one print."""
        with unit_of_work():
            db.session.add_all(_agency(number) for number in range(1, ALL_AGENCIES + 1))
        made = 0.0
        for first in range(1, self.documents + 1, BATCH):
            with unit_of_work():
                made += self._fill(range(first, min(first + BATCH, self.documents + 1)))
        if self.database == "PostgreSQL":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("ANALYZE")
        return made / self.documents

    def _fill(self, numbers: range) -> float:
        rows: dict[type, list[dict]] = {model: [] for model in (StoredFile, Document, FileText, TextPrint, PrintBand)}
        made = 0.0
        for number in numbers:
            agency_id, lines = self.paper(number)
            words = "\n".join(lines)
            took, (sketch, keys) = _timed(lambda words=words: _printed(words))
            made += took
            for model, row in _rows(number, agency_id, words, sketch):
                rows[model].append(row)
            rows[PrintBand] += [{"key": key, "print_id": number} for key in keys]
        for model, some in rows.items():
            db.session.execute(db.insert(model), some)
        return made


def _agency(number: int) -> Agency:
    name = f"Kabupaten {number}"
    return Agency(
        id=number,
        code=f"b{number}",
        name=name,
        short_name=name,
        level=AgencyLevel.REGENCY,
        timezone="Asia/Jakarta",
        provenance=Provenance.VERIFIED,
    )


def _printed(words: str) -> tuple[Sketch, list[int]]:
    sketch = sketch_of(Text(words))
    return sketch, list(sketch.bands("file"))


def _rows(number: int, agency_id: int, words: str, sketch: Sketch) -> Iterator[tuple[type, dict]]:
    now, sha256 = clock.wall(), f"{number:064d}"
    file = {"sha256": sha256, "size": 1, "backend": "memory", "storage_key": sha256, "stored_at": now}
    yield StoredFile, {"id": number} | file
    document = {"agency_id": agency_id, "name": f"{number}.pdf", "file_id": number, "uploaded_at": now}
    yield Document, {"id": number} | document
    text = {"file_id": number, "source": TextSource.LAYER, "text": words, "digest": digest(words), "read_at": now}
    yield FileText, text
    kept = {"kind": "file", "owner_id": number, "method": METHOD, "size": sketch.size, "slots": sketch.slots}
    yield TextPrint, {"id": number} | kept


def _compared(document: Document, words: str) -> bool:
    claim, reading = Claim("a.pdf", "laporan", period_from="2020-04-01"), Reading(words, TextSource.LAYER)
    with read_only():
        found = neighbours.compared(document, claim=claim, reading=reading)
    return found.neighbours.elsewhere is not None


def _bare() -> None:
    """As many prints as an agency's library and the candidates have, by their keys."""
    with read_only():
        db.session.execute(db.select(TextPrint.slots).where(TextPrint.id.in_(range(1, 200)))).all()


def _timed(work) -> tuple[float, object]:
    begin = time.perf_counter()
    result = work()
    return time.perf_counter() - begin, result


def _size(database: str) -> int:
    """Bytes of prints and keys."""
    if database == "PostgreSQL":
        sizes = (
            "SELECT sum(pg_total_relation_size(c.oid)) FROM pg_class c WHERE relname IN ('text_print', 'print_band')"
        )
    else:
        sizes = "SELECT sum(pgsize) FROM dbstat WHERE name LIKE '%print%'"
    try:
        return db.session.scalar(db.text(sizes)) or 0
    except Exception:  # SQLite may be built without dbstat
        return 0


if __name__ == "__main__":
    main()
