"""Atom feed, sitemap, robots.txt."""

from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator
from flask import Response, current_app, request
from lxml import etree

from stranas.publication.markdown import story_html
from stranas.publication.queries.figures import public_figures, public_periods
from stranas.publication.queries.reading import Listed, addresses, listed
from stranas.publication.rules import Scope
from stranas.publication.views import public_blueprint as portal
from stranas.publication.views.portal.data import terms
from stranas.publication.views.portal.shell import public

IN_FEED = 50
# A feed without an entry was never changed: it is as old as the programme.
BEGINNING = "2019-01-01T00:00:00+07:00"
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST_PLACES = 50_000  # of one sitemap, by its protocol
# Names in it are those of the feed and its entries for ever, whatever address the service has.
NAMES = UUID("6f1c2f0e-6a0b-5d0e-9a3f-0d2b6c1f7a54")
# The beginnings of the officers' addresses.
CLOSED = (
    *("/masuk", "/publikasi", "/laporan", "/permintaan", "/verifikasi", "/antrean", "/kepatuhan", "/tanda-terima"),
    *("/dokumen", "/orang", "/pejabat", "/pengingat", "/penetapan", "/persetujuan", "/surat", "/kalender", "/unit"),
)


@portal.get("/umpan.atom")
@public
def atom():
    """The newest stories, of one agency (?instansi=33.23) or of all."""
    code = request.args.get("instansi") or ""
    rows, _ = listed(agency_code=code or None, size=IN_FEED)
    feed = FeedGenerator()
    narrowed = f"?{urlencode({'instansi': code})}" if code else ""
    feed.id(_name("umpan", code or "semua"))
    feed.title(terms().titled(f"Kabar {rows[0].story.agency}" if code and rows else "Kabar Aksi Pencegahan Korupsi"))
    feed.link(href=terms().at(f"/umpan.atom{narrowed}"), rel="self", type="application/atom+xml")
    feed.link(href=terms().at(f"/kabar{narrowed}"), rel="alternate", type="text/html")
    feed.author(name=terms().publisher)
    feed.language("id")
    feed.updated(max((row.published_at for row in rows), default=BEGINNING))
    for row in rows:
        _entry(feed, row)
    return Response(feed.atom_str(pretty=True), content_type="application/atom+xml; charset=utf-8")


def _name(*parts: str) -> str:
    """A URN of a registered kind (RFC 4287 asks for an IRI that never changes)."""
    return uuid5(NAMES, "/".join(parts)).urn


def _entry(feed: FeedGenerator, row: Listed) -> None:
    story = row.story
    entry = feed.add_entry(order="append")
    entry.id(_name("kabar", story.slug))
    entry.title(story.title)
    entry.link(href=terms().at(f"/kabar/{story.slug}"), rel="alternate", type="text/html")
    entry.author(name=story.agency)
    entry.category(term=story.kind.value, label=story.kind.label)
    entry.published(row.first_at)
    entry.updated(row.published_at)
    entry.summary(story.summary)
    entry.content(str(story_html(story)), type="html")


@portal.get("/sitemap.xml")
@public
def sitemap():
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})
    for path, at in _places()[:MOST_PLACES]:
        place = etree.SubElement(root, f"{{{SITEMAP}}}url")
        etree.SubElement(place, f"{{{SITEMAP}}}loc").text = terms().at(path)
        if at is not None:
            etree.SubElement(place, f"{{{SITEMAP}}}lastmod").text = at.isoformat(timespec="seconds")
    return Response(etree.tostring(root, xml_declaration=True, encoding="UTF-8"), content_type="application/xml")


def _places() -> list[tuple[str, datetime | None]]:
    """Path and when it changed last; the oldest stories at the end."""
    periods, told = public_periods(), addresses()
    figures_at = max((one.published_at for one in periods), default=None)
    story_at = max((at for _, at in told), default=None)
    pages = ("", "/peringkat", "/instansi", "/aksi", "/arti-angka", "/angka-terdahulu")
    return [
        *((f"/capaian{page}", figures_at) for page in pages),
        *((f"/capaian/triwulan/{one.key}", one.published_at) for one in periods),
        *((path, figures_at) for path in _scopes()),
        ("/data", figures_at),
        ("/data/perubahan", figures_at),
        ("/kabar", story_at),
        *((f"/kabar/{slug}", at) for slug, at in reversed(told)),
    ]


def _scopes() -> list[str]:
    """Every province, agency and action that has public figures, once."""
    rows = public_figures(scopes=[Scope.PROVINCE, Scope.AGENCY])
    actions = public_figures(scopes=[Scope.NATIONAL], action_keys=None)
    found = [f"/capaian/{row.scope.value}/{row.key}" for row in rows]
    return sorted({*found, *(f"/capaian/aksi/{row.action_key}" for row in actions if row.action_key)})


@portal.get("/robots.txt")
@public
def robots():
    """The portal may be found; what officers work on is closed anyway and need not be asked for."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED), "Allow: /", ""]
    address = current_app.config["SETTINGS"].base_url
    return Response(
        "\n".join([*lines, f"Sitemap: {address}/sitemap.xml", ""]), content_type="text/plain; charset=utf-8"
    )
