"""The table of jobs: what the scheduler does, and when. Above all rooms, because it calls them."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from stranas.accounts import alarms
from stranas.compliance import operations as compliance
from stranas.evidence import antivirus, catching_up, checking, finishing
from stranas.publication.operations import kits
from stranas.publication.operations.figures import publish_figures
from stranas.publication.operations.telling import tell_changed_figures
from stranas.release.operations import follow_clock
from stranas.reminders import silence  # noqa: F401 (registers its check)
from stranas.reminders.drafting import draft_letters
from stranas.reminders.operations import plan_reminders
from stranas.reporting.operations import remembering
from stranas.system import audit, heartbeat, outbox, schedule, watching
from stranas.system.schedule import Daily, EveryMinutes, Job, Turn, shown_as
from stranas.system.storage import storage
from stranas.system.text import zone_word


def remind_in(zone: str) -> Callable[[Turn], dict[str, int]]:
    """The job of the people whose morning begins in this zone."""

    @shown_as(f"Pengingat {zone_word(zone)}", "Merencanakan pengingat bagi yang masih ditunggu")
    def remind(turn: Turn) -> dict[str, int]:
        return plan_reminders(today=turn.day, since=turn.since, zones=[zone])

    return remind


@shown_as("Surat pengingat", "Menyusun konsep surat Sekretariat Nasional untuk ditandatangani")
def draft_escalation(turn: Turn) -> dict[str, int]:
    """Letters for people to sign and send; nothing leaves the house."""
    return draft_letters(today=turn.day)


@shown_as("Pengecekan berkas", "Mengecek berkas yang belum selesai dicek")
def requeue_checks(turn: Turn) -> dict[str, int]:
    return {"deferred": checking.requeue_stuck()}


@shown_as("Kata dalam berkas", "Membaca isi berkas dan narasi lama agar dapat dicari")
def read_old_words(turn: Turn) -> dict[str, int]:
    """What was uploaded and sent before words were kept, little by little; nothing once all of it is read."""
    return {"files": catching_up.defer_some_files(), "narratives": remembering.remember_old_narratives()}


@shown_as("Pemindaian malware", "Memindai berkas dengan ClamAV, bila terpasang")
def scan_for_malware(turn: Turn) -> dict[str, int]:
    return {"waiting": antivirus.defer_waiting()}


@shown_as("Unggahan", "Menyelesaikan unggahan yang sudah lengkap diterima")
def finish_uploads(turn: Turn) -> dict[str, int]:
    return finishing.finish_waiting()


@shown_as("Pengiriman surel", "Mengirim surel yang menunggu dan mengulang yang gagal")
def send_waiting_mail(turn: Turn) -> dict[str, int]:
    return {"deferred": outbox.sweep()}


@shown_as("Tahap hasil", "Menutup verifikasi dan menetapkan hasil pada waktunya")
def follow_clock_of_results(turn: Turn) -> dict[str, int]:
    return follow_clock()


@shown_as("Edisi laporan", "Membekukan laporan setelah penetapan hasil")
def freeze_editions(turn: Turn) -> dict[str, int]:
    return compliance.follow_releases()


@shown_as("Angka publik", "Menerbitkan angka edisi laporan di halaman publik")
def make_figures_public(turn: Turn) -> dict[str, int]:
    """And Humas learns which published stories quote figures that a correction changed."""
    return publish_figures() | {"notices": tell_changed_figures()}


@shown_as("Kit publikasi", "Membuat kit publikasi yang menunggu atau terhenti")
def tend_kits(turn: Turn) -> dict[str, int]:
    return {"deferred": kits.take_up()}


@shown_as("Berkas unduhan", "Membuat berkas besar yang diminta dan menghapus yang lewat masa simpan")
def tend_exports(turn: Turn) -> dict[str, int]:
    """What dead builders left, what waits, and what is past its days."""
    return {"deferred": compliance.take_up(), "expired": compliance.expire()}


@shown_as("Segel jejak audit", "Menyegel catatan audit yang baru")
def seal_audit_trail(turn: Turn) -> dict[str, int]:
    return {"sealed": audit.seal()}


@shown_as("Perapian", "Menghapus draf unggahan dan catatan pekerjaan yang lama")
def tidy_up(turn: Turn) -> dict[str, int]:
    """Rows of frequent runs, drafts of forms that were broken off, uploads that nobody went on with for a week."""
    drafts = storage().forget_drafts(older_than=timedelta(days=1))
    return {"runs": schedule.forget_old_runs(JOBS), "drafts": drafts, "uploads": finishing.forget_expired()}


@shown_as("Pengawasan", "Mencari yang terhenti, menyurati administrator, dan memberi tanda hidup ke luar")
def watch(turn: Turn) -> dict[str, int]:
    found = watching.problems()
    mails = alarms.warn(found, day=turn.day)
    return {"problems": len(found), "mails": mails, "beats": int(not found and heartbeat.beat())}


JOBS = (
    Job("letters", Daily(time(7)), draft_escalation),
    # 08.00 in each zone, which the clock of Jakarta shows as 06.00, 07.00 and 08.00.
    Job("reminders_wit", Daily(time(6)), remind_in("Asia/Jayapura")),
    Job("reminders_wita", Daily(time(7)), remind_in("Asia/Makassar")),
    Job("reminders_wib", Daily(time(8)), remind_in("Asia/Jakarta")),
    Job("outbox", EveryMinutes(1), send_waiting_mail),
    Job("checks", EveryMinutes(5), requeue_checks),
    Job("malware", EveryMinutes(5), scan_for_malware),
    Job("words", EveryMinutes(1), read_old_words),
    Job("uploads", EveryMinutes(2), finish_uploads),
    Job("results", EveryMinutes(1), follow_clock_of_results),
    Job("editions", EveryMinutes(5), freeze_editions),
    Job("figures", EveryMinutes(1), make_figures_public),
    Job("kits", EveryMinutes(1), tend_kits),
    Job("exports", EveryMinutes(1), tend_exports),
    Job("audit_seal", EveryMinutes(10), seal_audit_trail),
    # Half a minute after the others, so that it sees what they did.
    Job("watch", EveryMinutes(10, second=30), watch),
    Job("housekeeping", Daily(time(3)), tidy_up),
)


def job_named(name: str) -> Job:
    """Raises LookupError with the names that there are."""
    for job in JOBS:
        if job.name == name:
            return job
    raise LookupError(f"There is no job {name!r}; the jobs are {', '.join(job.name for job in JOBS)}.")


@watching.check
def late_jobs(now: datetime) -> list[watching.Problem]:
    return watching.clockwork(JOBS, now)
