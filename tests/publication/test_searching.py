"""People find an agency by what they type."""

import pytest

from stranas.publication.searching import matches, words_of
from tests.pages import faults


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("kab. temanggung", "Kabupaten Temanggung"),
        ("TEMANG", "Kabupaten Temanggung"),
        ("pemkot magelang", "Kota Magelang"),
        ("tanjungpinang", "Kota Tanjung Pinang"),
        ("prov jawa", "Provinsi Jawa Tengah"),
    ],
)
def test_people_find_an_agency_by_what_they_type(typed, name):
    assert matches(words_of(typed), [name])


def test_words_that_turn_the_direction_of_reading_turn_nothing_else(client):
    page = client.get("/capaian/cari?q=\u202eabc")
    assert "<bdi>\u202eabc</bdi>" in page.text
    assert faults(page.text) == []


def test_kota_does_not_find_kabupaten():
    assert not matches(words_of("kota magelang"), ["Kabupaten Magelang"])
    assert not matches(words_of(""), ["Kabupaten Magelang"])
