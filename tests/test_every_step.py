"""Every state × every action × every role, through the real doors: what the table allows happens, everything else
answers 403, 404 or 409 and changes nothing.
"""

import base64
import enum
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import Decimal

import pytest

from stranas.accounts.models import Role, User
from stranas.deadlines.rules import RequestState
from stranas.release.models import Clarification, Release
from stranas.reporting import operations as reporting
from stranas.reporting.models import (
    Approval,
    ApprovalPart,
    ApprovalState,
    Evidence,
    Filing,
    Obligation,
    Reopening,
    Submission,
    SubmissionEvent,
    SubmissionVersion,
)
from stranas.reporting.operations import Entry
from stranas.reporting.rules import Status
from stranas.system import clock
from stranas.system.db import db
from stranas.verification import operations as verification
from stranas.verification.models import Decision, DecisionPart
from stranas.verification.rules import Part
from tests import factories
from tests.verification.people import MORNING, add_reasons, assign, make_document

S = Status
NOT_THERE = 999_999
WATCHED = (
    *(Submission, SubmissionEvent, SubmissionVersion, Filing, Evidence, Approval, ApprovalPart, Reopening),
    *(Decision, DecisionPart, Clarification),
)
ENTRY = Entry(progress_percent=Decimal(90), realised_value=Decimal("64.5"), narrative="129 dari 200 permohonan")
SENT_ONCE = {S.SENT, S.VERIFIED, S.RETURNED, S.REJECTED}
# What was never sent is the agency's own: a verifier does not find it.
HIDDEN = {state: 404 for state in Status if state not in SENT_ONCE}


class World(enum.Enum):
    """What stands around the report, besides its state."""

    USUAL = "usual"  # the agency's filings need approval
    ALONE = "alone"  # they do not
    REOPENING = "reopening"  # a request to reopen waits
    CLOSED = "closed"  # the verification of the period is closed
    CLARIFICATION = "clarification"  # closed, and a request for clarification waits


@dataclass(frozen=True)
class Place:
    """One report in one state, with what every action on it needs."""

    obligation: Obligation
    submission_id: int
    version_id: int
    requirement_id: int
    evidence_id: int
    document_id: int
    approval_id: int
    reopening_id: int
    clarification_id: int
    revision: int

    @property
    def page(self) -> str:
        return f"/laporan/{self.obligation.id}"


@dataclass(frozen=True)
class Action:
    """`by`: who may; `leads`: from which state to which; elsewhere `answers` says, or else 409. `foreign`: the answer
    to those whose business the report is not (`anywhere`: it is that of everybody with the role who works
    elsewhere)."""

    endpoint: str
    by: Role | tuple[Role, ...]
    request: Callable[[Place], tuple[str, dict]]
    leads: Mapping[Status, Status]
    answers: Mapping[Status, int] = field(default_factory=dict)
    foreign: int = 404
    anywhere: bool = False
    uploads: bool = False  # a whole file by tus: begun at the address, then sent
    world: World = World.USUAL


def _saved(place: Place, **more) -> dict:
    return {"revision": place.revision, "kind": "nil", "beside_reason": "Tidak ada izin baru.", **more}


def _decided(place: Place, verdict: str, **more) -> tuple[str, dict]:
    part = {f"putusan-{place.requirement_id}": verdict, f"alasan-{place.requirement_id}": "W03"}
    return f"/verifikasi/{place.submission_id}", {"versi": place.version_id, **part, **more}


