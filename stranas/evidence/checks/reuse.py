"""A document that was handed in before: the same bytes, the same words, or nearly the same words.

Facts about the own agency in words; of others only that there is one. What several agencies hold alike (a circular, a
national decree, a form) is said once and weighs nothing.
"""

from collections.abc import Iterator, Sequence

from stranas.evidence.checks.finding import COMMON, Claim, Earlier, Finding, Likeness, Neighbours, Reading, Use
from stranas.evidence.rules import Severity

SHOWN = 2
# Papers that stay in force, and that are worded alike by rule: to be used again is what they are made for.
IN_FORCE = frozenset({"keputusan", "peraturan", "perjanjian", "sop", "sertifikat"})


def reuse(reading: Reading, claim: Claim, neighbours: Neighbours) -> Iterator[Finding]:
    if neighbours.is_common:
        yield COMMONLY_USED
        return
    if neighbours.own:
        yield _own(claim, neighbours.own)
    if neighbours.elsewhere:
        yield _elsewhere(claim, neighbours.elsewhere)


COMMONLY_USED = Finding(
    "commonly_used",
    Severity.INFO,
    f"Dokumen dengan isi yang sama ada pada sedikitnya {COMMON} instansi.",
    "Tidak perlu tindakan bila dokumen ini berlaku bersama, misalnya edaran, peraturan, atau formulir.",
)


def _own(claim: Claim, found: Sequence[Earlier]) -> Finding:
    """The closest document that served another quarter, or else the closest one."""
    ordered = sorted(found, key=lambda one: (one.likeness.rank, -one.share, -one.document))
    used = next((one for one in ordered if _other_quarters(claim, one)), None)
    if used is None:
        return _in_library(claim, ordered[0])
    alike = [one for one in ordered if (one.likeness, one.share) == (used.likeness, used.share)]
    uses = [use.words for one in alike for use in _other_quarters(claim, one)]
    return _reused(claim, used, " dan ".join(list(dict.fromkeys(uses))[:SHOWN]))


def _other_quarters(claim: Claim, one: Earlier) -> list[Use]:
    """One document may serve many obligations of a quarter; without a known quarter each use counts."""
    return [use for use in one.uses if not claim.period_from or use.period_from != claim.period_from]


def _reused(claim: Claim, used: Earlier, where: str) -> Finding:
    hint = {"document": used.document}
    code, message, repair = {
        Likeness.BYTES: ("reused", f"Berkas yang sama sudah dipakai pada {where}.", PROVES),
        Likeness.WORDS: (
            "same_words",
            f"Tulisannya sama dengan dokumen yang sudah dipakai pada {where}, hanya berkasnya yang lain.",
            PROVES,
        ),
        Likeness.NEAR: (
            "near_words",
            f"Sekitar {used.share} persen tulisannya sama dengan dokumen yang dipakai pada {where}.",
            DIFFERS,
        ),
    }[used.likeness]
    if claim.kind in IN_FORCE:
        return Finding(code, Severity.INFO, message, STILL_IN_FORCE, hint)
    return Finding(code, Severity.EXPLAIN, message, repair, hint)


def _in_library(claim: Claim, one: Earlier) -> Finding:
    hint = {"document": one.document}
    if one.likeness is Likeness.BYTES and one.uses:
        message = f"Berkas yang sama juga dipakai pada {one.uses[0].words}."
        return Finding("in_library", Severity.INFO, message, SERVES_MANY, hint)
    if one.likeness is Likeness.BYTES:
        message = f"Berkas yang sama sudah ada di daftar dokumen Anda: {one.name}."
        return Finding("in_library", Severity.INFO, message, CHOOSE, hint)
    where = f"dokumen yang dipakai pada {one.uses[0].words}" if one.uses else "dokumen lain di daftar dokumen Anda"
    if one.likeness is Likeness.WORDS:
        return Finding("same_words", Severity.INFO, f"Tulisannya sama dengan {where}.", MEANT, hint)
    message = f"Sekitar {one.share} persen tulisannya sama dengan {where}."
    return Finding("near_words", Severity.INFO, message, MEANT, hint)


def _elsewhere(claim: Claim, likeness: Likeness) -> Finding:
    code, severity, message = {
        Likeness.BYTES: (
            "same_elsewhere",
            Severity.EXPLAIN,
            "Berkas yang sama persis sudah diunggah oleh instansi lain.",
        ),
        Likeness.WORDS: (
            "same_words_elsewhere",
            Severity.EXPLAIN,
            "Tulisan dokumen ini sama dengan dokumen yang sudah diunggah oleh instansi lain.",
        ),
        Likeness.NEAR: (
            "near_words_elsewhere",
            Severity.INFO if claim.kind in IN_FORCE else Severity.EXPLAIN,
            "Sebagian besar tulisan dokumen ini sama dengan dokumen yang sudah diunggah oleh instansi lain.",
        ),
    }[likeness]
    return Finding(code, severity, message, OWN)


PROVES = "Jelaskan bagian yang membuktikan target triwulan ini, atau unggah dokumen yang baru."
DIFFERS = "Jelaskan pada uraian apa yang baru pada triwulan ini, atau unggah dokumen triwulan ini."
STILL_IN_FORCE = "Tidak perlu tindakan selama dokumen ini masih berlaku dan memuat yang diminta triwulan ini."
SERVES_MANY = "Tidak perlu tindakan. Satu dokumen boleh membuktikan beberapa kewajiban pada triwulan yang sama."
CHOOSE = "Tidak perlu tindakan. Lain kali Anda dapat memilihnya dari daftar dokumen."
MEANT = "Tidak perlu tindakan bila memang dokumen ini yang dimaksud."
OWN = "Jelaskan pada uraian mengapa dokumennya sama, atau unggah dokumen instansi Anda sendiri."
