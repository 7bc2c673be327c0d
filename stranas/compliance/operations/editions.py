"""Editions: the clock asks for the first of each released period, the secretariat for the next, a worker makes them.

The row says what is to be made; nothing is open while it is made; the files lie in the storage before the row says so.
The same cut-off gives the same bytes, so that a broken-off making is simply done again.
"""

import json
import logging
import tempfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from stranas.accounts.models import User
from stranas.catalogue.models import Period, Programme
from stranas.compliance import queries
from stranas.compliance.differences import Difference, differences
from stranas.compliance.editions import Wanted, figures_of, stamped, write_files
from stranas.compliance.formats import Format
from stranas.compliance.models import Edition, EditionFile
from stranas.compliance.queries.assembly import SETTLED
from stranas.compliance.queries.editions import content_of, latest
from stranas.evidence.operations.receiving import stored_file_id
from stranas.release.models import Release
from stranas.reporting.rules import fingerprint
from stranas.system import audit, background, clock
from stranas.system.db import db, insert_unless_there, lock_row, read_only, unit_of_work
from stranas.system.errors import Refused
from stranas.system.storage import Stored, storage

# Longer than the largest report takes on a busy machine.
LOST_AFTER = timedelta(minutes=10)

log = logging.getLogger(__name__)


def follow_releases() -> dict[str, int]:
    """The clock work: asks for what is released and has no edition, and has the oldest unmade one made.

    One at a time: a worker has few threads, and the checks of evidence need them. Safe at any time, any number of
    times, by any number of workers.
    """
    asked = ask_first_editions()
    return {"asked": asked, "deferred": int(_take_up(again=True))}


def ask_first_editions() -> int:
    """A row for each released period that has none; how many."""
    with read_only():
        missing = _without_edition()
    return sum(_ask_first(period_id, released_at) for period_id, released_at in missing)


def _take_up(*, again: bool) -> bool:
    """Have the oldest unmade edition made; `again`: also one whose making broke off. False where there is none."""
    with read_only():
        waiting = oldest_unmade(again=again)
    if waiting is not None:
        with unit_of_work():
            background.defer(freeze_edition, edition_id=waiting)
    return waiting is not None


def _without_edition() -> list[tuple[int, datetime]]:
    has_one = db.exists().where(Edition.period_id == Release.period_id)
    released = Release.released_at <= clock.now() - SETTLED
    rows = db.session.execute(
        db.select(Release.period_id, Release.released_at).where(released, ~has_one).order_by(Release.released_at)
    )
    return [(row.period_id, row.released_at) for row in rows]


def _ask_first(period_id: int, released_at: datetime) -> int:
    values = {
        "period_id": period_id,
        "number": 1,
        "cutoff": released_at,
        "reason": "",
        "asked_at": clock.now(),
        "differences": "[]",
    }
    with unit_of_work():
        return int(insert_unless_there(Edition, values, unique=["period_id", "number"]) is not None)


def oldest_unmade(*, again: bool = False) -> int | None:
    """None while one is being made. One whose making broke off comes last, and only where it is wanted `again`."""
    unmade, lost = Edition.made_at.is_(None), clock.wall() - LOST_AFTER
    if db.session.scalar(db.select(db.exists().where(unmade, Edition.begun_at >= lost))):
        return None
    wanted = unmade if again else unmade & Edition.begun_at.is_(None)
    return db.session.scalar(db.select(Edition.id).where(wanted).order_by(Edition.begun_at.is_not(None), Edition.id))


def ask_edition(
    *, period: Period, cutoff: datetime, reason: str, changes: Sequence[Difference], person: User
) -> Edition:
    """The next edition of a released period, as of a settled cut-off. `changes` since the last one: without any there
    is nothing to correct. Raises Refused."""
    if not reason.strip():
        raise ValueError("a new edition needs a reason")
    if cutoff > clock.now() - SETTLED:
        raise ValueError("a cut-off must be at least two minutes old")
    db.session.execute(lock_row(db.select(Release.id).where(Release.period_id == period.id)))
    last = latest(period.id)
    _need_correctable(last, cutoff, changes)
    edition = Edition(
        period_id=period.id,
        number=last.number + 1,
        cutoff=cutoff,
        reason=reason.strip(),
        asked_by_id=person.id,
        asked_at=clock.now(),
    )
    db.session.add(edition)
    db.session.flush()
    audit.record(
        "ask_edition",
        f"period:{period.key}",
        number=edition.number,
        cutoff=cutoff.isoformat(),
        reason=edition.reason,
        changes=len(changes),
    )
    background.defer(freeze_edition, edition_id=edition.id)
    return edition


