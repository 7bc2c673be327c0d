"""Who is reminded of what: on hand-made states, and on all 595 agencies against a query of the test's own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stranas.accounts.models import Membership, Role, VerifierAssignment
from stranas.agencies.models import Agency, AgencyLevel
from stranas.catalogue.models import Period
from stranas.deadlines.operations import grant_extension
from stranas.jobs import job_named
from stranas.reminders import overtaken
from stranas.reminders.operations import BESIDE, digests_to_send, plan_reminders
from stranas.reminders.overtaken import why_not_any_more
from stranas.reminders.rules import CLOSED
from stranas.reporting.models import Obligation, Submission
from stranas.reporting.rules import Status, SubmissionKind
from stranas.system import clock, outbox, schedule
from stranas.system.db import db, unit_of_work
from stranas.system.models import MessageState, OutboxMessage
from tests import factories, smtp
from tests.reminders.owed import named_by_sql, reminded

TODAY = date(2020, 7, 13)
MORNING = datetime(2020, 7, 13, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _day_before_the_deadline():
    with clock.at(MORNING):
        yield


@pytest.fixture
def period(app):
    return factories.make_period(factories.make_programme())


@pytest.fixture
def temanggung(period):
    return factories.make_agency()


@pytest.fixture
def owe(period):
    """`owe(agency, "1-a", Status.DRAFT)`: an obligation of the period, and where its submission stands."""
    targets = {}

    def make(agency: Agency, key: str, status: Status | None = None, **submission) -> Obligation:
        if key not in targets:
            item = factories.make_item(period.programme, key=key)
            targets[key] = factories.make_target(item, period, text=f"Target {key}")
        obligation = factories.make_obligation(agency, targets[key])
        if status:
            stand(obligation, status, **submission)
        return obligation

    return make


def stand(obligation: Obligation, status: Status, **columns) -> None:
    db.session.add(
        Submission(obligation_id=obligation.id, status=status, kind=SubmissionKind.ACHIEVEMENT, revision=0, **columns)
    )
    db.session.flush()


def messages() -> list[OutboxMessage]:
    """The mails that were planned."""
    mails = db.select(OutboxMessage).where(
        OutboxMessage.channel == "mail", OutboxMessage.state != MessageState.CANCELLED
    )
    return list(db.session.scalars(mails.order_by(OutboxMessage.id)))


def cancelled() -> dict[str, str]:
    """Step → why it was not told."""
    rows = db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.state == MessageState.CANCELLED))
    return {row.key.split(":", 3)[3]: row.outcome for row in rows}


def plan(today: date = TODAY, **more) -> dict[str, int]:
    """As the morning's job does, with everything before it committed."""
    db.session.commit()
    with clock.at(datetime.combine(today, datetime.min.time(), UTC) + timedelta(hours=1)):
        return plan_reminders(today=today, **more)


def test_one_message_names_exactly_what_is_missing(owe, temanggung):
    budi = factories.make_person(Role.COORDINATOR, temanggung)
    for key, status in (("1-a", Status.SENT), ("1-b", None), ("2-a", Status.DRAFT), ("2-b", Status.VERIFIED)):
        owe(temanggung, key, status)
    assert plan() == {"agencies": 1, "planned": 1, "skipped": 0}
    (message,) = messages()
    assert message.address == budi.email
    assert message.payload["missing"] == ["B18 1-b", "B18 2-a"]
    assert "Telah terkirim 2 dari 4 target." in message.body_text
    assert "Target 1-a" not in message.body_text


