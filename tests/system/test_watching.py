"""What stands still is found: jobs, mail, disks, and whatever a room above looks at."""

from collections import namedtuple
from datetime import timedelta

import pytest

from stranas.jobs import JOBS, job_named
from stranas.system import clock, outbox, vitals, watching
from stranas.system.db import db, unit_of_work
from stranas.system.models import JobRun, MessageState, OutboxMessage
from stranas.system.schedule import Daily, Job
from stranas.system.watching import Problem

Usage = namedtuple("Usage", "total used free")
GB = 10**9


@pytest.fixture(autouse=True)
def _roomy(monkeypatch):
    set_free(monkeypatch, 100 * GB)


def set_free(monkeypatch, free: int, total: int = 200 * GB) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage(total, total - free, free))


@pytest.fixture
def well(app):
    """A house in which every job ran a moment ago and some minutes before, and was done."""
    with unit_of_work():
        for job in JOBS:
            ran(job, ago=timedelta(minutes=6), anchor="1")
            ran(job, ago=timedelta(minutes=1))


def ran(job: Job, *, ago: timedelta, outcome: str | None = "done", anchor: str | None = None) -> None:
    """A run for the day whose hour came last, or under an anchor of its own."""
    if anchor is None:
        anchor = job.when.last_day(clock.now()).isoformat() if isinstance(job.when, Daily) else "2"
    elif isinstance(job.when, Daily):
        anchor = f"2020-01-0{anchor}"
    at = clock.wall() - ago
    row = JobRun(job=job.name, anchor=anchor, started_at=at, ended_at=at if outcome else None, outcome=outcome)
    db.session.add(row)


def change(name: str, **columns) -> None:
    """Of the newest run of a job."""
    with unit_of_work():
        newest = db.select(db.func.max(JobRun.id)).where(JobRun.job == name).scalar_subquery()
        db.session.execute(db.update(JobRun).where(JobRun.id == newest).values(**columns))


def age_all(by: timedelta) -> None:
    with unit_of_work():
        for run in db.session.scalars(db.select(JobRun)):
            run.started_at -= by
            run.ended_at -= by


def plan(key: str, *, ago: timedelta, **columns) -> None:
    with unit_of_work():
        outbox.plan(key=key, recipient_id=None, address="budi@example.com", template="t", subject="s", body_text="b")
        changed = {"state": MessageState.PLANNED, "planned_for": clock.now() - ago} | columns
        db.session.flush()
        db.session.execute(db.update(OutboxMessage).where(OutboxMessage.key == key).values(**changed))
        db.session.info.pop("deferred", None)


def found() -> list[str]:
    return [problem.key for problem in watching.problems()]


def test_nothing_is_found_where_all_is_well(well):
    assert found() == []


def test_a_house_whose_jobs_never_began_has_no_worker(app):
    (problem,) = watching.problems()
    assert (problem.key, problem.since) == ("worker", None)


def test_in_a_new_house_nothing_is_late_yet(app):
    with unit_of_work():
        ran(job_named("outbox"), ago=timedelta(seconds=5))
    assert found() == []


def test_a_standing_worker_is_one_problem_and_not_one_for_each_job(well):
    age_all(timedelta(hours=3))
    (problem,) = watching.problems()
    assert problem.key == "worker"
    assert timedelta(hours=3) <= clock.now() - problem.since < timedelta(hours=3, minutes=2)


def test_after_a_standstill_the_first_look_says_so_and_nothing_of_each_job(well):
    age_all(timedelta(days=4))
    with unit_of_work():
        ran(job_named("watch"), ago=timedelta(seconds=1), anchor="3")
    (problem,) = watching.problems()
    assert "baru saja berjalan lagi" in problem.what
    assert clock.now() - problem.since > timedelta(days=4)


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"started_at": clock.wall() - timedelta(hours=1)}, "terlambat"),
        ({"outcome": "failed: no power"}, "gagal"),
        ({"started_at": clock.wall() - timedelta(hours=1), "ended_at": None, "outcome": None}, "terlalu lama"),
    ],
)
def test_one_job_that_is_late_fails_or_hangs_is_named(well, columns, words):
    change("uploads", **columns)
    (problem,) = watching.problems()
    assert problem.key == "job-uploads"
    assert "Unggahan" in problem.what
    assert words in problem.what


