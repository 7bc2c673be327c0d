"""An upload that is held open delays nobody: a real server, real sockets, the officers' own pages, both databases.
By the form and by the page's script (tus), which keeps what came before a broken line.

It is held until the other officer's saves are answered, so a save that waits for the upload would never end well:
SQLite gives up after 5 s, and the test after ANSWER_WITHIN.
"""

import base64
import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

import config
from stranas.accounts.models import Role
from stranas.evidence.uploads import CHUNK
from stranas.system import clock
from stranas.system.db import db
from tests import factories
from tests.conftest import make_app
from tests.server import free_port, wait_for

ANSWER_WITHIN = 4
SAVES = 5
# More than the kernel keeps for a connection: once it is sent, the application is reading.
SENT_FIRST, SENT_LATER = 24_000_000, 1_000_000


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request, tmp_path_factory) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path_factory.mktemp('held-database')}/stranas.db"
    url = request.getfixturevalue("postgres_url")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS held_upload")
        connection.execute("CREATE DATABASE held_upload")
    return url.replace("/postgres?", "/held_upload?")


@pytest.fixture(scope="module")
def server(database_url, tmp_path_factory) -> Iterator["Server"]:
    """One worker with threads, as bin/serve runs it; Budi of Temanggung and Dewi of another agency owe a report."""
    var = tmp_path_factory.mktemp("held")
    settings = {
        "STRANAS_VAR": str(var),
        "STRANAS_DATABASE_URL": database_url,
        "STRANAS_STORAGE": f"folder:{var}/files",
        "STRANAS_QUEUE": "immediate:",
    }
    application = make_app(var, database_url, storage=settings["STRANAS_STORAGE"])
    with application.app_context():
        desks = _two_desks(application)
        db.session.remove()
        db.engine.dispose()
    with _running(settings, log=var / "server.log") as port:
        yield Server(var / "files", *(Officer(port, desk) for desk in desks))


@dataclass(frozen=True)
class Desk:
    """What one officer brings along: a session, and the report that is owed."""

    cookie: str
    obligation_id: int
    requirement_id: int


def _two_desks(application) -> list[Desk]:
    clock.start_practice(datetime(2020, 7, 13, 2, tzinfo=UTC))
    programme = factories.make_programme()
    target = factories.make_target(factories.make_item(programme), factories.make_period(programme))
    desks = []
    for name, code, place in (("Budi", "33.23", "Kabupaten Temanggung"), ("Dewi", "71.09", "Kabupaten Sitaro")):
        agency = factories.make_agency(code=code, name=place)
        person = factories.make_person(Role.COORDINATOR, agency, name)
        obligation = factories.make_obligation(agency, target)
        desks.append(Desk(_cookie(application, person), obligation.id, target.requirements[0].id))
    return desks


def _cookie(application, person) -> str:
    session = {"_user_id": person.fs_uniquifier, "_fresh": True, "identity.id": person.fs_uniquifier}
    return application.session_interface.get_signing_serializer(application).dumps(session)


@contextmanager
def _running(settings: dict[str, str], *, log: Path) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "wsgi:app", "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command + options, cwd=config.ROOT, env=os.environ | settings, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            wait_for(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=40)


class Server:
    def __init__(self, files: Path, budi: "Officer", dewi: "Officer") -> None:
        self.files = files
        self.budi, self.dewi = budi, dewi

    def kept(self) -> set[Path]:
        return {file for file in self.files.rglob("*") if file.is_file()}


