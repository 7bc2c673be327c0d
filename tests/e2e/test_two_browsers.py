"""Two browsers edit one report: the second save shows both texts, nothing is lost, and one of them decides."""

import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import create_engine, text

from tests.e2e.conftest import Site
from tests.e2e.test_extension import settings  # noqa: F401 (a fixture)
from tests.e2e.test_journeys import BUDI, start_untouched
from tests.server import served

COLLEAGUE = "galih@example.com"
FIRST, SECOND = "Ditulis di peramban pertama.", "Ditulis di peramban kedua."


def make_colleague(url: str) -> None:
    """Galih coordinates, too."""
    engine = create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO membership (user_id, role, agency_id) SELECT membership.user_id, 'koordinator', agency_id "
                "FROM membership JOIN user_account ON user_account.id = membership.user_id WHERE email = :email"
            ),
            {"email": COLLEAGUE},
        )
    engine.dispose()


def save(page: Page) -> None:
    page.get_by_role("button", name="Simpan draf").click()


def narrative(page: Page):
    return page.get_by_label("Uraian", exact=True)


@pytest.mark.parametrize(("second", "words"), [(BUDI, "dari jendela lain"), (COLLEAGUE, "orang lain")])
def test_two_browsers_editing_one_report(settings, demo_url, tmp_path, chromium, second, words):  # noqa: F811
    make_colleague(demo_url)
    with served(settings, folder=tmp_path) as address:
        site = Site(address, chromium)
        one, other = site.signed_in(BUDI), site.signed_in(second)
        start_untouched(one)
        other.goto(one.url)
        narrative(one).fill(FIRST)
        save(one)
        expect(one.get_by_role("status").first).to_contain_text("Draf tersimpan")
        narrative(other).fill(SECOND)
        other.get_by_label("Kendala").fill("Hanya di peramban kedua.")
        save(other)
        expect(other.get_by_role("heading", level=1)).to_contain_text(words)
        mine = other.get_by_label(re.compile("^Uraian: isian Anda"))
        expect(mine).to_have_value(SECOND)
        expect(other.locator(".tersimpan").filter(has_text=FIRST)).to_be_visible()
        mine.fill(f"{FIRST} {SECOND}")
        other.get_by_role("button", name="Simpan isian saya").click()
        expect(narrative(other)).to_have_value(f"{FIRST} {SECOND}")
        expect(other.get_by_label("Kendala")).to_have_value("Hanya di peramban kedua.")
        one.reload()
        expect(narrative(one)).to_have_value(f"{FIRST} {SECOND}")
        for context in list(chromium.contexts):
            context.close()
