"""Stories become submissions, filings, versions, events and decisions: the same values by the same functions as
the operations of reporting and verification use, but collected, not executed one by one."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from stranas.catalogue.rules import ProgrammeRules
from stranas.deadlines.rules import correction_closes, first_filing_closes
from stranas.demo.approvals import Desk, Official
from stranas.demo.book import Book
from stranas.demo.library import Library
from stranas.demo.story import Attempt, Duty, Need, Paper, Story, Verdict
from stranas.reporting.frozen import frozen_content
from stranas.reporting.models import ApprovalState, Evidence, Filing, Submission, SubmissionEvent, SubmissionVersion
from stranas.reporting.operations import filed_details
from stranas.reporting.rules import Actor, EventKind, Status, canonical, fingerprint, next_status, receipt_number
from stranas.verification.models import Decision, DecisionPart
from stranas.verification.rules import Judgement, Method, judge, kept_parts, subjects, told, told_reason

# Between the arrival of a request and its row.
RECORDED_AFTER = timedelta(seconds=1)


class History:
    """Of one agency: its coordinator writes, its official (where it has one) approves, its verifier decides."""

    def __init__(
        self,
        book: Book,
        library: Library,
        *,
        coordinator: int,
        official: Official | None,
        verifier: int,
        rules: ProgrammeRules,
        reasons: dict,
    ) -> None:
        self.book, self.library, self.rules, self.reasons = book, library, rules, reasons
        self.actors = {Actor.AGENCY: coordinator, Actor.VERIFIER: verifier}
        self.coordinator, self.verifier = coordinator, verifier
        self.desk = Desk(book, library, official, coordinator=coordinator) if official else None
        if official:
            self.actors[Actor.CERTIFIER] = official.person_id

    def tell(self, stories: Sequence[Story]) -> None:
        """The stories of one quarter."""
        filings = self._filings(stories)
        if self.desk:
            self.desk.open(stories, filings)
        for story in stories:
            _Telling(self, story, filings).run()

    def _filings(self, stories: Sequence[Story]) -> dict[datetime, int]:
        """One filing for each instant at which something was sent; the row's id."""
        instants = sorted({a.filed_at for story in stories for a in story.attempts if a.filed_at})
        return {at: self._filing(stories[0].duty, at, ordinal) for ordinal, at in enumerate(instants, 1)}

    def _filing(self, duty: Duty, at: datetime, ordinal: int) -> int:
        return self.book.add(
            Filing,
            agency_id=duty.place.id,
            period_id=duty.quarter.id,
            ordinal=ordinal,
            number=receipt_number(period_key=duty.quarter.key, agency_code=duty.place.code, ordinal=ordinal),
            filed_by_id=self.actors[Actor.CERTIFIER if self.desk else Actor.AGENCY],
            received_at=at,
            recorded_at=at + RECORDED_AFTER,
        )


