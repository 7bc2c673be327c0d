"""The demo's documents are real files, and the checks say of them what the demo says."""

from stranas.catalogue.models import DocumentKind
from stranas.evidence.checks import Claim, Surroundings, judge
from stranas.evidence.models import CheckRun
from stranas.evidence.queries import claim_for
from stranas.evidence.rules import CheckState, Severity
from stranas.reporting.models import Evidence
from stranas.system.db import db
from stranas.system.storage import storage


def runs() -> list[CheckRun]:
    return list(db.session.scalars(db.select(CheckRun).order_by(CheckRun.id)).unique())


def test_the_checks_find_in_the_files_what_the_rows_say(demo_app):
    looked_at = [run for run in runs() if run.document.file]
    for run in looked_at[::23] + [run for run in looked_at if run.findings]:
        kind = DocumentKind(run.claimed_kind)
        with storage().path(run.document.file.storage_key) as path:
            found = judge(path, Claim(run.document.name, kind.value, kind.label), Surroundings()).findings
        assert [(f.code, f.severity, f.message, f.repair) for f in found] == [
            (f.code, f.severity, f.message, f.repair) for f in run.findings
        ], run.document.name


def test_every_run_is_done_and_few_have_something_to_say(demo_app):
    everything = runs()
    assert {run.state for run in everything} == {CheckState.DONE}
    told = [run for run in everything if run.findings]
    assert 0 < len(told) < len(everything) / 10
    severities = {finding.severity for run in told for finding in run.findings}
    assert severities == {Severity.MUST_FIX, Severity.EXPLAIN, Severity.INFO}


def test_links_are_told_that_nobody_opened_them(demo_app):
    links = [run for run in runs() if run.document.url]
    assert links
    assert all("link_not_opened" in {finding.code for finding in run.findings} for run in links)
    on_drives = [run for run in links if "drive.google.com" in run.document.url]
    assert on_drives
    assert {finding.severity for run in on_drives for finding in run.findings} == {Severity.EXPLAIN, Severity.INFO}
    others = [run for run in links if run not in on_drives]
    assert {finding.code for run in others for finding in run.findings} == {"link_not_opened"}


def test_every_attached_document_was_checked_for_its_requirement(demo_app):
    checked = {(run.document_id, run.claim) for run in runs()}
    attached = {(e.document_id, claim_for(e.requirement)) for e in db.session.scalars(db.select(Evidence)).unique()}
    assert attached <= checked


def test_no_two_documents_have_the_same_bytes(demo_app):
    files = [run.document.file_id for run in runs() if run.document.file]
    assert len(set(files)) == len({run.document_id for run in runs() if run.document.file})
