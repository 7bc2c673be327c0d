"""How long the national report of 595 agencies takes as PDF, and how much memory, beside bare WeasyPrint.

    .venv/bin/python -m bench.national_pdf

Each way runs in a process of its own: the peak memory of a process never falls again. Bare: the markup of the same
sections, each given to WeasyPrint and written out, not bound, without contents, heads and feet. Times are those of
the processor, because others may use the machine.
"""

import multiprocessing
import pickle
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pikepdf

from reports import pdf
from reports.document import Document
from reports.paper import print_to
from reports.sections import cover_html, sections
from stranas.compliance.document import document
from stranas.compliance.queries import snapshot
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import NOW, settle
from tests.conftest import make_app

MIB = 1024  # ru_maxrss counts KiB


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone(_settle, folder)
        bare, bare_memory = alone(_bare, folder)
        ours, memory = alone(_ours, folder)
        with pikepdf.open(folder / "ours.pdf") as book:
            pages = len(book.pages)
        size = (folder / "ours.pdf").stat().st_size
    print(f"Product: {pages} pages, {size:,} bytes, {ours:.1f} s, {pages / ours:.2f} pages/s, peak {memory} MB")
    print(f"Bare WeasyPrint, same sections: {bare:.1f} s, peak {bare_memory} MB; ratio {ours / bare:.2f}")


def alone(work: Callable[[Path], None], folder: Path) -> tuple[float, int]:
    """Seconds of the processor that the work took in a new process, and that process's peak memory in MB."""
    context = multiprocessing.get_context("spawn")
    with context.Pool(1) as pool:
        return pool.apply(_measured, (work, folder))


def _measured(work: Callable[[Path], None], folder: Path) -> tuple[float, int]:
    begin = time.process_time()
    work(folder)
    return time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MIB


def _settle(folder: Path) -> None:
    app = make_app(folder, f"sqlite:///{folder}/bench.db")
    with app.app_context(), clock.at(NOW):
        settle(agencies=595)
        db.session.commit()
        seen = snapshot(programme_key="stranas-2019-2020", period_key="B15")
        db.session.remove()
        db.engine.dispose()
    (folder / "document.pickle").write_bytes(pickle.dumps(document(seen, ranked=True)))


def _document(folder: Path) -> Document:
    return pickle.loads((folder / "document.pickle").read_bytes())  # noqa: S301


def _ours(folder: Path) -> None:
    pdf.write(_document(folder), folder / "ours.pdf")


def _bare(folder: Path) -> None:
    shown = _document(folder)
    print_to(cover_html(shown), folder / "bare.pdf")
    for section in sections(shown):
        print_to(pdf.section_html(shown, section), folder / "bare.pdf")


if __name__ == "__main__":
    main()
