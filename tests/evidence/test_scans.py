"""Scans: their first findings stand at once, their words follow by OCR (a real Tesseract)."""

import io
from datetime import UTC, datetime

import pytest

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.catalogue.models import DocumentKind
from stranas.evidence import checking, operations, runner, scanning
from stranas.evidence.checks.reading import scans
from stranas.evidence.models import CheckRun, FileText
from stranas.evidence.rules import CheckState, Severity, TextSource
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import factories
from tests.evidence.shelf import paper

AT = datetime(2020, 7, 13, 2, tzinfo=UTC)
pytestmark = pytest.mark.process


@pytest.fixture
def temanggung(app):
    settings = app.config["SETTINGS"]
    settings.ocr = "auto"
    province = factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)
    factories.make_agency("33.07", "Kabupaten Wonosobo", province=province)
    yield factories.make_agency(province=province)
    settings.ocr = "off"


@pytest.fixture
def target(app):
    programme = factories.make_programme()
    return factories.make_target(factories.make_item(programme), factories.make_period(programme))


@pytest.fixture
def nobody_reads(monkeypatch):
    """Scans wait, as while the worker is busy with others."""
    monkeypatch.setattr(scanning, "_oldest", lambda: None)


def scan(head: str, tail: str = "20 Juni 2020", dpi: int = 200) -> bytes:
    return paper.scanned([paper.sheet(paper.lines(5, head=head, tail=tail), dpi=dpi, noise=8)])


def upload(agency, target, content: bytes) -> CheckRun:
    received = operations.receive_file(io.BytesIO(content), "laporan.pdf")
    with unit_of_work():
        document = operations.register_file(agency_id=agency.id, received=received, uploaded_by_id=None, at=AT)
        run_id = operations.request_check(
            document_id=document.id, claimed_kind=DocumentKind.REPORT, target_id=target.id
        )
    return again(run_id)


def again(run_id: int) -> CheckRun:
    db.session.expire_all()
    return db.session.get_one(CheckRun, run_id)


def codes(run: CheckRun) -> list[str]:
    return [finding.code for finding in run.findings]


def test_tesseract_is_here():
    assert scans.can_read()


def test_the_words_of_a_scan_are_read_and_judged(temanggung, target):
    run = upload(temanggung, target, scan("PEMERINTAH KABUPATEN WONOSOBO"))
    assert (run.state, codes(run)) == (CheckState.DONE, ["other_agency"])
    (kept,) = db.session.scalars(db.select(FileText))
    assert kept.source is TextSource.OCR
    assert "WONOSOBO" in kept.text


def test_an_honest_scan_raises_no_alarm(temanggung, target):
    assert codes(upload(temanggung, target, scan("PEMERINTAH KABUPATEN TEMANGGUNG"))) == []


def test_a_scan_of_another_quarter_names_it(temanggung, target):
    run = upload(temanggung, target, scan("PEMERINTAH KABUPATEN TEMANGGUNG", "Temanggung, 20 Januari 2019"))
    assert codes(run) == ["other_period"]


def test_the_first_findings_stand_while_the_words_wait(temanggung, target, nobody_reads, client, sign_in, monkeypatch):
    run = upload(temanggung, target, scan("PEMERINTAH KABUPATEN WONOSOBO", dpi=60))
    assert (run.state, codes(run)) == (CheckState.READING, ["low_resolution"])
    sign_in(factories.make_person(Role.COORDINATOR, temanggung))
    part = client.get(f"/dokumen/{run.document_id}/pengecekan?klaim={run.claim}").text
    assert "Hasil pindai terlalu kasar" in part
    assert "Tulisan pada pindaian sedang dibaca" in part
    assert "hx-get" in part


def test_the_sweep_takes_up_a_scan_whose_worker_died(temanggung, target, monkeypatch):
    with monkeypatch.context() as busy:
        busy.setattr(scanning, "_oldest", lambda: None)
        run = upload(temanggung, target, scan("PEMERINTAH KABUPATEN WONOSOBO"))
    assert checking.requeue_stuck() == 0
    with unit_of_work():
        again(run.id).ended_at = datetime(2020, 1, 1, tzinfo=UTC)
    assert checking.requeue_stuck() == 1
    assert (again(run.id).state, codes(again(run.id))) == (CheckState.DONE, ["other_agency"])


def test_a_scan_that_cannot_be_read_keeps_its_first_findings(temanggung, target, monkeypatch):
    def fail(*_words, **_more):
        raise runner.ChildFailed("no answer within 60 s")

    monkeypatch.setattr(runner, "read_scan", fail)
    run = upload(temanggung, target, scan("PEMERINTAH KABUPATEN WONOSOBO", dpi=60))
    assert run.state is CheckState.DONE
    assert [(finding.code, finding.severity) for finding in run.findings] == [
        ("low_resolution", Severity.EXPLAIN),
        ("not_judged", Severity.INFO),
    ]


def test_under_another_claim_the_words_are_not_read_again(temanggung, target, monkeypatch):
    content = scan("PEMERINTAH KABUPATEN WONOSOBO")
    first = upload(temanggung, target, content)
    monkeypatch.setattr(runner, "read_scan", lambda *_words, **_more: pytest.fail("read twice"))
    other = factories.make_target(factories.make_item(target.period.programme, "7-a"), target.period)
    second = upload(temanggung, other, content)
    assert first.document_id == second.document_id
    assert (second.state, codes(second)) == (CheckState.DONE, ["other_agency"])


def test_photos_are_not_read(temanggung, target):
    received = operations.receive_file(io.BytesIO(scan("PEMERINTAH KABUPATEN WONOSOBO")), "foto.pdf")
    with unit_of_work():
        document = operations.register_file(
            agency_id=temanggung.id, received=received, uploaded_by_id=None, at=clock.now()
        )
        run_id = operations.request_check(document_id=document.id, claimed_kind=DocumentKind.PHOTO, target_id=target.id)
    assert again(run_id).state is CheckState.DONE
    assert "other_agency" not in codes(again(run_id))