ONLY_NEW = {S.NOT_STARTED: 404}
# fmt: off
ACTIONS = {
    "save": Action(
        "reporting.save_submission", Role.COORDINATOR, lambda p: (p.page, _saved(p)),
        {S.NOT_STARTED: S.DRAFT, S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED}),
    "mark ready": Action(
        "reporting.save_submission", Role.COORDINATOR, lambda p: (p.page, _saved(p, do="ready")),
        {S.NOT_STARTED: S.READY, S.DRAFT: S.READY, S.RETURNED: S.READY}),
    "attach a link": Action(
        "reporting.add_evidence", Role.COORDINATOR,
        lambda p: (f"{p.page}/data-dukung/{p.requirement_id}", {"tautan": "https://contoh.go.id/bukti"}),
        {S.NOT_STARTED: S.DRAFT, S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED}),
    "attach by upload": Action(
        "evidence.uploads_door", Role.COORDINATOR,
        lambda p: ("/unggah", {"place": f"laporan/{p.obligation.id}/{p.requirement_id}", "filename": "bukti.csv"}),
        {S.NOT_STARTED: S.DRAFT, S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED}, uploads=True),
    "attach from the library": Action(
        "reporting.attach_document", Role.COORDINATOR,
        lambda p: (f"{p.page}/data-dukung/{p.requirement_id}/pilih", {"dokumen": p.document_id}),
        {S.NOT_STARTED: S.DRAFT, S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED}),
    "take off": Action(
        "reporting.detach_evidence", Role.COORDINATOR, lambda p: (f"/data-dukung/{p.evidence_id}/lepas", {}),
        {S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED}, ONLY_NEW),
    "explain what was found": Action(
        "reporting.explain_findings", Role.COORDINATOR, lambda p: (f"/data-dukung/{p.evidence_id}/penjelasan", {}),
        {S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED}, ONLY_NEW),
    "move a document": Action(  # no check names a place here
        "reporting.move_evidence", Role.COORDINATOR, lambda p: (f"/data-dukung/{p.evidence_id}/pindah", {}),
        {}, {S.NOT_STARTED: 404, S.DRAFT: 404, S.RETURNED: 404}),
    "open again": Action(
        "reporting.unmark_ready", Role.COORDINATOR, lambda p: (f"{p.page}/buka", {}),
        {S.READY: S.DRAFT}, ONLY_NEW),
    "ask for approval": Action(
        "reporting.file_submissions", Role.COORDINATOR,
        lambda p: ("/laporan-triwulan/B18/kirim", {"submission": p.submission_id}),
        {S.READY: S.AWAITING_APPROVAL}, foreign=409),
    "send without approval": Action(
        "reporting.file_submissions", Role.COORDINATOR,
        lambda p: ("/laporan-triwulan/B18/kirim", {"submission": p.submission_id}),
        {S.READY: S.SENT}, foreign=409, world=World.ALONE),
    "withdraw": Action(
        "reporting.withdraw_approval", Role.COORDINATOR, lambda p: (f"/persetujuan/{p.approval_id}/tarik", {}),
        {S.AWAITING_APPROVAL: S.READY}),
    "approve": Action(
        "reporting.approve_filing", Role.CERTIFIER, lambda p: (f"/persetujuan/{p.approval_id}/setujui", {}),
        {S.AWAITING_APPROVAL: S.SENT}),
    "decline": Action(
        "reporting.decline_filing", Role.CERTIFIER,
        lambda p: (f"/persetujuan/{p.approval_id}/tolak", {"reason": "Angka belum cocok."}),
        {S.AWAITING_APPROVAL: S.READY}),
    "verify": Action(
        "verification.decide", Role.VERIFIER, lambda p: _decided(p, "sesuai", nilai="75"),
        {S.SENT: S.VERIFIED}, HIDDEN),
    "return": Action(
        "verification.decide", Role.VERIFIER, lambda p: _decided(p, "kembalikan"),
        {S.SENT: S.RETURNED}, HIDDEN),
    "reject": Action(
        "verification.decide", Role.VERIFIER,
        lambda p: _decided(p, "", tidak_memenuhi="1", keterangan="Tidak dilaksanakan."),
        {S.SENT: S.REJECTED}, HIDDEN),
    "accept together": Action(
        "verification.accept_together", Role.VERIFIER,
        lambda p: ("/antrean/bersama", {
            "laporan": f"{p.submission_id}:{p.version_id}", "nilai": "75", "yakin": "1"}),
        {S.SENT: S.VERIFIED}, foreign=409),
    "ask to reopen": Action(
        "reporting.send_reopening", Role.COORDINATOR,
        lambda p: (f"{p.page}/pembukaan-kembali", {"reason": "Lampiran tertukar."}),
        {S.VERIFIED: S.VERIFIED, S.REJECTED: S.REJECTED}, ONLY_NEW),
    "reopen": Action(
        "reporting.decide_reopening", Role.SECRETARIAT,
        lambda p: (f"/pembukaan-kembali/{p.reopening_id}", {"putusan": "kabulkan"}),
        {S.VERIFIED: S.RETURNED, S.REJECTED: S.RETURNED}, ONLY_NEW, foreign=409, world=World.REOPENING),
    "decline to reopen": Action(
        "reporting.decide_reopening", Role.SECRETARIAT,
        lambda p: (f"/pembukaan-kembali/{p.reopening_id}", {"putusan": "tolak", "answer": "Sudah benar."}),
        {state: state for state in Status if state is not S.NOT_STARTED}, ONLY_NEW, foreign=409, world=World.REOPENING),
    "ask for clarification": Action(
        "release.ask_clarification", (Role.COORDINATOR, Role.CERTIFIER),
        lambda p: (f"/hasil/klarifikasi/{p.obligation.id}", {"reason": "Lampiran lengkap.", "document": 0}),
        {S.SENT: S.SENT, S.VERIFIED: S.VERIFIED, S.REJECTED: S.REJECTED}, world=World.CLOSED),
    "answer with another score": Action(
        "release.answer_clarification", Role.VERIFIER,
        lambda p: (f"/klarifikasi/{p.clarification_id}", {"choice": "nilai-25", "answer": "Sebagian."}),
        {S.SENT: S.VERIFIED, S.VERIFIED: S.VERIFIED, S.REJECTED: S.VERIFIED},
        HIDDEN | {S.RETURNED: 422},  # such an answer is not offered
        anywhere=True, world=World.CLARIFICATION),
    "answer with tidak memenuhi": Action(
        "release.answer_clarification", Role.VERIFIER,
        lambda p: (f"/klarifikasi/{p.clarification_id}", {"choice": "tidak-memenuhi", "answer": "Tidak ada bukti."}),
        {S.SENT: S.REJECTED, S.VERIFIED: S.REJECTED},
        HIDDEN | {S.RETURNED: 422, S.REJECTED: 422},
        anywhere=True, world=World.CLARIFICATION),
}
# fmt: on
# Doors to a report that take no step of it: words, plans and requests around it. Their rooms' tests hold them.
BESIDE = {
    "verification.look",
    "verification.ask",
    "verification.plan_spot_check",
    "verification.note_spot_check",
    "verification.write_message",
    "verification.settle_thread",
    "requests.ask_units",
    "requests.write_letter",
}


