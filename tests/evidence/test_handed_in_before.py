"""From the upload to the finding: what was handed in before by the own agency, and by others, on both databases."""

import io
from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from sqlalchemy import event

from stranas.catalogue.models import DocumentKind
from stranas.evidence import catching_up, neighbours, operations, runner
from stranas.evidence.checks.finding import Claim
from stranas.evidence.models import CheckRun, Document, DocumentLikeness, FileText, TextPrint
from stranas.evidence.rules import Severity
from stranas.evidence.words import reading_of
from stranas.reporting.models import Evidence, Submission
from stranas.reporting.rules import Status
from stranas.system.db import db, read_only, unit_of_work
from tests import factories
from tests.conftest import make_app
from tests.evidence import samples
from tests.evidence.handed_in import AT, CHANGED, WORDS, found, pdf, upload
from tests.evidence.shelf.prose import prose


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def others(app):
    return [factories.make_agency(code=f"71.0{n}", name=f"Kabupaten Lain {n}") for n in range(1, 4)]


@pytest.fixture
def targets(app):
    """The target of 1-a in B15 and in B18."""
    programme = factories.make_programme()
    item = factories.make_item(programme)
    before = factories.make_period(
        programme,
        "B15",
        name="Triwulan V",
        position=5,
        starts_on=date(2020, 1, 1),
        ends_on=date(2020, 3, 31),
        due_at=datetime(2020, 4, 15, 17, tzinfo=UTC),
    )
    now = factories.make_period(programme)
    return {period.key: factories.make_target(item, period) for period in (before, now)}


def attach(document: Document, agency, target) -> None:
    obligation = factories.make_obligation(agency, target)
    with unit_of_work():
        submission = Submission(obligation_id=obligation.id, status=Status.DRAFT)
        db.session.add(submission)
        db.session.flush()
        requirement = target.requirements[0]
        db.session.add(
            Evidence(
                submission_id=submission.id, requirement_id=requirement.id, document_id=document.id, attached_at=AT
            )
        )


def codes(document: Document, target=None) -> list[str]:
    return [one.code for one in found(document, target)]


def used_in_b15(agency, targets, content: bytes) -> Document:
    document = upload(agency, content, "triwulan-lima.pdf")
    assert found(document, targets["B15"]) == []
    attach(document, agency, targets["B15"])
    return document


def test_last_quarters_words_in_another_file_are_told_with_their_share(temanggung, targets):
    before = used_in_b15(temanggung, targets, pdf(WORDS))
    (finding,) = found(upload(temanggung, pdf(CHANGED)), targets["B18"])
    assert (finding.code, finding.severity, finding.document) == ("near_words", Severity.EXPLAIN, before.id)
    assert finding.message == (
        "Sekitar 90 persen tulisannya sama dengan dokumen yang dipakai pada Triwulan V (B15), kewajiban 1-a."
    )


def test_the_same_words_in_another_file_are_told(temanggung, targets):
    used_in_b15(temanggung, targets, pdf(WORDS))
    assert codes(upload(temanggung, pdf(WORDS, producer="Pemindai")), targets["B18"]) == ["same_words"]


def test_last_quarters_file_is_told_also_where_it_is_chosen_from_the_library(temanggung, targets):
    before = used_in_b15(temanggung, targets, pdf(WORDS))
    assert codes(before, targets["B18"]) == ["reused"]


def test_one_document_for_two_obligations_of_a_quarter_is_no_reuse(temanggung, targets):
    document = upload(temanggung, pdf(WORDS))
    attach(document, temanggung, targets["B18"])
    assert codes(document, targets["B18"]) == []


def test_revisions_of_a_document_repeat_nothing(temanggung, targets):
    before = used_in_b15(temanggung, targets, pdf(WORDS))
    later = upload(temanggung, pdf(CHANGED))
    with unit_of_work():
        later = db.session.get_one(Document, later.id)
        later.series, later.revision = before.series, 2
    assert codes(later, targets["B18"]) == []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (pdf(WORDS), "same_elsewhere"),
        (pdf(WORDS, producer="Pemindai"), "same_words_elsewhere"),
        (pdf(CHANGED), "near_words_elsewhere"),
    ],
)
def test_the_words_of_another_agency_are_told_without_its_name(temanggung, others, content, code):
    first = upload(others[0], pdf(WORDS))
    assert codes(first) == [], "who came first is not told"
    copy = upload(temanggung, content)
    (finding,) = found(copy)
    assert (finding.code, finding.document) == (code, None)
    assert "Lain" not in finding.message
    pair = db.session.scalars(db.select(DocumentLikeness)).one()
    assert (pair.document_id, pair.earlier_id) == (copy.id, first.id), "for those who verify either"


def test_what_three_agencies_hold_is_information_and_kept_for_nobody(temanggung, others):
    for number, agency in enumerate(others[:2]):
        found(upload(agency, pdf(WORDS, producer=f"Pemindai {number}")))
    db.session.execute(db.delete(DocumentLikeness))
    db.session.commit()
    (finding,) = found(upload(temanggung, pdf(WORDS)))
    assert (finding.code, finding.severity) == ("commonly_used", Severity.INFO)
    assert db.session.scalars(db.select(DocumentLikeness)).all() == []