def test_a_second_run_plans_nothing(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    plan()
    assert plan() == {"agencies": 0, "planned": 0, "skipped": 0}
    assert len(messages()) == 1


def test_nobody_who_owes_nothing_is_reminded(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a", Status.SENT)
    owe(temanggung, "1-b", Status.VERIFIED)
    assert plan() == {"agencies": 0, "planned": 0, "skipped": 0}


def test_only_active_people_are_reminded(owe, temanggung):
    owe(temanggung, "1-a")
    factories.make_person(Role.COORDINATOR, temanggung, name="Fajar").active = False
    factories.make_person(Role.HUMAS, temanggung, name="Hana")
    budi = factories.make_person(Role.COORDINATOR, temanggung)
    plan()
    assert [message.address for message in messages()] == [budi.email]


def test_the_certifying_official_hears_from_three_days_before(owe, temanggung):
    owe(temanggung, "1-a", Status.AWAITING_APPROVAL)
    eko = factories.make_person(Role.CERTIFIER, temanggung, name="Eko")
    assert plan(date(2020, 7, 7))["planned"] == 0
    assert plan(date(2020, 7, 10))["planned"] == 1
    (message,) = messages()
    assert message.address == eko.email
    assert "1-a: Target 1-a (menunggu persetujuan pejabat)" in message.body_text
    assert "Buka laporan: http://127.0.0.1:5000/persetujuan\n" in message.body_text
    assert "u.p." not in message.body_text


def test_a_person_of_two_agencies_gets_one_digest(owe, temanggung):
    other = factories.make_agency("33.08", "Kabupaten Magelang")
    budi = factories.make_person(Role.COORDINATOR, temanggung)
    db.session.add(Membership(user_id=budi.id, role=Role.COORDINATOR, agency_id=other.id))
    for agency in (temanggung, other):
        owe(agency, "1-a")
    plan()
    (message,) = messages()
    assert (message.address, message.payload["agency"]) == (budi.email, "33.08, 33.23")
    assert "== Kabupaten Magelang ==" in message.body_text
    assert "== Kabupaten Temanggung ==" in message.body_text


def test_ten_things_are_one_digest_and_one_notice(owe, temanggung):
    budi = factories.make_person(Role.COORDINATOR, temanggung)
    for number in range(8):
        owe(temanggung, f"1-{number}")
    owe(temanggung, "2-a", Status.RETURNED, correction_ends_at=datetime(2020, 7, 14, 17, tzinfo=UTC))
    owe(temanggung, "2-b", Status.RETURNED, correction_ends_at=datetime(2020, 7, 20, 17, tzinfo=UTC))
    plan()
    (message,) = messages()
    assert len(message.payload["missing"] + message.payload["returned"]) == 10
    told = db.session.scalars(db.select(OutboxMessage.channel).where(OutboxMessage.state != MessageState.CANCELLED))
    assert sorted(told) == ["mail", "notice"]
    assert message.key == f"reminder:{budi.id}:mail:B18:correction:2020-07-14:-1"
    assert cancelled() == {
        "B18:due:2020-07-14:-1": BESIDE,
        "B18:correction:2020-07-20:-7": BESIDE,
    }


def test_people_of_other_zones_are_told_in_their_own_morning(owe, temanggung):
    jayapura = factories.make_agency("91.03", "Kabupaten Jayapura", timezone="Asia/Jayapura")
    budi = factories.make_person(Role.COORDINATOR, temanggung)
    yosep = factories.make_person(Role.COORDINATOR, jayapura, name="Yosep")
    for agency in (temanggung, jayapura):
        owe(agency, "1-a")
    assert plan(zones=["Asia/Jayapura"])["planned"] == 1
    assert [message.address for message in messages()] == [yosep.email]
    assert plan(zones=["Asia/Jakarta"])["planned"] == 1
    assert [message.address for message in messages()] == [yosep.email, budi.email]


def test_who_works_in_two_zones_is_told_once_in_the_first_morning(owe, temanggung):
    jayapura = factories.make_agency("91.03", "Kabupaten Jayapura", timezone="Asia/Jayapura")
    budi = factories.make_person(Role.COORDINATOR, temanggung)
    db.session.add(Membership(user_id=budi.id, role=Role.COORDINATOR, agency_id=jayapura.id))
    for agency in (temanggung, jayapura):
        owe(agency, "1-a")
    assert plan(zones=["Asia/Jakarta"])["planned"] == 0
    assert plan(zones=["Asia/Jayapura"])["planned"] == 1


def test_after_four_days_of_silence_one_message_says_that_it_is_late(owe, temanggung):
    """The worker stood still from the 12th to the 15th, over the due day."""
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    owe(temanggung, "1-b", Status.RETURNED, correction_ends_at=datetime(2020, 7, 14, 17, tzinfo=UTC))
    assert plan(date(2020, 7, 16), since=date(2020, 7, 11)) == {"agencies": 1, "planned": 1, "skipped": 4}
    (message,) = messages()
    assert "Pengingat ini semestinya dikirim Rabu, 15 Juli 2020." in message.body_text
    assert "tercatat dikirim setelah batas waktu" in message.body_text
    assert "Target 1-b" not in message.body_text
    assert cancelled() == {
        "B18:due:2020-07-14:-1": "Terlewat saat layanan pengingat terhenti; H+1 disampaikan sebagai gantinya.",
        "B18:due:2020-07-14:0": "Terlewat saat layanan pengingat terhenti; H+1 disampaikan sebagai gantinya.",
        "B18:correction:2020-07-14:-1": CLOSED,
        "B18:correction:2020-07-14:0": CLOSED,
    }
    assert plan(date(2020, 7, 16), since=date(2020, 7, 11)) == {"agencies": 0, "planned": 0, "skipped": 0}


def test_what_was_sent_while_nothing_ran_is_not_reminded_of(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a", Status.SENT)
    assert plan(date(2020, 7, 16), since=date(2020, 7, 11)) == {"agencies": 0, "planned": 0, "skipped": 0}


def test_the_secretariat_hears_three_days_after_which_agencies_still_owe(owe, temanggung):
    factories.make_person(Role.SECRETARIAT, name="Ani")
    owe(temanggung, "1-a")
    owe(factories.make_agency("33.08", "Kabupaten Magelang"), "1-a", Status.SENT)
    assert plan(date(2020, 7, 17))["planned"] == 1
    (message,) = messages()
    assert "1 instansi belum mengirim semua targetnya:\n- Kabupaten Temanggung\n" in message.body_text
    assert message.subject == "Aksi PK B18: 1 instansi belum lengkap, batas waktu 14 Juli 2020"


def test_a_verifier_hears_of_his_own_queue_only(owe, temanggung):
    other = factories.make_agency("33.08", "Kabupaten Magelang")
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    db.session.add(VerifierAssignment(user_id=citra.id, agency_id=temanggung.id))
    owe(temanggung, "1-a", Status.SENT)
    owe(other, "1-b", Status.SENT)
    assert plan(date(2020, 9, 10))["planned"] == 0
    assert plan(date(2020, 9, 11))["planned"] == 1
    (message,) = messages()
    assert message.subject == "Antrean verifikasi Aksi PK B18: 1 laporan menunggu putusan sampai 14 September 2020"
    assert "- Kabupaten Temanggung, 1-a\n" in message.body_text
    assert "Magelang" not in message.body_text


def test_a_reminder_that_waited_is_useless_once_everything_was_sent(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    first, second = owe(temanggung, "1-a"), owe(temanggung, "1-b")
    plan()
    (message,) = messages()
    stand(first, Status.SENT)
    assert why_not_any_more(message) is None
    stand(second, Status.SENT)
    assert why_not_any_more(message) == overtaken.SENT


def test_a_reminder_that_waited_is_useless_once_nothing_can_be_sent(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    plan()
    (message,) = messages()
    with clock.at(datetime(2020, 7, 28, 16, 59, tzinfo=UTC)):
        assert why_not_any_more(message) is None
    with clock.at(datetime(2020, 7, 28, 17, tzinfo=UTC)):
        assert why_not_any_more(message) == overtaken.CLOSED


def test_after_days_without_a_mail_server_everybody_gets_the_last_reminder_alone(owe, temanggung, app, monkeypatch):
    """H-1, the day itself and H+1 wait for the server; what was sent meanwhile is not looked for in the last one."""
    budi = factories.make_person(Role.COORDINATOR, temanggung)
    ani = factories.make_person(Role.SECRETARIAT, name="Ani")
    owe(temanggung, "1-a")
    second = owe(temanggung, "1-b")
    with smtp.server() as box:
        pass
    monkeypatch.setattr(app.config["SETTINGS"], "mail", f"smtp://127.0.0.1:{box.port}")
    plan()
    plan(date(2020, 7, 14))
    stand(second, Status.SENT)
    for day in (15, 17):
        plan(date(2020, 7, day))
    with smtp.server(box=box), clock.at(datetime(2020, 7, 17, 3, tzinfo=UTC)):
        outbox.deliver_waiting()
    assert sorted(letter["To"] for letter in box.letters) == [ani.email, budi.email]
    assert "tercatat dikirim setelah batas waktu" in next(
        letter.get_body().get_content() for letter in box.letters if letter["To"] == budi.email
    )
    assert cancelled() == {"B18:due:2020-07-14:-1": overtaken.LATER, "B18:due:2020-07-14:0": overtaken.LATER}


def test_an_extension_moves_the_ladder(owe, temanggung, period):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    with clock.at(MORNING - timedelta(days=1)):
        grant_extension(
            period_id=period.id,
            agency_id=temanggung.id,
            until=datetime(2020, 7, 17, 17, tzinfo=UTC),
            reason="banjir",
        )
    assert plan()["planned"] == 0
    assert plan(date(2020, 7, 14))["planned"] == 1
    assert "Jumat, 17 Juli 2020" in messages()[0].body_text


def test_a_returned_part_has_its_own_ladder_and_end(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    ends = datetime(2020, 7, 16, 17, tzinfo=UTC)
    owe(temanggung, "1-a", Status.RETURNED, correction_ends_at=ends)
    owe(temanggung, "1-b", Status.SENT)
    plan()
    (message,) = messages()
    assert message.payload["returned"] == ["B18 1-a"]
    assert message.payload["missing"] == []
    assert "diperbaiki sampai Kamis, 16 Juli 2020" in message.body_text


def test_a_correction_that_is_over_is_not_named(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a", Status.RETURNED, correction_ends_at=datetime(2020, 7, 14, 17, tzinfo=UTC))
    assert plan(date(2020, 7, 15))["planned"] == 0


def test_two_steps_on_one_day_are_one_message(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    owe(temanggung, "1-b", Status.RETURNED, correction_ends_at=datetime(2020, 7, 16, 17, tzinfo=UTC))
    plan()
    assert len(messages()) == 1


def test_what_was_told_beside_another_step_is_not_told_again(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    first = owe(temanggung, "1-a")
    owe(temanggung, "1-b", Status.RETURNED, correction_ends_at=datetime(2020, 7, 16, 17, tzinfo=UTC))
    plan()
    stand(first, Status.SENT)
    assert plan()["planned"] == 0


def test_the_day_after_is_the_last_step(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    assert plan(date(2020, 7, 15))["planned"] == 1
    assert "tercatat dikirim setelah batas waktu" in messages()[0].body_text
    assert plan(date(2020, 7, 16))["planned"] == 0


def test_missed_days_give_one_message(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    assert plan(since=date(2020, 6, 1))["planned"] == 1
    assert len(messages()) == 1


def test_an_obligation_out_of_force_is_not_owed(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a").in_force_until = MORNING - timedelta(days=30)
    assert plan()["planned"] == 0


def test_looking_plans_nothing(owe, temanggung):
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    db.session.commit()
    assert len(digests_to_send(today=TODAY)) == 1
    assert messages() == []


def test_all_agencies_of_the_seed_against_an_independent_query(seeded_app):
    with unit_of_work():
        _people_and_states()
    expected = named_by_sql(TODAY)
    assert 100 < len(expected) < len(set(db.session.scalars(db.select(Membership.user_id))))
    plan()
    plan()
    assert reminded() == expected


def _people_and_states() -> None:
    """Two coordinators for most agencies; a variety of states, an extension, returned parts. By agency number."""
    b18 = db.session.scalars(db.select(Period).where(Period.key == "B18")).one()
    agencies = db.session.scalars(db.select(Agency).order_by(Agency.code)).all()
    for number, agency in enumerate(agencies):
        for which in range((number % 3) * (number % 2)):
            factories.make_person(Role.COORDINATOR, agency, name=f"Orang{number}-{which}").active = number % 7 > 0
        for obligation in db.session.scalars(
            db.select(Obligation).where(Obligation.agency_id == agency.id, Obligation.period_id == b18.id)
        ):
            _stand_somewhere(obligation, number)
    for number, agency in enumerate(agencies):
        if number % 5 == 0:
            _extend(b18, agency, days=number % 3)


def _extend(period: Period, agency: Agency, *, days: int) -> None:
    with clock.at(MORNING - timedelta(days=2)):
        until = datetime(2020, 7, 20 + days, 17, tzinfo=UTC)
        grant_extension(period_id=period.id, agency_id=agency.id, until=until, reason="gempa")


def _stand_somewhere(obligation: Obligation, number: int) -> None:
    statuses = (None, Status.DRAFT, Status.READY, Status.SENT, Status.VERIFIED, Status.RETURNED, Status.REJECTED)
    status = Status.SENT if number % 4 == 0 else statuses[(number + obligation.item_id) % len(statuses)]
    ends = datetime(2020, 7, 13 + number % 9, 17, tzinfo=UTC) if status is Status.RETURNED else None
    if status:
        stand(obligation, status, correction_ends_at=ends)


def test_a_worker_that_stood_still_for_four_days_tells_once_when_it_starts_again(owe, temanggung):
    """The job ran on the 11th; then nothing until the 16th, when a scheduler catches up at its start."""
    job = job_named("reminders_wib")
    factories.make_person(Role.COORDINATOR, temanggung)
    owe(temanggung, "1-a")
    db.session.commit()
    with clock.at(datetime(2020, 7, 11, 2, tzinfo=UTC)):
        assert schedule.catch_up(job).counts["planned"] == 0
    with clock.at(datetime(2020, 7, 16, 2, tzinfo=UTC)):
        assert schedule.catch_up(job).counts == {"agencies": 1, "planned": 1, "skipped": 2}
        assert schedule.catch_up(job) is None
    (message,) = messages()
    assert message.key.endswith("B18:due:2020-07-14:1")
    assert "semestinya dikirim Rabu, 15 Juli 2020" in message.body_text


@pytest.mark.parametrize(
    ("name", "own", "office"),
    [
        ("Kementerian Sosial", "", "Inspektur Jenderal Kementerian Sosial"),
        ("Badan Pusat Statistik", "Inspektorat Utama", "Inspektur Utama Badan Pusat Statistik"),
        ("Komisi Yudisial", "", "Pimpinan Unit Pengawasan Internal Komisi Yudisial"),
    ],
)
def test_a_ministry_is_addressed_by_the_office_that_its_own_data_say(owe, name, own, office):
    agency = factories.make_agency("kl", name, level=AgencyLevel.KL)
    agency.oversight_unit = own
    factories.make_person(Role.COORDINATOR, agency)
    owe(agency, "1-a")
    plan()
    assert messages()[0].body_text.startswith(f"Yth. {office}\nu.p. Admin Aksi PK\n")
