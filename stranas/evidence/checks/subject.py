"""The sub-aksi that a paper is about, against the one that it is to prove. Speaks only where the words are plainly
those of another one and nothing in them is of the claimed one.

What tells subjects apart are words that few of them use. Words are compared by a rough stem, because officials write
"perizinan", "izin" and "mengizinkan" of one thing.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from stranas.evidence.checks.finding import Claim, Finding, Reading, Subject, Surroundings
from stranas.evidence.rules import Severity, plain_words

# Kinds whose words say what they are about; pictures, tables and links do not.
PAPERS = frozenset(
    plain_words(
        "laporan notulen berita_acara keputusan peraturan sop rencana surat surat_pernyataan perjanjian sertifikat"
    )
)
FEWEST_WORDS = 30
# A word that so many subjects use at most tells them apart.
TELLING = 2
# Another subject must be met in so many different telling words, so often in all, and so much more than the next.
DIFFERENT, IN_ALL, AHEAD = 3, 4, 2
_PREFIX = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|be|ter|di|ke|se)(?=\w{4})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:nya|kan|an|i)$")
# Words of reports about anything.
_COMMON = frozenset(
    plain_words(
        "aksi pencegahan korupsi pelaksanaan laporan triwulan pemerintah daerah kabupaten kota provinsi instansi "
        "tahun kegiatan dokumen data hasil rencana target realisasi nasional dalam untuk dengan yang pada oleh "
        "kepala dinas badan rapat tanggal nomor tentang program perbaikan penguatan peningkatan pembangunan tata "
        "kelola sistem nama surat daftar jumlah tim unit kerja status per belum sudah"
    )
)


def subject(reading: Reading, claim: Claim, around: Surroundings) -> Iterator[Finding]:
    known = _vocabulary(around.subjects)
    if claim.kind not in PAPERS or claim.item not in known.telling:
        return
    words = plain_words(reading.text)
    met = Counter(map(stem, words))
    if len(words) < FEWEST_WORDS or known.all_of[claim.item] & met.keys():
        return
    other = _other(met, claim, known)
    if other:
        yield _finding(known.titles[other], other, known.titles[claim.item], claim.item)


@dataclass(frozen=True)
class Vocabulary:
    """By key of the subject: its title, the stems that tell it from others, and all stems that speak for it."""

    titles: dict[str, str]
    telling: dict[str, frozenset[str]]
    all_of: dict[str, frozenset[str]]


@lru_cache(maxsize=2)
def _vocabulary(subjects: tuple[Subject, ...]) -> Vocabulary:
    stems = {one.key: frozenset(_stems(f"{one.title} {one.words}")) for one in subjects}
    spread = Counter(word for words in stems.values() for word in words)
    telling = {key: frozenset(w for w in words if spread[w] <= TELLING) for key, words in stems.items()}
    # What speaks for the own subject may be shared by some: one word of it is enough to be silent.
    speaks = {key: frozenset(w for w in words if spread[w] <= TELLING + 2) for key, words in stems.items()}
    return Vocabulary({one.key: one.title for one in subjects}, telling, speaks)


def _stems(text: str) -> Iterator[str]:
    for word in plain_words(text):
        if len(word) >= 3 and word not in _COMMON and not word.isdigit():
            yield stem(word)


def stem(word: str) -> str:
    """Without the usual prefix and suffix, at most six letters: rough, and the same for both sides."""
    return _SUFFIX.sub("", _PREFIX.sub("", word))[:6]


def _other(met: Counter[str], claim: Claim, known: Vocabulary) -> str | None:
    scores = {
        key: (len(words & met.keys()), sum(min(met[word], 3) for word in words & met.keys()))
        for key, words in known.telling.items()
        if key != claim.item
    }
    ordered = sorted(scores, key=lambda key: scores[key], reverse=True)
    if not ordered or _action(ordered[0]) == _action(claim.item):
        return None
    different, in_all = scores[ordered[0]]
    next_best = scores[ordered[1]][0] if len(ordered) > 1 else 0
    plain = different >= DIFFERENT and in_all >= IN_ALL and different >= AHEAD * next_best
    return ordered[0] if plain else None


def _action(key: str) -> str:
    """Sub-aksi of one aksi are near to each other: 7-b and 7-d are both about e-katalog."""
    return key.partition("-")[0]


def _finding(title: str, key: str, own_title: str, own: str) -> Finding:
    return Finding(
        "other_item",
        Severity.EXPLAIN,
        f"Ditemukan: isi tentang {key} {title}. Diharapkan: {own} {own_title}.",
        "Periksa apakah dokumen ini untuk aksi yang benar. Bila benar, jelaskan hubungannya.",
        {"item": key},
    )
