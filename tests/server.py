"""The product as it is served, for tests that need real processes: web server and worker, ended by the test."""

import http.client
import multiprocessing
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Protocol

STARTS_WITHIN = 60
ENDS_WITHIN = 15


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


# Loads the product once for each session of tests and forks for each start.
forking = multiprocessing.get_context("forkserver")
forking.set_forkserver_preload(["tests.preloaded"])


class Running(Protocol):
    def poll(self) -> int | None:
        """The exit code, once it has ended."""


@dataclass(frozen=True)
class Forked:
    process: BaseProcess

    def poll(self) -> int | None:
        return self.process.exitcode


@contextmanager
def served(settings: dict[str, str], *, folder: Path, worker: bool = True, more: tuple[str, ...] = ()) -> Iterator[str]:
    """The address of a running web server (one process, eight threads) with, if asked, its worker beside it. `more`:
    further words for gunicorn."""
    port = free_port()
    settings = {"STRANAS_BASE_URL": f"http://127.0.0.1:{port}"} | settings
    words = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--threads", "8"]
    with ExitStack() as stack:
        log = folder / "web.log"
        options = (*words, "--no-control-socket", "--log-level", "warning", *more)
        process = stack.enter_context(_process("web", settings, log, *options))
        if worker:
            stack.enter_context(_process("background", settings, folder / "worker.log"))
        wait_for(port, Forked(process), log)
        yield f"http://127.0.0.1:{port}"


@contextmanager
def _process(what: str, *arguments: Any) -> Iterator[BaseProcess]:
    """A function of tests.preloaded in a process of its own, named so that only the fork server loads its module."""
    process = forking.Process(target=_call, args=(what, *arguments))
    process.start()
    try:
        yield process
    finally:
        _ended(process)
        process.close()


def _call(what: str, *arguments: Any) -> None:
    getattr(import_module("tests.preloaded"), what)(*arguments)


def _ended(process: BaseProcess) -> None:
    """A worker first ends what it makes, which may be a long report; that is done again, so it may be cut off."""
    process.terminate()
    process.join(ENDS_WITHIN)
    if process.exitcode is None:
        process.kill()
        process.join()


def wait_for(port: int, process: Running, log: Path) -> None:
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
