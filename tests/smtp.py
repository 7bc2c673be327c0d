"""A tiny SMTP server on this machine that keeps what it is given."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


@dataclass
class Letterbox:
    """What arrived, and how the server behaves.

    `refuses`: every message fails, with the words `refusal`. `hangs_up`: the line ends instead of an answer to a
    message that was taken. `drops`: so many times the line ends at the recipient's address, before any text.
    `most`: so many messages are taken on one line, then it is ended. `takes`: seconds for each message, half of them
    before it is kept. `secured` says of each message whether TLS was on; `peers` are the lines that brought any.
    """

    refuses: bool = False
    refusal: str = "451 try again later"
    sender_refusal: str = ""
    hangs_up: bool = False
    drops: int = 0
    most: int = 0
    takes: float = 0
    contents: list[bytes] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    secured: list[bool] = field(default_factory=list)
    peers: list[Any] = field(default_factory=list)
    port: int = 0

    @property
    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(content, policy=policy.default) for content in self.contents]


class Postman:
    """What the server asks at each step. Apart from the box: at each new line aiosmtpd looks at every attribute of
    what it is given, and `letters` reads everything that ever arrived."""

    def __init__(self, box: Letterbox) -> None:
        self.box = box

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list) -> str:
        if self.box.sender_refusal:
            return self.box.sender_refusal
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list) -> str:
        if self.box.drops:
            self.box.drops -= 1
            server.transport.abort()
        if self.box.most and self.box.peers.count(session.peer) >= self.box.most:
            return "421 enough on this line"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.box.refuses:
            return self.box.refusal
        await asyncio.sleep(self.box.takes / 2)
        self.box.contents.append(envelope.content)
        self.box.addresses.extend(envelope.rcpt_tos)
        self.box.secured.append(session.ssl is not None)
        self.box.peers.append(session.peer)
        if self.box.hangs_up:
            server.transport.abort()
        await asyncio.sleep(self.box.takes / 2)
        return "250 kept"


@contextmanager
def server(*, box: Letterbox | None = None, **settings: Any) -> Iterator[Letterbox]:
    """A running server; `password` asks for a sign-in as "budi" over TLS, `tls_context` offers STARTTLS.

    With the `box` of an earlier one it is that server, up again at its port.
    """
    box = box or Letterbox()
    password = settings.pop("password", None)
    if password:
        settings["authenticator"] = lambda *given: AuthResult(
            success=given[4].login == b"budi" and given[4].password == password.encode()
        )
        settings["auth_required"] = True
    controller = FreePort(Postman(box), hostname="127.0.0.1", port=box.port, **settings)
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
