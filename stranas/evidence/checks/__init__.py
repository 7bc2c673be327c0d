"""The checks: one file per check, pure: (path, Claim, Neighbours) in, findings out. No app, no database.

Standard library and file readers only: they run in a child process that must start fast (see evidence/child.py),
so heavy readers are imported inside the functions that need them.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path

from stranas.evidence.checks.dates import dates
from stranas.evidence.checks.duplicate import duplicate
from stranas.evidence.checks.empty import empty
from stranas.evidence.checks.excess import excess
from stranas.evidence.checks.finding import Claim, Finding, Neighbours
from stranas.evidence.checks.legible import legible
from stranas.evidence.checks.locked import locked
from stranas.evidence.checks.macros import macros
from stranas.evidence.checks.opens import opens
from stranas.evidence.checks.outside import outside
from stranas.evidence.checks.pdf_actions import pdf_actions
from stranas.evidence.checks.program import program
from stranas.evidence.checks.real_type import real_type
from stranas.evidence.checks.signature import signature
from stranas.evidence.checks.two_in_one import two_in_one
from stranas.evidence.rules import Severity

Check = Callable[[Path, Claim, Neighbours], Iterable[Finding]]

# In this order: what swells is not opened, what cannot be opened is not judged further, the slowest come last.
REGISTRY: dict[str, Check] = {
    check.__name__: check
    for check in (
        empty,
        program,
        excess,
        locked,
        opens,
        real_type,
        duplicate,
        two_in_one,
        macros,
        pdf_actions,
        outside,
        signature,
        dates,
        legible,
    )
}
# What each check is called before officers.
WORDS = {
    "empty": "isi berkas",
    "program": "program",
    "excess": "ukuran di dalam berkas",
    "locked": "kata sandi",
    "opens": "keutuhan berkas",
    "real_type": "jenis berkas",
    "duplicate": "pemakaian ulang",
    "two_in_one": "berkas ganda",
    "macros": "makro",
    "pdf_actions": "isi aktif PDF",
    "outside": "isi dari luar berkas",
    "signature": "tanda tangan elektronik",
    "dates": "tanggal",
    "legible": "keterbacaan",
}

TOO_HEAVY = Finding(
    "too_heavy",
    Severity.EXPLAIN,
    "Berkas ini terlalu berat untuk pengecekan otomatis.",
    "Perkecil berkas, misalnya dengan memindai pada 150 dpi, atau jelaskan pada uraian.",
)


class TookTooLong(BaseException):
    """Raised from outside into a check that passes its time. No reader's own `except Exception` may swallow it."""


def run_all(
    path: Path,
    claim: Claim,
    neighbours: Neighbours,
    *,
    trust: Path | None = None,
    watched: Callable[[], AbstractContextManager] = nullcontext,
) -> list[Finding]:
    """The findings of every check, the heaviest first; a refused file ends the row.

    `trust`: the folder of certificates that are believed. `watched()` surrounds each check and may end it by
    TookTooLong. A check that fails says so and stops no other.
    """
    found: list[Finding] = []
    checks = REGISTRY | {"signature": partial(signature, trust=trust)}
    for name, check in checks.items():
        found.extend(_outcome(name, partial(check, path, claim, neighbours), watched))
        if any(finding.severity is Severity.REFUSED or finding is TOO_HEAVY for finding in found):
            break
    return sorted(found, key=lambda finding: finding.severity.rank)


def _outcome(name: str, check: Callable[[], Iterable[Finding]], watched) -> list[Finding]:
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


__all__ = ["REGISTRY", "Claim", "Finding", "Neighbours", "TookTooLong", "run_all"]
