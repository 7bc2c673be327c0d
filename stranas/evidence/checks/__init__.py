"""The checks: one file per check, pure, no app and no database. Four groups, each in its order:

- of the file: (path, Claim) in, findings out. They open a stranger's file, so they run in a child process;
- of the words: (Reading, Claim, Surroundings), in the same child, or again once a scan was read by OCR;
- of an address: (address, Claim), for a link, which has neither file nor words;
- of comparison: (Reading, Claim, Neighbours), when it is known what was handed in before.

Standard library and file readers only: the child must start fast (see evidence/child.py), so heavy readers are
imported inside the functions that need them.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from stranas.evidence.checks.about import about
from stranas.evidence.checks.dates import dates
from stranas.evidence.checks.empty import empty
from stranas.evidence.checks.excess import excess
from stranas.evidence.checks.finding import Claim, Finding, Neighbours, Reading, Surroundings
from stranas.evidence.checks.legible import legible
from stranas.evidence.checks.link import link
from stranas.evidence.checks.locked import locked
from stranas.evidence.checks.macros import macros
from stranas.evidence.checks.opens import opens
from stranas.evidence.checks.outside import outside
from stranas.evidence.checks.pdf_actions import pdf_actions
from stranas.evidence.checks.personal_data import personal_data
from stranas.evidence.checks.program import program
from stranas.evidence.checks.reading import read
from stranas.evidence.checks.real_type import real_type
from stranas.evidence.checks.reuse import reuse
from stranas.evidence.checks.signature import signature
from stranas.evidence.checks.subject import subject
from stranas.evidence.checks.taken import taken
from stranas.evidence.checks.two_in_one import two_in_one
from stranas.evidence.rules import Severity

AddressCheck = Callable[[str, Claim], Iterable[Finding]]
FileCheck = Callable[[Path, Claim], Iterable[Finding]]
TextCheck = Callable[[Reading, Claim, Surroundings], Iterable[Finding]]
Comparison = Callable[[Reading, Claim, Neighbours], Iterable[Finding]]


def _named(*checks: Callable) -> dict[str, Callable]:
    return {check.__name__: check for check in checks}


# In this order: what swells is not opened, what cannot be opened is not judged further, the slowest come last.
OF_FILE: dict[str, FileCheck] = _named(
    empty,
    program,
    excess,
    locked,
    opens,
    real_type,
    two_in_one,
    macros,
    pdf_actions,
    outside,
    signature,
    taken,
    legible,
)
OF_WORDS: dict[str, TextCheck] = _named(dates, about, subject, personal_data)
OF_COMPARISON: dict[str, Comparison] = _named(reuse)
# An address has no file and no words.
OF_ADDRESS: dict[str, AddressCheck] = _named(link)
REGISTRY = OF_ADDRESS | OF_FILE | OF_WORDS | OF_COMPARISON

# What each check is called before officers.
WORDS = {
    "empty": "isi berkas",
    "program": "program",
    "excess": "ukuran di dalam berkas",
    "malware": "antivirus",
    "locked": "kata sandi",
    "opens": "keutuhan berkas",
    "real_type": "jenis berkas",
    "reading": "tulisan",
    "link": "tautan",
    "reuse": "pemakaian ulang",
    "all": "umum",
    "two_in_one": "berkas ganda",
    "macros": "makro",
    "pdf_actions": "isi aktif PDF",
    "outside": "isi dari luar berkas",
    "signature": "tanda tangan elektronik",
    "dates": "tanggal",
    "taken": "tanggal foto",
    "about": "instansi",
    "subject": "aksi",
    "personal_data": "data pribadi",
    "legible": "keterbacaan",
}

TOO_HEAVY = Finding(
    "too_heavy",
    Severity.EXPLAIN,
    "Berkas ini terlalu berat untuk pengecekan otomatis.",
    "Perkecil berkas, misalnya dengan memindai pada 150 dpi, atau jelaskan pada uraian.",
)


LINK_NOT_OPENED = Finding(
    "link_not_opened",
    Severity.INFO,
    "Sistem tidak membuka isi tautan.",
    "Pastikan tautan dapat dibuka tanpa masuk (login), sebab verifikator membukanya langsung.",
)


class TookTooLong(BaseException):
    """Raised from outside into a check that passes its time. No reader's own `except Exception` may swallow it."""


Watch = Callable[[], AbstractContextManager]


@dataclass(frozen=True)
class Judged:
    """What the checks of file and words found, the heaviest first, and the words: None where it was refused unread."""

    findings: tuple[Finding, ...]
    reading: Reading | None


def judge(
    path: Path,
    claim: Claim,
    around: Surroundings,
    *,
    known: Reading | None = None,
    trust: Path | None = None,
    watched: Watch = nullcontext,
) -> Judged:
    """Run the checks of the file and of its words; a refused file ends the row.

    `known`: the words, where they were read before. `trust`: the folder of certificates that are believed.
    `watched()` surrounds each check and may end it by TookTooLong. A check that fails says so and stops no other.
    """
    found: list[Finding] = []
    for name, check in (OF_FILE | {"signature": partial(signature, trust=trust)}).items():
        found.extend(_outcome(name, partial(check, path, claim), watched))
        if any(finding.severity is Severity.REFUSED or finding is TOO_HEAVY for finding in found):
            return Judged(heaviest_first(found), known)
    reading = known
    if reading is None:
        reading, problems = _read(path, watched)
        found.extend(problems)
    found.extend(judge_words(reading, claim, around, watched=watched))
    return Judged(heaviest_first(found), reading)


def judge_words(
    reading: Reading, claim: Claim, around: Surroundings, *, watched: Watch = nullcontext
) -> Iterator[Finding]:
    """What the checks of words find; nothing where there are none."""
    if reading.text:
        for name, check in OF_WORDS.items():
            yield from _outcome(name, partial(check, reading, claim, around), watched)


def compare(reading: Reading, claim: Claim, neighbours: Neighbours) -> Iterator[Finding]:
    """What the checks of comparison find. They open no file."""
    for check in OF_COMPARISON.values():
        yield from check(reading, claim, neighbours)


def judge_address(address: str, claim: Claim) -> tuple[Finding, ...]:
    """What the checks of an address find, and that nobody opened it."""
    found = (finding for check in OF_ADDRESS.values() for finding in check(address, claim))
    return heaviest_first((*found, LINK_NOT_OPENED))


def heaviest_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=lambda finding: finding.severity.rank))


def _read(path: Path, watched: Watch) -> tuple[Reading, list[Finding]]:
    readings: list[Reading] = []

    def reader() -> list[Finding]:
        readings.append(read(path))
        return []

    problems = _outcome("reading", reader, watched)
    return (readings or [Reading()])[0], problems


def _outcome(name: str, check: Callable[[], Iterable[Finding]], watched: Watch) -> list[Finding]:
    try:
        with watched():
            return list(check())
    except MemoryError:
        return [TOO_HEAVY]
    except (Exception, TookTooLong):  # a strange file may raise anything; the other checks go on
        return [not_judged(name)]


def not_judged(name: str) -> Finding:
    return Finding(
        "not_judged",
        Severity.INFO,
        f"Pengecekan {WORDS[name]} tidak selesai untuk berkas ini.",
        "Tidak perlu tindakan. Pastikan berkas dapat dibuka di komputer lain; verifikator membacanya langsung.",
    )


__all__ = [
    "REGISTRY",
    "Claim",
    "Finding",
    "Neighbours",
    "Reading",
    "Surroundings",
    "TookTooLong",
    "compare",
    "heaviest_first",
    "judge",
    "judge_address",
    "judge_words",
]
