"""The officer's way: home, form, evidence, filing, receipt; as Budi of Temanggung, with Dewi looking in."""

import io
import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pypdf
import pytest

from stranas.accounts.models import Role
from stranas.catalogue.models import DocumentKind
from stranas.reporting import operations
from stranas.reporting.models import Evidence, Filing, Submission
from stranas.reporting.rules import EventKind, Status
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.verification import people

MORNING = datetime(2020, 7, 13, 2, tzinfo=UTC)
CSV = b"izin,jumlah,selesai\n" + b"".join(b"IMB,%d,%d\n" % (n, n // 2) for n in range(9))
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
TYPED = {
    "revision": "0",
    "kind": "achievement",
    "realised_value": "1.064,50",
    "progress_percent": "90",
    "narrative": "Sebanyak 129 dari 200 permohonan selesai.",
    "constraint": "",
    "follow_up": "",
}


@pytest.fixture(autouse=True)
def _morning():
    with clock.at(MORNING):
        yield


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def obligation(temanggung):
    programme = factories.make_programme()
    target = factories.make_target(
        factories.make_item(programme), factories.make_period(programme), kinds=(DocumentKind.DATA,)
    )
    return factories.make_obligation(temanggung, target)


@pytest.fixture
def budi(temanggung, sign_in):
    person = factories.make_person(Role.COORDINATOR, temanggung)
    sign_in(person)
    return person


def requirement_of(obligation):
    return obligation.target.requirements[0]


def upload(client, obligation, content=CSV, name="rekap izin.csv"):
    return client.post(
        f"/laporan/{obligation.id}/data-dukung/{requirement_of(obligation).id}",
        data={"berkas": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
    )


def make_ready(client, obligation):
    upload(client, obligation)
    revision = str(db.session.scalar(db.select(Submission.revision)))
    return client.post(f"/laporan/{obligation.id}", data=TYPED | {"revision": revision, "do": "ready"})


def send(client, obligation):
    make_ready(client, obligation)
    submission = db.session.scalars(db.select(Submission)).unique().one()
    return client.post(f"/laporan-triwulan/{obligation.period.key}/kirim", data={"submission": submission.id})


def test_home_says_what_is_due_and_how_much_time_is_left(client, obligation, budi):
    page = client.get("/").text
    assert "1 hari 15 jam" in page
    assert "Selasa, 14 Juli 2020 pukul 23.59" in page
    assert obligation.text in page
    assert "Mulai mengisi" in page


@pytest.mark.parametrize(("role", "words"), [(Role.HUMAS, "Buka publikasi"), (Role.UNIT, "Permintaan data dukung")])
def test_home_says_what_a_reader_can_do_here(client, temanggung, sign_in, role, words):
    sign_in(factories.make_person(role, temanggung))
    assert words in client.get("/", follow_redirects=True).text


def test_the_form_shows_criteria_before_any_upload(client, obligation, budi):
    page = client.get(f"/laporan/{obligation.id}").text
    assert requirement_of(obligation).criterion in page
    assert "contoh" in page


def test_saving_keeps_indonesian_numbers(client, obligation, budi):
    assert client.post(f"/laporan/{obligation.id}", data=TYPED).status_code == 302
    assert obligation.submission.realised_value == Decimal("1064.5")
    assert 'value="1.064,5"' in client.get(f"/laporan/{obligation.id}").text


def test_a_wrong_number_is_named_and_the_other_words_are_kept(client, obligation, budi):
    answer = client.post(f"/laporan/{obligation.id}", data=TYPED | {"realised_value": "64.5x"})
    assert answer.status_code == 422
    assert "Tulis angka saja, dengan koma untuk desimal" in answer.text
    assert 'value="64.5x"' in answer.text
    assert obligation.submission.narrative == TYPED["narrative"]


def test_autosave_answers_with_the_next_revision(client, obligation, budi):
    answer = client.post(f"/laporan/{obligation.id}", data=TYPED, headers={"Accept": "application/json"})
    assert answer.json == {"revision": 1, "saved": "Draf tersimpan pukul 09.00\xa0WIB", "errors": {}}


def test_two_people_never_overwrite_each_other_silently(client, obligation, budi):
    client.post(f"/laporan/{obligation.id}", data=TYPED)
    answer = client.post(f"/laporan/{obligation.id}", data=TYPED | {"narrative": "Isi dari jendela lain"})
    assert answer.status_code == 409
    assert "Isi dari jendela lain" in answer.text
    assert TYPED["narrative"] in answer.text
    assert obligation.submission.narrative == TYPED["narrative"]


def test_after_comparing_the_own_version_can_be_saved(client, obligation, budi):
    client.post(f"/laporan/{obligation.id}", data=TYPED)
    mine = TYPED | {"narrative": "Isi yang sudah dibandingkan", "revision": "1"}
    assert client.post(f"/laporan/{obligation.id}", data=mine).status_code == 302
    assert obligation.submission.narrative == "Isi yang sudah dibandingkan"


def test_a_session_that_ended_loses_no_typed_word(client, obligation, budi):
    with client.session_transaction() as session:
        session.clear()
    answer = client.post(f"/laporan/{obligation.id}", data=TYPED)
    assert answer.status_code == 401
    assert TYPED["narrative"] in answer.text
    assert "Masuk kembali di tab baru" in answer.text


def test_an_upload_is_attached_and_checked(client, obligation, budi):
    assert upload(client, obligation).status_code == 302
    page = client.get(f"/laporan/{obligation.id}").text
    assert "rekap izin.csv" in page
    assert "Selesai dicek" in page
    assert "Belum lengkap" not in page


def test_an_empty_file_leaves_nothing_behind(client, obligation, budi):
    answer = upload(client, obligation, content=b"")
    assert answer.status_code == 422
    assert "Berkas kosong" in answer.text
    assert db.session.scalar(db.select(db.func.count(Evidence.id))) == 0


def test_a_file_of_the_wrong_kind_keeps_the_report_from_being_ready(client, obligation, budi):
    upload(client, obligation, content=b"ini hanya teks", name="rekap.xlsx")
    revision = str(obligation.submission.revision)
    answer = client.post(f"/laporan/{obligation.id}", data=TYPED | {"revision": revision, "do": "ready"})
    assert answer.status_code == 422
    assert "sebelum laporan siap dikirim" in answer.text
    assert obligation.submission.status is Status.DRAFT


def test_a_link_serves_as_evidence(client, obligation, budi):
    where = f"/laporan/{obligation.id}/data-dukung/{requirement_of(obligation).id}"
    client.post(where, data={"tautan": "https://data.temanggungkab.go.id/izin"})
    assert "data.temanggungkab.go.id" in client.get(f"/laporan/{obligation.id}").text


def test_one_document_serves_two_requirements(client, obligation, budi):
    upload(client, obligation)
    other = factories.make_requirement(obligation.target, position=2, kind=DocumentKind.DATA)
    document_id = db.session.scalar(db.select(Evidence.document_id))
    client.post(f"/laporan/{obligation.id}/data-dukung/{other.id}/pilih", data={"dokumen": document_id})
    assert db.session.scalars(db.select(Evidence.requirement_id)).all() == [requirement_of(obligation).id, other.id]


def test_filing_leads_to_a_receipt_with_hashes(client, obligation, budi):
    answer = send(client, obligation)
    assert answer.status_code == 302, answer.text
    page = client.get(answer.location).text
    version = db.session.scalars(db.select(Filing)).one().versions[0]
    evidence = json.loads(version.content)["evidence"][0]
    for words in ("B18-33.23-0001", "Senin, 13 Juli 2020 pukul 09.00.00", evidence["sha256"], "Tepat waktu"):
        assert words in page


def test_the_receipt_is_a_pdf_that_says_the_same(client, obligation, budi):
    page = send(client, obligation).location
    pdf = client.get(page + ".pdf")
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf.data)).pages)
    assert pdf.mimetype == "application/pdf"
    assert "B18-33.23-0001" in text
    assert "13 Juli 2020 pukul 09.00.00" in text.replace("\xa0", " ")


