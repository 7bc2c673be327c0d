"""The table of jobs: what the scheduler does, and when. Above all rooms, because it calls them."""

from datetime import datetime, time, timedelta

from stranas.accounts import alarms
from stranas.compliance import operations as compliance
from stranas.evidence import antivirus, catching_up, checking, finishing
from stranas.release.operations import follow_clock
from stranas.reminders.operations import plan_reminders
from stranas.reminders.units import plan_unit_reminders
from stranas.reporting.operations import remembering
from stranas.system import audit, heartbeat, outbox, schedule, watching
from stranas.system.schedule import Daily, EveryMinutes, Job, Turn, shown_as
from stranas.system.storage import storage


@shown_as("Pengingat", "Merencanakan surel bagi yang masih berkewajiban")
def remind(turn: Turn) -> dict[str, int]:
    return plan_reminders(today=turn.day, since=turn.since)


@shown_as("Pengingat unit", "Merencanakan surel bagi unit yang belum menjawab permintaan")
def remind_units(turn: Turn) -> dict[str, int]:
    return plan_unit_reminders(today=turn.day, since=turn.since)


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
    Job("reminders", Daily(time(8)), remind),
    Job("unit_reminders", Daily(time(8)), remind_units),
    Job("outbox", EveryMinutes(1), send_waiting_mail),
    Job("checks", EveryMinutes(5), requeue_checks),
    Job("malware", EveryMinutes(5), scan_for_malware),
    Job("words", EveryMinutes(1), read_old_words),
    Job("uploads", EveryMinutes(2), finish_uploads),
    Job("results", EveryMinutes(1), follow_clock_of_results),
    Job("editions", EveryMinutes(5), freeze_editions),
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
