"""Everything that happened to a submission, in plain words, and who has to act now.

Rooms above tell their part through `tells_moments`.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import selectinload

from stranas.accounts.models import User
from stranas.deadlines import queries as deadlines
from stranas.deadlines.rules import CoverKind, RequestState, reaching
from stranas.reporting.models import Evidence, Filing, Obligation, Reopening, Submission, SubmissionEvent
from stranas.reporting.queries.due import closes_at, due_at
from stranas.reporting.queries.history import before_judgement
from stranas.reporting.rules import Actor, EventKind, Status, SubmissionKind
from stranas.reporting.telling import ACTOR_WORDS, TOLD, holder, taken_by
from stranas.system import text
from stranas.system.db import db


@dataclass(frozen=True)
class Moment:
    """One line. `by` is a role; `person` is a name, shown within the agency only, as are `internal` moments.

    `reason`: what somebody wrote, quoted. `receipt`: the number of the filing. `event`: the kind, where the moment
    is an event of the workflow.
    """

    at: datetime
    sentence: str
    by: str
    person: str = ""
    reason: str = ""
    receipt: str = ""
    internal: bool = False
    event: EventKind | None = None


@dataclass(frozen=True)
class Ball:
    """Who has to act, since when, until when (exclusive; None: nothing is set)."""

    holder: str
    since: datetime
    until: datetime | None

    @property
    def within(self) -> str:
        """The holder within a sentence: a role in small letters, the secretariat by its name."""
        return self.holder if self.holder == ACTOR_WORDS[Actor.SECRETARIAT] else self.holder.lower()


@dataclass(frozen=True)
class Timeline:
    moments: tuple[Moment, ...]
    ball: Ball | None


Tells = Callable[[Obligation], Iterable[Moment]]
_tellers: list[Tells] = []


def tells_moments(function: Tells) -> Tells:
    """Register what a room above knows about an obligation's history."""
    _tellers.append(function)
    return function


def timeline_of(obligation: Obligation, *, own: bool, judged: bool, now: datetime) -> Timeline:
    """`own`: for people of the agency itself; others see what was sent and what came after, without names.
    `judged`: for who may see how the report was judged; others see it up to its first filing.
    """
    events = _events(obligation.submission)
    if not judged:
        events = list(before_judgement(events))
    moments = [*_steps(obligation, events, now=now), *_later_ends(obligation, now=now)]
    if judged:
        moments += _asked(obligation.submission)
        moments += [moment for tell in _tellers for moment in tell(obligation)]
    if own:
        moments += _evidence(obligation.submission, [event.received_at for event in events])
    else:
        moments = [replace(moment, person="") for moment in moments if not moment.internal]
    ball = _ball(obligation, events, own=own, now=now) if judged else None
    return Timeline(tuple(sorted(moments, key=lambda moment: moment.at)), ball)


def _events(submission: Submission | None) -> list[SubmissionEvent]:
    if submission is None:
        return []
    return list(
        db.session.scalars(
            db.select(SubmissionEvent)
            .where(SubmissionEvent.submission_id == submission.id)
            .order_by(SubmissionEvent.sequence)
            .options(selectinload(SubmissionEvent.actor))
        )
    )


def _steps(obligation: Obligation, events: list[SubmissionEvent], *, now: datetime) -> list[Moment]:
    filings = _filings(events)
    first = next((e.received_at for e in events if e.kind is EventKind.FILED), None)
    due = due_at(obligation, covers=deadlines.covers([obligation.period_id])[obligation.period_id], cutoff=now)
    told, before, claimed = [], Status.NOT_STARTED, ""
    for event in events:
        claimed = event.details.get("kind") or claimed
        actor = taken_by(before, event.kind, clarified="clarification" in event.details)
        filing = filings.get(event.filing_id)
        in_time = "sebagai perbaikan" if event.received_at != first else ("tepat waktu" if first < due else _LATE)
        told.append(
            Moment(
                at=event.received_at,
                sentence=_sentence(
                    event, actor, claimed, f"penyampaian ke-{filing.ordinal}, {in_time}" if filing else ""
                ),
                by=ACTOR_WORDS[actor],
                person=event.actor.name if event.actor and actor in (Actor.AGENCY, Actor.CERTIFIER) else "",
                reason=event.reason,
                receipt=filing.number if filing else "",
                internal=TOLD[event.kind].internal,
                event=event.kind,
            )
        )
        before = event.status
    return told


_LATE = "setelah batas waktu"


def _filings(events: list[SubmissionEvent]) -> dict[int | None, Filing]:
    ids = {event.filing_id for event in events if event.filing_id}
    return {f.id: f for f in db.session.scalars(db.select(Filing).where(Filing.id.in_(ids)))} if ids else {}


def _sentence(event: SubmissionEvent, actor: Actor, claimed: str, sent: str) -> str:
    """`claimed`: the kind that was sent last; `sent`: in which filing, and whether in time."""
    words = TOLD[event.kind].sentence
    if event.kind is EventKind.FILED:
        return f"{words} dalam {sent}."
    if event.kind is not EventKind.VERIFIED:
        return words
    if event.score is None:
        return f"Pengajuan {SubmissionKind(claimed).label.lower()} disetujui."
    again = "setelah klarifikasi " if actor is Actor.SECOND_VERIFIER else ""
    together = ", diterima bersama laporan lain" if event.details.get("method") == "bulk" else ""
    return f"{words} {again}dengan nilai {text.number(event.score)}{together}."


