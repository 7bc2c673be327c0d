"""Every route × every role × own and foreign agency × signed out, taken from the map of routes itself.

A route that somebody adds is walked without a change here; a new argument is named in `Rows`.
"""

from dataclasses import asdict, dataclass, fields, replace

import pytest

from stranas.accounts.handing_over import sheet_of
from stranas.accounts.models import Capacity, CapacityKind, Handover, Role, User
from stranas.accounts.policy import POLICY, holds
from stranas.compliance.exports import Slice
from stranas.compliance.models import Export
from stranas.release.models import Clarification, Release
from stranas.reporting.models import (
    Approval,
    ApprovalPart,
    ApprovalState,
    Evidence,
    Filing,
    Reopening,
    Submission,
    SubmissionVersion,
)
from stranas.reporting.rules import EventKind
from stranas.requests.models import DataLetter, UnitRequest
from stranas.requests.rules import State
from stranas.system import clock, outbox
from stranas.system.access import OPEN_BLUEPRINTS, OPEN_ENDPOINTS
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from stranas.verification.models import Decision, ReturnReason, SpotCheck
from stranas.verification.rules import SpotForm
from tests import factories
from tests.deadlines.asked import make_request
from tests.pages import faults
from tests.publication.kits import published_with_kit
from tests.publication.writing import make_story
from tests.publication.written import make_appearance
from tests.reminders.drafted import make_letter
from tests.verification.people import MORNING, add_reasons, assign, file_for, make_document

pytestmark = pytest.mark.usefixtures("unprinted")

# The link of a request and the address of a calendar answer 404 to "not-a-token": whoever has a real one needs no
# account.
OPEN = {
    "system.healthz",
    "reporting.check_receipt",
    "requests.link",
    "requests.answer_link",
    "compliance.check_report",
    "compliance.check_file",
    "reminders.feed",
    "portal.country",
    "portal.period",
    "portal.province",
    "portal.agency",
    "portal.agencies",
    "portal.actions",
    "portal.action",
    "portal.unknown",
    "portal.league_tables",
    "portal.search",
    "portal.meanings",
    "portal.country_picture",
    "portal.period_picture",
    "portal.province_picture",
    "portal.agency_picture",
    "portal.action_picture",
    "portal.data",
    "portal.figures_csv",
    "portal.figures_json",
    "portal.dictionary",
    "portal.reference_csv",
    "portal.catalogue",
    "portal.data_changes",
    "portal.data_changes_json",
    "portal.reference_series",
    "portal.stories",
    "portal.story",
    "portal.old_story",
    "portal.story_picture",
    "portal.story_card",
    "portal.story_figures",
    "portal.atom",
    "portal.sitemap",
    "portal.robots",
}


@dataclass(frozen=True)
class Rows:
    """The value of every argument that a route may have, all of one agency."""

    obligation_id: int
    requirement_id: int
    submission_id: int
    document_id: int
    evidence_id: int
    number: str
    person_id: int
    membership_id: int
    message_id: int
    check_id: int
    extension_request_id: int
    unit_id: int
    approval_id: int
    reopening_id: int
    handover_id: int
    request_id: int
    data_letter_id: int
    capacity_id: int
    clarification_id: int
    export_id: int
    escalation_letter_id: int
    story_id: int
    picture_id: int
    appearance_id: int
    code: str
    kit_file_id: int
    period_key: str = "B18"
    key: str = "1-a"
    page: int = 1
    token: str = "not-a-token"
    filename: str = "none.css"
    word: str = "json"
    kind: str = "xlsx"
    first: int = 1
    second: int = 1
    verifier_id: int = 0
    reason_id: int = 0
    upload_id: str = "x" * 43
    edition: int = 1
    position: int = 1
    recipient: str = "0"
    unknown: str = "none"
    slug: str = "tidak-ada"


