import pytest

from stranas.agencies.rules import government, head, oversight_unit


@pytest.mark.parametrize(
    ("name", "level", "expected"),
    [
        ("Kabupaten Temanggung", "kabupaten", ("Bupati Temanggung", "Inspektorat", "Pemerintah Kabupaten Temanggung")),
        ("Kota Magelang", "kota", ("Wali Kota Magelang", "Inspektorat", "Pemerintah Kota Magelang")),
        (
            "Provinsi Jawa Tengah",
            "provinsi",
            ("Gubernur Jawa Tengah", "Inspektorat", "Pemerintah Provinsi Jawa Tengah"),
        ),
        ("Kementerian Sosial", "kl", ("Menteri Sosial", "Inspektorat Jenderal", "Kementerian Sosial")),
        (
            "Badan Pusat Statistik",
            "kl",
            ("Pimpinan Badan Pusat Statistik", "Unit Pengawasan Internal", "Badan Pusat Statistik"),
        ),
    ],
)
def test_the_names_of_offices_follow_from_the_name_of_the_agency(name, level, expected):
    assert tuple(rule(name=name, level=level) for rule in (head, oversight_unit, government)) == expected