def _later_ends(obligation: Obligation, *, now: datetime) -> list[Moment]:
    """What moved the instants of this obligation: extensions and outages that reached it, moves of its period."""
    zone, period = obligation.agency.timezone, obligation.period
    found = reaching(
        deadlines.covers([period.id])[period.id],
        due_at=obligation.due_at or period.due_at,
        agency_id=obligation.agency_id,
        province_id=obligation.agency.province_id,
        item_id=obligation.item_id,
        cutoff=now,
    )
    why = {CoverKind.OUTAGE: " karena gangguan layanan"}
    secretariat = ACTOR_WORDS[Actor.SECRETARIAT]
    ends = [
        Moment(
            at=cover.decided_at,
            sentence=f"Batas waktu diperpanjang sampai {text.deadline(cover.until, zone)}{why.get(cover.kind, '')}.",
            by=secretariat,
            reason=cover.reason,
        )
        for cover in found
    ]
    moved = [
        Moment(
            at=move.decided_at,
            sentence=f"{move.kind}: menjadi {text.deadline(move.after, zone)}.",
            by=secretariat,
            reason=move.reason,
        )
        for move in deadlines.moves([period.id])
    ]
    return ends + moved


def _asked(submission: Submission | None) -> list[Moment]:
    """Requests to open the report again; a granted one is an event of its own."""
    if submission is None:
        return []
    rows = db.session.scalars(
        db.select(Reopening)
        .where(Reopening.submission_id == submission.id)
        .order_by(Reopening.id)
        .options(selectinload(Reopening.asked_by))
    ).all()
    asked = [
        Moment(
            at=row.received_at,
            sentence="Pembukaan kembali diminta.",
            by=ACTOR_WORDS[Actor.AGENCY],
            person=row.asked_by.name if row.asked_by else "",
            reason=row.reason,
        )
        for row in rows
    ]
    declined = [
        Moment(
            at=row.decided_at,
            sentence="Pembukaan kembali tidak dikabulkan.",
            by=ACTOR_WORDS[Actor.SECRETARIAT],
            reason=row.answer,
        )
        for row in rows
        if row.state is RequestState.DECLINED and row.decided_at
    ]
    return asked + declined


def _evidence(submission: Submission | None, steps: list[datetime]) -> list[Moment]:
    """Files put on and taken off; what one person did between two steps (their instants, in order) is one line."""
    if submission is None:
        return []
    rows = db.session.scalars(db.select(Evidence).where(Evidence.submission_id == submission.id)).all()
    acts = [(e.attached_at, "Dilampirkan", e.attached_by_id, e.document.name) for e in rows]
    acts += [(e.detached_at, "Dilepas", e.detached_by_id, e.document.name) for e in rows if e.detached_at]
    names = _names({person_id for *_, person_id, _ in acts if person_id})
    together: dict[tuple, list[tuple[datetime, str]]] = defaultdict(list)
    for at, what, person_id, name in sorted(acts, key=lambda act: act[0]):
        together[bisect_right(steps, at), what, person_id].append((at, name))
    return [
        Moment(
            at=files[-1][0],
            sentence=f"{what}: {text.joined(list(dict.fromkeys(name for _, name in files)))}.",
            by=ACTOR_WORDS[Actor.AGENCY],
            person=names.get(person_id, ""),
            internal=True,
        )
        for (_, what, person_id), files in together.items()
    ]


def _names(person_ids: set[int]) -> dict[int, str]:
    rows = db.session.execute(db.select(User.id, User.name).where(User.id.in_(person_ids)))
    return {person_id: name for person_id, name in rows}


def _ball(obligation: Obligation, events: list[SubmissionEvent], *, own: bool, now: datetime) -> Ball | None:
    """Others see the agency as one: that its official has it is the agency's own matter."""
    waiting = _open_request(obligation.submission)
    if waiting:
        return Ball(ACTOR_WORDS[Actor.SECRETARIAT], waiting.received_at, None)
    shown = events if own else [event for event in events if not TOLD[event.kind].internal]
    if not shown or (actor := holder(shown[-1].status)) is None:
        return None
    since = shown[-1].received_at
    for event in reversed(shown):
        if holder(event.status) is not actor:
            break
        since = event.received_at
    return Ball(ACTOR_WORDS[actor], since, _until(obligation, actor, now=now))


def _open_request(submission: Submission | None) -> Reopening | None:
    if submission is None:
        return None
    return db.session.scalars(
        db.select(Reopening).where(Reopening.submission_id == submission.id, Reopening.state == RequestState.OPEN)
    ).one_or_none()


def _until(obligation: Obligation, actor: Actor, *, now: datetime) -> datetime | None:
    if actor is Actor.VERIFIER:
        return obligation.period.verification_ends_at
    covers = deadlines.covers([obligation.period_id])[obligation.period_id]
    if obligation.submission.correction_ends_at:
        return closes_at(obligation.submission, covers, cutoff=now)
    return due_at(obligation, covers=covers, cutoff=now)
