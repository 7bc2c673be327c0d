"""Budi's agency: B15 and B18 as the first page shows them, told by hand.

B15: four of four in time, three accepted at first, 1-a returned on 20 April 2020 and then worth 75; capaian 87,50.
B18 on 13 July 2020: 7-a returned, 1-a in draft with its documents, 9-a (waits for the governor) before the
official, 9-b sent.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from stranas.catalogue.models import DocumentKind
from stranas.demo import work
from stranas.demo.leaves import leaf_of, paper_of
from stranas.demo.story import Attempt, Duty, Paper, Story, Verdict
from stranas.demo.words import Reached
from stranas.reporting.operations import Entry
from stranas.reporting.rules import SubmissionKind
from stranas.verification.rules import Part

FULL = Reached(4, Decimal(1), Decimal(100))


def _wib(day: date, hour: int, minute: int, second: int = 0) -> datetime:
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZoneInfo("Asia/Jakarta"))
    return local.astimezone(UTC)


B15_FILED = _wib(date(2020, 4, 13), 15, 26, 8)
B18_FILED = _wib(date(2020, 7, 7), 14, 12, 36)


def _story(duty: Duty, *attempts: Attempt) -> Story:
    return Story(duty, attempts[0].saved_at - timedelta(hours=2), attempts)


def _round(duty: Duty, rng: Random, entry: Entry, filed_at: datetime, *, flaws: dict[int, str] | None = None):
    """Written and made ready some hours before it was filed; the papers too."""
    saved_at = filed_at - timedelta(hours=3, minutes=rng.randrange(50))
    reached = Reached(4, entry.realised_value, entry.progress_percent)
    attempt, papers = work.first_round(duty, reached, flaws or {}, rng, saved_at=saved_at)
    ready_at = filed_at - timedelta(minutes=rng.randrange(20, 90))
    return replace(attempt, entry=entry, ready_at=ready_at, filed_at=filed_at), papers


def _accepted(duty: Duty, at: datetime, score: int) -> Verdict:
    return Verdict(at, tuple(Part(need.id, True) for need in duty.needs), Decimal(score))


def _domicile(duty: Duty, rng: Random) -> Story:
    """B15 1-a: the copy was not certified; repaired within a week; 75."""
    entry = Entry(
        progress_percent=Decimal(80),
        realised_value=Decimal(1),
        narrative="Peraturan Bupati tentang pencabutan persyaratan SKDU sudah ditetapkan 12 Maret 2020. Daftar "
        "ketentuan lain sedang disusun.",
        constraint="Bagian Hukum masih memeriksa empat peraturan daerah yang menyebut izin gangguan.",
        follow_up="Daftar ketentuan yang disesuaikan diselesaikan DPMPTSP paling lambat 30 Juni 2020.",
    )
    rule, _data = duty.needs
    flaws = {rule.id: "S06"}
    first, papers = _round(duty, rng, entry, B15_FILED, flaws=flaws)
    returned = work.returning(duty, papers, flaws, rng, at=_wib(date(2020, 4, 20), 10, 41, 17))
    again = _wib(date(2020, 4, 27), 9, 32, 5)
    saved_at = again - timedelta(minutes=25)
    repaired = work.corrected(duty, first, flaws, FULL, rng, saved_at=saved_at, turn=2)
    entry = replace(entry, narrative=f"{entry.narrative} Salinan resmi dari Bagian Hukum dilampirkan.")
    verdict = _accepted(duty, _wib(date(2020, 5, 6), 13, 20, 44), 75)
    filed = replace(repaired, entry=entry, ready_at=again - timedelta(minutes=4), filed_at=again, verdict=verdict)
    return _story(duty, replace(first, verdict=returned), filed)


def _maturity(duty: Duty, rng: Random) -> Story:
    entry = Entry(
        progress_percent=Decimal(83),
        realised_value=Decimal(5),
        narrative="UKPBJ Kabupaten Temanggung memenuhi lima dari enam variabel tingkat proaktif. Variabel pengelolaan "
        "kinerja masih menunggu penetapan indikator kinerja individu.",
        constraint="Baru tujuh dari sebelas pengelola pengadaan yang bersertifikat.",
        follow_up="Pelatihan sertifikasi empat pegawai dijadwalkan pada triwulan berikutnya.",
    )
    attempt, _papers = _round(duty, rng, entry, B15_FILED)
    return _story(duty, replace(attempt, verdict=_accepted(duty, _wib(date(2020, 4, 28), 14, 5, 51), 75)))


def _in_full(narrative: str, day: date):
    def story(duty: Duty, rng: Random) -> Story:
        entry = Entry(
            progress_percent=Decimal(100),
            realised_value=Decimal(1),
            narrative=narrative,
            follow_up="Pelaksanaannya dilaporkan Inspektorat setiap bulan kepada Sekretaris Daerah.",
        )
        attempt, _papers = _round(duty, rng, entry, B15_FILED)
        return _story(duty, replace(attempt, verdict=_accepted(duty, _wib(day, 11, 12, 9), 100)))

    return story


def _maturity_returned(duty: Duty, rng: Random) -> Story:
    """B18 7-a: two requirements returned on 9 July, to be repaired until 23 July."""
    entry = Entry(
        progress_percent=Decimal(86),
        realised_value=Decimal(6),
        narrative="UKPBJ Kabupaten Temanggung memenuhi enam dari tujuh variabel tingkat proaktif sampai 30 Juni 2020. "
        "Variabel pengelolaan risiko masih disusun bersama Inspektorat.",
        constraint="Pengukuran pada sistem LKPP sempat tertunda karena dua penilai bertugas dari rumah.",
        follow_up="Pedoman pengelolaan risiko pengadaan diselesaikan paling lambat 28 Agustus 2020.",
    )
    screen, data, _plan = duty.needs
    flaws = {screen.id: "I06", data.id: "A01"}
    attempt, papers = _round(duty, rng, entry, B18_FILED, flaws=flaws)
    returned = work.returning(duty, papers, flaws, rng, at=_wib(date(2020, 7, 9), 10, 18, 30))
    return _story(duty, replace(attempt, verdict=returned))


def _architecture_sent(duty: Duty, rng: Random) -> Story:
    entry = Entry(
        progress_percent=Decimal(100),
        realised_value=Decimal(1),
        narrative="Peta rencana SPBE Kabupaten Temanggung 2020–2024 ditetapkan dalam rapat tim koordinasi 16 April "
        "2020. Sebanyak 14 dari 37 aplikasi disatukan, 17 dipertahankan, dan 6 dihentikan.",
        constraint="Tiga aplikasi milik kementerian belum dapat dihubungkan.",
        follow_up="Penggabungan tahap pertama dimulai September 2020 oleh Dinas Kominfo.",
    )
    return _story(duty, _round(duty, rng, entry, B18_FILED)[0])


def _governor(duty: Duty, rng: Random) -> Story:
    """B18 9-a: written as waiting, with the letter; it waits for approval since Friday."""
    entry = Entry(
        kind=SubmissionKind.WAITING,
        beside_reason="Rancangan Peraturan Bupati tentang susunan organisasi Inspektorat Daerah sudah disampaikan "
        "untuk mendapat persetujuan Gubernur.",
        waiting_for="Gubernur Jawa Tengah",
        waiting_letter="061/1427",
        waiting_since=date(2020, 6, 22),
        review_on=date(2020, 7, 20),
    )
    saved_at = _wib(date(2020, 7, 8), 13, 44, 2)
    need = next(n for n in duty.needs if n.kind not in (DocumentKind.DATA, DocumentKind.LINK))
    leaf = leaf_of(duty, need, Reached(1, Decimal(0), Decimal(0)), rng)
    letter = paper_of(duty, need, leaf, rng, at=saved_at - timedelta(minutes=9))
    asked_at = _wib(date(2020, 7, 10), 15, 12, 20)
    ready_at = asked_at - timedelta(minutes=6)
    return _story(duty, Attempt(entry, saved_at, ((need.id, letter),), ready_at=ready_at, asked_at=asked_at))


def _commitment_draft(duty: Duty, rng: Random) -> Story:
    """B18 1-a: one requirement complete, one with a document that has to be repaired, one without."""
    saved_at = _wib(date(2020, 7, 11), 10, 52, 40)
    entry = Entry(
        realised_value=Decimal("64.5"),
        narrative="Selama April–Juni 2020 diterima 200 permohonan izin dengan komitmen melalui OSS. Sebanyak 129 "
        "permohonan selesai sebelum batas waktu komitmen.",
        constraint="Pemeriksaan lapangan tertunda selama pembatasan kegiatan April–Mei 2020.",
        follow_up="Pemeriksaan melalui video untuk izin berisiko rendah mulai Juli 2020.",
    )
    data, _report, screen = duty.needs
    reached = Reached(4, Decimal("64.5"), Decimal(90))
    printed = leaf_of(duty, data, reached, rng)
    seen = leaf_of(duty, screen, reached, rng)
    papers = (
        (data.id, _misnamed(duty, printed, _wib(date(2020, 7, 11), 10, 26, 11))),
        (screen.id, paper_of(duty, screen, seen, rng, at=_wib(date(2020, 7, 11), 10, 40, 3))),
    )
    return _story(duty, Attempt(entry, saved_at, papers))


def _misnamed(duty: Duty, leaf, at: datetime) -> Paper:
    """A print under the name of a worksheet: what the checks find most often."""
    return Paper(f"{duty.seed} rekap", "rekap-komitmen-oss-triwulan-2-2020.xlsx", "pdf", at, (leaf,))


SCRIPTED = {
    ("B15", "1-a"): _domicile,
    ("B15", "7-a"): _maturity,
    ("B15", "9-a"): _in_full(
        "Rencana aksi penguatan Inspektorat Kabupaten Temanggung dibahas dengan Sekretaris Daerah pada 10 Maret 2020 "
        "dan memuat sembilan langkah kelembagaan, sumber daya manusia, dan anggaran.",
        date(2020, 4, 23),
    ),
    ("B15", "9-b"): _in_full(
        "Keputusan Bupati Temanggung tentang tim koordinasi SPBE ditetapkan 26 Februari 2020, disertai rencana kerja "
        "tahun 2020 dengan dua belas kegiatan.",
        date(2020, 4, 24),
    ),
    ("B18", "1-a"): _commitment_draft,
    ("B18", "7-a"): _maturity_returned,
    ("B18", "9-a"): _governor,
    ("B18", "9-b"): _architecture_sent,
}