class _Telling:
    """One submission on its way through the table of transitions."""

    def __init__(self, history: History, story: Story, filings: dict[datetime, int]) -> None:
        self.history, self.book, self.story, self.filings = history, history.book, story, filings
        self.duty = story.duty
        self.status, self.sequence, self.versions = Status.NOT_STARTED, 0, 0
        self.closes: datetime | None = None
        self.attached: dict[tuple[int, str], dict[str, Any]] = {}
        self.row: dict[str, Any] = {}

    def run(self) -> None:
        last = self.story.attempts[-1]
        self.id = self.book.add(
            Submission,
            obligation_id=self.duty.id,
            revision=len(self.story.attempts),
            saved_at=last.saved_at,
            saved_by_id=self.history.coordinator,
            **asdict(last.entry),
        )
        self.row = self.book.rows[Submission][-1]
        self._step(EventKind.STARTED, Actor.AGENCY, self.story.started_at)
        for attempt in self.story.attempts:
            self._attempt(attempt)
        self.row |= {"status": self.status, "correction_ends_at": self.closes}

    def _attempt(self, attempt: Attempt) -> None:
        self._attach(attempt)
        if attempt.ready_at:
            self._step(EventKind.MARKED_READY, Actor.AGENCY, attempt.ready_at)
        if attempt.filed_at or attempt.asked_at:
            self._ask(attempt.filed_at)
        if attempt.filed_at:
            version_id = self._file(attempt, attempt.filed_at)
            if attempt.verdict:
                self._decide(attempt, attempt.verdict, version_id)

    def _ask(self, filed_at: datetime | None) -> None:
        """The requests for approval that came before sending, or the one that still waits."""
        for ask in self.history.desk.asks[filed_at] if self.history.desk else ():
            self._step(EventKind.APPROVAL_REQUESTED, Actor.AGENCY, ask.at)
            self.history.desk.attach(ask, self.id)
            if ask.state is ApprovalState.DECLINED:
                self._step(EventKind.APPROVAL_DECLINED, Actor.CERTIFIER, ask.answered_at, reason=ask.reason)

    def _attach(self, attempt: Attempt) -> None:
        """What this attempt no longer uses is detached; rows stay."""
        wanted = {(need_id, paper.key): paper for need_id, paper in attempt.papers}
        for key in [key for key in self.attached if key not in wanted]:
            by = self.history.coordinator
            self.attached.pop(key).update(detached_at=attempt.saved_at, detached_by_id=by)
        for (need_id, key), paper in wanted.items():
            if (need_id, key) not in self.attached:
                self.attached[need_id, key] = self._evidence(need_id, paper, attempt.saved_at)

    def _evidence(self, need_id: int, paper: Paper, at: datetime) -> dict[str, Any]:
        self.book.add(
            Evidence,
            submission_id=self.id,
            requirement_id=need_id,
            document_id=self._document(paper, self._need(need_id)),
            attached_at=at,
            attached_by_id=self.history.coordinator,
            detached_at=None,
            detached_by_id=None,
        )
        return self.book.rows[Evidence][-1]

    def _document(self, paper: Paper, need: Need) -> int:
        return self.history.library.document(paper, need.kind, target_id=need.target_id)

    def _need(self, need_id: int) -> Need:
        return next(need for need in self.duty.needs if need.id == need_id)

    def _file(self, attempt: Attempt, at: datetime) -> int:
        content = canonical(self._content(attempt))
        self.versions += 1
        version_id = self.book.add(
            SubmissionVersion,
            submission_id=self.id,
            filing_id=self.filings[at],
            number=self.versions,
            content=content,
            sha256=fingerprint(content),
        )
        details = filed_details(attempt.entry.kind, attempt.entry.review_on)
        by = Actor.CERTIFIER if self.history.desk else Actor.AGENCY
        self._step(EventKind.FILED, by, at, filing_id=self.filings[at], version_id=version_id, details=details)
        return version_id

    def _content(self, attempt: Attempt) -> dict[str, Any]:
        papers = {(need_id, paper.key): paper for need_id, paper in attempt.papers}
        # In the order of the rows, as a reader of the table finds them.
        needs = [(self._need(need_id), papers[need_id, key]) for need_id, key in self.attached]
        return frozen_content(
            agency=self.duty.place.code,
            period=self.duty.quarter.key,
            item=self.duty.item_key,
            obligation=self.duty,
            entry=asdict(attempt.entry),
            evidence=[self.history.library.frozen(paper, need) for need, paper in needs],
        )

    def _decide(self, attempt: Attempt, verdict: Verdict, version_id: int) -> None:
        judgement = self._judged(attempt, verdict)
        parts = kept_parts(verdict.parts, judgement)
        decision_id = self.book.add(
            Decision,
            submission_id=self.id,
            version_id=version_id,
            verifier_id=self.history.verifier,
            outcome=judgement.outcome,
            score=judgement.score,
            note=verdict.note,
            decided_at=verdict.at,
            method=Method.SINGLE,
            spot_check_id=None,
        )
        for part in parts:
            self.book.add(
                DecisionPart,
                decision_id=decision_id,
                requirement_id=part.requirement_id,
                fulfilled=bool(part.fulfilled),
                reason_id=self.history.reasons[part.reason].id if part.returned else None,
                reason_words=self.history.reasons[part.reason].reason if part.returned else "",
                repair_words=self.history.reasons[part.reason].repair if part.returned else "",
                note=part.note,
            )
        positions = {need.id: need.position for need in self.duty.needs}
        self._step(
            judgement.outcome,
            Actor.VERIFIER,
            verdict.at,
            version_id=version_id,
            score=judgement.score,
            reason=told_reason(parts, verdict.note),
            details={"decision": decision_id} | told(parts, verdict.note, positions),
        )
        if judgement.outcome is EventKind.RETURNED:
            self.closes = correction_closes(
                returned_at=verdict.at,
                days=self.history.rules.correction_days,
                filing_closes_at=first_filing_closes(locks_at=self.duty.quarter.locks_at, due_at=self.duty.due_at),
                verification_ends_at=self.duty.quarter.verification_ends_at,
            )

    def _judged(self, attempt: Attempt, verdict: Verdict) -> Judgement:
        return judge(
            kind=attempt.entry.kind,
            expected=subjects(attempt.entry.kind, [need.id for need in self.duty.needs]),
            parts=verdict.parts,
            score=verdict.score,
            rejected=verdict.rejected,
            note=verdict.note,
            codes=self.history.reasons,
            scores=self.history.rules.scores,
        )

    def _step(self, kind: EventKind, by: Actor, at: datetime, **columns: Any) -> None:
        self.status = next_status(
            status=self.status,
            event=kind,
            by=by,
            approval=self.history.desk is not None,
            correcting=self.closes is not None,
        )
        self.sequence += 1
        values = {"filing_id": None, "version_id": None, "score": None, "reason": "", "details": {}} | columns
        self.book.add(
            SubmissionEvent,
            submission_id=self.id,
            sequence=self.sequence,
            kind=kind,
            status=self.status,
            actor_id=self.history.actors[by],
            received_at=at,
            recorded_at=at + RECORDED_AFTER,
            **values,
        )
