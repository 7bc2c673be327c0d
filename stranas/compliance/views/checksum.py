"""Periksa laporan: anybody learns whether a file is a frozen edition, by its SHA-256. No session, no sign-in.

The browser computes the checksum where it can; else it is pasted, or the file is sent and hashed while it is read.
"""

import hashlib
import re

from flask import current_app, make_response, render_template, request

from stranas.compliance.queries.editions import by_checksum, grouped
from stranas.compliance.views import blueprint
from stranas.system.access import open_to_all
from stranas.system.db import read_only

MOST_BYTES = 50_000_000  # several times the largest report
WRONG = "Sidik SHA-256 terdiri atas 64 angka dan huruf a sampai f. Salin seluruhnya dari kaki laporan."
NO_FILE = "Pilih berkas lebih dahulu."


@blueprint.record_once
def _no_token(state) -> None:
    """The form changes nothing, and its page keeps no session in which a token could lie."""
    state.app.extensions["csrf"].exempt(f"{__name__}.check_file")


@blueprint.get("/periksa-laporan")
@open_to_all
def check_report():
    typed = request.args.get("sidik", "")
    answer = make_response(_page(typed) if typed else render_template("compliance/check_report.html"))
    if answer.status_code != 200:
        return answer
    answer.headers["Cache-Control"] = "no-cache"
    answer.add_etag()
    return answer.make_conditional(request)


@blueprint.post("/periksa-laporan")
@open_to_all
def check_file():
    """Without a script: the file comes here, is hashed in pieces, and is kept nowhere."""
    request.max_content_length = min(MOST_BYTES, current_app.config["MAX_CONTENT_LENGTH"])
    sent = request.files.get("berkas")
    if sent is None or not sent.filename:
        return render_template("compliance/check_report.html", file_problem=NO_FILE), 422
    return _page(hashlib.file_digest(sent.stream, "sha256").hexdigest())


def _page(typed: str):
    sha256 = re.sub(r"[\s:.-]", "", typed).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", sha256):
        return render_template("compliance/check_report.html", typed=typed[:200], problem=WRONG), 422
    with read_only():
        found = by_checksum(sha256)
    return render_template("compliance/check_report.html", typed=grouped(sha256), asked=grouped(sha256), found=found)
