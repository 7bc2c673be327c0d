"""Fixtures: one migrated database per kind and session, each test inside a transaction that is rolled back.

`app` runs on SQLite and on PostgreSQL (`--fast` leaves PostgreSQL out); it is empty, unless the test asks for
`seeded_app` or `demo_app`. `seeded_url` and `demo_url` are databases of the test's own, for tests that really commit.
People: Ani (secretariat), Budi (coordinator of Temanggung), Citra (verifier), Dewi (coordinator of another agency:
must see nothing of Budi's).
"""

import gc
import socket
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from sqlalchemy.orm import Session

from stranas import create_app
from stranas.system.db import db
from tests import houses, postgres, seeded

DEMO_AGENCIES = 14
_made: list[Flask] = []

# The same examples on every machine, however slow it is, and no file left behind.
_HYPOTHESIS_HOME = TemporaryDirectory(prefix="hypothesis-")
set_hypothesis_home_dir(_HYPOTHESIS_HOME.name)
settings.register_profile("house", derandomize=True, deadline=None, database=None)
settings.load_profile("house")


def pytest_addoption(parser):
    parser.addoption("--fast", action="store_true", help="SQLite only, no browser")


def pytest_collection_modifyitems(config, items):
    # Browsers last: while Playwright is open, its loop runs in the process, and pyHanko could not start its own.
    items.sort(key=lambda item: "e2e" in item.path.parts)
    if config.getoption("--fast"):
        left_out = [item for item in items if _is_slow(item)]
        items[:] = [item for item in items if not _is_slow(item)]
        config.hook.pytest_deselected(items=left_out)


def pytest_collection_finish():
    """What is loaded by now stays: the collector need not walk through it again for what a test leaves, and looks
    less often. (A report collects after each of its sections, to keep its memory small.)"""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def _is_slow(item) -> bool:
    return any(item.get_closest_marker(name) for name in ("browser", "postgres", "process"))


@pytest.fixture(autouse=True)
def _no_outside(monkeypatch):
    """Sockets reach this machine only."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise RuntimeError(f"a test wanted to reach {address}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def sqlite_app(tmp_path_factory):
    var = tmp_path_factory.mktemp("var-sqlite")
    yield from _served(make_app(var, f"sqlite:///{var}/stranas.db"))


@pytest.fixture(scope="session")
def postgres_app(tmp_path_factory, postgres_url):
    yield from _served(make_app(tmp_path_factory.mktemp("var-postgres"), postgres_url))


def _served(application):
    """Its connections end before the server does."""
    yield application
    with application.app_context():
        db.engine.dispose()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request) -> str:
    """The kind of database that this test runs on."""
    return request.param


@pytest.fixture
def app(database, request):
    """The application on a migrated database (empty, or filled where the test asks for `seeded_app` or `demo_app`);
    whatever a test commits is undone after it."""
    filled = next((f"{name}_" for name in ("demo", "seeded") if f"{name}_app" in request.fixturenames), "")
    application = request.getfixturevalue(f"{filled}{database}_app")
    with application.app_context():
        yield from _isolated(application)


@pytest.fixture
def unprinted(monkeypatch):
    """For walks through every door: what is printed is put together, but not laid out, which takes most of the time.
    The printed pages have tests of their own."""
    monkeypatch.setattr("reports.paper.pdf", lambda markup: b"%PDF-1.7")
    monkeypatch.setattr("reports.pdf.write", lambda document, to, **_: to.write_bytes(b"%PDF-1.7"))
    monkeypatch.setattr("reports.pdf.compliance_report", lambda document: b"%PDF-1.7")
    monkeypatch.setattr("reports.kit.preview.page_picture", lambda *words, **_: b"\x89PNG")


@pytest.fixture
def seeded_app(app):
    """`app` with the seed in it; `client`, `session` and `sign_in` then stand on it too."""
    return app


@pytest.fixture
def demo_app(app):
    """`app` with a demo of DEMO_AGENCIES agencies in it, documents included; its clock shows 13 July 2020."""
    return app


@pytest.fixture
def demo_url(database, request, tmp_path) -> str:
    """The URL of a demo database of this test's own; its documents are in `demo_storage`."""
    return request.getfixturevalue(f"{database}_demo").copy(tmp_path / "own.db")


@pytest.fixture
def demo_storage(database, request) -> str:
    """STRANAS_STORAGE for `demo_url`. Shared by all tests: add files if need be, delete none."""
    request.getfixturevalue(f"{database}_demo")
    return f"folder:{request.getfixturevalue(f'{database}_demo_folder')}/files"


@pytest.fixture
def seeded_url(database, request, tmp_path) -> str:
    """The URL of a seeded database of this test's own: a copy, so that it costs little."""
    return request.getfixturevalue(f"{database}_seed").copy(tmp_path / "own.db")


@pytest.fixture(scope="session")
def sqlite_seed(tmp_path_factory) -> seeded.Seed:
    return seeded.sqlite_seed(tmp_path_factory.mktemp("seed-sqlite"), make_app)


