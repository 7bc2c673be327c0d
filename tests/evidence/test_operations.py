"""Receiving, registering, checking: what is kept, and what is not."""

import io
import json
import threading
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from stranas.catalogue.models import DocumentKind
from stranas.evidence import checking, operations, queries, runner
from stranas.evidence.models import CheckRun, Document
from stranas.evidence.rules import BadLink, CheckState, Severity, clean_link, clean_name
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from stranas.system.models import StoredFile
from stranas.system.storage import storage
from tests import factories
from tests.evidence import samples

AT = datetime(2020, 7, 13, 2, tzinfo=UTC)


def upload(agency, content: bytes, name: str = "laporan.pdf", at: datetime = AT) -> Document:
    received = operations.receive_file(io.BytesIO(content), name)
    with unit_of_work():
        return operations.register_file(agency_id=agency.id, received=received, uploaded_by_id=None, at=at)


def check(document: Document, kind: DocumentKind = DocumentKind.REPORT) -> queries.CheckResult:
    """Requests are deferred and, in tests, run at once after the commit."""
    with unit_of_work():
        operations.request_check(document_id=document.id, claimed_kind=kind)
    return queries.check_result(document.id, kind.value)


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def elsewhere(app):
    return factories.make_agency(code="71.09", name="Kabupaten Lain")


def test_an_uploaded_file_keeps_its_bytes_and_its_name(temanggung):
    content = samples.pdf()
    document = upload(temanggung, content, "Laporan Triwulan II – ‘akhir’.pdf")
    assert document.name == "Laporan Triwulan II – ‘akhir’.pdf"
    assert storage().open(document.file.storage_key).read() == content


def test_the_same_bytes_are_stored_once_for_two_agencies(temanggung, elsewhere):
    first, second = upload(temanggung, samples.text()), upload(elsewhere, samples.text())
    assert first.id != second.id
    assert first.file_id == second.file_id


def test_an_upload_repeated_on_a_bad_line_is_one_document(temanggung):
    first = upload(temanggung, samples.text())
    assert upload(temanggung, samples.text(), at=AT + timedelta(minutes=3)).id == first.id
    assert upload(temanggung, samples.text(), at=AT + timedelta(days=90)).id != first.id


def test_a_file_over_the_limit_leaves_nothing_behind(app, temanggung):
    before = set(storage().keys())
    with pytest.raises(operations.FileTooLarge) as error:
        operations.receive_file(io.BytesIO(b"x" * 2_000_001), "besar.pdf", limit=2_000_000)
    assert error.value.sentence == "Berkas lebih besar dari batas 2,0\u00a0MB."
    assert set(storage().keys()) == before
    assert db.session.scalar(db.select(db.func.count()).select_from(StoredFile)) == 0


def test_an_empty_file_leaves_nothing_behind(app, temanggung):
    before = set(storage().keys())
    with pytest.raises(operations.EmptyFile):
        operations.receive_file(io.BytesIO(b""), "kosong.pdf")
    assert set(storage().keys()) == before


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\Users\\Budi\\rekap.xlsx", "rekap.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("lapo\u202eran\x00\n.pdf", "laporan.pdf"),
        ("", "berkas"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        ("Keputusan Bupati Nº 5 – é.pdf", "Keputusan Bupati Nº 5 – é.pdf"),
    ],
)
def test_names_are_cleaned_for_display(given, shown):
    assert clean_name(given) == shown


@pytest.mark.parametrize(
    "address",
    [
        "",
        "jdih.temanggungkab.go.id",
        "javascript:alert(1)",
        "https://",
        "http://a b.id",
        "ftp://x.go.id/a",
        "https://[",
        "https://intranet",
    ],
)
def test_a_malformed_link_is_answered_with_a_sentence(address):
    with pytest.raises(BadLink) as error:
        clean_link(address)
    assert error.value.sentence.endswith(".")


def test_a_link_is_kept_and_told_to_be_unopened(temanggung):
    with unit_of_work():
        document = operations.add_link(
            agency_id=temanggung.id, address=" https://jdih.temanggungkab.go.id/perbup/5 ", uploaded_by_id=None, at=AT
        )
    assert document.name == "jdih.temanggungkab.go.id/perbup/5"
    result = check(document, DocumentKind.LINK)
    assert result.state is CheckState.DONE
    assert [f.code for f in result.findings] == ["link_not_opened"]


