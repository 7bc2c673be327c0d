"""A real PostgreSQL of the tests' own: made in a temporary folder, on a socket only, ended with the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"


def binaries() -> Path:
    """Debian keeps initdb and pg_ctl out of the PATH, one folder per major version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    raise RuntimeError("PostgreSQL is missing: apt-get install postgresql")


@contextmanager
def server() -> Iterator[str]:
    """The URL of a running server, as an unprivileged user (initdb refuses root)."""
    with tempfile.TemporaryDirectory(prefix="stranas-pg-") as name:
        home = Path(name)
        if os.geteuid() == 0:
            account = pwd.getpwnam(USER)
            os.chown(home, account.pw_uid, account.pw_gid)
        _run("initdb", "-D", f"{home}/data", "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-k {home} -c listen_addresses= -c fsync=off -c max_connections=60"
        _run("pg_ctl", "-D", f"{home}/data", "-o", options, "-l", f"{home}/log", "-w", "start")
        try:
            yield f"postgresql://{USER}@/postgres?host={home}"
        finally:
            _run("pg_ctl", "-D", f"{home}/data", "-m", "immediate", "-w", "stop")


def _run(program: str, *words: str) -> None:
    drop = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*drop, str(binaries() / program), *words],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd="/",
        timeout=120,
    )
