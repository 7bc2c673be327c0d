"""Which figures a file is about: the filters of the compliance page with their cut-off, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stranas.accounts.models import User
from stranas.accounts.policy import holds, visible_agencies
from stranas.agencies.models import Agency, AgencyLevel
from stranas.compliance import queries
from stranas.compliance.queries.scope import narrowed
from stranas.compliance.snapshot import Point, ReasonCount, Snapshot
from stranas.release.queries.released import provisional_scope
from stranas.system.access import Permission
from stranas.system.db import db


@dataclass(frozen=True)
class Slice:
    """Empty strings mean no narrowing."""

    programme: str
    period: str
    cutoff: datetime
    level: str = ""
    province: str = ""
    agency: str = ""

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Slice":
        return cls(**(dict(parameters) | {"cutoff": datetime.fromisoformat(parameters["cutoff"])}))

    @property
    def parameters(self) -> dict[str, str]:
        """Plain JSON values; the same slice gives the same."""
        return vars(self) | {"cutoff": self.cutoff.isoformat()}

    @property
    def words(self) -> list[str]:
        """What it is narrowed to, by code: names may change, and a list of many asks no questions for them."""
        level = f"tingkat {self._level.label}" if self._level else ""
        province = f"provinsi {self.province}" if self.province else ""
        agency = f"instansi {self.agency}" if self.agency else ""
        return [word for word in (level, province, agency) if word]

    def agencies(self, reader: User) -> int:
        """How many agencies the reader sees in it: one cheap question, before anything is counted. Raises Unknown."""
        condition, _ = narrowed(_visible(reader), self.agency or None, self.province or None, self._level)
        return db.session.scalar(db.select(db.func.count(Agency.id)).where(condition))

    def snapshot(self, reader: User) -> Snapshot:
        """By the reader's rights as they are now. Raises Unknown for what he does not see (any more)."""
        return queries.snapshot(period_key=self.period, **self.asked(reader))

    def country(self, seen: Snapshot, reader: User) -> Snapshot:
        """All agencies, for ranks and figures of groups alone; what was `seen`, where that is all of them already."""
        if not self.words and holds(reader, Permission.SEE_NATIONAL):
            return seen
        return queries.snapshot(programme_key=self.programme, period_key=self.period, cutoff=self.cutoff)

    def reasons(self, reader: User) -> dict[int, tuple[ReasonCount, ...]]:
        """Why reports were returned, by agency id, of those whose judgements the reader may see."""
        return queries.reasons_by_agency(
            programme_key=self.programme,
            period_key=self.period,
            cutoff=self.cutoff,
            judged=provisional_scope(reader),
        )

    def trend(self, reader: User) -> list[Point]:
        return queries.trend(until=self.period, **self.asked(reader))

    def point_before(self, reader: User) -> list[Point]:
        return queries.point_before(period_key=self.period, **self.asked(reader))

    def asked(self, reader: User) -> dict[str, Any]:
        """What the queries take to narrow, and to withhold."""
        return {
            "programme_key": self.programme,
            "cutoff": self.cutoff,
            "agency_code": self.agency or None,
            "province_code": self.province or None,
            "level": self._level,
            "among": _visible(reader),
            "judged": provisional_scope(reader),
        }

    @property
    def _level(self) -> AgencyLevel | None:
        return AgencyLevel(self.level) if self.level else None


def _visible(reader: User):
    return visible_agencies(reader, Permission.EXPORT_REPORTS)


def sees_ranks(reader: User) -> bool:
    return holds(reader, Permission.SEE_RANKS)
