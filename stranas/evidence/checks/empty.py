"""A file without content."""

from collections.abc import Iterator
from pathlib import Path

from stranas.evidence.checks.finding import Claim, Finding
from stranas.evidence.rules import Severity


def empty(path: Path, claim: Claim) -> Iterator[Finding]:
    if path.stat().st_size == 0:
        yield Finding(
            "empty",
            Severity.REFUSED,
            "Berkas kosong: tidak ada isi di dalamnya.",
            "Buka berkas di komputer Anda, pastikan isinya ada, lalu unggah kembali.",
        )
