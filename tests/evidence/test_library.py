"""The library: what is found, by what, by whom, and in how many questions."""

from datetime import date, timedelta

import pytest
from sqlalchemy import event

from stranas.accounts.models import Role
from stranas.agencies.models import AgencyLevel
from stranas.catalogue.models import DocumentKind, Period, Programme
from stranas.evidence.models import CheckRun, Finding
from stranas.evidence.rules import CheckState, Publicity, Severity, excerpt, search_words
from stranas.reporting.models import Obligation
from stranas.system import clock
from stranas.system.db import db, unit_of_work
from tests import factories
from tests.evidence import samples
from tests.evidence.shelf_of import AT, draft_with, make_obligation, put, revise, say
from tests.pages import faults
from tests.verification import people


@pytest.fixture
def temanggung(app):
    return factories.make_agency()


@pytest.fixture
def budi(temanggung, sign_in):
    person = factories.make_person(Role.COORDINATOR, temanggung)
    sign_in(person)
    return person


def names(page: str) -> list[str]:
    """The documents that a page lists, in its order."""
    return [part.partition("<")[0].rpartition(">")[2] for part in page.split('class="nama-berkas"><a ')[1:]]


def listed(client, query: str = "") -> list[str]:
    answer = client.get(f"/dokumen{query}")
    assert answer.status_code == 200
    assert faults(answer.text) == [], query
    return [name for name in names(answer.text) if name]


FACTS = {"number": "700/123/2020", "signatory": "Kepala DPMPTSP", "description": "Rekap izin lokasi"}


@pytest.mark.parametrize("word", ["REKAP-OSS", "700/123", "kepala dpmptsp", "izin lokasi", "terlambat"])
def test_a_document_is_found_by_name_number_signatory_description_and_its_words(client, budi, temanggung, word):
    say(put(temanggung, samples.pdf(), "rekap-oss.pdf", **FACTS), "Permohonan yang TERLAMBAT diselesaikan")
    put(temanggung, samples.text(), "lain.txt")
    assert listed(client, f"?cari={word}") == ["rekap-oss.pdf"]


def test_every_word_must_be_found_somewhere(client, budi, temanggung):
    say(put(temanggung, samples.pdf(), "rekap-oss.pdf"), "Permohonan yang terlambat")
    assert listed(client, "?cari=oss+terlambat") == ["rekap-oss.pdf"]
    assert listed(client, "?cari=oss+selesai") == []
    assert listed(client, '?cari="yang+terlambat"') == ["rekap-oss.pdf"]
    assert listed(client, '?cari="terlambat+yang"') == []


def test_signs_of_a_pattern_are_only_signs(client, budi, temanggung):
    say(put(temanggung, samples.pdf(), "rekap.pdf"), "tercapai 90% dari target_a")
    assert listed(client, "?cari=90%25") == ["rekap.pdf"]
    assert listed(client, "?cari=9%250") == []
    assert listed(client, "?cari=target_a") == ["rekap.pdf"]
    assert listed(client, "?cari=target_b") == []


def test_the_page_shows_where_the_file_says_it_and_only_then(client, budi, temanggung):
    words = "Dari 200 permohonan\nada 12 yang terlambat diselesaikan dinas"
    say(put(temanggung, samples.pdf(), "rekap-oss.pdf"), words)
    page = client.get("/dokumen?cari=terlambat").text
    assert "Dalam isi: …Dari 200 permohonan ada 12 yang <mark>terlambat</mark> diselesaikan" in page
    assert "Dalam isi" not in client.get("/dokumen?cari=oss").text


def test_words_of_a_file_are_never_markup(client, budi, temanggung):
    say(put(temanggung, samples.pdf(), "rekap.pdf"), "<script>alert(1)</script> terlambat")
    assert "<script>alert" not in client.get("/dokumen?cari=terlambat").text


def test_dewi_finds_nothing_of_budis(client, budi, temanggung, sign_in):
    say(put(temanggung, samples.pdf(), "rekap-oss.pdf", **FACTS), "terlambat")
    sign_in(factories.make_person(Role.COORDINATOR, factories.make_agency("71.09", "Kabupaten Lain"), "Dewi"))
    for query in ("", "?cari=oss", "?cari=terlambat", "?instansi=temanggung", "?cari=terlambat&instansi=temanggung"):
        assert listed(client, query) == []


def judged(document, severity: Severity) -> None:
    with unit_of_work():
        run = CheckRun(
            document_id=document.id,
            claim="data",
            claimed_kind="data",
            state=CheckState.DONE,
            queued_at=clock.wall(),
            findings=[Finding(position=1, code="x", severity=severity, message="Pesan", repair="Perbaiki")],
        )
        db.session.add(run)