def _need_correctable(last: Edition | None, cutoff: datetime, changes: Sequence[Difference]) -> None:
    if last is None:
        raise Refused("Triwulan ini belum mempunyai edisi.", "Edisi 1 dibuat otomatis sesudah penetapan hasil.")
    if last.made_at is None:
        raise Refused(f"Edisi {last.number} masih dibuat.", "Muat ulang halaman ini beberapa menit lagi.")
    if not changes:
        raise Refused(f"Angka tidak berubah sejak edisi {last.number}.", "Edisi baru hanya dibuat bila angka berubah.")
    if cutoff <= last.cutoff:
        raise Refused(f"Edisi {last.number} lebih baru daripada angka yang Anda lihat.", "Muat ulang halaman ini.")


@background.task
def freeze_edition(*, edition_id: int) -> None:
    """Make one edition if this process wins the claim, and have the next one made. Safe to run any number of times."""
    if not _claim(edition_id):
        return
    with read_only():
        wanted = _wanted(edition_id)
        seen = queries.snapshot(
            programme_key=wanted.programme_key, period_key=wanted.period_key, cutoff=wanted.cutoff, judged=None
        )
        before = content_of(edition_id=edition_id, back=1)
    changes = differences(json.loads(before), seen) if before else ()
    shown, content = figures_of(seen)
    paper = stamped(shown, wanted, content, base_url=current_app.config["SETTINGS"].base_url)
    with tempfile.TemporaryDirectory(prefix="edisi-") as folder:
        files = [
            (format, path.name, _store(path)) for format, path in write_files(paper, wanted, content, Path(folder))
        ]
    _record(wanted, fingerprint(content), changes, files)
    _take_up(again=False)


def _claim(edition_id: int) -> bool:
    """A conditional update: exactly one process changes the row."""
    free = db.or_(Edition.begun_at.is_(None), Edition.begun_at < clock.wall() - LOST_AFTER)
    with unit_of_work():
        changed = db.session.execute(
            db.update(Edition)
            .where(Edition.id == edition_id, Edition.made_at.is_(None), free)
            .values(begun_at=clock.wall()),
            execution_options={"synchronize_session": False},
        ).rowcount
    return changed == 1


def _wanted(edition_id: int) -> Wanted:
    row = db.session.execute(
        db.select(Edition.number, Edition.cutoff, Edition.reason, Period.key, Programme.key.label("programme"))
        .join(Period, Edition.period_id == Period.id)
        .join(Programme, Period.programme_id == Programme.id)
        .where(Edition.id == edition_id)
    ).one()
    return Wanted(edition_id, row.key, row.programme, row.number, row.cutoff, row.reason)


def _store(path: Path) -> Stored:
    with path.open("rb") as file:
        return storage().put(file)


def _record(
    wanted: Wanted, sha256: str, changes: Sequence[Difference], files: Sequence[tuple[Format, str, Stored]]
) -> None:
    with unit_of_work():
        query = lock_row(db.select(Edition).where(Edition.id == wanted.id), of=Edition)
        edition = db.session.scalars(query.execution_options(populate_existing=True)).one()
        if edition.made_at is not None:
            return
        edition.made_at, edition.snapshot_sha256 = clock.now(), sha256
        edition.differences = json.dumps(
            [change.record for change in changes], sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        for format, name, stored in files:
            file_id = stored_file_id(stored, clock.now())
            db.session.add(EditionFile(edition_id=edition.id, format=format.value, file_id=file_id, name=name))
        audit.record(
            "freeze_edition",
            f"period:{wanted.period_key}",
            number=wanted.number,
            snapshot=sha256,
            files={format.value: stored.sha256 for format, _, stored in files},
        )
    log.info("edition %s of %s frozen", wanted.number, wanted.period_key)
