"""Questions of reminders: who still owes what. What the outbox holds is in mailbox and notices."""

from stranas.reminders.queries.owing import Owing, Part, PeriodOwed, Person, Step, owing

__all__ = [
    "Owing",
    "Part",
    "PeriodOwed",
    "Person",
    "Step",
    "owing",
]
