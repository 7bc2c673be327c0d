"""A percentage, a score or a class that somebody types is found; ordinary numbers are left alone."""

import pytest

from stranas.publication.checking import as_read
from stranas.publication.wording import changed_figure, has_braces, typed_number


@pytest.mark.parametrize(
    "words",
    [
        "87 persen",
        "87,5 %",
        "8**7** persen",
        "87&nbsp;persen",
        "８７ persen",
        "8\u200b7 persen",
        "87 per&#115;en",
        "0" * 60 + "87 persen",
        "delapan puluh tujuh persen",
        "nilai 62,50",
        "nilai akhir 90",
        "Nilai capaian sebesar 62,50 poin",
        "Capaian kami mencapai 87 pada triwulan ini",
        "capaian naik dari 50 menjadi 75",
        "kepatuhan pelaporan 100.",
        "capaian 87/100",
        "skor 75 dari 100",
        "Kami meraih 62,50.",
        "naik 12,5 poin persentase",
        "kelas Baik",
        "kategori: cukup",
        "|Ukuran|Angka|\n|-|-|\n|Capaian|87|",
        "Capaian\n87",
    ],
)
def test_a_figure_typed_by_hand_is_found(words):
    assert typed_number(as_read("body", words))


@pytest.mark.parametrize(
    "words",
    [
        "12 desa",
        "pada 14 Juli 2020 pukul 09.00",
        "Rp 2,50 miliar",
        "Rp2.500.000",
        "nilai kontrak Rp 2.500.000",
        "nilai 5 juta rupiah",
        "lahan 25,75 hektare",
        "capaian 12 desa",
        "Capaian 2019",
        "capaian Triwulan IV (B12)",
        "capaian Aksi 9",
        "Perpres 54/2018 pasal 3 ayat (2)",
        "lolos 4 usulan",
        "seratus orang",
        "kurang baik",
        "pelayanan kategori umum",
        "Capaian {{capaian}} persen",
        "naik dari {{capaian:9:B09}} menjadi {{capaian}} persen",
    ],
)
def test_an_ordinary_number_is_fine(words):
    assert typed_number(as_read("body", words)) == ""


@pytest.mark.parametrize(
    "words",
    [
        "1{{capaian}}",
        "1,{{capaian}}",
        "{{capaian}}5",
        "{{capaian}},5",
        "{{capaian}}**5**",
        "{{capaian}}\u200b5",
        "-{{capaian}}",
        "{{wajib}}{{diterima}}",
        "{{wajib}} persen",
        "{{wajib}}%",
        "{{capaian}} juta",
    ],
)
def test_what_makes_another_number_of_a_figure_is_found(words):
    assert changed_figure(as_read("body", words))


@pytest.mark.parametrize("words", ["{{capaian}}, 5 desa", "{{diterima}} dari {{wajib}}", "- {{capaian}}", "{{kelas}}."])
def test_a_figure_may_stand_beside_words(words):
    assert not changed_figure(as_read("body", words))


@pytest.mark.parametrize("words", [r"\{{capaian}}", "&#123;{capaian}}", "{{capaian", "{{capaian\n}}", "{{ca<b>paian}}"])
def test_braces_that_are_no_figure_are_found(words):
    assert has_braces(as_read("body", words))


@pytest.mark.parametrize("piece", ["1", "1,", "satu ", " ", "\n", "%", "{{", "capaian ", "persen ", "nilai dari ", "⟦"])
def test_fifty_thousand_characters_are_read_at_once(piece):
    import time

    words = (piece * 50_000)[:50_000]
    began = time.perf_counter()
    typed_number(words), changed_figure(words)
    assert time.perf_counter() - began < 2
