"""Country, region and agency: the same figures, on the way down to the single evidence; filters stay in the address."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Programme
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import NOW, settle
from tests.factories import make_obligation, make_period, make_person, make_target
from tests.pages import faults
from tests.release.people import release
from tests.verification.people import file_for, make_document

FIXED = "2020-07-12T02:00:00+00:00"
PART = {"HX-Request": "true"}


@pytest.fixture
def period(app):
    with clock.at(NOW):
        yield settle(agencies=60)


@pytest.fixture
def before(period):
    """B12, released: of three agencies, of which one reported with evidence and in time."""
    due = datetime(2020, 1, 15, 17, tzinfo=UTC)
    earlier = make_period(
        db.session.get(Programme, period.programme_id),
        key="B12",
        name="Triwulan IV",
        position=4,
        starts_on=date(2019, 10, 1),
        ends_on=date(2019, 12, 31),
        due_at=due,
        locks_at=due + timedelta(days=14),
        verification_ends_at=due + timedelta(days=60),
    )
    item = db.session.scalars(db.select(Item).where(Item.key == "1-a")).one()
    target = make_target(item, earlier)
    owed = [make_obligation(_agency(code), target) for code in ("11", "11.01", "12.01")]
    document = make_document(owed[1].agency, "Rekap izin.pdf")
    file_for(owed[1], at=due - timedelta(days=1), document=document)
    release(earlier, at=due + timedelta(days=90))
    return earlier


@pytest.fixture
def ani(period, sign_in):
    return sign_in(make_person(Role.SECRETARIAT, name="Ani"))


def _agency(code: str) -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == code)).one()


def _sign_in(sign_in, code: str) -> None:
    sign_in(make_person(Role.COORDINATOR, _agency(code), name=f"Gita {code}"))


def _links(html: str, start: str) -> list[str]:
    return [unescape(found) for found in re.findall(rf'href="({re.escape(start)}[^"#]*)', html)]


@pytest.mark.parametrize(
    "address",
    [
        "/kepatuhan?banding=B12&semua=1",
        "/kepatuhan?tingkat=kabupaten",
        "/kepatuhan?provinsi=11&banding=B12",
        "/kepatuhan?triwulan=B12&instansi=11.01&banding=B15",
        "/kepatuhan/tren?triwulan=B15",
        "/kepatuhan/posisi?triwulan=B15&instansi=11.01",
        "/kepatuhan/profil/11.01?triwulan=B12",
        "/kepatuhan/profil/kl-01?triwulan=B15",
    ],
)
def test_every_page_is_in_order(client, ani, before, address):
    answer = client.get(address)
    assert answer.status_code == 200
    assert faults(answer.text) == []


def test_the_country_leads_to_its_provinces_and_the_region_to_its_agencies(client, ani):
    country = client.get(f"/kepatuhan?triwulan=B15&keadaan={FIXED.replace('+', '%2B')}").text
    (down, *_) = [link for link in _links(country, "/kepatuhan?") if "provinsi=11" in link]
    assert "triwulan=B15" in down
    region = client.get(down).text
    assert "Wilayah Provinsi Aceh" in region
    assert "Kepatuhan per instansi dan aksi (%)" in region
    (down, *_) = [link for link in _links(region, "/kepatuhan?") if "instansi=11.01" in link]
    assert f"keadaan={FIXED}" in down.replace("%2B", "+").replace("%3A", ":")
    agency = client.get(down).text
    assert "Rincian kewajiban" in agency
    assert "keadaan 12 Juli 2020 pukul 09.00" in agency
    assert any("provinsi=11" in link for link in _links(agency, "/kepatuhan?"))


def test_sub_actions_stand_behind_a_link(client, ani):
    assert "Menurut sub-aksi</h2>" not in client.get("/kepatuhan").text
    everything = client.get("/kepatuhan?semua=1").text
    assert "Menurut sub-aksi</h2>" in everything
    assert "Sub-aksi percontohan 1-a" in everything


def test_an_agency_outside_the_chosen_province_gives_way(client, ani):
    assert "Wilayah Provinsi Sumatera Utara" in client.get("/kepatuhan?provinsi=12&instansi=11.01").text


def test_an_obligation_leads_to_its_report_and_its_evidence(client, before, sign_in):
    for role, code in ((Role.OBSERVER, None), (Role.COORDINATOR, "11.01"), (Role.COORDINATOR, "11")):
        sign_in(make_person(role, _agency(code) if code else None, name=f"{role.value} {code}"))
        page = client.get("/kepatuhan?triwulan=B12&instansi=11.01").text
        (report,) = _links(page, "/laporan/")
        (document,) = _links(page, "/dokumen/")
        assert "1 data dukung" in page
        assert client.get(report).status_code == client.get(document).status_code == 200


def test_every_link_to_a_report_opens_and_a_draft_of_others_has_none(client, ani):
    drafts = 0
    for agency in db.session.scalars(db.select(Agency).where(Agency.province_id.is_not(None)).limit(20)):
        page = client.get(f"/kepatuhan?triwulan=B15&instansi={agency.code}").text
        links = _links(page, "/laporan/")
        assert {client.get(link).status_code for link in links} <= {200}
        rows = db.session.scalars(db.select(Submission).join(Obligation).where(Obligation.agency_id == agency.id))
        never_sent = [row for row in rows if row.status is Status.DRAFT and not row.versions]
        drafts += len(never_sent)
        assert not {f"/laporan/{row.obligation_id}" for row in never_sent} & set(links)
    assert drafts > 2


def test_a_comparison_subtracts_what_both_reports_print(client, ani, before):
    now, then = (
        {f["key"]: f["mean"] for f in client.get(f"/kepatuhan.json?triwulan={key}").json["key_figures"]}
        for key in ("B15", "B12")
    )
    page = client.get("/kepatuhan?triwulan=B15&banding=B12").text
    by = Decimal(str(now["compliance"])) - Decimal(str(then["compliance"]))
    printed = f"{'+' if by > 0 else '−'}{abs(by):.2f}".replace(".", ",")
    assert f"<b>{printed}</b> poin persen; B12: {then['compliance']:.2f}".replace(".", ",") in page.replace(".", ",")
    assert "Dibandingkan dengan Triwulan IV (B12)" in page
    assert all("banding=B12" in link for link in _links(page, "/kepatuhan?") if "provinsi=" in link)


def test_a_comparison_with_an_unknown_period_is_a_clear_404_and_with_itself_none(client, ani):
    assert "Triwulan B99 tidak ada" in client.get("/kepatuhan?banding=B99").text
    assert "poin persen" not in client.get("/kepatuhan?triwulan=B15&banding=B15").text


def test_nobody_learns_by_comparing_how_others_were_judged(client, before, sign_in):
    """B15 is not released: a province that stands in B12 sees of it only how was reported."""
    _sign_in(sign_in, "11")
    page = client.get("/kepatuhan?triwulan=B12&banding=B15").text
    (said,) = re.findall(r"Lolos verifikasi pertama</span>.*?selisih\">(.*?)</span>", page, re.S)
    assert re.sub(r"<[^>]+>", "", said) == "– poin persen; B15: –"


def test_the_trend_comes_as_a_part_or_as_a_page(client, ani, before):
    assert 'hx-get="/kepatuhan/tren?triwulan=B15"' in client.get("/kepatuhan?triwulan=B15").text
    part = client.get("/kepatuhan/tren?triwulan=B15", headers=PART).text
    page = client.get("/kepatuhan/tren?triwulan=B15").text
    assert "<h1" not in part
    assert "<h1" in page
    for text in (part, page):
        assert "pada B15 (sementara)" in text
        assert "Triwulan IV (B12), Oktober–Desember 2019" in text


def test_a_trend_is_of_what_the_reader_sees(client, before, sign_in):
    _sign_in(sign_in, "11.01")
    own = client.get("/kepatuhan/tren?triwulan=B12", headers=PART).text
    assert "Kepatuhan: 100,00 persen pada B12." in own
    _sign_in(sign_in, "12.01")
    assert "Kepatuhan: 0,00 persen pada B12." in client.get("/kepatuhan/tren?triwulan=B12", headers=PART).text
    assert client.get("/kepatuhan/tren?triwulan=B12&instansi=11.01").status_code == 404


def test_a_place_is_shown_to_the_agency_after_the_release_only(client, period, sign_in):
    _sign_in(sign_in, "11.01")
    address = "/kepatuhan/posisi?triwulan=B15&instansi=11.01"
    assert "ditampilkan setelah penetapan hasil" in client.get(address, headers=PART).text
    assert "/kepatuhan/posisi" not in client.get("/kepatuhan?triwulan=B15").text
    release(period, at=NOW - timedelta(days=5))
    assert "/kepatuhan/posisi" in client.get("/kepatuhan?triwulan=B15").text
    shown = client.get(address, headers=PART).text
    assert "Peringkat kepatuhan" in shown
    assert "Wilayah Aceh" in shown
    assert "Sumatera" not in shown
    assert client.get("/kepatuhan/posisi?triwulan=B15&instansi=12.01").status_code == 404


def test_the_secretariat_sees_places_before_marked_so(client, ani):
    shown = client.get("/kepatuhan/posisi?triwulan=B15&instansi=11.01", headers=PART).text
    assert "Peringkat kepatuhan, sementara" in shown
    assert client.get("/kepatuhan/posisi?triwulan=B15").status_code == 404
