"""The agency that a paper speaks of, against the one that hands it in. A hint only, and only where it is plain.

Silent as soon as the own agency is named anywhere (by any of its names, its place, a scan's misread letters), where
a paper is short, where it lists many agencies, and where papers of others belong: of ministries, of the own province,
letters addressed to the agency.
"""

from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache

from stranas.evidence.checks.finding import Claim, Finding, Office, Reading, Surroundings
from stranas.evidence.checks.names import Mention, Names, core_of
from stranas.evidence.rules import Severity, TextSource, plain_words

LOCAL = frozenset({"kabupaten", "kota", "provinsi"})
# Fewer signs say too little. The head: letterhead and title.
FEWEST_SIGNS, HEAD_LINES = 100, 14
# Without a letterhead: so many mentions of one other agency, and of no third one.
MENTIONED = 3
# Papers that an agency writes itself. Others (letters, certificates, agreements, tables) come from anywhere.
OWN_PAPERS = frozenset(
    plain_words("laporan notulen daftar_hadir berita_acara keputusan sop rencana surat_pernyataan peraturan")
)
# Letters that OCR misreads: so alike a word must be to count as the own name.
ALIKE = 0.78
MOST_WORDS = 4000


def about(reading: Reading, claim: Claim, around: Surroundings) -> Iterator[Finding]:
    names = _names(around.offices)
    own = names.offices.get(claim.agency)
    if own is None or len("".join(reading.text.split())) < FEWEST_SIGNS:
        return
    mentions = list(names.mentions(reading.text))
    if any(own.code in mention.codes for mention in mentions) or _names_place(own, reading.text):
        return
    if reading.source is TextSource.OCR and _is_misread(own, reading.text):
        return
    other = _other(own, mentions, names, claim)
    if other is not None:
        yield _finding(other, own)


@lru_cache(maxsize=2)
def _names(offices: tuple[Office, ...]) -> Names:
    return Names(offices)


def _other(own: Office, mentions: list[Mention], names: Names, claim: Claim) -> Office | None:
    """The one agency that the paper speaks for; None where that is not plain."""
    plain = [m for m in mentions if m.has_level and m.is_plain and _is_rival(own, m, names)]
    heads = Counter(code for m in plain if m.line < HEAD_LINES for code in m.codes)
    if len(heads) == 1:
        return names.offices[next(iter(heads))]
    counted = Counter(code for m in plain for code in m.codes)
    if not heads and claim.kind in OWN_PAPERS and len(counted) == 1:
        code, times = next(iter(counted.items()))
        return names.offices[code] if times >= MENTIONED else None
    return None


def _is_rival(own: Office, mention: Mention, names: Names) -> bool:
    """Of one office, which could have handed the paper in instead: among equals, never a ministry for a region."""
    if len(mention.codes) != 1:
        return False
    other = names.offices[next(iter(mention.codes))]
    if own.level == "kl" or other.level == "kl":
        return own.level == other.level
    if own.level == "provinsi":
        return other.province != own.code
    return other.level != "provinsi" or other.code != own.province


def _names_place(own: Office, text: str) -> bool:
    words = f" {' '.join(plain_words(text))} "
    return any(f" {' '.join(plain_words(place))} " in words for place in own.places)


def _is_misread(own: Office, text: str) -> bool:
    """In a scan the own name may stand with wrong letters."""
    words = plain_words(text)[:MOST_WORDS]
    return any(_stands_about(core_of(name, own.level), words) for name in own.names)


def _stands_about(core: tuple[str, ...], words: list[str]) -> bool:
    wanted = "".join(core)
    if len(wanted) < 5:
        return False
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for at in range(len(words) - len(core) + 1):
        matcher.set_seq1("".join(words[at : at + len(core)]))
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE:
            return True
    return False


def _finding(other: Office, own: Office) -> Finding:
    return Finding(
        "other_agency",
        Severity.EXPLAIN,
        f"Ditemukan: {other.names[0]}. Diharapkan: {own.names[0]}.",
        "Periksa apakah berkas tertukar dengan milik instansi lain. Bila memang dokumen ini yang dimaksud, jelaskan.",
    )
