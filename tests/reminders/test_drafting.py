"""Letters to Sekda, Sekjen and heads: whose day has come, once each, and what withdraws a draft by itself.

B18 is due on Tuesday 14 July 2020 and closes on Tuesday 28 July: the third day after is Friday 17 July, and the third
day before the lock a Saturday, so Friday 24 July.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.catalogue.models import Period
from stranas.deadlines.operations import grant_extension
from stranas.reminders.drafting import changed_drafts, draft_letters, let_go_of_settled, letters_due, redraft
from stranas.reminders.letter_rules import ALL_SENT, CLOSED, MORE_TIME, NOT_OWED
from stranas.reminders.models import EscalationLetter, LadderStep
from stranas.reminders.rules import Anchor, LetterKind
from stranas.reporting.models import Obligation
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import AuditEntry, OutboxMessage
from tests import factories
from tests.verification.people import MORNING, file_for

SECRETARY, HEAD = LetterKind.SECRETARY, LetterKind.HEAD


def morning(day: int, month: int = 7) -> datetime:
    """07.00 WIB."""
    return datetime(2020, month, day, tzinfo=UTC)


def run(day: int, month: int = 7) -> dict[str, int]:
    """The job of a day."""
    with clock.at(morning(day, month)):
        return draft_letters(today=date(2020, month, day))


def letters() -> list[EscalationLetter]:
    db.session.expire_all()
    return list(db.session.scalars(db.select(EscalationLetter).order_by(EscalationLetter.id)))


def drafted() -> list[tuple[str, LetterKind]]:
    return [(letter.agency.code, letter.kind) for letter in letters()]


@pytest.fixture
def programme(app):
    return factories.make_programme()


@pytest.fixture
def period(programme):
    return factories.make_period(programme)


@pytest.fixture
def temanggung(app):
    return factories.make_agency(province=factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE))


@pytest.fixture
def oss(temanggung, programme, period):
    return factories.make_obligation(temanggung, factories.make_target(factories.make_item(programme), period))


@pytest.fixture
def geoportal(temanggung, programme, period):
    item = factories.make_item(programme, "1-b", "Satu peta")
    return factories.make_obligation(temanggung, factories.make_target(item, period, text="Tersedianya peta tematik"))


def extend(obligation, until: datetime, decided_at: datetime) -> None:
    with clock.at(decided_at), unit_of_work():
        grant_extension(
            period_id=obligation.period_id, agency_id=obligation.agency_id, until=until, reason="Banjir bandang."
        )


@pytest.mark.parametrize(("day", "count"), [(14, 0), (15, 0), (16, 0), (17, 1), (18, 1), (23, 1), (24, 2), (28, 2)])
def test_the_first_letter_comes_on_the_third_day_after_and_the_second_before_the_lock(oss, day, count):
    run(day)
    assert drafted() == [("33.23", SECRETARY), ("33.23", HEAD)][:count]


def test_a_day_that_falls_on_a_weekend_moves_to_the_next_working_day(oss, period):
    with unit_of_work():
        db.session.get_one(Period, period.id).due_at = datetime(2020, 7, 15, 17, tzinfo=UTC)  # the 18th is a Saturday
    for day in (17, 18, 19):
        assert run(day)["drafted"] == 0
    assert run(20)["drafted"] == 1


def test_nothing_is_drafted_once_nothing_can_be_sent_any_more(oss):
    assert run(29) == {"drafted": 0, "withdrawn": 0}


def test_each_letter_is_drafted_once(oss):
    assert run(17) == {"drafted": 1, "withdrawn": 0}
    assert run(17) == run(18) == {"drafted": 0, "withdrawn": 0}
    assert run(24)["drafted"] == 1
    assert len(letters()) == 2


def test_who_owes_nothing_gets_no_letter(oss):
    file_for(oss)
    run(17)
    run(24)
    assert letters() == []


def test_a_letter_says_what_was_sent_and_names_only_what_is_awaited(oss, geoportal):
    file_for(oss)
    run(17)
    content = letters()[0].content
    assert content["opening"][-1] == "Telah terkirim 1 dari 2 target. Yang masih ditunggu:"
    assert content["lines"] == [["1-b", "Tersedianya peta tematik", "14 Juli 2020"]]
    assert content["awaited"] == [geoportal.id]


def test_a_returned_report_was_sent_and_gets_no_letter(oss):
    filed = file_for(oss)
    with unit_of_work():
        filed.submission.status = type(filed.submission.status).RETURNED
        filed.submission.correction_ends_at = morning(27)
    run(17)
    assert letters() == []


def test_whoever_has_more_time_gets_no_letter_before_it_is_over(oss):
    extend(oss, datetime(2020, 7, 21, 17, tzinfo=UTC), MORNING)
    run(20)
    assert drafted() == []
    run(24)
    assert drafted() == [("33.23", SECRETARY), ("33.23", HEAD)]


def test_no_message_goes_out_and_no_head_has_an_address(oss):
    run(17)
    run(24)
    assert db.session.scalar(db.select(db.func.count()).select_from(OutboxMessage)) == 0


def test_a_draft_is_withdrawn_once_everything_was_sent(oss, geoportal):
    run(17)
    file_for(oss, at=morning(19))
    assert run(20)["withdrawn"] == 0
    file_for(geoportal, at=morning(20))
    assert run(21) == {"drafted": 0, "withdrawn": 1}
    assert letters()[0].withdrawn_why == ALL_SENT
    assert run(24)["drafted"] == 0


def test_a_draft_is_withdrawn_when_more_time_is_given_and_comes_back_when_that_is_over(oss):
    run(17)
    extend(oss, datetime(2020, 7, 22, 17, tzinfo=UTC), morning(19))
    run(20)
    assert letters()[0].withdrawn_why == MORE_TIME
    with clock.at(morning(25)):
        assert draft_letters(today=date(2020, 7, 25)) == {"drafted": 1, "withdrawn": 0}  # to the head, before the lock
    assert run(27)["drafted"] == 1
    first = letters()[0]
    assert (first.withdrawn_at, first.withdrawn_why) == (None, "")
    assert first.content["lines"][0][2] == "22 Juli 2020"


def test_a_draft_is_withdrawn_when_filing_closed_or_nothing_is_owed_any_more(oss, geoportal, period):
    run(17)
    run(29)
    assert letters()[0].withdrawn_why == CLOSED
    with unit_of_work():
        letter = letters()[0]
        letter.withdrawn_at, letter.withdrawn_why = None, ""
        for obligation in (oss, geoportal):
            db.session.get_one(Obligation, obligation.id).in_force_until = morning(20)
    with clock.at(morning(21)):
        assert let_go_of_settled() == 1
    assert letters()[0].withdrawn_why == NOT_OWED


def test_what_was_recorded_is_never_withdrawn(oss):
    run(17)
    with unit_of_work():
        letter = letters()[0]
        letter.number, letter.dated_on, letter.recorded_at = "1", date(2020, 7, 18), morning(18)
    file_for(oss, at=morning(19))
    assert run(20)["withdrawn"] == 0


def test_what_people_withdrew_stays_withdrawn(oss):
    run(17)
    with unit_of_work():
        letter = letters()[0]
        letter.withdrawn_at, letter.withdrawn_why = morning(17), "Sudah dibicarakan lewat telepon."
    assert run(18)["drafted"] == 0
    assert letters()[0].withdrawn_at


def test_the_second_letter_follows_the_first_where_that_went_out(oss):
    run(17)
    with unit_of_work():
        letter = letters()[0]
        letter.number, letter.dated_on, letter.recorded_at = "B.12/2020", date(2020, 7, 20), morning(20)
    run(24)
    told = "menyusul surat kami kepada Sekretaris Daerah Kabupaten Temanggung nomor B.12/2020 tanggal 20 Juli 2020"
    assert told in letters()[1].content["opening"][0]


def test_a_draft_of_which_a_part_came_in_is_told_and_written_anew(oss, geoportal):
    run(17)
    file_for(oss, at=morning(19))
    with clock.at(morning(20)):
        letter = letters()[0]
        assert changed_drafts([letter]) == {letter.id: 1}
        with unit_of_work():
            assert redraft(letter=letter)
        assert changed_drafts(letters()) == {}
    assert [line[0] for line in letters()[0].content["lines"]] == ["1-b"]
    assert "pada 20 Juli 2020" in letters()[0].content["opening"][0]


def test_a_ladder_that_reaches_the_secretariat_on_other_days_moves_the_letters(oss, programme):
    for anchor, days in ((Anchor.DUE, 6), (Anchor.LOCK, -1)):
        db.session.add(LadderStep(programme_id=programme.id, anchor=anchor, days=days, audience=["setnas"]))
    db.session.commit()
    assert [run(day)["drafted"] for day in (17, 19, 20, 24, 26, 27)] == [0, 0, 1, 0, 0, 1]


def test_all_of_it_is_in_the_audit_trail(oss):
    run(17)
    file_for(oss, at=morning(19))
    run(20)
    actions = db.session.scalars(db.select(AuditEntry.action).where(AuditEntry.subject.like("escalation_letter:%")))
    assert list(actions) == ["escalation_letter.drafted", "escalation_letter.withdrawn"]


OWED_BY_SQL = """
SELECT DISTINCT o.agency_id FROM obligation o JOIN period p ON p.id = o.period_id
LEFT JOIN submission s ON s.obligation_id = o.id
WHERE p.key = 'B18' AND s.id IS NULL AND o.in_force_until IS NULL
"""


def test_of_the_whole_country_exactly_those_who_owe_are_written_to_in_a_few_questions(seeded_app):
    """Names from a question of the test's own."""
    asked = []

    def note(*said) -> None:
        asked.append(said[2])

    with clock.at(morning(17)):
        event.listen(db.engine, "before_cursor_execute", note)
        try:
            due = letters_due(today=date(2020, 7, 17), now=clock.now())
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
    named = set(db.session.execute(db.text(OWED_BY_SQL)).scalars())
    assert {key.agency_id for key in due} == named
    assert len(due) == len(named) > 500
    assert len(asked) < 20


def test_the_coordinator_is_not_told_that_a_letter_was_drafted(oss, temanggung, client, sign_in):
    run(17)
    sign_in(factories.make_person(Role.COORDINATOR, temanggung))
    with clock.at(morning(17) + timedelta(hours=3)):
        assert "Tidak ada surat" in client.get("/surat-sekretariat").text
