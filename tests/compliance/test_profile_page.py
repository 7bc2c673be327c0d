"""The profile of an agency: the page and the two pages of A4 say what the report says, to whom it says it."""

import re
from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import Agency
from stranas.compliance.document import document
from stranas.compliance.profile import profile, profiles
from stranas.compliance.queries import reasons_by_agency, snapshot, trend
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry
from stranas.system.text import number
from tests.compliance.country import NOW, settle
from tests.factories import make_person
from tests.papers import pages_of
from tests.release.people import release
from tests.release.test_what_is_hidden import _judge_otherwise

B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}
CUTOFF = NOW - timedelta(minutes=3)


@pytest.fixture
def period(app):
    with clock.at(NOW):
        yield settle(agencies=60)


def _agency(code: str) -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == code)).one()


def _all(**more):
    country = snapshot(**B15, cutoff=CUTOFF)
    points = trend(programme_key=B15["programme_key"], until="B15", cutoff=CUTOFF)
    return country, list(profiles(country, points, country=country, **more))


def test_there_is_one_for_every_agency_in_the_order_of_the_report(period):
    country, made = _all()
    assert [one.code for one in made] == [row.agency.code for row in country.agencies]
    figures = {r["code"]: r for r in document(country, ranked=True).agencies.records()}
    for one in made:
        shown = {figure.key: figure.value for figure in (*one.counts, *one.rates)}
        assert len(shown) == 9
        assert all(shown[key] == number(figures[one.code][key], places=0 if key in COUNTS else 2) for key in shown)


COUNTS = ("expected", "received", "on_time", "verified", "accepted")


def test_one_alone_says_the_same_as_in_the_row_of_all(period):
    _, made = _all(reasons=reasons_by_agency(**B15, cutoff=CUTOFF))
    (of_all,) = [one for one in made if one.code == "11.01"]
    own = snapshot(**B15, cutoff=CUTOFF, agency_code="11.01")
    points = trend(programme_key=B15["programme_key"], until="B15", cutoff=CUTOFF, agency_code="11.01")
    alone = profile(own, points, places=None)
    assert alone.standings == ()
    assert of_all.standings
    same = ("rates", "counts", "trend", "actions", "obligations", "reasons", "reasons_note", "open", "definitions")
    assert {name: getattr(alone, name) for name in same} == {name: getattr(of_all, name) for name in same}


def test_the_reasons_of_all_agencies_together_are_those_of_the_report(period):
    country = snapshot(**B15, cutoff=CUTOFF)
    counted: dict[str, int] = {}
    for reasons in reasons_by_agency(**B15, cutoff=CUTOFF).values():
        for one in reasons:
            counted[one.code] = counted.get(one.code, 0) + one.count
    assert counted == {one.code: one.count for one in country.reasons} != {}


def test_what_is_open_names_each_obligation_once(period):
    _, made = _all()
    for one in made:
        named = re.findall(r"\d+-[abc]", " ".join(one.open))
        assert len(named) == len(set(named))
        assert set(named) <= {line.key for line in one.obligations}
    assert {sentence.split(" ", 1)[1].split(":")[0] for one in made for sentence in one.open if ":" in sentence} == {
        "kewajiban belum dikirim",
        "laporan belum dikirim kembali",
        "laporan menunggu keputusan verifikator",
    }


def test_page_and_file_say_the_same_and_the_file_is_noted(client, period, sign_in):
    sign_in(make_person(Role.COORDINATOR, _agency("11.01"), name="Budi"))
    page = client.get("/kepatuhan/profil/11.01?triwulan=B15").text
    answer = client.get("/kepatuhan/profil/11.01.pdf?triwulan=B15")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="profil-capaian-11.01-B15.pdf"'
    pages = pages_of(answer.data)
    assert len(pages) == 2
    for value in re.findall(r"<b>(\d[\d.,]*)<", page):
        assert value in pages[0]
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "export_compliance")).one()
    assert (entry.actor_name, entry.details["filters"]["instansi"]) == ("Budi", "11.01")


@pytest.mark.parametrize("end", ["", ".pdf"])
def test_an_agency_out_of_sight_is_not_there(client, period, sign_in, end):
    sign_in(make_person(Role.COORDINATOR, _agency("11.01"), name="Budi"))
    for code in ("12.01", "99.99", "11"):
        assert client.get(f"/kepatuhan/profil/{code}{end}?triwulan=B15").status_code == 404
    sign_in(make_person(Role.UNIT, _agency("11.01"), name="Umar"))
    assert client.get(f"/kepatuhan/profil/11.01{end}?triwulan=B15").status_code == 403


PLACES = (
    "/kepatuhan/profil/11.01?triwulan=B15",
    "/kepatuhan/tren?triwulan=B15",
    "/kepatuhan/posisi?triwulan=B15&instansi=11.01",
    "/kepatuhan?triwulan=B15&provinsi=11",
)


def _read(client) -> list[str]:
    return [re.sub(r"csrf[^>]*>", "", client.get(place).text) for place in PLACES]


def test_a_province_reads_nothing_that_changes_with_how_others_were_judged(client, period, sign_in):
    sign_in(make_person(Role.COORDINATOR, _agency("11"), name="Gita"))
    before = _read(client)
    assert "Hasil verifikasi belum ditetapkan" in before[0]
    assert _judge_otherwise() > 40
    assert _read(client) == before
    release(period, at=NOW - timedelta(days=5))
    after = _read(client)
    assert all(one != other for one, other in zip(before, after, strict=True))
    assert "Peringkat kepatuhan" in after[0]
