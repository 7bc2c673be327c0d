"""The operations page says what runs and what stands still, and turns red with what to do first."""

from collections import namedtuple
from datetime import timedelta

import pytest

from stranas.accounts.models import Role
from stranas.jobs import JOBS
from stranas.system import clock, schedule
from stranas.system.db import db, unit_of_work
from stranas.system.models import JobRun
from stranas.system.views import COUNTED
from tests import factories
from tests.pages import faults

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def opened(client, sign_in, app, monkeypatch):
    """`opened()`: the page as an observer sees it, on a roomy disk."""
    monkeypatch.setattr("shutil.disk_usage", lambda folder: Usage(200 * 10**9, 0, 100 * 10**9))
    sign_in(factories.make_person(Role.OBSERVER, name="Oki"))
    return lambda: client.get("/operasi").get_data(as_text=True).replace("\u00a0", " ")


def run_all() -> None:
    for job in JOBS:
        schedule.run(job, day=clock.now().astimezone(schedule.JAKARTA).date())


def test_where_all_runs_the_page_is_green(opened):
    run_all()
    page = opened()
    assert faults(page) == []
    assert "Semua berjalan" in page
    assert "Mulai dari sini" not in page
    assert page.count("Tepat waktu") == len(JOBS)
    assert "100 GB dari 200 GB" in page


def test_where_nothing_ever_ran_the_page_is_red_and_says_what_to_do_first(opened):
    page = opened()
    assert faults(page) == []
    assert "1 masalah" in page
    assert "<b>Mulai dari sini:</b> Jalankan bin/serve" in page
    assert "Belum pernah" in page


def test_a_failure_shows_its_reason_escaped(opened):
    run_all()
    with unit_of_work():
        failed = {"outcome": "failed: ValueError: <b>no power</b>", "counts": {}}
        db.session.execute(db.update(JobRun).where(JobRun.job == "uploads").values(**failed))
        earlier = {"started_at": clock.wall() - timedelta(minutes=6)}
        db.session.execute(db.update(JobRun).where(JobRun.job == "words").values(**earlier))
    page = opened()
    assert faults(page) == []
    assert "Pekerjaan “Unggahan” gagal." in page
    assert "ValueError: &lt;b&gt;no power&lt;/b&gt;" in page


def test_every_job_says_in_indonesian_what_it_does_and_what_it_counts(app):
    for job in JOBS:
        assert job.title != job.name
        assert job.purpose
        assert set(schedule.run(job).counts) <= set(COUNTED), job.name


@pytest.mark.parametrize(("role", "status"), [(Role.ADMIN, 200), (Role.OBSERVER, 200), (Role.SECRETARIAT, 403)])
def test_only_those_who_run_or_watch_the_service_see_it(client, sign_in, app, role, status):
    sign_in(factories.make_person(role))
    assert client.get("/operasi").status_code == status
    assert ('href="/operasi"' in client.get("/", follow_redirects=True).get_data(as_text=True)) is (status == 200)


def test_the_service_lives_even_if_its_worker_does_not(client):
    assert client.get("/healthz").status_code == 200
