"""How long the two-page profiles of 595 agencies take in one job, and how much memory, beside bare WeasyPrint.

    .venv/bin/python -m bench.profiles

Ours: values, pages and the binding to one PDF with bookmarks, as the job "profiles-pdf" does it. Bare: the markup of
every fifth of the same profiles, each given to WeasyPrint and written out. Each way runs in a process of its own;
seconds are those of the processor, because others may use the machine.
"""

import pickle
import tempfile
from pathlib import Path

import pikepdf

from bench.national_pdf import alone
from reports.paper import print_to
from reports.profile import profile_html
from reports.progress import silent
from stranas.compliance.exports.profiles import Profiles, write_pdf
from stranas.compliance.queries import snapshot, trend
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import NOW, settle
from tests.conftest import make_app

PROGRAMME = {"programme_key": "stranas-2019-2020"}
EVERY = 5


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        alone(_settle, folder)
        bare, bare_memory = alone(_bare, folder)
        ours, memory = alone(_ours, folder)
        with pikepdf.open(folder / "all.pdf") as book:
            pages, size = len(book.pages), (folder / "all.pdf").stat().st_size
        printed = len(list(folder.glob("bare-*.pdf")))
    print(f"Product: {pages} pages, {size:,} bytes, {ours:.0f} s, {pages / ours:.2f} pages/s, peak {memory} MB")
    print(f"Bare WeasyPrint, {printed} profiles: {bare:.0f} s, {2 * printed / bare:.2f} pages/s, peak {bare_memory} MB")
    print(f"Ratio of the time of a page: {ours / pages / (bare / 2 / printed):.2f}")


def _settle(folder: Path) -> None:
    app = make_app(folder, f"sqlite:///{folder}/bench.db")
    with app.app_context(), clock.at(NOW):
        settle(agencies=595)
        db.session.commit()
        country, points = snapshot(period_key="B15", **PROGRAMME), trend(until="B15", **PROGRAMME)
        db.session.remove()
        db.engine.dispose()
    (folder / "country.pickle").write_bytes(pickle.dumps(Profiles(country, points, country, reasons={})))


def _profiles(folder: Path) -> Profiles:
    return pickle.loads((folder / "country.pickle").read_bytes())  # noqa: S301


def _ours(folder: Path) -> None:
    write_pdf(_profiles(folder), folder / "all.pdf", silent)


def _bare(folder: Path) -> None:
    for number, profile in enumerate(_profiles(folder).each()):
        if number % EVERY == 0:
            print_to(profile_html(profile), folder / f"bare-{number}.pdf")


if __name__ == "__main__":
    main()
