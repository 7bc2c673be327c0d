"""Sending one message: by SMTP, or into the embedded mailbox (the outbox page) that keeps what would be sent."""

import hashlib
import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from flask import current_app

from stranas.system import clock
from stranas.system.models import OutboxMessage

SECONDS = 30


class Doubtful(Exception):
    """The line broke after the message was handed over: nobody knows whether it left."""


class _Noting:
    """Remembers whether the server was given the text of a message."""

    handed_over = False

    def data(self, text: bytes):
        self.handed_over = True
        return super().data(text)


class Plain(_Noting, smtplib.SMTP):
    pass


class Secured(_Noting, smtplib.SMTP_SSL):
    pass


def keeps_mail() -> bool:
    """Whether the outbox row is the mailbox: nothing leaves the house, and never from a practice database."""
    return current_app.config["SETTINGS"].mail == "mailbox:" or clock.is_practice()


def send(message: OutboxMessage) -> None:
    """Hand the message to the server. Raises what smtplib raises when the server does not take it, Doubtful when
    it did not say so."""
    settings = current_app.config["SETTINGS"]
    server = urlsplit(settings.mail)
    connection = _connect(server)
    try:
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.send_message(_compose(message, sender=settings.mail_from))
    except smtplib.SMTPServerDisconnected as error:
        raise (Doubtful(str(error)) if connection.handed_over else error) from error
    finally:
        with suppress(OSError):  # a goodbye that fails says nothing about the message
            connection.quit()
        connection.close()


def _connect(server) -> Plain | Secured:
    if server.scheme == "smtps":
        return Secured(server.hostname, server.port or 465, timeout=SECONDS, context=ssl.create_default_context())
    connection = Plain(server.hostname, server.port or 25, timeout=SECONDS)
    connection.ehlo()
    if connection.has_extn("starttls"):
        connection.starttls(context=ssl.create_default_context())
    elif server.username:
        connection.close()
        raise smtplib.SMTPNotSupportedError("the server offers no TLS, and no password is sent without it")
    return connection


def _compose(message: OutboxMessage, *, sender: str) -> EmailMessage:
    mail = EmailMessage()
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
    return mail
