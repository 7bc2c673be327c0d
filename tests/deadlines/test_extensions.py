"""Request, decision, extension: who asks, who decides, what changes, who is told."""

import io
import re
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from stranas.accounts.models import Role
from stranas.compliance.queries import snapshot
from stranas.deadlines import operations
from stranas.deadlines.models import Extension, ExtensionRequest
from stranas.deadlines.rules import RequestState, end_of
from stranas.reporting.queries.work import work_of
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import AuditEntry, OutboxMessage
from tests import factories
from tests.compliance.formats import pdf_text
from tests.deadlines.asked import AFTER, DUE, FRIDAY, MORNING, SECOND, make_place, make_request
from tests.verification.people import file_for


@pytest.fixture
def place(app):
    with clock.at(AFTER):
        yield make_place()


@pytest.fixture
def budi(place, sign_in, client):
    sign_in(place.budi)
    return client


@pytest.fixture
def ani(place, sign_in, client):
    sign_in(place.ani)
    return client


def ask(client, **typed):
    said = {"item": "0", "until": FRIDAY.isoformat(), "reason": "Banjir bandang.", "letter": ""}
    return client.post("/batas-waktu/B18/permintaan/baru", data=said | typed)


def requests():
    return db.session.scalars(db.select(ExtensionRequest).execution_options(populate_existing=True)).all()


def extensions():
    return db.session.scalars(db.select(Extension)).all()


def letters():
    return db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)).all()


def test_a_coordinator_asks_also_after_the_due_instant_and_sees_the_state(place, budi):
    assert ask(budi, item=str(place.two.item_id), letter="700/1/2020").status_code == 302
    (request,) = requests()
    assert (request.state, request.until, request.item_id) == (RequestState.OPEN, end_of(FRIDAY), place.two.item_id)
    assert request.received_at == AFTER
    page = budi.get("/batas-waktu").text
    assert "Menunggu keputusan" in page
    assert "2-a" in page


def test_what_was_typed_stays_when_something_lacks(budi, place):
    answer = ask(budi, reason="", until="2020-07-14", letter="700/9/2020")
    assert answer.status_code == 422
    assert "Pilih hari sesudah batas waktu triwulan ini." in answer.text
    assert "Tulis alasannya." in answer.text
    assert "700/9/2020" in answer.text
    assert requests() == []


def test_only_items_that_the_agency_owes_are_asked_for(budi, place):
    other = factories.make_item(place.period.programme, "9-a")
    assert ask(budi, item=str(other.id)).status_code == 422
    assert requests() == []


def test_the_same_is_not_asked_for_twice_while_it_waits(budi, place):
    ask(budi)
    assert ask(budi).status_code == 409
    assert ask(budi, item=str(place.one.item_id)).status_code == 302
    assert len(requests()) == 2


def test_a_request_is_withdrawn_by_its_agency_only(budi, place, client, sign_in):
    request = make_request(place.agency, place.period)
    dewi = factories.make_person(Role.COORDINATOR, factories.make_agency("91.03", "Kabupaten Jayapura"), name="Dewi")
    sign_in(dewi)
    assert client.post(f"/batas-waktu/permintaan/{request.id}/tarik").status_code == 404
    sign_in(place.budi)
    assert budi.post(f"/batas-waktu/permintaan/{request.id}/tarik").status_code == 302
    assert requests()[0].state is RequestState.WITHDRAWN


def test_the_secretariat_sees_what_a_grant_changes_before_it_grants(ani, place):
    late = file_for(place.one, at=DUE + timedelta(hours=1))
    request = make_request(place.agency, place.period)
    page = re.sub(r"<[^>]+>", "", ani.get(f"/batas-waktu/permintaan/{request.id}").text)
    assert "2 kewajiban mendapat waktu lebih lama" in page
    assert "1 laporan yang tercatat terlambat menjadi tepat waktu" in page
    assert late.submission.status.value == "sent"


def test_the_secretariat_may_grant_until_another_day(ani, place):
    request = make_request(place.agency, place.period)
    shown = ani.get(f"/batas-waktu/permintaan/{request.id}?until=2020-07-17").text
    assert "Kabulkan sampai 17 Juli 2020" in shown
    ani.post(f"/batas-waktu/permintaan/{request.id}/kabulkan", data={"until": "2020-07-17", "note": "Sampai Jumat."})
    (extension,) = extensions()
    assert (extension.until, extension.request_id) == (end_of(FRIDAY) - timedelta(days=7), request.id)
    assert (extension.reason, extension.decided_by_id) == ("Banjir bandang merusak kantor.", place.ani.id)
    assert (requests()[0].state, requests()[0].answer) == (RequestState.GRANTED, "Sampai Jumat.")
    assert place.period.due_at == DUE


