"""The extensions of the demo: each with its reason, decided before the due instant."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from stranas.deadlines.models import Extension
from stranas.deadlines.rules import Cover, end_of
from stranas.demo.book import Book
from stranas.demo.story import Quarter


@dataclass(frozen=True)
class Grant:
    quarter: str
    until: datetime
    decided_at: datetime
    reason: str
    agency: str = ""
    province: str = ""


GRANTS = (
    Grant(
        "B15",
        end_of(date(2020, 4, 24)),
        datetime(2020, 4, 13, 4, 12, tzinfo=UTC),
        "Banjir dan tanah longsor memutus listrik dan jaringan kantor di sebagian besar kabupaten Sulawesi Barat "
        "sejak 10 April 2020.",
        province="76",
    ),
    Grant(
        "B15",
        end_of(date(2020, 4, 22)),
        datetime(2020, 4, 14, 7, 40, tzinfo=UTC),
        "Kabel laut komunikasi putus; kantor tidak tersambung internet sejak 9 April 2020.",
        agency="71.09",
    ),
    Grant(
        "B18",
        end_of(date(2020, 7, 24)),
        datetime(2020, 7, 10, 2, 5, tzinfo=UTC),
        "Kantor Inspektorat rusak akibat banjir bandang; arsip sedang dipulihkan.",
        agency="92.02",
    ),
)


def covers(quarter: Quarter, agency_ids: dict[str, int]) -> list[Cover]:
    return [
        Cover(
            until=grant.until,
            decided_at=grant.decided_at,
            reason=grant.reason,
            agency_id=agency_ids.get(grant.agency),
            province_id=agency_ids.get(grant.province),
        )
        for grant in GRANTS
        if grant.quarter == quarter.key
    ]


def add_extensions(book: Book, quarters: Iterable[Quarter], agency_ids: dict[str, int], *, decided_by: int) -> None:
    for quarter in quarters:
        for cover in covers(quarter, agency_ids):
            book.add(
                Extension,
                period_id=quarter.id,
                agency_id=cover.agency_id,
                province_id=cover.province_id,
                item_id=None,
                until=cover.until,
                reason=cover.reason,
                decided_by_id=decided_by,
                decided_at=cover.decided_at,
            )