@dataclass(frozen=True)
class Somebody:
    """`own`: the report is his business by role. A foreign one has the same role elsewhere, or works where he must
    not verify."""

    words: str
    person: User
    role: Role
    own: bool = True
    inside: bool = False


@pytest.fixture
def stage(app):
    with clock.at(MORNING):
        add_reasons()
        yield Stage()


class Stage:
    """One agency, a report that is led to a state, and everybody around it."""

    def __init__(self) -> None:
        self.programme = factories.make_programme(approval_required=True)
        self.agency = factories.make_agency()
        target = factories.make_target(factories.make_item(self.programme), factories.make_period(self.programme))
        self.obligation = factories.make_obligation(self.agency, target)
        self.requirement = target.requirements[0]
        own = {role: None if role.is_national else self.agency for role in Role}
        self.own = {role: factories.make_person(role, agency, name=role.name) for role, agency in own.items()}
        self.own[Role.CERTIFIER].position = "Inspektur"
        assign(self.own[Role.VERIFIER], self.agency)
        self.first = factories.make_person(Role.VERIFIER, name="Citra")  # decided what others may clarify

    def everybody(self) -> list[Somebody]:
        elsewhere = factories.make_agency("33.02", "Kabupaten Banyumas")
        other = {
            role: factories.make_person(role, elsewhere, name=f"{role.name} LAIN")
            for role in (Role.COORDINATOR, Role.CERTIFIER, Role.VERIFIER)
        }
        insiders = {
            role: factories.make_person(role, self.agency, name=f"{role.name} DALAM")
            for role in (Role.VERIFIER, Role.SECRETARIAT)
        }
        assign(insiders[Role.VERIFIER], self.agency)
        db.session.commit()
        return [
            *(Somebody(role.value, person, role) for role, person in self.own.items()),
            *(Somebody(f"{role.value} elsewhere", person, role, own=False) for role, person in other.items()),
            *(
                Somebody(f"{role.value} of the agency", person, role, own=False, inside=True)
                for role, person in insiders.items()
            ),
        ]

    def lead(self, state: Status, world: World) -> Place:
        """The report in a state, by the operations that lead there."""
        self.agency.files_without_approval = world is World.ALONE
        document, spare = make_document(self.agency), make_document(self.agency, "lain.pdf")
        submission = None if state is S.NOT_STARTED else self._lead(state, document)
        waits = submission and self._approval(submission, state)
        asked = self._asked(submission) if submission and world is World.REOPENING else NOT_THERE
        asks = world is World.CLARIFICATION and state in SENT_ONCE
        unclear = self._unclear(submission, state) if asks else NOT_THERE
        if world in (World.CLOSED, World.CLARIFICATION):
            ends_at = MORNING + timedelta(days=7)
            release = Release(period_id=self.obligation.period_id, closed_at=MORNING, clarification_ends_at=ends_at)
            db.session.add(release)
        db.session.commit()
        return Place(
            obligation=self.obligation,
            submission_id=submission.id if submission else NOT_THERE,
            version_id=submission.versions[-1].id if submission and submission.versions else NOT_THERE,
            requirement_id=self.requirement.id,
            evidence_id=submission.evidence[0].id if submission else NOT_THERE,
            document_id=spare.id,
            approval_id=waits or self._withdrawn(submission),
            reopening_id=asked,
            clarification_id=unclear,
            revision=submission.revision if submission else 0,
        )

    def _lead(self, state: Status, document) -> Submission:
        by = {"person": self.own[Role.COORDINATOR], "received_at": MORNING}
        submission = reporting.start_submission(obligation=self.obligation, **by)
        reporting.save_draft(submission=submission, entry=ENTRY, revision=0, **by)
        reporting.attach(submission=submission, requirement_id=self.requirement.id, document=document, at=MORNING)
        db.session.flush()
        db.session.expire(submission, ["evidence"])
        if state is S.DRAFT:
            return submission
        reporting.mark_ready(submission=submission, **by)
        if state is S.READY:
            return submission
        send = {"agency": self.agency, "period": self.obligation.period, "submissions": [submission], **by}
        if self.agency.files_without_approval:
            if state is not S.AWAITING_APPROVAL:
                reporting.file_submissions(**send)
        else:
            waiting = reporting.request_approval(**send)
            if state is not S.AWAITING_APPROVAL:
                reporting.approve(approval=waiting, person=self.own[Role.CERTIFIER], received_at=MORNING)
        if state in (S.VERIFIED, S.RETURNED, S.REJECTED):
            self._decide(submission, state)
        return submission

    def _decide(self, submission: Submission, state: Status) -> None:
        verification.decide(
            submission=submission,
            verifier=self.first,
            parts=[Part(self.requirement.id, state is S.VERIFIED, "" if state is S.VERIFIED else "W03")]
            if state is not S.REJECTED
            else [],
            score=Decimal(50) if state is S.VERIFIED else None,
            note="Tidak dilaksanakan." if state is S.REJECTED else "",
            received_at=MORNING,
            version_id=submission.versions[-1].id,
            rejected=state is S.REJECTED,
        )

    def _approval(self, submission: Submission, state: Status) -> int | None:
        return db.session.scalar(db.select(ApprovalPart.approval_id).where(ApprovalPart.submission_id == submission.id))

    def _withdrawn(self, submission: Submission | None) -> int:
        """A request that was taken back: its doors are there in every state."""
        approval = Approval(
            agency_id=self.agency.id,
            period_id=self.obligation.period_id,
            state=ApprovalState.WITHDRAWN,
            received_at=MORNING,
            recorded_at=MORNING,
            decided_at=MORNING,
            parts=[ApprovalPart(submission_id=submission.id)] if submission else [],
        )
        db.session.add(approval)
        db.session.commit()
        return approval.id

    def _asked(self, submission: Submission) -> int:
        reopening = Reopening(
            submission_id=submission.id,
            received_at=MORNING,
            recorded_at=MORNING,
            reason="Lampiran tertukar.",
            state=RequestState.OPEN,
        )
        db.session.add(reopening)
        db.session.flush()
        return reopening.id

    def _unclear(self, submission: Submission, state: Status) -> int:
        clarification = Clarification(
            submission_id=submission.id, status=state, reason="Jelaskan.", asked_at=MORNING, recorded_at=MORNING
        )
        db.session.add(clarification)
        db.session.flush()
        return clarification.id


