import pytest

from stranas.agencies.rules import copies, government, head, office, oversight_unit


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


@pytest.mark.parametrize(
    ("name", "level", "unit", "expected"),
    [
        ("Kabupaten Temanggung", "kabupaten", "", "Inspektur Kabupaten Temanggung"),
        ("Kementerian Sosial", "kl", "", "Inspektur Jenderal Kementerian Sosial"),
        ("Badan Pusat Statistik", "kl", "Inspektorat Utama", "Inspektur Utama Badan Pusat Statistik"),
        ("BPJS Kesehatan", "kl", "SPI", "Pimpinan SPI BPJS Kesehatan"),
        ("Komisi Yudisial", "kl", "", "Pimpinan Unit Pengawasan Internal Komisi Yudisial"),
    ],
)
def test_letters_address_who_leads_the_oversight_unit(name, level, unit, expected):
    assert office(name=name, level=level, unit=unit) == expected


@pytest.mark.parametrize(
    ("name", "level", "province", "expected"),
    [
        (
            "Kabupaten Temanggung",
            "kabupaten",
            "Provinsi Jawa Tengah",
            (
                "Gubernur Jawa Tengah c.q. Inspektur Provinsi Jawa Tengah",
                "Inspektur Jenderal Kementerian Dalam Negeri",
                "Bupati Temanggung (sebagai laporan)",
            ),
        ),
        (
            "Provinsi Jawa Tengah",
            "provinsi",
            "",
            (
                "Menteri Dalam Negeri c.q. Inspektur Jenderal Kementerian Dalam Negeri",
                "Gubernur Jawa Tengah (sebagai laporan)",
            ),
        ),
        ("Kementerian Sosial", "kl", "", ("Menteri Sosial (sebagai laporan)",)),
    ],
)
def test_copies_go_to_whom_this_kind_of_agency_reports(name, level, province, expected):
    assert copies(name=name, level=level, province=province) == expected
