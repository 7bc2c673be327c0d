"""Narratives that repeat last quarter's or another agency's: a hint to the writer, a fact to the verifier, no names."""

import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pypdf
import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.evidence import prints
from stranas.evidence.models import DocumentLikeness, TextPrint
from stranas.reporting import operations
from stranas.reporting.models import Filing, SubmissionVersion
from stranas.reporting.operations import Entry, remembering
from stranas.reporting.operations.filing import file_submissions
from stranas.reporting.queries.repeated import repeated_share
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import factories
from tests.evidence.handed_in import pdf, upload
from tests.evidence.shelf.prose import prose
from tests.pages import faults
from tests.verification import people

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
NARRATIVE = " ".join(prose(1, 3))
LAST_QUARTER = "sama dengan triwulan lalu (B15). Tuliskan apa yang berbeda pada triwulan ini."
ELSEWHERE = "Uraian ini hampir sama dengan laporan instansi lain."
# Words of Budi's that Dewi must never read.
SECRET = ("Temanggung", "rahasia-budi")


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def targets(app):
    programme = factories.make_programme()
    item = factories.make_item(programme)
    days = {"starts_on": date(2020, 1, 1), "ends_on": date(2020, 3, 31)}
    before = factories.make_period(programme, "B15", name="Triwulan V", position=5, **days)
    return {
        key: factories.make_target(item, period)
        for key, period in (("B15", before), ("B18", factories.make_period(programme)))
    }


@pytest.fixture
def budi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency())


@pytest.fixture
def dewi(app):
    return factories.make_person(Role.COORDINATOR, factories.make_agency("71.09", "Kabupaten Lain"), "Dewi")


def agency_of(person):
    return person.memberships[0].agency


def written(person, target, narrative: str, document=None):
    """A draft of the person's agency for the target."""
    obligation = factories.make_obligation(agency_of(person), target)
    with unit_of_work():
        submission = operations.start_submission(obligation=obligation, person=person, received_at=MORNING)
        entry = Entry(realised_value=Decimal(60), progress_percent=Decimal(90), narrative=narrative)
        operations.save_draft(submission=submission, entry=entry, revision=0, person=person, received_at=MORNING)
        if document:
            requirement = target.requirements[0]
            operations.attach(submission=submission, requirement_id=requirement.id, document=document, at=MORNING)
    db.session.expire_all()
    return submission


def sent(person, target, narrative: str, document=None):
    submission = written(person, target, narrative, document)
    with unit_of_work():
        operations.mark_ready(submission=submission, person=person, received_at=MORNING)
        file_submissions(
            agency=agency_of(person),
            period=target.period,
            submissions=[submission],
            person=person,
            received_at=MORNING,
        )
    db.session.expire_all()
    return submission


def page_of(client, submission, query: str = "") -> str:
    answer = client.get(f"/laporan/{submission.obligation_id}{query}")
    assert answer.status_code == 200
    assert faults(answer.text) == []
    return answer.text


def test_last_quarters_words_are_told_at_the_field_and_block_nothing(client, sign_in, budi, targets):
    sent(budi, targets["B15"], NARRATIVE)
    submission = written(budi, targets["B18"], NARRATIVE)
    sign_in(budi)
    assert f"Uraian ini {LAST_QUARTER}" in page_of(client, submission)
    assert operations.entry_of(submission).narrative == NARRATIVE


def test_words_that_differ_a_little_are_nearly_the_same_and_other_words_are_nothing(budi):
    changed = NARRATIVE.replace("karena", "sebab", 1).replace("agar", "supaya", 1)
    assert repeated_share(NARRATIVE, NARRATIVE) == 100
    assert 80 <= repeated_share(f"{changed} Selesai.", NARRATIVE) < 100
    assert repeated_share(" ".join(prose(2, 3)), NARRATIVE) is None


def test_what_was_just_copied_is_told_before_it_is_saved(client, sign_in, budi, targets):
    sent(budi, targets["B15"], NARRATIVE)
    submission = written(budi, targets["B18"], "")
    sign_in(budi)
    assert LAST_QUARTER in page_of(client, submission, "?salin=1")
    assert LAST_QUARTER not in page_of(client, submission)


def test_a_short_narrative_is_told_nothing(client, sign_in, budi, targets):
    short = "129 dari 200 permohonan selesai tepat waktu pada triwulan ini."
    sent(budi, targets["B15"], short)
    submission = written(budi, targets["B18"], short)
    sign_in(budi)
    assert "Uraian ini" not in page_of(client, submission)


