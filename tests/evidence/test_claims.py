"""What a document is checked against: the claim of its agency and target, and what it may be about instead."""

import io
from datetime import UTC, date, datetime

import pytest

from stranas.agencies.models import AgencyAlias
from stranas.catalogue.models import DocumentKind
from stranas.evidence import claims, operations
from stranas.evidence.models import CheckRun, FileText
from stranas.evidence.queries import claim_for
from stranas.evidence.rules import CheckState, Severity, TextSource, claim_key
from stranas.system.db import db, unit_of_work
from tests import factories
from tests.evidence import samples
from tests.evidence.shelf import paper

AT = datetime(2020, 7, 13, 2, tzinfo=UTC)


@pytest.fixture
def programme(app):
    return factories.make_programme(checks={"wrong_type": {"severity": "explain"}})


@pytest.fixture
def target(programme):
    return factories.make_target(factories.make_item(programme), factories.make_period(programme))


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


def upload(agency, content: bytes, name: str = "laporan.pdf"):
    received = operations.receive_file(io.BytesIO(content), name)
    with unit_of_work():
        return operations.register_file(agency_id=agency.id, received=received, uploaded_by_id=None, at=AT)


def checked(document, target) -> CheckRun:
    with unit_of_work():
        operations.request_check(document_id=document.id, claimed_kind=DocumentKind.REPORT, target_id=target.id)
    db.session.expire_all()
    return db.session.scalars(
        db.select(CheckRun).where(CheckRun.document_id == document.id, CheckRun.target_id == target.id)
    ).one()


@pytest.mark.parametrize(
    ("uploaded_on", "until"),
    [
        (date(2020, 7, 1), "2020-07-14"),  # the last day of the due instant
        (date(2020, 8, 5), "2020-08-05"),  # a correction is dated when it is made
        (date(2020, 12, 1), "2020-09-14"),  # after the end of verification nothing of the quarter is made any more
    ],
)
def test_a_paper_may_be_dated_up_to_the_due_day_or_its_upload(target, uploaded_on, until):
    claim = claims.claim("a.pdf", DocumentKind.REPORT, target=target, uploaded_on=uploaded_on)
    assert (claim.period_from, claim.period_to) == ("2020-04-01", until)
    assert (claim.item, claim.period, claim.period_words) == ("1-a", "B18", "April–Juni 2020")


def test_without_a_target_only_kind_and_agency_are_claimed(target):
    claim = claims.claim("a.pdf", DocumentKind.LETTER, agency_code="33.23")
    assert (claim.kind, claim.agency, claim.item, claim.period_from) == ("surat", "33.23", "", "")
    assert claims.surroundings(None).subjects == ()


def test_surroundings_name_all_agencies_with_former_names_and_the_items_of_the_quarter(programme, target, temanggung):
    db.session.add(AgencyAlias(agency_id=temanggung.id, alias="Kab. Temanggung", kind="common"))
    other = factories.make_item(programme, "7-a", "Kematangan UKPBJ")
    factories.make_target(other, target.period, text="Unit kerja pengadaan mencapai tingkat tiga")
    around = claims.surroundings(target)
    (office,) = around.offices
    assert (office.code, office.names) == ("33.23", ("Kabupaten Temanggung", "Kab. Temanggung"))
    assert [(subject.key, subject.title) for subject in around.subjects] == [
        ("1-a", "Percepatan OSS"),
        ("7-a", "Kematangan UKPBJ"),
    ]
    assert "tingkat tiga" in around.subjects[1].words
    assert [(quarter.key, quarter.first, quarter.last) for quarter in around.quarters] == [
        ("B18", "2020-04-01", "2020-06-30")
    ]


def test_a_paper_of_another_quarter_is_told_under_the_target_that_asks(target, temanggung):
    document = upload(temanggung, paper.typed([paper.lines(3, tail="Temanggung, 20 Maret 2019")]))
    run = checked(document, target)
    assert (run.claim, run.state) == (claim_key("laporan", target.id), CheckState.DONE)
    assert run.claim == claim_for(target.requirements[0])
    assert [finding.code for finding in run.findings] == ["other_period"]


def test_the_weight_is_the_programmes_own(target, temanggung):
    run = checked(upload(temanggung, samples.text(), "laporan.pdf"), target)
    assert [(finding.code, finding.severity) for finding in run.findings] == [("wrong_type", Severity.EXPLAIN)]


def test_the_words_of_a_file_are_read_once_and_kept(programme, target, temanggung, monkeypatch):
    document = upload(temanggung, paper.typed([paper.lines(4)]))
    checked(document, target)
    (kept,) = db.session.scalars(db.select(FileText))
    assert kept.source is TextSource.LAYER
    assert "PEMERINTAH KABUPATEN TEMANGGUNG" in kept.text
    assert len(kept.digest) == 64
    other = factories.make_target(factories.make_item(programme, "7-a"), target.period)
    checked(document, other)
    assert len(db.session.scalars(db.select(FileText)).all()) == 1
