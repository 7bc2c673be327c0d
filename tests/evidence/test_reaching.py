"""Links are asked only of listed hosts, at the address that was judged, and never inside."""

import http.client
import http.server
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import certifi
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

import config
from stranas.catalogue.models import DocumentKind
from stranas.evidence import operations, queries, reaching, runner
from stranas.evidence.checks.finding import Finding
from stranas.evidence.reaching import Asker, asker, is_outside, reach
from stranas.evidence.rules import Severity
from stranas.system.db import db, unit_of_work
from tests import factories

AT = datetime(2020, 7, 13, 2, tzinfo=UTC)


class Pages(http.server.BaseHTTPRequestHandler):
    asked: list[str] = []
    heads: list[http.client.HTTPMessage] = []

    def do_GET(self):
        self.heads.append(self.headers)
        self.asked.append(f"{self.headers['Host']}{self.path}")
        status, _, onward = self.path.lstrip("/").partition("/")
        self.send_response(int(status))
        self.send_header("Set-Cookie", "sesi=1")
        if onward:
            self.send_header("Location", f"/{onward}" if not onward.startswith("http") else onward.replace(":/", "://"))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_words):
        pass


@contextmanager
def _server(context: ssl.SSLContext | None = None) -> Iterator[int]:
    Pages.asked, Pages.heads = [], []
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def port() -> Iterator[int]:
    with _server() as number:
        yield number


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
        ("401", "situs meminta masuk (login)"),
        ("403", "situs menolak; mungkin meminta masuk (login), mungkin hanya menolak pembaca otomatis"),
        ("302/users/sign_in", "situs meminta masuk (login)"),
        ("302/masuk.php", "situs meminta masuk (login)"),
        ("302/http:/[x", "situs mengalihkan ke alamat yang tidak dapat dibaca"),
        ("302/http:/a.go.id:99999/", "situs mengalihkan ke alamat yang tidak dapat dibaca"),
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


@pytest.mark.parametrize("path", ["302/200/masuk-desa", "302/200/autentik.pdf", "200/a b/é?q=ü x"])
def test_what_only_sounds_like_a_sign_in_or_is_oddly_written_opens(port, path):
    assert said(f"http://a.go.id:{port}/{path}", here("a.go.id"))[0] == "link_reached"


def test_a_name_in_another_script_is_asked_by_its_ascii_name(port):
    assert said(f"http://é.go.id:{port}/200", here("*.go.id"))[0] == "link_reached"
    assert Pages.asked == [f"xn--9ca.go.id:{port}/200"]


@pytest.mark.parametrize("hosts", [(), ("b.go.id",), ("*.a.go.id",), ("go.id",), ("*.o.id",), ("?.go.id",)])
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
     "fc00::1", "fec0::1", "::ffff:10.0.0.1", "::ffff:224.0.0.1", "2002:0a00:0001::", "64:ff9b::10.0.0.1", "224.0.0.1",
     "ff0e::1", "255.255.255.255"],
)  # fmt: skip
def test_addresses_inside(place):
    assert not is_outside(place)


def test_an_address_of_the_open_internet_and_the_usual_asker():
    assert all(is_outside(place) for place in ("103.10.1.1", "2001:df0::1", "64:ff9b::103.10.1.1"))
    assert asker(["a.go.id"]).hosts == ("a.go.id",)