@pytest.fixture(scope="session")
def postgres_seed(tmp_path_factory, postgres_url) -> seeded.Seed:
    return seeded.postgres_seed(tmp_path_factory.mktemp("seed-postgres"), postgres_url, make_app)


@pytest.fixture(scope="session")
def seeded_sqlite_app(tmp_path_factory, sqlite_seed):
    var = tmp_path_factory.mktemp("var-seeded-sqlite")
    yield from _served(make_app(var, sqlite_seed.copy(var / "stranas.db")))


@pytest.fixture(scope="session")
def seeded_postgres_app(tmp_path_factory, postgres_seed):
    var = tmp_path_factory.mktemp("var-seeded-postgres")
    yield from _served(make_app(var, postgres_seed.copy(var / "unused")))


@pytest.fixture(scope="session")
def sqlite_demo_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo-sqlite")


@pytest.fixture(scope="session")
def postgres_demo_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("demo-postgres")


@pytest.fixture(scope="session")
def sqlite_demo(sqlite_demo_folder, sqlite_seed) -> seeded.Seed:
    return seeded.sqlite_demo(sqlite_demo_folder, sqlite_seed, make_app, agencies=DEMO_AGENCIES)


@pytest.fixture(scope="session")
def postgres_demo(postgres_demo_folder, postgres_seed) -> seeded.Seed:
    return seeded.postgres_demo(postgres_demo_folder, postgres_seed, make_app, agencies=DEMO_AGENCIES)


@pytest.fixture(scope="session")
def demo_sqlite_app(tmp_path_factory, sqlite_demo, sqlite_demo_folder):
    var = tmp_path_factory.mktemp("var-demo-sqlite")
    yield from _served(make_app(var, sqlite_demo.copy(var / "s.db"), storage=f"folder:{sqlite_demo_folder}/files"))


@pytest.fixture(scope="session")
def demo_postgres_app(tmp_path_factory, postgres_demo, postgres_demo_folder):
    var = tmp_path_factory.mktemp("var-demo-postgres")
    url = postgres_demo.copy(var / "unused")
    yield from _served(make_app(var, url, storage=f"folder:{postgres_demo_folder}/files"))


@pytest.fixture
def shared_settings(database, tmp_path, request) -> Iterator[dict[str, str]]:
    """An empty installation with a queue and a folder that several processes share (tests/children.py): the settings
    of a process. The test itself works in it too."""
    url = f"sqlite:///{tmp_path}/stranas.db"
    if database == "postgres":
        url = houses.empty_postgres(request.getfixturevalue("postgres_url"))
    application = make_app(tmp_path, url, queue="sqlite:", storage=f"folder:{tmp_path}/files")
    with application.app_context():
        yield {"STRANAS_VAR": str(tmp_path), "STRANAS_DATABASE_URL": url}


@pytest.fixture(autouse=True)
def _connections_end():
    """Those of applications that a test made for itself end with it, before the collector finds them open."""
    before = len(_made)
    yield
    for application in _made[before:]:
        with application.app_context():
            db.session.remove()
            db.engine.dispose()
    del _made[before:]


def make_app(var, url, **settings):
    """A migrated application on `url`, with memory storage, and tasks that run at once after the commit. A test needs
    not close it."""
    from flask_migrate import upgrade

    settings = {"storage": "memory:", "queue": "immediate:", "ocr": "off"} | settings
    houses.settle(url)
    application = create_app(var=var, database_url=url, **settings)
    application.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with application.app_context():
        upgrade()
        db.session.remove()
    _made.append(application)
    return application


def _isolated(application):
    """Every commit becomes a savepoint inside one outer transaction that the test ends by rolling back."""
    engine = db.engine
    connection = engine.connect()
    outer = connection.begin()
    db.session.remove()
    db.engines[None] = connection
    db.session.configure(join_transaction_mode="create_savepoint")
    application.extensions.pop("practice_clock", None)
    try:
        yield application
    finally:
        db.session.remove()
        outer.rollback()
        connection.close()
        db.engines[None] = engine
        application.extensions.pop("practice_clock", None)


@pytest.fixture
def session(app) -> Session:
    return db.session


class Browser(FlaskClient):
    """A test client whose requests share the test's session but not what a request keeps in `g`."""

    def open(self, *args, **kwargs):
        g.__dict__.clear()
        return super().open(*args, **kwargs)


@pytest.fixture
def client(app):
    app.test_client_class = Browser
    return app.test_client()


@pytest.fixture
def sign_in(client):
    """`sign_in(person)`: the client's next requests come from that person, without the sign-in page."""

    def enter(person) -> None:
        with client.session_transaction() as session:
            session.clear()
            session["_user_id"] = person.fs_uniquifier
            session["_fresh"] = True
            session["fs_paa"] = time.time()
            session["identity.id"] = person.fs_uniquifier

    return enter
