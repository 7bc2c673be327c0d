"""Letters to offices outside the agency."""

from sqlalchemy import ColumnElement

from stranas.agencies.models import Agency
from stranas.requests.models import DataLetter
from stranas.system.db import db


def letter_in_scope(letter_id: int, scope: ColumnElement[bool]) -> DataLetter | None:
    return db.session.scalars(
        db.select(DataLetter).join(Agency, Agency.id == DataLetter.agency_id).where(DataLetter.id == letter_id, scope)
    ).one_or_none()


def letters_of_obligation(obligation_id: int) -> list[DataLetter]:
    return list(
        db.session.scalars(
            db.select(DataLetter).where(DataLetter.obligation_id == obligation_id).order_by(DataLetter.id)
        )
    )
