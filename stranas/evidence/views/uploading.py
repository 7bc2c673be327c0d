"""Resumable upload: tus 1.0.0 with creation, expiration, checksum and termination, at /unggah.

Beside the protocol, GET tells the page in words what HEAD tells a client in headers, and which uploads are unfinished.

No CSRF token is asked for: a client that goes on after a new sign-in has none. Instead every request must carry the
header Tus-Resumable. A page of another site can send it only after asking by CORS, which is never granted; and the
session's cookie is SameSite=Lax.

No transaction is open while bytes come, and no row is written before they are complete.
"""

import shutil
from collections.abc import Callable
from typing import Any

from flask import current_app, request
from flask_login import current_user
from werkzeug.http import http_date

from stranas.evidence import operations, places, protocol, rules
from stranas.evidence.finishing import try_to_finish, uploads
from stranas.evidence.places import PERSON, KeyOver, NotAllowed, NotThere
from stranas.evidence.protocol import BadHeader
from stranas.evidence.uploads import CHUNK, DiskFull, Mismatch, MovedOn, Upload
from stranas.evidence.views import blueprint
from stranas.system import clock, text
from stranas.system.access import open_to_all
from stranas.system.db import read_only
from stranas.system.errors import Refused
from stranas.system.inputs import pieces

MOST_UNFINISHED = 50
# What the database, the previews and the checks may need while an upload comes.
ROOM_LEFT = 200_000_000
SIGNED_OUT = (
    "Sesi masuk sudah berakhir.",
    "Masuk kembali di tab lain. Unggahan berlanjut dari bagian yang sudah diterima.",
)
GONE = ("Unggahan ini tidak ada lagi.", "Pilih berkasnya, lalu unggah dari awal.")


class Said(Exception):
    """A request that cannot be done: the number, the sentence and what to do about it."""

    def __init__(self, code: int, sentence: str, repair: str = "") -> None:
        super().__init__(sentence)
        self.answer = {"error": sentence, "repair": repair}, code


@blueprint.route("/unggah", methods=["OPTIONS", "POST", "GET"], provide_automatic_options=False)
@open_to_all
def uploads_door():
    return _answer({"POST": _create, "GET": _unfinished, "HEAD": _unfinished})


@blueprint.route(
    "/unggah/<upload_id>",
    methods=["OPTIONS", "HEAD", "GET", "PATCH", "DELETE", "POST"],  # POST with X-HTTP-Method-Override
    provide_automatic_options=False,
)
@open_to_all
def upload_door(upload_id: str):
    return _answer({"HEAD": _look, "GET": _look, "PATCH": _append, "DELETE": _terminate}, upload_id)


def _answer(doors: dict[str, Callable], *words: str):
    method = request.headers.get("X-HTTP-Method-Override", request.method).upper()
    try:
        if method == "OPTIONS":
            return _abilities()
        if request.headers.get("Tus-Resumable") != protocol.VERSION:
            raise Said(412, "Permintaan ini tidak memakai tus 1.0.0.")
        if method not in doors:
            raise Said(405, "Alamat ini tidak dibuka dengan cara itu.")
        return doors[method](*words)
    except Said as said:
        return said.answer
    except BadHeader as problem:
        return Said(400, f"Kepala permintaan {problem.name} tidak ada atau tidak dapat dibaca.").answer


@blueprint.after_request
def _speak_tus(response):
    if request.endpoint in (f"{blueprint.name}.{view.__name__}" for view in (uploads_door, upload_door)):
        response.headers["Tus-Resumable"] = response.headers["Tus-Version"] = protocol.VERSION
        response.headers["Cache-Control"] = "no-store"
    return response


def _abilities():
    told = {"Tus-Extension": protocol.EXTENSIONS, "Tus-Max-Size": str(_limit())}
    return "", 204, told | {"Tus-Checksum-Algorithm": ",".join(protocol.ALGORITHMS)}


def _create():
    with read_only():
        whose = _owners()
        length = protocol.whole_number("Upload-Length", request.headers.get("Upload-Length"))
        raw = request.headers.get("Upload-Metadata", "")
        words = protocol.metadata(raw)
        place_name = words.get("place", "")
        owner, agency_id = _authorised(place_name, whose)
    _refuse_size(length)
    if len(uploads().of_owner(owner)) >= MOST_UNFINISHED:
        raise Said(
            429,
            f"Ada {MOST_UNFINISHED} unggahan yang belum selesai.",
            "Lanjutkan atau batalkan sebagian, lalu unggah kembali.",
        )
    _need_room(length)
    try:
        upload = uploads().create(
            owner=owner,
            name=rules.clean_name(words.get("filename", "")),
            place=place_name,
            agency_id=agency_id,
            length=length,
            metadata=raw,
            at=clock.wall(),
        )
    except DiskFull:
        raise _full() from None
    return "", 201, {"Location": f"/unggah/{upload.id}", **_expiry(upload)}


def _authorised(place_name: str, whose: dict[str, int]) -> tuple[str, int]:
    """Whose upload it will be, and whose library takes it, before any byte is taken."""
    try:
        place, address = places.place_named(place_name)
        number = whose.get(place.owned_by)
        if number is None:
            raise Said(401, *SIGNED_OUT)
        return places.owner_of(place.owned_by, number), place.authorise(address, number)
    except NotThere:
        raise Said(404, "Tempat unggahan tidak ditemukan.", "Muat ulang halaman, lalu coba sekali lagi.") from None
    except NotAllowed:
        raise Said(403, "Akun Anda tidak berwenang mengunggah di sini.") from None
    except Refused as problem:
        raise Said(409, problem.sentence, problem.repair) from None


