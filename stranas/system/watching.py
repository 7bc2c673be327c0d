"""What stands still: rooms say what to look at with `@check`, the operations page and the job `watch` ask them all.

A check is a function `(now) -> list[Problem]`, where `now` is the domain's clock. It reads and never writes.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from stranas.system import clock, vitals
from stranas.system.db import read_only
from stranas.system.lateness import Standing, Verdict
from stranas.system.schedule import Job

MAIL_PATIENCE = timedelta(minutes=30)

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """Something that stands still, in Indonesian words for an administrator.

    `key` tells it from all others (its mail is sent once a day); `what` is a sentence, `advice` what to try; `since` by
    the domain's clock, None where nobody knows. `rank`: causes before consequences (0 disk, 1 worker, 2 job, 3 mail).
    """

    key: str
    what: str
    advice: str
    since: datetime | None = None
    rank: int = 3


Check = Callable[[datetime], list[Problem]]
_CHECKS: dict[str, Check] = {}


def check(function: Check) -> Check:
    """Register a check under its name."""
    _CHECKS[function.__name__] = function
    return function


def problems() -> list[Problem]:
    """What all checks find now, causes first. A check that fails is a problem itself: the others still speak."""
    now = clock.now()
    found = [problem for name, function in _CHECKS.items() for problem in _asked(name, function, now)]
    return sorted(found, key=lambda problem: (problem.rank, problem.since or now))


def _asked(name: str, function: Check, now: datetime) -> list[Problem]:
    try:
        with read_only():
            return function(now)
    except Exception:
        log.exception("the check %s failed", name)
        what = f"Pemeriksaan “{name}” tidak dapat dijalankan."
        return [Problem(f"check-{name}", what, "Baca catatan (log) proses web dan pekerja.", now)]


@check
def nearly_full_disks(now: datetime) -> list[Problem]:
    return [
        Problem(
            f"disk-{number}",
            f"Ruang {disk.holds} hampir penuh.",
            "Tambah ruang atau pindahkan berkas lain dari diska itu; unggahan ditolak bila ruang habis.",
            rank=0,
        )
        for number, disk in enumerate(vitals.disks(), start=1)
        if disk.is_nearly_full
    ]


@check
def mail(now: datetime) -> list[Problem]:
    """Messages that wait although their time has come, and those that only a person can decide about."""
    seen, found = vitals.mail(now), []
    if seen.oldest_due and now - seen.oldest_due > MAIL_PATIENCE:
        what = "Surel yang sudah waktunya dikirim masih menunggu lebih dari 30 menit."
        advice = "Periksa server surel (STRANAS_MAIL) dan baca kegagalan terakhir di Kotak surat."
        found.append(Problem("mail-waiting", what, advice, seen.oldest_due))
    if seen.to_decide:
        what = "Ada surel yang mungkin sudah terkirim dan menunggu keputusan."
        advice = "Buka Kotak surat; tanyakan kepada penerima atau lihat catatan server surel, lalu putuskan."
        found.append(Problem("mail-to-decide", what, advice, seen.oldest_to_decide))
    return found


def clockwork(jobs: Iterable[Job], now: datetime) -> list[Problem]:
    """Whether jobs begin at all, and if they do, which of them are late. The table of jobs lies above this room."""
    wall, pulse = clock.wall(), vitals.pulse()
    if pulse.stands_still(wall=wall):
        return [_standstill(pulse.newest)]
    if pulse.is_new:
        return []
    if pulse.stood_still(wall=wall):
        what = "Proses pekerja sempat berhenti dan baru saja berjalan lagi; pekerjaan yang tertinggal sedang disusul."
        advice = "Periksa di halaman ini apakah semuanya sudah tepat waktu, dan cari sebab berhentinya di log server."
        return [Problem("worker", what, advice, clock.domain(pulse.before), rank=1)]
    lines = vitals.lines(jobs, now=now)
    return [_late(line.job, line.verdict, now) for line in lines if line.verdict.standing.is_problem]


def _standstill(newest: datetime | None) -> Problem:
    what = "Proses pekerja tidak berjalan: tidak ada pekerjaan terjadwal yang dimulai."
    advice = "Jalankan bin/serve, atau bin/stranas worker bila pekerja berjalan sendiri, lalu baca lognya."
    return Problem("worker", what, advice, clock.domain(newest) if newest else None, rank=1)


# Standing: what is said of the job, and what to try.
WORDS = {
    Standing.LATE: ("terlambat", "Periksa apakah proses pekerja berjalan, lalu jalankan bin/stranas jobs run."),
    Standing.FAILED: ("gagal", "Baca sebabnya pada tabel di halaman Operasi, lalu jalankan bin/stranas jobs run."),
    Standing.HANGS: ("berjalan terlalu lama", "Mulai ulang proses pekerja; yang tertinggal disusul setelah 15 menit."),
}


def _late(job: Job, verdict: Verdict, now: datetime) -> Problem:
    words, advice = WORDS[verdict.standing]
    return Problem(f"job-{job.name}", f"Pekerjaan “{job.title}” {words}.", advice, now - verdict.lasting, rank=2)
