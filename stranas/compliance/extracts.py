"""What a reader looks for first in the tables of a report: who leads, who has most to do, who has not reported."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from reports import tables
from reports.tables import Table
from stranas.agencies.models import AgencyLevel
from stranas.compliance.rules import ranks, rounded
from stranas.compliance.snapshot import AgencyFigures, Snapshot
from stranas.system.text import number

TOP = 10
NOTE = (
    "Peringkat menurut kepatuhan di antara instansi setingkat yang punya kewajiban; angka yang sama berbagi peringkat. "
    "Di sampingnya mutu: lolos verifikasi pertama dan capaian."
)


def leagues(snapshot: Snapshot) -> Iterator[Table]:
    """Of each level the ten on top, and of the others the ten with most to do; all of a small level. Only for
    readers of ranks."""
    for level in AgencyLevel:
        rows = [row for row in snapshot.agencies if row.agency.level is level and row.figures.expected]
        if len(rows) > 1:
            yield from _league(snapshot, level, rows)


def _league(snapshot: Snapshot, level: AgencyLevel, rows: Sequence[AgencyFigures]) -> Iterator[Table]:
    places = ranks([rounded(row.figures.compliance) for row in rows])
    ranked = sorted(zip(places, rows, strict=True), key=lambda one: (one[0], _quality(one[1]), one[1].agency.code))
    if len(ranked) <= 2 * TOP:
        yield _table(snapshot, f"{level.label}: {number(len(ranked))} instansi", ranked)
        return
    top, others = ranked[:TOP], ranked[TOP:]
    most = [one for one in reversed(others) if _missing(one[1])][:TOP]
    yield _table(snapshot, f"{level.label}: {number(len(top))} teratas dari {number(len(rows))}", top)
    if most:
        yield _table(snapshot, f"{level.label}: {number(len(most))} dengan pekerjaan terbanyak", most)


def _quality(row: AgencyFigures) -> tuple:
    """The better first; without a figure last."""
    found = (getattr(row.figures, name) for name in ("first_pass", "punctuality", "achievement"))
    return tuple(1 if figure is None else -figure for figure in found)


def _missing(row: AgencyFigures) -> int:
    return row.figures.expected - row.figures.received


def _table(snapshot: Snapshot, title: str, ranked: Sequence[tuple[int | None, AgencyFigures]]) -> Table:
    rank = tables.PROVISIONAL_RANK if snapshot.provisional else tables.RANK
    rows = tuple((place, *_league_row(row)) for place, row in ranked)
    return Table("Peringkat", title, (rank, *tables.LEAGUE), rows, NOTE)


def _league_row(row: AgencyFigures) -> tuple:
    agency, figures = row.agency, row.figures
    rates = (rounded(getattr(figures, name)) for name in ("compliance", "first_pass", "punctuality", "achievement"))
    return (agency.code, agency.name, agency.province, figures.expected, _missing(row), *rates)


def unreported(snapshot: Snapshot) -> Table:
    """Agency by agency what is expected and was not received."""
    missing: dict[int, list[str]] = defaultdict(list)
    for detail in snapshot.details:
        if detail.result.expected and not detail.result.received:
            missing[detail.agency.id].append(detail.item_key)
    rows = tuple(_unreported(row, missing[row.agency.id]) for row in snapshot.agencies if row.agency.id in missing)
    note = "Kewajiban yang berlaku pada keadaan laporan dan laporannya belum pernah terkirim."
    return Table("Belum lapor", "Belum dilaporkan", tables.UNREPORTED, rows, note)


def _unreported(row: AgencyFigures, items: Sequence[str]) -> tuple:
    agency, figures = row.agency, row.figures
    keys = ", ".join(dict.fromkeys(items))
    return (agency.code, agency.name, agency.level.label, figures.expected, figures.received, len(items), keys)
