"""The child process: bounded in time and memory, and alone in its fall."""

import subprocess
import sys
import time

import pytest

import config
from stranas.evidence import runner
from stranas.evidence.checks.finding import Claim
from tests.evidence import samples

BOUNDS = runner.Bounds(seconds=20, memory_mb=512)


@pytest.fixture
def stand_in(monkeypatch):
    """`stand_in(code)`: the child runs this Python instead, after setting its bounds as it always does."""

    def replace(code: str) -> None:
        program = (
            "import json, sys\n"
            "from stranas.evidence import child\n"
            f"def job(request):\n    {code}\n"
            "child.JOBS = {'check': job}\n"
            "child.main()\n"
        )
        monkeypatch.setattr(runner, "COMMAND", (sys.executable, "-c", program))

    return replace


def run(tmp_path, bounds=BOUNDS):
    path = tmp_path / "stored"
    path.write_bytes(samples.pdf())
    return runner.check(path, Claim("laporan.pdf", "laporan"), bounds=bounds)


def test_a_good_file_passes_within_modest_bounds(tmp_path):
    outcome = run(tmp_path)
    assert (outcome.media_type, outcome.findings) == ("application/pdf", ())


def test_a_child_that_hangs_is_killed(tmp_path, stand_in):
    stand_in("import time; time.sleep(60)")
    began = time.monotonic()
    with pytest.raises(runner.ChildFailed, match="no answer within 1 s"):
        run(tmp_path, runner.Bounds(seconds=1, memory_mb=512))
    assert time.monotonic() - began < 10


def test_a_child_that_eats_memory_is_stopped(tmp_path, stand_in):
    stand_in("return {'eaten': len(bytearray(600 * 1024 * 1024))}")
    with pytest.raises(runner.ChildFailed, match="MemoryError"):
        run(tmp_path)


def test_a_crash_ends_the_child_alone(tmp_path, stand_in):
    stand_in("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(runner.ChildFailed, match="ended with -11"):
        run(tmp_path)


def test_a_child_that_says_nothing_has_failed(tmp_path, stand_in):
    stand_in("import os; os._exit(0)")
    with pytest.raises(runner.ChildFailed, match="gave no answer"):
        run(tmp_path)


def test_what_a_library_prints_does_not_spoil_the_answer(tmp_path, stand_in):
    stand_in("print('noise', flush=True); return {'media_type': 'text/plain', 'findings': [], 'reading': None}")
    assert run(tmp_path).findings == ()


def test_the_child_loads_no_web_framework_and_no_database():
    program = (
        "import sys; from stranas.evidence import checks, child, drawing\n"
        "print([name for name in ('flask', 'sqlalchemy', 'config') if name in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=config.ROOT, check=True)
    assert out.stdout.strip() == "[]"
