"""Stories as everybody reads them, with their pictures. What was withdrawn answers 410, at every address it had."""

import json
from urllib.parse import quote

from flask import Response, abort, request, send_file

from stranas.publication import schema_org
from stranas.publication.frozen import dumps
from stranas.publication.markdown import story_html
from stranas.publication.queries.public_names import public_actions
from stranas.publication.queries.quotable import quotable_of
from stranas.publication.queries.reading import Gone, Readable, card_key, listed, picture_key, readable
from stranas.publication.queries.stale import changes_of
from stranas.publication.rules import StoryKind
from stranas.publication.telling import frozen_points
from stranas.publication.videos import BadVideo, video
from stranas.publication.views import public_blueprint as portal
from stranas.publication.views.portal.data import for_machines, terms
from stranas.publication.views.portal.seen import drawn_trend
from stranas.publication.views.portal.shell import page, public
from stranas.system.storage import MissingObject, storage


@portal.errorhandler(Gone)
def _gone(_error: Gone) -> tuple[str, int]:
    return page("gone.html"), 410


@portal.get("/kabar")
@public
def stories():
    kind = next((one for one in StoryKind if one.value == request.args.get("jenis")), None)
    number = max(1, request.args.get("halaman", 1, type=int))
    code = request.args.get("instansi") or None
    rows, pages = listed(kind=kind, agency_code=code, page=number)
    if number > pages:
        abort(404)
    return page("stories.html", rows=rows, pages=pages, number=number, kind=kind, kinds=list(StoryKind), code=code)


@portal.get("/kabar/<slug>")
@public
def story(slug: str):
    return _page(_found(slug))


@portal.get("/kabar/<slug>/edisi/<int:edition>")
@public
def old_story(slug: str, edition: int):
    return _page(_found(slug, edition))


def _found(slug: str, number: int | None = None) -> Readable:
    return readable(slug, number) or abort(404)


def _page(found: Readable) -> str:
    its = found.story
    changes = changes_of(its, quotable_of(its.agency_code).offers) if its.kind.has_figures else ()
    picture = _preview(found)
    about = schema_org.article(
        terms(),
        its,
        published_at=found.first.published_at.isoformat(),
        modified_at=found.newest.published_at.isoformat(),
        picture=picture,
    )
    return page(
        "story.html",
        found=found,
        story=its,
        body=story_html(its),
        changes=changes,
        trend=drawn_trend(frozen_points(its.trend)) if len(its.trend) > 1 else None,
        mark={one.key: one.mark for one in public_actions()}.get(its.action_key),
        film=_film(its.video_url),
        picture=picture,
        about=about,
        shares=_shares(terms().at(f"/kabar/{its.slug}"), its.title),
    )


def _preview(found: Readable) -> str:
    return f"/kabar/{found.story.slug}/kartu.png" if found.has_card or found.story.pictures else ""


def _film(address: str):
    """None without one, or where its host is no official one any more."""
    try:
        return video(address) if address else None
    except BadVideo:
        return None


def _shares(address: str, title: str) -> list[tuple[str, str]]:
    """Plain links: nothing of these sites is loaded before somebody follows one."""
    link, words = quote(address, safe=""), quote(title, safe="")
    return [
        ("WhatsApp", f"https://wa.me/?text={words}%20{link}"),
        ("Facebook", f"https://www.facebook.com/sharer/sharer.php?u={link}"),
        ("X", f"https://x.com/intent/post?text={words}&url={link}"),
        ("Surel", f"mailto:?subject={words}&body={link}"),
    ]


@portal.get("/kabar/<slug>/gambar/<int:position>")
@public
def story_picture(slug: str, position: int):
    """Of the newest edition, or of an older one (?edisi=1)."""
    return _bytes(picture_key(_found(slug, request.args.get("edisi", type=int)), position), "image/jpeg")


@portal.get("/kabar/<slug>/kartu.png")
@public
def story_card(slug: str):
    """The kit's picture for link previews; before there is a kit, the story's first picture."""
    found = _found(slug)
    if card := card_key(found):
        return _bytes(card, "image/png")
    first = found.story.pictures[0].position if found.story.pictures else 0
    return _bytes(picture_key(found, first), "image/jpeg")


def _bytes(key: str | None, mimetype: str) -> Response:
    """Nothing may be read of the file before: the server sends it from where the system's own pointer stands."""
    try:
        return send_file(storage().open(key or abort(404)), mimetype=mimetype, etag=False, conditional=False)
    except MissingObject:
        abort(404)


@portal.get("/kabar/<slug>.json")
@for_machines
@public
def story_figures(slug: str):
    """The edition as it is frozen, with its figures as text, as it may be shown today."""
    found = _found(slug)
    content = json.loads(dumps(found.story)) | {"edisi_terbaru": found.newest.number}
    return Response(json.dumps(content, ensure_ascii=False), content_type="application/json")
