"""Approval in the browser: declined with a reason, repaired, then sent by an acting head whom the official named."""

import io
import re

import docx
from playwright.sync_api import Page, expect

from tests.e2e.test_journeys import BUDI, SRI, approve, ask_approval, fill_everything, open_request, start_untouched

INDAH = "indah@example.com"
REASON = "Realisasi belum sesuai dengan rekap OSS. Mohon dijelaskan dalam kendala."


def name_acting_head(page: Page) -> None:
    """Sri names Indah as Plh. Inspektur for this week, on behalf of the regent by way of the secretary."""
    page.goto("/pejabat")
    page.get_by_role("link", name=re.compile("^Tunjuk pejabat")).click()
    page.get_by_label("Orang").select_option(label="Indah, Kepala Subbagian Umum")
    page.get_by_label("Kedudukan").select_option(label="Plh. (pelaksana harian)")
    page.get_by_label("Jabatan", exact=True).fill("Inspektur")
    page.get_by_label("Berlaku mulai").fill("2020-07-13")
    page.get_by_label("Berlaku sampai dengan").fill("2020-07-17")
    page.get_by_label("Dasar hukum").fill("Surat perintah Nomor 800/0412/2020 tanggal 10 Juli 2020")
    page.get_by_label("Atas nama (a.n.)").fill("BUPATI TEMANGGUNG")
    page.get_by_label("Jabatan yang diwakili dengan u.b.").fill("Sekretaris Daerah")
    page.get_by_label("NIP").fill("19780214 200312 2 001")
    page.get_by_role("button", name="Tunjuk").click()
    expect(page.get_by_role("status").first).to_contain_text("Pejabat sudah ditunjuk")
    expect(page.locator("main")).to_contain_text("Indah, Plh. Inspektur")


def test_declined_with_a_reason_repaired_and_sent_by_an_acting_head(site):
    officer, official = site.signed_in(BUDI), site.signed_in(SRI)
    start_untouched(officer)
    form = officer.url
    code = fill_everything(officer)
    ask_approval(officer, code)
    expect(officer.locator("main")).to_contain_text("Menunggu persetujuan Plt. Inspektur, sejak 13 Juli 2020")

    open_request(official)
    expect(official.locator("main")).to_contain_text("Sebanyak 129 dari 200 permohonan selesai")
    official.get_by_label("Alasan belum disetujui").fill(REASON)
    official.get_by_role("button", name="Tolak dan kembalikan").click()
    expect(official.get_by_role("status").first).to_contain_text("dikembalikan ke Inspektorat")

    officer.goto(form)
    expect(officer.locator("main")).to_contain_text(REASON)
    officer.get_by_role("button", name="Buka kembali").click()
    officer.get_by_label("Kendala").fill("Rekap OSS memuat tujuh permohonan yang dicabut pemohon.")
    name_acting_head(official)
    ask_approval(officer, code)

    deputy = site.signed_in(INDAH)
    open_request(deputy)
    expect(deputy.locator("main")).to_contain_text("tujuh permohonan yang dicabut")
    number = approve(deputy)
    capacity = "Indah, a.n. BUPATI TEMANGGUNG, Sekretaris Daerah, u.b. Plh. Inspektur"
    expect(deputy.locator("main")).to_contain_text(capacity)

    officer.goto(f"/laporan-triwulan/tanda-terima/{number}")
    expect(officer.locator("main")).to_contain_text(capacity)
    officer.goto(f"/laporan-triwulan/surat/{number}")
    with officer.expect_download() as letter:
        officer.get_by_role("link", name="Unduh Word").click()
    with open(letter.value.path(), "rb") as file:
        cells = [cell.text for table in docx.Document(io.BytesIO(file.read())).tables for cell in table._cells]
    block = "a.n. BUPATI TEMANGGUNG\nSekretaris Daerah\nu.b.\nPlh. Inspektur,\n\n\n\nIndah\nNIP 19780214 200312 2 001"
    assert block in cells
