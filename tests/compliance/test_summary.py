"""The executive summary says what the tables say, and never ranks or judges before it may."""

from dataclasses import replace
from datetime import timedelta

import pytest

from reports import charts
from stranas.accounts.models import Role
from stranas.compliance.document import document
from stranas.compliance.snapshot import LaterEnd, Point
from stranas.compliance.summary import sentences
from tests.compliance.formats import pdf_text
from tests.compliance.small import CUTOFF, DUE, RELEASED, make_snapshot, regency
from tests.factories import make_person

TEMANGGUNG = "?instansi=33.23&triwulan="
OWED = {
    regency(1): {"1": "good", "2": "good"},
    regency(2): {"1": "returned", "2": "late"},
    regency(1, province="Papua"): {"1": "good", "2": "-"},
    regency(2, province="Papua"): {"1": "-", "2": "-"},
}


def test_a_released_quarter_is_told_with_quality_beside_compliance():
    assert sentences(make_snapshot(OWED, released_at=RELEASED), ranked=False) == (
        "2 dari 4 instansi yang punya kewajiban sudah mengirim semua laporannya; 1 instansi belum mengirim laporan "
        "apa pun. Diterima 5 dari 8 laporan, 4 di antaranya tepat waktu.",
        "Rata-rata kepatuhan 62,50 persen, lolos verifikasi pertama 66,67 persen, capaian 37,50.",
        "Kepatuhan tertinggi pada Aksi 1 (Perizinan), 75,00 persen; terendah pada Aksi 2 (Pengadaan), 50,00 persen.",
        "Alasan pengembalian terbanyak: Dokumen belum ditandatangani (S01), pada 3 persyaratan.",
        "Tidak ada perpanjangan batas waktu dan gangguan layanan.",
        "1 laporan masih menunggu verifikasi.",
    )


def test_before_the_release_it_says_so_and_names_neither_best_nor_worst():
    told = sentences(make_snapshot(OWED), ranked=False)
    assert told[0] == "Angka ini sementara: hasil verifikasi belum ditetapkan."
    assert not [sentence for sentence in told if _ranks(sentence)]


def _ranks(sentence: str) -> bool:
    return any(word in sentence.lower() for word in ("tertinggi", "terendah", "peringkat", "kelas", "terbaik"))


def test_who_sees_ranks_before_the_release_reads_them_as_provisional():
    told = sentences(make_snapshot(OWED), ranked=True)
    assert "sementara" in told[0]
    assert [sentence for sentence in told if _ranks(sentence)]


@pytest.mark.parametrize(
    ("second", "words"),
    [
        ("-", "1 dari 2 instansi yang punya kewajiban sudah mengirim semua laporannya; yang lain mengirim sebagian."),
        ("late", "2 dari 2 instansi yang punya kewajiban sudah mengirim semua laporannya. Diterima 4 dari 4"),
    ],
)
def test_where_nobody_is_silent_it_says_whether_something_is_missing_still(second, words):
    owed = {regency(1): {"1": "good", "2": "good"}, regency(2): {"1": "good", "2": second}}
    assert sentences(make_snapshot(owed, released_at=RELEASED), ranked=False)[0].startswith(words)


def test_the_maps_name_the_first_and_the_last_province_only_where_ranks_are_seen():
    for ranked, more, named in ((False, {}, False), (True, {}, True), (False, {"released_at": RELEASED}, True)):
        shown = document(make_snapshot(OWED, **more), ranked=ranked)
        words = charts.province_maps(shown.provinces)[0].alternative
        assert ("Tertinggi Jawa Tengah 100,00 persen, terendah Papua 25,00 persen" in words) is named
        assert ("Antara 25,00 dan 100,00 persen" in words) is not named


def test_what_is_withheld_is_not_told():
    told = sentences(make_snapshot(OWED, withheld=True), ranked=False)
    assert told[2] == (
        "Rata-rata kepatuhan 62,50 persen; mutunya (lolos verifikasi pertama dan capaian) ditampilkan setelah "
        "penetapan hasil."
    )
    assert not [sentence for sentence in told if _ranks(sentence) or "Alasan" in sentence or "menunggu" in sentence]


def test_one_agency_is_told_by_its_name():
    told = sentences(make_snapshot({regency(1): {"1": "good", "2": "late"}}, released_at=RELEASED), ranked=False)
    assert told[0] == "Kabupaten Jawa Tengah 1 mengirim 2 dari 2 laporan, 1 di antaranya tepat waktu."
    assert told[1].startswith("Kepatuhan 100,00 persen, lolos verifikasi pertama 100,00 persen")
    assert not [sentence for sentence in told if _ranks(sentence)]


