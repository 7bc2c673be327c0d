"""Resumable upload in a real browser: a lost line, a session that ran out, a page closed in between, a link."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PAGE_ALONE, Site
from tests.e2e.test_journeys import BUDI, real_pdf, start_untouched
from tests.e2e.test_unit_link import PHONE, ask_diskominfo

MB = 1_000_000
SLOW = 3 * MB  # bytes a second


@pytest.fixture
def demo_storage(database, request, tmp_path) -> str:
    """A storage of its own: what is unfinished here is nobody else's."""
    secrets = Path(request.getfixturevalue(f"{database}_demo_folder")) / "secrets"
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "secrets").symlink_to(secrets)
    return f"folder:{tmp_path}/demo/files"


@pytest.fixture
def scan(tmp_path):
    """`scan(name, size)`: a PDF of so many bytes, the same file whenever it is chosen."""

    def make(name: str, size: int) -> Path:
        file = tmp_path / name
        head = real_pdf(f"Pindaian {name}")
        file.write_bytes(head + b"%" + b" " * (size - len(head) - 2) + b"\n")
        os.utime(file, (1_594_000_000, 1_594_000_000))
        return file

    return make


def line_of(page: Page, *, upload: int) -> None:
    """A line that takes so many bytes a second."""
    told = {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": upload}
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", told)


def row(place: Locator, name: str) -> Locator:
    return place.locator(".unggahan .berkas").filter(has_text=name)


def first_requirement(page: Page) -> Locator:
    """One that asks for a file."""
    return page.locator(".syarat").filter(has=page.locator("input[type=file]")).first


@PAGE_ALONE
def test_two_files_survive_a_pause_and_a_lost_line(site: Site, scan):
    page = site.signed_in(BUDI)
    start_untouched(page)
    expect(page.get_by_role("main")).to_contain_text("Berkas tercatat diterima pada saat unggahannya selesai.")
    line_of(page, upload=SLOW)
    place = first_requirement(page)
    place.locator("input[type=file]").set_input_files([scan("peta.pdf", 12 * MB), scan("foto.pdf", 14 * MB)])
    expect(row(place, "peta.pdf")).to_contain_text(
        re.compile(r"Mengunggah \d+,\d dari 12,0 MB, sekitar \d+ detik lagi")
    )
    row(place, "foto.pdf").get_by_role("button", name="Jeda").click()
    expect(row(place, "foto.pdf")).to_contain_text(re.compile(r"Dijeda pada \d+,\d dari 14,0 MB"))
    page.context.set_offline(True)
    expect(row(place, "peta.pdf")).to_contain_text("Sambungan terputus, dilanjutkan otomatis")
    page.context.set_offline(False)
    row(place, "foto.pdf").get_by_role("button", name="Lanjutkan").click()
    for name in ("peta.pdf", "foto.pdf"):
        expect(place.locator("> .berkas").filter(has_text=name)).to_contain_text("MB", timeout=30_000)
    expect(place.locator(".unggahan .berkas")).to_have_count(0)


@PAGE_ALONE
def test_after_closing_the_page_the_same_file_goes_on_where_it_was(site: Site, scan):
    page = site.signed_in(BUDI)
    start_untouched(page)
    line_of(page, upload=SLOW)
    place = first_requirement(page)
    place.locator("input[type=file]").set_input_files(scan("keputusan.pdf", 20 * MB))
    expect(row(place, "keputusan.pdf")).to_contain_text(re.compile(r"Mengunggah [6-9],\d dari 20,0 MB"), timeout=15_000)
    address, context = page.url, page.context
    page.close(run_before_unload=False)

    page = context.new_page()
    page.goto(address)
    place = first_requirement(page)
    left = row(place, "keputusan.pdf")
    expect(left).to_contain_text(re.compile(r"Belum selesai: \d+,\d dari 20,0 MB. Pilih berkas yang sama"))
    with page.expect_file_chooser() as chooser:
        left.get_by_role("button", name="Lanjutkan").click()
    chooser.value.set_files(scan("lain.pdf", MB))
    expect(left).to_contain_text("Berkas yang dipilih berbeda dari keputusan.pdf")
    sent = []
    page.on("request", lambda request: sent.append(request.headers.get("upload-offset")))
    with page.expect_file_chooser() as chooser:
        left.get_by_role("button", name="Lanjutkan").click()
    chooser.value.set_files(scan("keputusan.pdf", 20 * MB))
    expect(place.locator("> .berkas").filter(has_text="keputusan.pdf")).to_contain_text("20,0", timeout=30_000)
    assert min(int(offset) for offset in sent if offset) >= 5 * MB


@PAGE_ALONE
def test_a_session_that_ran_out_ends_nothing(site: Site, scan):
    page = site.signed_in(BUDI)
    start_untouched(page)
    line_of(page, upload=SLOW)
    place = first_requirement(page)
    place.locator("input[type=file]").set_input_files(scan("rekap.pdf", 16 * MB))
    expect(row(place, "rekap.pdf")).to_contain_text("Mengunggah")
    cookies = page.context.cookies()
    page.context.clear_cookies()
    expect(row(place, "rekap.pdf")).to_contain_text("Sesi masuk berakhir. Masuk kembali di tab lain", timeout=15_000)
    expect(row(place, "rekap.pdf").get_by_role("link", name="Masuk kembali")).to_have_attribute("target", "_blank")
    page.context.add_cookies(cookies)
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(place.locator("> .berkas").filter(has_text="rekap.pdf")).to_contain_text("16,0", timeout=30_000)


@PAGE_ALONE
def test_cancelling_leaves_nothing(site: Site, scan):
    page = site.signed_in(BUDI)
    start_untouched(page)
    line_of(page, upload=MB)
    place = first_requirement(page)
    place.locator("input[type=file]").set_input_files(scan("salah.pdf", 16 * MB))
    expect(row(place, "salah.pdf")).to_contain_text("Mengunggah")
    row(place, "salah.pdf").get_by_role("button", name="Batalkan").click()
    expect(row(place, "salah.pdf")).to_have_count(0)
    page.reload()
    expect(page.locator(".syarat").first).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(page.locator(".unggahan .berkas")).to_have_count(0)


def test_a_unit_uploads_by_its_link_and_sends_with_its_words(site: Site, scan):
    officer = site.signed_in(BUDI)
    start_untouched(officer)
    address = ask_diskominfo(officer)
    unit = site.chromium.new_context(viewport=PHONE, locale="id-ID").new_page()
    unit.goto(address)
    line_of(unit, upload=SLOW)
    unit.get_by_label("Keterangan").fill("Laporan April sampai Juni 2020.")
    unit.get_by_label("Pilih berkas").set_input_files(scan("laporan.pdf", 9 * MB))
    expect(row(unit.locator("form"), "laporan.pdf")).to_contain_text("Mengunggah")
    assert unit.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    unit.get_by_role("button", name="Kirim ke Inspektorat").click()
    expect(unit.get_by_role("main")).to_contain_text("Masih ada berkas yang sedang diunggah.")
    expect(unit.locator("#sudah-diunggah")).to_contain_text("laporan.pdf", timeout=20_000)
    expect(unit.get_by_role("main")).not_to_contain_text("Masih ada berkas yang sedang diunggah.")
    unit.get_by_role("button", name="Kirim ke Inspektorat").click()
    expect(unit.get_by_role("main")).to_contain_text("Sudah diterima")
    expect(unit.get_by_role("main")).to_contain_text("Laporan April sampai Juni 2020.")
