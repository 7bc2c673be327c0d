"""What a person chooses about his reminders: one digest a week, a pause with somebody who stands in.

Nothing here commits; every act leaves an audit entry. No choice silences a last call (rules.last_calls).
"""

from datetime import date

from flask import render_template

from stranas.accounts.models import User
from stranas.reminders.models import ReminderChoice
from stranas.reminders.queries.choices import choices_of, own_choice, possible_substitutes, substituted_by
from stranas.reminders.standing_in import Choice, is_digest_day, pause_problem
from stranas.system import audit, clock, outbox, text
from stranas.system.db import db, lock_row
from stranas.system.errors import Refused

__all__ = ["CannotPause", "Choice", "choices_of", "choose_digest", "end_pause", "is_digest_day", "pause"]


LAST_ZONE = "Asia/Jakarta"  # where a day ends last


class CannotPause(Refused):
    """Carries the field of the form that is to be changed."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def choose_digest(*, person: User, weekly: bool) -> None:
    """One digest a week, or each step on its day."""
    row = _row_of(person)
    if row.weekly != weekly:
        row.weekly, row.changed_at = weekly, clock.now()
        audit.record("reminders.digest", person.email, weekly=weekly)


def pause(*, person: User, first: date, last: date, substitute_id: int, today: date) -> None:
    """From the first to the last day, both included, somebody else is reminded; in the place of a pause before.

    Raises CannotPause for days that cannot be, for somebody who cannot stand in, and where either of the two would
    stand in for somebody and pause at once.
    """
    row = _row_of(person, substitute_id)
    if problem := pause_problem(first, last, today=today):
        raise CannotPause(*problem)
    chosen = Choice(person.id, row.weekly, first, last, substitute_id)
    _need_fit(person, chosen)
    _need_free(person, chosen)
    _tell_ended(person, row)
    row.paused_from, row.paused_until, row.substitute_id = first, last, substitute_id
    row.changed_at = clock.now()
    db.session.flush()
    audit.record(
        "reminders.paused", person.email, first=first.isoformat(), last=last.isoformat(), substitute=substitute_id
    )
    _tell(person, row, about="begins")


def end_pause(*, person: User) -> bool:
    """The person is reminded again from now on; False when there is no pause."""
    row = db.session.get(ReminderChoice, person.id, populate_existing=True)
    if row is None or row.paused_from is None:
        return False
    _tell_ended(person, row)
    audit.record("reminders.resumed", person.email, last=row.paused_until.isoformat(), substitute=row.substitute_id)
    row.paused_from = row.paused_until = row.substitute_id = None
    row.changed_at = clock.now()
    db.session.flush()
    return True


def _row_of(person: User, *others: int) -> ReminderChoice:
    """The person's row, made if need be. Whoever chooses at the same time waits: two never stand in for each other."""
    ids = sorted({person.id, *others})
    db.session.execute(lock_row(db.select(User.id).where(User.id.in_(ids)).order_by(User.id)))
    row = db.session.get(ReminderChoice, person.id, populate_existing=True)
    if row is None:
        row = ReminderChoice(user_id=person.id, weekly=False, changed_at=clock.now())
        db.session.add(row)
        db.session.flush()
    return row


def _need_fit(person: User, chosen: Choice) -> None:
    if chosen.substitute_id not in {user_id for user_id, _ in possible_substitutes(person)}:
        raise CannotPause("substitute", "Orang ini tidak dapat menggantikan Anda. Pilih orang lain di daftar.")


def _need_free(person: User, chosen: Choice) -> None:
    """Nobody stands in for others while he is away himself."""
    if chosen.meets(own_choice(chosen.substitute_id)):
        raise CannotPause("substitute", "Orang ini sendiri jeda pada hari-hari itu. Pilih orang lain atau hari lain.")
    for other in substituted_by(person):
        if chosen.meets(other.choice):
            until = text.day(other.choice.paused_until)
            said = f"Anda menjadi pengganti {other.name} sampai {until}. Pilih hari sesudahnya."
            raise CannotPause("paused_from", said)


def _tell_ended(person: User, row: ReminderChoice) -> None:
    """Whoever stood in hears of it, unless the pause was over already."""
    if row.paused_until is not None and row.paused_until >= text.local_day(clock.now(), LAST_ZONE):
        _tell(person, row, about="ends")


def _tell(person: User, row: ReminderChoice, *, about: str) -> None:
    substitute = db.session.get_one(User, row.substitute_id)
    days = f"{text.day(row.paused_from)} sampai {text.day(row.paused_until)}"
    outbox.plan(
        key=f"substitute:{person.id}:{substitute.id}:{about}:{row.changed_at.isoformat()}",
        recipient_id=substitute.id,
        address=substitute.email,
        template="mail/substitute",
        subject=f"Pengganti pengingat Aksi PK, {days}" if about == "begins" else "Pengganti pengingat Aksi PK berakhir",
        body_text=render_template("mail/substitute.txt", person=person, substitute=substitute, days=days, about=about),
        payload={"person": person.id},
    )
