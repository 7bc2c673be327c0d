"""Approval: the coordinator asks, an official in office sends or declines, nobody approves what only he prepared."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Capacity, CapacityKind, Role, VerifierAssignment
from stranas.reporting import operations
from stranas.reporting.models import Approval, ApprovalState, CoverLetter, Filing
from stranas.reporting.operations import Entry
from stranas.reporting.rules import EventKind, IllegalTransition, Status
from stranas.system import clock
from stranas.system.db import db
from stranas.system.errors import Refused
from stranas.system.models import OutboxMessage
from tests import factories

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ENTRY = Entry(progress_percent=Decimal(90), realised_value=Decimal("64.5"), narrative="129 dari 200 permohonan")


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def agency(app):
    return factories.make_agency()


@pytest.fixture
def budi(agency):
    return factories.make_person(Role.COORDINATOR, agency)


@pytest.fixture
def sri(agency):
    person = factories.make_person(Role.CERTIFIER, agency, name="Sri")
    person.position = "Inspektur"
    db.session.commit()
    return person


@pytest.fixture
def obligation(agency):
    programme = factories.make_programme(approval_required=True)
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    return factories.make_obligation(agency, target)


def ready(obligation, person):
    submission = operations.start_submission(obligation=obligation, person=person, received_at=clock.now())
    operations.save_draft(
        submission=submission, entry=ENTRY, revision=submission.revision, person=person, received_at=clock.now()
    )
    operations.mark_ready(submission=submission, person=person, received_at=clock.now())
    return submission


def ask(obligation, person, at=None):
    submission = obligation.submission or ready(obligation, person)
    approval = operations.request_approval(
        agency=obligation.agency,
        period=obligation.period,
        submissions=[submission],
        person=person,
        received_at=at or clock.now(),
    )
    db.session.commit()
    return approval


def hold(
    person, kind=CapacityKind.PLH, office="Inspektur", starts=date(2020, 7, 10), ends=date(2020, 7, 13), **columns
):
    row = Capacity(
        membership_id=person.memberships[-1].id,
        kind=kind,
        office=office,
        starts_on=starts,
        ends_on=ends,
        recorded_at=clock.now(),
        **columns,
    )
    db.session.add(row)
    db.session.commit()
    return row


def told(person):
    return db.session.scalars(db.select(OutboxMessage).where(OutboxMessage.recipient_id == person.id)).all()


def test_the_official_sends_what_the_coordinator_prepared(obligation, budi, sri):
    approval = ask(obligation, budi)
    assert obligation.submission.status is Status.AWAITING_APPROVAL
    filing = operations.approve(approval=approval, person=sri, received_at=clock.now())
    assert obligation.submission.status is Status.SENT
    assert (filing.number, filing.filed_by_id, filing.ordinal) == ("B18-33.23-0001", sri.id, 1)
    assert approval.signature == ["Inspektur,", "", "", "", "Sri"]
    kinds = [event.kind for event in obligation.submission.events]
    assert kinds[-2:] == [EventKind.APPROVAL_REQUESTED, EventKind.FILED]


def test_the_official_hears_of_the_request_and_the_coordinator_of_the_answer(obligation, budi, sri):
    approval = ask(obligation, budi)
    asked = told(sri)[0]
    assert asked.body_text.startswith("Yth. Inspektur Kabupaten Temanggung\n")
    assert "Batas waktu: Selasa, 14 Juli 2020 pukul 23.59\xa0WIB" in asked.body_text
    operations.decline(approval=approval, person=sri, reason="Angka belum cocok.", received_at=clock.now())
    answer = told(budi)[0]
    assert "Alasan: Angka belum cocok." in answer.body_text
    assert "sampai Selasa, 28 Juli 2020" in answer.body_text


def test_the_receipt_says_in_what_capacity_the_official_sent_it(obligation, budi, sri, agency):
    tono = factories.make_person(Role.CERTIFIER, agency, name="Tono")
    hold(tono, chain=["BUPATI TEMANGGUNG", "Sekretaris Daerah"])
    operations.approve(approval=ask(obligation, budi), person=tono, received_at=clock.now())
    words = "Dikirim oleh: Tono, a.n. BUPATI TEMANGGUNG, Sekretaris Daerah, u.b. Plh. Inspektur\n"
    assert words in told(budi)[0].body_text


def test_a_decline_makes_the_report_ready_again_with_the_reason(obligation, budi, sri):
    approval = ask(obligation, budi)
    operations.decline(approval=approval, person=sri, reason=" Angka belum cocok. ", received_at=clock.now())
    assert (approval.state, approval.reason) == (ApprovalState.DECLINED, "Angka belum cocok.")
    assert obligation.submission.status is Status.READY
    assert obligation.submission.events[-1].reason == "Angka belum cocok."
    again = ask(obligation, budi)
    assert operations.approve(approval=again, person=sri, received_at=clock.now()).ordinal == 1


def test_the_coordinator_takes_the_request_back_while_nobody_has_decided(obligation, budi, sri):
    approval = ask(obligation, budi)
    operations.withdraw(approval=approval, person=budi, received_at=clock.now())
    assert obligation.submission.status is Status.READY
    with pytest.raises(Refused, match="sudah ditarik oleh Budi"):
        operations.approve(approval=approval, person=sri, received_at=clock.now())


def test_of_two_officials_one_decides_and_the_other_learns_who_was_quicker(obligation, budi, sri, agency):
    approval = ask(obligation, budi)
    operations.approve(approval=approval, person=sri, received_at=clock.now())
    tono = factories.make_person(Role.CERTIFIER, agency, name="Tono")
    with pytest.raises(Refused, match="sudah disetujui oleh Sri"):
        operations.decline(approval=approval, person=tono, reason="Terlambat", received_at=clock.now())
    assert db.session.scalar(db.select(db.func.count(Filing.id))) == 1


def test_nobody_approves_what_only_he_prepared(obligation, sri, agency):
    tono = factories.make_person(Role.CERTIFIER, agency, name="Tono")
    approval = ask(obligation, sri)
    with pytest.raises(Refused, match="hanya Anda sendiri yang menyiapkan") as refusal:
        operations.approve(approval=approval, person=sri, received_at=clock.now())
    assert "Tono" in refusal.value.repair
    assert operations.approve(approval=approval, person=tono, received_at=clock.now())


def test_another_hand_is_enough(obligation, sri, budi):
    submission = ready(obligation, sri)
    operations.unmark_ready(submission=submission, person=budi, received_at=clock.now())
    operations.mark_ready(submission=submission, person=sri, received_at=clock.now())
    assert operations.approve(approval=ask(obligation, sri), person=sri, received_at=clock.now())


def test_a_correction_that_one_person_made_alone_needs_another_hand_again(obligation, budi, sri):
    operations.approve(approval=ask(obligation, budi), person=sri, received_at=MORNING)
    submission = obligation.submission
    noon = MORNING + timedelta(hours=3)
    with clock.at(noon):
        operations.record_decision(
            submission=submission, outcome=EventKind.RETURNED, person=None, received_at=noon, reason="A01"
        )
    later = noon + timedelta(hours=1)
    with clock.at(later):
        entry = Entry(progress_percent=Decimal(100), realised_value=Decimal(90), narrative="Angka baru.")
        operations.save_draft(
            submission=submission, entry=entry, revision=submission.revision, person=sri, received_at=later
        )
        operations.mark_ready(submission=submission, person=sri, received_at=later)
        alone = ask(obligation, sri, at=later)
        with pytest.raises(Refused, match="hanya Anda sendiri yang menyiapkan"):
            operations.approve(approval=alone, person=sri, received_at=later)
        operations.withdraw(approval=alone, person=sri, received_at=later)
        seen_by_budi = ask(obligation, budi, at=later)
        assert operations.approve(approval=seen_by_budi, person=sri, received_at=later).ordinal == 2


def test_without_an_official_the_coordinator_is_told_whom_to_ask(obligation, budi):
    with pytest.raises(Refused, match="Belum ada pejabat") as refusal:
        ask(obligation, budi)
    assert "admin instansi" in refusal.value.repair


@pytest.mark.parametrize("late", [False, True])
def test_the_instant_of_the_approval_decides_to_the_second(obligation, budi, sri, late):
    closes = obligation.period.locks_at
    approval = ask(obligation, budi, at=closes - SECOND)
    if not late:
        filing = operations.approve(approval=approval, person=sri, received_at=closes - SECOND)
        assert filing.received_at == closes - SECOND
        return
    with pytest.raises(Refused, match="Penutupan pengisian untuk 1-a sudah lewat"):
        operations.approve(approval=approval, person=sri, received_at=closes)
    operations.decline(approval=approval, person=sri, reason="Waktu habis.", received_at=closes)
    assert obligation.submission.status is Status.READY


def test_nothing_is_asked_for_once_the_filing_is_closed(obligation, budi, sri):
    with pytest.raises(Refused, match="sudah lewat"):
        ask(obligation, budi, at=obligation.period.locks_at)


@pytest.mark.parametrize(
    ("zone", "instant", "able"),
    [
        # The last day of the capacity is 13 July by the agency's own calendar, to the second.
        ("Asia/Jakarta", datetime(2020, 7, 13, 16, 59, 59, tzinfo=UTC), True),
        ("Asia/Jakarta", datetime(2020, 7, 13, 17, tzinfo=UTC), False),
        ("Asia/Jayapura", datetime(2020, 7, 13, 14, 59, 59, tzinfo=UTC), True),
        ("Asia/Jayapura", datetime(2020, 7, 13, 15, tzinfo=UTC), False),
        ("Asia/Jayapura", datetime(2020, 7, 9, 14, 59, 59, tzinfo=UTC), False),
        ("Asia/Jayapura", datetime(2020, 7, 9, 15, tzinfo=UTC), True),
    ],
)
def test_a_capacity_begins_and_ends_by_the_calendar_of_the_agency(obligation, agency, budi, sri, zone, instant, able):
    agency.timezone = zone
    tono = factories.make_person(Role.CERTIFIER, agency, name="Tono")
    hold(tono)
    approval = ask(obligation, budi)
    if able:
        operations.approve(approval=approval, person=tono, received_at=instant)
        assert approval.office == "Plh. Inspektur"
    else:
        with pytest.raises(Refused, match="tidak tercatat sebagai pejabat"):
            operations.approve(approval=approval, person=tono, received_at=instant)


def test_an_agency_that_files_without_approval_sends_directly(obligation, agency, budi):
    agency.files_without_approval = True
    submission = ready(obligation, budi)
    filing = operations.file_submissions(
        agency=agency, period=obligation.period, submissions=[submission], person=budi, received_at=clock.now()
    )
    assert filing.filed_by_id == budi.id


def test_an_agency_that_needs_approval_does_not_send_directly(obligation, agency, budi, sri):
    submission = ready(obligation, budi)
    with pytest.raises(Refused, match="setelah disetujui pejabat"):
        operations.file_submissions(
            agency=agency, period=obligation.period, submissions=[submission], person=budi, received_at=clock.now()
        )


def test_what_waits_when_the_setting_is_switched_may_still_be_approved_or_withdrawn(obligation, agency, budi, sri):
    approval = ask(obligation, budi)
    agency.files_without_approval = True
    db.session.flush()
    operations.withdraw(approval=approval, person=budi, received_at=clock.now())
    agency.files_without_approval = False
    again = ask(obligation, budi)
    agency.files_without_approval = True
    db.session.flush()
    assert operations.approve(approval=again, person=sri, received_at=clock.now())


def test_a_returned_part_goes_through_approval_too(obligation, budi, sri):
    operations.approve(approval=ask(obligation, budi), person=sri, received_at=clock.now())
    submission = obligation.submission
    operations.record_decision(
        submission=submission, outcome=EventKind.RETURNED, person=None, received_at=clock.now(), reason="K01"
    )
    operations.mark_ready(submission=submission, person=budi, received_at=clock.now())
    closes = submission.correction_ends_at
    approval = ask(obligation, budi)
    with pytest.raises(Refused, match="Batas waktu perbaikan"):
        operations.approve(approval=approval, person=sri, received_at=closes)
    assert operations.approve(approval=approval, person=sri, received_at=closes - SECOND).ordinal == 2


def test_the_signed_letter_may_follow_within_five_working_days(obligation, budi, sri):
    """14 to 17 and 20 July 2020; the filing itself is in time whatever becomes of the letter."""
    filing = operations.approve(approval=ask(obligation, budi), person=sri, received_at=clock.now())
    letter = db.session.scalars(db.select(CoverLetter).where(CoverLetter.filing_id == filing.id)).one()
    assert letter.due_at == datetime(2020, 7, 20, 17, tzinfo=UTC)


def test_holidays_do_not_count_towards_the_signed_letter():
    """29 July 2020: the 31st is Idul Adha; 30, 3, 4, 5, 6 August remain."""
    assert operations.scan_due(datetime(2020, 7, 29, 3, tzinfo=UTC)) == datetime(2020, 8, 6, 17, tzinfo=UTC)


def test_a_report_that_waits_cannot_be_edited(obligation, budi, sri):
    ask(obligation, budi)
    with pytest.raises(IllegalTransition):
        operations.unmark_ready(submission=obligation.submission, person=budi, received_at=clock.now())


# Pages


def test_the_coordinator_asks_and_sees_for_whom_it_waits(obligation, budi, sri, client, sign_in):
    submission = ready(obligation, budi)
    db.session.commit()
    sign_in(budi)
    assert "Minta persetujuan" in client.get("/laporan-triwulan/B18").text
    client.post("/laporan-triwulan/B18/kirim", data={"submission": submission.id, "catatan": "Sudah dibahas."})
    words = "Menunggu persetujuan Inspektur, sejak 13 Juli 2020 pukul 09.00\xa0WIB"
    for address in ("/", "/laporan-triwulan/B18", f"/laporan/{obligation.id}"):
        assert words in client.get(address).text, address


def test_the_official_reads_everything_approves_and_holds_the_receipt(obligation, budi, sri, client, sign_in):
    approval = ask(obligation, budi)
    sign_in(sri)
    assert client.get("/", follow_redirects=True).request.path == "/persetujuan"
    assert "Disiapkan Budi" in client.get("/persetujuan").text
    page = client.get(f"/persetujuan/{approval.id}").text
    assert ENTRY.narrative in page
    assert "Disiapkan Budi" in page
    answer = client.post(f"/persetujuan/{approval.id}/setujui", follow_redirects=True)
    assert "Tanda terima laporan triwulan" in answer.text
    assert "Inspektur" in answer.text


def test_how_the_house_came_to_send_it_stays_in_the_house(obligation, budi, sri, agency, client, sign_in):
    declined = ask(obligation, budi)
    operations.decline(approval=declined, person=sri, reason="Angka belum cocok.", received_at=MORNING)
    operations.approve(approval=ask(obligation, budi), person=sri, received_at=MORNING)
    db.session.commit()
    citra = factories.make_person(Role.VERIFIER, name="Citra")
    db.session.add(VerifierAssignment(user_id=citra.id, agency_id=agency.id))
    db.session.commit()
    for person, internal in ((citra, False), (budi, True)):
        sign_in(person)
        page = client.get(f"/laporan/{obligation.id}").text
        assert "<b>Dikirim</b>" in page
        assert ("<b>Persetujuan ditolak</b>" in page) is internal


def test_who_prepared_alone_reads_why_he_cannot_approve_and_finds_no_button(obligation, sri, client, sign_in):
    approval = ask(obligation, sri)
    sign_in(sri)
    page = client.get(f"/persetujuan/{approval.id}").text
    assert "hanya Anda sendiri yang menyiapkan" in page
    assert "Setujui dan kirim" not in page
    answer = client.post(f"/persetujuan/{approval.id}/setujui")
    assert answer.status_code == 409
    assert "Tunjuk Plt. atau Plh. di halaman Pejabat" in answer.text


def test_without_an_official_the_page_says_whom_to_ask_instead_of_a_button(obligation, budi, client, sign_in):
    ready(obligation, budi)
    db.session.commit()
    sign_in(budi)
    page = client.get("/laporan-triwulan/B18").text
    assert "Belum ada pejabat yang dapat menyetujui hari ini." in page
    assert "Minta persetujuan</button>" not in page


def test_after_the_time_the_page_says_to_decline(obligation, budi, sri, client, sign_in):
    approval = ask(obligation, budi)
    sign_in(sri)
    with clock.at(obligation.period.locks_at):
        page = client.get(f"/persetujuan/{approval.id}").text
    assert "sudah lewat" in page
    assert "Setujui dan kirim" not in page
    assert "Tolak dan kembalikan" in page


def test_declining_needs_a_reason_which_the_coordinator_reads(obligation, budi, sri, client, sign_in):
    approval = ask(obligation, budi)
    sign_in(sri)
    answer = client.post(f"/persetujuan/{approval.id}/tolak", data={"reason": "  "})
    assert answer.status_code == 422
    assert "Tulis alasannya" in answer.text
    client.post(f"/persetujuan/{approval.id}/tolak", data={"reason": "Angka belum cocok."})
    sign_in(budi)
    home = client.get("/").text
    assert "Belum disetujui Inspektur" in home
    assert "Alasan: Angka belum cocok." in home
    for address in ("/laporan-triwulan/B18", f"/laporan/{obligation.id}"):
        page = client.get(address).text
        assert "Belum disetujui Inspektur" in page
        assert "Angka belum cocok." in page
        assert "Buka kembali" in page


def test_the_coordinator_withdraws_on_the_quarter_page(obligation, budi, sri, client, sign_in):
    approval = ask(obligation, budi)
    sign_in(budi)
    client.post(f"/persetujuan/{approval.id}/tarik")
    assert obligation.submission.status is Status.READY
    assert client.post(f"/persetujuan/{approval.id}/tarik").status_code == 409


def test_a_second_official_gets_a_sentence(obligation, budi, sri, agency, client, sign_in):
    approval = ask(obligation, budi)
    operations.approve(approval=approval, person=sri, received_at=clock.now())
    db.session.commit()
    sign_in(factories.make_person(Role.CERTIFIER, agency, name="Tono"))
    answer = client.post(f"/persetujuan/{approval.id}/setujui")
    assert answer.status_code == 409
    assert "sudah disetujui oleh Sri" in answer.text


def test_the_number_of_queries_does_not_grow_with_requests(obligation, budi, sri, agency, client, sign_in):
    ask(obligation, budi)
    sign_in(sri)
    few = _queries(lambda: client.get("/persetujuan"))
    for key in ("2-a", "2-b", "3-a"):
        item = factories.make_item(obligation.period.programme, key)
        ask(factories.make_obligation(agency, factories.make_target(item, obligation.period)), budi)
    assert _queries(lambda: client.get("/persetujuan")) <= few
    assert db.session.scalar(db.select(db.func.count(Approval.id))) == 4


def _queries(act) -> int:
    from sqlalchemy import event

    seen = []
    engine = db.engines[None]

    def note(*_):
        seen.append(1)

    event.listen(engine, "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)