@pytest.fixture
def shelf(temanggung):
    """Four documents that differ in everything that is filtered by."""
    plan = put(temanggung, b"1", "rencana.pdf", kind=DocumentKind.PLAN, publicity=Publicity.PUBLIC)
    data = put(temanggung, b"2", "data.xlsx", kind=DocumentKind.DATA, publicity=Publicity.PROPOSED_EXEMPT)
    put(temanggung, b"3", "tanpa-jenis.pdf")
    letter = put(temanggung, b"4", "surat.pdf", kind=DocumentKind.LETTER)
    judged(data, Severity.MUST_FIX)
    judged(plan, Severity.EXPLAIN)
    judged(letter, Severity.INFO)
    draft_with(make_obligation(temanggung), data)
    return temanggung


ALL = {"rencana.pdf", "data.xlsx", "tanpa-jenis.pdf", "surat.pdf"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("jenis=rencana", {"rencana.pdf"}),
        ("jenis=kosong", {"tanpa-jenis.pdf"}),
        ("kelas=public", {"rencana.pdf"}),
        ("kelas=proposed_exempt", {"data.xlsx"}),
        ("pakai=dipakai", {"data.xlsx"}),
        ("pakai=bebas", {"rencana.pdf", "tanpa-jenis.pdf", "surat.pdf"}),
        ("triwulan=B18", {"data.xlsx"}),
        ("catatan=perbaiki", {"data.xlsx"}),
        ("catatan=jelaskan", {"rencana.pdf"}),
        ("catatan=bersih", {"tanpa-jenis.pdf", "surat.pdf"}),
        ("jenis=data&pakai=bebas", set()),
        (
            "jenis=apa&kelas=apa&catatan=apa&pakai=apa&triwulan=apa",
            ALL,
        ),
    ],
)
def test_filters(client, budi, shelf, query, found):
    assert set(listed(client, f"?{query}")) == found


def test_filters_stay_in_the_address_of_the_next_page(client, budi, temanggung):
    for number in range(27):
        put(temanggung, str(number).encode(), f"berkas-{number:02}.txt", kind=DocumentKind.DATA)
    page = client.get("/dokumen?jenis=data&cari=berkas").text
    assert 'href="/dokumen?cari=berkas&amp;jenis=data&amp;halaman=2"' in page
    assert len(listed(client, "?jenis=data&cari=berkas&halaman=2")) == 2
    assert len(listed(client, "?jenis=data&halaman=99")) == 2, "beyond the end: the last page"


def test_only_the_newest_revision_is_listed(client, budi, temanggung):
    first = put(temanggung, b"1", "laporan.pdf")
    revise(first, b"2")
    assert listed(client) == ["laporan-perbaikan.pdf"]
    assert "revisi 2" in client.get("/dokumen").text


def test_a_document_is_used_by_whatever_revision(client, budi, temanggung):
    first = put(temanggung, b"1", "laporan.pdf")
    draft_with(make_obligation(temanggung), first)
    revise(first, b"2")
    assert listed(client, "?pakai=dipakai") == ["laporan-perbaikan.pdf"]
    assert "B18, 1-a" in client.get("/dokumen").text


@pytest.fixture
def province(app):
    """Jawa Tengah with Temanggung in it, whose report was sent with one document."""
    jateng = factories.make_agency("33", "Provinsi Jawa Tengah", AgencyLevel.PROVINCE)
    inside = factories.make_agency(province=jateng)
    obligation = make_obligation(inside)
    sent = put(inside, b"sent", "terkirim.pdf", at=AT - timedelta(days=1))
    people.file_for(obligation, document=sent)
    put(inside, b"draft", "konsep.pdf")
    return jateng, inside, sent


def test_a_provinces_coordinator_finds_what_was_sent_by_naming_the_agency(client, province, sign_in):
    jateng, _, _ = province
    put(jateng, b"own", "milik-provinsi.pdf")
    sign_in(factories.make_person(Role.COORDINATOR, jateng, "Retno"))
    assert listed(client) == ["milik-provinsi.pdf"]
    assert listed(client, "?instansi=temanggung") == ["terkirim.pdf"]
    assert listed(client, "?instansi=temanggung&cari=konsep") == []


NATIONAL = (Role.VERIFIER, Role.SECRETARIAT, Role.NATIONAL_TEAM, Role.OBSERVER)


@pytest.mark.parametrize(("role", "sees"), [(Role.COORDINATOR, False), *((role, True) for role in NATIONAL)])
def test_what_is_exempt_is_seen_outside_by_those_who_verify_only(client, province, sign_in, role, sees):
    jateng, inside, sent = province
    with unit_of_work():
        sent.publicity = Publicity.EXEMPT
    person = people.make_citra(inside) if role is Role.VERIFIER else None
    sign_in(person or factories.make_person(role, None if role.is_national else jateng, "Pembaca"))
    assert ("terkirim.pdf" in listed(client, "?instansi=temanggung")) is sees
    for place in ("", "/unduh", "/pratinjau", "/pengecekan?klaim=laporan"):
        status = client.get(f"/dokumen/{sent.id}{place}").status_code
        assert (status != 404) is sees or place.startswith("/pengecekan"), place


