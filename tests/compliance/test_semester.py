"""The report of a semester: two quarters united, who may read it, and which obstacles it tells."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import true

from stranas.accounts.models import Role, User
from stranas.compliance import queries
from stranas.compliance.choices import PeriodChoice
from stranas.compliance.exports import kinds
from stranas.compliance.semester import semester_document, semesters, union
from stranas.compliance.snapshot import Obstacle
from stranas.reporting.models import Submission, SubmissionEvent, SubmissionVersion
from stranas.reporting.rules import EventKind, Status
from stranas.system.db import db
from tests.compliance.formats import pdf_text
from tests.compliance.small import ACTIONS, RELEASED, make_snapshot, regency
from tests.factories import make_person

BUDI, DEWI = regency(1), regency(2)
B03, B06, B09 = (
    PeriodChoice(key, key, date(2019, month, 1), date(2019, month + 2, 28), "stranas")
    for key, month in (("B03", 1), ("B06", 4), ("B09", 7))
)
PARTS = (
    make_snapshot({BUDI: {"1": "good", "2": "-"}, DEWI: {"1": "good"}}, released_at=RELEASED),
    make_snapshot(
        {BUDI: {"1": "returned"}, DEWI: {"1": "-"}}, released_at=RELEASED, period="Triwulan VI", period_key="B18"
    ),
)


@pytest.fixture
def whole():
    return semesters([B06, B03])[0]


@pytest.fixture
def at_once(monkeypatch):
    """The demo knows all agencies of the country, though few owe anything in it."""
    monkeypatch.setattr(kinds, "AT_ONCE", 1000)


def test_a_semester_is_there_once_its_last_quarter_has_begun():
    assert [one.name for one in semesters([B09, B06, B03])] == ["Semester I Tahun 2019"]
    assert semesters([B03]) == []


def test_an_agency_counts_by_the_union_of_its_obligations_and_the_group_by_its_mean(whole):
    united = union(whole, PARTS)
    budi, dewi = (row.figures for row in united.agencies)
    assert (budi.expected, budi.received, budi.verified, budi.first_accepted) == (3, 2, 2, 1)
    assert (dewi.expected, dewi.received) == (2, 1)
    assert united.total.compliance == (budi.compliance + dewi.compliance) / 2
    assert united.total.pooled.expected == len(united.details) == 5
    assert united.by_action[0].group.pooled.expected == 4
    assert united.reasons[0].count == 6


def test_it_is_final_only_when_both_quarters_are(whole):
    assert not union(whole, PARTS).provisional
    assert union(whole, (PARTS[0], make_snapshot({BUDI: {"1": "good"}}))).provisional


def test_the_progress_is_what_was_printed_of_both_quarters(whole):
    (changes,) = semester_document(whole, PARTS, (), ranked=False).changes
    everybody = changes.records()[0]
    assert (everybody["compliance_before"], everybody["compliance_after"]) == (75, 50)
    assert everybody["compliance_change"] == -25


def test_each_obligation_is_listed_in_its_own_quarter(whole):
    parts = (PARTS[0], replace(PARTS[1], starts_on=date(2020, 4, 1), ends_on=date(2020, 6, 30)))
    rows = semester_document(whole, parts, (), ranked=False).details.records()
    assert [(r["period"], r["year"], r["quarter"]) for r in rows] == [("B15", 2020, 1)] * 3 + [("B18", 2020, 2)] * 2


def test_the_same_obstacle_of_several_agencies_is_told_once(whole):
    told = [Obstacle(ACTIONS["1"], a.code, a.name, "Jaringan terputus", "Menambah jaringan") for a in (BUDI, DEWI)]
    document = semester_document(whole, PARTS, told, ranked=False)
    (row,) = document.obstacles.records()
    assert row["agencies"] == 2
    assert row["whom"] == f"{BUDI.name} dan {DEWI.name}"
    assert document.overview[-1].startswith("2 instansi menyampaikan kendala")


@pytest.mark.parametrize(
    ("email", "status"), [("ani@example.com", 200), ("budi@example.com", 403), ("citra@example.com", 403)]
)
def test_only_national_readers_open_it(demo_app, unprinted, at_once, client, sign_in, email, status):
    sign_in(db.session.scalars(db.select(User).where(User.email == email)).one())
    for address in ("/kepatuhan/semester", "/kepatuhan/semester.pdf", "/kepatuhan/semester.xlsx"):
        assert client.get(f"{address}?semester=2019-1").status_code == status


def test_page_pdf_and_excel_say_the_same(demo_app, at_once, client, sign_in):
    sign_in(make_person(Role.SECRETARIAT, name="Sekretariat"))
    page = client.get("/kepatuhan/semester?semester=2019-2").text
    pdf = pdf_text(client.get("/kepatuhan/semester.pdf?semester=2019-2").data)
    book = load_workbook(io.BytesIO(client.get("/kepatuhan/semester.xlsx?semester=2019-2").data))
    assert "Laporan Semester II Tahun 2019 kepada Presiden" in page
    assert "Yth. Presiden Republik Indonesia" in pdf
    assert {"Kemajuan", "Kendala"} <= set(book.sheetnames)
    compliance = next(row[1] for row in book["Ringkasan"].iter_rows(values_only=True) if row[0] == "Kepatuhan")
    words = f"{compliance:.2f}".replace(".", ",")
    assert f"<b>{words}" in page
    assert words in pdf


def test_a_semester_that_is_not_there_is_a_sentence(demo_app, client, sign_in):
    sign_in(make_person(Role.SECRETARIAT, name="Sekretariat"))
    answer = client.get("/kepatuhan/semester?semester=2031-1")
    assert answer.status_code == 404
    assert "Semester 2031-1 tidak ada" in answer.text


def test_obstacles_are_those_of_reports_that_stand_verified_at_the_cutoff(demo_app):
    cutoff = queries.latest_cutoff()
    asked = {"programme_key": "stranas-2019-2020", "period_keys": ["B12"], "among": true()}
    before = queries.obstacles(cutoff=cutoff, **asked)
    last = _reopened(before[0], cutoff)
    assert len(queries.obstacles(cutoff=cutoff, **asked)) == len(before) - 1
    assert len(queries.obstacles(cutoff=last.recorded_at, **asked)) == len(before)
    assert queries.obstacles(cutoff=cutoff, **(asked | {"period_keys": []})) == []


def _reopened(obstacle: Obstacle, cutoff) -> SubmissionEvent:
    """The report that tells it is returned just before the cut-off."""
    for event in db.session.scalars(
        db.select(SubmissionEvent)
        .join(SubmissionVersion, SubmissionEvent.version_id == SubmissionVersion.id)
        .join(Submission, SubmissionEvent.submission_id == Submission.id)
        .where(SubmissionEvent.kind == EventKind.VERIFIED)
    ):
        entry = json.loads(db.session.get(SubmissionVersion, event.version_id).content)["entry"]
        if (entry.get("constraint"), entry.get("follow_up")) == (obstacle.constraint, obstacle.follow_up):
            break
    at = cutoff - timedelta(seconds=1)
    last = max(one.sequence for one in db.session.get(Submission, event.submission_id).events)
    returned = SubmissionEvent(
        submission_id=event.submission_id,
        sequence=last + 1,
        kind=EventKind.RETURNED,
        status=Status.RETURNED,
        received_at=at,
        recorded_at=at,
        version_id=event.version_id,
        details={},
    )
    db.session.add(returned)
    db.session.flush()
    return returned
