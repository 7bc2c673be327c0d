"""The profiles of many agencies in one file: one PDF each in a ZIP, or all in one PDF with bookmarks.

One profile is in memory at a time; the pages of one PDF are put together from files, in steps.
"""

import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pikepdf

from reports.profile import Profile, profile_pdf
from reports.progress import Progress
from stranas.accounts.models import User
from stranas.compliance.exports.slices import Slice, sees_ranks
from stranas.compliance.profile import profiles
from stranas.compliance.snapshot import Point, ReasonCount, Snapshot
from stranas.system.text import JAKARTA

STEP = 50  # profiles merged at once: so many files are open


@dataclass(frozen=True)
class Profiles:
    """The agencies of a snapshot, each with its profile when asked for. `country`: among which they have their places,
    None where the reader may not see them. `reasons`: by agency id."""

    seen: Snapshot
    points: Sequence[Point]
    country: Snapshot | None
    reasons: Mapping[int, Sequence[ReasonCount]]

    @property
    def total(self) -> int:
        return len(self.seen.agencies)

    def each(self) -> Iterator[Profile]:
        return profiles(self.seen, self.points, country=self.country, reasons=self.reasons)

    def pages(self) -> Iterator[tuple[Profile, bytes]]:
        """Each profile with its PDF, one after another."""
        return ((profile, profile_pdf(profile)) for profile in self.each())


def of(wanted: Slice, reader: User) -> Profiles:
    """Everything is read here."""
    seen = wanted.snapshot(reader)
    country = wanted.country(seen, reader) if sees_ranks(reader) or not seen.provisional else None
    return Profiles(seen, wanted.trend(reader), country, wanted.reasons(reader))


def stamp_of(cutoff: datetime) -> str:
    """20200713-0858: the cut-off in the name of a file, WIB."""
    return f"{cutoff.astimezone(JAKARTA):%Y%m%d-%H%M}"


def page_name(profile: Profile) -> str:
    """Like 33.23-kabupaten-temanggung.pdf."""
    words = re.sub(r"[^a-z0-9]+", "-", profile.agency.casefold()).strip("-")
    return f"{profile.code}-{words[:80]}.pdf"


def write_zip(made: Profiles, to: Path, progress: Progress) -> None:
    """Pages of PDF are packed already: stored as they are."""
    with zipfile.ZipFile(to, "w", zipfile.ZIP_STORED) as archive:
        for done, (profile, content) in enumerate(made.pages(), 1):
            moment = made.seen.cutoff.astimezone(JAKARTA).timetuple()[:6]
            archive.writestr(zipfile.ZipInfo(page_name(profile), moment), content)
            progress(done, made.total)


def write_pdf(made: Profiles, to: Path, progress: Progress) -> None:
    """All in one, with a bookmark for each agency."""
    marks: list[tuple[str, int]] = []  # the agency, and the page that its profile begins on
    parts: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="profil-") as place:
        folder, waiting, first = Path(place), [], 0
        for done, (profile, content) in enumerate(made.pages(), 1):
            waiting.append(folder / f"{done}.pdf")
            waiting[-1].write_bytes(content)
            marks.append((profile.agency, first))
            first += _pages(waiting[-1])
            if len(waiting) == STEP:
                parts.append(_bind(waiting, folder / f"part-{len(parts)}.pdf"))
                waiting = []
            progress(done, made.total)
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