def dump() -> dict[str, list]:
    """Every row that a step could change."""
    return {
        model.__tablename__: [tuple(row) for row in db.session.execute(db.select(model.__table__).order_by(model.id))]
        for model in WATCHED
    }


def expected(action: Action, somebody: Somebody, state: Status) -> int | Status:
    """The state that it leads to, or the number that refuses it."""
    if somebody.role not in (action.by if isinstance(action.by, tuple) else (action.by,)):
        return 403
    if not somebody.own and (somebody.inside or not action.anywhere):
        return 404 if state is S.NOT_STARTED and action.answers == ONLY_NEW else action.foreign
    return action.leads.get(state) or action.answers.get(state, 409)


def walk(stage: Stage, client, sign_in, state: Status, world: World) -> list[str]:
    """What did not happen as the table says, in words."""
    keys = [(somebody, _Key(somebody.person.fs_uniquifier)) for somebody in stage.everybody()]
    place = stage.lead(state, world)
    place = replace(place, obligation=_Id(place.obligation.id))  # rows are read anew in each request
    before, wrong = dump(), []
    db.session.rollback()
    for name, action in ACTIONS.items():
        for somebody, key in keys if action.world is world else ():
            address, data = action.request(place)
            undo = db.engines[None].begin_nested()
            sign_in(key)
            code = _uploaded(client, data) if action.uploads else client.post(address, data=data).status_code
            db.session.rollback()
            found, wanted = _found(code, place.obligation.id, before), expected(action, somebody, state)
            if found != wanted:
                wrong.append(f"{state.value}: {somebody.words} {name}: {wanted}, but {found} ({code})")
            db.session.rollback()
            undo.rollback()
    return wrong


