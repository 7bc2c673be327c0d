"""Papers of another quarter, and honest papers whose dates only look so.

The quarter is April to June 2020, and its report is in time until 14 July.
"""

from collections.abc import Iterator

from tests.evidence.shelf import paper, picture
from tests.evidence.shelf.case import Case, bad

# Of another quarter, as a report, minutes or a list of those present says it.
ELSEWHEN = (
    "Temanggung, 20 Maret 2020",
    "Rapat hari Senin, 13 Januari 2020 pukul 09.00 WIB",
    "Periode 1 s.d. 31 Desember 2019",
    "Laporan bulan Oktober s.d. Desember 2019",
    "tanggal tiga belas bulan Januari tahun dua ribu dua puluh",
    "Tanggal 02/03/2020",
    "Temanggung, 5 Nopember 2019",
    "Kegiatan tanggal 10 Agustus 2020",
    "Bulan Februari 2020",
    "Dicetak 2020-01-15",
    "Laporan Triwulan I Tahun 2020",
    "Capaian TW IV 2019",
)
# Fitting, or not to be judged.
FITTING = (
    "Temanggung, 30 Juni 2020",
    "Temanggung, 10 Juli 2020",  # after the quarter, before the due instant
    "Periode 20 Maret s.d. 5 April 2020",
    "Triwulan II Tahun 2020",
    "Rapat tanggal 13 Januari 2020 dan tanggal 4 Mei 2020",
    "Berdasarkan Peraturan Presiden Nomor 54 Tahun 2018 tanggal 20 Juli 2018",
    "Peserta: Budi, lahir 3 Mei 1980",
    "tanggal dua puluh bulan Juni tahun dua ribu dua puluh",
    "Menunjuk surat Bupati Nomor 700/12 tanggal 2 Maret 2020",
    "NIP 19800320 200501 1 001, nomor 188.45/12/2020",
    "Tahun Anggaran 2019",
    "Dicetak 22/06/2020 10:12",
)
OLD_BUT_IN_FORCE = (
    "Ditetapkan tanggal 3 Maret 2017",
    "Ditetapkan pada tanggal 28 Desember 2018",
    "Mulai 1 Januari 2020",
)


def cases() -> Iterator[Case]:
    yield from _photos()
    for seed, words in enumerate(ELSEWHEN):
        for kind in ("laporan", "notulen", "daftar_hadir", "berita_acara")[seed % 2 :: 2]:
            yield bad(
                "paper of another quarter",
                f"lain-{seed}.pdf",
                lambda seed=seed, words=words: _paper(seed, words),
                "other_period",
                kind=kind,
            )
    for seed in range(4):
        yield bad(
            "decree made after the quarter",
            f"sk-{seed}.pdf",
            lambda seed=seed: _paper(seed, f"Ditetapkan tanggal {seed + 2} September 2020"),
            "other_period",
            kind="keputusan",
        )
    for seed, words in enumerate(FITTING):
        for kind in ("laporan", "notulen", "berita_acara", "surat"):
            yield Case(
                "paper whose dates fit",
                f"pas-{seed}.pdf",
                lambda seed=seed, words=words: _paper(seed, words),
                kind=kind,
            )
    for seed, words in enumerate(OLD_BUT_IN_FORCE):
        for kind in ("keputusan", "peraturan", "sop", "perjanjian", "sertifikat", "surat"):
            yield Case(
                "older than the quarter, and in force",
                f"lama-{seed}.pdf",
                lambda seed=seed, words=words: _paper(seed, words),
                kind=kind,
            )


def _photos() -> Iterator[Case]:
    elsewhen = [f"2019:{month:02}:13 09:00:00" for month in range(1, 13)] + [
        f"2020:{month:02}:{day:02} 09:10:00" for month in (1, 2, 3, 8) for day in (5, 17)
    ]
    for seed, at in enumerate(elsewhen):
        yield bad(
            "photo of another quarter",
            f"IMG_{seed}.jpg",
            lambda seed=seed, at=at: picture.taken(picture.scene(1280, 960, seed), at),
            "other_period",
            kind="foto",
        )
    fitting = ("2020:04:01 07:00:00", "2020:06:30 23:59:59", "2020:07:10 10:00:00", "2000:01:01 00:00:00")
    never_set = ("1970:01:01 00:00:00", "2012:01:01 00:00:00", "0000:00:00 00:00:00", "")
    for seed in range(24):
        at = (*fitting, *never_set)[seed % 8]
        yield Case(
            "photo whose date fits, or whose clock was never set",
            f"IMG_{seed}.jpg",
            lambda seed=seed, at=at: picture.taken(picture.scene(1280, 960, seed), at),
            kind="foto",
        )


def _paper(seed: int, words: str) -> bytes:
    """The numbers of letters carry years, but no dates."""
    return paper.typed([paper.lines(seed, tail=words)])
