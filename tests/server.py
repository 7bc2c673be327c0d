"""The product as it is served, for tests that need real processes: web server and worker, ended by the test."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import config

STARTS_WITHIN = 60
ENDS_WITHIN = 15


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


@contextmanager
def served(settings: dict[str, str], *, folder: Path, worker: bool = True) -> Iterator[str]:
    """The address of a running web server (one process, eight threads) with, if asked, its worker beside it."""
    port = free_port()
    settings = {"STRANAS_BASE_URL": f"http://127.0.0.1:{port}"} | settings
    web = ["gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8"]
    with ExitStack() as stack:
        log = folder / "web.log"
        process = stack.enter_context(_process([*web, "--no-control-socket", "--log-level", "warning"], settings, log))
        if worker:
            stack.enter_context(_process(["stranas.cli", "worker"], settings, folder / "worker.log"))
        wait_for(port, process, log)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _process(module: list[str], settings: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *module],
            cwd=config.ROOT,
            env=os.environ | settings,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield process
        finally:
            _ended(process)


def _ended(process: subprocess.Popen) -> None:
    """A worker first ends what it makes, which may be a long report; that is done again, so it may be cut off."""
    process.terminate()
    try:
        process.wait(timeout=ENDS_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    """Until /healthz answers 200; the server's own words when it does not."""
    ends = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < ends:
        assert process.poll() is None, log.read_text()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (ConnectionError, TimeoutError):
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError(log.read_text())