def test_the_writer_learns_of_another_agency_and_not_of_which(client, sign_in, budi, dewi, targets):
    sent(budi, targets["B18"], NARRATIVE)
    submission = written(dewi, targets["B18"], NARRATIVE)
    sign_in(dewi)
    page = page_of(client, submission)
    assert ELSEWHERE in page
    assert not any(word in page for word in SECRET)


def test_a_draft_of_another_agency_is_not_told(client, sign_in, budi, dewi, targets):
    written(budi, targets["B18"], NARRATIVE)
    submission = written(dewi, targets["B18"], NARRATIVE)
    sign_in(dewi)
    assert ELSEWHERE not in page_of(client, submission)


def test_marking_ready_tells_it_once_more_and_goes_on(client, sign_in, budi, targets):
    document = people.make_document(agency_of(budi))
    sent(budi, targets["B15"], NARRATIVE)
    submission = written(budi, targets["B18"], NARRATIVE, document)
    sign_in(budi)
    values = {"revision": submission.revision, "kind": "achievement", "realised_value": "60", "progress_percent": "90"}
    answer = client.post(
        f"/laporan/{submission.obligation_id}",
        data=values | {"narrative": NARRATIVE, "do": "ready"},
        follow_redirects=True,
    )
    assert "Laporan 1-a siap dikirim." in answer.text
    assert LAST_QUARTER in answer.text


