"""Seeded databases for tests, and small demos: made once per session, then copied (file, or PostgreSQL template)."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol

import psycopg
from flask_security import hash_password

from stranas.accounts import practice
from stranas.demo.fill import fill_demo
from stranas.seed.load import load_seed
from stranas.system.db import db, unit_of_work

_number = count(1)


class Seed(Protocol):
    def copy(self, place: Path) -> str:
        """The URL of a new copy; SQLite puts it at `place`."""


class SqliteSeed:
    def __init__(self, file: Path) -> None:
        self.file = file

    def copy(self, place: Path) -> str:
        shutil.copyfile(self.file, place)
        return f"sqlite:///{place}"


class PostgresSeed:
    def __init__(self, server: str, name: str) -> None:
        self.server, self.name = server, name

    def copy(self, place: Path) -> str:
        return _database(self.server, f"seeded_{next(_number)}", template=self.name)


def sqlite_seed(folder: Path, make_app: Callable) -> SqliteSeed:
    _fill(make_app(folder, f"sqlite:///{folder}/seed.db"))
    return SqliteSeed(folder / "seed.db")


def postgres_seed(folder: Path, server: str, make_app: Callable) -> PostgresSeed:
    _fill(make_app(folder, _database(server, "seed", template="template0")))
    return PostgresSeed(server, "seed")


def _database(server: str, name: str, *, template: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return server.replace("/postgres?", f"/{name}?")


def sqlite_demo(folder: Path, seed: Seed, make_app: Callable, *, agencies: int) -> SqliteSeed:
    """A seeded copy with a small demo in it; its documents lie in `folder`/files."""
    url = seed.copy(folder / "demo.db")
    _play(make_app(folder, url, storage=f"folder:{folder}/files"), agencies)
    return SqliteSeed(folder / "demo.db")


def postgres_demo(folder: Path, seed: PostgresSeed, make_app: Callable, *, agencies: int) -> PostgresSeed:
    url = _database(seed.server, "demo", template=seed.name)
    _play(make_app(folder, url, storage=f"folder:{folder}/files"), agencies)
    return PostgresSeed(seed.server, "demo")


def _play(application, agencies: int) -> None:
    with application.app_context():
        fill_demo(agencies=agencies, password=hash_password(practice.PASSWORD))
        db.session.remove()
        db.engine.dispose()


def _fill(application) -> None:
    """Load and let go of every connection, so that the file is whole and the template is free."""
    with application.app_context():
        with unit_of_work():
            load_seed()
        db.session.remove()
        db.engine.dispose()
