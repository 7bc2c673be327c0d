"""From a verified submission to a page that everybody reads and a kit that Humas downloads."""

import io
import re
import zipfile
from datetime import UTC, datetime

from playwright.sync_api import Page, expect

from stranas.compliance.formats import Format
from stranas.compliance.models import Edition
from stranas.compliance.operations import freeze_edition
from stranas.publication.operations.figures import publish_edition
from stranas.system.db import db, unit_of_work
from tests.compliance.released import write_quickly
from tests.conftest import make_app
from tests.e2e.test_release import ANI, B15, BUDI, TIRTO, pass_by

GALIH, HAPSARI = "galih@example.com", "hapsari@example.com"
MADE_WITHIN = 120_000  # milliseconds, for a kit on a busy machine
RELEASED = datetime(2020, 7, 13, 1, tzinfo=UTC)
CAPAIAN = re.compile(r"\d{1,3},\d\d")


def release_b15(site, demo_url) -> None:
    """The clarifications lie behind; the secretariat releases what was verified."""
    pass_by(demo_url, clarification_ends_at=datetime(2020, 6, 24, 17, tzinfo=UTC))
    ani = site.signed_in(ANI)
    ani.goto("/penetapan/B15")
    ani.get_by_role("link", name="Tetapkan hasil").click()
    ani.get_by_label("Nomor keputusan").fill("Keputusan Nomor 5 Tahun 2020")
    if ani.get_by_label("Alasan tetap menetapkan").count():
        ani.get_by_label("Alasan tetap menetapkan").fill("Verifikator kedua berhalangan sampai akhir bulan.")
    ani.get_by_role("button", name="Tetapkan hasil B15").click()
    expect(ani.get_by_text("Hasil B15 sudah ditetapkan untuk semua instansi.")).to_be_visible()
    # The youngest cut-off of a report lies two minutes back.
    pass_by(demo_url, released_at=RELEASED)


def write_story(galih: Page) -> str:
    """A publikasi capaian of B15 with one inserted figure; the address of its page."""
    galih.goto("/publikasi/tulis")
    galih.get_by_label("Triwulan").select_option("B15")
    galih.get_by_role("button", name="Mulai menulis").click()
    galih.get_by_role("textbox", name="Judul", exact=True).fill("Temanggung mencabut syarat surat domisili usaha")
    galih.get_by_role("textbox", name="Ringkasan").fill("Pelaku usaha tidak perlu lagi membawa surat domisili.")
    body = galih.get_by_role("textbox", name="Isi", exact=True)
    body.fill("Capaian kami 99 persen.")
    galih.get_by_role("button", name="Minta persetujuan").click()
    expect(galih.get_by_role("alert")).to_contain_text("diketik sendiri")
    body.fill("Capaian kami ")
    galih.get_by_role("button", name=re.compile("^Sisipkan Capaian Triwulan V ")).first.click()
    expect(body).to_have_value(re.compile(r"Capaian kami .*\{\{capaian\}\}"))
    body.press("Control+End")
    body.press_sequentially(" persen.")
    galih.get_by_role("button", name="Minta persetujuan").click()
    galih.wait_for_url(re.compile(r"/publikasi/\d+$"))
    return galih.url


def agency_capaian(site) -> str:
    """As the Inspektorat reads it in its own report."""
    budi = site.signed_in(BUDI)
    budi.goto("/kepatuhan?triwulan=B15&instansi=33.23")
    return CAPAIAN.findall(budi.locator(".angka").filter(has_text="Capaian").inner_text())[0]


def test_from_a_verified_submission_to_a_published_page_and_a_downloaded_kit(
    site, demo_url, demo_storage, tmp_path, monkeypatch
):
    monkeypatch.setattr(Format, "write", write_quickly)
    reader = site.chromium.new_context(base_url=site.address, locale="id-ID", java_script_enabled=False).new_page()
    assert reader.goto("/capaian/triwulan/B15").status == 404
    release_b15(site, demo_url)
    galih = site.signed_in(GALIH)
    make_public(demo_url, demo_storage, tmp_path / "own")
    assert reader.goto("/capaian/triwulan/B15").status == 200

    page = write_story(galih)
    hapsari = site.signed_in(HAPSARI)
    hapsari.goto(page)
    expect(hapsari.get_by_role("table")).to_contain_text("B15, edisi 1")
    hapsari.get_by_role("button", name="Terbitkan").click()
    hapsari.get_by_role("link", name="/kabar/temanggung-mencabut").wait_for()

    told = agency_capaian(site)
    reader.goto("/kabar")
    reader.get_by_role("link", name="Temanggung mencabut syarat surat domisili usaha").click()
    expect(reader.get_by_role("main")).to_contain_text(f"Capaian kami {told} persen.")
    address = reader.url

    galih.goto(page)
    galih.get_by_role("link", name="Kit publikasi").click()
    everything = galih.get_by_role("link", name=re.compile("Unduh semua"))
    everything.wait_for(timeout=MADE_WITHIN)
    with galih.expect_download() as download:
        everything.click()
    kit = zipfile.ZipFile(io.BytesIO(download.value.path().read_bytes()))
    names = {name.rpartition("/")[2] for name in kit.namelist()}
    assert {"kartu-1.png", "cerita.png", "lanskap.png", "tautan.png", "poster.pdf", "siaran-pers.docx"} <= names
    assert {"animasi.mp4", "animasi.webm"} & names
    caption = next(name for name in kit.namelist() if name.endswith("teks-instagram.txt"))
    assert f"Capaian {told} persen" in kit.read(caption).decode()
    assert reader.goto(f"{address}/kartu.png").status == 200

    hapsari.goto(page)
    hapsari.get_by_text("Tarik dari publik").click()
    hapsari.get_by_label("Alasan").fill("Foto belum mendapat izin.")
    hapsari.get_by_role("button", name="Tarik sekarang").click()
    expect(hapsari.get_by_text("Ditarik dari publik", exact=False).first).to_be_visible()
    assert reader.goto(address).status == 410
    assert reader.goto(f"{address}/kartu.png").status == 410


def make_public(url: str, storage: str, folder) -> None:
    """What the worker does in the minutes after a release: the report of B15 is frozen, its figures become public."""
    app = make_app(folder, url, storage=storage)
    with app.app_context():
        with unit_of_work():
            edition = Edition(period_id=B15, number=1, cutoff=RELEASED, asked_at=RELEASED)
            db.session.add(edition)
        freeze_edition(edition_id=edition.id)
        publish_edition(edition_id=edition.id)


def test_the_national_team_reads_what_an_agency_drafts_but_cannot_write(site):
    tirto = site.signed_in(TIRTO)
    tirto.goto("/publikasi")
    expect(tirto.get_by_role("heading", level=1)).to_have_text("Publikasi")
    expect(tirto.get_by_role("link", name="Tulis publikasi")).to_have_count(0)
