"""Processes of a test's own that share its installation: each runs one function of the test, with a line to it.

They are forked from one that has loaded the product already (tests/preloaded.py): a start costs a tenth of the
processor that a fresh interpreter takes to read it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.server import forking

PATIENCE = 60  # seconds; two busy cores do everything slowly


@dataclass(frozen=True)
class Child:
    """`log`: what it wrote to its outputs."""

    process: BaseProcess
    line: Connection
    log: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def said(self) -> Any:
        """What it sent over its line."""
        assert self.line.poll(PATIENCE), self.log.read_text()
        return self.line.recv()

    def tell(self, word: str) -> None:
        self.line.send(word)

    def ended(self) -> int | None:
        """Its exit code; negative: the signal that ended it. None when it runs on."""
        self.process.join(PATIENCE)
        return self.process.exitcode

    def kill(self) -> None:
        """Without a chance to write anything more."""
        self.process.kill()
        self.process.join()


@contextmanager
def child(function: Callable[..., None], settings: dict[str, str], log: Path, *words: Any) -> Iterator[Child]:
    """A process that runs `function(line, *words)` with these STRANAS_ settings and no others."""
    ours, theirs = forking.Pipe()
    process = forking.Process(target=_run, args=(function.__module__, function.__name__, settings, log, theirs, *words))
    process.start()
    theirs.close()
    running = Child(process, ours, log)
    try:
        yield running
    finally:
        running.kill()
        ours.close()
        process.close()


def _run(module: str, name: str, settings: dict[str, str], log: Path, line: Connection, *words: Any) -> None:
    from tests import preloaded

    for key in [key for key in os.environ if key.startswith("STRANAS_")]:
        del os.environ[key]
    preloaded.become(settings, log)
    getattr(import_module(module), name)(line, *words)
