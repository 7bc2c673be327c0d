"""Daftar belum lapor: who has what still to send, by when, in the same words on page, Excel, PDF, CSV and JSON."""

import csv
import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from stranas.accounts.models import Role
from stranas.agencies.models import Agency, AgencyLevel
from stranas.compliance.missing import BEFORE_DUE, CLOSED, STILL_OPEN, missing, missing_list
from stranas.compliance.queries import snapshot
from stranas.deadlines.models import Outage
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry
from tests.compliance.country import DUE, NOW, settle
from tests.compliance.formats import pdf_text
from tests.factories import make_person
from tests.pages import faults

B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}
LIST = "/kepatuhan/belum-lapor"


@pytest.fixture
def country(app):
    with clock.at(NOW):
        yield settle(agencies=60)


def _agency(code: str) -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == code)).one()


def _waiting_in(province: str) -> Agency:
    """A kabupaten or kota that has something still to send."""
    listed = (one.agency for one in missing(snapshot(**B15)))
    return _agency(next(a.code for a in listed if a.province_code == province and a.level is not AgencyLevel.PROVINCE))


@pytest.fixture
def ani(country, sign_in):
    sign_in(make_person(Role.SECRETARIAT, name="Ani"))


def test_it_lists_what_is_owed_and_was_not_sent_and_nothing_else(country):
    seen = snapshot(**B15)
    listed = missing(seen)
    assert sum(one.missing for one in listed) == seen.total.pooled.expected - seen.total.pooled.received > 0
    assert all(one.expected - one.received == one.missing > 0 for one in listed)
    assert not [d for d in seen.details if d.result.beside and d.item_key in _keys_of(listed, d.agency.id)]


def _keys_of(listed, agency_id: int) -> list[str]:
    return [part.item_key for one in listed if one.agency.id == agency_id for part in one.parts]


def test_they_stand_by_level_province_and_code(country):
    listed = [one.agency for one in missing(snapshot(**B15))]
    order = [(list(AgencyLevel).index(a.level), a.province_code, a.code) for a in listed]
    assert order == sorted(order)
    assert {a.level for a in listed} >= {AgencyLevel.KL, AgencyLevel.REGENCY}


def test_it_says_to_the_second_whether_a_report_can_still_be_sent(country):
    due_at, closes_at = next((d.due_at, d.closes_at) for d in snapshot(**B15).details if d.agency.code == "kl-05")
    assert due_at < closes_at
    second = timedelta(seconds=1)
    for cutoff, said in (
        (due_at - second, BEFORE_DUE),
        (due_at, STILL_OPEN),
        (closes_at - second, STILL_OPEN),
        (closes_at, CLOSED),
    ):
        (one,) = [w for w in missing(snapshot(**B15, cutoff=cutoff)) if w.agency.code == "kl-05"]
        assert {part.sending for part in one.parts} == {said}


def test_an_extension_gives_its_agencies_a_later_instant(country):
    listed = missing(snapshot(**B15))
    extended = {part.due_at for one in listed if one.agency.province_code == "11" for part in one.parts}
    others = {part.due_at for one in listed if one.agency.province_code == "12" for part in one.parts}
    assert min(extended) > max(others)


def test_an_outage_at_the_closing_keeps_filing_open_longer(country):
    before = missing(snapshot(**B15))[0].parts[0].closes_at
    db.session.add(
        Outage(
            period_id=country.id,
            began_at=before - timedelta(hours=1),
            ended_at=before + timedelta(hours=1),
            extends_to=before + timedelta(days=1),
            reason="Jaringan terputus",
            decided_at=before + timedelta(hours=2),
        )
    )
    db.session.flush()
    assert missing(snapshot(**B15))[0].parts[0].closes_at == before + timedelta(days=1)


def test_offices_are_named_and_their_own_name_goes_first(country):
    local = _waiting_in("11")
    local.oversight_unit = "Inspektorat Daerah"
    db.session.flush()
    offices = {one.agency.code: one.agency.office for one in missing(snapshot(**B15))}
    assert offices[local.code] == f"Inspektorat Daerah {local.name}"
    assert offices["kl-01"] == "Inspektorat Jenderal Kementerian Urusan Nomor 1"