SHARED = {"period_key", "key", "page", "token", "filename", "word", "first", "second", "verifier_id", "reason_id"}
# An upload is a person's or a link's, and no row: tests/evidence/upload/ holds that nobody else finds it.
SHARED |= {"upload_id", "kind"}
# An edition is of the whole country.
SHARED |= {"edition", "recipient", "unknown", "position", "slug"}
METHODS = ("GET", "POST", "PATCH", "DELETE")
# Without it the doors of resumable upload would refuse before they look who comes.
TUS = {"Tus-Resumable": "1.0.0"}


@dataclass(frozen=True)
class World:
    own: Rows
    foreign: Rows
    people: dict[Role, User]


def _rows(agency, target) -> Rows:
    obligation = factories.make_obligation(agency, target)
    filed = file_for(obligation, document=make_document(agency))
    evidence = db.session.scalars(db.select(Evidence).where(Evidence.submission_id == filed.submission.id)).first()
    person = factories.make_person(Role.UNIT, agency, name=f"Unit {agency.code}", email=f"u{agency.id}@example.com")
    unit = factories.make_unit(agency)
    person.memberships[0].unit_id = unit.id
    asked = _ask(obligation, unit)
    story = make_story(agency, person)
    return Rows(
        obligation_id=obligation.id,
        requirement_id=evidence.requirement_id,
        submission_id=filed.submission.id,
        document_id=evidence.document_id,
        evidence_id=evidence.id,
        number=db.session.scalars(db.select(Filing.number).where(Filing.agency_id == agency.id)).one(),
        person_id=person.id,
        membership_id=person.memberships[0].id,
        message_id=_message_to(person),
        check_id=_spot_check(filed.submission),
        extension_request_id=make_request(agency, target.period).id,
        unit_id=unit.id,
        request_id=asked.id,
        data_letter_id=_letter_for(obligation),
        approval_id=_approval_of(filed.submission, agency),
        reopening_id=_reopening_of(filed.submission),
        handover_id=_handover_of(person),
        capacity_id=_capacity_in(agency),
        clarification_id=_clarification(filed.submission),
        export_id=_export_for(person, target.period),
        escalation_letter_id=_letter_to_secretary(agency, target.period),
        story_id=story.id,
        picture_id=story.pictures[0].id,
        appearance_id=make_appearance(story).id,
        code=agency.code,
        kit_file_id=published_with_kit(agency, person)[1].id,
    )


def _capacity_in(agency) -> int:
    official = factories.make_person(Role.CERTIFIER, agency, name=f"Pejabat {agency.code}")
    capacity = Capacity(
        membership_id=official.memberships[0].id,
        kind=CapacityKind.PLT,
        office="Inspektur",
        starts_on=MORNING.date(),
        recorded_at=MORNING,
    )
    db.session.add(capacity)
    db.session.flush()
    return capacity.id


def _export_for(person: User, period) -> int:
    export = Export(
        person_id=person.id,
        kind="report-pdf",
        parameters=Slice(period.programme.key, period.key, MORNING).parameters,
        title="Laporan kepatuhan, PDF",
        asked_at=MORNING,
    )
    db.session.add(export)
    db.session.commit()
    return export.id


def _letter_to_secretary(agency, period) -> int:
    """One that went out: its agency may read it."""
    letter = make_letter(agency, period, number=f"{agency.id}/SNPK/2020", dated_on=MORNING.date(), recorded_at=MORNING)
    return letter.id


def _clarification(submission) -> int:
    """As if verification had closed already: enough to see who may open it."""
    asked = Clarification(
        submission_id=submission.id,
        status=submission.status,
        reason="Mohon ditinjau.",
        asked_at=MORNING,
        recorded_at=MORNING,
    )
    db.session.add(asked)
    db.session.flush()
    return asked.id


def _approval_of(submission, agency) -> int:
    """A request that waits, though its submission was sent: enough to see who may open it."""
    approval = Approval(
        agency_id=agency.id,
        period_id=submission.obligation.period_id,
        state=ApprovalState.WAITING,
        received_at=MORNING,
        recorded_at=MORNING,
        parts=[ApprovalPart(submission_id=submission.id)],
    )
    db.session.add(approval)
    db.session.flush()
    return approval.id