def test_a_practice_database_lives_its_own_days(well):
    """By the wall all was done today; in the practice database, a year on, nothing was done for a year."""
    clock.start_practice(clock.wall() + timedelta(days=365))
    daily = {job.name for job in JOBS if isinstance(job.when, Daily)}
    assert {key.removeprefix("job-") for key in found()} == daily


def test_mail_waits_too_long_after_half_an_hour(well):
    plan("young", ago=timedelta(minutes=29))
    plan("coming", ago=timedelta(minutes=-10))
    assert found() == []
    plan("old", ago=timedelta(minutes=31))
    (problem,) = watching.problems()
    assert problem.key == "mail-waiting"
    assert clock.now() - problem.since > timedelta(minutes=30)


def test_mail_that_tries_again_waits_and_what_was_sent_cancelled_or_given_up_does_not(well):
    hour = timedelta(hours=1)
    plan("sent", ago=hour, state=MessageState.SENT)
    plan("cancelled", ago=hour, state=MessageState.CANCELLED)
    plan("given up", ago=hour, state=MessageState.FAILED, attempts=outbox.MOST_ATTEMPTS)
    assert found() == []
    plan("trying", ago=hour, state=MessageState.FAILED, attempts=2)
    assert found() == ["mail-waiting"]
    seen = vitals.mail(clock.now())
    assert (seen.waiting, seen.failed, seen.to_decide) == (1, 1, 0)


def test_a_message_that_may_have_left_asks_for_a_decision(well):
    plan("lost", ago=timedelta(hours=1), state=MessageState.FAILED, attempts=5, needs_decision=True)
    assert found() == ["mail-to-decide"]
    assert vitals.mail(clock.now()).failed == 0


@pytest.mark.parametrize(
    ("free", "total", "full"),
    [
        (10 * GB, 200 * GB, False),
        (10 * GB - 1, 200 * GB, True),
        (2 * GB, 20 * GB, False),
        (2 * GB - 1, 20 * GB, True),
    ],
)
def test_a_disk_is_nearly_full_below_two_gigabytes_or_a_twentieth(well, monkeypatch, free, total, full):
    set_free(monkeypatch, free, total)
    assert found() == (["disk-1"] if full else [])


def test_causes_come_before_what_follows_from_them(well, monkeypatch):
    plan("old", ago=timedelta(hours=1))
    change("outbox", outcome="failed: no power")
    set_free(monkeypatch, 1)
    assert found() == ["disk-1", "job-outbox", "mail-waiting"]


@pytest.fixture
def check_of_a_room(monkeypatch):
    """`check_of_a_room(function)` registers a check for this test."""
    monkeypatch.setattr(watching, "_CHECKS", dict(watching._CHECKS))
    return watching.check


def test_a_room_adds_what_it_looks_at_by_the_clock_of_the_domain(well, check_of_a_room):
    asked = []

    @check_of_a_room
    def silence(now):
        asked.append(now)
        return [Problem("silence", "Tidak ada pengingat.", "Jalankan bin/stranas remind.")]

    with clock.at(clock.wall() + timedelta(hours=1)):
        assert "silence" in found()
        assert asked == [clock.now()]


def test_a_check_that_fails_is_a_problem_and_the_others_still_speak(well, check_of_a_room, caplog):
    @check_of_a_room
    def broken(now):
        return db.session.execute(db.text("SELECT * FROM no_such_table")).all()

    plan("old", ago=timedelta(hours=1))
    assert sorted(found()) == ["check-broken", "mail-waiting"]
    assert "the check broken failed" in caplog.text
