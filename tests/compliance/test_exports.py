"""Files made in the background: asked for, watched, cancelled, taken by who asked, and gone after their days."""

import io
import zipfile
from datetime import date, timedelta

import pikepdf
import pytest
from openpyxl import load_workbook

from stranas.accounts.models import Membership, Role
from stranas.catalogue.models import Period
from stranas.compliance import operations
from stranas.compliance.exports import Slice, kind_named, kinds, profiles
from stranas.compliance.formats import Format
from stranas.compliance.models import Export, ExportState
from stranas.compliance.operations import exports as building
from stranas.evidence.models import Document
from stranas.reporting.models import Obligation
from stranas.system import background, clock
from stranas.system.db import db
from stranas.system.models import AuditEntry, OutboxMessage, StoredFile
from stranas.system.storage import storage
from tests.compliance.country import NOW, settle
from tests.compliance.formats import pdf_text
from tests.compliance.released import agency
from tests.factories import make_person
from tests.pages import faults
from tests.release.people import release

CUTOFF = NOW - timedelta(hours=1)
EVERYTHING = Slice("stranas-2019-2020", "B15", CUTOFF)
ADDRESS = "triwulan=B15&keadaan=2020-07-13T01:00:00%2B00:00"
DAY = timedelta(days=1)


@pytest.fixture
def country(app, monkeypatch):
    """Every report is large here, and a file is a word; real ones are tested with their builders."""
    monkeypatch.setattr(kinds, "AT_ONCE", 5)
    with clock.at(NOW):
        yield settle(agencies=12)


@pytest.fixture
def ani(country):
    return make_person(Role.SECRETARIAT, name="Ani")


@pytest.fixture
def quick(monkeypatch):
    """Builders that say how far they are, and write one word."""

    def write(format, document, to, progress):
        for done in (1, 2, 3):
            progress(done, 3)
        to.write_text(f"{format.value} {len(document.agencies.rows)} {document.agencies.columns[-1].key}")

    monkeypatch.setattr(Format, "write", write)


@pytest.fixture
def waiting(monkeypatch):
    """Nothing is built before the test says so."""
    monkeypatch.setattr(background, "defer", lambda *_, **__: None)


def the_export() -> Export:
    db.session.rollback()
    return db.session.scalars(db.select(Export).execution_options(populate_existing=True)).unique().one()


def ask(person, *, kind: str = "report-pdf", asked: Slice = EVERYTHING) -> Export:
    operations.ask_export(kind=kind_named(kind), parameters=asked.parameters, person=person)
    db.session.commit()
    return the_export()


def content(export: Export) -> bytes:
    with storage().open(export.file.storage_key) as stream:
        return stream.read()


def actions(*names: str) -> list[tuple[str, str]]:
    rows = db.session.scalars(db.select(AuditEntry).where(AuditEntry.action.in_(names)).order_by(AuditEntry.id))
    return [(row.action, row.actor_name) for row in rows]


def test_a_large_report_is_made_in_the_background_and_taken_later(country, client, sign_in):
    sign_in(make_person(Role.SECRETARIAT, name="Ani"))
    answer = client.get(f"/kepatuhan.xlsx?{ADDRESS}")
    export = the_export()
    assert (answer.status_code, answer.location) == (303, f"/kepatuhan/unduhan#unduhan-{export.id}")
    taken = client.get(f"/kepatuhan/unduhan/{export.id}/berkas")
    assert taken.headers["Content-Disposition"] == "attachment; filename=kepatuhan-B15-20200713-0800.xlsx"
    assert load_workbook(io.BytesIO(taken.data))["Instansi"].max_row > 12
    assert actions("ask_export", "take_export") == [("ask_export", "Ani"), ("take_export", "Ani")]