def _letter_for(obligation) -> int:
    letter = DataLetter(
        agency_id=obligation.agency_id,
        obligation_id=obligation.id,
        addressee="Kepala Kantor Pertanahan",
        wanted="Jumlah bidang tanah",
        answer_by=MORNING.date(),
        written_at=MORNING,
    )
    db.session.add(letter)
    db.session.commit()
    return letter.id


def _ask(obligation, unit) -> UnitRequest:
    """Asked before the report was sent, and answered."""
    request = UnitRequest(
        obligation_id=obligation.id,
        unit_id=unit.id,
        wanted="Rekap izin",
        due_at=MORNING,
        state=State.UPLOADED,
        asked_at=MORNING,
        since=MORNING,
    )
    db.session.add(request)
    db.session.commit()
    return request


def _spot_check(submission) -> int:
    check = SpotCheck(
        submission_id=submission.id,
        form=SpotForm.VISIT,
        planned_on=MORNING.date(),
        subject="Berkas asli.",
        planned_at=MORNING,
    )
    db.session.add(check)
    db.session.commit()
    return check.id


def _handover_of(person: User) -> int:
    membership = person.memberships[0]
    content = sheet_of(membership, person, MORNING, deactivated=False)
    row = Handover(
        agency_id=membership.agency_id,
        role=membership.role,
        from_id=person.id,
        to_id=person.id,
        recorded_at=MORNING,
        content=content,
    )
    db.session.add(row)
    db.session.commit()
    return row.id


def _reopening_of(submission: Submission) -> int:
    reopening = Reopening(submission_id=submission.id, reason="Salah angka", received_at=MORNING, recorded_at=MORNING)
    db.session.add(reopening)
    db.session.commit()
    return reopening.id


def _message_to(person: User) -> int:
    outbox.plan(
        key=f"walk:{person.id}",
        recipient_id=person.id,
        address=person.email,
        template="reminder",
        subject="Pengingat",
        body_text="Isi pengingat",
    )
    return db.session.scalars(db.select(OutboxMessage.id).where(OutboxMessage.recipient_id == person.id)).one()


@pytest.fixture
def world(app) -> World:
    with clock.at(MORNING):
        if not db.session.scalar(db.select(ReturnReason).limit(1)):
            add_reasons()
        programme = factories.make_programme()
        period = factories.make_period(programme)
        target = factories.make_target(factories.make_item(programme), period)
        own_agency = factories.make_agency()
        foreign_agency = factories.make_agency("33.02", "Kabupaten Banyumas")
        own, foreign = _rows(own_agency, target), _rows(foreign_agency, target)
        people = {
            role: factories.make_person(role, None if role.is_national else own_agency, name=f"Orang {role.name}")
            for role in Role
        }
        assign(people[Role.VERIFIER], own_agency)
        _decided_by(people[Role.VERIFIER], foreign.submission_id)
        db.session.add(Release(period_id=period.id, closed_at=MORNING, clarification_ends_at=MORNING))
        people[Role.UNIT].memberships[0].unit_id = own.unit_id
        db.session.commit()
        reason_id = db.session.scalars(db.select(ReturnReason.id)).first()
        yield World(replace(own, verifier_id=people[Role.VERIFIER].id, reason_id=reason_id), foreign, people)


def _decided_by(verifier: User, submission_id: int) -> None:
    """So that he is no second verifier of this report: its clarification is not his to see."""
    version = db.session.scalars(
        db.select(SubmissionVersion).where(SubmissionVersion.submission_id == submission_id)
    ).one()
    decision = Decision(
        submission_id=submission_id,
        version_id=version.id,
        verifier_id=verifier.id,
        outcome=EventKind.RETURNED,
        decided_at=MORNING,
    )
    db.session.add(decision)


