"""What gave more time in the demo: requests, extensions, an outage; each with its reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from stranas.deadlines.models import Extension, ExtensionRequest, Outage
from stranas.deadlines.rules import Cover, CoverKind, RequestState, end_of
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


@dataclass(frozen=True)
class Down:
    """The service was not reachable; nobody sent anything meanwhile."""

    quarter: str
    began_at: datetime
    ended_at: datetime
    until: datetime
    decided_at: datetime
    reason: str


OUTAGES = (
    Down(
        "B09",
        datetime(2019, 10, 14, 16, 10, tzinfo=UTC),
        datetime(2019, 10, 14, 17, 35, tzinfo=UTC),
        end_of(date(2019, 10, 15)),
        datetime(2019, 10, 15, 1, 30, tzinfo=UTC),
        "Pasokan listrik pusat data terputus pada malam batas waktu.",
    ),
)


def outage_of(quarter: Quarter) -> Down | None:
    return next((outage for outage in OUTAGES if outage.quarter == quarter.key), None)


def covers(quarter: Quarter, agency_ids: dict[str, int]) -> list[Cover]:
    return [*_extensions(quarter, agency_ids), *_outages(quarter)]


def _extensions(quarter: Quarter, agency_ids: dict[str, int]) -> list[Cover]:
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


def _outages(quarter: Quarter) -> list[Cover]:
    outage = outage_of(quarter)
    if outage is None:
        return []
    return [
        Cover(
            until=outage.until,
            decided_at=outage.decided_at,
            reason=outage.reason,
            kind=CoverKind.OUTAGE,
            began_at=outage.began_at,
            ended_at=outage.ended_at,
        )
    ]


@dataclass(frozen=True)
class Ask:
    """A request of an agency. One that is granted stands beside a grant of the same agency and quarter."""

    quarter: str
    agency: str
    item: str
    until: datetime
    received_at: datetime
    reason: str
    letter: str
    state: RequestState
    decided_at: datetime | None = None
    answer: str = ""


REQUESTS = (
    Ask(
        "B15",
        "71.09",
        "",
        end_of(date(2020, 4, 22)),
        datetime(2020, 4, 13, 1, 20, tzinfo=UTC),
        "Kabel laut komunikasi putus; kantor tidak tersambung internet sejak 9 April 2020.",
        "700/118/Insp/IV/2020",
        RequestState.GRANTED,
        datetime(2020, 4, 14, 7, 40, tzinfo=UTC),
        "Silakan dilaporkan segera setelah jaringan pulih.",
    ),
    Ask(
        "B15",
        "53.71",
        "",
        end_of(date(2020, 5, 15)),
        datetime(2020, 4, 20, 2, 45, tzinfo=UTC),
        "Pegawai yang menangani pelaporan dipindahkan ke unit lain pada bulan Maret.",
        "",
        RequestState.DECLINED,
        datetime(2020, 4, 21, 3, 10, tzinfo=UTC),
        "Pergantian pegawai bukan keadaan yang menghalangi pelaporan. Laporan tetap dapat dikirim sampai penutupan "
        "pengisian, dan kami siap membantu petugas yang baru.",
    ),
    Ask(
        "B18",
        "91.03",
        "9-b",
        end_of(date(2020, 7, 24)),
        datetime(2020, 7, 12, 23, 50, tzinfo=UTC),
        "Longsor menutup jalan ke tiga distrik sejak 8 Juli 2020, sehingga bukti dari distrik belum dapat diambil.",
        "700/204/Insp/VII/2020",
        RequestState.OPEN,
    ),
)


def add_later_ends(
    book: Book,
    quarters: Iterable[Quarter],
    agency_ids: dict[str, int],
    *,
    decided_by: int,
    coordinators: dict[int, int],
    items: dict[str, int],
) -> None:
    """Requests, the extensions that grant them, those that nobody asked for, and outages."""
    for quarter in quarters:
        asked = _add_requests(book, quarter, agency_ids, decided_by=decided_by, coordinators=coordinators, items=items)
        for cover in _extensions(quarter, agency_ids):
            book.add(
                Extension,
                period_id=quarter.id,
                agency_id=cover.agency_id,
                province_id=cover.province_id,
                item_id=None,
                request_id=asked.get(cover.agency_id),
                until=cover.until,
                reason=cover.reason,
                decided_by_id=decided_by,
                decided_at=cover.decided_at,
            )
        for cover in _outages(quarter):
            book.add(
                Outage,
                period_id=quarter.id,
                began_at=cover.began_at,
                ended_at=cover.ended_at,
                extends_to=cover.until,
                reason=cover.reason,
                decided_by_id=decided_by,
                decided_at=cover.decided_at,
            )


def _add_requests(
    book: Book,
    quarter: Quarter,
    agency_ids: dict[str, int],
    *,
    decided_by: int,
    coordinators: dict[int, int],
    items: dict[str, int],
) -> dict[int | None, int]:
    """The ids of those that were granted, by agency. Only of agencies that have somebody to ask."""
    granted: dict[int | None, int] = {}
    for ask in REQUESTS:
        agency_id = agency_ids[ask.agency]
        if ask.quarter != quarter.key or agency_id not in coordinators:
            continue
        row_id = book.add(
            ExtensionRequest,
            period_id=quarter.id,
            agency_id=agency_id,
            item_id=items[ask.item] if ask.item else None,
            until=ask.until,
            reason=ask.reason,
            letter=ask.letter,
            asked_by_id=coordinators[agency_id],
            received_at=ask.received_at,
            recorded_at=ask.received_at + timedelta(seconds=1),
            state=ask.state,
            decided_by_id=decided_by if ask.decided_at else None,
            decided_at=ask.decided_at,
            answer=ask.answer,
        )
        if ask.state is RequestState.GRANTED:
            granted[agency_id] = row_id
    return granted
