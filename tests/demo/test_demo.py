"""The demo of 14 agencies: what it must show, and that its rows are what the operations would have written."""

import json
from datetime import UTC, datetime
from fractions import Fraction

from stranas.accounts import practice
from stranas.accounts.models import Membership, Role, User, VerifierAssignment
from stranas.agencies.models import Agency
from stranas.catalogue.models import Item, Period
from stranas.compliance.queries import snapshot
from stranas.deadlines.models import Extension
from stranas.evidence.models import Document
from stranas.release.models import Clarification, Minutes
from stranas.release.queries.periods import period_stages
from stranas.release.rules import Outcome, Stage
from stranas.release.views.content import content_of
from stranas.reporting.models import (
    Approval,
    ApprovalState,
    CoverLetter,
    Obligation,
    Submission,
    SubmissionEvent,
    SubmissionVersion,
)
from stranas.reporting.rules import Status, SubmissionKind, fingerprint
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage, StoredFile
from stranas.system.storage import storage

PROGRAMME = "stranas-2019-2020"
CLOSED = ("B03", "B06", "B09", "B12", "B15")


def figures(period: str, agency: str | None = None):
    return snapshot(programme_key=PROGRAMME, period_key=period, agency_code=agency)


def statuses_of(agency: str, period: str) -> dict[str, Status]:
    rows = db.session.execute(
        db.select(Item.key, Submission.status)
        .join(Obligation, Submission.obligation_id == Obligation.id)
        .join(Item, Obligation.item_id == Item.id)
        .join(Period, Obligation.period_id == Period.id)
        .join(Agency, Obligation.agency_id == Agency.id)
        .where(Agency.code == agency, Period.key == period)
    )
    return {key: status for key, status in rows}


def test_the_clock_shows_nine_on_the_day_before_b18_is_due(demo_app):
    assert clock.is_practice()
    assert datetime(2020, 7, 13, 2, tzinfo=UTC) <= clock.now() < datetime(2020, 7, 13, 3, tzinfo=UTC)


def test_every_status_and_every_kind_occurs(demo_app):
    seen = set(db.session.scalars(db.select(Submission.status)))
    assert seen == set(Status) - {Status.NOT_STARTED}
    assert set(db.session.scalars(db.select(Submission.kind))) == set(SubmissionKind)


def test_only_the_agencies_of_the_demo_owe_anything(demo_app):
    owing = [row for row in figures("B15").agencies if row.figures.expected]
    assert len(owing) == 14


def test_closed_quarters_have_reports_in_time_late_missing_and_returned(demo_app):
    for period in CLOSED:
        found = [detail.result for detail in figures(period).details if detail.result.expected]
        assert any(result.on_time for result in found), period
        assert any(result.received and not result.on_time for result in found), period
        assert any(result.verified and not result.first_accepted for result in found), period
    everything = [detail.result for period in CLOSED for detail in figures(period).details if detail.result.expected]
    assert any(not result.received for result in everything)


def test_someone_is_in_time_only_by_an_extension(demo_app):
    seen = figures("B15")
    in_time = [d.result.first_submitted_at for d in seen.details if d.result.on_time]
    assert any(at >= seen.due_at for at in in_time)
    assert len(seen.later_ends) == 2
    assert all(entry.reason for entry in db.session.scalars(db.select(Extension)))


def test_no_event_of_the_past_lies_in_the_future(demo_app):
    newest = db.session.scalar(db.select(db.func.max(SubmissionEvent.recorded_at)))
    assert newest <= datetime(2020, 7, 13, 2, tzinfo=UTC)


def test_temanggung_stands_in_b18_as_the_first_page_shows_it(demo_app):
    assert statuses_of("33.23", "B18") == {
        "1-a": Status.DRAFT,
        "7-a": Status.RETURNED,
        "9-a": Status.AWAITING_APPROVAL,
        "9-b": Status.SENT,
    }


def test_temanggung_reached_87_50_in_b15(demo_app):
    own = figures("B15", "33.23").agencies[0].figures
    assert (own.expected, own.received, own.on_time) == (4, 4, 4)
    assert (own.first_pass, own.achievement) == (75, Fraction(175, 2))


def test_versions_carry_the_hash_of_their_content(demo_app):
    versions = db.session.scalars(db.select(SubmissionVersion)).all()
    assert versions
    assert all(version.sha256 == fingerprint(version.content) for version in versions)