def test_saving_compares_nothing(client, sign_in, budi, targets, monkeypatch):
    submission = written(budi, targets["B18"], NARRATIVE)
    sign_in(budi)
    monkeypatch.setattr(prints, "similar", lambda *_, **__: pytest.fail("a save compares"))
    answer = client.post(
        f"/laporan/{submission.obligation_id}",
        data={"revision": submission.revision, "kind": "achievement", "narrative": f"{NARRATIVE} Baru."},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code == 200


def test_a_verifier_of_both_gets_the_way_to_both(client, sign_in, budi, dewi, targets):
    sent(budi, targets["B15"], NARRATIVE)
    first = sent(dewi, targets["B18"], NARRATIVE)
    second = sent(budi, targets["B18"], NARRATIVE)
    sign_in(people.make_citra(agency_of(budi), agency_of(dewi)))
    answer = client.get(f"/verifikasi/{second.id}")
    assert faults(answer.text) == []
    assert f'<a href="/verifikasi/{first.id}">Kabupaten Lain, 1-a (B18)</a>' in answer.text
    assert "triwulan lalu (B15)</a>" in answer.text
    assert f'href="/verifikasi/{second.id}">Kabupaten Temanggung' in client.get(f"/verifikasi/{first.id}").text


def test_a_verifier_of_one_learns_only_that_there_is_one(client, sign_in, budi, dewi, targets):
    sent(dewi, targets["B18"], NARRATIVE)
    submission = sent(budi, targets["B18"], NARRATIVE)
    sign_in(people.make_citra(agency_of(budi)))
    page = client.get(f"/verifikasi/{submission.id}").text
    assert "hampir sama dengan laporan instansi lain yang tidak ditugaskan kepada Anda" in page
    assert "Kabupaten Lain" not in page


@pytest.mark.parametrize("both", [True, False])
def test_the_verifier_of_either_sees_a_document_that_two_agencies_sent(client, sign_in, budi, dewi, targets, both):
    mine, theirs = (upload(agency_of(person), pdf(prose(5, 20)), "rahasia-budi.pdf") for person in (budi, dewi))
    first = sent(budi, targets["B18"], "Selesai.", mine)
    sent(dewi, targets["B18"], "Selesai.", theirs)
    with unit_of_work():
        db.session.add(DocumentLikeness(document_id=theirs.id, earlier_id=mine.id, share=100))
    sign_in(people.make_citra(agency_of(budi), *([agency_of(dewi)] if both else [])))
    page = client.get(f"/verifikasi/{first.id}").text
    assert "Isinya sama dengan dokumen yang juga dikirim" in page
    assert (f'<a href="/dokumen/{theirs.id}/pratinjau">Kabupaten Lain</a>' in page) is both
    assert ("Kabupaten Lain" in page) is both


def test_a_document_that_the_other_has_not_sent_is_not_told(client, sign_in, budi, dewi, targets):
    mine, theirs = (upload(agency_of(person), pdf(prose(5, 20))) for person in (budi, dewi))
    first = sent(budi, targets["B18"], "Selesai.", mine)
    written(dewi, targets["B18"], "Selesai.", theirs)
    with unit_of_work():
        db.session.add(DocumentLikeness(document_id=theirs.id, earlier_id=mine.id, share=100))
    sign_in(people.make_citra(agency_of(budi), agency_of(dewi)))
    assert "juga dikirim" not in client.get(f"/verifikasi/{first.id}").text


def test_the_verifiers_page_asks_as_often_for_many_as_for_one(client, sign_in, budi, dewi, targets):
    def asked(address: str) -> int:
        seen = []
        note = lambda *_: seen.append(1)  # noqa: E731
        event.listen(db.engines[None], "before_cursor_execute", note)
        assert client.get(address).status_code == 200
        event.remove(db.engines[None], "before_cursor_execute", note)
        return len(seen)

    sent(dewi, targets["B18"], NARRATIVE)
    submission = sent(budi, targets["B18"], NARRATIVE)
    sign_in(people.make_citra(agency_of(budi), agency_of(dewi)))
    few = asked(f"/verifikasi/{submission.id}")
    for number in range(4):
        agency = factories.make_agency(f"72.0{number}", f"Kabupaten Jauh {number}")
        sent(factories.make_person(Role.COORDINATOR, agency), targets["B18"], NARRATIVE)
    assert asked(f"/verifikasi/{submission.id}") <= few


def test_dewi_reads_nothing_of_budis_wherever_she_looks(client, sign_in, budi, dewi, targets):
    """The same file and the same words: page, part of a page, JSON, frozen version, receipt, public receipt, PDF."""
    words = [*prose(5, 20), "Kata sandi rahasia-budi."]
    upload(agency_of(budi), pdf(words), "rahasia-budi.pdf")
    theirs = upload(agency_of(budi), pdf(words, producer="lain"), "rahasia-budi-2.pdf")
    sent(budi, targets["B18"], f"{NARRATIVE} rahasia-budi", theirs)
    obligation = factories.make_obligation(agency_of(dewi), targets["B18"])
    sign_in(dewi)
    requirement = targets["B18"].requirements[0]
    place = f"/laporan/{obligation.id}/data-dukung/{requirement.id}"
    part = client.post(place, data={"berkas": (io.BytesIO(pdf(words)), "dewi.pdf")}, follow_redirects=True)
    assert part.status_code == 200
    values = {"revision": "0", "kind": "achievement", "realised_value": "60", "progress_percent": "90"}
    saved = client.post(
        f"/laporan/{obligation.id}", data=values | {"narrative": NARRATIVE}, headers={"Accept": "application/json"}
    )
    page = page_of(client, _submission(obligation))
    assert "Berkas yang sama persis sudah diunggah oleh instansi lain." in page
    assert ELSEWHERE in page
    ready = client.post(
        f"/laporan/{obligation.id}",
        data=values | {"revision": saved.json["revision"], "narrative": NARRATIVE, "do": "ready"},
        follow_redirects=True,
    )
    client.post("/laporan-triwulan/B18/kirim", data={"submission": _submission(obligation).id})
    number = db.session.scalar(db.select(Filing.number).where(Filing.agency_id == agency_of(dewi).id))
    answers = [part.text, json.dumps(saved.json), page, ready.text, client.get("/dokumen").text]
    answers += [client.get(f"/laporan-triwulan/tanda-terima/{number}").text, client.get(f"/tanda-terima/{number}").text]
    answers.append(_words_of(client.get(f"/laporan-triwulan/tanda-terima/{number}.pdf").data))
    answers.append(db.session.scalar(db.select(SubmissionVersion.content).join(Filing).where(Filing.number == number)))
    assert [word for answer in answers for word in SECRET if word in answer] == []


def _submission(obligation):
    db.session.expire_all()
    return db.session.get_one(type(obligation), obligation.id).submission


def _words_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def test_what_was_sent_before_prints_were_kept_is_remembered_little_by_little(budi, dewi, targets, monkeypatch):
    monkeypatch.setattr(remembering, "NARRATIVES_AT_ONCE", 2)
    for person, target in ((budi, "B15"), (budi, "B18"), (dewi, "B18")):
        sent(person, targets[target], NARRATIVE)
    with unit_of_work():
        for owner_id in db.session.scalars(db.select(TextPrint.owner_id)).all():
            prints.forget(kind=prints.SUBMISSION, owner_id=owner_id)
    assert [remembering.remember_old_narratives() for _ in range(3)] == [2, 1, 0]
