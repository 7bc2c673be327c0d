"""Opens files in a killable child process, within bounds of time and memory. No transaction may be open here.

A reader of PDFs or pictures can hang, eat the memory or crash its process (pypdfium2 on threads did): then only
the child dies.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import config
from stranas.evidence.checks.finding import Claim, Finding, Reading, Surroundings

COMMAND = (sys.executable, "-m", "stranas.evidence.child")


class ChildFailed(Exception):
    """The child was killed by its time bound, died, or gave no answer. Carries the reason in English."""


class OutOfTime(ChildFailed):
    """The child was killed by its time bound."""


@dataclass(frozen=True)
class Bounds:
    """How long a child may run, and how much memory it may ask for."""

    seconds: int = 60
    memory_mb: int = 1024


@dataclass(frozen=True)
class Outcome:
    """What the checks of file and words found, the media type by content, and the words (None: refused unread)."""

    media_type: str
    findings: tuple[Finding, ...]
    reading: Reading | None = None


def check(
    path: Path,
    claim: Claim,
    around: Surroundings | None = None,
    *,
    bounds: Bounds,
    known: Reading | None = None,
    trust: Path | None = None,
) -> Outcome:
    """Run the checks on a file; `known`: its words, where they were read before; `trust`: the folder of certificates
    that are believed. Raises ChildFailed."""
    answer = ask(
        "check",
        bounds=bounds,
        path=str(path),
        claim=asdict(claim),
        around=asdict(around or Surroundings()),
        known=known.plain() if known else None,
        trust=str(trust) if trust else "",
    )
    findings = tuple(Finding.from_plain(row) for row in answer["findings"])
    reading = Reading.from_plain(answer["reading"]) if answer["reading"] else None
    return Outcome(answer["media_type"], findings, reading)


def read_scan(
    path: Path, claim: Claim, around: Surroundings, *, bounds: Bounds, known: Reading | None = None
) -> Outcome:
    """Read a scan by OCR (`known`: its words, where it was read before), and check its words. Raises ChildFailed."""
    answer = ask(
        "scan",
        bounds=bounds,
        path=str(path),
        claim=asdict(claim),
        around=asdict(around),
        known=known.plain() if known else None,
    )
    findings = tuple(Finding.from_plain(row) for row in answer["findings"])
    return Outcome("", findings, Reading.from_plain(answer["reading"]))


def read(path: Path, *, bounds: Bounds) -> Reading:
    """The words of a file. Raises ChildFailed."""
    return Reading.from_plain(ask("read", bounds=bounds, path=str(path)))


def reach(address: str, hosts: Iterable[str], *, bounds: Bounds) -> Finding | None:
    """What to say of a link once it was asked (reaching.reach); None where it was not. Raises ChildFailed."""
    answer = ask("reach", bounds=bounds, address=address, hosts=list(hosts))
    return Finding.from_plain(answer["finding"]) if answer["finding"] else None


def ask(job: str, *, bounds: Bounds, **request: Any) -> dict[str, Any]:
    """One job of the child (see child.JOBS). Raises ChildFailed."""
    body = json.dumps({"job": job, "memory_mb": bounds.memory_mb, "seconds": bounds.seconds, **request})
    child = subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=config.ROOT,
        env=_environment(),
        start_new_session=True,
        text=True,
    )
    try:
        out, errors = child.communicate(body, timeout=bounds.seconds)
    except subprocess.TimeoutExpired:
        raise OutOfTime(f"no answer within {bounds.seconds} s") from None
    finally:
        _end(child)
    return _answer(child.returncode, out, errors)


def _answer(code: int, out: str, errors: str) -> dict[str, Any]:
    if code:
        last = errors.strip().splitlines()[-1:] or [""]
        raise ChildFailed(f"ended with {code}: {last[0][:300]}")
    try:
        return json.loads(out)
    except ValueError:
        raise ChildFailed("gave no answer") from None


def _end(child: subprocess.Popen) -> None:
    """The child leads its own session: whatever it may have started goes with it."""
    if child.poll() is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
    for stream in (child.stdin, child.stdout, child.stderr):
        stream.close()


def _environment() -> dict[str, str]:
    """Nothing of ours: no secret, no address of the database."""
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1"}
