"""Questions of reminders: who still owes what, and what the outbox holds."""

from stranas.reminders.queries.mailbox import MailPage, MailView, mail_page, mail_view, word_of

__all__ = ["MailPage", "MailView", "mail_page", "mail_view", "word_of"]
