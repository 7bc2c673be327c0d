"""The wire to ClamAV's daemon: one file over its socket, in pieces. Loads no Flask and no database.

Own code for forty lines: the clients on the package index are under GPL (clamav-client, clamd's forks) or unkept
(pyclamd), and the protocol (INSTREAM, man clamd) is a length and bytes, until a length of nothing.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO
from urllib.parse import urlsplit

PIECE = 64 * 1024
SECONDS = 60


class NotScanned(Exception):
    """The daemon cannot be reached, or gave no verdict. Carries the reason in English."""


class TooLargeToScan(NotScanned):
    """Larger than the daemon takes (StreamMaxLength)."""


def scan(stream: BinaryIO, *, place: str, seconds: float = SECONDS) -> str:
    """The name of the malware in the bytes, or "" where they are clean. `place`: unix:PATH or tcp://HOST:PORT.

    Raises NotScanned. Memory is that of one piece.
    """
    try:
        with _connected(place, seconds) as daemon:
            daemon.sendall(b"zINSTREAM\0")
            was_taken = _send(daemon, stream)
            try:
                return _verdict(_answer(daemon))
            except ConnectionResetError:
                # The answer may be lost with the line: a daemon that lives on cut us off at its bound.
                if was_taken or not _is_alive(place, seconds):
                    raise
                raise TooLargeToScan("the daemon closed the line while more was sent") from None
    except OSError as error:
        raise NotScanned(f"{type(error).__name__}: {error}") from None


def _is_alive(place: str, seconds: float) -> bool:
    with _connected(place, seconds) as daemon:
        daemon.sendall(b"zPING\0")
        return _answer(daemon) == "PONG"


@contextmanager
def _connected(place: str, seconds: float) -> Iterator[socket.socket]:
    kind, address = (socket.AF_UNIX, place.removeprefix("unix:"))
    if place.startswith("tcp://"):
        parts = urlsplit(place)
        kind, address = socket.AF_INET, (parts.hostname, parts.port)
    with socket.socket(kind, socket.SOCK_STREAM) as daemon:
        daemon.settimeout(seconds)
        daemon.connect(address)
        yield daemon


def _send(daemon: socket.socket, stream: BinaryIO) -> bool:
    """Whether everything was sent. Past its bound the daemon answers and closes while we still send."""
    try:
        while piece := stream.read(PIECE):
            daemon.sendall(struct.pack("!L", len(piece)) + piece)
        daemon.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return False
    return True


def _answer(daemon: socket.socket) -> str:
    said = b""
    while piece := daemon.recv(4096):
        said += piece
    return said.decode("utf-8", "replace").strip("\0\n ")


def _verdict(said: str) -> str:
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    if "size limit exceeded" in said:
        raise TooLargeToScan(said)
    raise NotScanned(said or "the daemon closed the line without an answer")
