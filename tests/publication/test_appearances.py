"""Rekap publikasi: where a story appeared is recorded by its own Humas, added up, and handed on as files that agree."""

import io
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.publication.appearing import day_problem, medium_name
from stranas.publication.models import Appearance
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import AuditEntry
from tests import factories
from tests.compliance.formats import pdf_text
from tests.pages import faults
from tests.publication.written import PUBLISHED_AT, show_story, write_story

TYPED = {
    "medium": "Instagram",
    "address": "https://www.instagram.com/p/abc",
    "appeared_on": "2020-07-06",
    "reach": "1250",
    "counted": "tayangan",
    "note": "",
}
RECAP = "/publikasi/rekap"


@pytest.fixture(autouse=True)
def _later():
    with clock.at(PUBLISHED_AT + timedelta(days=7)):
        yield


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def galih(temanggung, sign_in):
    person = factories.make_person(Role.HUMAS, temanggung, name="Galih")
    sign_in(person)
    return person


@pytest.fixture
def story(temanggung, galih):
    return show_story(temanggung, galih)


def record(client, story, **typed):
    return client.post(f"/publikasi/{story.id}/penayangan", data=TYPED | typed)


def rows() -> list[Appearance]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(Appearance).order_by(Appearance.id)))


def test_where_it_appeared_stands_on_the_page_of_the_story(client, story):
    assert record(client, story).status_code == 302
    page = client.get(f"/publikasi/{story.id}/penayangan").text
    assert "https://www.instagram.com/p/abc" in page
    assert "1.250" in page
    assert faults(page) == []
    (row,) = rows()
    assert (row.medium, row.reach, row.counted, row.appeared_on) == ("Instagram", 1250, "tayangan", date(2020, 7, 6))


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"medium": ""}, "Pilih atau tulis medianya"),
        ({"address": ""}, "Isi alamat tautan"),
        ({"address": "instagram.com/p/abc"}, "diawali https://"),
        ({"address": "http://www.instagram.com/p/abc"}, "diawali https://"),
        ({"medium": "Majalah dinding", "address": "www.a.go.id"}, "diawali https://"),
        ({"medium": "Baliho atau spanduk", "address": " "}, "Tulis tempat atau acaranya"),
        ({"appeared_on": "2020-07-14"}, "paling lambat hari ini, 13 Juli 2020"),
        ({"appeared_on": "2020-07-05"}, "paling awal 6 Juli 2020"),
        ({"appeared_on": ""}, "Isi tanggal tayangnya"),
        ({"appeared_on": "6 Juli"}, "Isi tanggal, misalnya"),
        ({"reach": "banyak"}, "Tulis bilangan bulat"),
        ({"reach": "12,5"}, "Tulis bilangan bulat"),
        ({"reach": "1.25"}, "Tulis bilangan bulat"),
        ({"address": '=HYPERLINK("x")'}, "Tulis alamat lengkap yang diawali https://"),
        ({"reach": "-1"}, "Tulis jumlah dari 0 sampai 300.000.000"),
        ({"reach": "99999999999"}, "Tulis jumlah dari 0 sampai 300.000.000"),
        ({"counted": ""}, "Tulis apa yang dihitung"),
    ],
)
def test_what_cannot_be_is_said_at_the_field(client, story, typed, said):
    answer = record(client, story, **typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert faults(answer.text) == []
    assert rows() == []


@pytest.mark.parametrize(("typed", "reach"), [("1.250", 1250), (" 12.500.000 ", 12_500_000), ("0", 0)])
def test_reach_is_read_as_people_write_it(client, story, typed, reach):
    assert record(client, story, reach=typed).status_code == 302
    assert db.session.scalars(db.select(Appearance.reach)).one() == reach


def test_a_place_needs_no_link_and_reach_may_be_unknown(client, story):
    assert record(client, story, medium="baliho  atau spanduk", address="Alun-alun", reach="").status_code == 302
    (row,) = rows()
    assert (row.medium, row.address, row.reach, row.counted) == ("Baliho atau spanduk", "Alun-alun", None, "")


def test_the_same_twice_is_refused_where_it_was_typed(client, story):
    record(client, story)
    answer = record(client, story)
    assert (answer.status_code, "sudah tercatat" in answer.text) == (422, True)
    assert len(rows()) == 1


def test_what_is_removed_is_in_no_list_and_its_row_stays(client, story):
    record(client, story)
    assert client.post(f"/publikasi/{story.id}/penayangan/{rows()[0].id}/hapus").status_code == 302
    assert "Belum dicatat tayang" in client.get(f"/publikasi/{story.id}/penayangan").text
    assert rows()[0].removed_at is not None
    assert record(client, story).status_code == 302
    actions = db.session.scalars(db.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert [action for action in actions if "appearance" in action] == [
        "record_appearance",
        "remove_appearance",
        "record_appearance",
    ]


def test_a_story_that_nobody_saw_appeared_nowhere(client, temanggung, galih):
    draft = write_story(temanggung, galih)
    assert client.get(f"/publikasi/{draft.id}/penayangan").status_code == 404
    assert record(client, draft).status_code == 404


def test_only_the_own_humas_records(client, temanggung, story, sign_in):
    record(client, story)
    for role, status in ((Role.STORY_APPROVER, 403), (Role.COORDINATOR, 403), (Role.SECRETARIAT, 403)):
        sign_in(factories.make_person(role, None if role.is_national else temanggung))
        assert record(client, story, address="https://a.go.id/b").status_code == status
        page = client.get(f"/publikasi/{story.id}/penayangan").text
        assert "https://www.instagram.com/p/abc" in page
        assert "Catat penayangan" not in page
    sign_in(factories.make_person(Role.HUMAS, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Wira"))
    assert client.get(f"/publikasi/{story.id}/penayangan").status_code == 404
    assert record(client, story).status_code == 404
    assert len(rows()) == 1


def test_the_day_of_publication_is_that_of_the_agencys_zone(client, sign_in):
    jayapura = factories.make_agency("91.03", "Kabupaten Jayapura", timezone="Asia/Jayapura")
    yosef = factories.make_person(Role.HUMAS, jayapura, name="Yosef")
    sign_in(yosef)
    late = PUBLISHED_AT.replace(hour=15, minute=30)  # 22.30 WIB is half past midnight in Jayapura
    told = show_story(jayapura, yosef, at=late)
    assert record(client, told, appeared_on="2020-07-06").status_code == 422
    assert record(client, told, appeared_on="2020-07-07").status_code == 302


def test_media_are_kept_under_one_name():
    assert [medium_name(typed) for typed in (" youtube ", "SITUS  resmi", "Kentongan")] == [
        "YouTube",
        "Situs resmi",
        "Kentongan",
    ]


def test_both_ends_of_the_days_are_allowed():
    first, today = date(2020, 7, 6), date(2020, 7, 13)
    assert [day_problem(day, published_on=first, today=today) for day in (first, today)] == [None, None]


@pytest.fixture
def recorded(client, temanggung, galih):
    """Three stories: one that appeared in two quarters, one that appeared once and was withdrawn, one nowhere."""
    long_ago = PUBLISHED_AT - timedelta(days=30)
    spread = show_story(temanggung, galih, at=long_ago, title="Dua triwulan", action_key="1")
    gone = show_story(temanggung, galih, withdrawn_at=PUBLISHED_AT, title="Sudah ditarik", action_key="2")
    show_story(temanggung, galih, title="Belum ke mana-mana", action_key="2")
    record(client, spread, appeared_on="2020-06-10", reach="100")
    record(client, spread, appeared_on="2020-06-11", reach="50", address="https://www.instagram.com/p/def")
    record(client, spread, appeared_on="2020-07-01", medium="Radio", address="Siaran pagi", reach="", note="=1+1")
    record(client, gone, address="https://www.instagram.com/p/ghi", appeared_on="2020-07-07", reach="")
    programme = factories.make_programme()
    factories.make_period(programme)
    factories.make_item(programme, "1", "Perizinan", depth=1)
    factories.make_item(programme, "2", "Pengadaan", depth=1)
    return spread


def shown(client, address: str) -> list[str]:
    page = client.get(address).text
    assert faults(page) == []
    return re.findall(r"https://www.instagram.com/p/(\w+)<|>(Siaran pagi)<", page)


def words(found) -> list[str]:
    return ["".join(pair) for pair in found]


def test_the_recap_lists_what_appeared_and_what_did_not(client, recorded):
    assert words(shown(client, RECAP)) == ["abc", "def", "Siaran pagi", "ghi"]
    page = client.get(RECAP).text
    assert page.index("Belum dicatat tayang") < page.index("Belum ke mana-mana") < page.index("Menurut media")
    assert "sudah ditarik" in page


def test_a_quarter_is_that_of_the_days_on_which_it_appeared(client, recorded):
    assert words(shown(client, f"{RECAP}?triwulan=B18")) == ["abc", "def"]
    assert "Belum ke mana-mana" not in client.get(f"{RECAP}?triwulan=B18").text


def test_an_action_narrows_the_recap(client, recorded):
    assert words(shown(client, f"{RECAP}?aksi=2")) == ["ghi"]
    assert "aksi 2" in client.get(f"{RECAP}?aksi=2").text


def test_what_nobody_knows_narrows_nothing(client, recorded):
    assert words(shown(client, f"{RECAP}?aksi=xx&triwulan=B99&instansi=33.02")) == ["abc", "def", "Siaran pagi", "ghi"]


def test_reach_is_added_up_by_month_medium_and_what_it_counts(client, recorded):
    page = client.get(RECAP).text.split("Menurut media dan bulan")[1]
    cells = [re.sub(r"<[^>]+>|\s+", " ", row).split() for row in re.findall(r"<tr><td>.*?</tr>", page, re.S)[:3]]
    assert cells == [
        ["Juni", "2020", "Instagram", "2", "150", "tayangan"],
        ["Juli", "2020", "Instagram", "1", "–"],
        ["Juli", "2020", "Radio", "1", "–"],
    ]


def test_the_files_list_what_the_page_lists_and_name_agency_and_span(client, recorded):
    answer = client.get(f"{RECAP}.xlsx?triwulan=B18")
    assert "rekap-publikasi-kabupaten-temanggung-B18-20200713.xlsx" in answer.headers["Content-Disposition"]
    book = load_workbook(io.BytesIO(answer.data))
    assert book.sheetnames == ["Penayangan", "Media dan bulan", "Belum dicatat tayang", "Kamus data"]
    listed = [row for row in book["Penayangan"].iter_rows(values_only=True) if row[6] == "Instagram"]
    assert [row[7] for row in listed] == ["https://www.instagram.com/p/abc", "https://www.instagram.com/p/def"]
    assert listed[0][8].date() == date(2020, 6, 10)
    pdf = pdf_text(client.get(f"{RECAP}.pdf?triwulan=B18").data)
    assert "https://www.instagram.com/p/abc" in pdf
    assert "Siaran pagi" not in pdf
    (sha,) = {cell for row in book["Penayangan"].iter_rows(values_only=True) for cell in row if _is_sha(cell)}
    assert sha in pdf.replace("\n", "").replace(" ", "")


def _is_sha(cell) -> bool:
    return isinstance(cell, str) and re.fullmatch("[0-9a-f]{64}", cell) is not None


def test_what_looks_like_a_formula_stays_text(client, recorded):
    book = load_workbook(io.BytesIO(client.get(f"{RECAP}.xlsx").data))
    (cell,) = [c for row in book["Penayangan"].iter_rows() for c in row if c.value == "=1+1"]
    assert cell.data_type == "s"


def test_practice_stands_on_every_file(client, recorded, monkeypatch):
    monkeypatch.setattr(clock, "is_practice", lambda: True)
    assert "Mode latihan" in pdf_text(client.get(f"{RECAP}.pdf").data)
    book = load_workbook(io.BytesIO(client.get(f"{RECAP}.xlsx").data))
    assert "Mode latihan" in str([row for row in book["Penayangan"].iter_rows(values_only=True)])


def test_taking_a_file_is_noted_with_what_it_lists(client, recorded):
    client.get(f"{RECAP}.xlsx?triwulan=B18")
    entry = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action == "export_recap")).one()
    assert (entry.actor_name, entry.details["filters"]) == ("Galih", {"triwulan": "B18"})
    assert _is_sha(entry.details["listed"])


def test_the_inspektorat_takes_it_and_another_agency_sees_nothing_of_it(client, recorded, temanggung, sign_in):
    sign_in(factories.make_person(Role.COORDINATOR, temanggung))
    assert client.get(f"{RECAP}.pdf").status_code == 200
    assert "Catat penayangan" not in client.get(RECAP).text
    sign_in(factories.make_person(Role.HUMAS, factories.make_agency("33.02", "Kabupaten Banyumas"), name="Wira"))
    page = client.get(f"{RECAP}?instansi=33.23").text
    assert "Tidak ada publikasi" in page
    assert "Dua triwulan" not in page


def test_national_roles_see_all_and_may_narrow_to_one(client, recorded, sign_in):
    banyumas = factories.make_agency("33.02", "Kabupaten Banyumas")
    wira = factories.make_person(Role.HUMAS, banyumas, name="Wira")
    show_story(banyumas, wira, title="Kabar dari Banyumas")
    sign_in(factories.make_person(Role.OBSERVER, name="Oka"))
    both = client.get(RECAP).text
    assert "Kabar dari Banyumas" in both
    assert "Dua triwulan" in both
    one = client.get(f"{RECAP}?instansi=33.02").text
    assert "Dua triwulan" not in one
    answer = client.get(f"{RECAP}.pdf?instansi=33.02")
    assert "rekap-publikasi-kabupaten-banyumas-semua-" in answer.headers["Content-Disposition"]


def test_questions_do_not_grow_with_stories(client, recorded, temanggung, galih):
    client.get(RECAP)  # what a process asks once
    few = questions(client)
    for _ in range(8):
        show_story(temanggung, galih)
    assert questions(client) == few > 0


def questions(client) -> int:
    asked = []

    def note(connection, cursor, statement, *rest) -> None:
        asked.append(statement)

    event.listen(db.engines[None], "before_cursor_execute", note)
    try:
        client.get(RECAP)
    finally:
        event.remove(db.engines[None], "before_cursor_execute", note)
    return len(asked)
