"""Questions of reminders: who still owes what, and what the outbox holds."""

from stranas.reminders.queries.mailbox import MailPage, MailView, mail_page, mail_view, word_of
from stranas.reminders.queries.owing import Owing, Part, PeriodOwed, Person, Step, owing

__all__ = [
    "MailPage",
    "MailView",
    "Owing",
    "Part",
    "PeriodOwed",
    "Person",
    "Step",
    "mail_page",
    "mail_view",
    "owing",
    "word_of",
]