@pytest.mark.parametrize("until", ["2020-07-14", "2020-09-15", "0001-01-01", "9999-12-31", "kapan-kapan", ""])
def test_a_day_that_cannot_be_granted_is_said_at_its_field(ani, place, until):
    request = make_request(place.agency, place.period)
    assert ani.get(f"/batas-waktu/permintaan/{request.id}?until={until}").status_code == 422
    answer = ani.post(f"/batas-waktu/permintaan/{request.id}/kabulkan", data={"until": until})
    assert answer.status_code == 422
    assert extensions() == []


def test_a_grant_that_changes_nothing_is_refused(ani, place):
    operations.grant_extension(
        period_id=place.period.id, agency_id=place.agency.id, until=end_of(FRIDAY), reason="Gempa bumi"
    )
    request = make_request(place.agency, place.period)
    answer = ani.post(f"/batas-waktu/permintaan/{request.id}/kabulkan", data={"until": FRIDAY.isoformat()})
    assert answer.status_code == 409
    assert requests()[0].state is RequestState.OPEN


def test_declining_needs_a_written_answer_and_tells_the_agency(ani, place):
    request = make_request(place.agency, place.period)
    assert ani.post(f"/batas-waktu/permintaan/{request.id}/tolak", data={"answer": " "}).status_code == 422
    assert requests()[0].state is RequestState.OPEN
    ani.post(f"/batas-waktu/permintaan/{request.id}/tolak", data={"answer": "Mohon lampirkan surat BPBD."})
    assert requests()[0].state is RequestState.DECLINED
    (letter,) = letters()
    assert (letter.recipient_id, letter.key) == (place.budi.id, f"extension_request:{request.id}:{place.budi.id}")
    assert "Mohon lampirkan surat BPBD." in letter.body_text
    assert extensions() == []


ACTS = {
    "kabulkan": {"until": FRIDAY.isoformat()},
    "tolak": {"answer": "Belum dapat dikabulkan."},
    "tarik": {},
}


@pytest.mark.parametrize("second", ACTS)
@pytest.mark.parametrize("first", ACTS)
def test_of_two_who_decide_one_wins_and_the_other_changes_nothing(client, sign_in, place, first, second):
    request = make_request(place.agency, place.period)
    for act, status in ((first, 302), (second, 409)):
        sign_in(place.budi if act == "tarik" else place.ani)
        assert client.post(f"/batas-waktu/permintaan/{request.id}/{act}", data=ACTS[act]).status_code == status
    done = {"kabulkan": RequestState.GRANTED, "tolak": RequestState.DECLINED, "tarik": RequestState.WITHDRAWN}
    assert requests()[0].state is done[first]
    assert len(extensions()) == (first == "kabulkan")


def test_a_decision_on_a_stale_row_is_refused(place):
    request = make_request(place.agency, place.period)
    operations.withdraw_request(request=request, person=place.budi)
    with pytest.raises(Refused, match="sudah berstatus ditarik"):
        operations.decline_request(request=request, answer="Tidak.", person=place.ani)


def test_an_extension_granted_afterwards_makes_late_on_time_on_page_and_in_excel(ani, place):
    file_for(place.one, at=DUE + timedelta(hours=1))
    request = make_request(place.agency, place.period, item=place.one.item)
    with clock.at(AFTER + timedelta(minutes=10)):
        assert shown(ani) == {"1-a": "Tidak", "2-a": "–"}
        ani.post(f"/batas-waktu/permintaan/{request.id}/kabulkan", data={"until": FRIDAY.isoformat()})
    with clock.at(AFTER + timedelta(minutes=20)):
        assert shown(ani) == {"1-a": "Ya", "2-a": "–"}
        page = ani.get("/kepatuhan?triwulan=B18&instansi=33.23").text
        assert "Perpanjangan batas waktu" in page
        book = load_workbook(io.BytesIO(ani.get("/kepatuhan.xlsx?triwulan=B18&instansi=33.23").data))
        listed = [
            row for row in book["Perpanjangan"].iter_rows(values_only=True) if row[0] == "Perpanjangan batas waktu"
        ]
        assert [(row[1], row[4], row[5]) for row in listed] == [
            ("Kabupaten Temanggung, 1-a", 1, "Banjir bandang merusak kantor.")
        ]
        pdf = pdf_text(ani.get("/kepatuhan.pdf?triwulan=B18&instansi=33.23").data)
        assert "Kabupaten Temanggung, 1-a" in pdf
        assert "Banjir bandang merusak kantor." in pdf
        # A report as of an earlier moment still says what was known then.
        earlier = (AFTER + timedelta(minutes=5)).isoformat().replace("+", "%2B")
        assert shown(ani, f"&keadaan={earlier}") == {"1-a": "Tidak", "2-a": "–"}


