"""How fast 300 MB come in by resumable upload, how much memory that takes, and what it costs to be killed three times.

    .venv/bin/python -m bench.resumable_upload

A real tus client (tuspy, parts of 8 MB) against the web server as bin/serve starts it, beside copying the same bytes
on the same disk with SHA-256 and fsync. docs/performance.md keeps the figures.
"""

import hashlib
import os
import tempfile
import time
from pathlib import Path

from stranas.accounts.models import Role
from stranas.system.db import db
from tests import factories
from tests.conftest import make_app
from tests.test_held_upload import _cookie
from tests.uploading import CHUNK, MB, Report, WebServer, random_file, send_with_kills

SIZE = 300 * MB


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        settings = {
            "STRANAS_VAR": name,
            "STRANAS_DATABASE_URL": f"sqlite:///{name}/bench.db",
            "STRANAS_STORAGE": f"folder:{name}/files",
            "STRANAS_UPLOAD_LIMIT_MB": "400",
        }
        cookie = _budi(folder, settings)
        server = WebServer(settings, folder / "web.log")
        server.start()
        bare = _copied(random_file(folder / "bare.pdf", SIZE))
        print(f"copy with SHA-256 and fsync: {bare:.2f} s")
        for kills in (0, 3):
            file = random_file(folder / f"{kills}.pdf", SIZE)
            _tell(kills, send_with_kills(server, file, place="dokumen", cookie=cookie, kills=kills), bare)
        server.kill()


def _budi(folder: Path, settings: dict[str, str]) -> str:
    application = make_app(folder, settings["STRANAS_DATABASE_URL"], storage=settings["STRANAS_STORAGE"])
    with application.app_context():
        cookie = _cookie(application, factories.make_person(Role.COORDINATOR, factories.make_agency()))
        db.session.remove()
        db.engine.dispose()
    return cookie


def _copied(file: Path) -> float:
    began, digest = time.perf_counter(), hashlib.sha256()
    with file.open("rb") as source, file.with_suffix(".copy").open("wb") as target:
        while part := source.read(CHUNK):
            digest.update(part)
            target.write(part)
            target.flush()
            os.fsync(target.fileno())
    return time.perf_counter() - began


def _tell(kills: int, report: Report, bare: float) -> None:
    kept = all(there >= acknowledged for acknowledged, there in report.survived)
    print(
        f"{kills} kills: {report.seconds:.2f} s, {report.seconds / bare:.1f} times the copy, "
        f"memory +{report.growth / MB:.0f} MB at most, everything acknowledged is there: {kept}"
    )


if __name__ == "__main__":
    main()
