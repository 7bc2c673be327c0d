"""Before the release a province reads how its kabupaten and kota report, not how they were judged; ranks are the
secretariat's. From the instant of the release on everybody sees everything, in every format."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from reports import data, pdf
from reports.sections import sections
from stranas.accounts.models import Role
from stranas.agencies.models import Agency
from stranas.compliance.queries import snapshot
from stranas.reporting.models import Obligation, Submission, SubmissionEvent
from stranas.reporting.rules import EventKind, Status, SubmissionKind
from stranas.system import clock
from stranas.system.db import db
from tests.compliance.country import NOW, settle
from tests.compliance.formats import from_csv, from_excel, from_json
from tests.factories import make_person
from tests.release.people import release

FORMATS = ("", ".json", ".csv", ".xlsx", ".pdf")
B15 = {"programme_key": "stranas-2019-2020", "period_key": "B15"}
NATIONAL = (Role.SECRETARIAT, Role.NATIONAL_TEAM, Role.OBSERVER)


@pytest.fixture(autouse=True)
def unlaid(monkeypatch):
    """Of a printed report what goes into it: every section and the CSVs inside. Laying out takes seconds and adds no
    figure; tests/reports/test_pdf.py holds that the pages say what the sections say."""

    def content(document) -> bytes:
        markup = [pdf.cover_html(document), *(pdf.section_html(document, one) for one in sections(document))]
        inside = [data.as_csv(document), data.table_as_csv(document.details)]
        return "\n".join(markup).encode() + b"\n".join(inside)

    monkeypatch.setattr(pdf, "compliance_report", content)


def _words(printed: bytes) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", printed.decode()).split())


@pytest.fixture
def period(app):
    with clock.at(NOW):
        yield settle(agencies=60)


def _agency(code: str) -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == code)).one()


@pytest.fixture
def gita(period, sign_in):
    """Of the Inspektorat of a province."""
    sign_in(make_person(Role.COORDINATOR, _agency("11"), name="Gita"))


def _taken(client, narrowed: str = "") -> dict[str, object]:
    answers = {word: client.get(f"/kepatuhan{word}?triwulan=B15{narrowed}") for word in FORMATS}
    assert {answer.status_code for answer in answers.values()} == {200}
    return {
        "page": re.sub(r"csrf[^>]*>", "", answers[""].text),
        "json": answers[".json"].json,
        "csv": answers[".csv"].text,
        "pdf": _words(answers[".pdf"].data),
        "xlsx": [list(sheet.values) for sheet in load_workbook(io.BytesIO(answers[".xlsx"].data))],
    }


def _judge_otherwise() -> int:
    """Every judgement of a kabupaten or kota turned into another; how many."""
    rows = db.session.scalars(
        db.select(SubmissionEvent)
        .join(Submission)
        .join(Obligation)
        .join(Agency, Agency.id == Obligation.agency_id)
        .where(Agency.province_id.is_not(None), Submission.kind == SubmissionKind.ACHIEVEMENT)
        .where(SubmissionEvent.kind.in_([EventKind.VERIFIED, EventKind.RETURNED, EventKind.REJECTED]))
    ).all()
    turned = {
        EventKind.VERIFIED: (EventKind.REJECTED, Status.REJECTED),
        EventKind.REJECTED: (EventKind.RETURNED, Status.RETURNED),
        EventKind.RETURNED: (EventKind.VERIFIED, Status.VERIFIED),
    }
    for event in rows:
        event.kind, event.status = turned[event.kind]
        event.score = 25 if event.kind is EventKind.VERIFIED else None
    db.session.commit()
    return len(rows)


@pytest.mark.parametrize("narrowed", ["", "&instansi=11.01"])
def test_no_format_changes_with_how_others_were_judged(client, gita, narrowed):
    before = _taken(client, narrowed)
    assert _judge_otherwise() > 40
    assert _taken(client, narrowed) == before


def test_after_the_release_every_format_changes(client, gita, period):
    release(period, at=NOW - timedelta(days=5))
    before = _taken(client)
    _judge_otherwise()
    after = _taken(client)
    assert [name for name in before if before[name] == after[name]] == []


def test_the_own_figures_are_whole_and_the_others_have_no_quality(client, gita):
    figures = from_json(client.get("/kepatuhan.json?triwulan=B15").json)
    assert None not in figures["11"][:8]
    others = [found for code, found in figures.items() if code != "11" and found[0]]
    assert len(others) > 10
    assert all(found[:3] != (0, 0, 0) and found[5] is not None and found[6] is not None for found in others)
    assert all(found[3] is found[4] is found[7] is found[8] is None for found in others)
    assert from_csv(client.get("/kepatuhan.csv?triwulan=B15").data) == figures
    assert from_excel(client.get("/kepatuhan.xlsx?triwulan=B15").data) == figures


def test_no_group_with_a_hidden_agency_has_a_figure_of_quality(client, gita):
    taken = client.get("/kepatuhan.json?triwulan=B15").json
    quality = ("verified", "accepted", "achievement", "first_pass", "pooled_achievement", "pooled_first_pass")
    for group in (*taken["levels"], *taken["provinces"]):
        if group.get("level") != "Provinsi":
            assert {group[name] for name in quality} == {None}, group
    figures = {figure["key"]: figure for figure in taken["key_figures"]}
    assert figures["compliance"]["mean"] is not None
    assert (figures["achievement"]["mean"], figures["achievement"]["pooled"]) == (None, None)
    assert "Hasil verifikasi triwulan ini belum ditetapkan" in client.get("/kepatuhan?triwulan=B15").text


@pytest.mark.parametrize("role", NATIONAL)
def test_the_national_bodies_see_all_marked_sementara(client, period, sign_in, role):
    sign_in(make_person(role))
    taken = client.get("/kepatuhan.json?triwulan=B15").json
    assert taken["provisional"]
    assert taken["withheld"] is False
    assert ("class" in taken["agencies"][0]) is (role is Role.SECRETARIAT)
    assert all(figure["mean"] is not None for figure in taken["key_figures"])
    assert "Sementara</span>" in client.get("/kepatuhan?triwulan=B15").text


@pytest.mark.parametrize(("seconds", "released"), [(-1, True), (0, True), (1, False)])
def test_ranks_and_marks_follow_the_clock_to_the_second(client, period, sign_in, seconds, released):
    """The youngest cut-off of a report lies two minutes back: a release counts from the cut-off on."""
    release(period, at=NOW - timedelta(minutes=2) + timedelta(seconds=seconds))
    sign_in(make_person(Role.NATIONAL_TEAM))
    page = client.get("/kepatuhan?triwulan=B15").text
    assert ("Peringkat provinsi</h2>" in page) is released
    assert ("Kelas capaian" in page) is released
    assert ("ementara" in page.split("Mode latihan")[-1]) is not released
    taken = client.get("/kepatuhan.json?triwulan=B15").json
    assert taken["provisional"] is not released
    assert ("rank" in taken["provinces"][0]) is released
    printed = _words(client.get("/kepatuhan.pdf?triwulan=B15").data)
    assert ("Hasil ditetapkan 13 Juli 2020" in printed) is released
    assert ("sementara" in printed) is not released


def test_a_report_of_the_time_before_stays_as_it_was(period):
    cutoff = NOW - timedelta(days=20)
    before = snapshot(**B15, cutoff=cutoff)
    release(period, at=NOW - timedelta(days=5))
    assert snapshot(**B15, cutoff=cutoff) == before
    assert snapshot(**B15, cutoff=cutoff).provisional
    assert not snapshot(**B15).provisional


def test_the_page_of_a_report_hides_how_it_was_judged_from_the_province(client, period, sign_in):
    kabupaten = _agency("11.01")
    submission = db.session.scalars(
        db.select(Submission)
        .join(Obligation)
        .where(Obligation.agency_id != kabupaten.id, Submission.status == Status.VERIFIED)
        .join(Agency, Agency.id == Obligation.agency_id)
        .where(Agency.province_id == _agency("11").id)
        .where(Submission.kind == SubmissionKind.ACHIEVEMENT)
    ).first()
    event = submission.events[-1]
    event.score = 75
    db.session.commit()
    address = f"/laporan/{submission.obligation_id}"
    sign_in(make_person(Role.COORDINATOR, _agency("11"), name="Gita"))
    hidden = client.get(address).text
    assert "Terkirim" in hidden
    assert "Terverifikasi" not in hidden
    assert "nilai 75" not in hidden
    sign_in(make_person(Role.COORDINATOR, submission.obligation.agency, name="Budi"))
    assert "nilai 75" in client.get(address).text
    release(period, at=NOW)
    sign_in(make_person(Role.COORDINATOR, _agency("11"), name="Gito"))
    assert "nilai 75" in client.get(address).text