@pytest.fixture
def secure_port(tmp_path, monkeypatch) -> Iterator[int]:
    """A server whose certificate, for jdih.contoh.go.id alone, is believed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "jdih.contoh.go.id")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("jdih.contoh.go.id")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = tmp_path / "server.pem"
    pem.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()) + certificate.public_bytes(Encoding.PEM)
    )
    monkeypatch.setattr(certifi, "where", lambda: str(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    with _server(context) as number:
        yield number


def test_a_certificate_is_judged_by_the_name_though_the_connection_goes_to_a_number(secure_port):
    assert said(f"https://jdih.contoh.go.id:{secure_port}/200", here("*.contoh.go.id"))[0] == "link_reached"
    assert "sambungan aman" in said(f"https://ppid.contoh.go.id:{secure_port}/200", here("*.contoh.go.id"))[1]
    assert Pages.asked == [f"jdih.contoh.go.id:{secure_port}/200"]


def test_no_proxy_of_the_environment_is_used_and_no_cookie_sent(port, monkeypatch):
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert said(f"http://a.go.id:{port}/302/200", here("a.go.id"))[0] == "link_reached"
    assert [head for head in Pages.heads if "Cookie" in head] == []


def test_the_child_asks_and_finds_this_machine_inside(port):
    """Through the whole way: `localhost` is listed, and still nothing of this machine is asked."""
    finding = runner.reach(f"http://lokal.localhost:{port}/200", ["*.localhost"], bounds=runner.Bounds(20, 512))
    assert finding.code == "link_not_reached"
    assert Pages.asked == []


def link_codes(app, temanggung, address: str) -> list[str]:
    with unit_of_work():
        document = operations.add_link(agency_id=temanggung.id, address=address, uploaded_by_id=None, at=AT)
        operations.request_check(document_id=document.id, claimed_kind=DocumentKind.LINK)
    return [finding.code for finding in queries.check_result(document.id, "tautan").findings]


@pytest.fixture
def temanggung(app, monkeypatch):
    monkeypatch.setattr(app.config["SETTINGS"], "link_hosts", "*.contoh.go.id")
    return factories.make_agency()


def test_only_a_listed_link_is_asked_when_a_document_is_checked(app, temanggung, monkeypatch):
    asked = []
    found = Finding("link_reached", Severity.INFO, "Tautan dapat dibuka saat dicek.", "Tidak perlu tindakan.")

    def reach(address, hosts, *, bounds):
        assert not db.session().in_transaction(), "nothing is asked while a transaction is open"
        asked.append((address, hosts, bounds.seconds))
        return found

    monkeypatch.setattr(runner, "reach", reach)
    assert link_codes(app, temanggung, "https://jdih.contoh.go.id/a") == ["link_reached"]
    assert link_codes(app, temanggung, "https://jdih.lain.go.id/a") == ["link_not_opened"]
    assert asked == [("https://jdih.contoh.go.id/a", ("*.contoh.go.id",), 10)]


@pytest.mark.parametrize(
    ("ends", "code"),
    [("import time; time.sleep(60)", "link_not_reached"), ("raise MemoryError", "link_not_opened")],
)
def test_a_site_that_never_ends_is_told_and_a_fault_of_ours_is_not_blamed_on_it(
    app, temanggung, monkeypatch, ends, code
):
    program = (
        f"from stranas.evidence import child\ndef job(_):\n    {ends}\nchild.JOBS = {{'reach': job}}\nchild.main()"
    )
    monkeypatch.setattr(runner, "COMMAND", (sys.executable, "-c", program))
    monkeypatch.setattr(reaching, "SECONDS", 2)
    assert link_codes(app, temanggung, "https://jdih.contoh.go.id/a") == [code]


@pytest.mark.parametrize("hosts", ["*", "*.id", "a.go.id b.go.id", "https://a.go.id", "10.0.0.1", "a.go.id,,b.go.id"])
def test_a_list_that_cannot_be_meant_stops_the_start(monkeypatch, hosts):
    monkeypatch.setenv("STRANAS_LINK_HOSTS", hosts)
    with pytest.raises(config.SettingsError, match="STRANAS_LINK_HOSTS: must be host names"):
        config.load()


def test_the_list_is_read_without_blanks_and_in_small_letters(monkeypatch):
    monkeypatch.setenv("STRANAS_LINK_HOSTS", " JDIH.a.go.id , *.kpk.go.id")
    assert config.load().listed_link_hosts == ("jdih.a.go.id", "*.kpk.go.id")