def test_the_report_names_what_is_exempt_without_a_way_in(client, province, sign_in):
    jateng, _, sent = province
    obligation_id = db.session.scalars(db.select(Obligation.id)).one()
    with unit_of_work():
        sent.publicity = Publicity.EXEMPT
    sign_in(factories.make_person(Role.COORDINATOR, jateng, "Retno"))
    page = client.get(f"/laporan/{obligation_id}").text
    assert "terkirim.pdf" in page
    assert f"/dokumen/{sent.id}" not in page
    sign_in(factories.make_person(Role.SECRETARIAT))
    assert "dikecualikan" not in client.get(f"/laporan/{obligation_id}").text


def test_a_newer_revision_that_was_not_sent_stays_the_agencys_own(client, province, sign_in):
    jateng, _, sent = province
    newer = revise(sent, b"newer")
    sign_in(factories.make_person(Role.COORDINATOR, jateng, "Retno"))
    assert listed(client, "?instansi=temanggung") == ["terkirim.pdf"]
    assert client.get(f"/dokumen/{newer.id}").status_code == 404
    page = client.get(f"/dokumen/{sent.id}").text
    assert "laporan-perbaikan" not in page


def test_others_learn_of_sent_reports_only(client, province, sign_in):
    """A document that was sent also lies in a draft: that draft, and what the checks say for it, is the agency's."""
    jateng, inside, sent = province
    other = make_obligation_in_same_period(inside, "7-a")
    draft_with(other, sent)
    with unit_of_work():
        db.session.add(
            CheckRun(
                document_id=sent.id,
                claim=f"laporan/{other.target_id}",
                claimed_kind="laporan",
                target_id=other.target_id,
                state=CheckState.DONE,
                queued_at=clock.wall(),
                findings=[Finding(position=1, code="x", severity=Severity.MUST_FIX, message="Pesan draf", repair="")],
            )
        )
    sign_in(factories.make_person(Role.COORDINATOR, inside, "Budi"))
    own = client.get(f"/dokumen/{sent.id}").text
    assert "B18, 7-a" in own
    assert "Pesan draf" in own
    for person in (factories.make_person(Role.COORDINATOR, jateng, "Retno"), factories.make_person(Role.SECRETARIAT)):
        sign_in(person)
        for page in (client.get(f"/dokumen/{sent.id}").text, client.get("/dokumen?instansi=temanggung").text):
            assert "7-a" not in page
            assert "Pesan draf" not in page
            assert "B18, 1-a" in page
        assert listed(client, "?instansi=temanggung&catatan=perbaiki") == []


def make_obligation_in_same_period(agency, key: str):
    period, programme = db.session.scalars(db.select(Period)).one(), db.session.scalars(db.select(Programme)).one()
    return factories.make_obligation(agency, factories.make_target(factories.make_item(programme, key), period))


def questions(client, address: str) -> int:
    count = 0

    def counted(*_):
        nonlocal count
        count += 1

    event.listen(db.engine, "before_cursor_execute", counted)
    try:
        assert client.get(address).status_code == 200
    finally:
        event.remove(db.engine, "before_cursor_execute", counted)
    return count


@pytest.mark.parametrize("query", ["", "?cari=berkas", "?cari=terlambat&catatan=bersih&pakai=bebas"])
def test_the_number_of_questions_does_not_grow_with_the_rows(client, budi, temanggung, query):
    say(put(temanggung, b"0", "berkas-0.txt"), "terlambat")
    client.get("/dokumen")
    few = questions(client, f"/dokumen{query}")
    for number in range(1, 20):
        say(put(temanggung, str(number).encode(), f"berkas-{number}.txt"), f"terlambat {number}")
    assert questions(client, f"/dokumen{query}") == few


def test_an_empty_library_says_what_to_do_next(client, budi):
    page = client.get("/dokumen").text
    assert "Belum ada dokumen" in page
    assert 'href="/dokumen/unggah"' in page


def test_words_sought():
    assert search_words("  oss   izin oss ") == ("oss", "izin")
    assert search_words("“surat  keputusan” 700/1") == ("surat keputusan", "700/1")
    assert len(search_words(" ".join(map(str, range(50))))) == 6
    assert search_words('"') == ()


def test_an_excerpt_is_one_line_of_whole_words():
    found = excerpt("awal " * 30 + "\nSurat\nKeputusan Bupati\n" + "akhir " * 30, ["surat keputusan"])
    assert found.found == "Surat Keputusan"
    assert found.before.startswith("awal")
    assert found.after.endswith("akhir")
    assert len(found.before) <= 60
    assert excerpt("tidak ada", ["bupati"]) is None


def test_the_detail_page_says_what_stands_on_the_paper(client, budi, temanggung):
    known = FACTS | {"kind": DocumentKind.REPORT, "dated_on": date(2020, 5, 4)}
    document = put(temanggung, samples.pdf(), "laporan.pdf", **known)
    page = client.get(f"/dokumen/{document.id}").text
    assert faults(page) == []
    for words in ("Laporan", "700/123/2020", "4 Mei 2020", "Kepala DPMPTSP", document.file.sha256, "Belum dipakai"):
        assert words in page
    assert client.get(f"/dokumen/{document.id}/pratinjau").status_code == 200