def test_every_document_lies_in_the_storage(demo_app):
    files = db.session.scalars(db.select(StoredFile)).all()
    assert len(files) > 300
    for file in files[::17]:
        with storage().open(file.storage_key) as stream:
            assert len(stream.read()) == file.size


def test_no_two_narratives_are_alike(demo_app):
    texts = db.session.scalars(db.select(Submission.narrative).where(Submission.narrative != "")).all()
    assert len(texts) > 200
    assert len(set(texts)) == len(texts)


def test_every_role_has_somebody_to_try(demo_app):
    assert {account.role for account in practice.accounts()} == {role.label for role in Role}


def test_budi_is_the_coordinator_who_is_shown(demo_app):
    first = next(account for account in practice.accounts() if account.role == Role.COORDINATOR.label)
    assert (first.name, first.agency) == ("Budi", "Kabupaten Temanggung")


def test_nobody_verifies_where_he_works(demo_app):
    works = {(m.user_id, m.agency_id) for m in db.session.scalars(db.select(Membership))}
    assigned = {(a.user_id, a.agency_id) for a in db.session.scalars(db.select(VerifierAssignment))}
    assert len({agency_id for _, agency_id in assigned}) == 14
    assert not works & assigned


def test_the_past_wrote_no_mail(demo_app):
    assert db.session.scalar(db.select(db.func.count(OutboxMessage.id))) == 0


def test_new_rows_follow_those_of_the_demo(demo_app):
    person = User(
        email="baru@example.com",
        name="Baru",
        fs_uniquifier="baru",
        create_datetime=clock.wall(),
        update_datetime=clock.wall(),
    )
    link = Document(agency_id=1, name="a", url="https://a.example.com", uploaded_at=clock.now())
    db.session.add_all([person, link])
    db.session.flush()
    assert (person.id, link.id) > (20, 300)


def test_officials_approved_declined_and_have_one_request_waiting(demo_app):
    states = db.session.scalars(db.select(Approval.state)).all()
    assert states.count(ApprovalState.APPROVED) > 20
    assert (states.count(ApprovalState.DECLINED), states.count(ApprovalState.WAITING)) == (1, 1)
    first = db.session.scalars(
        db.select(Approval).where(Approval.agency.has(code="33.23")).order_by(Approval.id)
    ).first()
    assert first.signature[:2] == ["a.n. Inspektur", "Sekretaris Inspektorat,"]


def test_where_nobody_can_approve_the_agency_files_without(demo_app):
    officials = db.select(Membership.agency_id).where(Membership.role == Role.CERTIFIER)
    with_official = set(db.session.scalars(db.select(Agency.code).where(Agency.files_without_approval.is_(False))))
    assert with_official == set(db.session.scalars(db.select(Agency.code).where(Agency.id.in_(officials))))


def test_two_signed_letters_came_in_and_others_are_awaited(demo_app):
    letters = db.session.scalars(db.select(CoverLetter)).all()
    assert sum(letter.document_id is not None for letter in letters) == 2
    assert any(letter.due_at > clock.now() and not letter.scanned_at for letter in letters)


def test_b03_to_b12_are_released_and_b15_may_be_clarified(demo_app):
    stages = {stage.key: stage for stage in period_stages(now=clock.now())}
    assert [stages[key].stage for key in CLOSED] == [Stage.RELEASED] * 4 + [Stage.CLARIFICATION]
    assert all(0 < stages[key].signed <= stages[key].agencies == 14 for key in CLOSED[:4])
    assert {outcome for (outcome,) in db.session.execute(db.select(Clarification.outcome))} == {None, *Outcome}
    assert (figures("B12").provisional, figures("B15").provisional) == (False, True)


def test_minutes_of_the_demo_say_what_the_page_would_say(demo_app):
    minutes = db.session.scalars(db.select(Minutes).order_by(Minutes.id)).all()
    assert len(minutes) > 40
    for one in minutes[::7]:
        said = json.loads(one.content)
        again = content_of(
            agency=one.agency,
            period=one.period,
            clarification_ended=datetime.fromisoformat(said["clarification_ended"]),
            cutoff=datetime.fromisoformat(said["cutoff"]),
        )
        assert (one.sha256, said["figures"]) == (fingerprint(one.content), again["figures"])
        assert said["clarifications"] == again["clarifications"]
        assert [line["score"] for line in said["obligations"]] == [line["score"] for line in again["obligations"]]
