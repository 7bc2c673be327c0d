"""The calendar of one person, read by another calendar library: what it holds, and for whom."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from sqlalchemy import event

from stranas.accounts.models import Membership, Role
from stranas.accounts.operations import deactivate_person
from stranas.deadlines.models import Extension, Outage
from stranas.reminders import addresses
from stranas.reminders.models import CalendarAddress
from stranas.reporting.models import Submission
from stranas.reporting.rules import Status, SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.requests.people import NOW, make_office, make_request
from tests.verification.people import file_for, make_citra, make_document

DUE = datetime(2020, 7, 14, 17, tzinfo=UTC)
LOCKS = datetime(2020, 7, 28, 17, tzinfo=UTC)
VERIFIED = datetime(2020, 9, 14, 17, tzinfo=UTC)
KEY = "33.23-stranas-2019-2020-B18"


@pytest.fixture(autouse=True)
def _two_weeks_before():
    with clock.at(NOW):
        yield


@pytest.fixture
def office(app):
    return make_office()


def address_of(person) -> str:
    addresses.make_address(person=person)
    db.session.commit()
    token = db.session.scalar(db.select(CalendarAddress.token).where(CalendarAddress.user_id == person.id))
    return f"/kalender/{token}.ics"


def calendar(client, person) -> dict[str, object]:
    """Every event by the name in front of its host."""
    return events(client.get(address_of(person)).text)


def events(text: str) -> dict[str, object]:
    found = getattr(vobject.readOne(text), "vevent_list", [])
    return {one.uid.value.removesuffix("@127.0.0.1"): one for one in found}


def ends(found: dict[str, object]) -> dict[str, object]:
    return {name: one.dtend.value for name, one in found.items()}


def another(office, key: str, status: Status | None = None, **columns):
    programme = office.obligation.period.programme
    target = factories.make_target(factories.make_item(programme, key), office.obligation.period)
    obligation = factories.make_obligation(office.agency, target)
    if status:
        values = {"kind": SubmissionKind.ACHIEVEMENT, "revision": 0} | columns
        db.session.add(Submission(obligation_id=obligation.id, status=status, **values))
        db.session.commit()
    return obligation


def extend(office, until: datetime, **whom) -> None:
    db.session.add(
        Extension(period_id=office.obligation.period_id, until=until, reason="Banjir", decided_at=NOW, **whom)
    )
    db.session.commit()


def later(days: int = 1):
    return clock.at(NOW + timedelta(days=days))


def test_due_closing_and_suggestions_stand_at_their_instants(client, office):
    assert ends(calendar(client, office.budi)) == {
        f"due-{KEY}": DUE,
        f"lock-{KEY}": LOCKS,
        f"due-{KEY}-saran-1": date(2020, 7, 4),  # a day without hours ends on the day after: Friday, 3 July
        f"due-{KEY}-saran-2": date(2020, 7, 10),
        f"due-{KEY}-saran-3": date(2020, 7, 11),
    }


def test_the_certifying_official_has_the_same(client, office):
    sri = factories.make_person(Role.CERTIFIER, office.agency, name="Sri")
    assert ends(calendar(client, sri)) == ends(calendar(client, office.budi))


def test_the_title_says_what_and_for_whom_and_suggestions_are_marked(client, office):
    found = calendar(client, office.budi)
    assert found[f"due-{KEY}"].summary.value == "Batas waktu Aksi PK B18: Kabupaten Temanggung"
    saran = found[f"due-{KEY}-saran-1"]
    assert saran.summary.value == "Saran: berkas dari unit lengkap, Aksi PK B18: Kabupaten Temanggung"
    assert "bukan batas waktu" in saran.description.value
    assert "Yang masih ditunggu: 1-a." in found[f"due-{KEY}"].description.value


def test_the_due_event_says_that_everything_was_sent_and_the_rest_goes_away(client, office):
    file_for(office.obligation, document=make_document(office.agency), at=NOW)
    found = calendar(client, office.budi)
    assert list(found) == [f"due-{KEY}"]
    due = found[f"due-{KEY}"]
    assert due.summary.value == "Terkirim semua, Aksi PK B18: Kabupaten Temanggung"
    assert (due.dtend.value, "valarm" in due.contents) == (DUE, False)


def test_an_extension_of_all_moves_the_event_under_its_name(client, office):
    before = calendar(client, office.budi)[f"due-{KEY}"]
    extend(office, datetime(2020, 7, 21, 17, tzinfo=UTC), agency_id=office.agency.id)
    with later():
        after = calendar(client, office.budi)
    assert after[f"due-{KEY}"].dtend.value == datetime(2020, 7, 21, 17, tzinfo=UTC)
    assert int(after[f"due-{KEY}"].sequence.value) > int(before.sequence.value)
    assert after[f"due-{KEY}-saran-3"].dtstart.value == date(2020, 7, 17)


def test_an_extension_of_one_item_gets_an_event_of_its_own(client, office):
    one = another(office, "2-b")
    until = datetime(2020, 7, 31, 17, tzinfo=UTC)
    extend(office, until, agency_id=office.agency.id, item_id=one.item_id)
    with later():
        found = calendar(client, office.budi)
    assert ends(found)[f"due-{KEY}"] == DUE
    assert found[f"due-{KEY}-{one.id}"].summary.value == "Batas waktu Aksi PK B18 (2-b): Kabupaten Temanggung"
    assert ends(found)[f"due-{KEY}-{one.id}"] == ends(found)[f"lock-{KEY}-{one.id}"] == until


def test_an_outage_moves_what_ended_in_it(client, office):
    until = datetime(2020, 7, 16, 17, tzinfo=UTC)
    hours = {"began_at": DUE - timedelta(hours=2), "ended_at": DUE + timedelta(hours=2)}
    outage = Outage(period_id=office.obligation.period_id, extends_to=until, reason="Listrik", decided_at=DUE, **hours)
    db.session.add(outage)
    db.session.commit()
    with clock.at(DUE + timedelta(hours=3)):
        assert ends(calendar(client, office.budi))[f"due-{KEY}"] == until


def test_a_returned_report_has_the_end_of_its_window(client, office):
    window = datetime(2020, 8, 5, 17, tzinfo=UTC)
    one = another(office, "2-b", Status.RETURNED, correction_ends_at=window)
    found = calendar(client, office.budi)
    assert found[f"correction-{KEY}-{one.id}"].dtend.value == window
    assert "(2-b)" in found[f"correction-{KEY}-{one.id}"].summary.value
    assert "Telah terkirim 1 dari 2 target." in found[f"due-{KEY}"].description.value


def test_a_unit_has_its_requests_until_it_has_sent(client, office):
    request = make_request(office, office.staffed)
    make_request(office, office.unit)
    found = calendar(client, office.lestari)
    assert ends(found) == {f"unit-{request.id}": request.due_at}
    assert found[f"unit-{request.id}"].url.value == f"http://127.0.0.1:5000/permintaan-saya/{request.id}"
    file_for(office.obligation, at=NOW)
    assert calendar(client, office.lestari) == {}


def test_a_verifier_has_the_end_of_verification_of_what_is_assigned(client, office):
    citra = make_citra(office.agency)
    assert ends(calendar(client, citra)) == {"verification-stranas-2019-2020-B18": VERIFIED}
    assert calendar(client, factories.make_person(Role.VERIFIER, name="Cici")) == {}


def test_the_secretariat_has_the_instants_of_the_country(client, office):
    found = calendar(client, factories.make_person(Role.SECRETARIAT, name="Ani"))
    name = "stranas-2019-2020-B18"
    assert ends(found) == {f"due-{name}": DUE, f"lock-{name}": LOCKS, f"verification-{name}": VERIFIED}


def test_nobody_learns_of_another_agency(client, office):
    other = make_office("33.02", "Kabupaten Banyumas", target=office.obligation.target)
    assert "Temanggung" not in client.get(address_of(other.budi)).text
    assert "Banyumas" not in client.get(address_of(office.budi)).text


def test_a_province_has_not_the_ends_of_its_regencies(client, office):
    province = factories.make_agency("33", "Jawa Tengah", level=type(office.agency.level).PROVINCE)
    office.agency.province_id = province.id
    db.session.commit()
    assert calendar(client, factories.make_person(Role.COORDINATOR, province, name="Dewi")) == {}


@pytest.mark.parametrize("role", [Role.HUMAS, Role.PPID, Role.AGENCY_ADMIN, Role.ADMIN])
def test_who_has_no_deadlines_has_an_empty_calendar(client, office, role):
    person = factories.make_person(role, None if role.is_national else office.agency, name="Orang")
    assert calendar(client, person) == {}


def test_coming_periods_are_there_and_those_that_are_over_are_not(client, office):
    programme = office.obligation.period.programme
    for key, position, year in (("B15", 5, 2019), ("B21", 7, 2021)):
        instants = {name: datetime(year, 10, day, tzinfo=UTC) for day, name in enumerate(INSTANTS, 14)}
        period = factories.make_period(programme, key, position=position, **instants)
        factories.make_obligation(office.agency, factories.make_target(office.obligation.item, period))
    found = calendar(client, office.budi)
    assert found["due-33.23-stranas-2019-2020-B21"].dtend.value == datetime(2021, 10, 14, tzinfo=UTC)
    assert not [name for name in found if "B15" in name]


INSTANTS = ("due_at", "locks_at", "verification_ends_at")


@pytest.mark.parametrize("zone", ["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"])
def test_instants_are_the_same_in_every_zone_and_words_are_those_of_the_agency(client, office, zone):
    office.agency.timezone = zone
    db.session.commit()
    due = calendar(client, office.budi)[f"due-{KEY}"]
    assert due.dtend.value == DUE
    words = {"Asia/Jakarta": "23.59 WIB", "Asia/Makassar": "00.59 WITA", "Asia/Jayapura": "01.59 WIT"}
    assert words[zone] in due.description.value


def test_the_answer_is_a_calendar_that_can_be_asked_again(client, office):
    address = address_of(office.budi)
    first = client.get(address)
    assert first.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.headers["Cache-Control"] == "private, no-cache"
    assert "Set-Cookie" not in first.headers
    assert max(map(len, first.data.split(b"\r\n"))) <= 75
    with later():
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    extend(office, LOCKS, agency_id=office.agency.id)
    with later():
        changed = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_an_unknown_address_an_old_one_and_that_of_an_inactive_person_are_answered_alike(client, office):
    old = address_of(office.budi)
    new = address_of(office.budi)
    assert client.get(new).status_code == 200
    deactivate_person(person=office.budi, actor_id=None)
    db.session.commit()
    answers = [client.get(address) for address in (old, new, "/kalender/x.ics", f"/kalender/{'x' * 3000}.ics")]
    assert {(answer.status_code, answer.text, answer.mimetype) for answer in answers} == {
        (404, "Kalender tidak ditemukan.\n", "text/plain")
    }


def test_rights_are_asked_anew_at_each_request(client, office):
    address = address_of(office.budi)
    assert f"due-{KEY}" in events(client.get(address).text)
    db.session.execute(db.delete(Membership).where(Membership.user_id == office.budi.id))
    db.session.commit()
    db.session.expire_all()
    assert events(client.get(address).text) == {}


def test_questions_do_not_grow_with_reports(client, office):
    address = address_of(office.budi)
    client.get(address)  # the process learns once whether this is a practice database
    few = asked(client, address)
    for number in range(20):
        another(office, f"9-{number}", Status.RETURNED, correction_ends_at=LOCKS + timedelta(days=number))
    many = asked(client, address)
    assert few == many == 6


def asked(client, address: str) -> int:
    found = []

    def note(connection, cursor, statement, *_):
        if statement.startswith("SELECT"):
            found.append(statement)

    db.session.expire_all()
    event.listen(db.engines[None], "before_cursor_execute", note)
    try:
        client.get(address)
    finally:
        event.remove(db.engines[None], "before_cursor_execute", note)
    return len(found)
