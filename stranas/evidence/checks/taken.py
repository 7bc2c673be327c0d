"""When a photo was taken, as the camera wrote it into the picture. Silent where no camera did, or its clock was
never set, and on any day from the quarter's first to the last on which its report is in time.
"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.checks.media import media_of
from stranas.evidence.rules import Severity

_EXIF, _TAKEN, _DIGITIZED = 0x8769, 0x9003, 0x9004
# Clocks that nobody set begin in these years.
UNSET = frozenset({1970, 1980, 1999, 2000, 2001, 2010, 2012})
OLDEST = 2013


def taken(path: Path, claim: Claim) -> Iterator[Finding]:
    if claim.kind != "foto" or not claim.period_from or media_of(path).family != "image":
        return
    day = _taken_on(path)
    if day is None or day.year < OLDEST or day.year in UNSET:
        return
    from stranas.evidence.checks.written_dates import in_words

    first, last = date.fromisoformat(claim.period_from), date.fromisoformat(claim.period_to)
    if day < first or day > last:
        yield Finding(
            "other_period",
            Severity.EXPLAIN,
            f"Ditemukan: foto diambil {in_words(day)}. Diharapkan: {claim.period_words}.",
            "Periksa apakah foto ini untuk triwulan yang benar. Bila jam kamera yang keliru, jelaskan.",
        )


def _taken_on(path: Path) -> date | None:
    from PIL import Image

    with Image.open(path) as image:
        notes = image.getexif().get_ifd(_EXIF)
    for tag in (_TAKEN, _DIGITIZED):
        try:
            return datetime.strptime(str(notes.get(tag, ""))[:10], "%Y:%m:%d").date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
    return None
