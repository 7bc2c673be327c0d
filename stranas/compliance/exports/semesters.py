"""What the report of a semester is made of, read for one reader."""

from dataclasses import dataclass
from datetime import datetime

from reports.document import Document
from stranas.accounts.models import User
from stranas.accounts.policy import visible_agencies
from stranas.compliance import queries
from stranas.compliance.choices import periods
from stranas.compliance.exports.slices import sees_ranks
from stranas.compliance.formats import Format
from stranas.compliance.queries import Unknown
from stranas.compliance.semester import Semester, semester_document, semesters
from stranas.compliance.snapshot import Obstacle, Snapshot
from stranas.release.queries.released import provisional_scope
from stranas.system.access import Permission
from stranas.system.text import JAKARTA


@dataclass(frozen=True)
class Read:
    """Everything that was asked of the database."""

    semester: Semester
    parts: list[Snapshot]
    obstacles: list[Obstacle]
    ranked: bool

    @property
    def cutoff(self) -> datetime:
        return self.parts[0].cutoff

    def document(self) -> Document:
        return semester_document(self.semester, self.parts, self.obstacles, ranked=self.ranked)

    def file_name(self, format: Format) -> str:
        """Like laporan-semester-2020-1-20200713-0858.pdf: semester and cut-off, WIB."""
        return f"laporan-semester-{self.semester.key}-{self.cutoff.astimezone(JAKARTA):%Y%m%d-%H%M}.{format.value}"


def chosen(key: str) -> Semester:
    """The semester with this key; the latest for an empty one. Raises Unknown."""
    choices = semesters(periods())
    found = next((one for one in choices if one.key == key), None) if key else next(iter(choices), None)
    if found is None:
        raise Unknown("semester", key)
    return found


def read(semester: Semester, cutoff: datetime, reader: User) -> Read:
    """For a reader of the whole country, to whom obstacles of all agencies may be told."""
    among = visible_agencies(reader, Permission.SEE_NATIONAL)
    asked = {"programme_key": semester.programme_key, "cutoff": cutoff, "among": among}
    keys = [period.key for period in semester.periods]
    judged = provisional_scope(reader)
    return Read(
        semester=semester,
        parts=[queries.snapshot(period_key=key, judged=judged, **asked) for key in keys],
        obstacles=queries.obstacles(period_keys=keys, **asked),
        ranked=sees_ranks(reader),
    )
