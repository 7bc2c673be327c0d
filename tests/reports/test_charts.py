"""Charts: right colours, words computed from the same numbers, shapes that are not the whole sea."""

from dataclasses import replace
from decimal import Decimal

from reports import charts
from reports.charts import COMPLIANCE, NOTHING, TEAL
from reports.charts.distribution import banded
from reports.tables import RANK
from tests.reports.documents import make_document


def _provinces(*rates: tuple[str, str, str | None]):
    """As readers of ranks have them."""
    table = make_document().provinces
    table = replace(table, columns=(RANK, *table.columns))
    keys = [column.key for column in table.columns]
    rows = []
    for code, name, rate in rates:
        record = dict.fromkeys(keys) | {"code": code, "province": name, "compliance": Decimal(rate) if rate else None}
        rows.append(tuple(record.values()))
    return replace(table, rows=tuple(rows))


def test_bands_begin_at_their_limits():
    shades = [COMPLIANCE.colour(Decimal(rate)) for rate in ("79.99", "80.00", "89.99", "90.00", "95.00", "100.00")]
    assert shades == [TEAL[0], TEAL[1], TEAL[1], TEAL[2], TEAL[3], TEAL[3]]
    assert COMPLIANCE.colour(None) == NOTHING


def test_a_map_says_its_highest_and_lowest_and_paints_34_provinces():
    chart, _ = charts.province_maps(_provinces(("11", "Aceh", "70.00"), ("51", "Bali", "99.50"), ("91", "Papua", None)))
    assert chart.alternative.endswith("Tertinggi Bali 99,50 persen, terendah Aceh 70,00 persen.")
    assert chart.svg.count('fill="#') == 34
    assert (chart.svg.count(TEAL[0]), chart.svg.count(TEAL[3]), chart.svg.count(NOTHING)) == (1, 1, 32)
    assert len(chart.svg) < 40_000
    assert "style=" not in chart.svg


def test_a_map_of_equal_figures_names_no_highest():
    chart, _ = charts.province_maps(_provinces(("11", "Aceh", "0.00"), ("51", "Bali", "0.00")))
    assert chart.alternative.endswith("Semua provinsi yang punya angka: 0,00 persen.")


def test_a_map_without_figures_says_so():
    chart, _ = charts.province_maps(_provinces())
    assert chart.alternative.endswith("Belum ada angka.")


def test_the_distribution_counts_agencies_in_their_bands():
    table = make_document().agencies
    place = [column.key for column in table.columns].index("compliance")
    rates = [None, "0.00", "19.99", "20.00", "99.99", "100.00"]
    row = table.rows[0]
    rows = tuple((*row[:place], Decimal(rate) if rate else None, *row[place + 1 :]) for rate in rates)
    counts = banded(r["compliance"] for r in replace(table, rows=rows).records())
    assert counts == [2, 1, 0, 0, 1, 1]
    assert charts.distribution(replace(table, rows=rows)).alternative.startswith("1 instansi mengirim semua laporan")
