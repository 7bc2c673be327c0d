"""Filling a database with practice data: the same every time, only into a new one, and bound where it is large."""

import hashlib
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from stranas.agencies.queries import agency_ids
from stranas.demo import duties
from stranas.demo.bundles import bundled
from stranas.demo.cast import CORE, chosen, temperament
from stranas.demo.fill import fill_demo
from stranas.demo.hours import NOW
from stranas.demo.papers import content
from stranas.demo.plot import stories_of
from stranas.system.db import db
from tests.conftest import make_app

ROOT = Path(__file__).resolve().parents[2]
# What the machine's own clock decides.
LEFT_OUT = {"practice_clock", "job_run", "alembic_version"}


def digest(file: Path) -> dict[str, str]:
    """One hash per table."""
    connection = sqlite3.connect(file)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in sorted(set(tables) - LEFT_OUT):
        rows = connection.execute(f'SELECT * FROM "{table}"').fetchall()
        found[table] = hashlib.sha256(repr(sorted(map(repr, rows))).encode()).hexdigest()
    connection.close()
    return found


def filled(folder: Path, sqlite_seed) -> tuple[dict[str, str], set[str]]:
    folder.mkdir()
    application = make_app(folder, sqlite_seed.copy(folder / "d.db"), storage=f"folder:{folder}/files")
    with application.app_context():
        fill_demo(agencies=12, password="hashed")
        db.session.remove()
        db.engine.dispose()
    return digest(folder / "d.db"), {file.name for file in (folder / "files").rglob("??/??/*")}


def test_two_runs_give_the_same_rows_and_the_same_files(tmp_path, sqlite_seed):
    assert filled(tmp_path / "one", sqlite_seed) == filled(tmp_path / "two", sqlite_seed)


def stranas(tmp_path, url: str, storage: str, *words: str) -> subprocess.CompletedProcess:
    settings = {"STRANAS_VAR": str(tmp_path / "var"), "STRANAS_DATABASE_URL": url, "STRANAS_STORAGE": storage}
    environment = {"PATH": os.environ["PATH"]} | settings
    command = [ROOT / "bin" / "stranas", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def test_a_practice_database_is_kept(demo_url, demo_storage, tmp_path):
    done = stranas(tmp_path, demo_url, demo_storage, "demo")
    assert done.returncode == 0, done.stderr
    assert "kept as it is" in done.stdout


def test_a_database_with_people_of_its_own_is_refused(seeded_url, database, tmp_path):
    application = make_app(tmp_path / "other", seeded_url)
    with application.app_context():
        from stranas.accounts.models import Role
        from tests.factories import make_person

        make_person(Role.ADMIN)
        db.session.remove()
        db.engine.dispose()
    done = stranas(tmp_path, seeded_url, f"folder:{tmp_path}/files", "demo")
    assert done.returncode == 2
    assert "real accounts" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("count", ["3", "596", "many"])
def test_a_wrong_number_of_agencies_is_one_sentence(count, tmp_path):
    done = stranas(tmp_path, f"sqlite:///{tmp_path}/d.db", f"folder:{tmp_path}/files", "demo", "--agencies", count)
    assert done.returncode == 2
    assert "--agencies" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_core_comes_first_and_everybody_comes_once(seeded_app):
    known = list(agency_ids())
    everybody = chosen(595, known)
    assert everybody[:60] == CORE
    assert sorted(everybody) == sorted(known)


def test_a_temperament_stays_the_same():
    assert temperament("32.01") == temperament("32.01")
    assert {temperament(code).name for code in CORE} == {"good", "steady", "late", "weak", "poor"}


def test_large_demos_bind_the_papers_of_a_quarter(seeded_app):
    stories = stories_of(duties_of("34.01", "B15"))
    bound = bundled(stories)
    files = {paper.key: paper for story in bound for _, paper in story.attempts[0].papers if paper.form != "link"}
    assert sorted(paper.form for paper in files.values()) == ["pdf", "xlsx"]
    assert content(next(p for p in files.values() if p.form == "pdf")).startswith(b"%PDF")
    assert [len(story.attempts[0].papers) for story in bound] == [len(story.attempts[0].papers) for story in stories]


def duties_of(agency: str, period: str):
    known = agency_ids()
    wanted = duties.places([agency])
    quarter = next(q for q in duties.quarters(duties.programme().id) if q.key == period)
    return duties.duties(wanted, [quarter], known)[wanted[0].id, quarter.id]


def test_no_story_goes_beyond_the_day_of_the_demo(seeded_app):
    for agency in ("34.01", "91.04", "32.71", "35"):
        for story in stories_of(duties_of(agency, "B18")):
            for attempt in story.attempts:
                instants = [attempt.saved_at, attempt.ready_at, attempt.filed_at]
                instants += [attempt.verdict.at] if attempt.verdict else []
                told = [at for at in instants if at]
                assert told == sorted(told)
                assert max(told) <= NOW
