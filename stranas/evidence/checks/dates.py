"""Dates in the text of a paper against the quarter that it is to prove. A hint only, and only where it is plain.

Silent wherever an honest paper may carry another date: a decree that was made long ago is still in force, a report
is written after the quarter and before the due instant, and one fitting date among many is enough.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from stranas.evidence.checks.finding import Claim, Finding, Reading, Surroundings
from stranas.evidence.rules import Severity

if TYPE_CHECKING:
    from stranas.evidence.checks.written_dates import Span

# Dates of birth and of old laws are no dates of the paper.
OLDEST = 10
_REFERENCE = re.compile(
    r"(?:undang-undang|peraturan|keputusan|instruksi|surat|nota)\b[^.;:]{0,80}?\b(?:tanggal|tgl\.?)\s+"
    r"[\d\s./-]{1,10}(?:[a-z]+\s+\d{4})?",
    re.IGNORECASE,
)
SHOWN = 2
# Papers about what happened in the quarter. Of all others only dates that lie after it are strange.
ABOUT_THE_QUARTER = frozenset({"laporan", "notulen", "daftar_hadir", "berita_acara"})


def dates(reading: Reading, claim: Claim, around: Surroundings) -> Iterator[Finding]:
    if not (claim.period_from and claim.period_to):
        return
    from stranas.evidence.checks.written_dates import spans  # its patterns take a while to compile

    first, last = date.fromisoformat(claim.period_from), date.fromisoformat(claim.period_to)
    found = [span for span in spans(_without_references(reading.text)) if span.last.year > first.year - OLDEST]
    strange = [span for span in found if not span.touches(first, last)]
    if not found or len(strange) < len(found):
        return
    if claim.kind in ABOUT_THE_QUARTER or all(span.first > last for span in found):
        yield _finding(found, claim, _quarter_of(found, claim, around))


def _quarter_of(found: "list[Span]", claim: Claim, around: Surroundings) -> dict[str, str]:
    """The one quarter in which every date lies, as a hint."""
    for quarter in around.quarters:
        first, last = date.fromisoformat(quarter.first), date.fromisoformat(quarter.last)
        if quarter.key != claim.period and all(first <= span.first and span.last <= last for span in found):
            return {"period": quarter.key}
    return {}


def _finding(found: "list[Span]", claim: Claim, hint: dict[str, str]) -> Finding:
    names = list(dict.fromkeys(span.words for span in found))
    more = " dan lainnya" if len(names) > SHOWN else ""
    return Finding(
        "other_period",
        Severity.EXPLAIN,
        f"Ditemukan: {', '.join(names[:SHOWN])}{more}. Diharapkan: {claim.period_words}.",
        "Periksa apakah dokumen ini untuk triwulan yang benar. Bila benar, jelaskan.",
        hint,
    )


def _without_references(text: str) -> str:
    """Without the dates of other papers that the text names."""
    return _REFERENCE.sub(" ", " ".join(text.split()))