@pytest.mark.parametrize("word", ["xlsx", "pdf"])
def test_a_semester_of_many_agencies_is_made_in_the_background_for_national_readers(
    country, client, sign_in, quick, word
):
    country.starts_on, country.ends_on = date(2020, 4, 1), date(2020, 6, 30)  # the last quarter of its half
    db.session.commit()
    sign_in(make_person(Role.NATIONAL_TEAM, name="Tim"))
    assert client.get(f"/kepatuhan/semester.{word}?semester=2020-1").status_code == 303
    export = the_export()
    assert (export.kind, export.state, export.title[:16]) == (f"semester-{word}", ExportState.READY, "Laporan semester")
    assert content(export).decode().split()[:2] == [word, "12"]
    assert client.get(f"/kepatuhan/unduhan/{export.id}/berkas").headers["Content-Disposition"].endswith(word)
    assert "2020-1. Keadaan" in client.get("/kepatuhan/unduhan").text
    budi = make_person(Role.COORDINATOR, agency("11.01"))
    with pytest.raises(PermissionError):
        kind_named(export.kind).prepare(export.parameters, budi)


def test_a_semester_is_not_asked_for_beside_a_list_of_quarters(ani, client, sign_in, quick):
    sign_in(ani)
    assert "Laporan semester" not in client.get("/kepatuhan/unduhan").text.split("<main")[1]
    form = {"jenis": "semester-pdf", "triwulan": "B15"}
    assert client.post("/kepatuhan/unduhan", data=form).status_code == 409


@pytest.mark.parametrize("word", ["csv", "json"])
def test_small_formats_are_answered_at_once_however_many_agencies(country, client, sign_in, word):
    sign_in(make_person(Role.SECRETARIAT))
    assert client.get(f"/kepatuhan.{word}?{ADDRESS}").status_code == 200


def test_a_small_slice_is_answered_at_once(country, client, sign_in, quick):
    sign_in(make_person(Role.COORDINATOR, agency("11.01")))
    assert client.get(f"/kepatuhan.xlsx?{ADDRESS}").status_code == 200
    assert db.session.scalars(db.select(Export)).all() == []


def test_asking_twice_for_the_same_gives_one_file(ani, client, sign_in, quick):
    sign_in(ani)
    first = client.get(f"/kepatuhan.pdf?{ADDRESS}").location
    assert client.get(f"/kepatuhan.pdf?{ADDRESS}").location == first
    the_export()


def test_the_page_tells_how_far_a_file_is_and_asks_again(ani, client, sign_in, waiting):
    export = ask(ani)
    sign_in(ani)
    assert "Menunggu giliran" in client.get("/kepatuhan/unduhan").text
    attempt = building._claim(export.id)
    building._say(export.id, attempt, done=12, total=23)
    page = client.get("/kepatuhan/unduhan").text
    assert '<progress max="23" value="12"' in page
    assert "12 dari 23 bagian" in page
    part = client.get(f"/kepatuhan/unduhan/{export.id}", headers={"HX-Request": "true"}).text
    assert 'hx-trigger="every 2s"' in part
    assert client.get(f"/kepatuhan/unduhan/{export.id}").status_code == 302
    assert faults(page) == []


def test_a_ready_file_says_until_when_it_is_kept(ani, client, sign_in, quick):
    export = ask(ani)
    sign_in(ani)
    page = client.get("/kepatuhan/unduhan").text
    assert "1 berkas siap diunduh" in page
    assert "disimpan sampai 20 Juli 2020 pukul 09.00" in page
    assert "hx-get" not in page
    assert content(export) == b"pdf 12 class"
    assert (export.done, export.total) in {(0, 0), (3, 3)}
    assert faults(page) == []


def test_progress_is_written_about_once_a_second(ani, waiting, monkeypatch):
    export, said, ticks = ask(ani), [], iter([10.0, 10.2, 10.9, 11.1, 11.2, 12.5])
    attempt = building._claim(export.id)
    monkeypatch.setattr(building, "_say", lambda *_, **how_far: said.append(how_far["done"]))
    monkeypatch.setattr(building.time, "monotonic", lambda: next(ticks))
    tell = building._teller(export.id, attempt)
    for done in range(1, 7):
        tell(done, 6)
    assert said == [1, 4, 6]


