"""What everybody reads of a story: the editions that were approved, and nothing once it is withdrawn."""

from dataclasses import replace
from datetime import date

import feedparser
import pytest
from lxml import etree

from stranas.accounts.models import Role
from stranas.publication.models import PublicationProfile, Story
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.pages import faults
from tests.publication.kits import add_card
from tests.publication.stories import STORY
from tests.publication.told import PICTURE, tell, withdraw

SLUG = "temanggung-mencabut-syarat-surat-domisili-usaha"
OWN = (f"/kabar/{SLUG}", f"/kabar/{SLUG}/edisi/1", f"/kabar/{SLUG}/gambar/1", f"/kabar/{SLUG}.json")
OWN = (*OWN, f"/kabar/{SLUG}/kartu.png")
LISTS = ("/kabar", "/umpan.atom", "/umpan.atom?instansi=33.23", "/sitemap.xml")


@pytest.fixture
def person(app):
    return factories.make_person(Role.SECRETARIAT)


@pytest.fixture
def told(person) -> Story:
    return tell(factories.make_agency(), person, editions=2)


@pytest.mark.parametrize("path", OWN)
def test_a_story_is_read_by_everybody_without_a_cookie(client, told, path):
    answer = client.get(path)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", OWN)
def test_withdrawn_is_gone_from_each_address_whatever_the_reader_holds(client, told, person, path):
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    withdraw(told, person)
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 410
    assert SLUG not in client.get(path).text.replace(path, "")


@pytest.mark.parametrize("path", LISTS)
def test_withdrawn_is_in_no_list(client, told, person, path):
    answer = client.get(path)
    assert SLUG in answer.text
    withdraw(told, person)
    later = client.get(path, headers={"If-None-Match": answer.headers["ETag"]})
    assert later.status_code == 200
    assert SLUG not in later.text


def test_a_draft_and_an_unknown_story_are_not_found(client, told):
    db.session.execute(db.update(Story).values(number=0))
    db.session.commit()
    assert {client.get(path).status_code for path in (*OWN, "/kabar/tidak-ada")} == {404}
    assert SLUG not in client.get("/kabar").text


def test_the_page_is_in_order_and_shows_frozen_words(client, told):
    page = client.get(f"/kabar/{SLUG}").text
    assert faults(page) == []
    assert '<data value="81.25">81,25</data>' in page
    assert "KONSEP" not in page
    assert "Angka diperbaiki" in page
    assert f'href="/kabar/{SLUG}/edisi/1"' in page


def test_the_trend_is_drawn_from_the_frozen_figures_and_kept_as_a_table(client, told):
    page = client.get(f"/kabar/{SLUG}").text
    drawing = page.partition('<div class="lebar">')[2].partition("</svg>")[0]
    assert [words in drawing for words in ("B06", "75,00", "66,67")] == [True] * 3
    assert "Kepatuhan: dari 75,00 persen pada B06 menjadi 100,00 persen pada B12." in page
    table = page.partition("<summary>Angka setiap triwulan</summary>")[2].partition("</details>")[0]
    assert [table.count(words) for words in ("50,00", "62,50", "81,25")] == [1, 1, 1]


def test_one_period_is_no_trend(client, person):
    tell(factories.make_agency(), person, trend=STORY.trend[:1])
    page = client.get(f"/kabar/{SLUG}").text
    assert "Dari triwulan ke triwulan" not in page
    assert faults(page) == []


def test_an_old_edition_says_that_it_is_replaced(client, told):
    assert "sudah digantikan" in client.get(f"/kabar/{SLUG}/edisi/1").text
    assert "sudah digantikan" not in client.get(f"/kabar/{SLUG}").text
    assert client.get(f"/kabar/{SLUG}/edisi/3").status_code == 404


def test_the_feed_is_read_by_a_reader(client, told):
    feed = feedparser.parse(client.get("/umpan.atom").data)
    assert feed.bozo is False
    (entry,) = feed.entries
    assert entry.id.startswith("urn:uuid:")
    assert entry.link == f"http://127.0.0.1:5000/kabar/{SLUG}"
    assert "81,25" in entry.content[0].value
    assert entry.updated > entry.published


def test_the_feed_without_stories_is_valid(client):
    feed = feedparser.parse(client.get("/umpan.atom").data)
    assert feed.bozo is False
    assert feed.entries == []


def test_every_address_of_the_sitemap_answers(client, told):
    root = etree.fromstring(client.get("/sitemap.xml").data)
    places = [place.text for place in root.iter("{*}loc")]
    assert f"http://127.0.0.1:5000/kabar/{SLUG}" in places
    for place in places:
        assert client.get(place.removeprefix("http://127.0.0.1:5000")).status_code == 200, place


def test_robots_close_the_officers_pages_and_name_the_sitemap(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /publikasi" in lines
    assert "Sitemap: http://127.0.0.1:5000/sitemap.xml" in lines
    assert not any(line.startswith(("Disallow: /kabar", "Disallow: /capaian", "Disallow: /data")) for line in lines)


def test_in_masa_pilkada_no_address_shows_a_leader(client, person):
    """Nor does a card that was made before it began."""
    agency = factories.make_agency()
    story = tell(agency, person, pictures=(replace(PICTURE, shows_leader=True),))
    add_card(story, person)
    assert client.get(f"/kabar/{SLUG}/kartu.png").status_code == 200
    assert "Bambang Sutrisno" in client.get(f"/kabar/{SLUG}").text
    db.session.add(PublicationProfile(agency_id=agency.id, election_from=date(2020, 7, 1), changed_at=clock.now()))
    db.session.commit()
    for path in OWN:
        answer = client.get(path)
        assert answer.status_code == (404 if path.endswith(("/gambar/1", "/kartu.png")) else 200), path
        assert b"Bambang Sutrisno" not in answer.data, path
