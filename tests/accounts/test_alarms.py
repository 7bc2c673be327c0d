"""Administrators are told what stands still: each once a day for each problem, in words they can act on."""

from datetime import UTC, date, datetime

import pytest

from stranas.accounts.alarms import warn
from stranas.accounts.models import Role
from stranas.system import clock
from stranas.system.db import db
from stranas.system.models import OutboxMessage
from stranas.system.watching import Problem
from tests import factories

TODAY = date(2020, 7, 13)
LATE = Problem(
    "job-reminders",
    "Pekerjaan “Pengingat” terlambat.",
    "Jalankan bin/stranas jobs run.",
    since=datetime(2020, 7, 13, 1, tzinfo=UTC),
)
LETTER = """\
Yth. Administrator sistem

Pekerjaan “Pengingat” terlambat.

Sejak: Senin, 13 Juli 2020 pukul 08.00 WIB
Yang dapat dicoba: Jalankan bin/stranas jobs run.

Keadaan saat ini selalu tampak di halaman Operasi: http://127.0.0.1:5000/operasi

Surel ini dikirim paling banyak sekali sehari untuk setiap masalah, selama masalahnya berlangsung. \
Abaikan apabila sudah ditangani."""


@pytest.fixture
def agus(app):
    return factories.make_person(Role.ADMIN, name="Agus", email="agus@example.com")


def letters() -> list[OutboxMessage]:
    return list(db.session.scalars(db.select(OutboxMessage).order_by(OutboxMessage.id)))


def test_the_alarm_says_what_since_when_and_what_to_try(agus):
    assert warn([LATE], day=TODAY) == 1
    (letter,) = letters()
    assert letter.key == f"alarm:job-reminders:2020-07-13:{agus.id}"
    assert letter.address == "agus@example.com"
    assert letter.subject == "Perlu diperiksa: Pekerjaan “Pengingat” terlambat."
    assert letter.body_text.replace("\u00a0", " ") == LETTER


def test_a_problem_is_told_once_a_day_and_again_on_the_next(agus):
    assert warn([LATE], day=TODAY) == 1
    assert warn([LATE], day=TODAY) == 0
    assert warn([LATE], day=date(2020, 7, 14)) == 1


def test_each_administrator_is_told_of_each_problem_and_nobody_else(agus):
    factories.make_person(Role.ADMIN, name="Ayu", email="ayu@example.com")
    factories.make_person(Role.ADMIN, name="Lama", email="lama@example.com").active = False
    factories.make_person(Role.OBSERVER, name="Oki", email="oki@example.com")
    factories.make_person(Role.AGENCY_ADMIN, factories.make_agency(), email="indah@example.com")
    full = Problem("disk-1", "Ruang folder var hampir penuh.", "Tambah ruang.")
    assert warn([LATE, full], day=TODAY) == 4
    assert sorted(letter.address for letter in letters()) == ["agus@example.com"] * 2 + ["ayu@example.com"] * 2


def test_where_nobody_knows_since_when_the_letter_does_not_say(agus):
    warn([Problem("worker", "Proses pekerja tidak berjalan.", "Jalankan bin/serve.")], day=TODAY)
    assert "Sejak" not in letters()[0].body_text


def test_the_job_tells_the_administrators_by_the_day_of_the_domain(agus, monkeypatch):
    from stranas import jobs
    from stranas.system import schedule, watching

    monkeypatch.setattr(watching, "_CHECKS", {"late": lambda now: [LATE]})
    with clock.at(datetime(2020, 7, 13, 2, tzinfo=UTC)):
        counts = schedule.run(jobs.job_named("watch")).counts
    assert counts == {"problems": 1, "mails": 1, "beats": 0}
    assert letters()[0].key.startswith("alarm:job-reminders:2020-07-13:")