def test_a_cancelled_file_stops_its_builder_and_leaves_nothing(ani, waiting, monkeypatch):
    export = ask(ani)
    before = set(storage().keys())
    monkeypatch.setattr(building, "SECONDS_BETWEEN_WORDS", 0.0)
    reached = []

    def write(format, document, to, progress):
        progress(1, 9)
        with clock.at(NOW):
            assert operations.cancel_export(export=export)
            db.session.commit()
        reached.append("before")
        progress(2, 9)
        reached.append("after")

    monkeypatch.setattr(Format, "write", write)
    operations.build_export(export_id=export.id)
    assert reached == ["before"]
    assert (the_export().state, the_export().file_id) == (ExportState.CANCELLED, None)
    assert set(storage().keys()) == before


def test_a_cancel_at_the_very_end_counts_and_the_file_is_cleared_away(ani, waiting, quick):
    export = ask(ani)
    attempt = building._claim(export.id)
    operations.cancel_export(export=export)
    db.session.commit()
    stored = storage().put(io.BytesIO(b"too late"))
    building._record(export.id, attempt, "x.pdf", [], stored)
    assert the_export().state is ExportState.CANCELLED
    assert operations.expire() == 1
    assert the_export().file_id is None
    assert stored.key not in set(storage().keys())


def test_cancelling_what_is_over_is_a_sentence(ani, client, sign_in, quick):
    export = ask(ani)
    sign_in(ani)
    assert client.post(f"/kepatuhan/unduhan/{export.id}/batalkan").status_code == 409
    assert the_export().state is ExportState.READY


def test_the_button_cancels(ani, client, sign_in, waiting):
    export = ask(ani)
    sign_in(ani)
    assert client.post(f"/kepatuhan/unduhan/{export.id}/batalkan").status_code == 303
    assert the_export().state is ExportState.CANCELLED
    assert actions("cancel_export") == [("cancel_export", "Ani")]


def test_two_workers_build_one_file_and_two_files_wait_for_each_other(ani, waiting):
    first = ask(ani)
    second = Export(
        person_id=ani.id, kind="report-xlsx", parameters=EVERYTHING.parameters, title="Excel", asked_at=clock.now()
    )
    db.session.add(second)
    db.session.commit()
    assert building._claim(first.id) == 1
    assert building._claim(first.id) is None
    assert building._claim(second.id) is None


def test_what_a_dead_worker_left_is_built_again_and_its_ghost_cannot_finish(ani, waiting, quick):
    export = ask(ani)
    ghost = building._claim(export.id)
    assert operations.take_up() == 0
    export = the_export()
    export.beat_at = clock.wall() - building.LOST_AFTER - timedelta(seconds=1)
    db.session.commit()
    assert operations.take_up() == 1
    with pytest.raises(building.Stopped):
        building._say(export.id, ghost)
    operations.build_export(export_id=export.id)
    assert (the_export().state, the_export().attempts) == (ExportState.READY, 2)


def test_a_builder_that_breaks_is_tried_three_times_and_then_says_so(ani, waiting, monkeypatch, caplog):
    export = ask(ani)
    monkeypatch.setattr(Format, "write", lambda *_: 1 / 0)
    for _ in range(4):
        operations.build_export(export_id=export.id)
    export = the_export()
    assert (export.state, export.attempts) == (ExportState.FAILED, 3)
    assert "Minta sekali lagi" in export.failure


def test_rights_are_asked_when_it_is_built(ani, waiting, quick):
    export = ask(ani)
    db.session.execute(db.delete(Membership).where(Membership.user_id == ani.id))
    db.session.commit()
    operations.build_export(export_id=export.id)
    assert (the_export().state, the_export().failure) == (ExportState.FAILED, building.NOT_ALLOWED)


def test_a_slice_that_is_not_seen_any_more_says_so(country, waiting, quick):
    budi = make_person(Role.COORDINATOR, agency("11.01"))
    export = ask(budi, asked=Slice("stranas-2019-2020", "B15", CUTOFF, agency="12.01"))
    operations.build_export(export_id=export.id)
    assert the_export().failure == building.NOT_THERE