def test_the_quarter_prints_as_pdf(client, obligation, budi):
    send(client, obligation)
    pdf = client.get("/laporan-triwulan/B18/cetak")
    text = "".join(sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(pdf.data)).pages)
    assert "1 dari 1 kewajiban sudah dikirim" in text


def test_a_sent_report_shows_no_form(client, obligation, budi):
    send(client, obligation)
    page = client.get(f"/laporan/{obligation.id}").text
    assert "Simpan draf" not in page
    assert TYPED["narrative"] in page


def test_a_ready_report_can_be_opened_again(client, obligation, budi):
    make_ready(client, obligation)
    client.post(f"/laporan/{obligation.id}/buka")
    assert obligation.submission.status is Status.DRAFT


def test_a_report_that_was_sent_meanwhile_is_not_opened_again(client, obligation, budi):
    send(client, obligation)
    answer = client.post(f"/laporan/{obligation.id}/buka")
    assert answer.status_code == 409
    assert "Laporan ini sekarang berstatus terkirim" in answer.text
    assert obligation.submission.status is Status.SENT


def test_a_correction_after_due_says_why_it_is_on_time(client, obligation, budi):
    send(client, obligation)
    after = obligation.period.due_at + timedelta(days=1)
    with clock.at(after):
        operations.record_decision(
            submission=obligation.submission, outcome=EventKind.RETURNED, person=None, received_at=after
        )
        people.file_again(people.Filed(obligation, obligation.submission, 0), at=after)
        page = client.get("/laporan-triwulan/tanda-terima/B18-33.23-0002").text
    assert "Perbaikan, pertama dikirim tepat waktu" in page
    assert "Setelah batas waktu" not in page