class Officer:
    """A browser of one person: cookie, CSRF token, and the revision of the form that is open."""

    def __init__(self, port: int, desk: Desk) -> None:
        self.port = port
        self.cookie = desk.cookie
        self.form = f"/laporan/{desk.obligation_id}"
        self.upload_to = f"{self.form}/data-dukung/{desk.requirement_id}"
        self.place = f"laporan/{desk.obligation_id}/{desk.requirement_id}"
        self.token = ""
        self.revision = 0

    def open_page(self) -> str:
        status, headers, body = self._ask("GET", self.form)
        assert status == 200, body
        self.token = re.search(r'name="csrf-token" content="([^"]+)"', body).group(1)
        self.revision = int(re.search(r'name="revision"[^>]* value="(\d+)"', body).group(1))
        if headers["Set-Cookie"]:
            self.cookie = re.search(r"session=([^;]+)", headers["Set-Cookie"]).group(1)
        return body

    def save(self, narrative: str = "Sedang dikerjakan") -> float:
        """How long a save of the form takes."""
        began = time.monotonic()
        fields = {"csrf_token": self.token, "revision": self.revision, "kind": "achievement", "narrative": narrative}
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}
        status, _, text = self._ask("POST", self.form, urlencode(fields), kind)
        assert status == 200, text
        self.revision = json.loads(text)["revision"]
        return time.monotonic() - began

    def _ask(self, method: str, path: str, body: str | bytes | None = None, headers: dict | None = None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, {"Cookie": f"session={self.cookie}"} | (headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    def begin_upload(self, name: str) -> str:
        words = {"filename": name, "place": self.place}
        told = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in words.items())
        length = str(SENT_FIRST + SENT_LATER)
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": length, "Upload-Metadata": told}
        status, answer, text = self._ask("POST", "/unggah", headers=headers)
        assert status == 201, text
        return answer["Location"]

    def send_rest(self, address: str) -> int:
        offset = self.offset(address)
        part = {"Tus-Resumable": "1.0.0", "Upload-Offset": str(offset)}
        content = {"Content-Type": "application/offset+octet-stream"}
        return self._ask("PATCH", address, b"x" * (SENT_FIRST + SENT_LATER - offset), part | content)[0]

    def offset(self, address: str) -> int:
        _, answer, _ = self._ask("HEAD", address, headers={"Tus-Resumable": "1.0.0"})
        return int(answer["Upload-Offset"])

    @contextmanager
    def held_upload(self, way: str, name: str) -> Iterator["HeldUpload"]:
        body = WAYS[way](self, name)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            yield HeldUpload(connection, self, body)
        finally:
            connection.close()


@dataclass(frozen=True)
class Body:
    """How a browser sends a file: where to, its headers, and what stands before and after the bytes."""

    method: str
    address: str
    headers: dict[str, str]
    before: bytes = b""
    after: bytes = b""


def _form(officer: Officer, name: str) -> Body:
    """The form of the page, without a script."""
    edge = "----stranas"
    before = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{officer.token}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="berkas"; filename="{name}"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={edge}"}
    return Body("POST", officer.upload_to, headers, before.encode(), f"\r\n--{edge}--\r\n".encode())


def _script(officer: Officer, name: str) -> Body:
    """The page's script: an upload is begun, and all of it sent as one part."""
    part = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    return Body("PATCH", officer.begin_upload(name), part)


WAYS = {"form": _form, "script": _script}


class HeldUpload:
    """An upload whose end is still to come."""

    def __init__(self, connection: http.client.HTTPConnection, officer: Officer, body: Body) -> None:
        self.connection = connection
        self.end = b"x" * SENT_LATER + body.after
        self.address = body.address
        connection.putrequest(body.method, body.address)
        for name, value in (body.headers | {"Cookie": f"session={officer.cookie}"}).items():
            connection.putheader(name, value)
        connection.putheader("Content-Length", str(len(body.before) + SENT_FIRST + len(self.end)))
        connection.endheaders()
        connection.send(body.before + b"%PDF-" + b"x" * (SENT_FIRST - 5))

    def finish(self) -> int:
        self.connection.send(self.end)
        answer = self.connection.getresponse()
        answer.read()
        return answer.status


@pytest.mark.parametrize("way", WAYS)
def test_an_upload_held_open_does_not_delay_another_officers_save(server, way):
    server.budi.open_page()
    server.dewi.open_page()
    with server.budi.held_upload(way, f"utuh-{way}.pdf") as upload:
        times = [server.dewi.save(f"Uraian {number}") for number in range(SAVES)]
        assert max(times) < ANSWER_WITHIN
        assert upload.finish() in (204, 302)
    page = server.budi.open_page()
    assert f"utuh-{way}.pdf" in page
    assert "25,0\u00a0MB" in page


def test_a_form_that_is_cut_off_leaves_nothing_behind(server):
    server.budi.open_page()
    server.dewi.open_page()
    before = server.kept()
    with server.budi.held_upload("form", "terputus-form.pdf"):
        server.dewi.save()
    _until(lambda: server.kept() == before)
    assert "terputus-form.pdf" not in server.budi.open_page()


def test_a_script_that_is_cut_off_goes_on_with_what_came(server):
    server.budi.open_page()
    server.dewi.open_page()
    with server.budi.held_upload("script", "terputus-script.pdf") as upload:
        server.dewi.save()
    _until(lambda: server.budi.offset(upload.address) == SENT_FIRST)
    assert "terputus-script.pdf" not in server.budi.open_page()
    assert server.budi.send_rest(upload.address) == 204
    assert "terputus-script.pdf" in server.budi.open_page()


def test_a_dead_line_that_is_still_open_does_not_keep_the_new_one_out(server):
    server.budi.open_page()
    with server.budi.held_upload("script", "hidup-lagi.pdf") as dead:
        _until(lambda: server.budi.offset(dead.address) > SENT_FIRST - CHUNK)
        assert server.budi.send_rest(dead.address) == 204
        assert dead.finish() == 409
    assert server.budi.open_page().count(">hidup-lagi.pdf<") == 1


def _until(is_so: Callable[[], bool]) -> None:
    """The server may notice the broken line a moment after the browser is gone."""
    ends = time.monotonic() + 10
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.1)
