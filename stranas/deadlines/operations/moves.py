"""Moving a coming instant of a period, for everybody: later only, with a reason; what is past stays."""

from collections.abc import Collection
from datetime import datetime

from stranas.accounts.models import User
from stranas.catalogue.models import Period
from stranas.deadlines import letters
from stranas.deadlines.models import InstantMove
from stranas.deadlines.rules import Instants, move_problem
from stranas.system import audit, clock
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused


def move_instants(
    *,
    period: Period,
    seen: Instants,
    to: Instants,
    reason: str,
    person: User | None,
    received_at: datetime,
    reached: Collection[int] = (),
) -> InstantMove:
    """`seen`: the instants from which the decider started. Raises Refused when they changed in between, or when the
    rules do not allow the move at `received_at`."""
    held = lock_row(db.select(Period).where(Period.id == period.id), of=Period)
    period = db.session.scalars(held.execution_options(populate_existing=True)).one()
    before = instants_of(period)
    if before != seen:
        raise Refused(
            "Waktu triwulan ini baru saja diubah orang lain. Perubahan Anda tidak disimpan.",
            "Buka kembali halaman Batas waktu dan periksa waktu yang baru.",
        )
    if problem := move_problem(before, to, at=received_at):
        raise Refused("Waktu triwulan ini tidak dapat diubah seperti itu.", problem[1])
    if not reason.strip():
        raise ValueError("a move needs a reason")
    move = _add(period, before, to, reason=reason, person=person)
    for name, value in vars(to).items():
        setattr(period, name, value)
    db.session.flush()
    letters.tell_move(move, agency_ids=reached)
    return move


def instants_of(period: Period) -> Instants:
    return Instants(period.due_at, period.locks_at, period.verification_ends_at)


def _add(period: Period, before: Instants, to: Instants, *, reason: str, person: User | None) -> InstantMove:
    move = InstantMove(
        period_id=period.id,
        due_before=before.due_at,
        due_after=to.due_at,
        locks_before=before.locks_at,
        locks_after=to.locks_at,
        verification_before=before.verification_ends_at,
        verification_after=to.verification_ends_at,
        reason=reason.strip(),
        decided_by_id=person.id if person else None,
        decided_at=clock.now(),
    )
    db.session.add(move)
    db.session.flush()
    told = {name: value.isoformat() for name, value in vars(to).items()}
    was = {name: value.isoformat() for name, value in vars(before).items()}
    audit.record("move_instants", f"period:{period.key}", before=was, after=told, reason=move.reason)
    return move
