"""Returned before, corrected after the deadline: a correction that the verifier asked for never makes late."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site
from tests.e2e.test_extension import let_minutes_pass, settings  # noqa: F401 (a fixture)
from tests.e2e.test_journeys import ANI, BUDI, CITRA, SRI, decide, file_quarter, open_case
from tests.server import served

AGENCY, CODE = "Kabupaten Temanggung", "9-b"  # sent on 7 July, due on the 14th
DAYS = 24 * 60


def close_all(chromium) -> None:
    for context in list(chromium.contexts):
        context.close()


def open_report(page: Page) -> str:
    page.goto("/laporan-triwulan/B18")
    page.locator("li, tr").filter(has_text=CODE).get_by_role("link").first.click()
    page.wait_for_url("**/laporan/*")
    return page.url


def test_a_report_that_was_returned_and_corrected_after_the_deadline_stays_on_time(
    settings,  # noqa: F811
    demo_url,
    tmp_path,
    chromium,
):
    with served(settings, folder=tmp_path) as address:
        verifier = Site(address, chromium).signed_in(CITRA)
        open_case(verifier, AGENCY, CODE)
        decide(verifier, accept=False)
        close_all(chromium)
    let_minutes_pass(demo_url, 4 * DAYS)  # 17 July: past the deadline, inside the correction window
    with served(settings, folder=tmp_path) as address:
        site = Site(address, chromium)
        officer, official, verifier = site.signed_in(BUDI), site.signed_in(SRI), site.signed_in(CITRA)
        open_report(officer)
        expect(officer.locator("main")).to_contain_text("Ketepatan waktu tidak berubah")
        officer.get_by_label("Kendala").fill("Sudah ditandatangani pejabat yang berwenang.")
        number = file_quarter(officer, CODE, official)
        officer.goto(f"/laporan-triwulan/tanda-terima/{number}")
        expect(officer.locator("main")).to_contain_text("17 Juli 2020")
        expect(officer.locator("main")).to_contain_text("Perbaikan, pertama dikirim tepat waktu")
        open_case(verifier, AGENCY, CODE)
        expect(verifier.locator("main")).to_contain_text("tepat waktu")
        decide(verifier, accept=True)
        close_all(chromium)
    let_minutes_pass(demo_url, 5)  # a report is made as of two minutes back
    with served(settings, folder=tmp_path) as address:
        reader = Site(address, chromium).signed_in(ANI)
        reader.goto("/kepatuhan?triwulan=B18&instansi=33.23")
        rows = reader.get_by_role("region", name="Tabel rincian kewajiban").locator("tbody tr").all()
        said = {row.locator("td").nth(0).inner_text(): row.locator("td").nth(6).inner_text() for row in rows}
        assert said[CODE] == "Ya"
        close_all(chromium)
