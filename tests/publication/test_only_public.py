"""Only what may be public: every word of every table that is not public is replaced by a mark, and a reader who is not
signed in follows every link that he finds. No mark may come back, and no door to a document may open."""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from flask import url_for
from sqlalchemy import Enum, String, Text, update

from stranas.accounts.models import Role, User
from stranas.agencies.models import Agency
from stranas.compliance.formats import Format
from stranas.compliance.operations import follow_releases
from stranas.evidence.models import Document
from stranas.publication.operations.figures import publish_figures
from stranas.publication.queries import figures
from stranas.system.db import db
from tests import factories
from tests.compliance.released import write_quickly
from tests.publication.writing import Room

MARK = "RAHASIA"
# What everybody may read: who reports, on what, when, the released figures, and published editions of stories. The
# bytes of files lie outside of the database; `story.slug` is the address of a published story.
PUBLIC_TABLES = {
    "agency",
    "agency_alias",
    "edition",
    "edition_file",
    "item",
    "kit_file",
    "period",
    "programme",
    "published_edition",
    "published_figure",
    "stored_file",
    "story_edition",
}
PUBLIC_COLUMNS = {("story", "slug"), ("publication_profile", "website"), ("release", "decree")}
START = (
    "/capaian",
    "/capaian/instansi/33.23",
    "/kabar",
    "/data",
    "/umpan.atom",
    "/sitemap.xml",
    "/robots.txt",
    "/masuk",
)
MOST_OF_A_KIND = 12  # 595 pages of agencies are one page with other figures
LINK = re.compile(r"""(?:href|src|content|Url|url)["']?\s*[=:]\s*["']([^"']+)["']|<loc>([^<]+)</loc>""")


@pytest.fixture
def portal(demo_app, monkeypatch):
    """The demo with its released quarters public, one story published and one written; then everything is marked."""
    monkeypatch.setattr(Format, "write", write_quickly)
    follow_releases()
    publish_figures()
    agency = _agency("33.23")
    room = Room(
        agency,
        galih=factories.make_person(Role.HUMAS, agency, email="galih.kedua@example.com"),
        hapsari=factories.make_person(Role.STORY_APPROVER, agency, email="hapsari.kedua@example.com"),
        period_key="B12",
    )
    published = room.published(title="Izin usaha selesai dalam sehari")
    room.write(title="Konsep yang belum disetujui")
    db.session.commit()
    mark_what_is_not_public()
    db.session.expire_all()
    return published


def _agency(code: str) -> Agency:
    return db.session.scalars(db.select(Agency).where(Agency.code == code)).one()


def marked_columns():
    """Every column of words in a table that is not public, but for keys of enumerations and what must keep its form."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            is_words = isinstance(column.type, String | Text) and not isinstance(column.type, Enum)
            if table.name in PUBLIC_TABLES or not is_words or (table.name, column.name) in PUBLIC_COLUMNS:
                continue
            if not column.primary_key and not column.foreign_keys and column.type.python_type is str:
                yield table, column


def mark_what_is_not_public() -> None:
    for table, column in marked_columns():
        room = column.type.length or 200
        if "id" in table.columns and room >= 64:
            words = f"{MARK}-{table.name}.{column.name}-"[: room - 12]
            db.session.execute(update(table).values({column: db.literal(words) + db.cast(table.c.id, String)}))
    db.session.commit()


def crawl(client):
    """(address, status, text) of everything that can be reached from the first pages, at most so many of a kind."""
    waiting, seen, kinds = deque(START), set(START), Counter()
    while waiting:
        address = waiting.popleft()
        answer = client.get(address)
        text = answer.get_data(as_text=True) if _is_text(answer) else ""
        yield address, answer.status_code, text
        for link in _links(address, text):
            kind = re.sub(r"[^/?=&]*\d[^/?=&]*|(?<=/instansi/)[^/?]+|(?<=q=)[^&]*", "*", link)
            if link not in seen and kinds[kind] < MOST_OF_A_KIND:
                kinds[kind] += 1
                seen.add(link)
                waiting.append(link)


def _is_text(answer) -> bool:
    return not answer.mimetype.startswith(("image/", "font/", "video/")) and answer.mimetype != "application/pdf"


def _links(address: str, text: str):
    for pair in LINK.findall(text):
        parts = urlsplit(urljoin(address, next(filter(None, pair)).replace("&amp;", "&")))
        if (
            parts.netloc in ("", "127.0.0.1:5000")
            and parts.path.startswith("/")
            and not parts.path.startswith("/static")
        ):
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def test_no_public_address_leads_to_what_is_not_public(portal, client):
    reached = list(crawl(client))
    addresses = [address for address, *_ in reached]
    for needed in (f"/kabar/{portal.slug}", f"/kabar/{portal.slug}.json", "/data/angka.csv", "/capaian/instansi/33.23"):
        assert needed in addresses
    assert len(addresses) > 80
    leaks = [(address, text[text.index(MARK) :][:80]) for address, _, text in reached if MARK in text]
    assert leaks == []
    assert [address for address, status, _ in reached if status >= 500] == []
    assert all("Konsep yang belum disetujui" not in text for *_, text in reached)
    assert all("B15" not in text for address, _, text in reached if address.startswith("/data/angka"))


def test_the_crawl_would_find_a_leak(portal, client, monkeypatch):
    """A figure whose name comes from a table that is not public."""
    name = db.session.scalar(db.select(User.name).limit(1))
    real = figures._period
    monkeypatch.setattr(figures, "_period", lambda edition: type(real(edition))(**vars(real(edition)) | {"name": name}))
    assert any(MARK in text for *_, text in crawl(client))


def test_no_door_to_a_document_opens_without_sign_in(portal, app, client):
    by_class = {d.publicity: d.id for d in db.session.scalars(db.select(Document)).unique()}
    assert len(by_class) > 1
    rules = [rule for rule in app.url_map.iter_rules() if "document_id" in rule.arguments and "GET" in rule.methods]
    assert rules
    for rule in rules:
        for document_id in by_class.values():
            values = {name: document_id if name == "document_id" else 1 for name in rule.arguments}
            with app.test_request_context():
                address = url_for(rule.endpoint, **values)
            answer = client.get(address)
            assert answer.status_code in (302, 401, 404), address
            assert answer.status_code != 302 or "/masuk" in answer.location
