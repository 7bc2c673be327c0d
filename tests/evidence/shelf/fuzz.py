"""Bends the files of the shelf and runs the checks on what is left: nothing may crash, hang or pass its bounds.

    .venv/bin/python -m tests.evidence.shelf.fuzz [--files 10000] [--seconds 600] [--seed 1] [--every 1]

Each file is checked in a process of its own with the bounds of the product. The processes are forked from one that
has loaded every reader, because starting Python anew for each file would take ten times as long.
"""

import argparse
import os
import random
import resource
import select
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stranas.evidence import child
from stranas.evidence.checks import Claim, judge
from tests.evidence.shelf import country, measure

SECONDS, MEMORY_MB = 20, 1024
LARGEST = 1_500_000
KINDS = ("", "surat", "laporan", "data", "foto", "peta")


@dataclass
class Tally:
    """What became of the files. `slowest` in seconds, with what it was."""

    files: int = 0
    died: list[str] = field(default_factory=list)
    hung: list[str] = field(default_factory=list)
    codes: Counter = field(default_factory=Counter)
    slowest: tuple[float, str] = (0.0, "")


def seeds(*, every: int = 1) -> list[tuple[str, bytes]]:
    """Files to bend: one of each shape on the shelf, none of the very large ones."""
    chosen = measure.sample(measure.all_cases(), every=10**9)
    made = ((case.name, case.build()) for number, case in enumerate(chosen) if number % every == every // 2)
    return [(name, content) for name, content in made if 0 < len(content) < LARGEST]


def bent(content: bytes, chance: random.Random, others: list[tuple[str, bytes]]) -> bytes:
    """One to three accidents."""
    for _ in range(chance.randint(1, 3)):
        content = chance.choice(_ACCIDENTS)(content, chance, others) or b"\0"
    return content


def _flip(content, chance, _others):
    changed = bytearray(content)
    for _ in range(chance.choice((1, 4, 30))):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(content, chance, _others):
    return content[: chance.randrange(len(content) + 1)]


def _drop(content, chance, _others):
    start = chance.randrange(len(content))
    return content[:start] + content[start + chance.randint(1, 2000) :]


def _repeat(content, chance, _others):
    start = chance.randrange(len(content))
    part = content[start : start + chance.randint(1, 3000)]
    return content[:start] + part * chance.randint(2, 40) + content[start:]


def _zero(content, chance, _others):
    start, length = chance.randrange(len(content)), chance.randint(1, 4000)
    return content[:start] + bytes(min(length, len(content) - start)) + content[start + length :]


def _numbers(content, chance, _others):
    """Larger numbers where digits stand: lengths, counts and sizes that are not true."""
    changed = bytearray(content)
    digits = [at for at in range(0, len(changed), 1 + len(changed) // 20_000) if 48 <= changed[at] <= 57]
    for at in chance.sample(digits, min(len(digits), chance.randint(1, 12))):
        changed[at] = 57
    return bytes(changed)


def _marry(content, chance, others):
    other = chance.choice(others)[1]
    return content[: chance.randrange(len(content) + 1)] + other[chance.randrange(len(other)) :]


_ACCIDENTS = (_flip, _flip, _cut, _drop, _repeat, _zero, _numbers, _numbers, _marry)


def run(*, files: int, seconds: float, seed: int, every: int = 1, workers: int = 2) -> Tally:
    _load_readers()
    shelf, chance, tally = seeds(every=every), random.Random(seed), Tally()
    stop = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as folder:
        running: list[Running] = []
        for number in range(files):
            if time.monotonic() > stop:
                break
            name, content = chance.choice(shelf)
            path = Path(folder) / f"{number}"
            path.write_bytes(bent(content, chance, shelf))
            running.append(_started(path, country.claim(name, chance.choice(KINDS), agency="33.23", item="1-a")))
            while len(running) >= workers:
                running = list(_waited(running, tally))
        while running:
            running = list(_waited(running, tally))
    return tally


@dataclass(frozen=True)
class Running:
    process: int
    answers: int
    path: Path
    name: str
    began: float


def _load_readers() -> None:
    import pikepdf  # noqa: F401
    import pyhanko.sign.validation  # noqa: F401
    import pypdfium2  # noqa: F401
    from PIL import Image

    Image.init()


def _started(path: Path, claim: Claim) -> Running:
    answers, said = os.pipe()
    process = os.fork()
    if process:
        os.close(said)
        return Running(process, answers, path, claim.name, time.monotonic())
    code = 1
    try:
        _check(path, claim, said)
        code = 0
    finally:
        os._exit(code)


def _check(path: Path, claim: Claim, said: int) -> None:
    from functools import partial

    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    child.bound(memory_mb=MEMORY_MB + _held_mb(), seconds=SECONDS)
    found = judge(path, claim, country.surroundings(), watched=partial(child.within, SECONDS / 3)).findings
    os.write(said, " ".join(finding.code for finding in found).encode())


def _held_mb() -> int:
    """The address space that came with the fork: readers, and what only the shelf needs, which no check pays for."""
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * resource.getpagesize() // 2**20


def _waited(running: list[Running], tally: Tally) -> Iterator[Running]:
    """Those that still run, after at least one had a moment to end."""
    select.select([one.answers for one in running], [], [], 0.05)
    for one in running:
        took = time.monotonic() - one.began
        process, status = os.waitpid(one.process, os.WNOHANG)
        if process:
            _count(one, status, took, tally)
        elif took > SECONDS:
            os.kill(one.process, signal.SIGKILL)
            os.waitpid(one.process, 0)
            tally.hung.append(one.name)
            _ended(one, tally)
        else:
            yield one


def _count(one: Running, status: int, took: float, tally: Tally) -> None:
    tally.slowest = max(tally.slowest, (took, one.name))
    if status:
        tally.died.append(f"{one.name}: {os.waitstatus_to_exitcode(status)}")
    tally.codes.update(os.read(one.answers, 4096).decode().split() or ["(nothing)"])
    _ended(one, tally)


def _ended(one: Running, tally: Tally) -> None:
    tally.files += 1
    os.close(one.answers)
    if tally.died and KEEP and tally.died[-1].startswith(one.name):
        one.path.rename(Path(KEEP) / f"died-{one.path.name}")
    else:
        one.path.unlink()


# A folder to keep the files in which end a process; for looking into them.
KEEP = os.environ.get("FUZZ_KEEP", "")


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--files", type=int, default=10_000)
    asked.add_argument("--seconds", type=float, default=600)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--every", type=int, default=1, help="bend only each so manieth shape of file")
    options = asked.parse_args()
    begin = time.monotonic()
    tally = run(files=options.files, seconds=options.seconds, seed=options.seed, every=options.every)
    slowest = f"slowest {tally.slowest[0]:.1f} s ({tally.slowest[1]})"
    print(f"{tally.files} files in {time.monotonic() - begin:.0f} s; {slowest}")
    print(f"died: {len(tally.died)} {tally.died[:10]}; hung: {len(tally.hung)} {tally.hung[:10]}")
    print(", ".join(f"{code} {count}" for code, count in tally.codes.most_common()))
    print(f"largest process: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024} MB")
    return 1 if tally.died or tally.hung else 0


if __name__ == "__main__":
    sys.exit(main())
