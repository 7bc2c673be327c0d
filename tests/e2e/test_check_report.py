"""Periksa laporan: the browser computes the checksum itself; only the checksum goes out."""

import hashlib

from tests.e2e.conftest import PAGE_ALONE

FILE = {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 bukan edisi resmi"}

pytestmark = PAGE_ALONE


def test_the_checksum_of_a_chosen_file_is_asked_about_without_sending_the_file(site):
    page = site.chromium.new_context(base_url=site.address, locale="id-ID").new_page()
    sent = []
    page.on("request", lambda request: sent.append((request.method, request.url)))
    page.goto("/periksa-laporan")
    page.get_by_label("Pilih berkas").set_input_files(FILE)
    page.wait_for_url("**/periksa-laporan?sidik=*")
    assert page.get_by_text("Tidak ada edisi resmi dengan sidik ini").is_visible()
    sum_ = hashlib.sha256(FILE["buffer"]).hexdigest()
    assert page.get_by_label("Sidik SHA-256").input_value().replace(" ", "") == sum_
    assert {method for method, _ in sent} == {"GET"}


def test_without_a_script_the_file_is_sent_and_answered(site):
    page = site.chromium.new_context(base_url=site.address, java_script_enabled=False).new_page()
    page.goto("/periksa-laporan")
    page.get_by_label("Pilih berkas").set_input_files(FILE)
    page.get_by_role("button", name="Periksa berkas").click()
    assert page.get_by_text("Tidak ada edisi resmi dengan sidik ini").is_visible()
