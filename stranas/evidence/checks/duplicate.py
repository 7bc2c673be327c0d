"""The same bytes were handed in before. Facts about the own agency in words; of others only that they exist."""

from collections.abc import Iterator

from stranas.evidence.checks.finding import Claim, Finding, Neighbours, Reading
from stranas.evidence.rules import Severity

SHOWN = 2


def duplicate(reading: Reading, claim: Claim, neighbours: Neighbours) -> Iterator[Finding]:
    if neighbours.own_uses:
        yield Finding(
            "reused",
            Severity.EXPLAIN,
            f"Berkas yang sama sudah dipakai pada {' dan '.join(neighbours.own_uses[:SHOWN])}.",
            "Jelaskan bagian yang membuktikan target triwulan ini, atau unggah dokumen yang baru.",
        )
    elif neighbours.own_names:
        yield Finding(
            "in_library",
            Severity.INFO,
            f"Berkas yang sama sudah ada di daftar dokumen Anda: {neighbours.own_names[0]}.",
            "Tidak perlu tindakan. Lain kali Anda dapat memilihnya dari daftar dokumen.",
        )
    if neighbours.elsewhere:
        yield Finding(
            "same_elsewhere",
            Severity.EXPLAIN,
            "Berkas yang sama persis sudah diunggah oleh instansi lain.",
            "Jelaskan pada uraian mengapa dokumennya sama, atau unggah dokumen instansi Anda sendiri.",
        )