def test_the_page_and_the_files_list_the_same(client, ani):
    address = "?triwulan=B15&keadaan=2020-07-12T02:00:00%2B00:00&provinsi=11"
    page = client.get(f"{LIST}{address}").text
    assert faults(page) == []
    on_page = re.findall(r'<td class="kode">([^<]+)</td><td class="isi-target">', page)
    taken = client.get(f"{LIST}.json{address}").json
    assert [row["item_key"] for row in taken["missing"]] == on_page != []
    rows = list(csv.DictReader(io.StringIO(client.get(f"{LIST}.csv{address}").data.decode("utf-8-sig"))))
    assert [row["item_key"] for row in rows] == on_page
    book = load_workbook(io.BytesIO(client.get(f"{LIST}.xlsx{address}").data))
    assert book.sheetnames == ["Instansi", "Belum terkirim", "Kamus data"]
    found = list(book["Belum terkirim"].iter_rows(min_row=2, values_only=True))
    assert [row[6] for row in found] == on_page
    pdf = pdf_text(client.get(f"{LIST}.pdf{address}").data)
    for agency in taken["agencies"]:
        words = f"{agency['agency']} {agency['missing']} dari {agency['expected']} belum terkirim. {agency['office']}"
        assert words in pdf


def test_a_long_list_on_paper_has_one_line_for_each_agency(client, ani):
    listed = missing(snapshot(**B15))
    assert len(listed) > 40
    pdf = pdf_text(client.get(f"{LIST}.pdf?triwulan=B15").data)
    assert all(
        f"{one.agency.name} {one.agency.oversight_unit} {one.missing} dari {one.expected}" in pdf for one in listed
    )


def test_the_filters_stay_in_every_address_of_the_page(client, ani):
    page = client.get(f"{LIST}?triwulan=B15&provinsi=11").text
    for href in re.findall(r'href="(/kepatuhan[^"]*)"', page.split("<h1")[1]):
        assert "provinsi=11" in href


def test_an_old_cutoff_stays_in_every_address_of_the_page(client, ani):
    fixed = "keadaan=2020-07-12T02:00:00%2B00:00"
    page = client.get(f"{LIST}?triwulan=B15&{fixed}").text
    links = re.findall(r'href="(/kepatuhan[^"]*)"', page.split("Remah")[1])
    assert len(links) > 4
    assert all(fixed in href for href in links)
    assert 'name="keadaan" value="2020-07-12T02:00:00+00:00"' in page
    for part in ("belum-lapor", "unduhan"):
        assert re.search(rf'href="/kepatuhan/{part}\?[^"]*{re.escape(fixed)}', client.get(f"/kepatuhan?{fixed}").text)


def test_an_agency_of_another_province_gives_way_to_the_province(client, ani):
    """The form keeps the last agency when a reader goes on to another province."""
    page = client.get(f"{LIST}?triwulan=B15&provinsi=12&instansi={_waiting_in('11').code}").text
    assert "Wilayah Provinsi Sumatera Utara" in page
    assert "Tidak ada kewajiban" not in page


def test_the_report_leads_to_the_list_with_its_filters(client, ani):
    assert f'href="{LIST}?triwulan=B15&amp;provinsi=11"' in client.get("/kepatuhan?triwulan=B15&provinsi=11").text


def test_a_coordinator_reads_only_what_the_own_agency_owes(client, country, sign_in):
    own = _waiting_in("11")
    sign_in(make_person(Role.COORDINATOR, own, name="Budi"))
    taken = client.get(f"{LIST}.json?triwulan=B15").json
    assert {row["agency_code"] for row in taken["missing"]} == {own.code}
    assert "Sumatera" not in client.get(f"{LIST}?triwulan=B15").text
    assert client.get(f"{LIST}?instansi=12.01").status_code == 404


def test_a_unit_may_not_open_it(client, country, sign_in):
    sign_in(make_person(Role.UNIT, _agency("11.01"), name="Umar"))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}.pdf").status_code == 403


def test_taking_the_list_is_noted_with_its_filters(client, ani):
    answer = client.get(f"{LIST}.csv?triwulan=B15&provinsi=11")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="belum-lapor-B15-20200713-0858.csv"'
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "export_missing_reports")).one()
    assert (entry.actor_name, entry.details["filters"]["provinsi"]) == ("Ani", "11")


def test_nothing_to_list_is_said_in_a_sentence(client, ani):
    """At an instant before anything was in force, nothing is owed."""
    page = client.get(f"{LIST}?triwulan=B15&keadaan=2018-01-01T00:00:00%2B00:00").text
    assert "Tidak ada kewajiban pelaporan" in page
    assert faults(page) == []
    empty = missing_list(snapshot(**B15, cutoff=DUE.replace(year=2018)))
    assert empty.waiting == ()
    pdf = pdf_text(client.get(f"{LIST}.pdf?triwulan=B15&keadaan=2018-01-01T00:00:00%2B00:00").data)
    assert "Tidak ada laporan yang belum terkirim" in pdf


def test_the_page_stays_light_with_many_agencies(client, sign_in, app):
    with clock.at(NOW):
        settle(agencies=595)
        sign_in(make_person(Role.SECRETARIAT, name="Ani"))
        assert len(client.get(LIST).data) < 200_000
