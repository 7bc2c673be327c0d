"""Files made on demand: asked for, built with nothing open, kept for some days.

The row's state is the truth. A builder claims it by a conditional update; whoever takes it away from him (a cancel, or
the sweep that believes him dead) is noticed at his next word about how far he is. One file is built at a time, so that
the checks of evidence always find a thread.
"""

import logging
import tempfile
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from flask import current_app
from sqlalchemy import ColumnElement
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased

from reports.progress import Progress
from stranas.accounts.models import User
from stranas.accounts.policy import holds
from stranas.compliance.exports import Kind, Prepared, kind_named
from stranas.compliance.exports.reach import reach_of
from stranas.compliance.models import Export, ExportState
from stranas.compliance.queries import Unknown
from stranas.compliance.telling import tell_ready
from stranas.evidence.operations.receiving import stored_file_id
from stranas.system import audit, background, clock, files
from stranas.system.access import Permission
from stranas.system.db import db, read_only, unit_of_work
from stranas.system.errors import Refused
from stranas.system.storage import Stored, storage

MOST_ATTEMPTS = 3
MOST_OPEN = 10  # of one person: one file is built at a time, and others wait, too
# A builder that said nothing for so long is dead: one page of a long table may take a minute to lay out.
LOST_AFTER = timedelta(minutes=5)
SECONDS_BETWEEN_WORDS = 1.0
# A mail is for those who have gone on to something else meanwhile.
LONG = timedelta(minutes=1)

NOT_ALLOWED = "Akun Anda tidak lagi berwenang mengunduh laporan ini."
NOT_THERE = "Instansi atau triwulan yang diminta tidak termasuk wewenang akun Anda."
BROKEN = "Berkas tidak dapat dibuat karena kesalahan pada sistem. Minta sekali lagi, atau hubungi bantuan."

log = logging.getLogger(__name__)


class Stopped(Exception):
    """The row is no longer this builder's: it was cancelled, or given to another."""


def ask_export(*, kind: Kind, parameters: Mapping[str, str], person: User) -> Export:
    """A row that a worker will take up; the one that there is, where the same was asked for and is not over.

    Raises Refused when too many of the person's are waiting.
    """
    there = _same(kind.name, dict(parameters), person)
    if there is not None:
        return there
    _need_few_open(person)
    export = Export(
        person_id=person.id, kind=kind.name, parameters=dict(parameters), title=kind.label, asked_at=clock.now()
    )
    db.session.add(export)
    db.session.flush()
    audit.record("ask_export", f"export:{export.id}", kind=kind.name, parameters=export.parameters)
    background.defer(build_export, export_id=export.id)
    return export


def _same(kind: str, parameters: dict[str, str], person: User) -> Export | None:
    states = (ExportState.PLANNED, ExportState.RUNNING, ExportState.READY)
    rows = db.session.scalars(
        db.select(Export).where(Export.person_id == person.id, Export.kind == kind, Export.state.in_(states))
    )
    return next((row for row in rows if row.parameters == parameters and _is_still_his(row, person)), None)


def _is_still_his(export: Export, person: User) -> bool:
    """With other rights the same question has another answer."""
    return export.state is not ExportState.READY or export.reach == reach_of(person)


def _need_few_open(person: User) -> None:
    states = (ExportState.PLANNED, ExportState.RUNNING)
    count = db.select(db.func.count(Export.id)).where(Export.person_id == person.id, Export.state.in_(states))
    if db.session.scalar(count) >= MOST_OPEN:
        raise Refused(
            f"{MOST_OPEN} berkas Anda masih menunggu atau sedang dibuat.",
            "Tunggu sampai selesai, atau batalkan yang tidak diperlukan pada halaman Unduhan.",
        )


def cancel_export(*, export: Export) -> bool:
    """The builder stops at his next word. False when it was over already."""
    changed = _change(
        export.id, Export.state.in_((ExportState.PLANNED, ExportState.RUNNING)), state=ExportState.CANCELLED
    )
    if changed:
        audit.record("cancel_export", f"export:{export.id}", kind=export.kind)
    return changed


def note_taken(*, export: Export) -> None:
    """Who took what."""
    audit.record(
        "take_export",
        export.name,
        export=export.id,
        kind=export.kind,
        parameters=export.parameters,
        sha256=export.file.sha256,
        bytes=export.file.size,
    )


def _change(export_id: int, *conditions: ColumnElement[bool], **values: object) -> bool:
    """A conditional update: exactly one process changes the row."""
    changed = db.session.execute(
        db.update(Export).where(Export.id == export_id, *conditions).values(**values),
        execution_options={"synchronize_session": False},
    ).rowcount
    return changed == 1


@background.task
def build_export(*, export_id: int) -> None:
    """Build one file if this process wins the claim. Safe to run any number of times."""
    attempt = _claim(export_id)
    if attempt is None:
        return
    try:
        with read_only():
            prepared, reach = _prepare(export_id)
        with tempfile.TemporaryDirectory(prefix="unduhan-") as folder:
            to = Path(folder) / "file"
            prepared.write(to, _teller(export_id, attempt))
            _say(export_id, attempt)
            with to.open("rb") as file:
                stored = storage().put(file)
        _record(export_id, attempt, prepared.name, reach, stored)
    except Stopped:
        log.info("export %s was stopped", export_id)
    except (PermissionError, Unknown) as error:
        _fail(export_id, attempt, NOT_ALLOWED if isinstance(error, PermissionError) else NOT_THERE)
    except Exception:
        log.exception("export %s could not be built", export_id)
        _try_again(export_id, attempt)
    _take_up_next(Export.attempts == 0)


