"""Who sees which figures; what the address may ask; that taking a file is noted."""

import re
from datetime import UTC, date, datetime, timedelta

import html5lib
import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import Agency
from stranas.compliance.choices import PeriodChoice, reported_period
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry
from tests.compliance.country import NOW, settle
from tests.factories import make_person


@pytest.fixture
def country(app):
    with clock.at(NOW):
        yield settle(agencies=60)


def _agency(code: str) -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == code)).one()


@pytest.fixture
def ani(country, sign_in):
    sign_in(make_person(Role.SECRETARIAT, name="Ani"))


@pytest.fixture
def budi(country, sign_in):
    sign_in(make_person(Role.COORDINATOR, _agency("11.01"), name="Budi"))


def test_the_page_is_valid_html_with_one_heading(client, ani):
    for address in ("/kepatuhan", "/kepatuhan?instansi=11.01", "/kepatuhan?provinsi=11&semua=1"):
        text = client.get(address).text
        parser = html5lib.HTMLParser(strict=True)
        parser.parse(re.sub(r"<(/?)(main|header|footer|nav|section)\b", r"<\1div", text))
        assert text.count("<h1") == 1
        ids = re.findall(r' id="([^"]+)"', text)
        assert len(ids) == len(set(ids))
        assert "<style" not in text
        assert " style=" not in text


def test_the_secretariat_sees_all_with_provisional_ranks(client, ani):
    text = client.get("/kepatuhan?triwulan=B15").text
    assert "Peringkat provinsi, sementara" in text
    assert "dari 60 instansi" in text
    assert "Kelas sementara" in text
    assert "skematis" in text


def test_a_quarter_is_reported_from_the_midnight_of_jakarta_on(app):
    """It is still 31 March in London then."""
    spans = (("B18", date(2020, 4, 1), date(2020, 6, 30)), ("B15", date(2020, 1, 1), date(2020, 3, 31)))
    choices = [PeriodChoice(key, key, begin, end, "stranas") for key, begin, end in spans]
    midnight = datetime(2020, 3, 31, 17, tzinfo=UTC)
    for instant, key in ((midnight - timedelta(seconds=1), "B18"), (midnight, "B15")):
        with clock.at(instant):
            assert reported_period(choices).key == key


def test_a_coordinator_sees_only_the_own_agency_and_no_class(client, budi):
    text = client.get("/kepatuhan?triwulan=B15").text
    assert "Kabupaten Percontohan Aceh 1" in text
    assert "Sumatera" not in text
    assert "Peringkat" not in text
    assert "Kelas capaian" not in text
    assert "Rincian kewajiban" in text


def test_a_coordinator_of_a_province_reads_its_region(client, country, sign_in):
    sign_in(make_person(Role.COORDINATOR, _agency("11"), name="Gita"))
    text = client.get("/kepatuhan?triwulan=B15").text
    assert "Kabupaten Percontohan Aceh 1" in text
    assert "Sumatera" not in text
    assert client.get("/kepatuhan?instansi=12.01").status_code == 404


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/kepatuhan?triwulan=B99", "Triwulan B99 tidak ada"),
        ("/kepatuhan?provinsi=99", "Provinsi dengan kode 99 tidak ada"),
        ("/kepatuhan?tingkat=desa", "Tingkat desa tidak ada"),
        ("/kepatuhan.xlsx?instansi=99.99", "Instansi dengan kode 99.99 tidak ada"),
        ("/kepatuhan.json?instansi=11.01&provinsi=12", "Instansi dengan kode 11.01 tidak ada"),
        ("/kepatuhan.csv?instansi=11.01&tingkat=kl", "Instansi dengan kode 11.01 tidak ada"),
        ("/kepatuhan/posisi", "Instansi belum dipilih"),
        ("/kepatuhan?triwulan=%E2%80%AEB15" + "9" * 3000, f"Triwulan B15{'9' * 56}… tidak ada"),
        ("/kepatuhan?keadaan=kemarin", "Waktu keadaan kemarin tidak dapat dibaca"),
        ("/kepatuhan?triwulan=%3Cscript%3E", "Triwulan &lt;script&gt; tidak ada"),
    ],
)
def test_an_unknown_word_in_the_address_is_a_clear_404(client, ani, address, sentence):
    answer = client.get(address)
    assert answer.status_code == 404
    assert sentence in answer.text


def test_another_agency_is_not_there_for_a_coordinator(client, budi):
    for address in ("/kepatuhan?instansi=12.01", "/kepatuhan.csv?instansi=12.01", "/kepatuhan.json?provinsi=12"):
        assert client.get(address).status_code == 404


def test_a_coordinator_takes_only_own_figures_and_no_class(client, budi):
    taken = client.get("/kepatuhan.json?triwulan=B15").json
    assert [agency["code"] for agency in taken["agencies"]] == ["11.01"]
    assert "class" not in taken["agencies"][0]
    assert {detail["agency_code"] for detail in taken["details"]} <= {"11.01"}


def test_taking_a_file_is_noted_with_its_filters(client, ani):
    answer = client.get("/kepatuhan.csv?triwulan=B15&provinsi=11")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kepatuhan-B15-20200713-0858.csv"'
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "export_compliance")).one()
    assert (entry.actor_name, entry.details["filters"]["provinsi"]) == ("Ani", "11")


def test_a_unit_may_not_open_it(client, country, sign_in):
    sign_in(make_person(Role.UNIT, _agency("11.01"), name="Umar"))
    assert client.get("/kepatuhan").status_code == 403
    assert client.get("/kepatuhan.pdf").status_code == 403


def test_without_any_period_the_page_says_what_comes(client, sign_in, app):
    sign_in(make_person(Role.SECRETARIAT, name="Ani"))
    assert "Belum ada triwulan" in client.get("/kepatuhan").text


def test_the_page_stays_light_with_many_agencies(client, sign_in, app):
    with clock.at(NOW):
        settle(agencies=595)
        sign_in(make_person(Role.SECRETARIAT, name="Ani"))
        assert len(client.get("/kepatuhan").data) < 200_000