def test_a_coordinator_gets_the_own_figures_without_classes(country, quick):
    export = ask(make_person(Role.COORDINATOR, agency("11.01")))
    assert content(export) == b"pdf 1 first_pass"


def test_rights_are_asked_when_it_is_taken(ani, client, sign_in, quick):
    export = ask(ani)
    membership = db.session.scalars(db.select(Membership).where(Membership.user_id == ani.id)).one()
    membership.role, membership.agency_id = Role.COORDINATOR, agency("11.01").id
    db.session.commit()
    sign_in(ani)
    assert client.get(f"/kepatuhan/unduhan/{export.id}/berkas").status_code == 409
    assert "wewenang yang tidak lagi Anda pegang" in client.get("/kepatuhan/unduhan").text
    assert actions("take_export") == []


def test_nobody_else_finds_it(ani, client, sign_in, quick):
    export = ask(ani)
    sign_in(make_person(Role.SECRETARIAT, name="Rekan"))
    for address in (f"/kepatuhan/unduhan/{export.id}", f"/kepatuhan/unduhan/{export.id}/berkas"):
        assert client.get(address).status_code == 404
    assert "Belum ada berkas" in client.get("/kepatuhan/unduhan").text


def test_a_file_past_its_days_goes_and_the_row_says_so(ani, client, sign_in, quick):
    export = ask(ani)
    key = export.file.storage_key
    with clock.at(NOW + 7 * DAY - timedelta(seconds=1)):
        assert operations.expire() == 0
    with clock.at(NOW + 7 * DAY):
        assert operations.expire() == 1
        sign_in(ani)
        assert "Kedaluwarsa" in client.get("/kepatuhan/unduhan").text
        assert client.get(f"/kepatuhan/unduhan/{export.id}/berkas").status_code == 409
    assert (the_export().state, the_export().file_id) == (ExportState.EXPIRED, None)
    assert key not in set(storage().keys())
    assert db.session.scalars(db.select(StoredFile)).all() == []


def test_bytes_that_an_officer_uploaded_too_stay(ani, quick):
    export = ask(ani)
    document = Document(
        agency_id=agency("11.01").id, name="laporan.pdf", file_id=export.file_id, media_type="x/y", uploaded_at=NOW
    )
    db.session.add(document)
    db.session.commit()
    with clock.at(NOW + 8 * DAY):
        assert operations.expire() == 0
    assert the_export().state is ExportState.EXPIRED
    assert db.session.get_one(Document, document.id).file.storage_key in set(storage().keys())


@pytest.mark.parametrize(("seconds", "count"), [(59, 0), (60, 1)])
def test_a_mail_tells_of_a_file_that_took_a_minute(ani, waiting, quick, seconds, count):
    export = ask(ani)
    with clock.at(NOW + timedelta(seconds=seconds)):
        operations.build_export(export_id=export.id)
    letters = db.session.scalars(db.select(OutboxMessage)).all()
    assert len(letters) == count
    for letter in letters:
        assert letter.subject == "Berkas siap diunduh: Laporan kepatuhan, PDF"
        assert "/kepatuhan/unduhan" in letter.body_text


def test_one_person_has_few_files_waiting(ani, waiting, client, sign_in):
    sign_in(ani)
    addresses = [f"/kepatuhan.pdf?triwulan=B15&keadaan=2020-07-12T0{n}:00:00%2B00:00" for n in range(10)]
    assert [client.get(address).status_code for address in addresses] == [303] * 10
    assert client.get(f"/kepatuhan.pdf?{ADDRESS}").status_code == 409


# Files of many agencies, with their real builders.

ACEH = Slice("stranas-2019-2020", "B15", CUTOFF, province="11")


@pytest.fixture
def in_aceh(ani):
    """The agencies of the slice, by code."""
    seen = ACEH.snapshot(ani)
    return {row.agency.code: row.agency.name for row in seen.agencies}


