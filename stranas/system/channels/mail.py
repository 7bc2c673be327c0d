"""Mail by SMTP: one connection for many messages, TLS wherever the server offers it, no password without it."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from urllib.parse import SplitResult, unquote, urlsplit

from flask import current_app

from stranas.system import mail
from stranas.system.channels import Doubtful, Rejected, Send, Unreachable, keep
from stranas.system.models import OutboxMessage

SECONDS = 30
GOING_AWAY = 421  # the server ends the line and has not taken the message
TOO_LARGE = 552  # said to the sender's address, but about the message
FOR_GOOD = range(500, 600)


class MailChannel:
    name = "mail"
    words = "Surel"
    by_hand = False
    outside = True

    @contextmanager
    def line(self) -> Iterator[Send]:
        settings = current_app.config["SETTINGS"]
        if settings.mail == "mailbox:":
            yield keep
            return
        line = _Line(urlsplit(settings.mail), sender=settings.mail_from)
        try:
            line.open()
            yield line.send
        finally:
            line.close()


CHANNEL = MailChannel()


class _Noting:
    """Remembers whether the server was given the text of a message: smtplib sends commands as str, texts as bytes."""

    handed_over = False

    def send(self, s: str | bytes) -> None:
        self.handed_over |= isinstance(s, bytes)
        super().send(s)


class Plain(_Noting, smtplib.SMTP):
    pass


class Secured(_Noting, smtplib.SMTP_SSL):
    pass


class _Dropped(Exception):
    """The line ended before the server was given the text: the message has not left."""


class _Line:
    """A connection that is opened again when the server ends it, as it may after so many messages."""

    def __init__(self, server: SplitResult, *, sender: str) -> None:
        self.server, self.sender = server, sender
        self.connection: Plain | Secured | None = None

    def open(self) -> None:
        self.close()
        try:
            self.connection = _connect(self.server)
            if self.server.username:
                self.connection.login(unquote(self.server.username), unquote(self.server.password or ""))
        except smtplib.SMTPAuthenticationError as error:
            raise Unreachable(f"Server surel menolak nama dan sandi yang diatur: {_answer(error)}") from error
        except smtplib.SMTPNotSupportedError as error:
            raise Unreachable(f"Server surel tidak menawarkan yang diperlukan untuk masuk: {error}") from error
        except (OSError, smtplib.SMTPException) as error:
            raise Unreachable(f"Server surel tidak dapat dihubungi: {_answer(error)}") from error

    def close(self) -> None:
        if self.connection is None:
            return
        with suppress(OSError, smtplib.SMTPException):  # a goodbye that fails says nothing about any message
            self.connection.quit()
        self.connection.close()
        self.connection = None

    def send(self, message: OutboxMessage) -> None:
        """Once more on a new line where the old one ended before the message was on its way."""
        letter = mail.compose(message, sender=self.sender)
        try:
            self._hand_over(letter)
        except _Dropped:
            self.open()
            try:
                self._hand_over(letter)
            except _Dropped as error:
                raise Rejected(f"Server surel memutus sambungan sebelum menerima pesan: {error}") from error

    def _hand_over(self, letter: EmailMessage) -> None:
        if self.connection is None:
            raise _Dropped("the line is closed")
        self.connection.handed_over = False
        try:
            self.connection.send_message(letter)
        except smtplib.SMTPServerDisconnected as error:
            handed_over, self.connection = self.connection.handed_over, None
            raise (Doubtful if handed_over else _Dropped)(str(error)) from error
        except smtplib.SMTPSenderRefused as error:
            raise _refused_sender(error) from error
        except smtplib.SMTPRecipientsRefused as error:
            raise _refused(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPDataError as error:
            raise _refused(error.smtp_code, error.smtp_error) from error


def _refused_sender(error: smtplib.SMTPSenderRefused) -> Exception:
    """All messages have the same sender: what is said to it concerns every message."""
    if error.smtp_code in (GOING_AWAY, TOO_LARGE):
        return _refused(error.smtp_code, error.smtp_error)
    return Unreachable(f"Server surel menolak alamat pengirim: {_answer(error)}")


def _refused(code: int, words: bytes | str) -> Exception:
    answer = f"{code} {_said(words)}"
    if code == GOING_AWAY:
        return _Dropped(answer)
    return Rejected(f"Server surel menolak pesan ini: {answer}", for_good=code in FOR_GOOD)


def _answer(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_said(error.smtp_error)}"
    return str(error) or type(error).__name__


def _said(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words


def _connect(server: SplitResult) -> Plain | Secured:
    if server.scheme == "smtps":
        return Secured(server.hostname, server.port or 465, timeout=SECONDS, context=ssl.create_default_context())
    connection = Plain(server.hostname, server.port or 25, timeout=SECONDS)
    try:
        connection.ehlo()
        if connection.has_extn("starttls"):
            connection.starttls(context=ssl.create_default_context())
        elif server.username:
            raise smtplib.SMTPNotSupportedError("TLS (sandi tidak dikirim tanpa TLS)")
    except (OSError, smtplib.SMTPException):
        connection.close()
        raise
    return connection
