"""Empty, migrated databases of a test's own, which several processes or applications share: copies of one that was
migrated once, because that takes longer than most tests."""

import tempfile
from functools import cache
from itertools import count
from pathlib import Path

import psycopg
from flask_migrate import upgrade

from stranas import create_app
from stranas.system.db import db

SQLITE = "sqlite:///"
_number = count(1)


def settle(url: str) -> None:
    """Put an empty, migrated SQLite file where the URL points, unless a database is there or is elsewhere."""
    file = Path(url.removeprefix(SQLITE))
    if url.startswith(SQLITE) and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_migrated_sqlite())


def empty_postgres(server: str) -> str:
    """The URL of a new database on the tests' server."""
    return _new(server, f"house_{next(_number)}", template=_migrated_postgres(server))


@cache
def _migrated_sqlite() -> bytes:
    with tempfile.TemporaryDirectory(prefix="stranas-empty-") as folder:
        file = Path(folder) / "empty.db"
        _migrate(f"{SQLITE}{file}", Path(folder))
        return file.read_bytes()


@cache
def _migrated_postgres(server: str) -> str:
    with tempfile.TemporaryDirectory(prefix="stranas-empty-") as folder:
        _migrate(_new(server, "empty", template="template0"), Path(folder))
    return "empty"


def _migrate(url: str, var: Path) -> None:
    with create_app(var=var, database_url=url, queue="immediate:").app_context():
        upgrade()
        db.session.remove()
        db.engine.dispose()


def _new(server: str, name: str, *, template: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.replace("/postgres?", f"/{name}?")
