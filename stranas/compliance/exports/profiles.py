"""The profiles of many agencies in one file: one PDF each in a ZIP, or all in one PDF with bookmarks.

One profile is in memory at a time; the pages of one PDF are put together from files, in steps.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pikepdf

from reports.progress import Progress
from stranas.compliance.snapshot import AgencyName, Point, Snapshot
from stranas.system.text import JAKARTA

STEP = 50  # profiles merged at once: so many files are open
_ROOM, _BUILDER = "stranas.compliance.profile", "reports.profile"


def are_there() -> bool:
    return find_spec(_ROOM) is not None and find_spec(_BUILDER) is not None


@dataclass(frozen=True)
class Profiles:
    """The agencies that owe something, each with its profile when asked for."""

    country: Snapshot
    points: Sequence[Point]
    ranked: bool

    @property
    def agencies(self) -> list[AgencyName]:
        return [row.agency for row in self.country.agencies]

    def pages(self) -> Iterator[tuple[AgencyName, bytes]]:
        """Each agency with its PDF, one after another."""
        profile_pdf = import_module(_BUILDER).profile_pdf
        for profile in import_module(_ROOM).profiles(self.country, self.points, ranked=self.ranked):
            yield profile.agency, profile_pdf(profile)


def of(country: Snapshot, points: Sequence[Point], *, ranked: bool) -> Profiles:
    return Profiles(country, points, ranked)


def stamp_of(cutoff: datetime) -> str:
    """20200713-0858: the cut-off in the name of a file, WIB."""
    return f"{cutoff.astimezone(JAKARTA):%Y%m%d-%H%M}"


def page_name(agency: AgencyName) -> str:
    """Like 33.23-kabupaten-temanggung.pdf."""
    words = re.sub(r"[^a-z0-9]+", "-", agency.name.casefold()).strip("-")
    return f"{agency.code}-{words[:80]}.pdf"


def write_zip(made: Profiles, to: Path, progress: Progress) -> None:
    """Pages of PDF are packed already: stored as they are."""
    total = len(made.agencies)
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for done, (agency, content) in enumerate(made.pages(), 1):
            moment = made.country.cutoff.astimezone(JAKARTA).timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(page_name(agency), moment), content)
            progress(done, total)


def write_pdf(made: Profiles, to: Path, progress: Progress) -> None:
    """All in one, with a bookmark for each agency."""
    total = len(made.agencies)
    marks: list[tuple[str, int]] = []  # the agency, and the page that its profile begins on
    parts: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="profil-") as place:
        folder, waiting, first = Path(place), [], 0
        for done, (agency, content) in enumerate(made.pages(), 1):
            waiting.append(folder / f"{done}.pdf")
            waiting[-1].write_bytes(content)
            marks.append((agency.name, first))
            first += _pages(waiting[-1])
            if len(waiting) == STEP:
                parts.append(_bind(waiting, folder / f"part-{len(parts)}.pdf"))
                waiting = []
            progress(done, total)
        _bind([*parts, *waiting], to, marks)


def _pages(file: Path) -> int:
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def _bind(files: Sequence[Path], to: Path, marks: Sequence[tuple[str, int]] = ()) -> Path:
    """One PDF of many, in their order; the files are done with and go."""
    with ExitStack() as stack, pikepdf.new() as bound:
        for file in files:
            bound.pages.extend(stack.enter_context(pikepdf.open(file)).pages)
        with bound.open_outline() as outline:
            outline.root.extend(pikepdf.OutlineItem(name, page) for name, page in marks)
        bound.save(to)
    for file in files:
        file.unlink()
    return to
