"""A real Chromium against the real product on a copy of the demo; journeys on both databases."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from stranas.accounts.practice import PASSWORD
from tests.server import served

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# For what is about the page alone: the journeys and the tests of the rooms ask both databases for the same pages.
PAGE_ALONE = pytest.mark.parametrize("database", ["sqlite"])
expect.set_options(timeout=30_000)  # as long as a click waits: a busy machine is slow, not wrong


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Closed before any other test goes on: while Playwright is open, its loop runs in this process."""
    with sync_playwright() as playwright:
        installed = shutil.which("chromium")  # Debian's; on Ubuntu bin/setup lets Playwright bring its own
        browser = playwright.chromium.launch(executable_path=installed, args=QUIET)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Site:
    """The running product; `signed_in` opens a window of its own for a person of the demo."""

    address: str
    chromium: Browser

    def signed_in(self, email: str, *, width: int = 1280) -> Page:
        context = self.chromium.new_context(
            base_url=self.address, viewport={"width": width, "height": 900}, locale="id-ID", accept_downloads=True
        )
        page = context.new_page()
        self.sign_in(page, email)
        return page

    def sign_in(self, page: Page, email: str) -> None:
        page.goto("/masuk")
        page.get_by_label("Surel").fill(email)
        page.get_by_label("Sandi", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.wait_for_url(lambda url: "/masuk" not in url)


@pytest.fixture
def site(demo_url, demo_storage, tmp_path, chromium) -> Iterator[Site]:
    files = Path(demo_storage.removeprefix("folder:"))
    shutil.copytree(files.parent / "secrets", tmp_path / "secrets")  # passwords are hashed with one of them
    settings = {
        "STRANAS_VAR": str(tmp_path),
        "STRANAS_DATABASE_URL": demo_url,
        "STRANAS_STORAGE": demo_storage,
    }
    with served(settings, folder=tmp_path) as address:
        yield Site(address, chromium)
        for context in list(chromium.contexts):
            context.close()
