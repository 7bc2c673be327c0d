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

EICAR = b"".join((b"X5O!P%@AP[4", b"\\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*"))
NAME = "Uji.Eicar"
STREAM_LIMIT_MB = 2


def is_here() -> bool:
    return _program() is not None


def _program() -> str | None:
    return shutil.which("clamd") or next((p for p in ("/usr/sbin/clamd",) if os.path.exists(p)), None)


@contextmanager
def daemon() -> Iterator[str]:
    """The place of a running clamd (unix:PATH); it ends with the block, and only it."""
    with TemporaryDirectory(prefix="clamd-") as name:
        folder = Path(name)
        signatures = folder / "db"
        signatures.mkdir()
        (signatures / "uji.ndb").write_text(f"{NAME}:0:*:{EICAR.hex()}\n")
        settings = folder / "clamd.conf"
        settings.write_text(
            f"LocalSocket {folder}/clamd.sock\nDatabaseDirectory {signatures}\nForeground yes\n"
            f"StreamMaxLength {STREAM_LIMIT_MB}M\nTemporaryDirectory {folder}\nPidFile {folder}/clamd.pid\n"
        )
        with _running(folder, settings) as process:
            _wait_for(folder / "clamd.sock", process)
            yield f"unix:{folder}/clamd.sock"


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


def _wait_for(path: Path, process: subprocess.Popen) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        if process.poll() is not None:
            raise RuntimeError((path.parent / "log").read_text())
        with socket.socket(socket.AF_UNIX) as line:
            if path.exists() and line.connect_ex(str(path)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("clamd did not answer within 60 s")
