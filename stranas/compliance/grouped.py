"""Figures as rows of a table: the nine of an agency, and those of a province, level, action or item."""

from collections.abc import Iterable
from decimal import Decimal

from reports import tables
from reports.tables import Column, Table
from stranas.catalogue.rules import ProgrammeRules
from stranas.compliance.definitions import weighted_mean
from stranas.compliance.rules import Figures, Group, ranks, rounded
from stranas.compliance.snapshot import GroupFigures, Snapshot


def nine(figures: Figures) -> tuple[int | Decimal | None, ...]:
    """The nine figures in the order of the columns, rounded: the only place that rounds them."""
    return (
        figures.expected,
        figures.received,
        figures.on_time,
        None if figures.withheld else figures.verified,
        None if figures.withheld else figures.accepted,
        *rates(figures),
    )


def rates(rated: Figures | Group) -> tuple[Decimal | None, ...]:
    return tuple(rounded(getattr(rated, column.key)) for column in tables.RATES)


def group_row(found: Group) -> tuple[int | Decimal | None, ...]:
    """Counts are sums, rates are means of the agencies; then the pooled rates."""
    return (found.agencies, found.without, *nine(found.pooled)[:5], *rates(found), *rates(found.pooled))


def nine_note(rules: ProgrammeRules) -> str:
    return (
        "Kepatuhan = diterima / kewajiban; ketepatan waktu = tepat waktu / kewajiban; "
        f"capaian = {weighted_mean(rules)}; "
        "lolos verifikasi pertama = keputusan pertama terverifikasi / diverifikasi."
    )


def group_note(rules: ProgrammeRules) -> str:
    means = "Persen: rata-rata angka instansi; gabungan: jumlah pembilang dibagi jumlah penyebut."
    return f"{means} {nine_note(rules)}"


def levels(snapshot: Snapshot) -> Table:
    rows = tuple((level.name, *group_row(level.group)) for level in snapshot.levels)
    return Table("Tingkat", "Menurut tingkat", tables.LEVELS, rows, group_note(snapshot.rules))


def actions(snapshot: Snapshot) -> Table:
    return _of_catalogue("Aksi", "Menurut aksi", tables.ACTIONS, snapshot.by_action, snapshot.rules)


def items(snapshot: Snapshot) -> Table:
    return _of_catalogue("Sub-aksi", "Menurut sub-aksi", tables.ITEMS, snapshot.by_item, snapshot.rules)


def _of_catalogue(
    name: str, title: str, columns: tuple[Column, ...], groups: Iterable[GroupFigures], rules: ProgrammeRules
) -> Table:
    """Compliance and quality side by side. The weights of one item or action always make a whole of their own."""
    own = "Angka instansi di sini hanya atas kewajibannya pada baris itu; capaiannya memakai jumlah bobot baris itu."
    rows = tuple((one.key, one.name, *group_row(one.group)) for one in groups)
    return Table(name, title, columns, rows, f"{own} {group_note(rules)}")


def provinces(snapshot: Snapshot, *, ranked: bool) -> Table:
    rows = [(p.key, p.name, *group_row(p.group)) for p in snapshot.provinces]
    note = f"Termasuk pemerintah provinsi. {group_note(snapshot.rules)}"
    columns = tables.PROVINCES
    if ranked:
        places = ranks([rounded(p.group.compliance) for p in snapshot.provinces])
        rows = [(place, *row) for place, row in zip(places, rows, strict=True)]
        rows.sort(key=lambda row: (row[0] is None, row[0], row[1]))
        columns = (tables.PROVISIONAL_RANK if snapshot.provisional else tables.RANK, *columns)
        note = f"Peringkat menurut kepatuhan; angka yang sama berbagi peringkat. {note}"
    return Table("Provinsi", "Menurut provinsi", columns, tuple(rows), note)