def _walk(app, methods=METHODS):
    """(rule, method, permission) of every route that is ours to guard."""
    for rule in sorted(app.url_map.iter_rules(), key=str):
        if rule.endpoint in OPEN_ENDPOINTS or rule.endpoint.split(".")[0] in OPEN_BLUEPRINTS:
            continue
        for method in sorted(rule.methods & set(methods)):
            yield rule, method, getattr(app.view_functions[rule.endpoint], "permission", "unmarked")


def _address(app, rule, rows: Rows) -> str:
    known = asdict(rows)
    values = {name: known.get(name, 1) for name in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values)


def test_every_argument_of_a_route_is_known(app):
    """Otherwise the walk would not notice that a row of another agency is shown: name the argument in Rows."""
    known = {field.name for field in fields(Rows)}
    assert {str(rule): rule.arguments - known for rule, *_ in _walk(app) if rule.arguments - known} == {}


def test_no_route_is_unmarked(app):
    unmarked = [str(rule) for rule, _, permission in _walk(app) if permission == "unmarked"]
    assert unmarked == []


def test_signed_out_reaches_open_pages_only(app, client, world):
    reached = set()
    for rule, method, _ in _walk(app):
        answer = client.open(_address(app, rule, world.own), method=method, headers=TUS)
        if answer.status_code not in {301, 302, 308, 401, 405}:
            reached.add(rule.endpoint)
        elif answer.status_code == 302:
            assert answer.location.startswith("/masuk?next="), rule
    assert reached == OPEN


@pytest.mark.parametrize("database", ["sqlite"])  # refused before anything is asked of it but the role
@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_permission_is_refused(app, client, sign_in, world, role):
    person = world.people[role]
    sign_in(person)
    for rule, method, permission in _walk(app):
        if permission is None or holds(person, permission):
            continue
        answer = client.open(_address(app, rule, world.own), method=method)
        assert answer.status_code == 403, f"{role.value} {method} {rule}: {answer.status_code}"


@pytest.mark.parametrize("role", [role for role in Role if not POLICY[role].everywhere])
def test_rows_of_another_agency_are_not_found(app, client, sign_in, world, role):
    person = world.people[role]
    sign_in(person)
    for rule, method, permission in _walk(app):
        if permission is None or not holds(person, permission) or not rule.arguments - SHARED:
            continue
        answer = client.open(_address(app, rule, world.foreign), method=method)
        assert answer.status_code == 404, f"{role.value} {method} {rule}: {answer.status_code}"


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_every_role_is_in_order(app, client, sign_in, world, role, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    person, found = world.people[role], {}
    for rule, method, permission in _walk(app, methods=("GET",)):
        if permission is None or not holds(person, permission):
            continue
        sign_in(person)
        answer = client.open(_address(app, rule, world.own), method=method, follow_redirects=True)
        assert answer.status_code in {200, 404}, f"{role.value} {rule}: {answer.status_code}"
        if answer.mimetype == "text/html" and answer.text.lstrip().lower().startswith("<!doctype"):
            found[str(rule)] = faults(answer.text)
    assert {rule: said for rule, said in found.items() if said} == {}


@pytest.mark.parametrize("path", ["/masuk", "/lupa-sandi", "/orang"])
def test_pages_of_the_signed_out_are_in_order(app, client, monkeypatch, path):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    assert faults(client.get(path, follow_redirects=True).text) == []


@pytest.mark.parametrize("path", ["/ganti-sandi", "/tidak-ada", "/orang"])
def test_pages_of_the_house_are_in_order(app, client, sign_in, world, monkeypatch, path):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    sign_in(world.people[Role.COORDINATOR])
    assert faults(client.get(path).text) == []


def test_the_walk_knows_what_a_faulty_page_is():
    faulty = (
        "<!doctype html><html><head><title>x</title></head><body><h1>a</h1><h1>b</h1><p id=a></p><p id=a></p>"
        "<input name=x><form method=post></form><p style='x'>must_fix</p></body></html>"
    )
    assert len(faults(faulty)) == 7
