"""Dates as Indonesian papers write them."""

from datetime import date

import pytest

from stranas.evidence.checks.written_dates import number, spans

JUNE_20 = (date(2020, 6, 20), date(2020, 6, 20))

WRITTEN = [
    ("Ditetapkan di Temanggung pada tanggal 20 Juni 2020", [JUNE_20]),
    ("tanggal dua puluh bulan Juni tahun dua ribu dua puluh", [JUNE_20]),
    ("pukul 10.00, tanggal 20 bulan Juni tahun 2020", [JUNE_20]),
    ("20-06-2020, 20/6/2020, 20.06.2020, 2020-06-20", [JUNE_20] * 4),
    ("20 Jun. 2020 dan 20-Juni-2020", [JUNE_20] * 2),
    ("1 s.d. 30 Juni 2020", [(date(2020, 6, 1), date(2020, 6, 30))]),
    ("28 Nopember 2019 s/d 3 Jan 2020", [(date(2019, 11, 28), date(2020, 1, 3))]),
    ("April – Juni 2020", [(date(2020, 4, 1), date(2020, 6, 30))]),
    ("bulan Pebruari tahun 2020", [(date(2020, 2, 1), date(2020, 2, 29))]),
    ("Peraturan Presiden Nomor 54 Tahun 2018, NIP 19800101 200501 1 001, nomor 188.45/12/2020", []),
    ("Triwulan II Tahun 2020", [(date(2020, 4, 1), date(2020, 6, 30))]),
    ("TW VI 2020, Q1 2020", [(date(2020, 4, 1), date(2020, 6, 30)), (date(2020, 1, 1), date(2020, 3, 31))]),
    ("Semester I 2020", [(date(2020, 1, 1), date(2020, 6, 30))]),
    ("45 Juni 2020x, 20/13/2020, tahun 2020", []),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN, ids=[text[:30] for text, _ in WRITTEN])
def test_dates_are_read_as_written(text, expected):
    assert [(span.first, span.last) for span in spans(text)] == expected


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("sebelas", 11),
        ("sembilan belas", 19),
        ("dua puluh satu", 21),
        ("dua ribu dua puluh", 2020),
        ("seribu sembilan ratus sembilan puluh delapan", 1998),
    ],
)
def test_numbers_in_words(words, value):
    assert number(words) == value
