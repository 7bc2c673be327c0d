"""One row, held until the transaction ends, as the database has it now."""

from typing import TypeVar

from stranas.release.models import Clarification, Release
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused

Row = TypeVar("Row", Release, Clarification)


def held(model: type[Row], row_id: int) -> Row:
    query = lock_row(db.select(model).where(model.id == row_id), of=model).execution_options(populate_existing=True)
    return db.session.scalars(query).unique().one()


def release_of(period_id: int) -> Release:
    """The row of a closed period. Raises Refused while verification goes on."""
    row_id = db.session.scalar(db.select(Release.id).where(Release.period_id == period_id))
    if row_id is None:
        raise Refused(
            "Verifikasi triwulan ini belum ditutup.",
            "Penutupan mengikuti batas akhir verifikasi. Buka halaman ini lagi sesudahnya.",
        )
    return held(Release, row_id)
