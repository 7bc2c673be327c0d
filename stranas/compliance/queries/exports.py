"""Files made on demand, as their owner sees them."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stranas.accounts.models import User
from stranas.compliance.exports import KINDS, Slice
from stranas.compliance.exports.reach import still_holds
from stranas.compliance.models import Export, ExportState
from stranas.system import clock
from stranas.system.db import db

SHOWN = timedelta(days=30)  # what is over longer ago interests nobody


@dataclass(frozen=True)
class ExportView:
    """`about`: which figures, in words. `is_his`: the rights by which it was made still hold."""

    id: int
    title: str
    about: str
    state: ExportState
    done: int
    total: int
    unit: str
    size: int
    name: str
    failure: str
    asked_at: datetime
    cutoff: datetime
    expires_at: datetime | None
    is_his: bool

    @property
    def can_be_taken(self) -> bool:
        return self.state is ExportState.READY and self.is_his


def exports_of(person: User) -> list[ExportView]:
    """The latest first."""
    since = clock.now() - SHOWN
    rows = db.session.scalars(
        db.select(Export)
        .where(Export.person_id == person.id, Export.asked_at >= since)
        .order_by(Export.id.desc())
        .execution_options(populate_existing=True)
    ).unique()
    return [view_of(row, person) for row in rows]


def own_export(export_id: int, person: User) -> Export | None:
    """The row, where it is this person's."""
    query = db.select(Export).where(Export.id == export_id, Export.person_id == person.id)
    return db.session.scalars(query.execution_options(populate_existing=True)).unique().one_or_none()


def view_of(export: Export, person: User) -> ExportView:
    kind, asked = KINDS.get(export.kind), Slice.of(export.parameters)
    about = [asked.period, *asked.words]
    return ExportView(
        id=export.id,
        title=export.title,
        about=", ".join(about),
        state=export.state,
        done=export.done,
        total=export.total,
        unit=kind.unit if kind else "bagian",
        size=export.file.size if export.file else 0,
        name=export.name,
        failure=export.failure,
        asked_at=export.asked_at,
        cutoff=asked.cutoff,
        expires_at=export.expires_at,
        is_his=still_holds(person, export.reach),
    )
