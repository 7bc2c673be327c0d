"""Safe previews of documents: drawn in the child process, kept under var/previews by SHA-256.

No transaction may be open while a preview is made. What cannot be drawn is offered as a download.
"""

import json
import secrets
import threading
from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app

from stranas.evidence import runner
from stranas.evidence.queries import DocumentView
from stranas.system.storage import MissingObject, storage

LONGEST_SECONDS = 20
# A verifier's page asks for many pages at once; two children keep a small machine answering.
_two_at_once = threading.BoundedSemaphore(2)


@dataclass(frozen=True)
class PageView:
    """A page's number from 1, and the size of its picture in pixels."""

    number: int
    width: int
    height: int


@dataclass(frozen=True)
class Preview:
    """What `evidence/_preview.html` shows as `preview`. `kind`: pages, table, link or none."""

    document: DocumentView
    kind: str
    words: str = ""
    pages: tuple[PageView, ...] = field(default=())
    total_pages: int = 0
    rows: tuple[tuple[str, ...], ...] = field(default=())
    more_rows: bool = False


def preview_of(document: DocumentView) -> Preview:
    """How a document can be shown. Never raises for a strange file."""
    if document.is_link:
        return Preview(document, "link")
    about = _kept(document, "about.json") or _described(document)
    if about is None:
        return Preview(document, "none")
    return _preview(document, json.loads(about.read_text()))


def _preview(document: DocumentView, about: dict) -> Preview:
    return Preview(
        document,
        about["kind"],
        words=about["words"],
        pages=tuple(PageView(number, *size) for number, size in enumerate(about.get("sizes", ()), 1)),
        total_pages=about.get("total", 0),
        rows=tuple(tuple(row) for row in about.get("rows", ())),
        more_rows=about.get("more", False),
    )


def page_picture(document: DocumentView, number: int) -> Path | None:
    """The PNG of one page, or None when there is no such page or it cannot be drawn."""
    preview = preview_of(document)
    if not any(page.number == number for page in preview.pages):
        return None
    name = f"page-{number}.png"
    return _kept(document, name) or _drawn(document, number, name)


def _described(document: DocumentView) -> Path | None:
    about = _ask(document, "describe")
    if about is None:
        return None
    draft = _draft(document)
    draft.write_text(json.dumps(about, ensure_ascii=False))
    return draft.replace(_folder(document) / "about.json")


def _drawn(document: DocumentView, number: int, name: str) -> Path | None:
    draft = _draft(document)
    try:
        if _ask(document, "draw", page=number, into=str(draft)) is None:
            return None
        return draft.replace(_folder(document) / name)
    finally:
        draft.unlink(missing_ok=True)


def _ask(document: DocumentView, job: str, **request) -> dict | None:
    try:
        with _two_at_once, storage().path(document.storage_key) as path:
            return runner.ask(job, bounds=_bounds(), path=str(path), **request)
    except (runner.ChildFailed, MissingObject) as error:
        current_app.logger.warning("no preview of document %s: %s", document.id, error)
        return None


def _bounds() -> runner.Bounds:
    settings = current_app.config["SETTINGS"]
    return runner.Bounds(min(settings.check_seconds, LONGEST_SECONDS), settings.check_memory_mb)


def _kept(document: DocumentView, name: str) -> Path | None:
    file = _folder(document) / name
    return file if file.exists() else None


def _draft(document: DocumentView) -> Path:
    """Written beside its place and moved there whole: two readers may ask for the same page."""
    folder = _folder(document)
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f".{secrets.token_hex(6)}"


def _folder(document: DocumentView) -> Path:
    return current_app.config["SETTINGS"].var / "previews" / document.sha256[:2] / document.sha256
