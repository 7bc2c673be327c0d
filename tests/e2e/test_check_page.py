"""The public page of a receipt on a phone, without an account: a file matches, or it does not."""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def phone(site) -> Page:
    context = site.chromium.new_context(base_url=site.address, viewport={"width": 390, "height": 844}, locale="id-ID")
    return context.new_page()


def rows(url: str, query: str) -> list[tuple]:
    """The answer of the demo's own database, whichever it is."""
    if url.startswith("sqlite:///"):
        return sqlite3.connect(url.removeprefix("sqlite:///")).execute(query).fetchall()
    with psycopg.connect(url.replace("postgresql+psycopg://", "postgresql://")) as connection:
        return connection.execute(query).fetchall()


def sent_file(url: str, storage: str) -> tuple[str, bytes]:
    """A receipt's number, and the bytes of a file that it covers."""
    number, key = rows(
        url,
        "SELECT filing.number, stored_file.storage_key FROM filing "
        "JOIN submission_version ON submission_version.filing_id = filing.id "
        "JOIN evidence ON evidence.submission_id = submission_version.submission_id "
        "JOIN document ON document.id = evidence.document_id JOIN stored_file ON stored_file.id = document.file_id "
        "WHERE submission_version.number = 1 AND evidence.detached_at IS NULL "
        "AND NOT EXISTS (SELECT 1 FROM submission_version AS later "
        "WHERE later.submission_id = submission_version.submission_id AND later.number > 1) "
        "ORDER BY filing.id, stored_file.id LIMIT 1",
    )[0]
    found = [file for file in Path(storage.removeprefix("folder:")).rglob("*") if file.name == Path(key).name]
    return number, found[0].read_bytes()


def choose(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("Pilih berkas").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def test_the_right_file_matches_and_a_changed_one_does_not(phone, demo_url, demo_storage):
    number, content = sent_file(demo_url, demo_storage)
    sent: list[str] = []
    phone.on("request", lambda request: sent.append(request.method))
    phone.goto(f"/tanda-terima/{number}")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    choose(phone, "yang-dikirim.pdf", content)
    expect(phone.get_by_role("listitem").filter(has_text="yang-dikirim.pdf")).to_contain_text("Cocok")
    choose(phone, "yang-diubah.pdf", content + b" ")
    expect(phone.get_by_role("listitem").filter(has_text="yang-diubah.pdf")).to_contain_text("Tidak cocok")
    assert set(sent) == {"GET"}
    assert phone.context.cookies() == []


def test_without_a_script_the_hashes_can_be_compared_by_hand(site, demo_url, demo_storage):
    number, _ = sent_file(demo_url, demo_storage)
    page = site.chromium.new_context(base_url=site.address, java_script_enabled=False).new_page()
    page.goto(f"/tanda-terima/{number}")
    expect(page.get_by_label("Pilih berkas")).to_be_hidden()
    page.get_by_text("Sidik SHA-256 berkas yang dikirim").click()
    expect(page.locator("#sidik li").first).to_be_visible()