def test_sending_after_due_is_possible_and_said(client, obligation, budi):
    with clock.at(obligation.period.due_at + timedelta(days=1)):
        page = client.get(send(client, obligation).location).text
    assert "Setelah batas waktu" in page


def test_sending_nothing_is_refused_with_a_sentence(client, obligation, budi):
    answer = client.post("/laporan-triwulan/B18/kirim", data={})
    assert answer.status_code == 409
    assert "Belum ada laporan yang dipilih" in answer.text


def test_dewi_sees_nothing_of_budis(client, obligation, budi, sign_in):
    number = send(client, obligation).location.rsplit("/", 1)[1]
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("33.24", "Kabupaten Kendal"), name="Dewi"))
    foreign = (
        f"/laporan/{obligation.id}",
        f"/laporan-triwulan/tanda-terima/{number}",
        f"/laporan-triwulan/tanda-terima/{number}.pdf",
    )
    assert [client.get(path).status_code for path in foreign] == [404, 404, 404]
    assert client.post(f"/laporan/{obligation.id}", data=TYPED).status_code == 404
    assert upload(client, obligation).status_code == 404


def test_a_province_reads_its_regencies_but_writes_nothing(client, obligation, budi, sign_in, temanggung):
    from stranas.agencies.models import AgencyLevel

    jateng = factories.make_agency("33", "Provinsi Jawa Tengah", level=AgencyLevel.PROVINCE)
    temanggung.province_id = jateng.id
    db.session.commit()
    sign_in(factories.make_person(Role.COORDINATOR, jateng, name="Eka"))
    page = client.get(f"/laporan/{obligation.id}")
    assert page.status_code == 200
    assert "Simpan draf" not in page.text
    assert client.post(f"/laporan/{obligation.id}", data=TYPED).status_code == 404


def test_a_draft_is_read_by_the_own_agency_only(client, obligation, budi, sign_in):
    client.post(f"/laporan/{obligation.id}", data=TYPED)
    secretariat = factories.make_person(Role.SECRETARIAT, name="Ani")
    sign_in(secretariat)
    assert client.get(f"/laporan/{obligation.id}").status_code == 404
    sign_in(budi)
    send(client, obligation)
    sign_in(secretariat)
    assert TYPED["narrative"] in client.get(f"/laporan/{obligation.id}").text


def test_copying_last_quarter_fills_only_empty_fields(client, obligation, budi):
    programme = obligation.period.programme
    earlier = factories.make_period(programme, key="B15", position=5, name="Triwulan V")
    before = factories.make_obligation(obligation.agency, factories.make_target(obligation.item, earlier))
    db.session.add(
        Submission(
            obligation_id=before.id,
            status=Status.VERIFIED,
            narrative="Uraian triwulan lalu",
            constraint="Kendala triwulan lalu",
        )
    )
    db.session.commit()
    client.post(f"/laporan/{obligation.id}", data=TYPED)
    page = client.get(f"/laporan/{obligation.id}?salin=1").text
    assert f">\r\n{TYPED['narrative']}</textarea>" in page
    assert ">\r\nKendala triwulan lalu</textarea>" in page


WAITING = {
    "kind": "waiting",
    "beside_reason": "Persetujuan Gubernur belum keluar.",
    "waiting_for": "Gubernur Jawa Tengah",
    "waiting_letter": "061/1427",
    "waiting_since": "2020-06-22",
    "review_on": "2020-07-20",
}


@pytest.mark.parametrize("kind", ["waiting", "not_competent"])
def test_what_another_must_prove_needs_its_letter(client, obligation, budi, kind):
    typed = TYPED | WAITING | {"kind": kind, "do": "ready"}
    answer = client.post(f"/laporan/{obligation.id}", data=typed)
    assert answer.status_code == 422
    assert '<a href="#dasar">' in answer.text
    assert "Dasar: surat atau keputusan" in answer.text
    upload(client, obligation, content=PDF, name="surat-permintaan.pdf")
    client.post(f"/laporan/{obligation.id}", data=typed | {"revision": "1"})
    assert obligation.submission.status is Status.READY


def test_nihil_needs_its_reason_only(client, obligation, budi):
    client.post(f"/laporan/{obligation.id}", data=TYPED | {"kind": "nil", "beside_reason": "Tidak ada.", "do": "ready"})
    assert obligation.submission.status is Status.READY


def test_the_letter_is_filed_where_a_letter_can_be(client, obligation, budi):
    second = factories.make_requirement(obligation.target, position=2, kind=DocumentKind.LETTER)
    client.post(f"/laporan/{obligation.id}", data=TYPED | WAITING)
    page = client.get(f"/laporan/{obligation.id}").text
    assert "Disimpan pada persyaratan 2" in page
    assert page.index(f'id="syarat-{second.id}"') < page.index(f'id="syarat-{requirement_of(obligation).id}"')
    assert "tidak wajib untuk keadaan ini" in page
