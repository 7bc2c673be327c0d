"""bin/stranas init and seed export, on a database that is really there."""

from itertools import count

import psycopg
import pytest
from click.testing import CliRunner

from stranas.cli import main
from stranas.commands.shell import application
from stranas.system.db import db

_number = count(1)


@pytest.fixture
def empty_url(database, request, tmp_path) -> str:
    """The URL of a database without a table."""
    if database == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    server, name = request.getfixturevalue("postgres_url"), f"empty_{next(_number)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture
def stranas(tmp_path, monkeypatch):
    """`stranas(url, *words)`: the command line on that database."""

    def call(url: str, *words: str):
        monkeypatch.setenv("STRANAS_VAR", str(tmp_path / "var"))
        monkeypatch.setenv("STRANAS_DATABASE_URL", url)
        done = CliRunner().invoke(main, list(words))
        with application().app_context():
            db.engine.dispose()
        application.cache_clear()  # each call stands for a process of its own
        return done

    return call


def test_init_migrates_and_seeds_and_the_second_run_changes_nothing(empty_url, stranas):
    first, second = stranas(empty_url, "init"), stranas(empty_url, "init")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "obligations of stranas-2019-2020: 16028 (16028 added, 0 changed)" in first.output
    lines = second.output.splitlines()
    assert lines
    assert all("(0 added, 0 changed)" in line for line in lines)


def test_seed_export_names_the_files_it_wrote(seeded_url, stranas, tmp_path):
    done = stranas(seeded_url, "seed", "export", str(tmp_path / "out"))
    assert done.exit_code == 0
    assert f"{tmp_path}/out/programmes/stranas-2019-2020/targets.csv" in done.output.splitlines()


def test_seed_export_of_an_empty_database_says_what_to_do(empty_url, stranas, tmp_path):
    done = stranas(empty_url, "seed", "export", str(tmp_path / "out"))
    assert done.exit_code == 2
    assert "bin/stranas init" in done.output
