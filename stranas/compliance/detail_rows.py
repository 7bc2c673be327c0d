"""One obligation as a row: what the sheet "Rincian" holds, ready for filters and pivots."""

from collections.abc import Iterator
from dataclasses import replace

from reports import tables
from reports.tables import Cell, Column, Table
from stranas.compliance.snapshot import Detail, Snapshot
from stranas.reporting.rules import Status

NOTE = "Nilai kosong: belum ada keputusan akhir (dalam capaian dihitung 0), atau tidak dihitung dalam capaian."


def details(*parts: Snapshot) -> Table:
    """Of one period, or of several one after another."""
    found = tuple(row for part in parts for row in rows(part))
    return Table("Rincian", "Rincian kewajiban", columns(), found, NOTE, for_pivots=True)


def columns() -> tuple[Column, ...]:
    """Those of reports.tables with the marks that statuses have on screen."""
    tones = tuple((status.label, status.mark) for status in Status)
    return tuple(replace(c, tones=tones) if c.key == "status" else c for c in tables.DETAILS)


def rows(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    """In the order of the snapshot: agency by agency. The quarter is that of the calendar year."""
    starts_on = snapshot.starts_on
    period = (snapshot.period_key, starts_on.year, (starts_on.month - 1) // 3 + 1)
    return ((*_whose(detail), *period, *_detail(detail)) for detail in snapshot.details)


def timeliness(detail: Detail) -> str:
    """In a word. Nothing is said of what is not owed."""
    on_time, late, not_sent = (word for word, _ in tables.TIMELINESS)
    if not detail.result.expected:
        return ""
    if not detail.result.received:
        return not_sent
    return on_time if detail.result.on_time else late


def _whose(detail: Detail) -> tuple[str, ...]:
    agency = detail.agency
    return agency.code, agency.name, agency.level.label, agency.province


def _detail(detail: Detail) -> tuple[Cell, ...]:
    judged = detail.result
    return (
        detail.action.key,
        detail.item_key,
        detail.item,
        detail.text,
        detail.unit,
        detail.value,
        judged.weight,
        detail.due_at,
        judged.first_submitted_at,
        timeliness(detail),
        detail.status.label,
        judged.expected,
        judged.received,
        judged.on_time,
        None if judged.withheld else judged.verified,
        None if judged.withheld else judged.accepted,
        None if judged.withheld else judged.first_accepted,
        judged.score if judged.weighed else None,
        judged.beside.label if judged.beside else "",
    )