def test_a_short_letter_with_the_same_words_is_not_told(temanggung, targets):
    used_in_b15(temanggung, targets, pdf(WORDS[:3]))
    assert codes(upload(temanggung, pdf(WORDS[:3], producer="Pemindai")), targets["B18"]) == []


def test_the_number_of_questions_does_not_grow_with_the_library(temanggung, others, targets):
    def asked_for(document: Document) -> int:
        asked = []
        note = lambda *_: asked.append(1)  # noqa: E731
        event.listen(db.engines[None], "before_cursor_execute", note)
        reading = reading_of(document.file_id)
        neighbours.compared(document, claim=Claim("x.pdf", "laporan", period_from="2020-04-01"), reading=reading)
        event.remove(db.engines[None], "before_cursor_execute", note)
        return len(asked)

    document = upload(temanggung, pdf(WORDS))
    found(document)
    few = asked_for(document)
    for number in range(8):
        agency = temanggung if number % 2 else others[0]
        found(upload(agency, pdf([*WORDS[:18], *prose(50 + number, 2)])))
    last = upload(temanggung, pdf(CHANGED))
    found(last)
    assert few <= asked_for(last) <= 8


def test_files_from_before_words_were_kept_are_read_little_by_little(temanggung, targets, monkeypatch):
    monkeypatch.setattr(catching_up, "FILES_AT_ONCE", 2)
    old = [upload(temanggung, pdf(prose(number, 20)), f"{number}.pdf") for number in range(2)]
    old += [upload(temanggung, samples.image("PNG"), "foto.png"), upload(temanggung, samples.locked_pdf(), "kunci.pdf")]
    assert [catching_up.defer_some_files() for _ in range(3)] == [2, 2, 0], "it stops by itself"
    assert db.session.scalar(db.select(db.func.count(TextPrint.id))) == len(old)
    attach(old[0], temanggung, targets["B15"])
    assert codes(upload(temanggung, pdf(prose(0, 20), producer="lain")), targets["B18"]) == ["same_words"]


def test_digests_of_an_earlier_method_are_made_anew_without_reading_the_files(temanggung, targets, monkeypatch):
    used_in_b15(temanggung, targets, pdf(WORDS))
    with unit_of_work():
        db.session.execute(db.update(FileText).values(digest="0" * 64))
        db.session.execute(db.update(TextPrint).values(method="an earlier one"))
    monkeypatch.setattr(runner, "read", None)
    assert [catching_up.defer_some_files() for _ in range(2)] == [1, 0]
    monkeypatch.undo()
    assert codes(upload(temanggung, pdf(WORDS, producer="lain")), targets["B18"]) == ["same_words"]


def test_a_file_that_ends_its_reader_is_tried_once(temanggung, monkeypatch):
    def fails(*_, **__):
        raise runner.ChildFailed("no answer within 60 s")

    upload(temanggung, pdf(WORDS))
    monkeypatch.setattr(runner, "read", fails)
    assert [catching_up.defer_some_files() for _ in range(2)] == [1, 0]
    assert db.session.scalars(db.select(FileText)).all() == []


def test_whoever_uploads_now_goes_first(temanggung):
    document = upload(temanggung, pdf(WORDS))
    with unit_of_work():
        db.session.add(CheckRun(document_id=document.id, claim="laporan", claimed_kind="laporan", queued_at=AT))
    assert catching_up.defer_some_files() == 0


def test_two_uploads_of_the_same_bytes_at_once_are_kept_once_and_both_checked(seeded_url, tmp_path):
    house = make_app(tmp_path / "var", seeded_url)
    with house.app_context(), read_only():
        agency_ids = db.session.scalars(db.select(factories.Agency.id).limit(2)).all()
    start, content, ends = Barrier(2), pdf(WORDS), []

    def act(agency_id: int) -> None:
        with house.app_context():
            received = operations.receive_file(io.BytesIO(content), "laporan.pdf")
            start.wait()
            with unit_of_work():
                document = operations.register_file(agency_id=agency_id, received=received, uploaded_by_id=None, at=AT)
                operations.request_check(document_id=document.id, claimed_kind=DocumentKind.REPORT)
            ends.append(document.id)
            db.session.remove()

    threads = [Thread(target=act, args=(agency_id,)) for agency_id in agency_ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    with house.app_context(), read_only():
        told = {
            run.document_id: [finding.code for finding in run.findings]
            for run in db.session.scalars(db.select(CheckRun))
        }
        kept = [db.session.scalar(db.select(db.func.count()).select_from(model)) for model in (FileText, TextPrint)]
        pairs = db.session.execute(db.select(DocumentLikeness.document_id, DocumentLikeness.earlier_id)).all()
    with house.app_context():
        db.session.remove()
        db.engine.dispose()
    first, second = sorted(ends)
    assert told == {first: [], second: ["same_elsewhere"]}
    assert (kept, pairs) == ([1, 1], [(second, first)])
