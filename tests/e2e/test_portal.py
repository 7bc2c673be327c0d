"""The portal as everybody sees it: at 1280 and 390 pixels, with axe, and without scripts."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from stranas.compliance.formats import Format
from stranas.compliance.operations import follow_releases
from stranas.publication.operations.figures import publish_figures
from tests.compliance.released import write_quickly
from tests.conftest import make_app
from tests.e2e.conftest import PAGE_ALONE

PAGES = [
    *("/capaian", "/capaian/instansi/33.23", "/capaian/aksi/1", "/capaian/peringkat?kelompok=kl", "/data"),
    "/capaian/cari?q=temanggung",
]
# Parts of the page that would have to be scrolled sideways by themselves.
WIDER = """[...document.querySelectorAll("main *")]
    .filter(part => ["auto", "scroll"].includes(getComputedStyle(part).overflowX))
    .filter(part => part.scrollWidth > part.clientWidth + 1)
    .map(part => part.outerHTML.slice(0, 200))"""


@pytest.fixture
def released(site, demo_url, demo_storage, tmp_path, monkeypatch):
    """The demo's released periods, frozen and public."""
    monkeypatch.setattr(Format, "write", write_quickly)
    app = make_app(tmp_path, demo_url, storage=demo_storage, base_url=site.address)
    with app.app_context():
        while follow_releases()["deferred"]:
            pass
        publish_figures()
    return site


@PAGE_ALONE
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(released, width):
    context = released.chromium.new_context(
        base_url=released.address, viewport={"width": width, "height": 900}, locale="id-ID"
    )
    page = context.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in PAGES:
        page.goto(path)
        assert page.locator("h1").count() == 1, path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(WIDER) == [], path
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == [], path
    assert complaints == []
    assert context.cookies() == []


def test_a_reader_without_scripts_finds_an_agency(released):
    context = released.chromium.new_context(base_url=released.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/capaian")
    page.get_by_label("Cari instansi").fill("kab. temanggung")
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("link", name="Kabupaten Temanggung").click()
    assert page.locator("h1").inner_text() == "Kabupaten Temanggung"
