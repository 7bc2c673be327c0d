"""What every public page has: `public` marks its view, `page` renders it in the portal's own shell.

A page is fresh as long as its address, what is published, the code and the settings are the same: who has it already
is answered 304 before anything is asked or rendered.
"""

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Response, current_app, make_response, request

import config
from stranas.publication.queries.version import portal_version
from stranas.publication.telling import period_title, summary
from stranas.publication.views import public_blueprint
from stranas.system import clock, text
from stranas.system.access import open_to_all
from stranas.system.sessions import without_session

# Address and words of the bar; a page belongs to the longest address that it begins with.
ENTRIES = (
    ("/capaian", "Capaian"),
    ("/capaian/instansi", "Instansi"),
    ("/capaian/aksi", "Aksi"),
    ("/kabar", "Kabar"),
    ("/data", "Data terbuka"),
)
# Settings that pages print.
PRINTED = ("base_url", "help_contact", "data_publisher", "data_licence", "data_licence_url", "data_terms_assumed")
CODE = ("templates", "stranas", "reports", "seed_data")  # seeds hold the outlines of maps and the reference series
LIBRARIES = "requirements.txt"  # they write Markdown and lay pictures out


def public(view: Callable) -> Callable:
    """Open to all, without a session; kept by browsers and asked again with its ETag.

    The tag is weak, because compression changes the bytes and not the page. What the view refuses (404, 410) has none.
    """

    @open_to_all
    @wraps(view)
    def answered(**values: Any) -> Response:
        without_session()
        tag = _tag()
        known = tag in request.if_none_match.as_set(include_weak=True)  # "*" asks whether it is there: the view knows
        response = Response(status=304) if known else make_response(view(**values))
        if response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            response.headers["Cache-Control"] = "no-cache"
        return response

    return answered


def page(template: str, **values: Any) -> str:
    """A page of templates/portal. The shell of officers' pages would ask who reads."""
    settings = current_app.config["SETTINGS"]
    return current_app.jinja_env.get_template(f"portal/{template}").render(
        practice=clock.is_practice(),
        base_url=settings.base_url,
        help_contact=settings.help_contact,
        entries=ENTRIES,
        here=_entry(request.path),
        period_title=period_title,
        summary=summary,
        **values,
    )


@public_blueprint.errorhandler(404)
def _missing(_error: Exception) -> tuple[str, int]:
    return page("missing.html"), 404


@public_blueprint.record_once
def _know_the_code(state: Any) -> None:
    """Another release is another page: its templates and code are part of every tag, the same on every worker."""
    settings = state.app.config["SETTINGS"]
    digest = hashlib.sha256(repr([getattr(settings, name) for name in PRINTED]).encode())
    digest.update((config.ROOT / LIBRARIES).read_bytes())
    for folder in CODE:
        for file in sorted((config.ROOT / folder).rglob("*.*")):
            if file.suffix in (".html", ".py", ".css", ".svg", ".csv", ".toml", ".geojson"):
                digest.update(file.read_bytes())
    state.app.extensions["portal_code"] = digest.hexdigest()


def _tag() -> str:
    """The day, too: masa pilkada begins and ends by itself."""
    today = text.local_day(clock.now(), "Asia/Jakarta")
    code = current_app.extensions["portal_code"]
    parts = (request.full_path, portal_version(), code, clock.is_practice(), today)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def _entry(path: str) -> str:
    inside = [address for address, _ in ENTRIES if path == address or path.startswith(f"{address}/")]
    return max(inside, key=len, default="")
