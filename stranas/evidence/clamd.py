"""The wire to ClamAV's daemon: one file over its socket, in pieces. Loads no Flask and no database.

Own code for fifty lines (decision 0012): of the clients on the package index one is under GPL (clamav-client), and
those under MIT or LGPL lose the answer of a daemon that stops taking bytes: too large looks like down.
The protocol (INSTREAM, man clamd) is a length and bytes, until a length of nothing.
"""

import contextlib
import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

PIECE = 64 * 1024
SECONDS = 60
# What a daemon with AlertExceedsMax says of a file of which it has not read everything: no name of malware.
BEYOND_LIMITS = "Heuristics.Limits.Exceeded"


class NotScanned(Exception):
    """The daemon cannot be reached, or gave no verdict. Carries the reason in English."""


class TooLargeToScan(NotScanned):
    """Larger than the daemon takes (StreamMaxLength), or than it reads (MaxFileSize, MaxScanSize)."""


def scan(stream: BinaryIO, *, place: str, seconds: float = SECONDS) -> str:
    """The name of the malware in the bytes, or "" where they are clean. `place`: unix:PATH or tcp://HOST:PORT.

    Raises NotScanned, also when it takes longer than `seconds` in all. Memory is that of one piece.
    """
    try:
        with _Line.to(place, seconds) as daemon:
            daemon.send(b"zINSTREAM\0")
            was_taken = _send(daemon, stream)
            try:
                return _verdict(daemon.answer())
            except ConnectionResetError:
                # The answer may be lost with the line: a daemon that lives on cut us off at its bound.
                if was_taken or not is_alive(place):
                    raise
                raise TooLargeToScan("the daemon closed the line while more was sent") from None
    except OSError as error:
        raise NotScanned(f"{type(error).__name__}: {error}") from None


def is_alive(place: str, *, seconds: float = 5) -> bool:
    try:
        with _Line.to(place, seconds) as daemon:
            daemon.send(b"zPING\0")
            return daemon.answer() == "PONG"
    except OSError:
        return False


class _Line:
    """A socket with one bound of time for all that is done on it."""

    def __init__(self, connected: socket.socket, ends: float) -> None:
        self.socket, self.ends = connected, ends

    @classmethod
    @contextmanager
    def to(cls, place: str, seconds: float) -> Iterator["_Line"]:
        ends = time.monotonic() + seconds
        if place.startswith("tcp://"):
            parts = urlsplit(place)
            connected = socket.create_connection((parts.hostname, parts.port), timeout=seconds)
        else:
            connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        with contextlib.closing(connected):
            line = cls(connected, ends)
            if connected.family == socket.AF_UNIX:
                line._bounded().connect(place.removeprefix("unix:"))
            yield line

    def _bounded(self) -> socket.socket:
        left = self.ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("no verdict in time")
        self.socket.settimeout(left)
        return self.socket

    def send(self, content: bytes) -> None:
        self._bounded().sendall(content)

    def answer(self) -> str:
        said = b""
        while piece := self._bounded().recv(4096):
            said += piece
        return said.decode("utf-8", "replace").strip("\0\n ")


def _send(daemon: _Line, stream: BinaryIO) -> bool:
    """Whether everything was sent. Past its bound the daemon answers and closes while we still send."""
    try:
        while piece := stream.read(PIECE):
            daemon.send(struct.pack("!L", len(piece)) + piece)
        daemon.send(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _verdict(said: str) -> str:
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        name = said.removeprefix("stream: ").removesuffix(" FOUND")
        if name.startswith(BEYOND_LIMITS):
            raise TooLargeToScan(name)
        return name
    if "size limit exceeded" in said:
        raise TooLargeToScan(said)
    raise NotScanned(said or "the daemon closed the line without an answer")
