"""To whom letters go: offices of every kind of agency, through whom, and who gets a copy."""

import csv
from pathlib import Path

import pytest

from stranas.reminders import addressing
from stranas.reminders.addressing import Place

TEMANGGUNG = Place("33.23", "Kabupaten Temanggung", "kabupaten", "Provinsi Jawa Tengah", "Temanggung")
CENTRAL_JAVA = Place("33", "Provinsi Jawa Tengah", "provinsi", seat="Semarang")
SOCIAL = Place("kemensos", "Kementerian Sosial", "kl")
AGENCIES = Path(__file__).parents[2] / "seed_data" / "agencies.csv"


def ministries() -> list[Place]:
    with AGENCIES.open() as rows:
        return [Place(row["code"], row["name"], "kl") for row in csv.DictReader(rows) if row["level"] == "kl"]


def test_a_regency_is_written_to_through_its_governor():
    assert addressing.secretary(TEMANGGUNG) == "Sekretaris Daerah Kabupaten Temanggung"
    assert addressing.head(TEMANGGUNG) == "Bupati Temanggung"
    assert addressing.governor(TEMANGGUNG) == "Gubernur Jawa Tengah"


def test_a_province_and_a_ministry_are_written_to_directly():
    assert addressing.head(CENTRAL_JAVA) == "Gubernur Jawa Tengah"
    assert addressing.head(SOCIAL) == "Menteri Sosial"
    assert addressing.governor(CENTRAL_JAVA) == addressing.governor(SOCIAL) == ""


def test_the_first_letter_is_copied_to_nobody_above_its_addressee():
    assert addressing.copies_to_secretary(TEMANGGUNG) == (
        "Inspektur Provinsi Jawa Tengah",
        "Inspektur Kabupaten Temanggung",
    )
    assert addressing.copies_to_secretary(SOCIAL) == ("Inspektur Jenderal Kementerian Sosial",)


def test_the_second_letter_is_copied_to_those_who_supervise():
    assert addressing.copies_to_head(TEMANGGUNG) == (
        "Menteri Dalam Negeri c.q. Inspektur Jenderal Kementerian Dalam Negeri",
        "Gubernur Jawa Tengah c.q. Inspektur Provinsi Jawa Tengah",
        "Sekretaris Daerah Kabupaten Temanggung",
        "Inspektur Kabupaten Temanggung",
    )
    assert addressing.copies_to_head(SOCIAL) == (
        "Sekretaris Jenderal Kementerian Sosial",
        "Inspektur Jenderal Kementerian Sosial",
    )


OFFICES = {
    ("bps", "Badan Pusat Statistik"): ("Sekretaris Utama Badan Pusat Statistik", "Kepala Badan Pusat Statistik"),
    ("kejagung", "Kejaksaan Agung"): ("Jaksa Agung Muda Pembinaan", "Jaksa Agung Republik Indonesia"),
    ("kementerian-bumn", "Kementerian BUMN"): ("Sekretaris Kementerian BUMN", "Menteri BUMN"),
    ("ojk", "Otoritas Jasa Keuangan"): (
        "Pimpinan Sekretariat Otoritas Jasa Keuangan",
        "Pimpinan Otoritas Jasa Keuangan",
    ),
}


@pytest.mark.parametrize("agency", OFFICES)
def test_offices_of_agencies_have_their_own_names(agency):
    place = Place(*agency, "kl")
    assert (addressing.secretary(place), addressing.head(place)) == OFFICES[agency]


def test_what_the_agency_says_of_itself_goes_first():
    own = Place("bpkp", "BPKP", "kl", head="Kepala BPKP", oversight="Inspektorat Utama", seat="Jakarta Timur")
    assert addressing.head(own) == "Kepala BPKP"
    assert addressing.overseer(own) == "Inspektur Utama BPKP"
    assert addressing.seat(own) == "Jakarta Timur"


def test_every_code_with_an_office_of_its_own_is_an_agency():
    known = {place.code for place in ministries()}
    assert len(known) == 53
    assert {*addressing.LED_BY_SECRETARY, *addressing.OFFICES, *addressing.NO_AGENCY} <= known


def test_no_two_ministries_share_an_office():
    for of in (addressing.secretary, addressing.head):
        offices = [of(place) for place in ministries()]
        assert len(set(offices)) == len(offices)
