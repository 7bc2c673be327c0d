"""The countdown follows the server's clock, not the machine's and not one that slept. One page, no server."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

import config

SCRIPT = (config.ROOT / "stranas" / "static" / "stranas.js").read_text()
START = datetime(2020, 7, 14, 16, tzinfo=UTC)  # by the server
UNTIL = START + timedelta(hours=1)
MACHINE = datetime(2031, 1, 1, tzinfo=UTC)  # what the machine believes: only differences may count
# The script stands in the page and the page's age is counted from there: fetching it must cost no time.
HTML = f"""<!doctype html><title>sisa</title>
<p id="sisa" data-until="{UNTIL.isoformat()}" data-now="{START.isoformat()}"
  data-past="Batas waktu sudah lewat">1 jam</p>
<script>window.loaded = Date.now(); server.began = server.real();</script>
<script>{SCRIPT}</script>"""
# The server's time runs as the machine's does, plus what a test lets it run ahead.
SERVER = f"""
  const real = Date.now.bind(Date);
  window.server = {{ ahead: 0, asked: 0, reachable: true, real, began: real() }};
  window.fetch = async () => {{
    server.asked += 1;
    if (!server.reachable) throw new TypeError("no line");
    const now = new Date({START.timestamp() * 1000} + real() - server.began + server.ahead);
    return {{ json: async () => ({{ now }}) }};
  }};
"""
BEGINNING = timedelta(seconds=10)


@pytest.fixture
def page(chromium):
    context = chromium.new_context()
    page = context.new_page()
    page.clock.install(time=MACHINE)
    page.add_init_script(SERVER)
    page.route("**/halaman", lambda route: route.fulfill(body=HTML, content_type="text/html"))
    page.goto("http://pelaporan.example/halaman")
    page.clock.pause_at(MACHINE + BEGINNING)
    yield page
    context.close()


def run_until(page: Page, since_start: timedelta, *, slept: bool = False) -> None:
    """Let the time run to so long after the page was loaded; in a sleep timers wait and are then run once."""
    passed = page.evaluate("Date.now() - loaded")
    left = int(since_start.total_seconds() * 1000 - passed)
    (page.clock.fast_forward if slept else page.clock.run_for)(left)


def shows(page: Page, words: str) -> None:
    expect(page.locator("#sisa")).to_have_text(words)


def test_it_counts_from_the_servers_instant_whatever_the_machine_believes(page):
    run_until(page, timedelta(minutes=10, seconds=20))
    shows(page, "49 menit")


def test_reaching_the_end_changes_the_words_at_once(page):
    run_until(page, timedelta(minutes=59, seconds=30.5))
    shows(page, "30 detik")
    run_until(page, timedelta(minutes=59, seconds=59.5))
    shows(page, "1 detik")
    run_until(page, timedelta(minutes=60, seconds=1.5))
    shows(page, "Batas waktu sudah lewat")


def test_after_a_sleep_the_time_that_passed_is_counted(page):
    run_until(page, timedelta(minutes=40, seconds=30), slept=True)
    shows(page, "19 menit")


def test_without_a_line_nobody_is_shown_more_time_than_there_is(page):
    """A monotonic clock that stands still in a sleep, and no answer after it."""
    page.evaluate("server.reachable = false; performance.now = (steady => () => steady)(performance.now())")
    run_until(page, timedelta(minutes=40, seconds=30), slept=True)
    shows(page, "19 menit")


def test_a_machine_whose_clock_was_set_asks_the_server(page):
    page.evaluate("Date.now = (real => () => real() + 30 * 60 * 1000)(Date.now.bind(Date))")
    before = page.evaluate("server.asked")
    page.clock.run_for(40_000)
    shows(page, "59 menit")
    assert page.evaluate("server.asked") > before


def test_a_server_whose_clock_is_ahead_corrects_the_page(page):
    page.evaluate("server.ahead = 30 * 60 * 1000")
    run_until(page, timedelta(minutes=5, seconds=30))
    shows(page, "24 menit")
