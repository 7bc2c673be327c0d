"""A unit without an account: asked by the coordinator, answered from a phone by its link, taken as evidence."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.test_journeys import BUDI, real_pdf, start_untouched

PHONE = {"width": 390, "height": 844}


def ask_diskominfo(page: Page) -> str:
    """From the entry form that is open; the address of the link, shown once."""
    page.get_by_role("link", name="Minta ke unit").click()
    for box in page.locator("input[name=requirement], input[name=unit]").all():
        box.uncheck()
    page.get_by_role("checkbox", name=re.compile("2. Laporan: pemenuhan komitmen")).check()
    page.get_by_role("checkbox", name="Dinas Komunikasi dan Informatika").check()
    page.get_by_role("button", name="Minta ke unit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("1 permintaan dibuat")
    expect(page.get_by_role("link", name="Buka WhatsApp")).to_have_attribute("href", re.compile(r"wa\.me/62812"))
    return page.get_by_label(re.compile("Tautan, berlaku sampai")).input_value()


def phone(site) -> Page:
    """A window that has never signed in, without scripts."""
    context = site.chromium.new_context(viewport=PHONE, locale="id-ID", java_script_enabled=False)
    return context.new_page()


def test_a_unit_without_account_answers_from_a_phone_and_it_becomes_evidence(site):
    officer = site.signed_in(BUDI)
    start_untouched(officer)
    form = officer.url
    address = ask_diskominfo(officer)

    unit = phone(site)
    unit.goto(address)
    expect(unit.get_by_role("main")).to_contain_text("Inspektorat Kabupaten Temanggung meminta kepada Dinas Komunikasi")
    expect(unit.get_by_role("main")).to_contain_text("100\u00a0MB per berkas")
    assert unit.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    unit.get_by_role("button", name="Kirim ke Inspektorat").click()
    expect(unit.get_by_role("alert")).to_contain_text("Belum ada berkas yang diunggah")
    file = {"name": "laporan-komitmen.pdf", "mimeType": "application/pdf", "buffer": real_pdf("Laporan komitmen")}
    unit.get_by_label("Pilih berkas").set_input_files(file)
    unit.get_by_label("Keterangan").fill("Laporan April sampai Juni 2020.")
    unit.get_by_role("button", name="Kirim ke Inspektorat").click()
    expect(unit.get_by_role("main")).to_contain_text("Sudah diterima")
    expect(unit.get_by_role("main")).to_contain_text("laporan-komitmen.pdf")
    expect(unit.get_by_label("Pilih berkas")).to_have_count(0)

    officer.goto("/permintaan")
    officer.locator("tr").filter(has_text="Berkas dari Diskominfo").get_by_role("link").first.click()
    expect(officer.get_by_role("main")).to_contain_text("Laporan April sampai Juni 2020.")
    officer.get_by_role("button", name="Terima dan lampirkan").click()
    officer.wait_for_url(lambda url: url.startswith(form))
    requirement = officer.locator(".syarat").filter(has_text="Laporan: pemenuhan komitmen")
    expect(requirement).to_contain_text("laporan-komitmen.pdf")
    unit.goto(address)
    expect(unit.get_by_role("main")).to_contain_text("Permintaan ini selesai")
