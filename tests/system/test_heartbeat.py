"""The dead man's switch: asked when nothing stands still, silent otherwise, and never a reason to fail."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

import config
from stranas.jobs import watch
from stranas.system import heartbeat, schedule, watching
from stranas.system.db import db
from stranas.system.watching import Problem


@contextmanager
def listening(status: int = 200, *, waits: threading.Event | None = None):
    """(address, what was asked): a server on this machine that answers everything with one status."""
    asked = []

    class Ear(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(f"{self.command} {self.path}")
            if waits:
                waits.wait(10)
            self.send_response(status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Ear)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ping/secret", asked
    finally:
        if waits:
            waits.set()
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def beat_at(app, monkeypatch):
    """`beat_at(address)`: the heartbeat with that setting."""

    def beat(address: str) -> bool:
        monkeypatch.setattr(app.config["SETTINGS"], "heartbeat_url", address)
        return heartbeat.beat()

    return beat


@pytest.mark.parametrize("found", [[], [Problem("worker", "Terhenti.", "Jalankan.")]])
def test_the_job_asks_once_and_only_if_nothing_stands_still(app, monkeypatch, found):
    monkeypatch.setattr(watching, "_CHECKS", {"one": lambda now: found})
    with listening() as (address, asked):
        monkeypatch.setattr(app.config["SETTINGS"], "heartbeat_url", address)
        turn = schedule.Turn(day=schedule.date(2020, 7, 13), since=schedule.date(2020, 7, 12))
        assert watch(turn)["beats"] == (0 if found else 1)
    assert asked == ([] if found else ["GET /ping/secret"])


def test_without_an_address_nobody_is_asked(beat_at):
    assert beat_at("") is False


@pytest.mark.parametrize(("status", "heard"), [(200, True), (204, True), (302, False), (404, False), (500, False)])
def test_only_a_yes_is_a_yes_and_a_redirect_is_not_followed(beat_at, status, heard):
    with listening(status) as (address, asked):
        assert beat_at(address) is heard
    assert asked == ["GET /ping/secret"]


def test_who_does_not_answer_in_time_is_left(beat_at, monkeypatch, caplog):
    monkeypatch.setattr(heartbeat, "SECONDS", 0.2)
    with listening(waits=threading.Event()) as (address, _):
        assert beat_at(address) is False
    assert "the heartbeat was not heard" in caplog.text
    assert "secret" not in caplog.text


def test_a_closed_door_is_no_failure(beat_at, caplog):
    with listening() as (address, _):
        pass
    assert beat_at(address) is False
    assert "secret" not in caplog.text


def test_no_transaction_is_open_while_it_asks(app, monkeypatch):
    monkeypatch.setattr(watching, "_CHECKS", {"one": lambda now: db.session.execute(db.select(1)).all()[1:]})
    seen = []
    monkeypatch.setattr(heartbeat, "beat", lambda: seen.append(db.session().in_transaction()) or True)
    schedule.run(schedule.Job("watch", schedule.EveryMinutes(10), watch))
    assert seen == [False]


@pytest.mark.parametrize("address", ["ftp://host/x", "https://", "host.example/ping", "https://host:99999/x", "https:"])
def test_a_wrong_address_stops_the_start_with_a_sentence(address, monkeypatch):
    monkeypatch.setenv("STRANAS_HEARTBEAT_URL", address)
    with pytest.raises(config.SettingsError, match="STRANAS_HEARTBEAT_URL: must be an address that answers to GET"):
        config.load()


@pytest.mark.parametrize("address", ["", "https://hc.example/ping/1", "http://127.0.0.1:8080/"])
def test_an_address_of_the_web_is_taken(address, monkeypatch):
    monkeypatch.setenv("STRANAS_HEARTBEAT_URL", address)
    assert config.load().heartbeat_url == address
