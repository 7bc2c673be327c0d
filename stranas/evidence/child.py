"""The process that opens an officer's file: `python -m stranas.evidence.child`, one job, then the end.

Reads one JSON request from stdin, answers with one JSON line on stdout. Loads no Flask and no database. Its
memory and time bounds are set before the file is touched; whoever started it may kill it at any moment.
"""

import json
import os
import resource
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any


def check(request: dict[str, Any]) -> dict[str, Any]:
    """The checks of the file and of its words; `known` are the words, where they were read before."""
    from stranas.evidence import checks
    from stranas.evidence.checks.media import media_of

    path = Path(request["path"])
    judged = checks.judge(
        path,
        checks.Claim(**request["claim"]),
        checks.Surroundings.from_plain(request["around"]),
        known=checks.Reading.from_plain(request["known"]) if request["known"] else None,
        trust=Path(request["trust"]) if request["trust"] else None,
        watched=partial(within, request["seconds"] / 3),
    )
    media_type = media_of(path).media_type if path.stat().st_size else "application/octet-stream"
    return {
        "media_type": media_type,
        "findings": [finding.plain() for finding in judged.findings],
        "reading": judged.reading.plain() if judged.reading else None,
    }


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """One check may take so long. A reader in C is not interrupted: it is ended with the whole child."""
    from stranas.evidence.checks import TookTooLong

    def stop(*_: object) -> None:
        raise TookTooLong

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def read(request: dict[str, Any]) -> dict[str, Any]:
    """The words alone, of a file that was checked before words were kept."""
    from stranas.evidence.checks.reading import read

    return read(Path(request["path"])).plain()


def scan(request: dict[str, Any]) -> dict[str, Any]:
    """The words of a scan, read by OCR unless they are known, and what the checks of words find in them."""
    from stranas.evidence import checks
    from stranas.evidence.checks.reading import scans

    known = request["known"]
    reading = checks.Reading.from_plain(known) if known else scans.read(Path(request["path"]))
    claim, around = checks.Claim(**request["claim"]), checks.Surroundings.from_plain(request["around"])
    found = checks.judge_words(reading, claim, around, watched=partial(within, request["seconds"] / 3))
    return {"findings": [finding.plain() for finding in found], "reading": reading.plain()}


def describe(request: dict[str, Any]) -> dict[str, Any]:
    from stranas.evidence import drawing

    return drawing.describe(Path(request["path"]))


def draw(request: dict[str, Any]) -> dict[str, Any]:
    from stranas.evidence import drawing

    drawing.draw(Path(request["path"]), page=request["page"], into=Path(request["into"]))
    return {}


def redraw(request: dict[str, Any]) -> dict[str, Any]:
    from stranas.evidence import photos

    return photos.redraw(Path(request["path"]), into=Path(request["into"]))


def reach(request: dict[str, Any]) -> dict[str, Any]:
    from stranas.evidence import reaching

    finding = reaching.reach(request["address"], reaching.asker(request["hosts"]))
    return {"finding": finding.plain() if finding else None}


JOBS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "check": check,
    "read": read,
    "scan": scan,
    "describe": describe,
    "draw": draw,
    "redraw": redraw,
    "reach": reach,
}


def bound(*, memory_mb: int, seconds: int) -> None:
    """Address space and processor time; no core file, which would hold the officer's data."""
    memory = memory_mb * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    # Whatever a library prints goes to stderr: stdout carries the answer alone.
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    request = json.load(sys.stdin)
    bound(memory_mb=request["memory_mb"], seconds=request["seconds"])
    json.dump(JOBS[request["job"]](request), answer)
    answer.close()


if __name__ == "__main__":
    main()
