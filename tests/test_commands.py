"""The two commands, as people start them."""

import os
import signal
import socket
import subprocess
import urllib.request
from pathlib import Path

import pytest

pytestmark = pytest.mark.process
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def free_port() -> int:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return held.getsockname()[1]


@pytest.fixture
def serve(tmp_path, free_port):
    """Start bin/serve on a new database; `serve()` returns the process once it has said that it is ready."""
    started = []

    def start(*words: str) -> subprocess.Popen:
        for former in started:
            former.wait(timeout=40)
        process = subprocess.Popen(
            [ROOT / "bin/serve", "--port", str(free_port), *words],
            env=os.environ | {"STRANAS_VAR": str(tmp_path)},
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        assert process.stdout.readline() == f"Ready: http://127.0.0.1:{free_port}\n"
        return process

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=40)
        process.stdout.close()


def test_serve_answers_and_ends_with_its_children(serve, free_port):
    process = serve()
    with urllib.request.urlopen(f"http://127.0.0.1:{free_port}/healthz", timeout=10) as answer:
        assert answer.status == 200
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=40) == 0
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", free_port)) != 0


def test_a_second_start_loads_nothing(serve, capfd):
    """Seconds depend on the machine; what costs them does not: on an idle one the second start takes 3 s."""
    serve().terminate()
    assert "agencies: 595" in capfd.readouterr().err
    serve()
    assert "agencies" not in capfd.readouterr().err


def test_a_taken_port_is_one_sentence(free_port):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", free_port))
        taken.listen()
        answer = subprocess.run([ROOT / "bin/serve", "--port", str(free_port)], capture_output=True, text=True)
    assert answer.returncode == 1
    assert answer.stderr == f"serve: port {free_port} is taken; choose another with --port\n"


def test_an_unknown_word_is_answered_with_the_usage():
    answer = subprocess.run([ROOT / "bin/serve", "--fast"], capture_output=True, text=True)
    assert (answer.returncode, answer.stderr[:6]) == (2, "usage:")