def test_profiles_in_an_archive_are_one_file_for_each_agency(ani, in_aceh):
    export = ask(ani, kind="profiles-zip", asked=ACEH)
    assert export.name == "profil-capaian-B15-20200713-0800.zip"
    with zipfile.ZipFile(io.BytesIO(content(export))) as archive:
        files = {name.split("-")[0]: archive.read(name) for name in archive.namelist()}
        assert "11.01-kabupaten-percontohan-aceh-1.pdf" in archive.namelist()
    assert set(files) == set(in_aceh)
    for code, file in files.items():
        assert in_aceh[code] in pdf_text(file)


def test_a_place_is_that_in_the_country_however_few_agencies_are_in_the_file(ani, in_aceh):
    """Also in a file that a province makes of its own region, once the results are released."""
    gita = make_person(Role.COORDINATOR, agency("11"), name="Gita")
    of_all = {one.code: one.standings for one in profiles.of(EVERYTHING, ani).each()}
    assert profiles.of(EVERYTHING, gita).country is None
    release(db.session.scalars(db.select(Period)).one(), at=CUTOFF - DAY)
    for asked, reader in ((ACEH, ani), (EVERYTHING, gita)):
        made = {one.code: one.standings for one in profiles.of(asked, reader).each()}
        assert set(made) == set(in_aceh)
        assert made == {code: of_all[code] for code in made}


def test_before_the_release_a_province_learns_of_no_return_elsewhere(ani, in_aceh):
    """Neither of an agency that owes nothing any more, whose figures hide nothing."""
    gita = make_person(Role.COORDINATOR, agency("11"), name="Gita")
    own = agency("11").id
    db.session.execute(db.update(Obligation).where(Obligation.agency_id != own).values(in_force_until=CUTOFF - DAY))
    db.session.commit()
    assert set(profiles.of(EVERYTHING, gita).reasons) <= {own}
    release(db.session.scalars(db.select(Period)).one(), at=CUTOFF - DAY)
    assert set(profiles.of(EVERYTHING, gita).reasons) - {own}


def test_profiles_in_one_pdf_have_a_bookmark_for_each_agency(ani, in_aceh, monkeypatch):
    monkeypatch.setattr(profiles, "STEP", 2)
    export = ask(ani, kind="profiles-pdf", asked=ACEH)
    with pikepdf.open(io.BytesIO(content(export))) as pdf, pdf.open_outline() as outline:
        marks = {mark.title: pdf.pages.index(pikepdf.Page(mark.destination[0])) for mark in outline.root}
        assert len(pdf.pages) == 2 * len(in_aceh)
    assert marks == {name: 2 * place for place, name in enumerate(in_aceh.values())}


def test_the_workbook_holds_what_its_reader_sees(in_aceh):
    asked = Slice("stranas-2019-2020", "B15", CUTOFF)
    export = ask(make_person(Role.COORDINATOR, agency("11")), kind="workbook", asked=asked)
    rows = load_workbook(io.BytesIO(content(export)))["Rincian"].iter_rows(min_row=2, values_only=True)
    codes = {row[0] for row in rows}
    assert codes <= set(in_aceh)
    assert len(codes) > 1


def test_the_page_asks_for_the_cutoff_that_its_reader_came_with(ani, client, sign_in, waiting):
    """Nothing is fixed where he was shown the latest figures: then it is that of the moment he asks."""
    sign_in(ani)
    fixed = 'name="keadaan" value="2020-07-13T01:00:00+00:00"'
    assert fixed in client.get(f"/kepatuhan/unduhan?{ADDRESS}").text
    assert 'name="keadaan"' not in client.get("/kepatuhan/unduhan?triwulan=B15").text


def test_any_kind_is_asked_for_from_the_page(ani, client, sign_in, quick):
    sign_in(ani)
    form = {"jenis": "report-xlsx", "triwulan": "B15", "provinsi": "11"}
    assert client.post("/kepatuhan/unduhan", data=form).status_code == 303
    assert the_export().parameters["province"] == "11"
    assert client.post("/kepatuhan/unduhan", data=form | {"jenis": "lain"}).status_code == 409
    assert client.post("/kepatuhan/unduhan", data=form | {"provinsi": "99"}).status_code == 404