def shown(client, more: str = "") -> dict[str, str]:
    """The column "Tepat waktu" of the page, by sub-aksi; Excel and JSON must say the same."""
    details = client.get(f"/kepatuhan.json?triwulan=B18&instansi=33.23{more}").json["details"]
    book = load_workbook(io.BytesIO(client.get(f"/kepatuhan.xlsx?triwulan=B18&instansi=33.23{more}").data))
    rows = list(book["Rincian"].iter_rows(values_only=True))
    head = next(row for row in rows if "Sub-aksi" in row)
    page = client.get(f"/kepatuhan?triwulan=B18&instansi=33.23{more}").text
    found = {}
    for detail in details:
        key = detail["item_key"]
        (line,) = [row for row in rows if row[head.index("Sub-aksi")] == key]
        cells = re.search(rf'<tr><td class="kode">{key}</td>(.*?)</tr>', page, re.S)[1]
        words = [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", cells, re.S)]
        found[key] = words[5]
        assert (words[5] == "Ya") is detail["on_time"] is (line[head.index("Tepat waktu")] == 1)
    return found


@pytest.mark.parametrize(("after", "on_time"), [(-SECOND, True), (0 * SECOND, False), (SECOND, False)])
def test_the_last_second_of_an_extension_counts(place, after, on_time):
    until = end_of(date(2020, 7, 17))
    operations.grant_extension(period_id=place.period.id, agency_id=place.agency.id, until=until, reason="Gempa")
    file_for(place.one, at=until + after)
    with clock.at(until + timedelta(hours=1)):
        report = snapshot(programme_key="stranas-2019-2020", period_key="B18")
        (row, _) = work_of(agency_id=place.agency.id, period=place.period, now=clock.now())
    assert (report.total.pooled.on_time == 1) is on_time is row.on_time


def grant(client, **typed):
    said = {"period_key": "B18", "item": "0", "until": FRIDAY.isoformat(), "reason": "Gempa bumi 13 Juli 2020."}
    return client.post("/batas-waktu/perpanjangan/baru", data=said | typed)


def test_a_disaster_in_a_province_reaches_all_its_agencies_and_tells_their_people(ani, place):
    magelang = factories.make_agency("33.08", "Kabupaten Magelang", province=place.agency.province)
    factories.make_obligation(magelang, place.one.target)
    outside = factories.make_agency("91.03", "Kabupaten Jayapura")
    factories.make_obligation(outside, place.one.target)
    people = [
        factories.make_person(Role.COORDINATOR, magelang, name="Maya"),
        factories.make_person(Role.CERTIFIER, place.agency, name="Sri"),
    ]
    factories.make_person(Role.COORDINATOR, outside, name="Dewi")
    factories.make_person(Role.HUMAS, magelang, name="Galih")
    whom = f"province:{place.agency.province_id}"
    page = ani.get(f"/batas-waktu/perpanjangan/baru?period_key=B18&whom={whom}&item=0&until=2020-07-24").text
    assert '<b class="num">2</b> instansi' in page
    assert '<b class="num">3</b> kewajiban' in page
    assert grant(ani, whom=whom).status_code == 302
    assert {letter.recipient_id for letter in letters()} == {place.budi.id, *(person.id for person in people)}
    assert all("Gempa bumi 13 Juli 2020." in letter.body_text for letter in letters())


def test_a_grant_by_itself_needs_a_reason_and_somebody_to_reach(ani, place):
    whom = f"agency:{place.agency.id}"
    answer = grant(ani, whom=whom, reason="")
    assert answer.status_code == 422
    assert '<b class="num">2</b> kewajiban' in answer.text
    empty = factories.make_agency("33.09", "Kabupaten Boyolali")
    assert grant(ani, whom=f"agency:{empty.id}").status_code == 422
    assert grant(ani, whom="").status_code == 422
    assert extensions() == []


def test_the_home_page_says_it_as_long_as_it_matters(place, budi):
    operations.grant_extension(
        period_id=place.period.id,
        agency_id=place.agency.id,
        item_id=place.one.item_id,
        until=end_of(FRIDAY),
        reason="Gempa",
    )
    db.session.commit()
    words = "Batas waktu triwulan vi (b18) untuk 1-a diperpanjang sampai jumat, 24 juli 2020"
    for at, there in ((AFTER, True), (end_of(FRIDAY) - SECOND, True), (end_of(FRIDAY), False)):
        with clock.at(at):
            assert (words.lower() in budi.get("/").text.lower()) is there


def test_every_act_leaves_an_audit_entry(ani, place):
    request = make_request(place.agency, place.period)
    ani.post(f"/batas-waktu/permintaan/{request.id}/kabulkan", data={"until": FRIDAY.isoformat()})
    done = set(db.session.scalars(db.select(AuditEntry.action)))
    assert {"ask_extension", "grant_extension"} <= done


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SECRETARIAT])
def test_nobody_but_the_secretariat_decides(client, sign_in, place, role):
    request = make_request(place.agency, place.period)
    sign_in(factories.make_person(role, None if role.is_national else place.agency, name="Orang"))
    for act in ("kabulkan", "tolak"):
        assert client.post(f"/batas-waktu/permintaan/{request.id}/{act}", data=ACTS[act]).status_code == 403
    assert requests()[0].state is RequestState.OPEN


def test_the_morning_before_due_a_whole_period_is_asked_for(place, budi):
    with clock.at(MORNING):
        assert ask(budi).status_code == 302
        assert requests()[0].item_id is None