def _uploaded(client, words: dict[str, str]) -> int:
    """How a whole file is answered."""
    tus, content = {"Tus-Resumable": "1.0.0"}, b"izin,jumlah\nIMB,5\n"
    told = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())
    begun = client.post("/unggah", headers=tus | {"Upload-Length": str(len(content)), "Upload-Metadata": told})
    if begun.status_code != 201:
        return begun.status_code
    part = tus | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    return client.patch(begun.location, data=content, headers=part).status_code


@dataclass(frozen=True)
class _Id:
    id: int


@dataclass(frozen=True)
class _Key:
    fs_uniquifier: str


def _found(code: int, obligation_id: int, before: dict[str, list]) -> int | Status | str:
    """The number of a refusal that changed nothing; after a success the state of the report."""
    after = dump()
    if code >= 400:
        changed = [table for table in before if before[table] != after[table]]
        return f"{code} but {', '.join(changed)} changed" if changed else code
    status = db.session.scalar(db.select(Submission.status).where(Submission.obligation_id == obligation_id))
    return status or S.NOT_STARTED


@pytest.mark.parametrize("world", list(World), ids=lambda world: world.value)
@pytest.mark.parametrize("state", list(Status), ids=lambda state: state.value)
def test_every_step_of_every_role(stage, client, sign_in, state, world):
    if (state, world) != (S.AWAITING_APPROVAL, World.ALONE):  # there is no such report
        assert walk(stage, client, sign_in, state, world) == []


def test_the_table_has_every_door_to_a_report(app):
    """A step that somebody adds is named here, or it is said that it is none."""
    about = {
        "obligation_id",
        "submission_id",
        "evidence_id",
        "approval_id",
        "reopening_id",
        "clarification_id",
        "check_id",
    }
    doors = {
        rule.endpoint for rule in app.url_map.iter_rules() if "POST" in rule.methods and rule.arguments & about
    } | {"reporting.file_submissions", "verification.accept_together", "evidence.uploads_door"}
    assert doors == {action.endpoint for action in ACTIONS.values()} | BESIDE


def test_the_walk_notices_what_changed(stage):
    place = stage.lead(S.DRAFT, World.USUAL)
    before = dump()
    db.session.get_one(Submission, place.submission_id).narrative = "Diubah diam-diam."
    db.session.flush()
    assert _found(409, place.obligation.id, before) == "409 but submission changed"