def _claim(export_id: int) -> int | None:
    """The number of this attempt, or None: somebody else has it, it is over, or another file is being built."""
    other = aliased(Export)
    busy = db.exists().where(
        other.state == ExportState.RUNNING, other.beat_at >= clock.wall() - LOST_AFTER, other.id != export_id
    )
    now = clock.wall()
    with unit_of_work():
        return db.session.execute(
            db.update(Export)
            .where(Export.id == export_id, Export.state == ExportState.PLANNED, ~busy)
            .values(
                state=ExportState.RUNNING, started_at=now, beat_at=now, attempts=Export.attempts + 1, done=0, total=0
            )
            .returning(Export.attempts),
            execution_options={"synchronize_session": False},
        ).scalar_one_or_none()


def _prepare(export_id: int) -> tuple[Prepared, list[str]]:
    """By the rights that the person has now. Raises PermissionError, or Unknown for what he does not see."""
    export = db.session.get_one(Export, export_id, populate_existing=True)
    person = db.session.get_one(User, export.person_id, populate_existing=True)
    if not holds(person, Permission.EXPORT_REPORTS):
        raise PermissionError
    return kind_named(export.kind).prepare(export.parameters, person), reach_of(person)


def _teller(export_id: int, attempt: int) -> Progress:
    """Writes down how far the builder is, at most about once a second; raises Stopped when it is no longer his. A word
    that the database could not take is left out: another comes soon."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN_WORDS:
            last = now
            try:
                _say(export_id, attempt, done=done, total=total)
            except OperationalError:
                log.warning("export %s: its progress could not be written", export_id)

    return tell


def _mine(attempt: int) -> ColumnElement[bool]:
    return (Export.state == ExportState.RUNNING) & (Export.attempts == attempt)


def _say(export_id: int, attempt: int, **how_far: int) -> None:
    with unit_of_work():
        if not _change(export_id, _mine(attempt), beat_at=clock.wall(), **how_far):
            raise Stopped


def _record(export_id: int, attempt: int, name: str, reach: list[str], stored: Stored) -> None:
    """A cancel that came while the bytes were stored counts; the row names the file, so that it is cleared away."""
    now = clock.now()
    with unit_of_work():
        days = timedelta(days=current_app.config["SETTINGS"].export_days)
        file_id = stored_file_id(stored, now)
        ready = {"state": ExportState.READY, "reach": reach, "name": name, "ended_at": now, "expires_at": now + days}
        if _change(export_id, _mine(attempt), file_id=file_id, done=Export.total, **ready):
            export = db.session.get_one(Export, export_id, populate_existing=True)
            if now - export.asked_at >= LONG:
                tell_ready(export)
        else:
            _change(export_id, Export.state == ExportState.CANCELLED, file_id=file_id)


def _fail(export_id: int, attempt: int, sentence: str) -> None:
    with unit_of_work():
        _change(export_id, _mine(attempt), state=ExportState.FAILED, failure=sentence, ended_at=clock.now())


def _try_again(export_id: int, attempt: int) -> None:
    """Back to the queue, or after the last attempt to the person with a sentence. The sweep takes it up."""
    if attempt >= MOST_ATTEMPTS:
        _fail(export_id, attempt, BROKEN)
        return
    with unit_of_work():
        _change(export_id, _mine(attempt), state=ExportState.PLANNED)


def _take_up_next(*conditions: ColumnElement[bool]) -> int:
    """Nothing is written, or locked, when nobody waits."""
    with read_only():
        waiting = _next_planned(*conditions)
    if waiting is None:
        return 0
    with unit_of_work():
        background.defer(build_export, export_id=waiting)
    return 1


def _next_planned(*conditions: ColumnElement[bool]) -> int | None:
    planned = db.select(Export.id).where(Export.state == ExportState.PLANNED, *conditions)
    return db.session.scalar(planned.order_by(Export.attempts, Export.id).limit(1))


def take_up() -> int:
    """The sweep: what dead builders left goes back to the queue, and the next in line is deferred."""
    with read_only():
        lost = db.session.execute(
            db.select(Export.id, Export.attempts).where(
                Export.state == ExportState.RUNNING, Export.beat_at < clock.wall() - LOST_AFTER
            )
        ).all()
    for row in lost:
        log.error("export %s: its builder ended before it was done", row.id)
        _try_again(row.id, row.attempts)
    return _take_up_next()


def expire() -> int:
    """Files past their days go; the rows stay and say so. Returns how many files went."""
    now = clock.now()
    over = (Export.state == ExportState.READY) & (Export.expires_at <= now)
    with read_only():
        ids = db.session.scalars(
            db.select(Export.id)
            .where(Export.file_id.is_not(None), over | (Export.state == ExportState.CANCELLED))
            .order_by(Export.id)
        ).all()
    return sum(_expire(export_id) for export_id in ids)


def _expire(export_id: int) -> bool:
    with unit_of_work():
        export = db.session.get_one(Export, export_id, populate_existing=True)
        file_id, export.file_id = export.file_id, None
        if file_id is None:
            return False
        if export.state is ExportState.READY:
            export.state = ExportState.EXPIRED
        db.session.flush()
        key = files.forget_unused(file_id)
    return key is not None and storage().retire(key, idle=files.IDLE)
