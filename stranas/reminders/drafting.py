"""Drafting the secretariat's letters, and letting go of those that are not needed any more. Nothing is ever sent from
here: people sign letters and send them."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import current_app

from stranas.reminders.escalation import Content, Former, content_of
from stranas.reminders.letter_rules import ALL_SENT, CLOSED, MAY_COME_BACK, MORE_TIME, NOT_OWED
from stranas.reminders.models import EscalationLetter
from stranas.reminders.queries.unsent import USUAL, Owed, Unsent, letter_steps, owed_first
from stranas.reminders.rules import LetterKind
from stranas.reporting.models import Obligation, Submission, SubmissionVersion
from stranas.reporting.queries.work import in_force
from stranas.system import audit, clock, text
from stranas.system.db import db, insert_unless_there, lock_row, read_only, unit_of_work


@dataclass(frozen=True)
class Key:
    """Which letter: of a period, to an agency, of a kind."""

    period_id: int
    agency_id: int
    kind: LetterKind


@dataclass(frozen=True)
class Draft:
    key: Key
    content: Content


def draft_letters(*, today: date) -> dict[str, int]:
    """Write the letters whose day has come on a WIB day, once each; let go of drafts that nothing is owed for any
    more. One transaction for each letter."""
    with read_only():
        drafts = _due(today)
    withdrawn = let_go_of_settled()
    return {"drafted": sum(map(_keep, drafts)), "withdrawn": withdrawn}


def _due(today: date, agency_ids: Collection[int] | None = None) -> list[Draft]:
    """What is to be written, in finished words; without letters that are there already and not withdrawn."""
    now = clock.now()
    known = {key for key, letter in _rows(agency_ids).items() if letter.withdrawn_why not in MAY_COME_BACK}
    found = []
    for key, unsent in letters_due(today=today, now=now, agency_ids=agency_ids).items():
        if key not in known:
            found.append(Draft(key, _written(key, unsent, today)))
    return found


def letters_due(*, today: date, now: datetime, agency_ids: Collection[int] | None = None) -> dict[Key, Unsent]:
    """Every letter that is to be there on a WIB day, with what it is about."""
    owed = [one for one in owed_first(now=now, agency_ids=agency_ids) if one.targets]
    steps = letter_steps({one.period.programme_id for one in owed})
    return {
        Key(one.period.id, one.agency.id, kind): one.unsent(awaited)
        for one in owed
        for kind, step in (steps.get(one.period.programme_id) or USUAL).items()
        if (awaited := one.awaited(kind, now=now, today=today, step=step))
    }


def _rows(agency_ids: Collection[int] | None = None) -> dict[Key, EscalationLetter]:
    query = db.select(EscalationLetter)
    if agency_ids is not None:
        query = query.where(EscalationLetter.agency_id.in_(agency_ids))
    return {Key(row.period_id, row.agency_id, row.kind): row for row in db.session.scalars(query)}


def _written(key: Key, unsent: Unsent, today: date) -> Content:
    former = _former(key) if key.kind is LetterKind.HEAD else None
    contact = current_app.config["SETTINGS"].help_contact
    return content_of(unsent, key.kind, today=today, help_contact=contact, former=former)


def _former(key: Key) -> Former | None:
    """The first letter, where it went out."""
    row = db.session.scalars(
        db.select(EscalationLetter).where(
            EscalationLetter.period_id == key.period_id,
            EscalationLetter.agency_id == key.agency_id,
            EscalationLetter.kind == LetterKind.SECRETARY,
            EscalationLetter.recorded_at.is_not(None),
        )
    ).one_or_none()
    return Former(row.number, row.dated_on, row.content["office"]) if row and row.dated_on else None


def _keep(draft: Draft) -> bool:
    """A new row, or a withdrawn one that is needed again; False when somebody else wrote it meanwhile."""
    with unit_of_work():
        values = {
            "period_id": draft.key.period_id,
            "agency_id": draft.key.agency_id,
            "kind": draft.key.kind,
            "drafted_at": clock.now(),
            "content": draft.content.plain(),
            "number": "",
            "file_name": "",
            "withdrawn_why": "",
        }
        letter_id = insert_unless_there(EscalationLetter, values, unique=["period_id", "agency_id", "kind"])
        if letter_id is not None:
            _tell("escalation_letter.drafted", letter_id, draft)
            return True
        return _bring_back(draft)


def _bring_back(draft: Draft) -> bool:
    letter = locked(_rows([draft.key.agency_id])[draft.key].id)
    if letter.withdrawn_why not in MAY_COME_BACK:
        return False
    _rewrite(letter, draft.content)
    letter.withdrawn_at, letter.withdrawn_why = None, ""
    _tell("escalation_letter.drafted_again", letter.id, draft)
    return True


def _rewrite(letter: EscalationLetter, content: Content) -> None:
    letter.content, letter.drafted_at = content.plain(), clock.now()


def _tell(action: str, letter_id: int, draft: Draft) -> None:
    audit.record(
        action,
        f"escalation_letter:{letter_id}",
        agency=draft.key.agency_id,
        period=draft.key.period_id,
        kind=draft.key.kind.value,
        awaited=draft.content.awaited,
    )


def locked(letter_id: int) -> EscalationLetter:
    """The row as it stands, held for this transaction."""
    query = (
        db.select(EscalationLetter).where(EscalationLetter.id == letter_id).execution_options(populate_existing=True)
    )
    return db.session.scalars(lock_row(query, of=EscalationLetter)).one()


def let_go_of_settled(*, only: int | None = None) -> int:
    """Withdraw every open draft (or `only` this one) of which nothing is awaited any more, with the reason; how many.
    No transaction may be open; each has one of its own."""
    with read_only():
        settled = _settled(_open_drafts(only))
    count = 0
    for letter_id, why in settled.items():
        with unit_of_work():
            letter = locked(letter_id)
            if letter.recorded_at is None and letter.withdrawn_at is None:
                letter.withdrawn_at, letter.withdrawn_why = clock.now(), why
                audit.record("escalation_letter.withdrawn", f"escalation_letter:{letter_id}", why=why)
                count += 1
    return count


def _open_drafts(only: int | None) -> Sequence[EscalationLetter]:
    query = db.select(EscalationLetter).where(
        EscalationLetter.recorded_at.is_(None), EscalationLetter.withdrawn_at.is_(None)
    )
    return db.session.scalars(query if only is None else query.where(EscalationLetter.id == only)).all()


def _settled(letters: Sequence[EscalationLetter]) -> dict[int, str]:
    """By letter: why nothing of what it names is awaited any more."""
    if not letters:
        return {}
    now = clock.now()
    agency_ids = {letter.agency_id for letter in letters}
    owed = {(one.agency.id, one.period.id): one for one in owed_first(now=now, agency_ids=agency_ids)}
    found = {}
    for letter in letters:
        why = _why_settled(letter, owed.get((letter.agency_id, letter.period_id)), now)
        if why:
            found[letter.id] = why
    return found


def _why_settled(letter: EscalationLetter, owed: Owed | None, now: datetime) -> str | None:
    named = set(letter.content["awaited"])
    still = [target for target in owed.targets if target.obligation_id in named] if owed else []
    if any(target.due_at <= now for target in still):
        return None
    if still:
        return MORE_TIME
    left = _sent_or_left(named, now)
    if left["unsent"]:
        return CLOSED
    return ALL_SENT if left["sent"] else NOT_OWED


def _sent_or_left(obligation_ids: Collection[int], now: datetime) -> dict[str, int]:
    """Of these obligations, how many are in force: sent once, and never."""
    sent = db.exists().where(SubmissionVersion.submission_id == Submission.id).correlate(Submission)
    rows = db.session.execute(
        db.select(Submission.id.is_not(None) & sent)
        .select_from(Obligation)
        .outerjoin(Submission, Submission.obligation_id == Obligation.id)
        .where(Obligation.id.in_(obligation_ids), in_force(now))
    ).all()
    count = sum(bool(was_sent) for (was_sent,) in rows)
    return {"sent": count, "unsent": len(rows) - count}


def changed_drafts(letters: Iterable[EscalationLetter]) -> dict[int, int]:
    """By letter: how many of the targets that an open draft names were sent since, or have more time."""
    now = clock.now()
    drafts = [letter for letter in letters if letter.recorded_at is None and letter.withdrawn_at is None]
    if not drafts:
        return {}
    owed = owed_first(now=now, agency_ids={letter.agency_id for letter in drafts})
    late = {target.obligation_id for one in owed for target in one.targets if target.due_at <= now}
    gone = {letter.id: len(set(letter.content["awaited"]) - late) for letter in drafts}
    return {letter_id: count for letter_id, count in gone.items() if count}


def redraft(*, letter: EscalationLetter) -> bool:
    """Write an open draft anew, from what is awaited now; False where it stands as it is. In the running
    transaction."""
    now = clock.now()
    today = text.last_day(now)
    key = Key(letter.period_id, letter.agency_id, letter.kind)
    unsent = letters_due(today=today, now=now, agency_ids=[letter.agency_id]).get(key)
    letter = locked(letter.id)
    if unsent is None or letter.recorded_at or letter.withdrawn_at:
        return False
    content = _written(key, unsent, today)
    _rewrite(letter, content)
    _tell("escalation_letter.redrafted", letter.id, Draft(key, content))
    return True
