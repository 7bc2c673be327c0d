"""A message of the outbox as a mail: text, HTML, and a calendar beside them."""

import hashlib
import re
from email import policy
from email.message import EmailMessage

from flask import current_app

from stranas.system import clock
from stranas.system.models import OutboxMessage

CALENDAR_NAME = "batas-waktu.ics"
_METHOD = re.compile(r"^METHOD:([A-Z]+)\s*$", re.MULTILINE)


def keeps_mail() -> bool:
    """Whether the outbox row is the mailbox: nothing leaves the house, and never from a practice database."""
    return current_app.config["SETTINGS"].mail == "mailbox:" or clock.is_practice()


def compose(message: OutboxMessage, *, sender: str) -> EmailMessage:
    mail = EmailMessage(policy=policy.SMTP)
    mail["From"] = sender
    mail["To"] = message.address
    mail["Subject"] = message.subject
    # The same row always carries the same id, so that a mail server can drop a repetition.
    fingerprint = hashlib.sha256(message.key.encode()).hexdigest()[:32]
    mail["Message-ID"] = f"<{fingerprint}@{sender.rsplit('@', 1)[-1]}>"
    mail["Date"] = clock.wall()
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.body_text)
    if message.body_html:
        mail.add_alternative(message.body_html, subtype="html")
    if message.calendar:
        _attach_calendar(mail, message.calendar)
    return mail


def _attach_calendar(mail: EmailMessage, calendar: str) -> None:
    """Beside the letter, not among its alternatives: there Outlook would show the calendar in place of the letter.

    It takes a calendar that is not in the first part of a multipart/mixed for a file, which every program opens.
    The parameter `method` must be that of the calendar itself (RFC 6047, 2.4).
    """
    method = _METHOD.search(calendar)
    mail.add_attachment(
        calendar,
        subtype="calendar",
        charset="utf-8",
        params={"method": method[1] if method else "PUBLISH"},
        filename=CALENDAR_NAME,
    )
