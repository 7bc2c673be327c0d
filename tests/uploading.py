"""A real tus client against the product's own web server, which is killed in between: for the test and the bench."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from tusclient import client
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

import config
from tests.server import free_port, wait_for

MB = 1_000_000
CHUNK = 8 * MB
# As bin/serve starts it.
WEB = ("gunicorn", "wsgi:app", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--no-control-socket")


@dataclass
class WebServer:
    """The web server with its workers, in a process group of its own."""

    settings: dict[str, str]
    log: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", *WEB, "--bind", f"127.0.0.1:{self.port}", "--log-level", "warning"]
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                command,
                cwd=config.ROOT,
                env=os.environ | self.settings,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(self.port, self.process, self.log)

    def kill(self) -> None:
        """All of its processes at once, without a chance to write anything more."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def peaks(self) -> dict[int, int]:
        """Process → its largest resident memory so far, in bytes (the arbiter, the workers, and their children)."""
        return {pid: _peak(pid) for pid in _family(self.process.pid)}


def _family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in _family(int(child)))]


def _peak(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


@dataclass
class Report:
    """What a sending with kills showed: bytes that were acknowledged before each kill and there after it, how much
    the memory of a web process grew at most, and the seconds it took."""

    survived: list[tuple[int, int]] = field(default_factory=list)
    growth: int = 0
    seconds: float = 0
    url: str = ""

    def note_growth(self, before: dict[int, int], after: dict[int, int]) -> None:
        self.growth = max(self.growth, *(peak - before.get(pid, 0) for pid, peak in after.items()))


def send_with_kills(server: WebServer, file: Path, *, place: str, cookie: str, kills: int, seed: int = 7) -> Report:
    """Upload a file by tuspy; at random moments the server is killed and started again, and the upload goes on."""
    with file.open("rb") as stream:
        return _send(server, stream, place=place, cookie=cookie, kills=kills, chance=random.Random(seed))


def _send(server: WebServer, stream: BinaryIO, *, place: str, cookie: str, kills: int, chance: random.Random) -> Report:
    report, began, name = Report(), time.monotonic(), Path(stream.name).name
    tus = client.TusClient(f"{server.address}/unggah", headers={"Cookie": f"session={cookie}"})
    uploader = tus.uploader(file_stream=stream, chunk_size=CHUNK, metadata={"place": place, "filename": name})
    uploader.set_url(uploader.create_url())
    report.url = uploader.url
    for moment in sorted(chance.uniform(0.1, 0.9) * uploader.get_file_size() for _ in range(kills)):
        _send_until_killed(server, uploader, report, moment=moment, delay=chance.uniform(0, 0.1))
        acknowledged = uploader.offset
        server.start()
        uploader.offset = uploader.get_offset()
        report.survived.append((acknowledged, uploader.offset))
    baseline = _warm(server, uploader)
    uploader.upload()
    report.note_growth(baseline, server.peaks())
    report.seconds = time.monotonic() - began
    return report


def _send_until_killed(server: WebServer, uploader, report: Report, *, moment: float, delay: float) -> None:
    baseline = _warm(server, uploader)

    def kill() -> None:
        while uploader.offset < moment:
            time.sleep(0.001)
        time.sleep(delay)
        report.note_growth(baseline, server.peaks())
        server.kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with suppress(TusUploadFailed, TusCommunicationError):
        uploader.upload()
    killer.join()


def _warm(server: WebServer, uploader) -> dict[int, int]:
    """The memory of a server that works: every worker has answered, and imported what it needs for it."""
    with ThreadPoolExecutor(16) as many:
        list(many.map(lambda _: uploader.get_offset(), range(48)))
    return server.peaks()


def sha256_of(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def random_file(path: Path, size: int) -> Path:
    """Bytes that are never the same twice, so that a mixed-up part would be found."""
    with path.open("wb") as out:
        for start in range(0, size, MB):
            out.write(os.urandom(min(MB, size - start)))
    return path
