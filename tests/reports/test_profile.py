"""The profile of an agency: two pages for everybody, and nothing on them that was not said in its values."""

import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from reports.charts import small_trend, trend
from reports.profile import fitted, profile_html, profile_pdf, profiles_html
from tests.papers import pages_of
from tests.reports.profiles import fullest, idle, usual

LONGEST = (
    "Kabupaten Kepulauan Siau Tagulandang Biaro",
    "Kementerian Perencanaan Pembangunan Nasional/Badan Perencanaan Pembangunan Nasional",
)


@pytest.mark.parametrize("profile", [usual(), idle(), *map(fullest, LONGEST)], ids=lambda p: p.agency[-12:])
def test_every_agency_has_exactly_two_pages(profile):
    first, second = pages_of(profile_pdf(profile))
    assert profile.agency in first
    assert profile.agency in second
    assert "Halaman 1 dari 2" in first
    assert "Mode latihan" in first
    assert "Definisi" in first
    assert "Yang masih terbuka" in second


def test_what_finds_no_room_is_counted():
    full = fullest("Kota A")
    shown, setting = fitted(full)
    assert setting == "rapat"
    assert len(shown.obligations) + shown.more_obligations == len(full.obligations) + full.more_obligations
    assert 8 < len(shown.obligations) < len(full.obligations)
    assert f"{shown.more_obligations} kewajiban lain tercantum" in profile_html(full)
    assert fitted(usual()) == (usual(), "")


def test_it_says_figures_places_and_what_is_open():
    first, second = pages_of(profile_pdf(usual()))
    for words in ("87,50%", "Lolos verifikasi pertama", "415 12 – 89,83 78,58", "90,25", "sementara", "Ditetapkan"):
        assert words in first
    for words in ("Target <b>satu</b>", "(Nihil)", "Terkirim", "S01", "1 laporan menunggu keputusan"):
        assert words in second


def test_a_provisional_one_says_so_and_a_real_one_bears_no_practice_words():
    html = profile_html(usual(provisional=True, practice=False))
    assert ">Sementara</span>" in html
    assert "Mode latihan" not in html


def test_reasons_that_were_not_asked_for_have_no_heading():
    assert "Alasan pengembalian" in profile_html(usual(reasons=()))
    assert "Alasan pengembalian" not in profile_html(usual(reasons=None))


def test_many_agencies_make_one_document_in_the_order_given():
    html = profiles_html([usual(agency="Kota A"), usual(agency="Kota B")])
    assert html.index("<h1>Kota A</h1>") < html.index("<h1>Kota B</h1>")
    assert html.count('<section class="profil">') == 2


def test_the_small_trend_writes_what_the_chart_writes():
    points = (*fullest("x").trend[:3], replace(usual().trend[0], label="B27"))
    small = ET.fromstring(small_trend(points))
    texts = ["".join(node.itertext()) for node in small.iter("{http://www.w3.org/2000/svg}text")]
    of_chart = trend(points).svg
    assert all(words in of_chart for words in texts)
    assert texts.count("sementara") == of_chart.count(">sementara<") == 3
    assert small_trend(points).count("stroke-dasharray") == 6  # two lines, three steps that touch a provisional period
    assert small_trend(points).count('fill="#ffffff"') == 6
