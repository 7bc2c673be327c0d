"""The doors of reminders: mailbox, ladder, letters for people to send, and what is everybody's own."""

from flask import Blueprint

blueprint = Blueprint("reminders", __name__)

from stranas.reminders.views import choices, escalation, escalation_files, feed, ladder, mailbox, notices, whatsapp  # noqa: E402, F401
