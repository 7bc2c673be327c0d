"""Doors of the machinery: whether the service lives, and what stands still."""

from flask import Blueprint, render_template

from stranas import jobs
from stranas.system import clock, vitals, watching
from stranas.system.access import Permission, needs, open_to_all
from stranas.system.db import db

blueprint = Blueprint("system", __name__)

# What jobs count, in Indonesian; a number without a word here is shown under its own name.
COUNTED = {
    "agencies": "instansi",
    "asked": "diminta",
    "beats": "tanda hidup terdengar",
    "closed": "triwulan ditutup",
    "deferred": "diantrekan",
    "drafted": "konsep surat",
    "drafts": "draf dihapus",
    "editions": "edisi",
    "expired": "lewat masa simpan",
    "files": "berkas",
    "finished": "selesai",
    "letters": "surel",
    "mails": "surel ke administrator",
    "narratives": "narasi",
    "notices": "pemberitahuan",
    "planned": "pengingat direncanakan",
    "problems": "masalah",
    "runs": "catatan lama dihapus",
    "sealed": "catatan disegel",
    "skipped": "langkah tidak disampaikan",
    "uploads": "unggahan dihapus",
    "waiting": "menunggu",
    "withdrawn": "surat ditarik",
}


@blueprint.get("/healthz")
@open_to_all
def healthz():
    """200 when the application and its database answer; what stands still is the operations page's to say."""
    db.session.execute(db.select(1))
    return {"status": "ok", "now": clock.now().isoformat()}


@blueprint.get("/operasi")
@needs(Permission.SEE_OPERATIONS)
def operations():
    """What runs, what waits, what is full; red on top with what to do first."""
    found, now = watching.problems(), clock.now()
    return render_template(
        "system/operations.html",
        problems=found,
        lines=vitals.lines(jobs.JOBS, now=now),
        mail=vitals.mail(now),
        pulse=vitals.pulse(),
        space=vitals.space(),
        counted=COUNTED,
    )
