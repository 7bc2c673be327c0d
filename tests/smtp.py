"""A tiny SMTP server on this machine that keeps what it is given."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class Letterbox:
    """What arrived. `refuses` lets every message fail, `hangs_up` ends the line instead of saying that it took one;
    `secured` says of each whether TLS was on."""

    refuses: bool = False
    hangs_up: bool = False
    letters: list[Message] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    port: int = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "451 try again later"
        self.letters.append(message_from_bytes(envelope.content))
        self.secured.append(session.ssl is not None)
        if self.hangs_up:
            server.transport.abort()
        return "250 kept"


@contextmanager
def server(**settings: Any) -> Iterator[Letterbox]:
    """A running server; `password` asks for a sign-in as "budi" over TLS, `tls_context` offers STARTTLS."""
    box = Letterbox()
    password = settings.pop("password", None)
    if password:
        settings["authenticator"] = lambda *given: AuthResult(
            success=given[4].login == b"budi" and given[4].password == password.encode()
        )
        settings["auth_required"] = True
    controller = FreePort(box, hostname="127.0.0.1", port=0, **settings)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


class FreePort(Controller):
    """The machine chooses the port; the base class then knocks at it."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()