def _owners() -> dict[str, int]:
    """On whose behalf the request comes; nobody at all is signed out."""
    try:
        found = places.owners()
    except KeyOver as problem:
        raise Said(410, problem.sentence, problem.repair) from None
    if not found:
        raise Said(401, *SIGNED_OUT)
    return found


@places.knows_owner
def _signed_in() -> tuple[str, int] | None:
    return (PERSON, current_user.id) if current_user.is_authenticated else None


def _refuse_size(length: int) -> None:
    if length == 0:
        problem = operations.empty_file()
        raise Said(422, problem.sentence, problem.repair)
    if length > _limit():
        problem = operations.too_large(_limit())
        raise Said(413, problem.sentence, problem.repair)


def _limit() -> int:
    return current_app.config["SETTINGS"].upload_limit_mb * 1_000_000


def _need_room(more: int) -> None:
    if shutil.disk_usage(uploads().root).free < more + ROOM_LEFT:
        raise _full()


def _full() -> Said:
    return Said(
        507,
        "Tempat penyimpanan hampir penuh, jadi berkas belum dapat diterima.",
        "Yang sudah diterima tetap tersimpan. Coba lagi nanti, atau hubungi bantuan.",
    )


def _own(upload_id: str) -> Upload:
    """One of the sender's own uploads; anybody else's is not found."""
    with read_only():
        whose = _owners()
    for kind, number in whose.items():
        if upload := uploads().find(places.owner_of(kind, number), upload_id):
            if uploads().expires_at(upload) < clock.wall() and uploads().offset(upload) < upload.length:
                raise Said(410, *GONE)
            return upload
    raise Said(404, *GONE)


def _look(upload_id: str):
    """HEAD of the protocol; with GET also in words."""
    upload = _own(upload_id)
    offset = uploads().safe_offset(upload)
    if offset == upload.length:
        upload = try_to_finish(upload)
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(upload.length), **_expiry(upload)}
    if upload.metadata:
        headers["Upload-Metadata"] = upload.metadata
    return _told(upload, offset), 200, headers


def _told(upload: Upload, offset: int) -> dict[str, Any]:
    words = protocol.metadata(upload.metadata)
    said = {
        "url": f"/unggah/{upload.id}",
        "name": upload.name,
        "filename": words.get("filename", ""),
        "place": upload.place,
        "length": upload.length,
        "offset": offset,
        "modified": words.get("modified", ""),
        "attached": bool(upload.outcome and upload.outcome.attached),
        "finished": upload.outcome is not None,
        "received": text.instant(upload.completed_at) if upload.completed_at else "",
    }
    if upload.outcome:
        said |= {"error": upload.outcome.sentence, "repair": upload.outcome.repair}
    return said


def _unfinished():
    """The sender's uploads that wait for more bytes."""
    with read_only():
        whose = _owners()
    mine = [u for kind, number in whose.items() for u in uploads().of_owner(places.owner_of(kind, number))]
    now = clock.wall()
    told = [_told(u, uploads().safe_offset(u)) for u in mine if uploads().expires_at(u) > now]
    return {"uploads": [one for one in told if one["offset"] < one["length"]]}


def _append(upload_id: str):
    upload = _own(upload_id)
    if request.mimetype != protocol.CONTENT_TYPE:
        raise Said(415, f"Isi permintaan harus {protocol.CONTENT_TYPE}.")
    offset = protocol.whole_number("Upload-Offset", request.headers.get("Upload-Offset"))
    checksum = protocol.checksum(request.headers.get("Upload-Checksum"))
    if offset != uploads().offset(upload):
        raise _moved_on()
    left = upload.length - offset
    if (request.content_length or 0) > left:
        raise Said(413, "Bagian yang dikirim lebih besar daripada sisa berkas.", "Unggah kembali dari awal.")
    if left:
        _need_room(request.content_length or 0)
        offset = _take(upload, offset, left, checksum)
    if offset == upload.length:
        upload = try_to_finish(upload)
    return "", 204, {"Upload-Offset": str(offset), **_expiry(upload)}


def _take(upload: Upload, offset: int, left: int, checksum: protocol.Checksum | None) -> int:
    chunks = pieces(request, size=CHUNK, most=left)
    try:
        if checksum:
            return uploads().append_verified(upload, chunks, offset=offset, checksum=checksum)
        return uploads().append(upload, chunks, offset=offset)
    except MovedOn:
        raise _moved_on() from None
    except Mismatch:
        raise Said(460, "Bagian berkas berubah di perjalanan.", "Bagian itu dikirim ulang.") from None
    except DiskFull:
        raise _full() from None
    except FileNotFoundError:
        raise Said(410, *GONE) from None


def _moved_on() -> Said:
    return Said(409, "Unggahan ini sudah berlanjut dari bagian lain.", "Unggahan dilanjutkan dari bagian terakhir.")


def _terminate(upload_id: str):
    """What is complete was received, and stays: only the memory of its upload goes."""
    upload = _own(upload_id)
    if uploads().offset(upload) == upload.length and try_to_finish(upload).outcome is None:
        raise Said(
            409, "Berkas sudah diterima lengkap dan sedang dicatat.", "Tunggu sebentar, lalu muat ulang halaman."
        )
    uploads().terminate(upload)
    return "", 204


def _expiry(upload: Upload) -> dict[str, str]:
    return {} if upload.outcome else {"Upload-Expires": http_date(uploads().expires_at(upload))}


@blueprint.record_once
def _without_token(state) -> None:
    for view in (uploads_door, upload_door):
        state.app.extensions["csrf"].exempt(f"{__name__}.{view.__name__}")
