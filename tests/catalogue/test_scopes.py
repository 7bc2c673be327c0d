"""Whom a scope expression names."""

import pytest

from stranas.catalogue.queries import agency_facts
from stranas.catalogue.rules import AgencyFacts, ScopeError, owing, scope_words


def agency(code: str, level: str, short_name: str, province: str = "", *seats: str) -> AgencyFacts:
    return AgencyFacts(
        id=0, code=code, level=level, name=short_name, short_name=short_name, province_code=province, seats=seats
    )


AGENCIES = [
    agency("lkpp", "kl", "LKPP"),
    agency("kemendagri", "kl", "Kemendagri"),
    agency("31", "provinsi", "DKI Jakarta", "", "Jakarta"),
    agency("33", "provinsi", "Jawa Tengah", "", "Semarang"),
    agency("33.01", "kabupaten", "Kab. Cilacap", "33", "Cilacap"),
    agency("33.22", "kabupaten", "Kab. Semarang", "33", "Ungaran"),
    agency("33.74", "kota", "Kota Semarang", "33", "Semarang"),
    agency("65", "provinsi", "Kalimantan Utara", "", "Tanjung Selor"),
    agency("65.01", "kabupaten", "Kab. Bulungan", "65", "Tanjung Selor"),
    agency("65.02", "kabupaten", "Kab. Malinau", "65", "Malinau"),
    agency("82", "provinsi", "Maluku Utara", "", "Sofifi"),
    agency("82.01", "kabupaten", "Kab. Halmahera Barat", "82", "Jailolo"),
    agency("82.72", "kota", "Kota Tidore Kepulauan", "82", "Soasio", "Sofifi"),
]


@pytest.mark.parametrize(
    ("expression", "codes"),
    [
        ("provinsi:all", ["31", "33", "65", "82"]),
        ("kabkota:all", ["33.01", "33.22", "33.74", "65.01", "65.02", "82.01", "82.72"]),
        ("kl:all", ["kemendagri", "lkpp"]),
        ("provinsi:65;31", ["65", "31"]),
        ("kl:LKPP;Kemendagri", ["lkpp", "kemendagri"]),
        ("kabkota:33.01;82.72", ["33.01", "82.72"]),
        ("kabkota:kabupaten_di_provinsi(33;82)", ["33.01", "33.22", "82.01"]),
        ("kabkota:semua_di_provinsi(82)", ["82.01", "82.72"]),
        ("kabkota:ibukota_provinsi", ["33.74", "65.01", "82.72"]),
        ("kabkota:kabupaten_pertama_per_provinsi", ["33.01", "65.02", "82.01"]),
    ],
)
def test_a_scope_names_these_agencies(expression, codes):
    assert [agency.code for agency in owing(expression, AGENCIES)] == codes


@pytest.mark.parametrize(
    "expression",
    [
        "",
        "provinsi",
        "provinsi:",
        "daerah:all",
        "provinsi:99",
        "provinsi:33.01",
        "kl:lkpp",
        "kabkota:33",
        "kabkota:semua_di_provinsi(99)",
        "kabkota:semua_di_provinsi()",
        "kabkota:kota_di_provinsi(33)",
        "provinsi:ibukota_provinsi",
        "provinsi:33;",
    ],
)
def test_an_unknown_scope_is_refused(expression):
    with pytest.raises(ScopeError):
        owing(expression, AGENCIES)


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("provinsi:all", "semua provinsi"),
        ("provinsi:33;65", "provinsi Jawa Tengah, Kalimantan Utara"),
        ("kl:LKPP;Kemendagri", "LKPP, Kemendagri"),
        ("kabkota:kabupaten_di_provinsi(33;82)", "kabupaten di provinsi Jawa Tengah, Maluku Utara"),
        ("kabkota:ibukota_provinsi", "ibu kota provinsi"),
    ],
)
def test_a_scope_reads_in_words(expression, words):
    assert scope_words(expression, AGENCIES) == words


def test_there_are_33_capitals_for_jakarta_has_no_kota(seeded_app):
    capitals = owing("kabkota:ibukota_provinsi", agency_facts())
    assert len({capital.province_code for capital in capitals}) == len(capitals) == 33


def test_the_five_one_map_provinces_have_64_kabupaten(seeded_app):
    assert len(owing("kabkota:kabupaten_di_provinsi(62;76;14;91;64)", agency_facts())) == 64
