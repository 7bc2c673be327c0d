"""The main job, in the words on screen: fill, file, return, correct, accept, export."""

import io
import re
from decimal import Decimal
from pathlib import Path

import openpyxl
import pikepdf
from playwright.sync_api import Page, expect

from tests.papers import pages_of, words_of

BUDI, CITRA, ANI = "budi@example.com", "citra@example.com", "ani@example.com"
SRI = "sri.lestari@example.com"


def real_pdf(words: str) -> bytes:
    """A small PDF that says `words`."""
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(595, 842))
    font = document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    )
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
    page.Contents = document.make_stream(f"BT /F1 14 Tf 72 760 Td ({words}) Tj ET".encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def worksheet() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Jenis izin", "Permohonan", "Tepat waktu"])
    book.active.append(["SIUP", 120, 96])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fitting(title: str) -> dict:
    """A file that fits a requirement, by the words of its title."""
    if re.match(r"\d+\. Data", title):
        return {
            "name": "rekap.xlsx",
            "mimeType": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "buffer": worksheet(),
        }
    return {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": real_pdf(f"Bukti {title}")}


def fill_everything(page: Page) -> str:
    """Fill the open form and every requirement; the code of the sub-aksi."""
    code = page.get_by_role("heading", level=1).inner_text().split()[0]
    page.get_by_label("Realisasi", exact=True).fill("64,50")
    page.get_by_label("Kemajuan pekerjaan (%)").fill("90")
    page.get_by_label("Uraian").fill("Sebanyak 129 dari 200 permohonan selesai sebelum batas waktu komitmen.")
    for number in range(page.locator(".syarat").count()):
        requirement = page.locator(".syarat").nth(number)
        while (left := requirement.get_by_role("button", name="Lepas")).count():
            before = left.count()
            left.first.click()
            expect(requirement.get_by_role("button", name="Lepas")).to_have_count(before - 1)
        title = requirement.get_by_role("heading").inner_text()
        if ". Tautan" in title:
            requirement.get_by_text("Beri tautan").click()
            requirement.get_by_label("Alamat tautan").fill("https://temanggungkab.go.id/aksi-pk")
            requirement.get_by_role("button", name="Simpan tautan").click()
        else:
            requirement.locator("input[type=file]").set_input_files(fitting(title))
        expect(page.locator(".syarat").nth(number)).to_contain_text("Selesai dicek", timeout=30_000)
    return code


def ask_approval(page: Page, code: str) -> None:
    """Mark the open report ready and ask the official to send it alone."""
    page.get_by_role("button", name="Tandai siap dikirim").click()
    expect(page.get_by_role("status").first).to_contain_text("siap dikirim")
    for box in page.locator("form input[name=submission]").all():
        if not box.locator("xpath=..").inner_text().startswith(code):
            box.uncheck()
    page.get_by_role("button", name="Minta persetujuan").click()
    expect(page.get_by_role("status").first).to_contain_text("Persetujuan untuk 1 laporan sudah diminta")


def open_request(page: Page) -> None:
    """The official opens the newest request."""
    page.goto("/persetujuan")
    waiting = page.get_by_role("link", name=re.compile("^Periksa permintaan"))
    newest = max(int(link.get_attribute("href").rsplit("/", 1)[1]) for link in waiting.all())
    page.goto(f"/persetujuan/{newest}")


def approve(page: Page) -> str:
    """Approve the open request; the receipt's number."""
    page.get_by_role("button", name="Setujui dan kirim").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tanda terima laporan triwulan")
    return page.url.rsplit("/", 1)[1]


def file_quarter(page: Page, code: str, official: Page) -> str:
    """Mark the open report ready, have it approved, look at the receipt; its number."""
    ask_approval(page, code)
    open_request(official)
    number = approve(official)
    page.goto(f"/laporan-triwulan/tanda-terima/{number}")
    return number


def start_untouched(page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name=re.compile("Mulai mengisi|Lanjutkan mengisi")).first.click()
    page.wait_for_url("**/laporan/*")


def test_an_officer_fills_uploads_sees_checks_files_and_holds_a_receipt(site):
    page = site.signed_in(BUDI)
    start_untouched(page)
    code = fill_everything(page)
    number = file_quarter(page, code, site.signed_in(SRI))
    assert number.startswith("B18-33.23-")
    expect(page.locator("main")).to_contain_text("Tepat waktu")
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("link", name="Unduh PDF").evaluate("link => { link.download = ''; link.click(); }")
    assert number in words_of(Path(download.value.path()).read_bytes())


def test_a_draft_saves_itself_and_survives_the_end_of_the_session(site):
    page = site.signed_in(BUDI)
    start_untouched(page)
    page.get_by_label("Uraian").fill("Ditulis sebelum sesi berakhir.")
    expect(page.locator("#tersimpan")).to_contain_text("Draf tersimpan", timeout=15_000)
    page.context.clear_cookies()
    page.get_by_label("Kendala").fill("Ditulis setelah sesi berakhir.")
    expect(page.locator("#tersimpan")).to_contain_text("Sesi masuk berakhir", timeout=15_000)
    page.get_by_role("button", name="Simpan draf").click()
    expect(page.get_by_role("textbox", name=re.compile("Isian")).first).to_be_visible()
    assert "Ditulis sebelum sesi berakhir." in page.content()
    form = page.url
    site.sign_in(page, BUDI)
    page.goto(form)
    expect(page.get_by_label("Kendala")).to_have_value("Ditulis setelah sesi berakhir.")


def test_leaving_by_a_link_saves_what_was_just_typed(site):
    page = site.signed_in(BUDI)
    start_untouched(page)
    page.get_by_label("Kendala").fill("Diketik sesaat sebelum pindah halaman.")
    page.get_by_role("link", name="Salin dari triwulan lalu").click()
    page.wait_for_url("**salin=1")
    expect(page.get_by_label("Kendala")).to_have_value("Diketik sesaat sebelum pindah halaman.")


def test_a_wrong_file_is_named_with_its_repair_before_anything_is_sent(site):
    page = site.signed_in(BUDI)
    start_untouched(page)
    requirement = page.locator(".syarat").first
    bad = {"name": "laporan.pdf", "mimeType": "application/pdf", "buffer": b"ini bukan PDF, hanya teks biasa\n" * 40}
    requirement.locator("input[type=file]").set_input_files(bad)
    expect(requirement.locator(".catatan").first).to_be_visible(timeout=30_000)
    expect(requirement).to_contain_text("Belum lengkap")


def decide(page: Page, *, accept: bool) -> None:
    """Decide the open case: everything fits, or the first requirement is returned with a reason."""
    for number, group in enumerate(page.get_by_role("radio", name="Sesuai").all()):
        if accept or number:
            group.check(force=True)
    if accept:
        page.get_by_role("radio", name=re.compile(r"^75")).check(force=True)
    else:
        page.get_by_role("radio", name="Kembalikan").first.check(force=True)
        page.get_by_label("Alasan").first.select_option("S01")
    decided = page.url
    page.get_by_role("button", name=re.compile("^Terima" if accept else "^Kembalikan")).click()
    page.wait_for_url(lambda url: url != decided)


def test_a_verifier_returns_the_agency_corrects_and_the_verifier_accepts(site):
    officer, official, verifier = site.signed_in(BUDI), site.signed_in(SRI), site.signed_in(CITRA)
    start_untouched(officer)
    form = officer.url
    code = fill_everything(officer)
    file_quarter(officer, code, official)

    open_case(verifier, "Kabupaten Temanggung", code)
    decide(verifier, accept=False)
    officer.goto(form)
    expect(officer.locator("main")).to_contain_text("Dikembalikan")
    expect(officer.locator("main")).to_contain_text("S01")

    officer.get_by_label("Kendala").fill("Sudah ditandatangani pejabat yang berwenang.")
    second = file_quarter(officer, code, official)
    open_case(verifier, "Kabupaten Temanggung", code)
    decide(verifier, accept=True)
    officer.goto(form)
    expect(officer.locator("main")).to_contain_text("Terverifikasi")
    officer.goto(f"/laporan-triwulan/tanda-terima/{second}")
    expect(officer.locator("main")).to_contain_text("Tepat waktu")


def open_case(page: Page, agency: str, code: str) -> None:
    page.goto("/antrean?cari=" + agency.replace(" ", "+"))
    page.locator("tr, li").filter(has_text=agency).filter(has_text=code).get_by_role("link").first.click()
    page.wait_for_url("**/verifikasi/*")


def test_the_national_team_downloads_excel_and_pdf_that_equal_the_page(site):
    page = site.signed_in(ANI)
    page.goto("/kepatuhan?triwulan=B15")
    shown = page.locator(".angka b").first.inner_text().replace("%", "").strip()
    excel = _made_in_the_background(page, "Unduh Excel", "Laporan kepatuhan, Excel")
    page.goto("/kepatuhan?triwulan=B15")
    pdf = _made_in_the_background(page, "PDF", "Laporan kepatuhan, PDF")
    book = openpyxl.load_workbook(io.BytesIO(excel.read_bytes()))
    numbers = {
        Decimal(str(cell.value)).quantize(Decimal("0.01"))
        for row in book.worksheets[0].iter_rows()
        for cell in row
        if isinstance(cell.value, int | float)
    }
    text = " ".join(pages_of(pdf.read_bytes())[:8])
    assert Decimal(shown.replace(".", "").replace(",", ".")) in numbers
    assert shown in text


def _made_in_the_background(page: Page, link: str, title: str) -> Path:
    """A file of the whole country is asked for, waited for on its own page, and taken."""
    page.get_by_role("link", name=link, exact=True).click()
    page.wait_for_url("**/kepatuhan/unduhan*")
    ready = page.get_by_role("link", name=re.compile(f"Unduh {re.escape(title)}"))
    ready.wait_for(timeout=180_000)
    with page.expect_download() as download:
        ready.click()
    return Path(download.value.path())
