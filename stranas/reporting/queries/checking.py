"""What anybody may know of a filing."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import selectinload

from stranas.reporting.models import Filing, SubmissionVersion
from stranas.system.db import db


@dataclass(frozen=True)
class PublicReceipt:
    """`hashes`: the SHA-256 (hex) of every file that was sent, each once, sorted: their order tells nothing."""

    number: str
    agency: str
    timezone: str
    received_at: datetime
    hashes: tuple[str, ...]


def receipt_by_number(number: str) -> PublicReceipt | None:
    filing = db.session.scalars(
        db.select(Filing).where(Filing.number == number).options(selectinload(Filing.versions))
    ).one_or_none()
    if filing is None:
        return None
    return PublicReceipt(
        number=filing.number,
        agency=filing.agency.name,
        timezone=filing.agency.timezone,
        received_at=filing.received_at,
        hashes=tuple(sorted(set(_hashes(filing.versions)))),
    )


def _hashes(versions: Iterable[SubmissionVersion]) -> Iterable[str]:
    for version in versions:
        yield from (file["sha256"] for file in json.loads(version.content)["evidence"] if file["sha256"])
