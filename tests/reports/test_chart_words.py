"""Progress, timeliness, trend and heat map: what is drawn are the numbers, what is said is computed from them."""

import re
from decimal import Decimal

import pytest

from reports import charts
from reports.charts import Progress, Timeliness, TrendPoint
from tests.reports.documents import make_document


def _words_in(svg: str) -> list[str]:
    """The texts of a drawing, those of two lines as one."""
    return [re.sub(r"<[^>]+>", " ", text).split("&")[0].strip() for text in re.findall(r"<text[^>]*>(.*?)</text>", svg)]


def _values(chart: charts.Chart) -> list[dict]:
    return chart.spec["data"]["values"]


def test_progress_draws_each_set_within_the_one_before():
    chart = charts.progress([Progress("Aksi 1", 8, 6, 4, 2), Progress("Aksi 2", 4, 4, 3, 3)])
    shares = {(v["name"], v["set"]): v["share"] for v in _values(chart)}
    assert [shares["Aksi 1", name] for name in ("Kewajiban", "Diterima", "Diverifikasi", "Terverifikasi")] == [
        100,
        75,
        50,
        25,
    ]
    assert chart.alternative == (
        "10 dari 12 kewajiban diterima, 7 diverifikasi, 5 terverifikasi. "
        "Paling jauh Aksi 2 (4 dari 4), paling sedikit Aksi 1 (6 dari 8)."
    )
    assert {"6 dari 8", "4 dari 4", "Aksi 1"} <= set(_words_in(chart.svg))


def test_progress_without_judgement_says_nothing_of_verification():
    chart = charts.progress([Progress("Aksi 1", 8, 6, None, None), Progress("Aksi 2", 4, 3, 3, 3)])
    assert [one.words for one in chart.legend] == ["Kewajiban", "Diterima"]
    assert "verifikasi" not in chart.alternative
    assert {v["set"] for v in _values(chart)} == {"Kewajiban", "Diterima"}
    assert "Semua baris sama" in chart.alternative


def test_progress_leaves_out_what_nobody_owes():
    chart = charts.progress([Progress("Aksi 1", 0, 0, 0, 0), Progress("Aksi 2", 4, 1, 0, 0)])
    assert {v["name"] for v in _values(chart)} == {"Aksi 2"}


def test_timeliness_stacks_to_the_whole_and_writes_the_counts():
    chart = charts.timeliness([Timeliness("Kabupaten", 1500, 300, 200), Timeliness("Kota", 9, 1, 0)])
    of_regencies = [v for v in _values(chart) if v["name"] == "Kabupaten"]
    assert [(v["from"], v["to"]) for v in of_regencies] == [(0, 75), (75, 90), (90, 100)]
    assert {"1.500", "300", "200"} <= set(_words_in(chart.svg))
    assert chart.alternative == (
        "Dari 2.010 kewajiban: 1.509 tepat waktu, 301 terlambat, 200 belum dikirim. "
        "Bagian tepat waktu paling kecil: Kabupaten, 1.500 dari 2.000."
    )


def test_a_sliver_has_no_number_that_would_not_fit():
    chart = charts.timeliness([Timeliness("Kota", 97, 3, 0)])
    assert "97" in _words_in(chart.svg)
    assert "3" not in _words_in(chart.svg)


POINTS = [
    TrendPoint("B12", Decimal("90.25"), Decimal("61.00"), provisional=False),
    TrendPoint("B15", Decimal("92.25"), Decimal("95.00"), provisional=False),
    TrendPoint("B18", Decimal("31.00"), None, provisional=True),
]


def test_a_provisional_period_is_hollow_broken_and_named():
    chart = charts.trend(POINTS)
    whole, broken = chart.spec["layer"][:2]
    assert {v["period"] for v in whole["data"]["values"]} == {"B12", "B15"}
    assert {v["period"] for v in broken["data"]["values"]} == {"B15", "B18|sementara"}
    assert "strokeDash" in broken["mark"]
    assert "strokeDash" not in whole["mark"]
    hollow = [v["period"] for v in chart.spec["layer"][2]["data"]["values"] if v["fill"] == "#ffffff"]
    assert hollow == ["B18|sementara"]
    assert 'stroke-dasharray="5,4"' in chart.svg
    assert "sementara" in chart.svg


def test_a_trend_says_from_where_to_where():
    assert charts.trend(POINTS).alternative == (
        "Kepatuhan: dari 90,25 persen pada B12 menjadi 31,00 persen pada B18 (sementara). "
        "Lolos verifikasi pertama: dari 61,00 persen pada B12 menjadi 95,00 persen pada B15."
    )


def test_a_trend_without_quality_shows_no_quality():
    points = [TrendPoint("B15", Decimal(50), None, False), TrendPoint("B18", Decimal(60), None, True)]
    chart = charts.trend(points)
    assert [one.words for one in chart.legend] == ["Kepatuhan"]
    assert "Lolos" not in chart.alternative


def test_of_two_figures_the_higher_has_its_number_above():
    above = {(v["period"], v["series"]): v["above"] for v in charts.trend(POINTS).spec["layer"][2]["data"]["values"]}
    assert above["B12", "Kepatuhan"]
    assert not above["B15", "Kepatuhan"]
    assert above["B15", "Lolos verifikasi pertama"]


def test_a_heat_map_writes_the_number_in_the_cell():
    rows = [("Kabupaten Aceh Barat", [Decimal(100), Decimal("33.33")]), ("Kota Sabang", [None, Decimal(0)])]
    chart = charts.heatmap(["Aksi 1", "Aksi 2"], rows)
    assert {"Kabupaten Aceh Barat", "Aksi 2", "100", "33,33", "0", "–"} <= set(_words_in(chart.svg))
    assert chart.alternative == (
        "2 instansi dan 2 aksi: 1 dari 3 pasangan instansi dan aksi sudah terkirim seluruhnya. "
        "Terendah 0,00 persen: Kota Sabang pada aksi 2."
    )


def test_a_heat_map_that_would_not_fit_is_refused():
    with pytest.raises(ValueError, match="at most 45 rows"):
        charts.heatmap(["Aksi 1"], [(f"Instansi {n}", [None]) for n in range(46)])


@pytest.mark.parametrize(
    "chart",
    [
        charts.progress([Progress("Aksi 1", 0, 0, 0, 0)]),
        charts.timeliness([]),
        charts.trend([TrendPoint("B03", None, None, True)]),
        charts.heatmap(["Aksi 1"], [("Kota Sabang", [None])]),
        charts.distribution(make_document(()).agencies),
    ],
    ids=lambda chart: chart.title,
)
def test_without_numbers_there_is_a_sentence_and_no_picture(chart):
    assert chart.svg == ""
    assert chart.alternative.startswith("Belum ada ")
    with pytest.raises(ValueError, match="Belum ada"):
        charts.picture(chart)


def test_a_picture_is_a_file_that_stands_alone():
    chart = charts.trend(POINTS)
    alone, drawing = charts.picture(chart, 1), charts.png(chart.spec, 1)
    assert alone[:8] == drawing[:8] == b"\x89PNG\r\n\x1a\n"
    height = {name: int.from_bytes(data[20:24]) for name, data in (("alone", alone), ("drawing", drawing))}
    assert height["alone"] > height["drawing"] + 40  # title and legend
