"""What stands on which page of compliance: country, region, or one agency."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import request
from flask_login import current_user

from reports import charts, tables
from reports.document import Document
from reports.tables import Table
from stranas.accounts.policy import holds
from stranas.compliance import breakdown, drawing
from stranas.compliance.comparison import Comparison, comparison
from stranas.compliance.document import document
from stranas.compliance.forms import Filters
from stranas.compliance.peers import Place
from stranas.compliance.queries.trails import SentFile, Trail, trails
from stranas.compliance.rules import rounded
from stranas.compliance.snapshot import Point, Snapshot
from stranas.evidence.queries import visible_of
from stranas.evidence.views.scope import readable
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.views.scope import works_in
from stranas.system import text
from stranas.system.access import Permission
from stranas.system.db import db
from stranas.verification.queries.scope import verifies

PER_PAGE = 50
FIRST = 10


@dataclass(frozen=True)
class Paged:
    """A slice of a table's rows with where it lies."""

    rows: tuple
    page: int
    pages: int
    first: int
    total: int


@dataclass(frozen=True)
class Opens:
    """What the reader may open behind one obligation: its report, its case in verification (the submission's id),
    its files, each with whether it may be opened."""

    report: bool
    case: int | None
    files: tuple[tuple[SentFile, bool], ...]


def page_of(seen: Snapshot, beside: Snapshot | None, filters: Filters, *, ranked: bool) -> tuple[str, dict[str, Any]]:
    """The template, and its values."""
    shown = document(seen, ranked=ranked)
    everything = bool(request.args.get("semua"))
    values = {
        "filters": filters,
        "everything": everything,
        "one": len(seen.agencies) == 1,
        "ranked": shown.provinces.columns[0].key == "rank",
        "snapshot": seen,
        "document": shown,
        "figures": _in_page_order(shown),
        "beside": _comparison(beside, ranked=ranked),
        "cell": tables.shown,
        "actions": breakdown.rows(seen.by_action),
        "later_ends": seen.later_ends if everything else seen.later_ends[:FIRST],
        "rows": _paged(shown.agencies, request.args.get("halaman", 1, type=int)),
    }
    if len(seen.agencies) == 1:
        return "compliance/agency.html", values | {"opens": _opens(seen)}
    values |= {"timeliness": drawing.timeliness(seen), "progress": drawing.progress(seen)}
    if len(seen.provinces) < 2 and (heatmap := drawing.heatmap(seen)):
        return "compliance/region.html", values | {"heatmap": heatmap}
    return "compliance/country.html", values | _country(seen, shown, everything=everything)


def _country(seen: Snapshot, shown: Document, *, everything: bool) -> dict[str, Any]:
    records = shown.provinces.records()
    return {
        "maps": charts.province_maps(shown.provinces) if len(seen.provinces) > 1 else (),
        "credit": charts.CREDIT,
        "distribution": charts.distribution(shown.agencies, judged=shown.judged),
        "provinces": records if everything else records[:FIRST],
        "items": breakdown.rows(seen.by_item) if everything else (),
    }


def _comparison(beside: Snapshot | None, *, ranked: bool) -> Comparison | None:
    return comparison(beside, document(beside, ranked=ranked)) if beside else None


def _in_page_order(shown: Document) -> list:
    """Compliance and quality stand side by side."""
    found = {figure.key: figure for figure in shown.key_figures}
    return [found[key] for key in ("compliance", "first_pass", "punctuality", "achievement")]


def _paged(table: Table, page: int) -> Paged:
    total = len(table.rows)
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(page, 1), pages)
    first = (page - 1) * PER_PAGE
    return Paged(tuple(table.records()[first : first + PER_PAGE]), page, pages, first + 1, total)


def _opens(seen: Snapshot) -> dict[int, Opens]:
    """By obligation id, for the one agency of the snapshot."""
    ids = [detail.obligation_id for detail in seen.details]
    known = trails(ids, cutoff=seen.cutoff)
    reads = holds(current_user, Permission.SEE_REPORTS)
    own = works_in(seen.agencies[0].agency.id)
    files = {file.document_id for trail in known.values() for file in trail.files} if reads else set()
    open_files = visible_of(files, scope=readable()) if files else frozenset()
    cases = _cases(ids)
    return {key: _opened(known.get(key), key, reads, own, open_files, cases) for key in ids}


def _opened(
    trail: Trail | None, key: int, reads: bool, own: bool, open_files: frozenset[int], cases: dict[int, int]
) -> Opens:
    """A draft that was never sent is the agency's own: for others there is no page."""
    if trail is None:
        return Opens(report=reads, case=None, files=())
    files = tuple((file, file.document_id in open_files) for file in trail.files) if reads else ()
    return Opens(report=reads and (own or trail.sent), case=cases.get(key), files=files)


def _cases(obligation_ids: Sequence[int]) -> dict[int, int]:
    """The submissions that the reader verifies, by obligation id."""
    if not holds(current_user, Permission.VERIFY):
        return {}
    rows = db.session.execute(
        db.select(Submission.obligation_id, Submission.id)
        .join(Obligation, Obligation.id == Submission.obligation_id)
        .where(Obligation.id.in_(obligation_ids), verifies(current_user))
    )
    return dict(rows.tuples())


@dataclass(frozen=True)
class PlaceRow:
    """A group, the ranks of the agency in it, and the means of the group, rounded."""

    name: str
    size: int
    compliance_rank: int | None
    first_pass_rank: int | None
    compliance: Decimal | None
    first_pass: Decimal | None
    punctuality: Decimal | None
    achievement: Decimal | None


def place_rows(places: Iterable[Place]) -> list[PlaceRow]:
    return [
        PlaceRow(
            name=f"Wilayah {place.name}" if place.key == "province" else place.name,
            size=place.size,
            compliance_rank=place.compliance_rank,
            first_pass_rank=place.first_pass_rank,
            compliance=rounded(place.group.compliance),
            first_pass=rounded(place.group.first_pass),
            punctuality=rounded(place.group.punctuality),
            achievement=rounded(place.group.achievement),
        )
        for place in places
    ]


def trend_rows(points: Iterable[Point]) -> list[dict[str, Any]]:
    """The latest period first."""
    rows = [
        {
            "key": point.period_key,
            "period": f"{point.period} ({point.period_key}), {text.month_span(point.starts_on, point.ends_on)}",
            "provisional": point.provisional,
            "expected": point.total.pooled.expected,
            "received": point.total.pooled.received,
        }
        | {
            name: rounded(getattr(point.total, name))
            for name in ("compliance", "first_pass", "punctuality", "achievement")
        }
        for point in points
    ]
    return rows[::-1]
