"""An upload that is held open delays nobody: a real server, real sockets, both databases."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

import config
from stranas.accounts.models import Role
from stranas.system.db import db
from tests import factories
from tests.conftest import make_app

ANSWER_WITHIN = 3
# More than the kernel keeps for a connection: once it is sent, the application is reading.
SENT_FIRST, SENT_LATER = 24_000_000, 1_000_000


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request, tmp_path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/stranas.db"
    url = request.getfixturevalue("postgres_url")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS held_upload")
        connection.execute("CREATE DATABASE held_upload")
    return url.replace("/postgres?", "/held_upload?")


@pytest.fixture
def server(database_url, tmp_path) -> Iterator["Server"]:
    """One worker with threads, as bin/serve runs it, on a migrated database with Budi and Dewi."""
    settings = {"STRANAS_VAR": str(tmp_path), "STRANAS_DATABASE_URL": database_url, "STRANAS_QUEUE": "immediate:"}
    application = make_app(tmp_path, database_url, storage=f"folder:{tmp_path}/files")
    with application.app_context():
        agency = factories.make_agency()
        people = [factories.make_person(Role.COORDINATOR, agency, name) for name in ("Budi", "Dewi")]
        cookies = [_cookie(application, person) for person in people]
        db.session.remove()
        db.engine.dispose()
    with _running(settings, log=tmp_path / "server.log") as port:
        yield Server(port, [Officer(port, cookie) for cookie in cookies])


def _cookie(application, person) -> str:
    session = {"_user_id": person.fs_uniquifier, "_fresh": True, "identity.id": person.fs_uniquifier}
    return application.session_interface.get_signing_serializer(application).dumps(session)


@contextmanager
def _running(settings: dict[str, str], *, log: Path) -> Iterator[int]:
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.held_upload_app:app", "--bind", f"127.0.0.1:{port}"]
    options = ["--worker-class", "gthread", "--threads", "4", "--no-control-socket", "--log-level", "warning"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            command + options, cwd=config.ROOT, env=os.environ | settings, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            _wait_for(port, process, log)
            yield port
        finally:
            process.terminate()
            process.wait(timeout=40)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen, log: Path) -> None:
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        assert process.poll() is None, log.read_text()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except ConnectionError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise AssertionError(log.read_text())


class Server:
    def __init__(self, port: int, officers: list["Officer"]) -> None:
        self.port = port
        self.budi, self.dewi = officers


class Officer:
    """A browser of one person: cookie and CSRF token."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port = port
        self.cookie = cookie
        self.token = ""

    def open_page(self) -> None:
        status, headers, body = self._ask("GET", "/dokumen")
        assert status == 200
        self.token = re.search(r'name="csrf-token" content="([^"]+)"', body).group(1)
        self.cookie = re.search(r"session=([^;]+)", headers["Set-Cookie"]).group(1)

    def save(self) -> float:
        """How long a save takes."""
        began = time.monotonic()
        body = urlencode({"csrf_token": self.token})
        status, _, text = self._ask("POST", "/simpan", body, {"Content-Type": "application/x-www-form-urlencoded"})
        assert status == 200, text
        return time.monotonic() - began

    def _ask(self, method: str, path: str, body: str | None = None, headers: dict | None = None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, {"Cookie": f"session={self.cookie}"} | (headers or {}))
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer.status, answer.headers, text

    @contextmanager
    def held_upload(self) -> Iterator["HeldUpload"]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            yield HeldUpload(connection, self)
        finally:
            connection.close()


class HeldUpload:
    """A multipart upload whose end is still to come."""

    BOUNDARY = "----stranas"

    def __init__(self, connection: http.client.HTTPConnection, officer: Officer) -> None:
        self.connection = connection
        start = (
            f'--{self.BOUNDARY}\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{officer.token}\r\n'
            f'--{self.BOUNDARY}\r\nContent-Disposition: form-data; name="berkas"; filename="besar.pdf"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()
        self.end = b"x" * SENT_LATER + f"\r\n--{self.BOUNDARY}--\r\n".encode()
        connection.putrequest("POST", "/unggah")
        connection.putheader("Cookie", f"session={officer.cookie}")
        connection.putheader("Content-Type", f"multipart/form-data; boundary={self.BOUNDARY}")
        connection.putheader("Content-Length", str(len(start) + SENT_FIRST + len(self.end)))
        connection.endheaders()
        connection.send(start + b"x" * SENT_FIRST)

    def finish(self) -> tuple[int, str]:
        self.connection.send(self.end)
        answer = self.connection.getresponse()
        return answer.status, answer.read().decode()


def test_an_upload_held_open_does_not_delay_another_officers_save(server):
    server.budi.open_page()
    server.dewi.open_page()
    with server.budi.held_upload() as upload:
        times = [server.dewi.save() for _ in range(5)]
        assert max(times) < ANSWER_WITHIN
        status, body = upload.finish()
    assert status == 200, body
    assert json.loads(body)["size"] == SENT_FIRST + SENT_LATER


def test_an_upload_that_is_cut_off_leaves_nothing_behind(server, tmp_path):
    server.budi.open_page()
    server.dewi.open_page()
    with server.budi.held_upload():
        pass
    server.dewi.save()
    assert [file for file in (tmp_path / "files").rglob("*") if file.is_file()] == []
