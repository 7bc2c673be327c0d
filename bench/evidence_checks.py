"""How long the checks of evidence take in their child process, and how much memory.

    .venv/bin/python -m bench.evidence_checks

Each file is checked by the command that the product uses, started anew, so that its start is part of the time.
docs/evidence-checks.md keeps what was measured.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import config
from stranas.evidence.runner import COMMAND
from tests.evidence.shelf import office, paper, picture, seal, swelling

RUNS = 3
MB = 1_000_000


def main() -> None:
    for name, ending, build in _files():
        content = build()
        seconds, memory, codes = min(_checked(content, f"a.{ending}") for _ in range(RUNS))
        said = ", ".join(codes) or "nothing found"
        print(f"| {name} | {len(content) / MB:.1f} MB | {seconds:.2f} s | {memory} MB | {said} |")


def _files() -> list[tuple[str, str, Callable[[], bytes]]]:
    return [
        ("one line of text (the start of the process)", "txt", lambda: b"Laporan triwulan.\n"),
        ("typed PDF, 2 pages", "pdf", paper.decree),
        ("scanned PDF, 12 pages at 300 dpi", "pdf", lambda: _scans(12)),
        ("the same, signed by two", "pdf", lambda: seal.signed(_scans(12), seal.regent(), seal.secretary())),
        ("typed PDF, 3,000 pages", "pdf", lambda: paper.decree(pages=3000, compress_streams=False)),
        ("worksheet of 60,000 rows", "xlsx", lambda: office.worksheet(1, 60_000, 10)),
        ("photo of 12 megapixels", "jpg", lambda: picture.saved(picture.scene(4000, 3000), quality=92)),
        ("worksheet with macros", "xlsm", _with_macros),
        ("ZIP bomb of 1.2 GB", "zip", lambda: swelling.swollen(1200)),
        ("overlapping ZIP bomb of 3 GB", "zip", swelling.overlapping),
        ("worksheet with billion laughs", "xlsx", lambda: next(swelling.cases()).build()),
        ("PDF of 40,000 pages", "pdf", lambda: swelling.endless(40_000)),
        ("PNG of 100 megapixels", "png", lambda: swelling.giant(10_000, 10_000)),
        ("JPG of 108 megapixels", "jpg", lambda: picture.saved(picture.scene(12_000, 9_000), quality=30)),
        ("nine archives in each other", "zip", lambda: swelling.nested(9)),
    ]


def _scans(pages: int) -> bytes:
    """About 5 MB, as an office scanner writes it."""
    return paper.scanned(
        [paper.sheet(paper.lines(seed), dpi=300, ground=235, noise=12, seed=seed) for seed in range(pages)], quality=60
    )


def _with_macros() -> bytes:
    project = office.vba_project(office.STARTS)
    photo = picture.saved(picture.scene(4000, 3000), quality=92)
    return office.with_parts(office.worksheet(), {"xl/vbaProject.bin": project, "xl/media/foto.jpg": photo})


def _checked(content: bytes, name: str) -> tuple[float, int, list[str]]:
    """Seconds, the largest resident memory in MB, and the codes found."""
    with tempfile.TemporaryDirectory() as folder:
        path, root = Path(folder) / "stored", Path(folder) / "root.pem"
        path.write_bytes(content)
        root.write_bytes(seal.root().pem)
        request = {
            "job": "check",
            "path": str(path),
            "claim": {"name": name},
            "around": {"offices": [], "subjects": [], "quarters": []},
            "known": None,
            "trust": folder,
            "memory_mb": 1024,
            "seconds": 60,
        }
        begin = time.perf_counter()
        answer = _run(COMMAND, request).stdout
        seconds = time.perf_counter() - begin
        memory = int(_run((sys.executable, "-c", _WEIGH, *COMMAND), request).stderr.split()[-1]) // 1024
    return seconds, memory, [finding["code"] for finding in json.loads(answer)["findings"]]


# Between us and the child: a process is counted with the memory of the one that started it.
_WEIGH = (
    "import os, subprocess, sys; child = subprocess.Popen(sys.argv[1:]);"
    "print(os.wait4(child.pid, 0)[2].ru_maxrss, file=sys.stderr)"
)


def _run(command: tuple[str, ...], request: dict) -> subprocess.CompletedProcess:
    return subprocess.run(
        command, input=json.dumps(request), capture_output=True, text=True, cwd=config.ROOT, check=True
    )


if __name__ == "__main__":
    main()
