"""jobs, remind, backup, restore, fsck on the command line: a sentence and an exit code, never a traceback."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from stranas.accounts.models import Role
from stranas.cli import main
from stranas.commands import shell
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import JobRun, OutboxMessage
from stranas.system.storage import storage
from tests import factories


@pytest.fixture
def run(app, monkeypatch):
    """`run("jobs", "list")`: the result of bin/stranas on the test's application."""
    monkeypatch.setattr(shell, "application", lambda: app)

    def command(*words: str):
        result = CliRunner().invoke(main, words)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
        return result

    return command


@pytest.fixture
def budi(app):
    """He owes one target; it is the day before its last day."""
    with unit_of_work():
        agency, programme = factories.make_agency(), factories.make_programme()
        target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
        factories.make_obligation(agency, target)
        budi = factories.make_person(Role.COORDINATOR, agency, email="budi@example.com")
    with clock.at(datetime(2020, 7, 13, 2, tzinfo=UTC)):
        yield budi


def messages() -> int:
    return db.session.scalar(db.select(db.func.count(OutboxMessage.id)).where(OutboxMessage.channel == "mail"))


def test_remind_twice_sends_once(run, budi):
    assert run("remind").output.splitlines() == [
        "2020-07-13: 1 planned for 1 agencies",
        "outbox: 0 sent, 0 failed",  # sent by its task at the commit: tests have no queue
    ]
    assert run("remind").output.startswith("2020-07-13: 0 planned")
    assert messages() == 1


def test_a_dry_run_says_who_would_get_what_and_plans_nothing(run, budi):
    said = run("remind", "--dry-run").output
    assert said.splitlines() == [
        "budi@example.com\t33.23\tB18:due:2020-07-14:-1\t1-a",
        "1 messages would be planned for 1 agencies",
    ]
    assert messages() == 0


def test_jobs_list_shows_when_and_how_the_last_run_ended(run, app):
    assert "reminders_wib  mon-sun 08.00 Asia/Jakarta       never ran" in run("jobs", "list").output
    run("jobs", "run")
    assert "never ran" not in run("jobs", "list").output


def test_jobs_list_late_tells_what_stands_still_by_words_and_exit_code(run, app):
    nothing_began = run("jobs", "list", "--late")
    assert nothing_began.exit_code == 1
    assert "No job has begun for ten minutes" in nothing_began.output

    run("jobs", "run")
    well = run("jobs", "list", "--late")
    assert (well.exit_code, well.output) == (0, "")

    with unit_of_work():
        old = clock.wall() - timedelta(minutes=11)
        db.session.execute(db.update(JobRun).where(JobRun.job == "uploads").values(started_at=old, anchor="old"))
    late = run("jobs", "list", "--late")
    assert late.exit_code == 1
    assert [line[:7] for line in late.output.splitlines()] == ["uploads"]
    assert late.output.endswith("; late\n")
    assert run("jobs", "list").exit_code == 0


def test_jobs_run_does_what_is_due_and_a_daily_job_once(run, budi):
    assert "planned 1" in run("jobs", "run").output
    assert "reminders_wib  nothing to do" in run("jobs", "run").output
    assert db.session.scalar(db.select(db.func.count(JobRun.id)).where(JobRun.job == "reminders_wib")) == 1


def test_jobs_once_runs_one_by_its_name(run, budi):
    assert run("jobs", "once", "reminders_wib").output == "reminders_wib: agencies 1, planned 1, skipped 0\n"


def test_an_unknown_job_ends_with_a_sentence(run):
    result = run("jobs", "once", "naps")
    assert result.exit_code == 2
    assert "There is no job 'naps'; the jobs are letters, reminders_wit," in result.output


def test_a_worker_without_a_queue_ends_with_a_sentence(run, app, monkeypatch):
    from stranas.commands import machinery

    monkeypatch.setattr(machinery, "application", lambda: app)
    result = run("worker")
    assert result.exit_code == 2
    assert "STRANAS_QUEUE is immediate" in result.output


def test_fsck_is_quiet_when_all_is_well_and_ends_with_1_otherwise(run):
    for line in run("fsck").output.splitlines():  # what other tests stored outlives their rows
        key, _, what = line.partition(": ")
        if what == "bytes without a row":
            storage().delete(key)
    assert (run("fsck").output, run("fsck").exit_code) == ("0 problems\n", 0)
    loose = storage().put(io.BytesIO(b"nobody's"))
    try:
        result = run("fsck")
    finally:
        storage().delete(loose.key)
    assert result.exit_code == 1
    assert "bytes without a row" in result.output


def test_restore_refuses_what_is_no_backup_and_what_is_not_there(run, tmp_path):
    (tmp_path / "letter.txt").write_text("no backup")
    for name, sentence in (("letter.txt", "damaged or no backup"), ("nothing", "There is no file")):
        result = run("restore", str(tmp_path / name))
        assert result.exit_code == 2
        assert sentence in result.output


def test_backup_into_a_missing_folder_ends_with_a_sentence(run, tmp_path):
    result = run("backup", str(tmp_path / "no" / "where.tar.gz"))
    assert result.exit_code == 2
    assert "The backup cannot be written" in result.output


def test_a_database_without_tables_ends_with_a_sentence(tmp_path, monkeypatch):
    from stranas import create_app

    monkeypatch.setattr(shell, "application", lambda: create_app(var=tmp_path, storage="memory:"))
    result = CliRunner().invoke(main, ["fsck"])
    assert result.exit_code == 2
    assert "bin/stranas init prepares a new one" in result.output
