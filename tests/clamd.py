"""A real clamd for tests: started as an unprivileged user in a folder of its own, with one signature of ours.

The signature names the EICAR test string, which is built in pieces so that no scanner trips over this source.
"""

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from stranas.evidence.clamd import is_alive

EICAR = b"".join((b"X5O!P%@AP[4", b"\\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*"))
NAME = "Uji.Eicar"
STREAM_LIMIT_MB = 40
READ_LIMIT_MB = 30


def is_here() -> bool:
    return _program() is not None


def _program() -> str | None:
    return shutil.which("clamd") or next((p for p in ("/usr/sbin/clamd",) if os.path.exists(p)), None)


@contextmanager
def daemon(*, by_tcp: bool = False) -> Iterator[str]:
    """The place of a running clamd (unix:PATH, or tcp://127.0.0.1:PORT); it ends with the block, and only it."""
    with running(by_tcp=by_tcp) as (place, _process):
        yield place


@contextmanager
def running(*, by_tcp: bool = False) -> Iterator[tuple[str, subprocess.Popen]]:
    with TemporaryDirectory(prefix="clamd-") as name:
        folder = Path(name)
        signatures = folder / "db"
        signatures.mkdir()
        (signatures / "uji.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
        settings = folder / "clamd.conf"
        port = _free_port()
        line = f"TCPSocket {port}\nTCPAddr 127.0.0.1\n" if by_tcp else f"LocalSocket {folder}/clamd.sock\n"
        settings.write_text(
            f"{line}DatabaseDirectory {signatures}\nForeground yes\n"
            f"StreamMaxLength {STREAM_LIMIT_MB}M\nMaxFileSize {READ_LIMIT_MB}M\nAlertExceedsMax yes\n"
            f"TemporaryDirectory {folder}\nPidFile {folder}/clamd.pid\n"
        )
        with _running(folder, settings) as process:
            place = f"tcp://127.0.0.1:{port}" if by_tcp else f"unix:{folder}/clamd.sock"
            _wait_for(place, process, folder / "log")
            yield place, process


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]


@contextmanager
def _running(folder: Path, settings: Path) -> Iterator[subprocess.Popen]:
    user = {}
    if os.geteuid() == 0:  # clamd wants no root, and its folder must be its own
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
        user = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [_program(), "-c", str(settings)], stdout=log, stderr=subprocess.STDOUT, cwd=folder, **user
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for(place: str, process: subprocess.Popen, log: Path) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError(log.read_text())
        if is_alive(place):
            return
        time.sleep(0.05)
    raise TimeoutError("clamd did not answer within 60 s")
