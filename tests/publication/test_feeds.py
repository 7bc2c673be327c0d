"""Sitemap, feed and robots.txt by the rules of those who read them: sitemap 0.9, RFC 4287, RFC 9309."""

import re
from datetime import datetime
from urllib.robotparser import RobotFileParser
from uuid import UUID

import pytest
from lxml import etree

from stranas.accounts.models import Role
from stranas.compliance.formats import Format
from stranas.publication.views.portal import feeds
from tests import factories
from tests.compliance.released import write_quickly
from tests.publication.public import publish
from tests.publication.told import tell

OWN = "http://127.0.0.1:5000/"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"
# W3C Date and Time Formats, with seconds and a zone.
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")


@pytest.fixture
def told(app):
    return tell(factories.make_agency(), factories.make_person(Role.SECRETARIAT), editions=2)


@pytest.fixture
def released(told, monkeypatch):
    """A quarter beside the story."""
    monkeypatch.setattr(Format, "write", write_quickly)
    publish(agencies=4)


def addresses(client) -> list[str]:
    return [place.findtext(f"{MAP}loc") for place in etree.fromstring(client.get("/sitemap.xml").data)]


def test_the_sitemap_keeps_to_its_schema(client, released):
    answer = client.get("/sitemap.xml")
    root = etree.fromstring(answer.data)
    assert answer.data.startswith(b"<?xml version='1.0' encoding='UTF-8'?>")
    assert root.tag == f"{MAP}urlset"
    assert len(answer.data) <= 50 * 2**20
    for place in root:
        assert place.tag == f"{MAP}url"
        assert [child.tag for child in place] in ([f"{MAP}loc"], [f"{MAP}loc", f"{MAP}lastmod"])
        address, changed = place.findtext(f"{MAP}loc"), place.findtext(f"{MAP}lastmod")
        assert address.startswith(OWN)
        assert 12 <= len(address) < 2048
        assert re.fullmatch(r"[!-~]+", address)
        assert changed is None or (INSTANT.fullmatch(changed) and datetime.fromisoformat(changed))


def test_the_sitemap_names_each_address_once_and_every_kind_of_page(client, released):
    found = addresses(client)
    assert len(found) == len(set(found)) > 10
    for part in (
        "capaian",
        "capaian/triwulan/",
        "capaian/provinsi/",
        "capaian/instansi/",
        "capaian/aksi/",
        "kabar/",
        "data",
    ):
        assert any(address.startswith(OWN + part) for address in found), part


def test_a_sitemap_is_never_too_long_and_leaves_out_the_oldest_stories(client, released, monkeypatch):
    whole = addresses(client)
    monkeypatch.setattr(feeds, "MOST_PLACES", len(whole) - 1)
    assert [address for address in whole if address not in addresses(client)] == [whole[-1]]
    assert whole[-1].startswith(f"{OWN}kabar/")


def test_robots_keep_out_of_no_address_of_the_sitemap_and_of_every_door_of_officers(client, released):
    answer = client.get("/robots.txt")
    assert answer.content_type == "text/plain; charset=utf-8"
    assert len(answer.data) < 500 * 1024
    robots = RobotFileParser()
    robots.parse(answer.text.splitlines())
    assert [address for address in addresses(client) if not robots.can_fetch("*", address)] == []
    assert not any(
        robots.can_fetch("*", OWN + path) for path in ("masuk", "publikasi/1", "laporan/1", "permintaan/a.b")
    )
    (named,) = robots.site_maps()
    assert named.startswith(OWN)
    assert client.get(named.removeprefix(OWN.rstrip("/"))).status_code == 200


@pytest.mark.parametrize("query", ["", "?instansi=33.23", "?instansi=tidak%20ada%26%22%C3%A9"])
def test_the_feed_has_what_must_be_there(client, told, query):
    answer = client.get(f"/umpan.atom{query}")
    feed = etree.fromstring(answer.data)
    assert (answer.mimetype, feed.tag) == ("application/atom+xml", f"{ATOM}feed")
    _has_once(feed, "id", "title", "updated")
    links = {link.get("rel", "alternate"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"].startswith(OWN)
    assert client.get(links["self"].removeprefix(OWN.rstrip("/"))).data == answer.data
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    entries = feed.findall(f"{ATOM}entry")
    assert bool(entries) == ("ada" not in query)
    for entry in entries:
        _has_once(entry, "id", "title", "updated", "published", "summary", "content")
        assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Kabupaten Temanggung"
        assert entry.find(f"{ATOM}content").get("type") == "html"
        assert len([link for link in entry.findall(f"{ATOM}link") if link.get("rel", "alternate") == "alternate"]) == 1


def _has_once(node, *names: str) -> None:
    for name in names:
        (one,) = node.findall(f"{ATOM}{name}")
        assert one.text
        if name == "id":
            assert UUID(one.text).version == 5
            assert one.text.startswith("urn:uuid:")
        if name in ("updated", "published"):
            assert INSTANT.fullmatch(one.text)


def test_a_name_in_the_feed_stays_when_the_service_moves(client, told, app, monkeypatch):
    before = etree.fromstring(client.get("/umpan.atom").data)
    moved = app.config["SETTINGS"].model_copy(update={"base_url": "https://aksi.example.go.id"})
    monkeypatch.setitem(app.config, "SETTINGS", moved)
    after = etree.fromstring(client.get("/umpan.atom").data)
    assert [one.text for one in after.iter(f"{ATOM}id")] == [one.text for one in before.iter(f"{ATOM}id")]
    assert after.find(f"{ATOM}link").get("href") != before.find(f"{ATOM}link").get("href")