@pytest.mark.parametrize(
    ("before", "words"),
    [
        ("-", "kepatuhan naik 62,50 poin persen (dari 0,00 persen)."),
        (
            "good",
            "kepatuhan turun 37,50 poin persen (dari 100,00 persen) dan lolos verifikasi pertama turun 33,33 poin "
            "persen (dari 100,00 persen).",
        ),
    ],
)
def test_the_change_since_the_quarter_before_is_that_of_the_printed_figures(before, words):
    now = make_snapshot(OWED)
    earlier = make_snapshot(
        {agency: {"1": before, "2": before} for agency in OWED}, period="Triwulan IV", period_key="B12"
    )
    told = sentences(now, ranked=False, trend=[Point.of(earlier), Point.of(now)])
    assert f"Dibandingkan dengan Triwulan IV (B12), {words}" in told


def test_a_quarter_that_still_runs_is_not_compared():
    now = make_snapshot(OWED, due_at=CUTOFF + timedelta(days=1))
    told = sentences(now, ranked=False, trend=[Point.of(replace(now, period_key="B12")), Point.of(now)])
    assert told[0].startswith("Angka ini sementara: batas waktu")
    assert not [sentence for sentence in told if "Dibandingkan" in sentence]


def test_extensions_and_outages_are_counted_by_kind():
    common = {"whom": "Semua instansi", "until": DUE, "decided_at": DUE, "reason": "Banjir", "obligations": 1}
    ends = tuple(LaterEnd(kind=kind, **common) for kind in ("Gangguan layanan", "Perpanjangan", "Perpanjangan"))
    told = sentences(make_snapshot(OWED, later_ends=ends), ranked=False)
    assert any(sentence.startswith("Tercatat 1 gangguan layanan dan 2 perpanjangan;") for sentence in told)


def test_without_obligations_there_is_one_sentence():
    assert sentences(make_snapshot({regency(1): {}}), ranked=False) == (
        "Tidak ada kewajiban pelaporan pada periode ini.",
    )


def test_league_tables_stand_only_where_ranks_do():
    assert document(make_snapshot(OWED), ranked=False).leagues == ()
    (league,) = document(make_snapshot(OWED), ranked=True).leagues
    assert league.columns[0].title == "Peringkat sementara"
    (league,) = document(make_snapshot(OWED, released_at=RELEASED), ranked=False).leagues
    assert [row[:2] for row in league.rows] == [(1, "33.01"), (1, "33.02"), (3, "91.01"), (4, "91.02")]


def test_of_equal_ranks_a_figure_of_nothing_stands_before_none():
    owed = {regency(1): {"1": "late"}, regency(2): {"1": "returned"}, regency(3): {"1": "good"}}
    (league,) = document(make_snapshot(owed, released_at=RELEASED), ranked=False).leagues
    assert [row[:2] for row in league.rows] == [(1, "33.03"), (1, "33.02"), (1, "33.01")]


def test_a_large_level_is_shown_by_its_top_and_by_who_has_most_to_do():
    owed = {regency(n): {"1": "good" if n < 15 else "-", "2": "good"} for n in range(1, 31)}
    top, most = document(make_snapshot(owed, released_at=RELEASED), ranked=False).leagues
    assert [row[1] for row in top.rows] == [f"33.{n:02}" for n in range(1, 11)]
    assert [row[5] for row in most.rows] == [1] * 10
    assert not {row[1] for row in top.rows} & {row[1] for row in most.rows}


def test_who_has_not_reported_is_listed_with_what_is_missing():
    table = document(make_snapshot(OWED), ranked=False).unreported
    assert [(row[0], row[5], row[6]) for row in table.rows] == [("91.01", 1, "2-a"), ("91.02", 2, "1-a, 2-a")]


@pytest.mark.parametrize(
    ("owed", "more", "title", "scope"),
    [
        (OWED, {}, "Laporan kepatuhan pelaporan nasional", "nasional"),
        (
            {regency(1): {"1": "good"}, regency(2): {"1": "-"}},
            {},
            "Rekap kepatuhan Provinsi Jawa Tengah",
            "wilayah Provinsi Jawa Tengah",
        ),
        ({regency(1): {"1": "good"}}, {}, "Laporan kepatuhan pelaporan", "Kabupaten Jawa Tengah 1"),
        (OWED, {"scope": "tingkat Kabupaten"}, "Laporan kepatuhan pelaporan", "tingkat Kabupaten"),
    ],
)
def test_title_and_scope_say_what_it_is(owed, more, title, scope):
    """Also where nothing was chosen, and the reader's rights alone made it small."""
    shown = document(make_snapshot(owed, **more), ranked=False)
    assert (shown.title, shown.identity["scope"]) == (title, scope)


def test_the_pdf_of_a_quarter_tells_what_changed_since_the_one_before(demo_app, client, sign_in):
    sign_in(make_person(Role.SECRETARIAT, name="Sekretariat"))
    assert "Dibandingkan dengan Triwulan IV (B12), " in pdf_text(client.get(f"/kepatuhan.pdf{TEMANGGUNG}B15").data)
    assert "Dibandingkan" not in pdf_text(client.get(f"/kepatuhan.pdf{TEMANGGUNG}B03").data)
