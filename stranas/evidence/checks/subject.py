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
from math import log

from stranas.evidence.checks.finding import Claim, Finding, Reading, Subject, Surroundings
from stranas.evidence.rules import Severity, plain_words

# Kinds whose words say what they are about; pictures, tables and links do not.
PAPERS = frozenset(
    plain_words(
        "laporan notulen berita_acara keputusan peraturan sop rencana surat surat_pernyataan perjanjian sertifikat"
    )
)
FEWEST_WORDS = 30
# What a word weighs: the fewer subjects use it, the more; in a title twice. A word counts three times at most.
IN_TITLE, COUNTS = 2, 3
# Another subject must be met in so many different words of its own and weigh so much; the claimed one may weigh so
# little beside it, and any third one no more than that.
DIFFERENT, ENOUGH, OWN, THIRD = 2, 8.0, 0.35, 0.8
# A word of its own: no more than two subjects use it.
TELLING = 2
_PREFIX = re.compile(r"^(?:meng|meny|mem|men|me|peng|peny|pem|pen|per|pe|ber|be|ter|di|ke|se)(?=\w{4})")
_SUFFIX = re.compile(r"(?<=\w{4})(?:nya|kan|an|i)$")
# Words of reports about anything.
_COMMON = frozenset(
    plain_words(
        "aksi pencegahan korupsi pelaksanaan laporan triwulan pemerintah daerah kabupaten kota provinsi instansi "
        "tahun kegiatan dokumen data hasil rencana target realisasi nasional dalam untuk dengan yang pada oleh "
        "kepala dinas badan rapat tanggal nomor tentang program perbaikan penguatan peningkatan pembangunan tata "
        "kelola sistem nama surat daftar jumlah tim unit kerja status per belum sudah pada atau atas sama baik kurang "
        "tidak satu bulan kedua tahap bahas pembahasan batas waktu percepatan pelayanan penyelesaian pemenuhan hasil "
        "kebutuhan kemajuan capaian pencapaian melalui oleh menurut antar sesuai umum penyusunan tersusunnya "
        "terlaksananya terpenuhinya terselesaikannya ditetapkannya tingkat contoh rekap ringkasan tanpa triwulan "
        "berjalan kendala tindak lanjut mohon permohonan penerima pihak para wilayah sasaran kategori usaha lokasi "
        "publik penilaian pemantauan terpantaunya koordinasi rancangan bersama kesepakatan pertemuan"
    )
)


def subject(reading: Reading, claim: Claim, around: Surroundings) -> Iterator[Finding]:
    known = _vocabulary(around.subjects)
    words = plain_words(reading.text)
    if claim.kind not in PAPERS or claim.item not in known.weights or len(words) < FEWEST_WORDS:
        return
    other = _other(Counter(map(stem, words)), claim.item, known)
    if other:
        yield _finding(known.titles[other], other, known.titles[claim.item], claim.item)


@dataclass(frozen=True)
class Vocabulary:
    """By key of the subject: its title, what its stems weigh, and the stems that tell it from others."""

    titles: dict[str, str]
    weights: dict[str, dict[str, float]]
    telling: dict[str, frozenset[str]]


@lru_cache(maxsize=2)
def _vocabulary(subjects: tuple[Subject, ...]) -> Vocabulary:
    titles = {one.key: frozenset(_stems(one.title)) for one in subjects}
    stems = {one.key: titles[one.key] | frozenset(_stems(one.words)) for one in subjects}
    spread = Counter(word for words in stems.values() for word in words)
    return Vocabulary(
        {one.key: one.title for one in subjects},
        {
            key: {w: log(1 + len(subjects) / spread[w]) * (IN_TITLE if w in titles[key] else 1) for w in words}
            for key, words in stems.items()
        },
        {key: frozenset(w for w in words if spread[w] <= TELLING) for key, words in stems.items()},
    )


def _stems(text: str) -> Iterator[str]:
    for word in plain_words(text):
        if len(word) >= 3 and word not in _COMMON and not word.isdigit():
            yield stem(word)


def stem(word: str) -> str:
    """Without the usual prefix and suffix, at most six letters: rough, and the same for both sides."""
    return _SUFFIX.sub("", _PREFIX.sub("", word))[:6]


def _other(met: Counter[str], own: str, known: Vocabulary) -> str | None:
    scores = {
        key: sum(weight * min(met[word], COUNTS) for word, weight in weights.items() if word in met)
        for key, weights in known.weights.items()
    }
    best = max(scores, key=lambda key: scores[key])
    third = max((score for key, score in scores.items() if _action(key) != _action(best)), default=0)
    if _action(best) == _action(own) or len(known.telling[best] & met.keys()) < DIFFERENT:
        return None
    plain = scores[best] >= ENOUGH and scores[own] <= OWN * scores[best] and third <= THIRD * scores[best]
    return best if plain else None


def _action(key: str) -> str:
    """Sub-aksi of one aksi are near to each other: 7-b and 7-d are both about e-katalog."""
    return key.partition("-")[0]


def _finding(title: str, key: str, own_title: str, own: str) -> Finding:
    return Finding(
        "other_item",
        Severity.EXPLAIN,
        f"Ditemukan: isinya tampak tentang {key} {title}. Diharapkan: {own} {own_title}.",
        "Periksa apakah dokumen ini untuk aksi yang benar. Bila benar, jelaskan hubungannya.",
        {"item": key},
    )
