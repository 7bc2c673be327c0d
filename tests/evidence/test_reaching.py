"""Links are asked only of listed hosts, at the address that was judged, and never inside."""

import http.server
import threading
from collections.abc import Iterator

import pytest

from stranas.evidence.reaching import Asker, asker, is_outside, reach


class Pages(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []

    def do_GET(self):
        self.asked.append(f"{self.headers['Host']}{self.path}")
        status, _, onward = self.path.lstrip("/").partition("/")
        self.send_response(int(status))
        if onward:
            self.send_header("Location", f"/{onward}" if not onward.startswith("http") else onward.replace(":/", "://"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@pytest.fixture
def port() -> Iterator[int]:
    Pages.asked = []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def here(*hosts: str) -> Asker:
    """Names lead to this machine, which counts as the open internet."""
    return Asker(hosts, lambda host, port: ["127.0.0.1"], lambda place: True)


def said(address: str, by: Asker) -> tuple[str, str]:
    finding = reach(address, by)
    return finding.code, finding.message


def test_a_listed_page_that_opens_is_told(port):
    assert said(f"http://jdih.contoh.go.id:{port}/200", here("*.contoh.go.id"))[0] == "link_reached"
    assert Pages.asked == [f"jdih.contoh.go.id:{port}/200"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("404", "halamannya tidak ditemukan"),
        ("403", "situs meminta masuk (login)"),
        ("302/login", "situs meminta masuk (login)"),
        ("500", "situs menjawab dengan kesalahan 500"),
        ("302/302/302/302/302/200", "situs mengalihkan terus-menerus"),
    ],
)
def test_what_does_not_open_is_told_in_words(port, path, words):
    code, message = said(f"http://a.go.id:{port}/{path}", here("a.go.id"))
    assert (code, message) == ("link_not_reached", f"Tautan ini tidak dapat dibuka saat dicek: {words}.")


def test_a_redirect_is_followed_within_the_list(port):
    assert said(f"http://a.go.id:{port}/302/200", here("a.go.id"))[0] == "link_reached"


@pytest.mark.parametrize("hosts", [(), ("b.go.id",), ("*.a.go.id",)])
def test_no_other_host_is_asked(port, hosts):
    assert reach(f"http://a.go.id:{port}/200", here(*hosts)) is None
    assert Pages.asked == []


def test_a_redirect_off_the_list_is_not_followed(port):
    assert reach(f"http://a.go.id:{port}/302/http:/b.go.id:{port}/200", here("a.go.id")) is None
    assert Pages.asked == [f"a.go.id:{port}/302/http:/b.go.id:{port}/200"]


def test_a_name_that_leads_inside_is_not_asked(port):
    """One inside address among many is enough; this machine's own judge decides."""
    by = Asker(("a.go.id",), lambda host, port: ["8.8.8.8", "127.0.0.1"], is_outside)
    assert "mengarah ke jaringan dalam" in said(f"http://a.go.id:{port}/200", by)[1]
    assert Pages.asked == []


def test_a_name_is_resolved_once_so_that_it_cannot_turn_inside(port):
    answers = iter([["127.0.0.1"]])
    by = Asker(("a.go.id",), lambda host, port: next(answers), lambda place: True)
    assert said(f"http://a.go.id:{port}/200", by)[0] == "link_reached"


def test_a_name_that_nobody_knows_is_told():
    def unknown(host, port):
        raise OSError

    assert "nama situsnya tidak ditemukan" in said("http://a.go.id/", Asker(("a.go.id",), unknown, is_outside))[1]


@pytest.mark.parametrize(
    "place",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1%eth0",
     "fc00::1", "::ffff:10.0.0.1", "2002:0a00:0001::", "224.0.0.1"],
)  # fmt: skip
def test_addresses_inside(place):
    assert not is_outside(place)


def test_an_address_of_the_open_internet_and_the_usual_asker():
    assert is_outside("103.10.1.1")
    assert asker(["a.go.id"]).hosts == ("a.go.id",)
