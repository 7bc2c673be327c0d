"""Frozen editions, as pages show them; and which file a checksum belongs to."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from stranas.catalogue.models import Period
from stranas.compliance.differences import Difference, differences
from stranas.compliance.formats import Format
from stranas.compliance.models import Edition, EditionFile
from stranas.compliance.queries.assembly import SETTLED, snapshot
from stranas.release.models import Release
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import StoredFile
from stranas.system.storage import storage


@dataclass(frozen=True)
class FileView:
    format: str
    name: str
    size: int
    sha256: str
    storage_key: str

    @property
    def label(self) -> str:
        return {"json": "Angka (JSON)", "xlsx": "Excel", "pdf": "PDF"}[self.format]

    @property
    def media_type(self) -> str:
        return Format(self.format).media_type

    @property
    def groups(self) -> str:
        return grouped(self.sha256)


@dataclass(frozen=True)
class EditionView:
    """`made_at` None: it is still being made. `is_newest`: of its period, among those that are made."""

    id: int
    number: int
    cutoff: datetime
    reason: str
    asked_by: str
    made_at: datetime | None
    is_newest: bool
    snapshot_sha256: str
    files: tuple[FileView, ...]
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class PeriodEditions:
    """A released period with its editions, the newest first; none before the clock asked for the first."""

    id: int
    key: str
    name: str
    programme_key: str
    starts_on: date
    ends_on: date
    released_at: datetime
    decree: str
    editions: tuple[EditionView, ...]

    @property
    def newest(self) -> EditionView | None:
        return next((one for one in self.editions if one.is_newest), None)

    @property
    def is_making(self) -> bool:
        return not self.editions or self.editions[0].made_at is None


@dataclass(frozen=True)
class Found:
    """The file of an edition that has a checksum."""

    period: PeriodEditions
    edition: EditionView
    file: FileView


def grouped(sha256: str) -> str:
    """Eight groups of eight, as people read it to each other."""
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))


def released_editions(period_key: str | None = None) -> list[PeriodEditions]:
    """The released periods, the latest first. Three questions, whatever there is."""
    query = (
        db.select(Period, Release.released_at, Release.decree)
        .join(Release, Release.period_id == Period.id)
        .where(Release.released_at <= clock.now())
        .order_by(Period.starts_on.desc())
    )
    rows = db.session.execute(query if period_key is None else query.where(Period.key == period_key)).unique().all()
    by_period = _editions([period.id for period, *_ in rows])
    return [
        PeriodEditions(
            id=period.id,
            key=period.key,
            name=period.name,
            programme_key=period.programme.key,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            released_at=released_at,
            decree=decree,
            editions=tuple(by_period.get(period.id, ())),
        )
        for period, released_at, decree in rows
    ]


def _editions(period_ids: list[int]) -> dict[int, list[EditionView]]:
    query = db.select(Edition).where(Edition.period_id.in_(period_ids)).order_by(Edition.number.desc())
    query = query.options(db.selectinload(Edition.files), db.joinedload(Edition.asked_by))
    found: dict[int, list[EditionView]] = {}
    for edition in db.session.scalars(query.execution_options(populate_existing=True)).unique():
        its = found.setdefault(edition.period_id, [])
        is_newest = edition.made_at is not None and not any(one.is_newest for one in its)
        its.append(_view(edition, is_newest=is_newest))
    return found


def _view(edition: Edition, *, is_newest: bool) -> EditionView:
    return EditionView(
        id=edition.id,
        number=edition.number,
        cutoff=edition.cutoff,
        reason=edition.reason,
        asked_by=edition.asked_by.name if edition.asked_by else "",
        made_at=edition.made_at,
        is_newest=is_newest,
        snapshot_sha256=edition.snapshot_sha256 or "",
        files=tuple(
            FileView(one.format, one.name, one.file.size, one.file.sha256, one.file.storage_key)
            for one in edition.files
        ),
        differences=tuple(Difference(**one) for one in json.loads(edition.differences)),
    )


def by_checksum(sha256: str) -> Found | None:
    """The file of a released period's edition with this checksum; of equal bytes the newest edition's."""
    query = (
        db.select(Edition.id, EditionFile.format, Period.key)
        .join(EditionFile, EditionFile.edition_id == Edition.id)
        .join(StoredFile, EditionFile.file_id == StoredFile.id)
        .join(Period, Edition.period_id == Period.id)
        .where(StoredFile.sha256 == sha256, Edition.made_at.is_not(None))
        .order_by(Edition.id.desc())
    )
    row = db.session.execute(query.limit(1)).one_or_none()
    if row is None:
        return None
    for period in released_editions(row.key):
        for edition in period.editions:
            if edition.id == row.id:
                return Found(period, edition, next(one for one in edition.files if one.format == row.format))
    return None


def latest(period_id: int) -> Edition | None:
    """The row with the highest number, made or not."""
    return db.session.scalar(
        db.select(Edition).where(Edition.period_id == period_id).order_by(Edition.number.desc()).limit(1)
    )


def content_of(*, edition_id: int, back: int = 0) -> bytes | None:
    """The frozen JSON of an edition, or of the one so many numbers before it; None without one."""
    wanted = db.select(Edition.period_id, Edition.number).where(Edition.id == edition_id).subquery()
    key = db.session.scalar(
        db.select(StoredFile.storage_key)
        .join(EditionFile, EditionFile.file_id == StoredFile.id)
        .join(Edition, EditionFile.edition_id == Edition.id)
        .join(wanted, (wanted.c.period_id == Edition.period_id) & (wanted.c.number - back == Edition.number))
        .where(EditionFile.format == Format.JSON.value)
    )
    if key is None:
        return None
    with storage().open(key) as stream:
        return stream.read()


def changes_since(period: PeriodEditions, *, cutoff: datetime) -> tuple[Difference, ...]:
    """What the figures at a settled cut-off say otherwise than the newest edition; nothing without one.

    Counts the whole country once more: a second or two.
    """
    newest = period.newest
    if newest is None or newest.cutoff >= cutoff or cutoff > clock.now() - SETTLED:
        return ()
    seen = snapshot(programme_key=period.programme_key, period_key=period.key, cutoff=cutoff, judged=None)
    return differences(json.loads(content_of(edition_id=newest.id)), seen)
