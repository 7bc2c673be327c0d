"""Runs a reader in a process of its own: one that ends its process takes nothing else with it."""

import contextlib
import os
import signal
from collections.abc import Callable

SECONDS = 15


class Died(Exception):
    """The reader ended without an answer: it crashed, asked for too much memory, or took too long."""


def apart(read: Callable[[], str]) -> str:
    """What `read()` returns. The bounds of memory hold there too. Raises Died."""
    answers, said = os.pipe()
    process = os.fork()
    if process == 0:
        _answer(read, said)
    os.close(said)
    try:
        with os.fdopen(answers, "rb") as stream:
            content = stream.read()
    except BaseException:  # its time is over (TookTooLong): the reader ends with it
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        raise
    _, status = os.waitpid(process, 0)
    if status:
        raise Died(f"ended with {os.waitstatus_to_exitcode(status)}")
    return content.decode("utf-8")


def _answer(read: Callable[[], str], said: int) -> None:
    """Never returns. Nothing is printed: a crash of strange files is expected here."""
    code = 1
    try:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(SECONDS)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        content = read().encode("utf-8", "replace")
        with os.fdopen(said, "wb") as stream:
            stream.write(content)
        code = 0
    finally:
        with contextlib.suppress(BaseException):
            os._exit(code)
