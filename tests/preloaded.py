"""What the tests' fork server loads once, so that each web server and worker of a test starts in a moment.

A child does what `python -m gunicorn …` or `bin/stranas worker` does; those are started for real in test_commands.py
and test_worker.py. Others run a function of a test's own (tests/children.py).
"""

import os
import sys
from importlib import import_module
from pathlib import Path

import gunicorn.app.wsgiapp

import stranas.cli  # noqa: F401
from stranas import doors, jobs
from stranas.system import worker

for room in doors.ROOMS_WITH_VIEWS:
    import_module(f"stranas.{room}.models")
    import_module(f"stranas.{room}.views")

# Left out because a copy of the demo has months of such work waiting, a minute or more of it, and tests of their own:
# words of old files for the search (tests/evidence, tests/reporting), editions of released periods (tests/compliance).
LIGHT = tuple(job for job in jobs.JOBS if job.name not in {"words", "editions"})


def web(settings: dict[str, str], log: Path, *words: str) -> None:
    become(settings, log)
    sys.argv = ["gunicorn", "wsgi:app", *words]
    gunicorn.app.wsgiapp.run()


def background(settings: dict[str, str], log: Path) -> None:
    from stranas import create_app

    become(settings, log)
    worker.run_worker(create_app(), LIGHT)


def become(settings: dict[str, str], log: Path) -> None:
    """A process with an environment and an output of its own."""
    os.environ.update(settings)
    with log.open("wb") as out:
        os.dup2(out.fileno(), 1)
        os.dup2(out.fileno(), 2)
