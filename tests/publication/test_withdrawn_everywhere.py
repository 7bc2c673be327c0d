"""Withdrawn on every worker at once: real web servers with two processes, asked until each has answered."""

import hashlib
import http.client
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import Agency
from stranas.system.db import db
from stranas.system.models import StoredFile
from tests import factories
from tests.conftest import make_app
from tests.publication.test_reading import LISTS, OWN, SLUG
from tests.publication.told import tell, withdraw
from tests.server import served

pytestmark = pytest.mark.process
WORKERS, AT_ONCE = 2, 8


@pytest.fixture
def application(seeded_url, tmp_path):
    return make_app(tmp_path / "var", seeded_url, storage=f"folder:{tmp_path}/files")


def test_withdrawn_is_gone_on_every_worker_for_whoever_asks_after_it(application, seeded_url, tmp_path):
    settings = {
        "STRANAS_VAR": str(tmp_path / "var"),
        "STRANAS_DATABASE_URL": seeded_url,
        "STRANAS_STORAGE": f"folder:{tmp_path}/files",
    }
    log = tmp_path / "asked.log"
    words = ("--workers", str(WORKERS), "--access-logfile", str(log), "--access-logformat", "%(p)s %(s)s %(r)s")
    with application.app_context():
        person = factories.make_person(Role.SECRETARIAT)
        agency = db.session.scalars(db.select(Agency).where(Agency.code == "33.23")).one()
        row = tell(agency, person, editions=2)
        with served(settings, folder=tmp_path, worker=False, more=words) as address:
            tags = _before(address, log)
            _pictures_are_whole(address)
            withdraw(row, person)
            _after(address, tags)
            _each_worker_answers(address, tags, log)
        db.session.remove()
        db.engine.dispose()


def _pictures_are_whole(address: str) -> None:
    """A real server sends a file by the system's own pointer, past what was read of it in Python."""
    kept = set(db.session.scalars(db.select(StoredFile.sha256)))
    for path in (path for path in OWN if path.endswith(("/gambar/1", "/kartu.png"))):
        with urlopen(address + path, timeout=30) as answer:
            assert hashlib.sha256(answer.read()).hexdigest() in kept, path


def _before(address: str, log: Path) -> dict[str, str]:
    """Every worker has shown everything once, and the reader holds its ETags."""
    tags = {}
    for path in (*OWN, *LISTS):
        for status, tag, body in _ask(address, path):
            assert status == 200, path
            assert path in OWN or SLUG in body, path
            tags[path] = tag
    assert len(_workers(log)) == WORKERS
    return tags


def _after(address: str, tags: dict[str, str]) -> None:
    """One question for each address, at once."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for path, (status, _, body) in zip(tags, pool.map(lambda p: _one(address, p, tags[p]), tags), strict=True):
            _is_gone(path, status, body)


def _each_worker_answers(address: str, tags: dict[str, str], log: Path) -> None:
    seen = len(log.read_text().splitlines())
    for path, tag in tags.items():
        for status, _, body in _ask(address, path, tag):
            _is_gone(path, status, body)
    assert len(_workers(log, after=seen)) == WORKERS


def _is_gone(path: str, status: int, body: str) -> None:
    assert status == (410 if path in OWN else 200), (path, status)
    assert path in OWN or SLUG not in body, path


def _workers(log: Path, *, after: int = 0) -> dict[str, set[str]]:
    """Which processes answered, and with what."""
    found = defaultdict(set)
    for line in log.read_text().splitlines()[after:]:
        process, status, _ = line.split(" ", 2)
        found[process].add(status)
    return found


def _ask(address: str, path: str, tag: str = "") -> list[tuple[int, str, str]]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(lambda _: _one(address, path, tag), range(AT_ONCE)))


def _one(address: str, path: str, tag: str) -> tuple[int, str, str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    try:
        connection.request("GET", path, headers={"If-None-Match": tag} if tag else {})
        answer = connection.getresponse()
        return answer.status, answer.headers.get("ETag", ""), answer.read().decode(errors="replace")
    finally:
        connection.close()
