"""Late becomes on time in one way only: an agency asks, the secretariat grants, and the report says why."""

import io
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from tests.e2e.conftest import Site
from tests.server import served

DEWI, ANI = "dewi@example.com", "ani@example.com"
REPORT = "?triwulan=B12&instansi=91.03"
REASON = "Jaringan di kantor terputus karena tanah longsor sejak 10 Januari 2020."


@pytest.fixture
def settings(demo_url, demo_storage, tmp_path):
    files = Path(demo_storage.removeprefix("folder:"))
    shutil.copytree(files.parent / "secrets", tmp_path / "secrets")
    return {"STRANAS_VAR": str(tmp_path), "STRANAS_DATABASE_URL": demo_url, "STRANAS_STORAGE": demo_storage}


def test_an_extension_that_was_asked_for_makes_late_on_time_on_the_page_and_in_excel(
    settings, demo_url, tmp_path, chromium
):
    with served(settings, folder=tmp_path) as address:
        site = Site(address, chromium)
        officer, secretary = site.signed_in(DEWI), site.signed_in(ANI)
        before = on_time(officer)
        assert "Tidak" in before.values()
        ask(officer)
        grant(secretary)
        officer.goto("/batas-waktu")
        expect(officer.locator("main")).to_contain_text("Dikabulkan")
        officer.goto("/")
        expect(officer.locator("main")).to_contain_text(REASON)
        for context in list(chromium.contexts):
            context.close()
    let_minutes_pass(demo_url, 5)
    with served(settings, folder=tmp_path) as address:
        site = Site(address, chromium)
        for page in (site.signed_in(DEWI), site.signed_in(ANI)):
            after = on_time(page)
            assert [key for key in after if before[key] == "Tidak"]
            assert "Tidak" not in after.values()
            expect(page.locator("#perpanjangan")).to_contain_text(REASON)
            details, listed = excel(page)
            assert details == after
            assert ("Perpanjangan batas waktu", REASON) in listed
        for context in list(chromium.contexts):
            context.close()


def ask(page: Page) -> None:
    page.goto("/batas-waktu")
    page.get_by_role("row", name=re.compile("B12")).get_by_role("link", name="Minta perpanjangan").click()
    page.get_by_label("Hari terakhir").fill("2020-01-31")
    page.get_by_label("Alasan").fill(REASON)
    page.get_by_role("button", name="Kirim permintaan").click()
    expect(page.get_by_role("status")).to_contain_text("Permintaan terkirim")


def grant(page: Page) -> None:
    page.goto("/batas-waktu")
    row = page.get_by_role("row", name=re.compile("Kabupaten Jayapura")).filter(has_text="B12")
    row.get_by_role("link", name="Putuskan").click()
    expect(page.locator(".dampak")).to_contain_text("menjadi tepat waktu")
    page.get_by_role("button", name="Kabulkan sampai 31 Januari 2020").click()
    expect(page.get_by_role("status")).to_contain_text("dikabulkan")


def on_time(page: Page) -> dict[str, str]:
    """ "Ya", "Tidak" or "–" by sub-aksi, as the compliance page says it."""
    page.goto(f"/kepatuhan{REPORT}")
    rows = page.get_by_role("region", name="Tabel rincian kewajiban").locator("tbody tr").all()
    return {row.locator("td").nth(0).inner_text(): row.locator("td").nth(6).inner_text() for row in rows}


def excel(page: Page) -> tuple[dict[str, str], list[tuple[str, str]]]:
    with page.expect_download(timeout=120_000) as download:
        page.get_by_role("link", name=re.compile("Excel")).click()
    book = openpyxl.load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    rows = list(book["Rincian"].iter_rows(values_only=True))
    head = next(row for row in rows if "Sub-aksi" in row)
    key, received, said = (head.index(name) for name in ("Sub-aksi", "Diterima", "Tepat waktu"))
    details = {
        row[key]: ("Tidak", "Ya")[row[said]] if row[received] else "–"
        for row in rows[rows.index(head) + 1 :]
        if row[key]
    }
    listed = [(row[0], row[5]) for row in book["Perpanjangan"].iter_rows(values_only=True)]
    return details, listed


def let_minutes_pass(url: str, minutes: int) -> None:
    """A report is made as of two minutes back: move the practice clock on while nobody is served."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE practice_clock SET offset_seconds = offset_seconds + :s"), {"s": minutes * 60})
    engine.dispose()