def test_a_good_file_is_checked_without_findings(temanggung):
    document = upload(temanggung, samples.pdf(), "laporan")
    result = check(document)
    assert (result.state, result.findings) == (CheckState.DONE, ())
    assert db.session.get(Document, document.id, populate_existing=True).media_type == "application/pdf"


def test_findings_are_stored_with_words_and_repair(temanggung):
    result = check(upload(temanggung, samples.pdf(), "rekap.xlsx"), DocumentKind.DATA)
    (finding,) = result.findings
    assert finding.message == "Berkas bernama .xlsx, tetapi isinya PDF."
    assert result.blocks


def test_a_copy_of_another_agency_is_told_without_its_name(temanggung, elsewhere):
    content = samples.pdf(pages=2)
    first = upload(elsewhere, content, "rahasia-kabupaten-lain.pdf")
    result = check(upload(temanggung, content))
    assert [f.code for f in result.findings] == ["same_elsewhere"]
    told = json.dumps([f.message + f.repair for f in result.findings])
    assert "rahasia" not in told
    assert "Kabupaten Lain" not in told
    assert check(first).findings == (), "who came first is not accused"


def test_a_finished_check_is_not_repeated(temanggung, monkeypatch):
    document = upload(temanggung, samples.pdf())
    check(document)
    monkeypatch.setattr(runner, "check", lambda *_, **__: pytest.fail("checked again"))
    assert check(document).state is CheckState.DONE


def test_a_check_that_never_ends_well_leaves_the_officer_with_a_sentence(temanggung, monkeypatch):
    tries = []

    def crash(*_, **__):
        tries.append(1)
        raise runner.ChildFailed("ended with -11")

    monkeypatch.setattr(runner, "check", crash)
    result = check(upload(temanggung, samples.pdf()))
    assert len(tries) == 3
    assert result.state is CheckState.FAILED
    assert [f.severity for f in result.findings] == [Severity.EXPLAIN]
    assert not result.blocks


def test_asking_again_after_a_failure_starts_anew(temanggung, monkeypatch):
    document = upload(temanggung, samples.pdf())
    with monkeypatch.context() as broken:
        broken.setattr(runner, "COMMAND", ("false",))
        assert check(document).state is CheckState.FAILED
    result = check(document)
    assert (result.state, result.findings) == (CheckState.DONE, ())


def test_the_sweep_takes_up_what_a_dead_worker_left(temanggung):
    documents = [upload(temanggung, samples.pdf(), f"{n}.pdf") for n in range(3)]
    long_ago = clock.wall() - timedelta(hours=1)
    states = ((CheckState.RUNNING, 1), (CheckState.WAITING, 0), (CheckState.RUNNING, 3))
    for document, (state, attempts) in zip(documents, states, strict=True):
        _run(document, state=state, attempts=attempts, queued_at=long_ago, started_at=long_ago)
    assert checking.requeue_stuck() == 3
    results = [queries.check_result(d.id, "laporan").state for d in documents]
    assert results == [CheckState.DONE, CheckState.DONE, CheckState.FAILED]


def test_the_sweep_leaves_young_runs_alone(temanggung):
    now = clock.wall()
    _run(upload(temanggung, samples.pdf()), state=CheckState.RUNNING, attempts=1, queued_at=now, started_at=now)
    assert checking.requeue_stuck() == 0


def _run(document, **columns) -> None:
    with unit_of_work():
        db.session.add(CheckRun(document_id=document.id, claim="laporan", claimed_kind="laporan", **columns))


def test_results_of_many_documents_take_two_questions(temanggung):
    pairs = []
    for number in range(4):
        document = upload(temanggung, samples.text(), f"{number}.pdf")
        check(document)
        pairs.append((document.id, "laporan"))
    asked = []
    event.listen(db.session.get_bind(), "before_cursor_execute", lambda *words: asked.append(words[2]))
    assert len(queries.check_results(pairs)) == 4
    assert len([words for words in asked if words.startswith("SELECT")]) == 2


def test_four_checks_at_once_all_finish(tmp_path):
    """Four threads of a worker, four children."""
    path = tmp_path / "stored"
    path.write_bytes(samples.pdf(pages=20))
    found: list[runner.Outcome] = []

    def one() -> None:
        found.append(runner.check(path, runner.Claim("laporan.pdf"), bounds=runner.Bounds()))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [outcome.findings for outcome in found] == [()] * 4
